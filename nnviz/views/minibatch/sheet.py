"""The sheet on which the words and the table of an example are painted, and can be clicked."""

from collections.abc import Set

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.views.minibatch import text
from nnviz.views.minibatch.items import RowItems
from nnviz.views.minibatch.layout import WRAPPED, Plan, plan, title_font
from nnviz.views.minibatch.picture import EMPTY, MinibatchPicture
from nnviz.views.minibatch.table import Row
from nnviz.views.minibatch.text import COST
from nnviz.views.palette import DARK
from nnviz.views.shared.sentence import fullest
from nnviz.views.shared.type_scale import Step, sized

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ELIDED = Qt.TextElideMode.ElideRight
DIFFERENCE, PART = 2, 3
"""Which of a row's numbers they are: how far apart, and what that costs."""
MARGIN = 4
"""Room to the left and right of everything, in pixels at a factor of 1."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NOTHING = 0.01
"""Share of the largest part of a cost below which a part may be overlooked."""


class Sheet(QWidget):
    """Shows one example, at a phase or as it is, or a single sentence where there is none.

    Signals:
        clicked(int): the row of this output, or `COST` for the cost of the example.

    Attributes:
        marked: the output, or `COST`, that was picked; None for none.
        plan: where everything stands; None without an example.
        places: the outputs whose rows have room.
    """

    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.theme = DARK
        self.picture = EMPTY
        self.marked: int | None = None
        self.plan: Plan | None = None
        self._hovered: int | None = None
        self.places: tuple[int, ...] = ()
        self.setAccessibleName(EMPTY.sentence)
        self._items = RowItems(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_picture(self, picture: MinibatchPicture) -> None:
        """Show an example; what it shows already is not painted again."""
        if picture != self.picture:
            self.picture = picture
            self.setAccessibleName(f"{picture.title}. {picture.sentence}")
            self._choose()
            self._items.told_anew()
            self.update()

    def mark(self, marked: int | None) -> None:
        """Mark an output's row, the cost (`COST`), or nothing."""
        if marked != self.marked:
            self.marked = marked
            self._items.told_anew()
            self.update()

    def fit(self, width: int, height: int) -> None:
        """Place everything in so much room; grow beyond its height where that must be."""
        if self.picture.contents is not None:
            room, scale = max(width - 2 * self._margin, 1), self.theme.scale
            self.plan = plan(self.picture.contents, self.font(), room, height, scale)
            height = max(height, round(self.plan.height + 0.5))
        self._choose()
        self.resize(width, height)
        self.update()

    def _choose(self) -> None:
        """Choose which rows are shown, where there is no room for all: the most telling ones."""
        count = self.plan.rows * self.plan.columns.count if self.plan is not None else 0
        self.places = tuple(sorted(self.picture.order[:count]))

    @property
    def _margin(self) -> int:
        return self.theme.scale.space(MARGIN)

    def shown(self) -> tuple[Row, ...]:
        """Return the rows that have a place: the same ones at every phase."""
        return tuple(self.picture.rows[place] for place in self.places)

    # -- what is clicked ------------------------------------------------------------------------

    def box_of(self, what: int) -> QRectF | None:
        """Return where an output's row or the cost (`COST`) stands; None where it has no place."""
        place = self.plan
        if place is None:
            return None
        if what == COST:
            if not (place.costs and self.picture.costs):
                return None
            return QRectF(self._margin, place.below, self._width_below(place), place.row)
        if what not in self.places or not place.rows:
            return None
        number, down = divmod(self.places.index(what), place.rows)
        left, top = number * place.columns.apart, place.table + (down + 1) * place.row
        return QRectF(self._margin + left, top, place.columns.width, place.row)

    def at(self, where: QPointF) -> int | None:
        """Return the output or `COST` at a place; None for neither, or before it is known."""
        rows = self.picture.rows
        if not rows or not rows[0].cells[-1]:
            return None
        for what in (*self.places, COST):
            box = self.box_of(what)
            if box is not None and box.adjusted(-self._margin, 0, self._margin, 0).contains(where):
                return what
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row under the mouse."""
        self._hover(self.at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Light nothing once the mouse has left."""
        self._hover(None)

    def _hover(self, what: int | None) -> None:
        if what != self._hovered:
            self._hovered = what
            clickable = Qt.CursorShape.PointingHandCursor
            self.setCursor(Qt.CursorShape.ArrowCursor if what is None else clickable)
            self.setToolTip("" if what is None else text.CLICK)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell what was clicked."""
        what = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and what is not None:
            self.clicked.emit(what)

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: ↑ and ↓ go from row to row."""
        return self._items.takes_key(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick the next row."""
        if not self._items.key(event):
            event.ignore()

    # -- painting -------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words, then the table."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        painter.translate(self._margin, 0)
        room = QRectF(0, 0, self.width() - 2 * self._margin, self.height())
        if self.plan is None:
            size = self.theme.scale.grown(Step.LABEL, room.width() / 18)
            painter.setFont(sized(self.font(), size))
            painter.setPen(QColor(self.theme.dim))
            painter.drawText(room, WRAPPED, self.picture.sentence)
            return
        place = self.plan
        painter.setFont(title_font(self.font(), place.size))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(QRectF(0, 0, room.width(), place.title), LEFT, self.picture.title)
        painter.setFont(sized(self.font(), place.size))
        painter.drawText(
            QRectF(0, place.title, room.width(), place.sentence + place.size),
            WRAPPED,
            self.picture.sentence,
        )
        self._paint_lights(painter)
        if place.rows:
            self._paint_table(painter, place)
        if place.costs:
            self._paint_costs(painter, place)

    def _paint_lights(self, painter: QPainter) -> None:
        """Paint what is behind the row under the mouse and around the one that was picked."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, margin = self.theme.scale.line, self._margin
        for what, pen in (
            (self._hovered, QPen(Qt.PenStyle.NoPen)),
            (self.marked, QPen(QColor(self.theme.now), line(1.5))),
        ):
            box = None if what is None else self.box_of(what)
            if box is not None:
                painter.setPen(pen)
                painter.setBrush(QColor(self.theme.raised))
                around = line(3)
                box = box.adjusted(-around - margin, line(0.75), around - margin, -line(0.75))
                painter.drawRoundedRect(box, line(4), line(4))
        painter.restore()

    def _paint_bar(self, painter: QPainter, cell: QRectF, share: float) -> None:
        """Paint a row's part of the cost behind its number."""
        bar = cell.adjusted(0, 0.1 * cell.height(), 0, -0.1 * cell.height())
        bar.setLeft(bar.right() - share * bar.width())
        if bar.width() >= 1:
            painter.fillRect(bar, QColor(self.theme.line))

    def _paint_table(self, painter: QPainter, place: Plan) -> None:
        rows, columns, whole = self.shown(), place.columns, len(self.picture.rows)
        plain, bold = (sized(self.font(), place.size, bold=strong) for strong in (False, True))
        metrics = QFontMetricsF(bold)
        painter.setFont(plain)
        painter.setPen(QColor(self.theme.dim))
        if len(rows) < whole:
            box = QRectF(0, place.table, columns.name, place.row)
            counted = fullest(text.how_many(len(rows), whole), plain, columns.name)
            painter.drawText(box, LEFT, counted)
        for number in range(columns.count):
            self._paint_cells(painter, place, number * columns.apart, place.table, columns.header)
        for at, row in enumerate(rows):
            number, down = divmod(at, place.rows)
            left, top = number * columns.apart, place.table + (down + 1) * place.row
            strong = row.wanted or row.read or whole == 1
            painter.setFont(bold if strong else plain)
            colour = self.theme.now if row.wanted else self.theme.text if strong else self.theme.dim
            painter.setPen(QColor(colour))
            box = QRectF(left, top, columns.name, place.row)
            # Cut short as if in the widest font that names are in.
            painter.drawText(box, LEFT, metrics.elidedText(row.name, ELIDED, box.width() + 1))
            painter.setPen(QColor(self.theme.text))
            if len(columns.header) == len(row.cells):
                cell = QRectF(left, top, columns.width + self.theme.scale.line(3), place.row)
                cell.setLeft(left + columns.width - columns.cells[-1] + 0.4 * place.size)
                self._paint_bar(painter, cell, row.share)
            quiet = set() if strong else {DIFFERENCE}
            if not strong and row.share < NOTHING:
                quiet.add(PART)
            self._paint_cells(painter, place, left, top, row.cells, quiet)

    def _paint_cells(
        self,
        painter: QPainter,
        place: Plan,
        left: float,
        top: float,
        cells: tuple[str, ...],
        dim: Set[int] = frozenset(),
    ) -> None:
        """Paint a row's numbers, some of them dim."""
        at, pen = left + place.columns.name, painter.pen()
        for number, (width, cell) in enumerate(zip(place.columns.cells, cells, strict=False)):
            if dim:
                painter.setPen(QPen(QColor(self.theme.dim)) if number in dim else pen)
            if cell:
                painter.drawText(QRectF(at, top, width, place.row), RIGHT, cell)
            at += width

    def _width_below(self, place: Plan) -> float:
        """Return how wide the lines below the table are: as wide as it, if they fit."""
        metrics, gap = QFontMetricsF(sized(self.font(), place.size)), 1.0 * place.size
        needed = [
            metrics.horizontalAdvance(label + value) + gap
            for label, value in self.picture.costs[: place.costs]
        ]
        width = (place.columns.count - 1) * place.columns.apart + place.columns.width
        return min(max(width, *needed, 0), self.width() - 2 * self._margin)

    def _paint_costs(self, painter: QPainter, place: Plan) -> None:
        painter.setFont(sized(self.font(), place.size))
        width, metrics = self._width_below(place), QFontMetricsF(painter.font())
        for number, (label, value) in enumerate(self.picture.costs[: place.costs]):
            box = QRectF(0, place.below + number * place.row, width, place.row)
            room = width - metrics.horizontalAdvance(value) - 0.5 * place.size
            painter.setPen(QColor(self.theme.dim))
            painter.drawText(box, LEFT, metrics.elidedText(label, ELIDED, room))
            painter.setPen(QColor(self.theme.text))
            painter.drawText(box, RIGHT, value)
