"""The pictures in sight as one image: however many there are, only these cost anything."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from nnviz.views.data.pages import Book

PAPER = "#000000"
"""Behind a picture's ink, which is white: grey levels are shown as they are, in any theme."""


class Mosaic:
    """Pictures of a book, scaled together; made anew only when others come in sight."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._book: Book | None = None
        self._sheet = QImage()
        self._place: dict[int, int] = {}
        self._size = (1, 1)

    def prepare(self, book: Book, rows: Sequence[int], side: float, ratio: float) -> None:
        """Have these pictures ready.

        Args:
            book: where they are.
            rows: their indices.
            side: of the square that each fills, in pixels.
            ratio: device pixels in a pixel.
        """
        key = (tuple(rows), side, ratio)
        if book is self._book and key == self._key:
            return
        assert book.shape is not None
        self._book, self._key = book, key
        high, wide = book.shape
        scale = ratio * side / max(high, wide)
        self._size = max(1, round(scale * wide)), max(1, round(scale * high))
        self._place = {row: place for place, row in enumerate(rows)}
        if not rows:
            return
        column = np.ascontiguousarray(book.grey(np.asarray(rows, dtype=np.intp)))
        image = QImage(column.data, wide, len(rows) * high, wide, QImage.Format.Format_Grayscale8)
        self._sheet = image.scaled(
            self._size[0],
            len(rows) * self._size[1],
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        ).convertToFormat(QImage.Format.Format_RGB32)

    def paint(self, painter: QPainter, row: int, square: QRectF) -> None:
        """Paint a picture that has been prepared."""
        wide, high = self._size
        ratio = painter.device().devicePixelRatio()
        inner = QRectF(0, 0, wide / ratio, high / ratio)
        inner.moveTopLeft(square.topLeft())
        inner.translate(
            (square.width() - inner.width()) // 2, (square.height() - inner.height()) // 2
        )
        painter.drawImage(inner, self._sheet, QRectF(0, self._place[row] * high, wide, high))


def picture(values: NDArray[np.uint8]) -> QImage:
    """Return one picture of bytes, (rows, columns), as an image of its own."""
    content = np.ascontiguousarray(values)
    high, wide = content.shape
    return QImage(content.data, wide, high, wide, QImage.Format.Format_Grayscale8).copy()
