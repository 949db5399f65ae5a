"""The colours of a cost surface: one sequential map, even to the eye.

Colours go with the root of the height, as the iso-lines do, so that the valley,
where everything happens, is more than one shade.

Dark purple is a low cost in both themes. Where many colours lie on the surface already, it is grey
instead.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.views.palette import Theme, ramp, sequential

Array = NDArray[np.floating[Any]]

SHADES = 256
PATH = "#ffffff"
"""The descent path and the rim of the ball: white stands out from every height."""
RIM = "#10131a"
"""Thin dark border around the path, so that white stays visible on light heights."""


@dataclass(frozen=True, slots=True, eq=False)
class Tint:
    """How a surface is coloured: shades of heights 0..1, (SHADES, 3), iso-lines, opacity."""

    shades: NDArray[np.uint8]
    line: str
    share: float


@cache
def viridis() -> Tint:
    """Return the map of the live net's surface."""
    return Tint(sequential(), "#ffffff", 0.4)


@cache
def grey(theme: Theme) -> Tint:
    """Return a map that leaves the hues to what lies on it: valleys have the panel's colour."""
    return Tint(ramp(theme.panel, theme.height, SHADES), theme.text, 0.16)


def height_colours(height: Array, tint: Tint) -> NDArray[np.uint8]:
    """Return the colours of heights, (..., 3)."""
    share = np.sqrt(np.clip(np.nan_to_num(height), 0, 1))
    index = share * (SHADES - 1) + 0.5
    return np.asarray(tint.shades[index.astype(np.intp)])
