"""The focus ring: shows where the keyboard is, in every panel alike, once Tab has been used."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import DARK, Theme

WIDTH = 2.0
"""Width of its line at a factor of 1."""


class FocusRing:
    """Lays a frame over the widget that has the focus."""

    def __init__(self) -> None:
        self._frame: _Frame | None = None
        self._count = 0
        self._theme = DARK

    def mark(self, widget: QWidget | None) -> None:
        """Lay the frame over this widget; None for nowhere."""
        old, self._frame = self._frame, None
        if old is not None:
            old.hide()
            old.deleteLater()
        if widget is not None:
            self._count += 1
            self._frame = _Frame(widget, self._theme)
            self._frame.destroyed.connect(partial(self._forget, self._count))

    def _forget(self, number: int) -> None:
        """Let go of a frame that has ended with what it surrounded."""
        if number == self._count:
            self._frame = None

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        if self._frame is not None:
            self.mark(self._frame.parentWidget())


class _Frame(QWidget):
    """The frame: a child of what it surrounds, so that it goes wherever that goes."""

    def __init__(self, around: QWidget, theme: Theme) -> None:
        super().__init__(around)
        self._colour, self._width = QColor(theme.now), theme.scale.line(WIDTH)
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        around.installEventFilter(self)
        self.setGeometry(around.rect())
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of what it surrounds."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, self._width))
        half = self._width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 5, 5)
