"""Typed tables: small tables that are typed, as data sets whose names are their whole content.

The name is `typed:` and compact JSON, one and the same for equal tables, so that recipes,
edits, sessions and the command line carry every number of a table, to its last bit.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NoReturn

from nnviz.data.dataset import DataError
from nnviz.data.description import NONE, SCALES
from nnviz.dataclass import dataclass
from nnviz.numbers import count, integer

TYPED = "typed:"
"""What the names of typed tables begin with."""
MOST_CELLS = 2000
"""Most numbers of a typed table."""
LONGEST_NAME = 60
"""Most letters of the name of a column."""
LARGEST = 1e100
"""Numbers from here on are refused: what is computed with them is not finite."""
UNNAMED = ("0", "1")
"""What the two classes of a single target are called where nobody has named them."""
_FIELDS = ("columns", "targets", "rows", "scale", "classes", "units")
_ZERO_OR_ONE = (0.0, 1.0)

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table of exact numbers.

    Attributes:
        columns: their names, all different.
        targets: places of those that are predicted, rising; the others are inputs.
        rows: a number for every column.
        scale: how columns are scaled, one of `SCALES`.
        classes: what 0 and 1 of a single target stand for, or one name for each of several
            targets of which one is 1 in each row; else empty.
        units: one for every column, "" where it has none; empty where none has.

    Raises:
        DataError: there is no input, target or row, a name is bad, or it is too large.
    """

    columns: tuple[str, ...]
    targets: tuple[int, ...]
    rows: tuple[Row, ...]
    scale: str = NONE
    classes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # A class name tells nothing any more where a target holds other numbers.
        rows = tuple(tuple(float(value) + 0.0 for value in row) for row in self.rows)  # no -0
        object.__setattr__(self, "rows", rows)
        if not any(self.units):
            object.__setattr__(self, "units", ())
        _check(self)
        if self.classes and not _are_classes(self):
            object.__setattr__(self, "classes", ())

    @property
    def inputs(self) -> tuple[int, ...]:
        """Places of the columns that are inputs, rising."""
        return tuple(place for place in range(len(self.columns)) if place not in self.targets)

    @property
    def shape(self) -> tuple[int, int]:
        """How many inputs and targets it has: a net for it has the same."""
        return len(self.columns) - len(self.targets), len(self.targets)

    @property
    def title(self) -> str:
        """What people call it: its name would fill a page."""
        return f"typed table, {count(len(self.rows), 'row')}"

    @property
    def name(self) -> str:
        """The name of the data set that it is."""
        said: dict[str, Any] = {
            "columns": self.columns,
            "targets": self.targets,
            "rows": [[_plain(value) for value in row] for row in self.rows],
        }
        said |= {"scale": self.scale} if self.scale != NONE else {}
        said |= {key: value for key in _FIELDS[4:] if (value := getattr(self, key))}
        return TYPED + json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    def with_cells(self, cells: dict[tuple[int, int], float]) -> "TypedTable":
        """Return it with other numbers in some cells, each given by its row and column."""
        rows = [list(row) for row in self.rows]
        for (row, column), value in cells.items():
            rows[row][column] = value
        return replace(self, rows=tuple(map(tuple, rows)))

    def with_choice(self, targets: Sequence[str], scale: str) -> "TypedTable":
        """Return it with other columns as targets, by name, and another scaling, if given.

        Raises:
            DataError: it has no such column, or there is no such scaling.
        """
        unknown = [name for name in targets if name not in self.columns]
        if unknown:
            raise DataError(
                f"The table has no column '{unknown[0]}': choose from {', '.join(self.columns)}."
            )
        places = tuple(sorted({self.columns.index(name) for name in targets})) or self.targets
        classes = self.classes if places == self.targets else ()
        return replace(self, targets=places, scale=scale or self.scale, classes=classes)


def is_typed(name: str) -> bool:
    """Tell whether a data set's name is that of a typed table."""
    return name.startswith(TYPED)


@lru_cache(16)
def read_typed(name: str) -> TypedTable:
    """Return the table that a name says.

    Raises:
        DataError: it says none.
    """
    try:
        said = json.loads(name.removeprefix(TYPED), parse_constant=_refuse_constant)
        if not isinstance(said, dict) or not {*_FIELDS[:3]} <= said.keys() <= {*_FIELDS}:
            raise ValueError
        return TypedTable(
            _all(said["columns"], str),
            _all(said["targets"], int),
            tuple(tuple(map(float, _all(row, int, float))) for row in _all(said["rows"], list)),
            *_all([said.get("scale", NONE)], str),
            *(_all(said.get(key, []), str) for key in _FIELDS[4:]),
        )
    except DataError:
        raise
    except (ValueError, OverflowError, RecursionError):
        raise DataError(
            'This is no typed table: write one as typed:{"columns":["x","y"],"targets":[1],'
            '"rows":[[0,1]]}.'
        ) from None


