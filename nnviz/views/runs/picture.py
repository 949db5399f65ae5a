"""What the runs view shows: a row for every run that is kept, and one for the run on screen."""

import csv
import io
from collections.abc import Sequence
from math import isfinite
from pathlib import Path

import numpy as np

from nnviz.data.typed_table import is_typed
from nnviz.dataclass import dataclass
from nnviz.engine.changes import short
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.run.summary import RunSummary, differing, summary_of
from nnviz.messages.events import KnownRun, LaidOver
from nnviz.views.runs import text
from nnviz.wording import given

CURVE = "curve"
"""The column in which test costs are drawn."""
FIGURES = frozenset({"score", "cost", "epoch"})
"""Columns of what came of a run."""
FIRST = 1
"""Fields in which recipes differ that stand before what came of a run; others stand behind it."""
MOST_OVER = 4
"""Most runs that are drawn over the one on screen: more cannot be told apart."""


@dataclass(frozen=True, slots=True)
class RunsState:
    """Which runs are drawn over the one on screen: the names of their files, the latest last."""

    over: tuple[str, ...] = ()

    def toggled(self, name: str) -> "RunsState":
        """Return the state with one run more or less; the first one gives way to a fifth."""
        if name in self.over:
            return RunsState(tuple(one for one in self.over if one != name))
        return RunsState((*self.over, name)[-MOST_OVER:])


@dataclass(frozen=True, slots=True, eq=False)
class RunRow:
    """One run.

    Attributes:
        path: its session file; None for the run on screen.
        when: when it gave way.
        cells: what stands in each column but the first.
        name: what its curve is called.
        over: whether it is drawn over the run on screen.
    """

    path: Path | None
    when: str
    summary: RunSummary
    cells: tuple[str, ...]
    name: str
    over: bool


@dataclass(frozen=True, slots=True, eq=False)
class RunsPicture:
    """The table.

    Attributes:
        columns: after the first, which is ticked; the ones that tell most come first.
        numbers: those of them that hold numbers.
        differing: fields in which the recipes are not all alike.
        rows: the run on screen, then the others, the newest first.
    """

    columns: tuple[str, ...]
    numbers: frozenset[str]
    differing: tuple[str, ...]
    rows: tuple[RunRow, ...]

    def laid_over(self) -> tuple[LaidOver, ...]:
        """Return the curves that are drawn over the run on screen."""
        return tuple(
            LaidOver(row.name, *_points(row.summary))
            for row in self.rows
            if row.over and row.path is not None
        )

    def as_csv(self) -> str:
        """Return the table for a spreadsheet: numbers in full, a column for every field."""
        file = io.StringIO()
        table = csv.writer(file, lineterminator="\n")
        figures = ("step", "epoch", "cost", "accuracy", "rmse", "unit")
        table.writerow(["when", "data", *self.differing, *figures])
        for row in self.rows:
            values = [getattr(row.summary, name) for name in figures]
            fields = [_value(row.summary, name) for name in self.differing]
            known = ["" if isinstance(one, float) and not isfinite(one) else one for one in values]
            table.writerow([row.when, row.summary.data, *fields, *known])
        return file.getvalue()


def picture(snapshot: Snapshot, runs: Sequence[KnownRun], state: RunsState) -> RunsPicture:
    """Return the table of a moment and of the runs that are kept."""
    every: list[tuple[Path | None, str, RunSummary]] = [(None, text.NOW, of_snapshot(snapshot))]
    every += [(run.path, run.when, run.summary) for run in runs]
    recipes = [summary.recipe for _, _, summary in every if summary.recipe is not None]
    fields = tuple(name for name in differing(recipes) if name != "dataset")
    columns = (*fields[:FIRST], "score", "cost", CURVE, *fields[FIRST:], "epoch", "data", "when")
    numbers = {name for name in fields if all(_is_number(getattr(one, name)) for one in recipes)}
    rows = tuple(
        RunRow(
            path,
            when,
            summary,
            tuple(_cell(summary, when, column) for column in columns),
            text.name(summary, when, fields),
            path is not None and path.name in state.over,
        )
        for path, when, summary in every
    )
    return RunsPicture(columns, FIGURES | numbers, fields, rows)


def of_snapshot(snapshot: Snapshot) -> RunSummary:
    """Return what the run on screen has come to."""
    made = snapshot.evaluations
    return summary_of(
        snapshot.recipe,
        snapshot.step,
        snapshot.epoch,
        made,
        made[-1] if made else None,
        snapshot.description.targets,
    )


def _cell(summary: RunSummary, when: str, column: str) -> str:
    match column:
        case "when":
            return when
        case "curve":
            return ""
        case "data":
            return short(summary.data) if is_typed(summary.data) else given(short(summary.data))
        case "epoch":
            return text.epochs(summary)
        case "cost":
            return text.cost(summary)
        case "score":
            return text.score(summary)
    return text.field(summary.recipe, column)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _value(summary: RunSummary, name: str) -> object:
    """Return a recipe's field as a spreadsheet reads it."""
    value = "" if summary.recipe is None else getattr(summary.recipe, name)
    return "-".join(map(str, value)) if isinstance(value, tuple) else value


def _points(summary: RunSummary) -> tuple[Array, Array]:
    curve = summary.curve[np.isfinite(summary.curve[:, 2])]
    return curve[:, 0], curve[:, 2]
