"""Names of parameters: what a book calls its weights and biases, as text that a recipe holds.

A recipe that holds them itself takes them along wherever it goes: into sessions, saved
networks, branches and replay. They belong to layers; where a recipe has other ones, no
parameter has a name of its own.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from nnviz.dataclass import dataclass
from nnviz.errors import NnvizError

NONE = "none"
"""What a recipe says where parameters are called as the notation does."""
LONGEST = 40
"""Most letters of a name."""
MOST = 1000
"""Most parameters that have names of their own."""
_DIGITS = "0123456789"


class NamesError(NnvizError):
    """A text names no parameters; the message says why."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the parameters of a network are called.

    Attributes:
        layers: of the network.
        by_index: names by the entry of theta that each belongs to.
    """

    layers: tuple[int, ...] = ()
    by_index: Mapping[int, str] = field(default_factory=dict)

    def parts(self, layers: Sequence[int], index: int) -> tuple[str, str] | None:
        """Return the letters and the number in the name of an entry of theta: ("w", "5").

        An entry without a name, and any of a network with other layers, has None.
        """
        name = self.by_index.get(index, "") if self.layers == tuple(layers) else ""
        letters = name.rstrip(_DIGITS)
        return (letters, name.removeprefix(letters)) if letters else None


def pack(layers: Sequence[int], names: Mapping[int, str]) -> str:
    """Return names by entries of theta as text; `unpack` reads it."""
    if not names:
        return NONE
    return json.dumps({"layers": list(layers), "names": sorted(names.items())}, ensure_ascii=False)


@lru_cache(maxsize=16)
def unpack(text: str) -> Names:
    """Return the names that a text holds.

    Raises:
        NamesError: it is no such text.
    """
    if text == NONE:
        return Names()
    try:
        content = json.loads(text)
        layers, pairs = tuple(content["layers"]), content["names"]
        by_index = dict(pairs)
        good = all(type(size) is int for size in layers) and len(by_index) <= MOST
        good = good and all(type(index) is int and named(name) for index, name in pairs)
    except (ValueError, TypeError, KeyError, RecursionError):
        good = False
    if not good:
        raise NamesError(
            "The names of the parameters are damaged: leave them out, and weights are called w and "
            "biases b."
        )
    return Names(layers, by_index)


def named(name: object) -> bool:
    """Tell whether something can be the name of a parameter: text that does not begin with 0–9."""
    good = isinstance(name, str) and 0 < len(name) <= LONGEST and name.isprintable()
    return good and str(name)[0] not in _DIGITS
