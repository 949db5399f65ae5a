"""Lines of formulas and words, broken to a width and as large as a height allows."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.views.inspector.typesetting import SMALLEST, Box, Glyphs, Node, joined

PROSE = 0.8
"""Size of sentences beside that of the main formula."""
LEAST = 15
"""Smallest size of the main formula, in pixels; sentences and further formulas are smaller."""
GOOD = 18
"""Size from which on the whole page is shown in larger letters, before only its first lines."""
MOST = 40
_INDENT = 1.1
_LEADING = 0.24


@dataclass(frozen=True, slots=True)
class Line:
    """A line of nodes; it may be broken between any two of them.

    Attributes:
        nodes: in order.
        scale: size as a share of the main formula's.
        role: colour.
        first: True where it should be seen without scrolling.
        indent: True indents what follows a break.
    """

    nodes: tuple[Node, ...]
    scale: float = 1.0
    role: str = "text"
    first: bool = False
    indent: bool = True


def prose(*parts: str | Node, role: str = "dim", first: bool = False) -> Line:
    """Make a line of words, with symbols between them that are not broken."""
    nodes: list[Node] = []
    for part in parts:
        if isinstance(part, str):
            nodes += [Glyphs(word, "sans", after=0.26) for word in part.split()]
        else:
            nodes.append(part)
    return Line(tuple(nodes), PROSE, role, first, indent=False)


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines in their places.

    Attributes:
        size: of the main formula's letters, in pixels.
        rows: (x, base line, box) of each broken line, from the top.
        height: of everything.
        first: of the lines that should be seen without scrolling.
    """

    size: int
    rows: tuple[tuple[float, float, Box], ...]
    height: float
    first: float


def flow(lines: Sequence[Line], width: float, size: int) -> Flow:
    """Break lines to a width, in letters of a size."""
    rows: list[tuple[float, float, Box]] = []
    y = first = 0.0
    for line in lines:
        letters = max(size * line.scale, SMALLEST + 3.0)
        indent = _INDENT * letters if line.indent else 0.0
        for number, boxes in enumerate(_broken(line, width, indent, letters)):
            box = joined(boxes)
            least_up, least_down = 0.78 * letters, 0.24 * letters
            y += max(box.up, least_up)
            rows.append((indent if number else 0.0, y, box))
            y += max(box.down, least_down) + _LEADING * letters * (0.7 if line.scale < 1 else 1)
        if line.first:
            first = y
    return Flow(size, tuple(rows), y, first)


def _broken(line: Line, width: float, indent: float, letters: float) -> list[list[Box]]:
    """Return the boxes of each line that a line is broken into."""
    rows: list[list[Box]] = [[]]
    used = 0.0
    for node in line.nodes:
        box = node.set(letters, line.role)
        room = width - indent
        if box.width > room > 0:  # wider than the panel: as small as it must be
            box = node.set(max(letters * room / box.width * 0.98, SMALLEST), line.role)
        if rows[-1] and used + box.width > width:
            rows.append([])
            used = indent
        rows[-1].append(box)
        used += box.width
    return rows


def fit(lines: Sequence[Line], width: float, height: float, before: Flow | None = None) -> Flow:
    """Set lines as large as a panel has room for.

    Where there is no room for all of them in letters of a good size, only the first
    lines count, and the others are to be scrolled to.

    Args:
        lines: at least one.
        width: of the panel.
        height: of the panel.
        before: how much the same lines, with other numbers, were set; their size is kept as
            long as it fits, so that nothing jumps while numbers change.
    """
    most = round(min(max(width / 20, LEAST), MOST))
    if before is not None and LEAST <= before.size <= most:
        again = flow(lines, width, before.size)
        whole, first = before.height <= height, before.first <= height
        if (again.height <= height or not whole) and (again.first <= height or not first):
            return again
    whole_page = _largest(lines, width, height, GOOD, most, whole=True)
    if whole_page is not None:
        return whole_page
    found = _largest(lines, width, height, LEAST, min(most, GOOD + 4), whole=False)
    return found if found is not None else flow(lines, width, LEAST)


def _largest(
    lines: Sequence[Line], width: float, height: float, least: int, most: int, *, whole: bool
) -> Flow | None:
    """Return lines in the largest letters that fit, by halving; None where none do."""
    best = None
    while least <= most:
        size = (least + most) // 2
        tried = flow(lines, width, size)
        if (tried.height if whole else tried.first) <= height:
            best, least = tried, size + 1
        else:
            most = size - 1
    return best
