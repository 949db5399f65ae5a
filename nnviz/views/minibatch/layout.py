"""How the words and the table of an example share a panel of any size.

The text is as large as the panel allows with everything in it, at every phase,
so that nothing moves while one steps. Where the panel is too small for that, the
table stands in two columns, leaves out what each output costs, then the difference,
and shows its most telling rows only; the sentence comes first, and is scrolled to
where even that does not fit.
"""

from collections.abc import Iterable, Sequence
from itertools import product

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from nnviz.dataclass import dataclass
from nnviz.views.minibatch.picture import Contents
from nnviz.views.minibatch.table import SYMBOLS, WORDS, Row
from nnviz.views.minibatch.text import how_many
from nnviz.views.shared.type_scale import Step, TypeScale, sized

WIDEST_NAME = 9.0
"""Room that the name of an output may take, in letter heights."""
WITHOUT_COST, FEWEST = SYMBOLS[:-1], SYMBOLS[:-2]
HEADERS = {WORDS: 1.25, SYMBOLS: 1.0, WITHOUT_COST: 0.8, FEWEST: 0.4}
"""What may stand above the table, the fullest first, and how much each helps to read it."""
SHORTEST_NAME = {WITHOUT_COST: 3.0, FEWEST: 2.0}
"""To which length names are cut, in letter heights, before another column is left out."""
ONE_COLUMN = 1.2
"""How much it helps to read rows one below the other."""
ROW, TIGHT_ROW = 1.3, 1.15
"""Height of a row, in letter heights: usually, and where there is little room."""
TIGHT = 0.85
"""How easy tight rows with a single line below them are to read, beside the usual ones."""
WRAPPED = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the table's columns stand.

    Attributes:
        name: width of the outputs' names.
        cells: width of each of the other columns, the gap before it included.
        header: what stands above these; fewer than a row has where there is no room.
        count: how many such tables stand side by side.
        apart: from the left of one of these to the next.
    """

    name: float
    cells: tuple[float, ...]
    header: tuple[str, ...]
    count: int
    apart: float

    @property
    def width(self) -> float:
        """Width of one of the tables."""
        return self.name + sum(self.cells)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands, in letters of a size and rows of a height.

    Attributes:
        title: height of the title's line.
        sentence: room kept for the sentence of any phase.
        rows: rows of outputs shown, side by side ones counted once.
        costs: how many of the lines below the table have room.
        height: of everything.
    """

    size: int
    row: float
    title: float
    sentence: float
    columns: Columns
    rows: int
    costs: int
    height: float

    @property
    def table(self) -> float:
        """Where the table begins."""
        return self.title + self.sentence + 0.5 * self.size

    @property
    def below(self) -> float:
        """Where the lines below the table begin."""
        return self.table + (self.rows + 1) * self.row + 0.4 * self.size


def title_font(base: QFont, size: float) -> QFont:
    """Return the font of the title above text of a size."""
    return sized(base, size * Step.HEADING.value / Step.BODY.value, bold=True)


def plan(contents: Contents, base: QFont, width: float, height: float, scale: TypeScale) -> Plan:
    """Place everything in a panel; the scale gives the smallest and the largest letters."""
    smallest = scale.px(Step.LABEL)
    largest = scale.grown(Step.LABEL, width / 20)
    best: tuple[float, Plan] | None = None
    ways = ((ROW, len(contents.costs), 1.0), (TIGHT_ROW, min(1, len(contents.costs)), TIGHT))
    for header, count, (row, costs, ease) in product(HEADERS, (1, 2), ways):
        for size in range(largest, smallest - 1, -1):
            whole = _placed(
                contents, base, width, size, count, costs=costs, row=row, headers=(header,)
            )
            if whole is not None and whole.height <= height:
                score = size * ease * HEADERS[header] * (ONE_COLUMN if count == 1 else 1)
                if best is None or score > best[0]:
                    best = score, whole
                break
    if best is not None:
        return best[1]
    return _squeezed(contents, base, width, height, smallest)


