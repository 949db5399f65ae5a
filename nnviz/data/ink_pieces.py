"""The pieces of ink in a picture, and which of them make up a digit, or several digits.

Of the pieces the one near the middle is the digit, with its parts close by; frames, the
table's edge and specks are dropped. Where several digits are looked for, every piece about
as tall as that one is a digit, and lower ones are parts of the digit that they lie at.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from nnviz.data.dataset import FloatArray
from nnviz.data.picture_windows import Mask, grown
from nnviz.dataclass import dataclass

STRONG = 0.6
"""Part of the strongest ink that a piece must reach somewhere."""

_FAINT = 0.3  # part of the strongest ink that joins a piece of ink to it
_SPECK = 0.02  # part of the digit's ink below which a piece is dirt
_NEAR = 0.25  # gap, as a part of the digit's longer side, across which a piece belongs to it
_OWN = 0.8  # the same as a part of the piece's own longer side
_MIDDLE = 0.3  # standard deviation of what counts as the middle, as a part of the picture
_RIM = 0.1  # weight of a piece that the rim cuts off
_FEWEST, _SMALLER = 3, 100  # longer side of a piece at least: pixels, and this part of the picture
_SMALL = 64  # rows or columns up to which a picture is cut out around its digit
_LARGER = 1.3  # longest side of a part, as a part of the digit's
_TALL = 0.5  # part of the tallest digit's height that another digit has at least
_TALLEST = 2.0  # how many times as tall as the middle digit another one is at most
_OVER = 0.5  # part of the narrower piece that lies above or below another of the same digit

_Run = tuple[int, int, int]  # of connected ink: row, first, end


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Ink that is connected.

    Attributes:
        runs: its runs (row, first, end), in order.
        top, bottom, left, right: the box around it, ends exclusive.
        mass: all of its ink.
        score: the same, weighed by how near the middle it lies.
        cut: whether the picture's rim cuts it off.
    """

    runs: tuple[_Run, ...]
    top: int
    bottom: int
    left: int
    right: int
    mass: float
    score: float
    cut: bool

    @property
    def side(self) -> int:
        """Its longer side."""
        return max(self.bottom - self.top, self.right - self.left)

    @property
    def height(self) -> int:
        """Its rows."""
        return self.bottom - self.top

    def gap(self, other: "Piece") -> int:
        """Return how far another piece's box lies away, negative where they overlap."""
        return max(
            other.top - self.bottom,
            self.top - other.bottom,
            other.left - self.right,
            self.left - other.right,
        )

    def encloses(self, other: "Piece") -> bool:
        """Tell whether another piece's box lies inside this one's."""
        inside = self.top < other.top and other.bottom < self.bottom
        return inside and self.left < other.left and other.right < self.right


def middle(rows: int, columns: int) -> FloatArray:
    """Weigh every place by how near the middle it is."""
    down, across = (
        ((np.arange(length, dtype=np.float32) + 0.5) / length - 0.5) / _MIDDLE
        for length in (rows, columns)
    )
    return np.asarray(np.exp(-0.5 * (down[:, np.newaxis] ** 2 + across**2)))


def digit(ink: FloatArray) -> Mask:
    """Choose the places of ink that make up the digit near the middle."""
    pieces = _strong(ink)
    if not pieces:
        return np.zeros(ink.shape, dtype=np.bool_)
    main = max(pieces, key=lambda piece: piece.score)
    return _places([main, *_parts(main, pieces)], ink.shape)


def digits(ink: FloatArray) -> list[Mask]:
    """Choose the places of ink of each digit, row by row from left to right."""
    pieces = _strong(ink)
    if not pieces:
        return []
    main = max(pieces, key=lambda piece: piece.score)
    alone = [piece for piece in pieces if main.cut or not piece.cut]
    height = max(main.height, *(part.bottom - main.top for part in _parts(main, pieces)), 1)
    tall = [
        piece
        for piece in alone
        if _TALL * height <= piece.height <= _TALLEST * height and not piece.encloses(main)
    ]
    bodies = [[piece] for piece in sorted(tall or [main], key=lambda piece: -piece.mass)]
    groups: list[list[Piece]] = []
    for body in bodies:
        near = next((group for group in groups if _same(group[0], body[0])), None)
        if near is None:
            groups.append(body)
        else:
            near += body
    own = {id(piece) for group in groups for piece in group}
    for part in alone:
        group = min(groups, key=lambda group: group[0].gap(part))
        if id(part) not in own and _is_part(part, group[0]):
            group.append(part)
    return [_places(group, ink.shape) for group in _in_reading_order(groups)]


