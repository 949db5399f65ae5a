"""Where the examples of a gallery stand, and their pictures in one image.

Pictures stand side by side, each above its caption; other examples are rows, one
below the other. All pictures together are one image, scaled once, so painting is a
handful of copies.
"""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from nnviz.engine.run.snapshot import Array

SMALLEST, LARGEST = 40, 130
"""Side of a picture in pixels."""
ABREAST = 20
"""Pictures side by side in the image that holds them all."""
EDGE = 3
"""Room around everything for the mark of the example in focus, in pixels."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Where the examples stand.

    Attributes:
        count: how many there are.
        columns: how many stand side by side.
        width, height: of one, its caption included.
        gap: between two, both ways.
        side: of a picture; 0 where examples are rows of values.
        lines: of a caption.
    """

    count: int
    columns: int
    width: float
    height: float
    gap: float
    side: float
    lines: int = 1

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return -(-self.count // self.columns)

    @property
    def total(self) -> float:
        """Height of everything."""
        return max(0.0, self.rows * (self.height + self.gap) - self.gap) + 2 * EDGE

    def box(self, place: int) -> QRectF:
        """Return where an example stands, its caption included."""
        row, column = divmod(place, self.columns)
        left = EDGE + column * (self.width + self.gap)
        return QRectF(left, EDGE + row * (self.height + self.gap), self.width, self.height)

    def picture(self, place: int) -> QRectF:
        """Return where an example's picture stands."""
        box = self.box(place)
        return QRectF(box.left(), box.top(), self.side, self.side)

    def at(self, x: float, y: float) -> int | None:
        """Return which example stands at a place; None between them."""
        row = int((y - EDGE) // (self.height + self.gap))
        column = int((x - EDGE) // (self.width + self.gap))
        if row < 0 or not 0 <= column < self.columns:
            return None
        place = row * self.columns + column
        return place if place < self.count and self.box(place).contains(x, y) else None

    def seen(self, top: float, bottom: float) -> range:
        """Return the examples of which something stands between two heights."""
        pitch = self.height + self.gap
        first, last = max(0, int((top - EDGE) // pitch)), int((bottom - EDGE) // pitch)
        return range(first * self.columns, min(self.count, (last + 1) * self.columns))


def tiles(count: int, *, picture: bool, width: float, unit: float, lines: int) -> Tiles:
    """Place examples in a gallery.

    Args:
        count: how many there are.
        picture: True where they are pictures.
        width: of the gallery.
        unit: height of its letters.
        lines: of a picture's caption.
    """
    room = max(width - 2 * EDGE, 1.0)
    if not picture:
        return Tiles(count, 1, room, 1.75 * unit, 0.1 * unit, 0.0)
    gap = round(0.5 * unit)
    target = min(max(3.8 * unit, SMALLEST), LARGEST)
    columns = max(1, int((room + gap) // (target + gap)))
    side = float(int((room - (columns - 1) * gap) / columns))
    height = side + round((0.15 + 1.25 * lines) * unit)
    return Tiles(count, columns, side, height, gap, side, lines)


class Mosaic:
    """The pictures of a ranking in one image, as large as they are shown."""

    def __init__(self, x: Array, shape: tuple[int, int]) -> None:
        """Take the pictures.

        Args:
            x: grey levels 0..1, (n, rows · columns).
            shape: rows and columns of one.
        """
        rows, columns = self._shape = shape
        lines = max(1, -(-len(x) // ABREAST))
        grey = np.zeros((lines * ABREAST, rows, columns), dtype=np.uint8)
        grey[: len(x)] = (np.clip(np.nan_to_num(x), 0, 1) * 255 + 0.5).reshape(-1, rows, columns)
        sheet = grey.reshape(lines, ABREAST, rows, columns).swapaxes(1, 2)
        self._lines, wide = lines, ABREAST * columns
        self._grey = QImage(
            sheet.tobytes(), wide, lines * rows, wide, QImage.Format.Format_Grayscale8
        ).copy()
        self._scaled = self._grey
        self._size = (0, 0)

    def paint(self, painter: QPainter, place: int, square: QRectF) -> None:
        """Paint a picture into a square, whose side is a whole number of pixels."""
        rows, columns = self._shape
        ratio = painter.device().devicePixelRatio()
        scale = square.width() / max(rows, columns)
        width, height = (max(1, round(ratio * scale * count)) for count in (columns, rows))
        if self._size != (width, height):
            self._size = width, height
            scaled = self._grey.scaled(
                ABREAST * width,
                self._lines * height,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._scaled = scaled.convertToFormat(QImage.Format.Format_RGB32)
        line, column = divmod(place, ABREAST)
        source = QRectF(column * width, line * height, width, height)
        inner = QRectF(0, 0, width / ratio, height / ratio)
        left = (square.width() - inner.width()) // 2
        top = (square.height() - inner.height()) // 2
        inner.translate(square.left() + left, square.top() + top)
        painter.drawImage(inner, self._scaled, source)
