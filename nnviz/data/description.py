"""The description of a data set: what its numbers mean, and how a raw example becomes an input.

It holds the classes' names, the columns with their scaling and unit, what is predicted
and why, and the one way in which a picture, a drawing or a row of a table becomes
inputs. It belongs to the data set and travels with every network trained on it: saved
networks and sessions carry it, so that training, predicting and drawing do the same
thing and say the same names.
"""

from collections.abc import Sequence
from dataclasses import field

from nnviz.data.features import FeatureInputs, Points
from nnviz.dataclass import dataclass
from nnviz.numbers import subscript

INK, SCALED, AS_THEY_ARE = "ink", "scaled", "as they are"
WAYS = (INK, SCALED, AS_THEY_ARE)
"""How pictures become inputs: as drawings do, only scaled, or value by value."""

MNIST_FILL = 20 / 28
"""Part of its picture's side that a digit of MNIST fills."""

STANDARD, RANGE, NONE = "standard", "range", "none"
SCALES = {
    STANDARD: "each column with mean 0 and deviation 1 on the training rows",
    RANGE: "each column over its range 0 to 1 on the training rows",
    NONE: "numbers as they are",
}
"""How columns are scaled, and how that is told: of number targets 1 is the highest otherwise."""
INPUTS_ALONE = "inputs"
"""What sessions that were begun when number targets were always scaled call that scaling: none."""

LONGEST_NAME = 1000
"""Most letters of the name of a class or a column."""
MOST_DECIMALS = 15
"""Most decimals of a column's values."""
_TOLD = 12  # columns that are named