def _parts(main: Piece, pieces: Sequence[Piece]) -> list[Piece]:
    """Choose the other pieces that belong to a digit's main one."""
    return [
        piece
        for piece in pieces
        if piece is not main and _is_part(piece, main) and (main.cut or not piece.cut)
    ]


def _is_part(piece: Piece, main: Piece) -> bool:
    """Tell whether a piece is a part of a digit: no dirt, close by for its size, not larger."""
    near = main.gap(piece) <= min(_NEAR * main.side, _OWN * piece.side)
    return near and piece.side <= _LARGER * main.side and piece.mass >= _SPECK * main.mass


def _same(one: Piece, other: Piece) -> bool:
    """Tell whether two tall pieces are one digit: one lies above the other or across it."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    narrower = min(one.right - one.left, other.right - other.left)
    return shared >= _OVER * narrower and one.gap(other) <= _NEAR * max(one.side, other.side)


def _in_reading_order(groups: list[list[Piece]]) -> list[list[Piece]]:
    """Sort digits: rows from the top, each from the left."""
    rows: list[list[list[Piece]]] = []
    for group in sorted(groups, key=lambda group: group[0].top + group[0].bottom):
        first = rows[-1][0][0] if rows else None
        if first is not None and group[0].top + group[0].bottom < 2 * first.bottom:
            rows[-1].append(group)
        else:
            rows.append([group])
    return [group for row in rows for group in sorted(row, key=lambda group: group[0].left)]


def _places(chosen: Sequence[Piece], shape: tuple[int, ...]) -> Mask:
    """Return where some pieces are, with their soft edge."""
    mask = np.zeros(shape, dtype=np.bool_)
    for piece in chosen:
        for row, first, end in piece.runs:
            mask[row, first:end] = True
    return grown(mask)


def _strong(ink: FloatArray) -> list[Piece]:
    """Return the pieces that are strong somewhere, with what they weigh."""
    rows, columns = ink.shape
    weight = ink * middle(rows, columns)
    # A small picture is cut out around its digit, whose body may reach the rim.
    at_rim = _RIM if max(rows, columns) > _SMALL else 1.0
    least = max(_FEWEST, max(rows, columns) / _SMALLER)
    found = []
    for runs in _connected(ink > _FAINT):
        parts = [(row, slice(first, end)) for row, first, end in runs]
        if max(float(ink[part].max()) for part in parts) < STRONG:
            continue
        downs, firsts, ends = zip(*runs, strict=True)
        top, bottom, left, right = min(downs), max(downs) + 1, min(firsts), max(ends)
        if max(bottom - top, right - left) < least:
            continue
        cut = top == 0 or left == 0 or bottom == rows or right == columns
        mass = sum(float(ink[part].sum()) for part in parts)
        score = sum(float(weight[part].sum()) for part in parts) * (at_rim if cut else 1)
        found.append(Piece(tuple(runs), top, bottom, left, right, mass, score, cut))
    return found


def _connected(mask: Mask) -> list[list[_Run]]:
    """Split a mask into its pieces, as runs, joined across corners too."""
    runs = list(_runs(mask))
    parent = list(range(len(runs)))

    def root(of: int) -> int:
        while parent[of] != of:
            parent[of] = parent[parent[of]]
            of = parent[of]
        return of

    above: list[int] = []
    here: list[int] = []
    row = -1
    for number, (at, first, end) in enumerate(runs):
        if at != row:
            above = here if at == row + 1 else []
            here, row = [], at
        here.append(number)
        for other in above:
            if runs[other][1] <= end and first <= runs[other][2]:
                parent[root(other)] = root(number)
    pieces: dict[int, list[_Run]] = {}
    for number, run in enumerate(runs):
        pieces.setdefault(root(number), []).append(run)
    return list(pieces.values())


def _runs(mask: Mask) -> Iterator[_Run]:
    """Yield the runs of a mask, row by row: (row, first, end)."""
    framed = np.pad(mask, ((0, 0), (1, 1))).astype(np.int8)
    rows, firsts = np.nonzero(np.diff(framed, axis=1) == 1)
    _, ends = np.nonzero(np.diff(framed, axis=1) == -1)
    yield from zip(rows.tolist(), firsts.tolist(), ends.tolist(), strict=True)
