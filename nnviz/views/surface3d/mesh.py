"""Triangles for the 3-D surface: the shaded relief, a tube for the path, a ball for "now".

OpenGL's own lines are one pixel wide on some machines, so whatever must be seen
from the back row is made of triangles. Light is mixed into the colours here,
which costs far less than normals worked out at each vertex by the scene.
"""

from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.views.palette import rgb
from nnviz.views.shared.level_lines import triangles
from nnviz.views.surface3d.colours import Tint, height_colours
from nnviz.views.surface3d.shape import HEIGHT, Array, Relief

FLOOR = -0.3
"""Where the floor lies, so far below the lowest cost that its contour lines are seen."""
BASE = np.array([[-1.0, -1, FLOOR], [1, -1, FLOOR], [1, 1, FLOOR], [-1, 1, FLOOR]])
"""Corners of the box's base."""
LIGHT = np.array([-0.45, -0.35, 0.82])
"""Where the light comes from."""
SIDES = 8
"""Corners of the tube's cross section."""
_ANGLE = np.arange(SIDES) * 2 * np.pi / SIDES
CORNERS = np.stack((np.cos(_ANGLE), np.sin(_ANGLE)), axis=1)
"""These corners, for a radius of 1: to the side and upwards, (SIDES, 2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """Triangles: corners (n, 3), colours of these (n, 4), 0..1, and indices (triangles, 3)."""

    vertexes: NDArray[np.float32]
    faces: NDArray[np.intp]
    colours: NDArray[np.float32]


def in_box(unit: Array, height: Array) -> NDArray[np.float32]:
    """Turn unit coordinates (..., 2) and heights (...) into places in the box, (..., 3)."""
    flat = 2 * np.asarray(unit) - 1
    return np.concatenate((flat, HEIGHT * np.asarray(height)[..., np.newaxis]), axis=-1).astype(
        np.float32
    )


def surface(relief: Relief, tint: Tint) -> Mesh:
    """Make the surface, coloured by height and lit from one side."""
    rows, columns = relief.height.shape
    u, v = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, columns), indexing="ij")
    vertexes = in_box(np.stack((u, v), axis=-1), relief.height).reshape(-1, 3)
    along, across = np.gradient(HEIGHT * relief.height, 2 / (rows - 1), 2 / (columns - 1))
    normal = np.stack((-along, -across, np.ones_like(along)), axis=-1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    light = np.clip(normal @ (LIGHT / np.linalg.norm(LIGHT)), 0, 1)
    colours = np.ones((rows, columns, 4), dtype=np.float32)
    colours[..., :3] = np.clip(
        height_colours(relief.height, tint) / 255 * (0.62 + 0.5 * light)[..., np.newaxis], 0, 1
    )
    return Mesh(vertexes, triangles(rows, columns), colours.reshape(-1, 4))


def grid_lines(relief: Relief, every: int) -> NDArray[np.float32]:
    """Return pairs of ends (2·n, 3) of lines drawn on the surface along both axes."""
    size = len(relief.height)
    fixed = np.linspace(0, size - 1, every + 1).round().astype(np.intp)[:, np.newaxis]
    steps = np.arange(size)
    i = np.stack(np.broadcast_arrays(fixed, steps), axis=1).reshape(-1, size)
    j = np.stack(np.broadcast_arrays(steps, fixed), axis=1).reshape(-1, size)
    points = in_box(np.stack((i, j), axis=-1) / (size - 1), relief.height[i, j])
    return np.repeat(points, 2, axis=1)[:, 1:-1].reshape(-1, 3)


def on_floor(unit: Array) -> NDArray[np.float32]:
    """Turn unit coordinates (..., 2) into places on the floor, (..., 3)."""
    flat = 2 * np.asarray(unit) - 1
    return np.concatenate((flat, np.full((*flat.shape[:-1], 1), FLOOR)), axis=-1).astype(np.float32)


def arrow(tail: Array, tip: Array, radius: float, head: float, colour: str) -> Mesh | None:
    """Make an arrow between two places, (3,); None without a length.

    Radius and head are half the thickness of both, and the head is thrice as long.
    """
    way = tip - tail
    length = float(np.linalg.norm(way))
    if not length > 0:
        return None
    neck = tip - way / length * min(3 * head, 0.6 * length)
    ring = _rings(np.stack((tail, tip)))[:1]
    thick = np.array([radius, radius, head, 0.0])[:, np.newaxis, np.newaxis]
    places = np.stack((tail, neck, neck, tip))[:, np.newaxis] + thick * ring
    colours = _shaded(np.repeat(ring, 4, axis=0), colour)
    return Mesh(places.reshape(-1, 3).astype(np.float32), _arrow_faces(), colours)


def tube(centres: Array, radius: float, colour: str) -> Mesh | None:
    """Make a tube along points (n, 3), no two neighbours equal; None for fewer than two.

    Its lower side is a little darker.
    """
    return None if len(centres) < 2 else _around(centres, _rings(centres), radius, colour)


def rimmed(centres: Array, radius: float, colour: str, rim: str) -> tuple[Mesh, Mesh] | None:
    """Make a tube, and one around it that is twice as thick; None for fewer than two points."""
    if len(centres) < 2:
        return None
    ring = _rings(centres)
    return _around(centres, ring, radius, colour), _around(centres, ring, 2 * radius, rim)


def _rings(centres: Array) -> Array:
    """Return the corners of cross sections of radius 1 about points (n, 3): (n, SIDES, 3)."""
    centres = centres.astype(np.float64)
    way = np.empty_like(centres)
    way[1:-1] = (centres[2:] - centres[:-2]) / 2
    way[0], way[-1] = centres[1] - centres[0], centres[-1] - centres[-2]
    way /= np.maximum(np.sqrt(np.einsum("ij,ij->i", way, way)), 1e-9)[:, np.newaxis]
    ahead, beside, rise = way.T
    # What is upright has no side of its own.
    level = np.hypot(ahead, beside)
    flat = level > 1e-6
    level = np.maximum(level, 1e-9)
    across, along = np.where(flat, beside / level, 1.0), np.where(flat, -ahead / level, 0.0)
    axes = np.empty((len(centres), 2, 3))
    side, up = axes[:, 0].T, axes[:, 1].T
    side[0], side[1], side[2] = across, along, 0.0
    # side × forward, as the side has no height
    up[0], up[1], up[2] = along * rise, -across * rise, across * beside - along * ahead
    return np.asarray(CORNERS @ axes)


def _around(centres: Array, ring: Array, radius: float, colour: str) -> Mesh:
    """Return the tube along points with cross sections from `_rings`."""
    vertexes = (centres[:, np.newaxis] + radius * ring).reshape(-1, 3).astype(np.float32)
    return Mesh(vertexes, _tube_faces(len(centres)), _shaded(ring, colour))


def _shaded(ring: Array, colour: str) -> NDArray[np.float32]:
    """Return the colour of each corner of cross sections, (n·SIDES, 4): darker on lower sides."""
    colours = np.ones((*ring.shape[:2], 4), dtype=np.float32)
    shade = 0.86 + 0.14 * ring[..., 2:]
    np.minimum(shade * (rgb(colour) / 255), 1.0, out=colours[..., :3])
    return colours.reshape(-1, 4)


@cache
def _arrow_faces() -> NDArray[np.intp]:
    """Return the triangles of an arrow, a tube and a cone, as indices of their corners."""
    faces = _tube_faces(2)
    return np.concatenate((faces, faces + 2 * SIDES))


@lru_cache(maxsize=8)
def _tube_faces(count: int) -> NDArray[np.intp]:
    """Return the triangles of a tube along so many points, as indices of its corners."""
    first = (np.arange(count - 1)[:, np.newaxis] * SIDES + np.arange(SIDES)).ravel()
    second = (np.arange(count - 1)[:, np.newaxis] * SIDES + (np.arange(SIDES) + 1) % SIDES).ravel()
    return np.concatenate(
        (
            np.stack((first, first + SIDES, second), axis=1),
            np.stack((second, first + SIDES, second + SIDES), axis=1),
        )
    )


@cache
def unit_ball() -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Return corners (n, 3) and triangles of a ball of radius 1 around the origin."""
    rows, columns = 15, 29
    theta = np.linspace(0, np.pi, rows)[:, np.newaxis]
    phi = np.linspace(0, 2 * np.pi, columns)
    corners = np.stack(
        (np.sin(theta) * np.cos(phi), np.sin(theta) * np.sin(phi), np.cos(theta) + 0 * phi), axis=-1
    )
    return corners.reshape(-1, 3).astype(np.float32), triangles(rows, columns)


def ball(centre: Array, radius: float, colour: str) -> Mesh:
    """Make a ball, mostly of its plain colour, darker only at its foot."""
    corners, faces = unit_ball()
    return Mesh((corners * radius + centre).astype(np.float32), faces, _ball_colours(colour))


@lru_cache(maxsize=16)
def _ball_colours(colour: str) -> NDArray[np.float32]:
    """Return the colours of a ball's corners, (n, 4)."""
    corners, _ = unit_ball()
    colours = np.ones((len(corners), 4), dtype=np.float32)
    shade = np.clip(1.25 + 0.5 * corners[:, 2:], 0.72, 1)
    colours[:, :3] = rgb(colour) / 255 * shade
    return colours
