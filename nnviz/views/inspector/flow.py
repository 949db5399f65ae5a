"""Lines of formulas and words, broken to a width and as large as a height allows."""

from collections.abc import Iterator, Sequence

from nnviz.dataclass import dataclass
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.views.shared.typesetting import Box, Node, Row, joined

MAIN, FURTHER = Step.BODY, Step.LABEL
"""The main formula; sentences and further formulas. Where there is room, both grow alike."""
GOOD = Step.HEADING
"""Size from which on the whole page is shown in larger letters, before only its first lines."""
MOST = Step.DISPLAY
_INDENT = 1.1
_LEADING = 0.24


@dataclass(frozen=True, slots=True)
class Line:
    """A line of nodes, in a colour; it may be broken between any two of them.

    Attributes:
        step: its letters where the main formula has those of its own step.
        first: True where it should be seen without scrolling.
        indent: True indents what follows a break.
    """

    nodes: tuple[Node, ...]
    step: Step = MAIN
    role: str = "text"
    first: bool = False
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines in their places, the letters of the main formula of a size in pixels.

    Attributes:
        rows: (x, base line, box) of each broken line, from the top.
        height: of everything.
        first: of the lines that should be seen without scrolling.
    """

    size: int
    rows: tuple[tuple[float, float, Box], ...]
    height: float
    first: float

    @property
    def width(self) -> float:
        """Of the widest row."""
        return max((x + box.width for x, _, box in self.rows), default=0.0)


def flow(lines: Sequence[Line], width: float, size: int, scale: TypeScale) -> Flow:
    """Break lines to a width, in letters of a size."""
    rows: list[tuple[float, float, Box]] = []
    least = scale.px(Step.CAPTION)
    y = first = 0.0
    for line in lines:
        letters = size * line.step.value / MAIN.value
        indent = _INDENT * letters if line.indent else 0.0
        for number, boxes in enumerate(_broken(line, width, indent, letters, least)):
            box = joined(boxes)
            least_up, least_down = 0.78 * letters, 0.24 * letters
            y += max(box.up, least_up)
            rows.append((indent if number else 0.0, y, box))
            leading = _LEADING * letters * (1 if line.step is MAIN else 0.7)
            y += max(box.down, least_down) + leading
        if line.first:
            first = y
    return Flow(size, tuple(rows), y, first)


def _broken(line: Line, width: float, indent: float, letters: float, least: int) -> list[list[Box]]:
    """Return the boxes of each line that a line is broken into."""
    rows: list[list[Box]] = [[]]
    used = 0.0
    for box in _boxes(line.nodes, line.role, width - indent, letters, least):
        if rows[-1] and used + box.width > width:
            rows.append([])
            used = indent
        rows[-1].append(box)
        used += box.width
    return rows


def _boxes(
    nodes: Sequence[Node], role: str, room: float, letters: float, least: int
) -> Iterator[Box]:
    """Set nodes; one that is wider than the panel is as small as it must be, or in pieces."""
    for node in nodes:
        box = node.set(letters, role, least)
        if box.width > room > 0:
            box = node.set(max(letters * room / box.width * 0.98, least), role, least)
        if box.width > room and isinstance(node, Row):
            yield from _boxes(node.nodes, role, room, letters, least)
        else:
            yield box


def fit(
    lines: Sequence[Line],
    width: float,
    height: float,
    scale: TypeScale,
    before: Flow | None = None,
) -> Flow:
    """Set lines, at least one, as large as a panel has room for.

    Where there is no room for all of them in letters of a good size, only the first
    lines count, and the others are to be scrolled to. The size of the same lines with other
    numbers, as they were set before, is kept as long as it fits, so that nothing jumps.
    """
    least, good = scale.px(MAIN), scale.px(GOOD)
    most = scale.grown(MAIN, width / 20, MOST)
    if before is not None and least <= before.size <= most:
        again = flow(lines, width, before.size, scale)
        whole, first = before.height <= height, before.first <= height
        if (again.height <= height or not whole) and (again.first <= height or not first):
            return again

    def largest(least: int, most: int, *, whole: bool) -> Flow | None:
        """Return lines in the largest letters that fit, by halving; None where none do."""
        best = None
        while least <= most:
            size = (least + most) // 2
            tried = flow(lines, width, size, scale)
            if (tried.height if whole else tried.first) <= height:
                best, least = tried, size + 1
            else:
                most = size - 1
        return best

    return (
        largest(good, most, whole=True)
        or largest(least, min(most, good), whole=False)
        or flow(lines, width, least, scale)
    )
