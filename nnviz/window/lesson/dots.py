"""Progress dots: one for each scene, filled as far as one has come."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.named import named

RADIUS, APART = 4, 14
"""Pixels of a dot, and from one to the next at most, at a factor of 1."""


class Dots(QWidget):
    """Shows how far one has come."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "lesson_dots")
        self._number, self._count, self._theme = 1, 1, DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_place(self, number: int, count: int, said: str) -> None:
        """Show which scene it is, from 1, among how many."""
        if (number, count) != (self._number, self._count):
            self._number, self._count = number, count
            self.setAccessibleName(said)
            self.setToolTip(said)
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on colours and sizes."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for one row."""
        space = self._theme.scale.space
        return QSize(space(60), 2 * space(RADIUS) + space(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dots, nearer to each other where there are many."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius, line = theme.scale.line(RADIUS), theme.scale.line(1.5)
        free = self.width() - 2 * radius - 2 * line
        apart = min(theme.scale.line(APART), free / max(self._count - 1, 1))
        radius = min(radius, max(apart * 0.4, 1.0)) if self._count > 1 else radius
        for at in range(self._count):
            here = at + 1 == self._number
            painter.setPen(QPen(QColor(theme.now if here else theme.dim), line))
            filled = QColor(theme.now if here else theme.dim)
            painter.setBrush(filled if at < self._number else QColor(theme.panel))
            centre = QPointF(radius + line + at * apart, self.height() / 2)
            painter.drawEllipse(centre, radius - line / 2, radius - line / 2)
