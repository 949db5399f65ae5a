"""A painted list or grid that scrolls by wheel, bar and keys, in colours and sizes of a theme."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.styles import thin_scroll_bar


class PaintedScroll(QAbstractScrollArea):
    """A scroll area that paints what is in sight."""

    keys = frozenset(
        {
            *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
            *(Qt.Key.Key_Home, Qt.Key.Key_End),
        }
    )
    """Keys it takes, though they step through the run elsewhere, while it has the focus."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make an empty one; readers of the screen call it by the name."""
        super().__init__(parent)
        self.theme = DARK
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(name)

    def minimumSizeHint(self) -> QSize:
        """Return the least room it makes sense in: a line can be read, the rest scrolled to."""
        return QSize(4 * self.unit, round(1.5 * self.unit))

    @property
    def unit(self) -> int:
        """Height of its letters in pixels."""
        return max(self.font().pixelSize(), 1)

    @property
    def across(self) -> int:
        """Width without the room kept for the bar, so that nothing moves when it appears."""
        return max(self.width() - self.theme.scale.space(10), 1)

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours, sizes and letters."""
        self.theme = theme
        self.setFont(font)
        self.setStyleSheet(thin_scroll_bar(theme))
        self.arrange()

    def total(self) -> tuple[float, float]:
        """Return the height of everything, and of one row."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Let the bar follow what there is."""
        total, row = self.total()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(total) - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(max(1, round(row / 2)))
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panel's ground, and on it what is in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self.theme.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        self.paint(painter)

    def paint(self, painter: QPainter) -> None:
        """Paint what is in sight, in places of the viewport."""
        raise NotImplementedError

    def reveal(self, top: float, bottom: float) -> None:
        """Scroll until what stands between two heights is in sight."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if top < bar.value():
            bar.setValue(round(top))
        elif bottom > bar.value() + room:
            bar.setValue(round(bottom - room))

    def first_in_sight(self) -> int:
        """Return the first row of which more than half is in sight."""
        return round(self.verticalScrollBar().value() / self.total()[1])

    def scroll_to(self, row: int) -> None:
        """Scroll until a row stands at the top, or as far as there are rows."""
        bar = self.verticalScrollBar()
        bar.setValue(round(min(max(row * self.total()[1], 0), bar.maximum())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self.arrange()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and event.key() in self.keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll."""
        bar = self.verticalScrollBar()
        way = {
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }.get(Qt.Key(event.key()))
        if way is not None:
            bar.setValue(bar.value() + way)
        else:
            event.ignore()
