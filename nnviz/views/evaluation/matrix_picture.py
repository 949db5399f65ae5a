"""What the confusion matrix shows of a report, and of the examples in its open cell."""

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report
from nnviz.views.evaluation import text
from nnviz.views.evaluation.state import Cell
from nnviz.views.evaluation.targets import Floats
from nnviz.views.evaluation.text import Wordings
from nnviz.views.shared.tile_content import Thumbnails, greys_of, values_text

STRONG = 0.05
"""Share of a class's examples that has the full hue, at least; more where all is wrong."""
CALM = 0.6
"""How far the diagonal goes from the panel to the dim text colour."""
LIFT = 0.8
"""Power of an error's share: below 1 it lifts small ones."""


@dataclass(frozen=True, slots=True, eq=False)
class MatrixPicture:
    """The confusion matrix.

    Attributes:
        counts: test examples of a class (row) that are read as another (column), (n, n).
        wrong: how strongly a cell stands out as a mistake, 0..1, (n, n).
        right: how strongly a cell of the diagonal stands out, 0..1, (n,).
        worst: the commonest mistake; None where there is none.
        footer: what is said while no cell is looked at.
    """

    names: Wordings
    counts: NDArray[np.intp]
    wrong: Floats
    right: Floats
    worst: Cell | None
    cell: Cell | None
    footer: Wordings

    def words(self, cell: Cell) -> Wordings:
        """Say what a cell counts."""
        row, column = cell
        total = int(self.counts[row].sum())
        return text.of_cell(self.names[row], self.names[column], int(self.counts[cell]), total)


@dataclass(frozen=True, slots=True, eq=False)
class CellPicture:
    """The examples of the marked cell; wrong where they are read as another class."""

    title: Wordings
    wrong: bool
    many: Wordings
    ranking: Ranking
    examples: Thumbnails


def matrix_picture(report: Report, names: tuple[str, ...], chosen: Cell | None) -> MatrixPicture:
    """Return the confusion matrix of a report, with a cell chosen or none."""
    counts, shares = report.confusion, report.shares
    off = 1 - np.eye(len(counts))
    errors, missed = shares * off, counts * off
    full = max(STRONG, float(errors.max(initial=0.0)))
    worst, footer = None, text.NO_MISTAKE
    if missed.any():
        row, column = (int(at) for at in np.unravel_index(missed.argmax(), counts.shape))
        worst, total = (row, column), int(counts[row].sum())
        footer = text.of_worst(names[row], names[column], int(counts[worst]), total)
    cell = chosen if chosen is not None and max(chosen) < len(counts) else None
    # A class's few strays are lifted off the ground a little, to be seen at all.
    wrong, right = (errors / full) ** LIFT, CALM * (0.4 + 0.6 * np.diagonal(shares))
    return MatrixPicture(names, counts, wrong, right, worst, cell, footer)


def cell_picture(
    ranking: Ranking | None,
    names: tuple[str, ...],
    shape: tuple[int, int] | None,
    before: CellPicture | None,
) -> CellPicture | None:
    """Return the examples of a cell, as ranked; those shown before where they are the same."""
    if ranking is None:
        return None
    if before is not None and before.ranking is ranking:
        return before
    wanted, read = ranking.label, ranking.read_as
    if wanted is None or read is None or max(wanted, read) >= len(names):
        return None
    title = f"“{names[wanted]}” read as “{names[read]}”", f"{names[wanted]} → {names[read]}"
    examples = Thumbnails(
        count=len(ranking.index),
        greys=None if shape is None else lambda places: greys_of(ranking.x[list(places)], shape),
        text=lambda place: values_text(ranking.x[place].tolist()),
        tip=lambda place: text.of_example(
            int(ranking.index[place]), float(ranking.cost[place]), picture=shape is not None
        ),
    )
    return CellPicture(title, wanted != read, text.of_ranking(ranking), ranking, examples)
