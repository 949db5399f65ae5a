"""Where the eye must be to see the whole cost surface, as large as the picture allows."""

from math import cos, radians, sin, tan

import numpy as np

from nnviz.views.surface3d.mesh import BASE, in_box
from nnviz.views.surface3d.shape import HEIGHT, Array, Relief

VIEWPOINT = 30.0, -62.0
"""Elevation and azimuth at first, in degrees, up to quarter turns."""
FIELD = 26.0
"""Horizontal field of view in degrees; small, so that the box looks nearly undistorted."""
HIDDEN = 0.35
"""A corner before the eye may be so much higher than the lowest one."""
STEPS = 400
"""Places looked at along the line of sight before the crossing is narrowed down."""


def across() -> float:
    """Return half the picture's width at distance 1."""
    return tan(radians(FIELD) / 2)


def fit(
    points: Array, elevation: float, azimuth: float, size: tuple[int, int], line: float
) -> tuple[Array, float]:
    """Find where to look at and from how far, so that points just fill a picture.

    Args:
        points: (n, 3) places in the box.
        elevation: of the eye, in degrees.
        azimuth: of the eye, in degrees.
        size: width and height of the picture, in pixels.
        line: height in pixels of the names' lines, for which there must be room.

    Returns:
        The place looked at, (3,), and its distance from the eye.
    """
    width, height = size
    reach = across() * np.array(
        [
            max(width - 6 * line, 0.6 * width) / width,
            max(height - 2.2 * line, 0.6 * height) / width,
        ]
    )
    up, round_ = radians(elevation), radians(azimuth)
    back = np.array([cos(up) * cos(round_), cos(up) * sin(round_), sin(up)])
    right = np.array([-sin(round_), cos(round_), 0.0])
    frame = np.stack((right, np.cross(back, right)), axis=1)
    centre, distance = points.mean(axis=0), 1.0
    # The eye's distance and the middle depend on each other a little: near things look larger.
    for _ in range(3):
        flat, depth = (points - centre) @ frame, (points - centre) @ back
        distance = float((depth[:, np.newaxis] + np.abs(flat) / reach).max())
        seen = flat / (distance - depth)[:, np.newaxis]
        centre = centre + frame @ (seen.min(axis=0) + seen.max(axis=0)) / 2 * distance
    # The names stand below the base, so everything moves up by about half a line.
    return centre - frame[:, 1] * 0.9 * line * across() * distance / width, distance


def outline(relief: Relief) -> Array:
    """Return points (n, 3) whose hull is about that of the surface and its base."""
    at = np.linspace(0, len(relief.height) - 1, 9).round().astype(np.intp)
    i, j = np.meshgrid(at, at, indexing="ij")
    unit = np.stack((i, j), axis=-1).reshape(-1, 2) / (len(relief.height) - 1)
    return np.concatenate((BASE, in_box(unit, relief.height[i, j].ravel())))


def left_corner(azimuth: float) -> Array:
    """Return the corner of the base, (3,), that stands farthest to the left."""
    round_ = radians(azimuth)
    return np.asarray(BASE[int(np.argmin(BASE[:, :2] @ (-sin(round_), cos(round_))))])


def low_side(relief: Relief) -> int:
    """Return how many quarter turns let one look over the lowest corner into the surface.

    None, where w1 runs to the right as on the contour map, unless that corner hides much.
    """
    near = _near_corners(relief)
    return 0 if near[0] < min(near) + HIDDEN else int(np.argmin(near))


def hides(relief: Relief, side: int) -> bool:
    """Tell whether after so many quarter turns the corner next to the eye hides the valley."""
    near = _near_corners(relief)
    return near[side] > min(near) + 1.5 * HIDDEN


def _near_corners(relief: Relief) -> list[float]:
    """Return how high the corner next to the eye is after 0, 1, 2 and 3 quarter turns."""
    size = len(relief.height)
    low, high = slice(0, size // 3), slice(size - size // 3, size)
    corners = (high, low), (high, high), (low, high), (low, low)
    return [float(relief.height[i, j].mean()) for i, j in corners]


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