def title_of_typed(name: str) -> str:
    """Return what people call a typed table, by the name of the data set."""
    try:
        return read_typed(name).title
    except DataError:
        return "typed table"


def in_words(name: str) -> str:
    """Return what sentences call a data set of this name: the name itself, or a short one."""
    return title_of_typed(name) if is_typed(name) else name


def check_cells(rows: int, columns: int) -> None:
    """Refuse more numbers than a typed table has, as a `DataError`."""
    if rows * columns > MOST_CELLS:
        raise DataError(
            f"{count(rows, 'row')} of {count(columns, 'column')} are {integer(rows * columns)} "
            f"numbers, and a typed table has at most {integer(MOST_CELLS)}: save them as a CSV "
            "file and open that."
        )


def check_name(name: str, of: str = "column") -> str:
    """Return the name of a column, or of what else it is, without spaces around it.

    Raises:
        DataError: it is empty, too long, or has letters that cannot be shown or saved.
    """
    name = " ".join(name.split())
    if not name:
        raise DataError(f"A {of} needs a name: type one.")
    if len(name) > LONGEST_NAME:
        raise DataError(f"A name of a {of} has at most {LONGEST_NAME} letters: shorten it.")
    if not name.isprintable():
        raise DataError(f"The name of a {of} has a letter that cannot be shown: type another.")
    return name


def _check(table: TypedTable) -> None:
    names, targets = table.columns, table.targets
    if not targets:
        raise DataError("A table needs a target, what the net is to learn: one column at least.")
    if len(targets) == len(names):
        raise DataError("A table needs an input, which the net sees: one column at least.")
    if not table.rows:
        raise DataError("A table needs a row: one example at least.")
    check_cells(len(table.rows), len(names))
    for place, name in enumerate(names):
        if check_name(name) != name:
            raise DataError(f"The column '{name}' has spaces that do not show: take them out.")
        if name in names[:place]:
            raise DataError(f"Two columns are called '{name}': give one of them another name.")
    if list(targets) != sorted(set(targets)) or not 0 <= targets[0] <= targets[-1] < len(names):
        raise DataError("The targets of a table are the places of some columns, from 0 upwards.")
    for number, row in enumerate(table.rows, 1):
        if len(row) != len(names):
            raise DataError(f"Row {number} does not have a number for every column: fill it up.")
        if not all(math.isfinite(value) and abs(value) < LARGEST for value in row):
            raise DataError(f"Row {number} has a number that is too large to compute with.")
    if table.scale not in SCALES:
        raise DataError(f"There is no scaling '{table.scale}': choose one of {', '.join(SCALES)}.")
    if table.units and len(table.units) != len(names):
        raise DataError("A table has a unit for every column, or none at all.")
    for text in (*table.classes, *table.units):
        if len(text) > LONGEST_NAME or not text.isprintable():
            raise DataError(f"'{text[:LONGEST_NAME]}' is no name of a class and no unit.")


def _are_classes(table: TypedTable) -> bool:
    """Tell whether the targets still are what their classes' names say."""
    wanted = [[row[place] for place in table.targets] for row in table.rows]
    if not all(value in _ZERO_OR_ONE for row in wanted for value in row):
        return False
    if len(table.targets) == 1:
        return len(table.classes) == 2
    return len(table.classes) == len(table.targets) and all(sum(row) == 1 for row in wanted)


def _plain(value: float) -> int | float:
    """Return the number that is written shortest and read as the very same."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _all(values: Any, *kinds: type) -> tuple[Any, ...]:
    """Return a list whose items all are of these very kinds, as a tuple."""
    if not isinstance(values, list) or not all(type(value) in kinds for value in values):
        raise ValueError
    return tuple(values)


def _refuse_constant(_word: str) -> NoReturn:
    raise ValueError


def free_name(wanted: str, taken: Sequence[str]) -> str:
    """Return a name that no column has yet: the wanted one, or that with a number."""
    names = (wanted, *(f"{wanted} {number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


FIRST = TypedTable(("x₁", "x₂", "y"), (2,), ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)))
"""What a new table begins with: numbers to type over."""
