"""One example, large: its picture, what it is and where it stands."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.views.data.picture import LargeExample
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.picture_cache import PAPER, image_of


class LargePicture(QWidget):
    """A picture with every pixel a square, and a line or two below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._image = QImage()
        self.lines: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Ask for some room."""
        return QSize(self._theme.scale.space(130), self._theme.scale.space(150))

    def minimumSizeHint(self) -> QSize:
        """Return the least room it makes sense in."""
        return QSize(self._theme.scale.space(70), self._theme.scale.space(60))

    def show_example(self, example: LargeExample) -> None:
        """Show an example, or none."""
        self._image = QImage() if example.greys is None else image_of(example.greys)
        self.lines = example.lines
        self.setAccessibleName(", ".join(self.lines))
        self.setToolTip("\n".join(self.lines))
        self.update()

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        self._theme = theme
        self.setFont(font)
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, as large as it fits, and the lines."""
        painter = QPainter(self)
        if self._image.isNull():
            return
        metrics, gap = QFontMetricsF(self.font()), self._theme.scale.space(4)
        # In a low place the picture comes first; the tool tip says the rest.
        lines = self.lines[: max(0, int(0.6 * self.height() / metrics.height()))]
        below = len(lines) * metrics.height() + gap
        room = QRectF(0, 0, self.width(), max(self.height() - below, 1))
        high, wide = self._image.height(), self._image.width()
        scale = min(room.width() / wide, room.height() / high)
        box = QRectF(0, 0, float(int(scale * wide)), float(int(scale * high)))
        box.moveLeft(float(int((room.width() - box.width()) / 2)))
        painter.fillRect(box, QColor(PAPER))
        painter.drawImage(box, self._image)
        painter.setFont(self.font())
        for place, line in enumerate(lines):
            painter.setPen(QColor(self._theme.dim if place else self._theme.text))
            text = metrics.elidedText(line, Qt.TextElideMode.ElideRight, self.width())
            where = QRectF(
                0, box.bottom() + gap + place * metrics.height(), self.width(), metrics.height()
            )
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)
