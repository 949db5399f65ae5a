"""Where the cells of the confusion matrix stand."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

Cell = tuple[int, int]
"""A class (row) and what it is read as (column)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the cells stand: the first one's left and top, and how wide and high each is."""

    classes: int
    left: float
    top: float
    width: float
    height: float

    def box(self, cell: Cell) -> QRectF:
        """Return where a cell stands, a hair smaller than its share of the room."""
        row, column = cell
        hair = 1.0 if min(self.width, self.height) >= 8 else 0.0
        left, right = (round(self.left + at * self.width) for at in (column, column + 1))
        top, bottom = (round(self.top + at * self.height) for at in (row, row + 1))
        return QRectF(left, top, right - left - hair, bottom - top - hair)

    def at(self, where: QPointF) -> Cell | None:
        """Return which cell stands at a place."""
        row = int((where.y() - self.top) // self.height)
        column = int((where.x() - self.left) // self.width)
        inside = 0 <= row < self.classes and 0 <= column < self.classes
        return (row, column) if inside else None
