"""What the runs view says."""

from math import isfinite

from nnviz.engine.changes import short, symbol
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.summary import RunSummary
from nnviz.numbers import integer, percent, write

TABLE = "Runs"
NOW = "now"
"""What the run on screen is called."""
UNKNOWN = "–"
ALONE = (
    "Start another run, and this one stays here to compare with.",
    "Another start, and this run stays here.",
)
HINT = (
    "Tick a run to draw its test cost over that of the run on screen; double-click opens it.",
    "Tick: draw it over this run. Double-click: open it.",
)
BUTTONS = (
    ("open", "save as CSV…", "5 other seeds"),
    ("open", "CSV…", "5 seeds"),
    ("open", "CSV", "seeds"),
)
STOPS = (
    ("open", "save as CSV…", "stop seeds"),
    ("open", "CSV…", "stop"),
    ("open", "CSV", "stop"),
)
"""What the buttons are called, the fullest wording first; while other seeds are trained."""
OPEN_TIP = "Go on with the marked run  [Enter]"
CSV_TIP = "Save the table, with every field in which recipes differ, for a spreadsheet"
SEEDS_TIP = (
    "Train the same recipe with the five next seeds in the background: the band of their test "
    "costs shows how much of a difference is chance"
)
STOP_TIP = "Train no more with other seeds; what was measured by then stays"
CSV_TITLE, CSV_KINDS, CSV_NAME = "Save the runs", "Tables (*.csv)", "runs.csv"
OVER = "over"
HEADS = {
    OVER: ("over", "Draw the run's test cost over that of the run on screen"),
    "when": ("when", "When the run gave way to another"),
    "data": ("data", "The data set that it was trained on"),
    "epoch": ("epochs", "How many epochs it was trained"),
    "cost": ("cost", "Cost of the test set, measured last"),
    "score": ("test", "Accuracy on the test set, or the root of the mean squared error"),
    "curve": ("curve", "Test cost over the epochs, on a logarithmic axis"),
}
"""The columns that there always are: each one's head, and what it holds."""


def head(column: str) -> tuple[str, str]:
    """Return a column's head and what it holds; a field of recipes has its own sign."""
    return HEADS[column] if column in HEADS else (symbol(column), f"The recipe's {symbol(column)}")


def field(recipe: Recipe | None, name: str) -> str:
    """Write a recipe's field; a dash where the recipe is not known."""
    if recipe is None:
        return UNKNOWN
    value = getattr(recipe, name)
    if name == "layers":
        return "-".join(map(str, value))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else short(value)


def epochs(summary: RunSummary) -> str:
    """Write how long a run was trained: epochs, or steps where the file says no more."""
    if isfinite(summary.epoch):
        return write(summary.epoch, 6, decimals=2)
    return f"{integer(summary.step)} steps"


def cost(summary: RunSummary) -> str:
    """Write the test cost, with four digits."""
    return write(summary.cost, 4) if isfinite(summary.cost) else UNKNOWN


def score(summary: RunSummary) -> str:
    """Write the accuracy, or the RMSE with its unit."""
    if isfinite(summary.accuracy):
        return percent(summary.accuracy)
    if isfinite(summary.rmse):
        return f"{write(summary.rmse, 4)} {summary.unit}".rstrip()
    return UNKNOWN


def name(summary: RunSummary, when: str, differing: tuple[str, ...]) -> str:
    """Name a run by at most two fields in which it differs, else by when it was."""
    told = [f"{symbol(one)} {field(summary.recipe, one)}" for one in differing[:2]]
    return ", ".join(told) if told and summary.recipe is not None else when
