"""The arrangement of the inspector: its height, the size of its letters, and where parts stand."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize

from nnviz.dataclass import dataclass
from nnviz.views.inspector.page import Page
from nnviz.views.shared.type_scale import Step, TypeScale

IDLE = 22
"""Height while nothing is selected, in a low window; like all of these at a factor of 1."""
LOW = 640
"""Height in pixels from which a window has room for explanations at all times."""
LEAST, LEAST_WIDTH = 60, 260
STAGE_WIDTH = 180
"""Width that it does with on the stage, where letters are enlarged as far as there is room."""
WIDE = 720
"""Width from which on the table stands beside the formulas."""
NARROW = 480
"""Width below which there is room for the formulas alone."""


def letters_of(size: QSize, scale: TypeScale) -> int:
    """Return how large letters are that a panel has room for."""
    room = int(min(size.height() / 11, size.width() / 48))
    return scale.grown(Step.BODY, room, Step.HEADING)


def wanted_height(window: int, chosen: int, scale: TypeScale) -> int:
    """Return the height to ask for in a window so high: what was chosen, or where 0 a share."""
    space = scale.space
    if chosen:
        return min(chosen, max(window // 2, space(LEAST)))
    return min(max(round(50 + 0.111 * window), space(130)), space(340))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where the parts stand.

    Attributes:
        header: the place of the line on top.
        sheet: that of the formulas.
        side: that of table or curve, beside or above it.
        shows_sheet, shows_table, shows_curve: whether there is room for each.
    """

    header: QRect
    sheet: QRect
    side: QRect
    shows_sheet: bool
    shows_table: bool
    shows_curve: bool


def arranged(
    room: QRect,
    page: Page,
    letters: int,
    scale: TypeScale,
    table_width: Callable[[int], int],
    *,
    table_wanted: bool,
) -> Arrangement:
    """Return where the parts of a page stand.

    Args:
        room: for all of them.
        page: what is explained.
        letters: their size.
        scale: of everything else.
        table_width: returns how wide the table is in a height.
        table_wanted: True where it is to be shown, if need be in place of the rest.
    """
    space, weight = scale.space, page.parameter >= 0
    narrow, wide = room.width() < space(NARROW), room.width() >= space(WIDE)
    top = round(1.9 * letters)
    below = room.adjusted(0, top + space(3), 0, 0)
    table = page.table is not None and ((wide and not weight) or table_wanted)
    curve = page.curve is not None and not table and not narrow
    sheet = wide or not table
    left = below.width()
    if curve:
        left -= min(max(round(0.31 * left), space(180)), space(460))
    elif table and wide:
        left -= min(max(table_width(below.height()), round(0.3 * left)), round(0.46 * left))
    elif table:
        left = 0
    gap = space(10) if sheet and (curve or table) else 0
    return Arrangement(
        QRect(0, 0, room.width(), top),
        below.adjusted(0, 0, left - below.width(), 0),
        below.adjusted(left + gap, 0, 0, 0),
        sheet,
        table,
        curve,
    )
