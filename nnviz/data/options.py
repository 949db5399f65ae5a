"""Options of data sets that nnviz makes up: their parameters, as names and forms give them.

An option is one record on the row of its data set. From it a name such as
`spiral:noise=0.2,turns=3` is read, checked and written, and the window makes a field.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from nnviz.data.dataset import DataError
from nnviz.data.reference import Reference
from nnviz.dataclass import dataclass
from nnviz.numbers import NumberError, editable, named, read_number, read_whole, write

Options = Mapping[str, Any]
"""A value for every option of a data set, by name."""
INPUTS, SEED = "features", "seed"
"""The options whose choices are the inputs of a network, and that decides random draws."""
JOINT = "+"
"""Stands between the choices of one option."""


@dataclass(frozen=True, slots=True)
class Option:
    """One parameter of a data set.

    Attributes:
        name: in references.
        label: on screen.
        help: one sentence.
        default: its value where nobody says anything: a whole number where all its values are
            whole, or the choices that are made.
        low, high: the range of a number, both allowed.
        unit: what is written behind its value.
        zero: what 0 means, in one word that stands for it in a form; or empty.
        choices: what can be chosen, each with its symbol on screen, where it is no number; one or
            several are.
        typed: False where it has no field in a form.
    """

    name: str
    label: str
    help: str
    default: float | tuple[Any, ...]
    low: float = 0.0
    high: float = 1.0
    unit: str = ""
    zero: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    typed: bool = True

    @property
    def takes(self) -> str:
        """What values it has, in words."""
        if self.choices:
            names = ", ".join(name for name, _ in self.choices)
            return f"one or more of {names}, joined by {JOINT}"
        kind = "a whole number" if isinstance(self.default, int) else "a number"
        return f"{kind} from {write(self.low, 9)} to {write(self.high, 9)}"

    def read(self, text: str) -> Any:
        """Return the value that a text stands for.

        Raises:
            DataError: it is none, or out of range; the sentence says what the option takes.
        """
        if self.choices:
            chosen = [part.strip() for part in text.split(JOINT)]
            known = [name for name, _ in self.choices]
            if not set(chosen) <= set(known):
                raise self._refusal(text)
            return tuple(name for name in known if name in chosen)
        if self.zero and text.strip().casefold() == self.zero:
            text = "0"
        try:
            value = read_whole(text) if isinstance(self.default, int) else read_number(text)
        except NumberError:
            raise self._refusal(text) from None
        if not self.low <= value <= self.high:
            raise self._refusal(text)
        return value

    def _refusal(self, text: str) -> DataError:
        shown = text if len(text) <= 40 else f"{text[:39]}…"
        return DataError(f"The option {self.name} takes {self.takes}, not '{shown}'.")

    def told(self, text: str) -> str:
        """Say in a title what its text is."""
        return f"{self.name} {text}"

    def change(self, old: Any, new: Any) -> str:
        """Say what was done where it has another value now."""
        return f"{self.label} {self.shown(old)} → {self.shown(new)}"

    def write(self, value: Any) -> str:
        """Return the text that `read` reads."""
        return JOINT.join(value) if self.choices else named(value)

    def shown(self, value: Any) -> str:
        """Return the text of a field in a form, with its unit."""
        if self.zero and value == 0:
            return self.zero
        return f"{self.write(value) if self.choices else editable(value)}{self.unit}"


def options_of(reference: Reference, known: Sequence[Option]) -> dict[str, Any]:
    """Return the value of every option of a data set, in the order of its row.

    Raises:
        DataError: an option is unknown, given twice, or has an impossible value.
    """
    by_name = {option.name: option for option in known}
    for name, _ in reference.options:
        if name not in by_name:
            raise DataError(
                f"{reference.name} takes no option '{name}', only {', '.join(by_name)}."
            )
        if len(reference.values(name)) > 1:
            raise DataError(f"{reference.name} has the option '{name}' twice: give it once.")
    given = dict(reference.options)
    return {
        name: option.read(given[name]) if name in given else option.default
        for name, option in by_name.items()
    }


def with_options(name: str, values: Options, known: Sequence[Option]) -> Reference:
    """Return the one reference of a data set with these values: what is as usual is not said."""
    said = tuple(
        (option.name, option.write(values[option.name]))
        for option in known
        if values[option.name] != option.default
    )
    return Reference(name, said)
