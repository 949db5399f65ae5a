"""The sheet on which the words and the table of a minibatch are painted."""

import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.views.minibatch_plan import WRAPPED, Contents, Plan, how_many, plan, sized, title_font
from nnviz.views.minibatch_table import Row, most_telling
from nnviz.views.palette import DARK

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MARGIN = 4
"""Room to the left and right of everything, in pixels."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


_JOINTS = re.compile(
    r"(?<=\boutput|\bneuron|\bnumber) (?=\d)|(?<==|[⁰-⁹¹²³]) (?=[\d−+])|(?<=\d) (?==)"
)


def bound(sentence: str) -> str:
    """Keep a number on one line with the word it belongs to."""
    joined = _JOINTS.sub("\N{NO-BREAK SPACE}", sentence)
    return joined.replace("∂C/∂", "∂C/\N{WORD JOINER}∂")


class Sheet(QWidget):
    """Shows one phase of one minibatch, or a single sentence where there is none.

    Attributes:
        theme: its colours.
        title, sentence: of the phase; no title where there is no minibatch.
        rows: the table's, as far as its numbers are known.
        costs: the lines below it that are known.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK
        self.title = ""
        self.sentence = ""
        self.rows: tuple[Row, ...] = ()
        self.costs: tuple[tuple[str, str], ...] = ()
        self._contents: Contents | None = None
        self._plan: Plan | None = None

    def say(self, sentence: str) -> None:
        """Show a sentence and nothing else."""
        self.title, self.sentence, self.rows, self.costs = "", sentence, (), ()
        self._contents = self._plan = None
        self.setAccessibleName(sentence)
        self.update()

    def show_phase(
        self,
        contents: Contents,
        phase: int,
        rows: tuple[Row, ...],
        costs: tuple[tuple[str, str], ...],
    ) -> None:
        """Show a phase.

        Args:
            contents: all that any phase of the minibatch has to show.
            phase: which of the phases it is.
            rows: the table's rows with the numbers known by now.
            costs: the lines below it known by now.
        """
        self.title, self.sentence = contents.titles[phase], contents.sentences[phase]
        self.rows, self.costs, self._contents = rows, costs, contents
        self.setAccessibleName(f"{self.title}. {self.sentence}")
        self.update()

    def fit(self, width: int, height: int) -> None:
        """Place everything in so much room; grow beyond its height where that must be."""
        self._plan = None
        if self._contents is not None:
            room = max(width - 2 * MARGIN, 1)
            self._plan = plan(self._contents, self.font(), room, height)
            height = max(height, round(self._plan.height + 0.5))
        self.resize(width, height)
        self.update()

    @property
    def plan(self) -> Plan | None:
        """Where everything stands; None without a minibatch."""
        return self._plan

    def shown(self) -> tuple[Row, ...]:
        """Return the rows that have a place: the same ones at every phase."""
        if self._plan is None or self._contents is None:
            return ()
        places = most_telling(self._contents.rows, self._plan.rows * self._plan.columns.count)
        return tuple(self.rows[place] for place in places)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words, then the table."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        painter.translate(MARGIN, 0)
        room = QRectF(0, 0, self.width() - 2 * MARGIN, self.height())
        if self._plan is None:
            size = min(max(room.width() / 18, 12), 32)
            painter.setFont(sized(self.font(), size))
            painter.setPen(QColor(self.theme.dim))
            painter.drawText(room, WRAPPED, self.sentence)
            return
        place = self._plan
        painter.setFont(title_font(self.font(), place.size))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(QRectF(0, 0, room.width(), place.title), LEFT, self.title)
        painter.setFont(sized(self.font(), place.size))
        painter.drawText(
            QRectF(0, place.title, room.width(), place.sentence + place.size),
            WRAPPED,
            self.sentence,
        )
        if place.rows:
            self._paint_table(painter, place)
        if place.costs:
            self._paint_costs(painter, place)

    def _paint_table(self, painter: QPainter, place: Plan) -> None:
        rows, columns = self.shown(), place.columns
        plain, bold = (sized(self.font(), place.size, bold=strong) for strong in (False, True))
        painter.setFont(plain)
        painter.setPen(QColor(self.theme.dim))
        left_out = len(rows) < len(self.rows)
        for number in range(columns.count):
            left = number * columns.apart
            if left_out and columns.count == 1:
                cell = QRectF(left, place.table, columns.name, place.row)
                text = how_many(len(rows), len(self.rows))
                wide = columns.name + 1
                metrics = QFontMetricsF(plain)
                elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
                painter.drawText(cell, LEFT, elided)
            self._paint_cells(painter, place, left, place.table, columns.header)
        metrics = QFontMetricsF(bold)
        for at, row in enumerate(rows):
            number, down = divmod(at, place.rows)
            left, top = number * columns.apart, place.table + (down + 1) * place.row
            strong = row.wanted or row.read
            painter.setFont(bold if strong else plain)
            colour = self.theme.now if row.wanted else self.theme.text if strong else self.theme.dim
            painter.setPen(QColor(colour))
            name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, columns.name + 1)
            painter.drawText(QRectF(left, top, columns.name, place.row), LEFT, name)
            painter.setPen(QColor(self.theme.text))
            self._paint_cells(painter, place, left, top, row.cells, last=strong)

    def _paint_cells(
        self,
        painter: QPainter,
        place: Plan,
        left: float,
        top: float,
        cells: tuple[str, ...],
        *,
        last: bool = False,
    ) -> None:
        """Paint a row's numbers; the last one dim unless it matters."""
        at = left + place.columns.name
        for number, (width, text) in enumerate(zip(place.columns.cells, cells, strict=True)):
            if number == len(cells) - 1 and not last:
                painter.setPen(QColor(self.theme.dim))
            painter.drawText(QRectF(at, top, width, place.row), RIGHT, text)
            at += width

    def _paint_costs(self, painter: QPainter, place: Plan) -> None:
        font = sized(self.font(), place.size)
        painter.setFont(font)
        metrics, gap = QFontMetricsF(font), 1.0 * place.size
        needed = [metrics.horizontalAdvance(label + value) + gap for label, value in self.costs]
        width = (place.columns.count - 1) * place.columns.apart + place.columns.width
        width = min(max(width, *needed, 0), self.width() - 2 * MARGIN)
        for number, (label, value) in enumerate(self.costs):
            box = QRectF(0, place.below + number * place.row, width, place.row)
            painter.setPen(QColor(self.theme.dim))
            painter.drawText(box, LEFT, label)
            painter.setPen(QColor(self.theme.text))
            painter.drawText(box, RIGHT, value)
