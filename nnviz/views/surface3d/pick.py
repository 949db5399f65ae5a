"""Which place of a surface the eye sees under a pixel of the 3-D drawing."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.views.surface3d.shape import HEIGHT, Relief

Array = NDArray[np.floating[Any]]

STEPS = 400
"""Places looked at along the line of sight before the crossing is narrowed down."""


def seen_at(relief: Relief, near: Array, far: Array) -> Array | None:
    """Return the first place of the surface on a line of sight, (2,) in unit coordinates, or None.

    The line leads through two places in the box, (3,), the nearer one first.
    """
    share = np.linspace(0, 1, STEPS)
    unit = np.empty((0, 2))
    for _ in range(2):
        places = near + share[:, np.newaxis] * (far - near)
        unit = (places[:, :2] + 1) / 2
        above = places[:, 2] - HEIGHT * relief.height_at(unit)
        inside = np.all((unit >= -1e-9) & (unit <= 1 + 1e-9), axis=1)
        # From above to below, or the other way: the surface is seen from beneath as well.
        crossed = (above[:-1] * above[1:] <= 0) & inside[:-1] & inside[1:]
        if not crossed.any():
            return None
        first = int(crossed.argmax())
        share = np.linspace(share[first], share[first + 1], 50)
    return np.asarray(unit[first])
