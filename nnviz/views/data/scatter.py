"""A truth table or a table of two columns: every row as a point, and few rows in writing too."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.data.overview import Overview
from nnviz.engine.run.units import in_file, number_targets
from nnviz.numbers import subscript, write
from nnviz.views.palette import DARK, Theme

MOST = 4000
"""Most points that are painted: more only cover each other."""
WRITTEN = 20
"""Most rows that are written out."""
CENTRE = Qt.AlignmentFlag.AlignCenter


class Scatter(QWidget):
    """Two inputs as a plane, the class as colour and shape."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._overview: Overview | None = None
        self.setMinimumSize(QSize(100, 60))
        self.setAccessibleName("Every example as a point")

    def show_overview(self, overview: Overview | None) -> None:
        """Show these examples."""
        self._overview = overview
        self.update()

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        self._theme = theme
        self.setFont(font)
        self.update()

    def colour(self, label: int) -> QColor:
        """Return a class's colour; of two, that of the larger output is the positive one."""
        overview = self._overview
        if overview is not None and len(overview.names) == 2:
            return QColor((self._theme.minus, self._theme.plus)[label])
        return QColor(self._theme.racers[label % len(self._theme.racers)])

    def point(self, x: float, y: float) -> QPointF:
        """Return where two inputs meet."""
        plot, (low, high) = self.plot(), self._range()
        share_x, share_y = (x - low[0]) / (high[0] - low[0]), (y - low[1]) / (high[1] - low[1])
        return QPointF(
            plot.left() + share_x * plot.width(), plot.bottom() - share_y * plot.height()
        )

    def plot(self) -> QRectF:
        """Return where the plane stands."""
        size = self._size
        width = 0.55 * self.width() if self._written() else float(self.width())
        return QRectF(
            1.8 * size, 0.4 * size, max(width - 2.6 * size, 1), self.height() - 2.3 * size
        )

    @property
    def _size(self) -> float:
        return float(max(self.font().pixelSize(), 9))

    def _written(self) -> bool:
        return self._overview is not None and len(self._overview.train.x) <= WRITTEN

    def _range(self) -> tuple["np.ndarray[tuple[int], np.dtype[np.float64]]", ...]:
        assert self._overview is not None
        x = self._overview.train.x[:, :2].astype(np.float64)
        low, high = x.min(axis=0), x.max(axis=0)
        wide = np.where(high > low, high - low, 1.0)
        return low - 0.12 * wide, high + 0.12 * wide

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the plane where there are two inputs, and the rows where there are few."""
        painter = QPainter(self)
        overview = self._overview
        if overview is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        left = 0.0
        if overview.dataset.inputs == 2:
            self._paint_plane(painter, overview)
            left = 0.58 * self.width()
        if self._written():
            self._paint_rows(painter, overview, QRectF(left, 0, self.width() - left, self.height()))

    def _paint_plane(self, painter: QPainter, overview: Overview) -> None:
        plot, part = self.plot(), overview.train
        painter.setPen(QPen(QColor(self._theme.line), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(plot)
        names = overview.dataset.feature_names or ("x1", "x2")
        painter.setPen(QColor(self._theme.dim))
        below = QRectF(plot.left(), plot.bottom() + 2, plot.width(), 1.5 * self._size)
        painter.drawText(below, CENTRE, names[0])
        painter.save()
        painter.rotate(-90)
        painter.drawText(
            QRectF(-plot.bottom(), 0, plot.height(), 1.6 * self._size), CENTRE, names[1]
        )
        painter.restore()
        radius = max(2.5, (0.5 if len(part.x) <= WRITTEN else 0.25) * self._size)
        for row in range(min(len(part.x), MOST)):
            label, centre = int(part.labels[row]), self.point(*map(float, part.x[row, :2]))
            painter.setPen(QPen(QColor(self._theme.panel), 1))
            painter.setBrush(self.colour(label))
            if label % 2:
                painter.drawEllipse(centre, radius, radius)
            else:
                square = QRectF(0, 0, 1.8 * radius, 1.8 * radius)
                square.moveCenter(centre)
                painter.drawRect(square)

    def _paint_rows(self, painter: QPainter, overview: Overview, room: QRectF) -> None:
        """Write every row: its inputs, and what is desired of it."""
        part, inputs = overview.train, overview.dataset.inputs
        plain = [f"x{subscript(place + 1)}" for place in range(inputs)]
        data = overview.dataset
        targets = number_targets(data.description, data.outputs)
        named = targets or data.description.targets
        predicted = [column.bare_name for column in named] if targets or len(named) == 1 else ["y"]
        if data.description.one_hot:
            predicted = ["class"]
        inputs_named = [column.bare_name for column in data.columns]
        names = (*(inputs_named or plain), *predicted)
        lines = len(part.x) + 1
        height = min(1.9 * self._size, room.height() / lines)
        width = min(5 * self._size, room.width() / len(names))
        font = QFont(self.font())
        font.setPixelSize(max(9, min(round(self._size), round(0.85 * height))))
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        for place, name in enumerate(names):
            painter.setPen(QColor(self._theme.dim))
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, width - 2)
            painter.drawText(QRectF(room.left() + place * width, 0, width, height), CENTRE, text)
        for row in range(len(part.x)):
            desired = [overview.names[part.labels[row]] or _brief(float(part.y[row, 0]))]
            if targets:
                pairs = zip(targets, part.y[row].tolist(), strict=True)
                desired = [in_file(column, value, _brief) for column, value in pairs]
            columns = overview.dataset.columns
            values = [_brief(float(value)) for value in part.x[row]]
            if len(columns) == len(values):
                pairs = zip(columns, part.x[row].tolist(), strict=True)
                values = [in_file(column, value, _brief) for column, value in pairs]
            for place, text in enumerate((*values, *desired)):
                last = place >= inputs
                colour = self.colour(int(part.labels[row])) if last else QColor(self._theme.text)
                painter.setPen(colour)
                box = QRectF(room.left() + place * width, (row + 1) * height, width, height)
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 2)
                painter.drawText(box, CENTRE, text)


def _brief(value: float) -> str:
    return write(value, 3)
