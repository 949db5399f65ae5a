"""The painted legend of the cost curves: a wording in the colours of the curves, at the right."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from nnviz.views.cost.legend import Role, Wording
from nnviz.views.palette import DARK, Theme


class LegendLine(QWidget):
    """Writes a wording, row by row.

    Its figures change many times a second, so it takes what room there is: a new figure paints
    this line alone, where a label of another width, or of other letters, would have the whole
    window laid out anew. A single row is no higher than the button beside it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._wording = Wording(())
        self._theme = DARK
        self._letters = super().font()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def text(self) -> str:
        """Return what is read."""
        return "\n".join(self._wording.lines)

    def font(self) -> QFont:
        """Return the letters in which it is written."""
        return self._letters

    def write(self, wording: Wording, font: QFont, theme: Theme) -> None:
        """Write a wording in these letters and colours from now on."""
        if (wording, theme) == (self._wording, self._theme) and font == self._letters:
            return
        rows, other_letters = len(self._wording.rows), font != self._letters
        self._wording, self._letters, self._theme = wording, font, theme
        self.setAccessibleName(self.text())
        if len(wording.rows) != rows or (rows > 1 and other_letters):
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that the wording takes."""
        metrics = QFontMetricsF(self.font())
        wide = max(map(metrics.horizontalAdvance, self._wording.lines), default=0.0)
        return QSize(round(wide), round(metrics.lineSpacing() * len(self._wording.rows)))

    def minimumSizeHint(self) -> QSize:
        """Need the height alone."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rows one below the other."""
        colours = {
            Role.MEAN: self._theme.text,
            Role.TRAIN: self._theme.text,
            Role.VALIDATION: self._theme.held_back,
            Role.TEST: self._theme.now,
            Role.ASIDE: self._theme.dim,
        }
        metrics, painter = QFontMetricsF(self._letters), QPainter(self)
        painter.setFont(self._letters)
        gap, line = metrics.horizontalAdvance(self._wording.gap), metrics.lineSpacing()
        y = (self.height() - line * len(self._wording.rows)) / 2 + metrics.ascent()
        for row, said in zip(self._wording.rows, self._wording.lines, strict=True):
            x = self.width() - metrics.horizontalAdvance(said)
            for entry in row:
                painter.setPen(QColor(colours[entry.role]))
                painter.drawText(QPointF(x, y), entry.text)
                x += metrics.horizontalAdvance(entry.text) + gap
            y += line
