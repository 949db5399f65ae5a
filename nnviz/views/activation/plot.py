"""The plot of activation functions: z is dragged or moved by keys, and marks are clicked."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.views.activation import text
from nnviz.views.activation.items import NeuronItems
from nnviz.views.activation.paint import Painting
from nnviz.views.activation.picture import ActivationPicture
from nnviz.views.activation.places import Places
from nnviz.views.palette import DARK, Theme

STEP, STRIDE = 0.1, 1.0
"""How far an arrow key moves z, and how far with Shift, where z reaches as far as it does first."""
FIRST_REACH = 6.0
NEAR = 5
"""Pixels beside a mark that still count as it, at a factor of 1."""
KEYS = frozenset(
    {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_Home, Qt.Key.Key_End),
    }
)


class ActivationPlot(QWidget):
    """Both curves over z with what stands on them.

    Signals:
        moved(float): z shall be here.
        followed(): the point shall be the selected neuron's again.
        neuron_picked(int): this neuron of the layer was clicked.
        neuron_wanted(int): the neuron so many further on shall be selected.
    """

    moved = Signal(float)
    followed = Signal()
    neuron_picked = Signal(int)
    neuron_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._picture: ActivationPicture | None = None
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setAccessibleName(text.PLOT)
        self._items = NeuronItems(self)

    def sizeHint(self) -> QSize:
        """Ask for enough room to read a slope from."""
        return QSize(self._theme.scale.space(300), self._theme.scale.space(220))

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.update()

    def show_picture(self, picture: ActivationPicture) -> None:
        """Show a moment."""
        self._picture = picture
        self.setAccessibleDescription(picture.said[0])
        self._items.told_anew()
        self.update()

    @property
    def picture(self) -> ActivationPicture | None:
        """What is shown."""
        return self._picture

    def places(self) -> Places | None:
        """Return where everything stands."""
        if self._picture is None:
            return None
        return Places(self._picture, QRectF(self.rect()), QFontMetricsF(self.font()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is shown."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.panel))
        places = self.places()
        if places is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.font())
            Painting(painter, places, self._theme).everything()

    # -- what hands do --------------------------------------------------------------------------

    def neuron_at(self, at: QPointF) -> int | None:
        """Return the neuron whose mark or bar is at a place."""
        places = self.places()
        if places is None:
            return None
        found = places.bar_at(at)
        near = self._theme.scale.space(NEAR)
        return places.mark_at(at, near) if found is None else found

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a neuron, or take hold of z."""
        places = self.places()
        if event.button() != Qt.MouseButton.LeftButton or places is None:
            return
        neuron = self.neuron_at(event.position())
        if neuron is not None:
            self.neuron_picked.emit(neuron)
        elif not places.bars.contains(event.position()):
            self._dragging = True
            self.moved.emit(places.z_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let z follow, or show what a click would do."""
        places = self.places()
        if self._dragging and places is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.moved.emit(places.z_at(event.position().x()))
            return
        over = self.neuron_at(event.position()) is not None
        shape = Qt.CursorShape
        self.setCursor(shape.PointingHandCursor if over else shape.SizeHorCursor)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._dragging = False

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own."""
        free = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        return not event.modifiers() & ~free and event.key() in KEYS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move z, or go to another neuron of the layer."""
        picture, key = self._picture, event.key()
        if picture is None or not self.takes_key(event):
            super().keyPressEvent(event)
            return
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.neuron_wanted.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_End:
            self.followed.emit()
        elif key == Qt.Key.Key_Home:
            self.moved.emit(0.0)
        else:
            wide = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = (STRIDE if wide else STEP) * picture.reach / FIRST_REACH
            way = step if key == Qt.Key.Key_Right else -step
            now = 0.0 if picture.first.point is None else picture.first.point.z
            moved = min(max(now + way, -picture.reach), picture.reach)
            self.moved.emit(round(moved, 9))

    def event(self, event: QEvent) -> bool:
        """Say which neuron a mark is, or what can be done."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            neuron = self.neuron_at(QPointF(event.pos()))
            tip = text.PLOT_TIP
            if self._picture is not None and neuron is not None:
                tip = self._picture.tip(neuron)
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)