ROUNDING = 1e-6
"""Share of a column's offset and deviation that is lost where a network sees it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its name, its unit and its scaling.

    What a network sees is (value − offset) / scale, where value is what the file has.

    Attributes:
        name: the column's name in the file.
        unit: what it is measured in, "" where nobody says.
        offset: what is taken away from a value of the file.
        scale: what the difference is divided by, > 0.
        word: where the file's column holds words, the one for which this column has 1 and 0 for
            any other; `name` is then the file's name, = and the word.
        decimals: how many the file's values have at most; None where nobody knows. It changes
            how values are written, never what they are: columns are equal without it.
    """

    name: str
    unit: str = ""
    offset: float = 0.0
    scale: float = 1.0
    word: str = ""
    decimals: int | None = field(default=None, compare=False)

    @property
    def header(self) -> str:
        """The name of the file's column."""
        return self.name.removesuffix(f"={self.word}") if self.word else self.name

    @property
    def bare_name(self) -> str:
        """The name without the unit that it ends with, for where the value has the unit."""
        for ending in (f"({self.unit})", f"[{self.unit}]"):
            if self.unit and self.name.endswith(ending):
                return self.name.removesuffix(ending).rstrip() or self.name
        return self.name

    def to_file(self, value: float) -> float:
        """Return the value of the file, in its unit, that a network sees as this number."""
        return value * self.scale + self.offset

    @property
    def rounding(self) -> float:
        """A value of the file that is smaller than this is what rounding has left of 0."""
        return ROUNDING * max(abs(self.offset), abs(self.scale))

    @property
    def scaled(self) -> bool:
        """True where a network sees other numbers than the file has."""
        return (self.offset, self.scale) != (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class PictureRule:
    """The way in which a raw picture becomes a row of inputs.

    Attributes:
        way: one of `WAYS`: INK is prepared as drawings are (box, size, centre of mass) unless it
            has been already, SCALED is fitted into the shape as a whole, AS_THEY_ARE takes a
            picture of the right shape value by value.
        turn: True where dark and light are exchanged.
        white: what the file's values are divided by; 1 where they are 0..1 already.
        fill: part of the picture's side that ink fills where it is prepared; 0 where pictures of
            another shape are only scaled, with AS_THEY_ARE too.
        plain: True where the examples lie on plain dark ground: a picture that lies on plain
            ground of the other kind is turned, whatever `turn` says.
        offset: the file's value of black, which is taken away before the division.
    """

    way: str = INK
    turn: bool = False
    white: float = 255.0
    fill: float = MNIST_FILL
    plain: bool = True
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class DataDescription:
    """What a data set's numbers mean.

    Attributes:
        class_names: one name an output where outputs are classes; two for a single output that
            is 0 or 1 and has names; else empty.
        image_shape: (rows, columns) where an input row is a picture, else None.
        inputs: the columns that are inputs, in order; empty for pictures.
        targets: the columns that are predicted; empty where pictures lie in folders by class. A
            column of classes has offset 0 and scale 1; numbers have the scaling of the outputs.
            Several where outputs are classes: each class has a column of its own, which is 1.
        target_reason: why these are predicted, a clause for people: "you chose it", "its name
            says so", …; empty where there was nothing to choose.
        target_choices: columns that could be predicted instead, the file's order.
        target_groups: columns of which exactly one is 1 in each row, so that each group can be
            predicted as classes.
        pictures: how a raw picture becomes an input; None where inputs are no pictures.
        features: how inputs follow from a point of the plane or a line; None where it is none.
    """

    class_names: tuple[str, ...] = ()
    image_shape: tuple[int, int] | None = None
    inputs: tuple[Column, ...] = ()
    targets: tuple[Column, ...] = ()
    target_reason: str = ""
    target_choices: tuple[str, ...] = ()
    pictures: PictureRule | None = None
    target_groups: tuple[tuple[str, ...], ...] = ()
    features: FeatureInputs | None = None

    @property
    def given(self) -> tuple[Column, ...]:
        """The columns that a row has before inputs are made of it; `inputs` but for points."""
        if self.features is None:
            return self.inputs
        return tuple(map(Column, numbered(self.features.coordinates)))

    def features_of(self, points: Points) -> Points:
        """Return the inputs (n, inputs) of rows that have the columns `given`, (n, given)."""
        return points if self.features is None else self.features.of(points)

    @property
    def one_hot(self) -> bool:
        """True where each class has a column of its own in the file, which is 1."""
        return bool(self.class_names) and len(self.targets) > 1


def predicted(description: DataDescription) -> str:
    """Return what is predicted and why, for people to read; "" where there was no choice."""
    if not description.target_reason:
        return ""
    return f"predicts {named_targets(description)} because {description.target_reason}"


def named_targets(description: DataDescription) -> str:
    """Return what is predicted, for people to read."""
    if description.one_hot:
        return which_is_one(description.targets)
    return " and ".join(f"'{column.name}'" for column in description.targets)


def which_is_one(columns: Sequence[Column]) -> str:
    """Say of columns that each stand for a class: "which of the columns a, b, c is 1"."""
    names = [column.header for column in columns]
    many = f"{len(names)} " if len(names) > _TOLD else ""
    return f"which of the {many}columns {shortened(names)} is {columns[0].word or 1}"


def shortened(names: Sequence[str]) -> str:
    """Return names with commas, those in the middle left out where there are many."""
    some = [*names[: _TOLD - 2], "…", names[-1]] if len(names) > _TOLD else names
    return ", ".join(some)


NOTHING_KNOWN = DataDescription()
"""The description of inputs and outputs of which nobody knows what they mean."""


def otherwise(then: DataDescription, now: DataDescription) -> str:
    """Say what the numbers of a data set meant otherwise when a network was trained on it.

    Returns:
        A sentence on the description then and the one now; empty where they mean the same.
    """
    parts = []
    if then.class_names != now.class_names:
        parts.append("its classes had other names")
    if [(column.name, column.unit) for column in (*then.inputs, *then.targets)] != [
        (column.name, column.unit) for column in (*now.inputs, *now.targets)
    ]:
        parts.append("its columns were others")
    elif (then.inputs, then.targets) != (now.inputs, now.targets):
        parts.append("its columns were scaled otherwise")
    if (then.image_shape, then.pictures) != (now.image_shape, now.pictures):
        parts.append("its pictures were prepared otherwise")
    if not parts:
        return ""
    return (
        f"This network was trained when {' and '.join(parts)}: on the data as they are now its "
        "answers mean something else until it has trained again."
    )


def goes_with(description: DataDescription, inputs: int, outputs: int) -> bool:
    """Tell whether a description can be that of data with so many inputs and outputs."""
    names, shape = len(description.class_names), description.image_shape
    return (
        (names in (0, outputs) or (outputs, names) == (1, 2))
        and (shape is None or shape[0] * shape[1] == inputs)
        and len(description.inputs) in (0, inputs)
        and (description.features is None or len(description.features.names) == inputs)
        and len(description.targets) <= max(outputs, 1)
    )


def numbered(count: int) -> tuple[str, ...]:
    """Return names for columns that have none: x₁, x₂ and so on."""
    return tuple(f"x{subscript(place)}" for place in range(1, count + 1))
