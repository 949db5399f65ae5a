"""The examples of one cell of the confusion matrix: the worst first, each to be looked at."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.notation import example_name
from nnviz.numbers import fewer, write
from nnviz.views.evaluation.noise import picture_of
from nnviz.views.evaluation.pane import LEFT
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.styles import thin_scroll_bar

SMALLEST, LARGEST = 36, 110
"""Side of a picture in pixels."""
EDGE = 3
"""Room around everything for the mark, in pixels."""
PAPER = "#000000"
"""Behind a picture's ink, which is white: grey levels are shown as they are, in any theme."""
BAR = 10
"""Room kept for the scroll bar."""


class CellGallery(QAbstractScrollArea):
    """Thumbnails, or rows of values where examples are no pictures.

    Signals:
        chosen(int): index of the test example that was clicked.

    Attributes:
        open: False while no example can be chosen.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open = True
        self.ranking: Ranking | None = None
        self._theme = DARK
        self._pictures: list[QImage] = []
        self._focused = -1
        self._hovered: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Examples of the chosen cell, the worst first")

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size: one picture."""
        return QSize(SMALLEST, SMALLEST)

    def show_ranking(self, ranking: Ranking | None, shape: tuple[int, int] | None) -> None:
        """Show these examples.

        Args:
            ranking: the examples; None for none.
            shape: rows and columns of a picture; None where examples are no pictures.
        """
        self.ranking = ranking
        self._pictures = []
        if ranking is not None and shape is not None:
            self._pictures = [picture_of(x, shape) for x in ranking.x]
        self._hovered = None
        self._arrange()

    def mark(self, index: int) -> None:
        """Mark the example in focus by its index; −1 for none."""
        if index != self._focused:
            self._focused = index
            self.viewport().update()

    def set_theme(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        self._theme = theme
        self.setFont(font)
        self.setStyleSheet(thin_scroll_bar(theme))
        self._arrange()

    # -- where things stand ---------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many examples are shown."""
        return 0 if self.ranking is None else len(self.ranking.index)

    @property
    def _unit(self) -> int:
        return max(self.font().pixelSize(), 1)

    def _columns(self) -> tuple[int, float, float]:
        """Return how many stand side by side, and the width and height of one with its gap."""
        room = max(1.0, self.width() - BAR - 2 * EDGE)
        if self.ranking is not None and not self._pictures:
            return 1, room, 1.7 * self._unit
        gap = 0.4 * self._unit
        target = min(max(3.4 * self._unit, SMALLEST), LARGEST) + gap
        columns = max(1, int((room + gap) // target))
        pitch = float(int((room + gap) / columns))
        return columns, pitch, pitch

    def box(self, place: int) -> QRectF:
        """Return where an example stands in the viewport."""
        columns, width, height = self._columns()
        row, column = divmod(place, columns)
        gap = 0.4 * self._unit if self._pictures else 0.0
        top = EDGE + row * height - self.verticalScrollBar().value()
        return QRectF(EDGE + column * width, top, width - gap, height - gap)

    def _arrange(self) -> None:
        columns, _, height = self._columns()
        total = -(-self.count // columns) * height + 2 * EDGE
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(total) - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(1, round(height / 2)))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._arrange()

    def _at(self, where: QPointF) -> int | None:
        found = (place for place in range(self.count) if self.box(place).contains(where))
        return next(found, None)

    # -- mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the example that was clicked, and mark it at once."""
        place = self._at(event.position())
        pressed = event.button() == Qt.MouseButton.LeftButton
        if pressed and self.open and place is not None and self.ranking is not None:
            index = int(self.ranking.index[place])
            self.mark(index)
            self.chosen.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the example under the mouse."""
        self._hover(self._at(event.position()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell about the example under the mouse; light none once the mouse has left."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def tip_at(self, where: QPointF) -> str:
        """Return what is to be said of the example at a place of the viewport."""
        place = self._at(where)
        if place is None or self.ranking is None:
            return ""
        index, cost = int(self.ranking.index[place]), float(self.ranking.cost[place])
        name = example_name(index, picture=bool(self._pictures), part="Test")
        click = "\nClick to put it through the network" if self.open else ""
        return f"{name}: cost C₀ = {write(cost, fewer())}{click}"

    def _hover(self, place: int | None) -> None:
        if place != self._hovered:
            self._hovered = place
            hand = place is not None and self.open
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
            )
            self.viewport().update()

    # -- painting -------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the examples in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.panel))
        if self.ranking is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        seen = QRectF(self.viewport().rect())
        for place, index in enumerate(self.ranking.index):
            box = self.box(place)
            if not box.intersects(seen):
                continue
            if self._pictures:
                self._paint_picture(painter, self._pictures[place], box)
            else:
                self._paint_values(painter, self.ranking.x[place], box)
            marked = int(index) == self._focused
            if marked or place == self._hovered:
                colour = self._theme.now if marked else self._theme.dim
                painter.setPen(QPen(QColor(colour), max(2.0, self._unit / 5) if marked else 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 2, 2)

    def _paint_picture(self, painter: QPainter, picture: QImage, box: QRectF) -> None:
        """Paint grey levels as they are, in any theme; what is left of the square is black."""
        painter.fillRect(box, QColor(PAPER))
        scale = min(box.width() / picture.width(), box.height() / picture.height())
        inner = QRectF(0, 0, scale * picture.width(), scale * picture.height())
        inner.moveCenter(box.center())
        painter.drawImage(inner, picture)

    def _paint_values(self, painter: QPainter, x: Sequence[float], box: QRectF) -> None:
        painter.setFont(self.font())
        painter.setPen(QColor(self._theme.text))
        text = f"({', '.join(write(float(value), fewer(2)) for value in x[:12])}"
        text += ", …)" if len(x) > 12 else ")"
        text = QFontMetricsF(self.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, LEFT, text)
