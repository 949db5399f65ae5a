"""The colours of the cost surface: one sequential map, even to the eye.

Colours go with the root of the height, as the iso-lines do, so that the valley,
where everything happens, is more than one shade.

The map is viridis without its last, yellow part, which belongs to "now" in the
dark theme. It is the same in both themes: dark purple is a low cost everywhere.
"""

from functools import cache
from typing import Any

import numpy as np
import pyqtgraph
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]

SHADES = 256
PATH = "#ffffff"
"""The descent path and the rim of the ball: white stands out from every height."""
RIM = "#10131a"
"""Thin dark border around the path, so that white stays visible on light heights."""


@cache
def table() -> NDArray[np.uint8]:
    """Return the colours of heights 0..1, (SHADES, 3)."""
    colours = pyqtgraph.colormap.get("viridis").getLookupTable(0.0, 0.86, SHADES, alpha=False)
    return np.asarray(colours, dtype=np.uint8)


def height_colours(height: Array) -> NDArray[np.uint8]:
    """Return the colours of heights, (..., 3)."""
    share = np.sqrt(np.clip(np.nan_to_num(height), 0, 1))
    index = share * (SHADES - 1) + 0.5
    return np.asarray(table()[index.astype(np.intp)])
