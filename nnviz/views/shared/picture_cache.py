"""Scaled pictures, made when they come in sight: however many there are, only these cost."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from nnviz.views.shared.tile_content import Greys

PAPER = "#000000"
"""Behind a picture's ink, which is white: grey levels are shown as they are, in any theme."""
TOGETHER = 16
"""Neighbours that are scaled as one image, a sheet."""
MOST_PIXELS = 2**24
"""Pixels of sheets that are kept; more than any screen shows at once."""
_BLACK = QColor(PAPER)


class PictureCache:
    """Pictures by their places, each scaled once for as long as its size stays the same."""

    def __init__(self, greys: Greys, count: int) -> None:
        """Take so many pictures, without looking at any."""
        self._greys, self._count = greys, count
        self._sheets: dict[int, QImage] = {}
        self._side = 0.0
        self._size = (1, 1)

    def paint(self, painter: QPainter, place: int, square: QRectF) -> None:
        """Paint a picture as large as it fits into a black square of whole pixels."""
        ratio, side = painter.device().devicePixelRatio(), square.width()
        if self._side != ratio * side:
            self._side = ratio * side
            self._sheets.clear()
        number, row = divmod(place, TOGETHER)
        # What was painted last stands last, and goes last.
        sheet = self._sheets.pop(number, None) or self._sheet(number)
        self._sheets[number] = sheet
        wide, high = self._size
        shown_wide, shown_high = wide / ratio, high / ratio
        left = square.left() + (side - shown_wide) // 2
        top = square.top() + (side - shown_high) // 2
        if min(shown_wide, shown_high) < side:
            painter.fillRect(square, _BLACK)
        inner = QRectF(left, top, shown_wide, shown_high)
        painter.drawImage(inner, sheet, QRectF(0, row * high, wide, high))

    def _sheet(self, number: int) -> QImage:
        """Return pictures one below the other, scaled."""
        first = number * TOGETHER
        greys = self._greys(range(first, min(first + TOGETHER, self._count)))
        count, rows, columns = greys.shape
        scale = self._side / max(rows, columns)
        self._size = wide, high = max(1, round(scale * columns)), max(1, round(scale * rows))
        sheet = image_of(greys.reshape(-1, columns)).scaled(
            wide,
            count * high,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        kept = max(1, MOST_PIXELS // (TOGETHER * wide * high))
        while len(self._sheets) >= kept:
            del self._sheets[next(iter(self._sheets))]
        return sheet.convertToFormat(QImage.Format.Format_RGB32)


def image_of(pixels: NDArray[np.uint8]) -> QImage:
    """Return grey levels, (rows, columns), or colours, (rows, columns, 3), as an image."""
    content = np.ascontiguousarray(pixels)
    high, wide, *colours = content.shape
    kind = QImage.Format.Format_RGB888 if colours else QImage.Format.Format_Grayscale8
    return QImage(content.data, wide, high, content.strides[0], kind).copy()
