"""References to data sets: a name or path, and the options it is read with, as one text.

Recipes, sessions and the command line name a data set by one text, for example
`titanic.csv:target=Survived`. Options are what makes other examples of the same
source, so another target is another data set, and replay, undo and sessions know it.
"""

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

from nnviz.dataclass import dataclass

_OPTIONS = re.compile(r"(?P<name>.*):(?P<options>[a-z_]+=[^,:]*(?:,[a-z_]+=[^,:]*)*)", re.DOTALL)
_SAFE = " /()[]+*'!~^"  # what may stand in a value as it is; the rest is percent-encoded


@dataclass(frozen=True, slots=True)
class Reference:
    """A data set's name or path, and its options.

    Attributes:
        name: a name of the catalogue, or a path.
        options: (option, value) pairs in the order given; an option may be repeated.
    """

    name: str
    options: tuple[tuple[str, str], ...] = ()

    def values(self, option: str) -> tuple[str, ...]:
        """Return all values of an option, none where it is not given."""
        return tuple(value for name, value in self.options if name == option)

    def with_values(self, option: str, values: tuple[str, ...]) -> "Reference":
        """Return the reference with other values of one option."""
        others = tuple(pair for pair in self.options if pair[0] != option)
        return Reference(self.name, others + tuple((option, value) for value in values))

    def with_fallback(self, option: str, value: str) -> "Reference":
        """Return the reference with a value for an option that is not given."""
        return self if self.values(option) else self.with_values(option, (value,))

    def with_default(self, name: str) -> "Reference":
        """Return where a data set has moved to; it keeps its options unless the name has some."""
        moved = read_reference(name)
        return moved if moved.options else Reference(moved.name, self.options)

    def __str__(self) -> str:
        """Return the text that `read_reference` reads."""
        pairs = (f"{option}={quote(value, safe=_SAFE)}" for option, value in self.options)
        return f"{self.name}:{','.join(pairs)}" if self.options else self.name


def read_reference(text: str) -> Reference:
    """Read the text of a reference; what has no options is a name as it stands."""
    found = _OPTIONS.fullmatch(text)
    if found is None:
        return Reference(text)
    pairs = (pair.partition("=") for pair in found["options"].split(","))
    return Reference(found["name"], tuple((option, unquote(value)) for option, _, value in pairs))


def parts_of(name: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """Split the name of a mixture, as mnist+digits, into those of its parts; any other is whole.

    Args:
        name: without options.
        known: tells whether a name is that of a data set or a path that is there. Such a name is
            whole, whatever signs it has; of a mixture at least one part is known.
    """
    pieces = name.split("+")
    parts: list[str] = []
    while pieces:
        ends = (end for end in range(len(pieces), 0, -1) if known("+".join(pieces[:end])))
        end = next(ends, 1)
        parts.append("+".join(pieces[:end]))
        del pieces[:end]
    return tuple(parts) if any(map(known, parts)) else (name,)
