"""The sheet on which formulas stand: painted, clicked, copied, walked through by keys."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu, QScrollBar, QWidget

from nnviz.views.inspector import flow
from nnviz.views.inspector.items import SymbolItems
from nnviz.views.inspector.line_nodes import typeset
from nnviz.views.inspector.page import Line
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.typesetting import Box, colours_of, paint, targets, written

MARGIN = 3
CUT = 3
"""Pixels of a row that may be out of sight: no ink is there."""


class Area(QAbstractScrollArea):
    """What scrolls, is painted where it is in sight, and can be clicked: formulas or a table.

    Signals:
        clicked(object): what a click picks.
    """

    clicked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.viewport().setMouseTracking(True)
        self.theme = DARK

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Paint what has come into sight."""
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that its release comes here."""
        event.accept()

    def _point(self, *, clickable: bool) -> None:
        """Let the pointer tell whether a click picks anything."""
        if clickable:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()

    @staticmethod
    def _scroll(bar: QScrollBar, needed: float, room: int, step: int) -> None:
        """Let a bar reach all that needs more than there is room for."""
        bar.setRange(0, max(0, round(needed - room)))
        bar.setPageStep(max(room, 1))
        bar.setSingleStep(step)


class Sheet(Area):
    """Lines of formulas, as large as there is room for; what has none is scrolled to.

    Signals:
        copy_wanted(): the formulas are wanted on the clipboard.

    Attributes:
        marked: which of the places is marked; −1 for none.
    """

    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Formulas", parent)
        self.viewport().setAutoFillBackground(False)
        self._lines: Sequence[flow.Line] = ()
        self._kind: object = None
        self._flow: flow.Flow | None = None
        self._found: list[tuple[QRectF, Box]] | None = None
        self.marked = -1
        self._items = SymbolItems(self)

    def show_lines(self, lines: Sequence[Line], kind: object) -> None:
        """Show lines; where `kind` is equal they are the same with other numbers: size stays."""
        same = kind == self._kind
        self._lines, self._kind = [typeset(line) for line in lines], kind
        if not same:
            self._flow, self.marked = None, -1
            self.verticalScrollBar().setValue(0)
        self._place()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        grown = theme.scale != self.theme.scale
        self.theme = theme
        if grown:
            self._flow = None
            self._place()
        self.viewport().update()

    @property
    def flow(self) -> flow.Flow | None:
        """The lines in their places."""
        return self._flow

    @property
    def text(self) -> str:
        """All that is written, a broken line a line."""
        rows = self._flow.rows if self._flow else ()
        return "\n".join(written(box) for _, _, box in rows)

    @property
    def places(self) -> list[tuple[QRectF, object]]:
        """Where something can be clicked, in the viewport's pixels, and what it picks."""
        across, down = self._scrolled
        return [(rect.translated(-across, -down), box.target) for rect, box in self._clickable()]

    def _clickable(self) -> list[tuple[QRectF, Box]]:
        """Return what can be clicked and where it stands, before anything is scrolled.

        It is looked for when it is first asked for: while training plays nobody does.
        """
        if self._found is None:
            rows, margin = self._flow.rows if self._flow else (), self._margin
            self._found = [each for x, y, box in rows for each in targets(box, x + margin, y)]
        return self._found

    @property
    def _scrolled(self) -> tuple[int, int]:
        return self.horizontalScrollBar().value(), self.verticalScrollBar().value()

    @property
    def _margin(self) -> int:
        return self.theme.scale.space(MARGIN)

    def _place(self) -> None:
        if not self._lines:
            return
        scale, margin = self.theme.scale, self._margin
        width, height = self.viewport().width() - 2 * margin, self.viewport().height()
        if width < 20 or height < 5:
            return
        self._flow = flow.fit(self._lines, width, height, scale, self._flow)
        self._found = None
        self._scroll(self.verticalScrollBar(), self._flow.height, height, scale.space(20))
        self._scroll(self.horizontalScrollBar(), self._flow.width, width, scale.space(20))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._flow = None
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Place everything anew in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._flow = None
            self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the lines in sight."""
        painter = QPainter(self.viewport())
        theme = self.theme
        painter.fillRect(self.viewport().rect(), QColor(theme.panel))
        if self._flow is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if 0 <= self.marked < len(self._clickable()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            rect = self.places[self.marked][0].adjusted(-2, -1, 2, 1)
            painter.drawRoundedRect(rect, 4, 4)
        colours = colours_of(theme)
        left, top = self._scrolled
        for x, y, box in self._flow.rows:
            if self._in_sight(y - box.up - top, y + box.down - top):
                paint(box, painter, x + self._margin - left, y - top, colours)

    def _in_sight(self, above: float, below: float) -> bool:
        """Tell whether a row is seen whole: half a line of a formula says something else."""
        height, cut = self.viewport().height(), self.theme.scale.space(CUT)
        if below - above > height - 2 * cut:
            return below > 0 and above < height
        return above >= -cut and below <= height + cut

    # -- mouse and keys -----------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark what would be picked."""
        self.mark(self._under(event.position()))
        self._point(clickable=self.marked >= 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pick what is under the pointer."""
        number = self._under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and number >= 0:
            self.pick(number)

    def leaveEvent(self, event: QEvent) -> None:
        """Mark nothing any more."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.mark(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy."""
        menu = QMenu(self)
        menu.addAction("Copy", self.copy_wanted.emit)
        menu.popup(event.globalPos())
        menu.aboutToHide.connect(menu.deleteLater)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Walk through what can be picked before the keys go elsewhere."""
        number = self.marked + (1 if forward else -1)
        if not forward and self.marked < 0:
            number = -1
        if 0 <= number < len(self._clickable()):
            self.mark(number)
            rect = self._clickable()[number][0]
            bar = self.verticalScrollBar()
            if rect.bottom() > bar.value() + self.viewport().height() or rect.top() < bar.value():
                bar.setValue(round(rect.top() - 4))
            return True
        self.mark(-1)
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick what is marked."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and 0 <= self.marked < len(self._clickable()):
            self.pick(self.marked)
        else:
            event.ignore()

    def _under(self, point: QPointF) -> int:
        for number, (rect, _) in enumerate(self.places):
            if rect.adjusted(-1, -1, 1, 1).contains(point):
                return number
        return -1

    def mark(self, number: int) -> None:
        """Mark what would be picked; −1 for nothing."""
        if number != self.marked:
            self.marked = number
            self._items.told_anew()
            self.viewport().update()

    def pick(self, number: int) -> None:
        """Pick one of the places."""
        self.clicked.emit(self._clickable()[number][1].target)

    def words_at(self, number: int) -> str:
        """Return what is written at one of the places."""
        return written(self._clickable()[number][1])
