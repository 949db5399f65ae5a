"""Where the tiles of a grid stand: pictures side by side above their captions, or rows of text."""

from PySide6.QtCore import QRectF, QSizeF

from nnviz.dataclass import dataclass

NAMED = 1.4
"""How many times as large as wanted a picture is at most where its caption makes it broad."""


@dataclass(frozen=True, slots=True)
class TileLayout:
    """Where so many tiles stand, their captions of so many lines included.

    Attributes:
        columns: how many stand side by side.
        gap: between two, both ways.
        side: of a picture; 0 where tiles are rows of text.
        edge: room around everything for marks.
    """

    count: int
    columns: int
    width: float
    height: float
    gap: float
    side: float
    lines: int
    edge: float

    @property
    def total(self) -> float:
        """Height of everything."""
        rows = -(-self.count // self.columns)
        return max(0.0, rows * (self.height + self.gap) - self.gap) + 2 * self.edge

    def box(self, place: int) -> QRectF:
        """Return where a tile stands, its caption included."""
        row, column = divmod(place, self.columns)
        left = self.edge + column * (self.width + self.gap)
        top = self.edge + row * (self.height + self.gap)
        return QRectF(left, top, self.width, self.height)

    def picture(self, place: int) -> QRectF:
        """Return where a tile's picture stands."""
        box = self.box(place)
        left = box.left() + (self.width - self.side) // 2
        return QRectF(left, box.top(), self.side, self.side)

    def at(self, x: float, y: float) -> int | None:
        """Return which tile stands at a point; None between them."""
        row = int((y - self.edge) // (self.height + self.gap))
        column = int((x - self.edge) // (self.width + self.gap))
        if row < 0 or not 0 <= column < self.columns:
            return None
        place = row * self.columns + column
        return place if place < self.count and self.box(place).contains(x, y) else None

    def seen(self, top: float, bottom: float) -> range:
        """Return the tiles of which something stands between two heights."""
        pitch = self.height + self.gap
        first, last = max(0, int((top - self.edge) // pitch)), int((bottom - self.edge) // pitch)
        return range(first * self.columns, min(self.count, (last + 1) * self.columns))


def pictures(
    count: int,
    *,
    room: QSizeF,
    unit: float,
    wanted: float,
    least: float,
    lines: int,
    edge: float,
    name: float = 0.0,
) -> TileLayout:
    """Place pictures side by side above captions of so many lines, each with room for a name.

    A picture's side is the one wanted, and grows until the row is full as long as it is in sight
    whole; it is the least where the grid is too low for that. `unit` is the height of letters,
    `name` the width of the widest line of a caption: at least two tiles stand side by side, so a
    name that needs more is cut.
    """
    width, gap = max(room.width() - 2 * edge, 1.0), round(0.45 * unit)
    below = round((0.15 + 1.25 * lines) * unit) if lines else 0
    highest = max(room.height() - 2 * edge - below, least)
    # A caption needs its width even where pictures have to be low.
    broad = max(wanted, min(name, (width - gap) / 2)) if lines else min(wanted, highest)
    columns = max(1, int((width + gap) // (broad + gap)))
    tile = float(max(1, int((width - (columns - 1) * gap) / columns)))
    side = min(tile, float(int(highest)))
    if broad > wanted:
        side = min(side, float(int(NAMED * wanted)))
    if not lines:
        tile = side
    return TileLayout(count, columns, tile, side + below, gap, side, lines, edge)


def rows_of_text(
    count: int, *, width: float, unit: float, edge: float, lines: int = 1
) -> TileLayout:
    """Place rows of text one below the other, with captions of so many lines."""
    room, height = max(width - 2 * edge, 1.0), round((0.5 + 1.25 * lines) * unit)
    return TileLayout(count, 1, room, height, round(0.1 * unit), 0.0, lines, edge)
