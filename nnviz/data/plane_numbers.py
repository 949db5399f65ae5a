"""Number targets over a line or the plane: a line, a sine, a plane and bumps.

Each function takes points (n, coordinates) within ±`reach` and returns y, within about ±1.
"""

import numpy as np

from nnviz.data.greys import FloatArray
from nnviz.data.options import Options
from nnviz.data.plane_shapes import TWO_PI, around
from nnviz.data.portable_math import exp, sin


def line(points: FloatArray, _reach: float, options: Options) -> FloatArray:
    """Return y = slope·x₁."""
    return np.float32(options["slope"]) * points[:, 0]


def sine(points: FloatArray, _reach: float, options: Options) -> FloatArray:
    """Return y = sin(frequency·x₁)."""
    return sin(np.float32(options["frequency"]) * points[:, 0])


def plane(points: FloatArray, reach: float, options: Options) -> FloatArray:
    """Return a plane that rises in one direction, from −1 to 1 between two corners or sides."""
    angle = np.full(1, options["direction"] / 360 * TWO_PI, np.float32)
    (along,) = around(np.ones_like(angle), angle)
    rise = along / (np.float32(reach) * np.abs(along).sum())
    y: FloatArray = points[:, 0] * rise[0] + points[:, 1] * rise[1]
    return y


def bumps(points: FloatArray, reach: float, options: Options) -> FloatArray:
    """Return bells around the middle, up and down in turn: Σ ±exp(−d²/2w²), w = reach/5."""
    count = options["bumps"]
    places = np.arange(count, dtype=np.float32)
    distance = 0.55 * reach if count > 1 else 0.0
    centres = around(np.full(count, distance, np.float32), TWO_PI * (places / count + 0.125))
    y = np.zeros(len(points), np.float32)
    for place, centre in enumerate(centres):
        away = points - centre
        squared = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]
        bell = exp(squared * np.float32(-1 / (2 * (reach / 5) ** 2)))
        y += -bell if place % 2 else bell
    return y
