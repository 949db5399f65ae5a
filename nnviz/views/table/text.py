"""What the table panel says."""

from nnviz.data.description import NONE, RANGE, SCALES, STANDARD
from nnviz.data.typed_table import MOST_CELLS, TypedTable
from nnviz.numbers import count, integer

TABLE, HEADS = "Table of the examples", "Columns"
ROW, ROW_TIP = "+ Row", "Another row below the present one  [Ctrl+Enter]"
NO_ROW, NO_ROW_TIP = "− Row", "Remove the marked rows"
COLUMN, COLUMN_TIP = "+ Column", "Another input; the head of a column makes it a target"
HEAD, HEAD_TIP = "Column ▾", "Rename, move or remove the present column, or make it a target"
BUTTONS = (
    (ROW, NO_ROW, COLUMN, HEAD),
    ("+ Row", "−", "+ Col", "Col ▾"),
    ("+", "−", "+|", "▾"),
)
"""What the buttons say, the fullest wording first."""
RENAME, REMOVE = "Rename…  [F2]", "Remove this column"
BEFORE, AFTER = "Insert a column before", "Insert a column after"
NAME, NAME_TIP = (
    "Name of the column",
    "Type the name of the column; Enter takes it, Escape leaves it",
)
AS_TARGET, AS_INPUT = "Make it a target", "Make it an input"
INPUT, TARGET = "input ▾", "target ▾"
SCALING = "Scaling"
SCALING_TIP = "\n".join(
    [
        "How the net sees the columns:",
        *(f"{name}: {means}" for name, means in SCALES.items()),
        "Number targets fill 0 to 1 where anything is scaled.",
    ]
)
SCALES_SHORT = {
    NONE: "not scaled",
    STANDARD: "standardised",
    RANGE: "over the range",
}
NO_TABLE = (
    "These examples are no small table: Data ▸ New table… begins one.",
    "Data ▸ New table… begins one.",
)
CLASSES = "A word in a target cell is a class."
EMPTY = "A cell needs a number: type one over it, or remove its row or column."
GONE = "What was trained before is under File ▸ Recent runs, and Ctrl+Z brings it back."
HEAD_HELP = "Double-click or F2: another name. Click the second line: input or target, and more."


def about(table: TypedTable, *, typed: bool, held_back: int) -> tuple[str, ...]:
    """Say what a table is, and what a change of it does."""
    inputs, targets = table.shape
    what = f"{count(len(table.rows), 'row')}, {count(inputs, 'input')}, {count(targets, 'target')}"
    edit = f"A changed cell is an edit of the run: Ctrl+Z takes it back. {CLASSES}"
    if not typed:
        edit = "Whatever is changed here makes it a typed table, which the run goes on with."
        if held_back:
            edit += f" Then its last {count(held_back, 'row')}, held back so far, train as well."
    return f"{what}. {edit}", f"{what}."


def too_large(cells: int) -> tuple[str, ...]:
    """Say that a data set has more numbers than can be shown here."""
    return (
        f"These are {integer(cells)} numbers, and a table here has at most {integer(MOST_CELLS)}: "
        "edit the file and open it again.",
        "Too many numbers for a table here.",
    )


def head(table: TypedTable, column: int) -> str:
    """Return the name of a column with its unit."""
    unit = table.units[column] if table.units else ""
    return f"{table.columns[column]} [{unit}]" if unit else table.columns[column]


def role(table: TypedTable, column: int) -> str:
    """Say whether a column is an input or a target."""
    return TARGET if column in table.targets else INPUT


def cell(table: TypedTable, row: int, column: int, said: str) -> str:
    """Say of a cell where it is and what it holds, for readers of the screen."""
    return f"{table.columns[column]}, row {row + 1}: {said}"
