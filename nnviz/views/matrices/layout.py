"""Where the cells of the matrices stand: along each side labels, vectors, the matrix, vectors."""

from nnviz.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """The places along one side, in pixels.

    Attributes:
        labels: room before the first cell.
        before: how many vectors stand before the matrix.
        cells: how many cells the matrix has.
        after: how many vectors stand behind it.
        strip: thickness of a vector.
        cell: thickness of a cell of the matrix, which may be less than a pixel.
        gap: room between vectors and matrix.
    """

    labels: float
    before: int
    cells: int
    after: int
    strip: float
    cell: float
    gap: float

    @property
    def first(self) -> float:
        """Where the matrix begins."""
        return self.labels + self.before * self.strip + (self.gap if self.before else 0.0)

    @property
    def end(self) -> float:
        """Where everything ends."""
        behind = self.first + self.cells * self.cell
        return behind + (self.gap + self.after * self.strip if self.after else 0.0)

    def span(self, index: int) -> tuple[float, float]:
        """Return where a row or column of the grid begins, and how thick it is."""
        inside = index - self.before
        if inside < 0:
            return self.labels + index * self.strip, self.strip
        if inside < self.cells:
            return self.first + inside * self.cell, self.cell
        behind = self.first + self.cells * self.cell + self.gap
        return behind + (inside - self.cells) * self.strip, self.strip

    def spans(self, first: int, last: int) -> tuple[float, float]:
        """Return where some neighbouring rows or columns begin, and their thickness together."""
        start = self.span(first)[0]
        at, thick = self.span(last)
        return start, at + thick - start

    def at(self, place: float) -> int:
        """Return the row or column at a place; −1 for none."""
        if place < self.labels:
            return -1
        if place < self.labels + self.before * self.strip:
            return int((place - self.labels) / self.strip)
        if self.first <= place < self.first + self.cells * self.cell:
            return self.before + min(int((place - self.first) / self.cell), self.cells - 1)
        behind = place - self.first - self.cells * self.cell - self.gap
        if 0 <= behind < self.after * self.strip:
            return self.before + self.cells + int(behind / self.strip)
        return -1
