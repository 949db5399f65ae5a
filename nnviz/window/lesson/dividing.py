"""Dividing: how the strip's width is shared out, so that what stands side by side has room.

Words are lower the wider they stand. So the ways to share the width out in twelfths are compared,
with answers in one column and in several.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from nnviz.dataclass import dataclass

WHOLE, LEAST = 12, 3
"""Into how many steps the width is divided, and how many of them a part has at least."""
USUAL: dict[int, tuple[int, ...]] = {1: (12,), 2: (7, 5), 3: (5, 4, 3)}
"""How it is divided where there is room enough, by the number of parts."""


@dataclass(frozen=True, slots=True)
class Division:
    """One way to stand side by side.

    Attributes:
        columns: of the answers.
        shares: of the width, in twelfths, from the left.
        height: of the highest part.
    """

    columns: int
    shares: tuple[int, ...]
    height: float

    @property
    def unusual(self) -> tuple[int, int]:
        """How far it is from what there is where room is enough."""
        usual = USUAL[len(self.shares)]
        return self.columns, sum(abs(a - b) for a, b in zip(self.shares, usual, strict=True))


def divide(
    parts: int,
    columns: Iterable[int],
    heights: Callable[[int], Sequence[Callable[[int], float]]],
    room: float,
) -> Division:
    """Return the most usual division that has room, else the lowest.

    Args:
        parts: how many stand side by side.
        columns: in how many columns answers can stand.
        heights: returns, for a number of columns, what tells the height of each part by its
            twelfths.
        room: how high they may be.
    """
    found = [
        Division(across, shares, max(high(share) for high, share in zip(of, shares, strict=True)))
        for across in columns
        for of in [heights(across)]
        for shares in _shares(parts, WHOLE)
    ]
    having_room = [division for division in found if division.height <= room]
    if having_room:
        return min(having_room, key=lambda division: division.unusual)
    return min(found, key=lambda division: (division.height, division.unusual))


def _shares(parts: int, whole: int) -> Iterator[tuple[int, ...]]:
    """Return the ways to divide a number into so many parts."""
    if parts == 1:
        yield (whole,)
        return
    for first in range(LEAST, whole - LEAST * (parts - 1) + 1):
        for rest in _shares(parts - 1, whole - first):
            yield first, *rest
