"""Settings: what a form, a command line, a file and a sentence need to know of a recipe field.

A field of a recipe is declared once, with its setting. Whatever shows, reads, writes or
checks recipes goes through these, so that a new hyper-parameter is one field.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from math import inf, isfinite
from typing import Any, Literal

from nnviz.dataclass import dataclass
from nnviz.engine.table import Entry
from nnviz.errors import NnvizError
from nnviz.numbers import NumberError, editable, exact, read_number, read_whole, write


class RecipeError(NnvizError):
    """A recipe is impossible, or cannot be trained; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, wherever there are too many to show them all at once.

    Attributes:
        name: in files.
        title: on screen.
        help: what they have in common, one sentence.
        folds: True where they stand behind their title until somebody wants them.
    """

    name: str
    title: str
    help: str
    folds: bool = True


BASICS = Group("basics", "Basics", "What every run must say.", folds=False)
DATA = Group("data", "Data", "Which examples are trained on, and how many.")
OPTIMISER = Group("optimiser", "Optimiser", "How gradients become changes.")
SCHEDULE = Group("schedule", "Schedule", "How η changes from epoch to epoch.")
REGULARISATION = Group(
    "regularisation", "Regularisation", "Keeps a network from learning its examples by heart."
)
AUGMENTATION = Group(
    "augmentation", "Augmentation", "Varies inputs afresh each time: few examples stand for many."
)
MORE = Group("more", "More", "Start weights, seed, precision, and which parameters train.")
GROUPS = (BASICS, DATA, OPTIMISER, SCHEDULE, REGULARISATION, AUGMENTATION, MORE)
"""From the top of a form."""


def _any(_entry: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Setting:
    """What there is to know of one recipe field, besides its name.

    Attributes:
        default: its value where nobody says anything; of the kind that all its values have.
        label: the name on screen.
        help: one sentence.
        symbol: the short name in sentences where that is not the label: η.
        unit: what is written behind its value: px, °, %.
        group: where it stands in a form; None to stand with the choice whose entries alone read
            it, else with what has no group of its own.
        zero: what 0 means, in one word that stands for it: all, off, never; or empty.
        table: the entries it chooses from, live; empty where it is no such choice.
        fits: which of them may be chosen.
        names: the names allowed where no table explains them, or empty.
        phrase: how a choice is put in a sentence: "{} start weights".
        low, high: the range of a number, both allowed unless `open_low`/`open_high`.
        open_low, open_high: True where the bound itself is not allowed.
        changeable: True where it may change in the middle of a run.
        varies: "examples" where it decides which examples a step gets, "inputs" where it
            decides what the step sees instead of them as they are; else empty.
        usual: the strength that suits handwritten digits, of what varies their pictures; else 0.
        typed: False where nobody types it: forms and command lines leave it out.
        option: the command line's option where that is not the field's name.
        metavar: what stands for its value in the command line's help; empty for the usual.
        parse: reads it from text where it is neither a name nor a number.
    """

    default: Any
    label: str
    help: str
    symbol: str = ""
    unit: str = ""
    group: Group | None = None
    zero: str = ""
    table: Mapping[str, Entry] = field(default_factory=dict)
    fits: Callable[[Any], bool] = _any
    names: tuple[str, ...] = ()
    phrase: str = "{}"
    low: float = 0.0
    high: float = inf
    open_low: bool = False
    open_high: bool = False
    changeable: bool = False
    varies: Literal["", "examples", "inputs"] = ""
    usual: float = 0.0
    typed: bool = True
    option: str = ""
    metavar: str = ""
    parse: Callable[[str], Any] | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """The names allowed; empty where it is no choice of names."""
        found = tuple(name for name, entry in self.table.items() if self.fits(entry))
        return found or self.names

    def called(self, choice: str) -> str:
        """Return what one of the names is called on screen: "cross-entropy", "as given"."""
        entry = self.table.get(choice)
        return entry.label if entry else _spoken(choice)

    @property
    def sign(self) -> str:
        """Its short name in sentences: "η", "L2 λ", "minibatch"."""
        return self.symbol or self.label

    def read(self, name: str, text: str) -> Any:
        """Read the value from what somebody typed; whether it is allowed, `check` says.

        Raises:
            RecipeError: the text is not a value of this kind.
        """
        if self.parse is not None:
            return self.parse(text)
        if isinstance(self.default, str):
            return text
        if self.zero and text.strip().casefold() == self.zero:
            return type(self.default)(0)
        whole = isinstance(self.default, int)
        try:
            return read_whole(text) if whole else read_number(text)
        except NumberError as error:
            kind = "a whole number" if whole else "a number"
            word = f" Or write {self.zero}." if self.zero else ""
            raise RecipeError(f"The {_spoken(name)} must be {kind}: {error}{word}") from None

    def written(self, value: Any) -> str:
        """Write a value as somebody types it, with all its digits: what `read` reads."""
        if self.zero and value == 0:
            return self.zero
        if isinstance(value, tuple):
            return ",".join(map(str, value))
        return editable(value) if isinstance(value, float) else str(value)

    def check(self, name: str, value: Any) -> None:
        """Refuse what is no value of this field.

        Raises:
            RecipeError: it is of another kind, out of range, or none of the choices.
        """
        if choices := self.choices:
            for choice in value if isinstance(value, tuple) else (value,):
                if choice not in choices:
                    raise RecipeError(
                        f"There is no {_spoken(name)} '{choice}': choose one of "
                        f"{', '.join(choices)}."
                    )
        elif isinstance(self.default, str):
            if not isinstance(value, str) or not value:
                raise RecipeError(f"The {_spoken(name)} must be a name.")
        elif isinstance(self.default, int | float):
            self._check_number(_spoken(name), value)

    def _check_number(self, name: str, value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise RecipeError(f"The {name} must be a finite number, not {value}.")
        if isinstance(self.default, int) and not isinstance(value, int):
            raise RecipeError(f"The {name} must be a whole number, not {value}.")
        beyond = ""
        if value < self.low or (self.open_low and value == self.low):
            beyond = f"{'above' if self.open_low else 'at least'} {write(self.low, 9)}"
        elif value > self.high or (self.open_high and value == self.high):
            beyond = f"{'below' if self.open_high else 'at most'} {write(self.high, 9)}"
        if beyond:
            raise RecipeError(f"The {name} must be {beyond}, not {exact(value)}.")


def _spoken(name: str) -> str:
    return name.replace("_", " ")