def _squeezed(contents: Contents, base: QFont, width: float, height: float, smallest: int) -> Plan:
    """Place as much of the table as a panel has room for that is too small for all of it."""
    for costs in (len(contents.costs), 0):
        for count in (1, 2):
            tight = _placed(contents, base, width, smallest, count, costs=costs, row=TIGHT_ROW)
            if tight is not None and tight.height <= height:
                return tight
    best: Plan | None = None
    for count in (1, 2):
        for rows in range(-(-len(contents.rows) // count), -1, -1):
            tight = _placed(
                contents, base, width, smallest, count, rows=rows, costs=0, row=TIGHT_ROW
            )
            if tight is None:
                break
            if rows == 0 or tight.height <= height:
                if best is None or rows * count > best.rows * best.columns.count:
                    best = tight
                break
    assert best is not None, "one column always has a place"
    return best


def _placed(
    contents: Contents,
    base: QFont,
    width: float,
    size: int,
    count: int,
    *,
    rows: int | None = None,
    costs: int = 0,
    row: float = ROW,
    headers: Iterable[tuple[str, ...]] = tuple(HEADERS),
) -> Plan | None:
    """Place everything in letters of a size; None where that is too wide."""
    left_out = rows is not None and rows * count < len(contents.rows)
    columns = _columns(contents.rows, base, width, size, count, headers, left_out=left_out)
    if columns is None:
        return None
    metrics = QFontMetricsF(sized(base, size))
    room = QRectF(0, 0, max(width, 1.0), 1e6)
    sentence = max(
        metrics.boundingRect(room, WRAPPED, text).height() for text in contents.sentences
    )
    title = QFontMetricsF(title_font(base, size)).height() + 0.15 * size
    if rows is None:
        rows = -(-len(contents.rows) // count)
    high = max(row * size, metrics.height() - 1)  # whatever the family, its letters have room
    height = title + sentence
    if rows:
        height += 0.5 * size + (rows + 1) * high
        if costs:
            height += 0.4 * size + costs * high
    shown = costs if rows else 0
    return Plan(size, high, title, sentence, columns, rows, shown, height)


def _columns(
    rows: Sequence[Row],
    base: QFont,
    width: float,
    size: int,
    count: int,
    headers: Iterable[tuple[str, ...]],
    *,
    left_out: bool,
) -> Columns | None:
    """Return the widths of the table's columns; None where several do not fit side by side."""
    metrics = QFontMetricsF(sized(base, size, bold=True))
    widest = max(metrics.horizontalAdvance(row.name) for row in rows)
    # Side by side there is less room for it.
    said = how_many(len(rows), len(rows))
    counted = metrics.horizontalAdvance(said[min(count, 2) - 1]) if left_out else 0.0
    shortest = metrics.horizontalAdvance(said[-1]) if left_out else 0.0
    name = max(min(widest, WIDEST_NAME * size), counted)
    between = 1.6 * size
    for header in headers:
        gap = (1.0 if header[0] == WORDS[0] else 0.8) * size
        cells = tuple(
            gap
            + max(
                metrics.horizontalAdvance(text) for text in (word, *(row.cells[at] for row in rows))
            )
            for at, word in enumerate(header)
        )
        columns = Columns(name, cells, header, count, name + sum(cells) + between)
        if count * columns.width + (count - 1) * between <= width:
            return columns
        # Numbers are never cut short, for they would be others: names are.
        least, left = SHORTEST_NAME.get(header), width - sum(cells)
        if count == 1 and least is not None and left >= min(max(least * size, shortest), name):
            return Columns(left, cells, header, 1, left + sum(cells) + between)
    if count > 1 or columns.header is not FEWEST:
        return None
    narrow = max(width - sum(columns.cells), shortest, 2.0 * size)
    return Columns(narrow, columns.cells, FEWEST, 1, columns.apart)
