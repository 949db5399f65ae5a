"""Shapes of two classes in the plane: blobs, circles, moons, clouds and a spiral.

Each function places point after point from numbers drawn evenly from 0 to 1, so that the same
numbers are the same bits on every processor. Lengths are shares of the figure's radius.
"""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.greys import FloatArray
from nnviz.data.options import Options
from nnviz.data.portable_math import cos, sin
from nnviz.dataclass import dataclass

TWO_PI = float(2 * np.pi)


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """The random numbers that points are made from.

    Attributes:
        labels: the class of each point, 0 and 1 in turn, (n,).
        even: evenly from 0 to 1, (n, 2).
        normal: with mean 0 and deviation 1, (n, 2).
    """

    labels: NDArray[np.intp]
    even: FloatArray
    normal: FloatArray


def around(radius: FloatArray, angle: FloatArray) -> FloatArray:
    """Return points (n, 2) at distances and angles from the middle."""
    return np.stack((radius * cos(angle), radius * sin(angle)), axis=1)


def circles(draws: Draws, options: Options) -> FloatArray:
    """Return a disc of class 1, and around it a ring of class 0 that ends at 1.

    Both are filled evenly; `gap` lies between them, of which the disc's edge is at a half.
    """
    share, inner = draws.even[:, 0], 0.5 + options["gap"]
    disc = 0.25 * share
    ring = np.float32(inner**2) + np.float32(1 - inner**2) * share
    radius = np.sqrt(np.where(draws.labels == 1, disc, ring))
    return around(radius, TWO_PI * draws.even[:, 1])


def moons(draws: Draws, _options: Options) -> FloatArray:
    """Return two half circles, each of which ends in the middle of the other.

    They are those of scikit-learn's `make_moons`, three of their radii wide, to be 2 wide here.
    """
    angle, upper = float(np.pi) * draws.even[:, 0], draws.labels == 1
    x = np.where(upper, cos(angle), 1 - cos(angle))
    y = np.where(upper, sin(angle), np.float32(0.5) - sin(angle))
    points: FloatArray = np.stack((x - np.float32(0.5), y - np.float32(0.25)), axis=1)
    return points / np.float32(1.5)


def spiral(draws: Draws, options: Options) -> FloatArray:
    """Return two arms from the middle to the edge, of so many turns, half a turn apart.

    The distance grows with the angle, r = angle/(2π·turns), and points lie evenly along an arm:
    nearly so if r² is drawn evenly, as an arm's length grows with r².
    """
    radius = np.sqrt(draws.even[:, 0])
    half = float(np.pi) * draws.labels.astype(np.float32)
    return around(radius, TWO_PI * options["turns"] * radius + half)


def clouds(draws: Draws, options: Options) -> FloatArray:
    """Return four clouds, one in each quadrant: class 1 where the signs of x₁ and x₂ differ."""
    right = np.where(draws.even[:, 0] < 0.5, np.float32(-0.5), np.float32(0.5))
    above = np.where(draws.labels == 1, -right, right)
    centres: FloatArray = np.stack((right, above), axis=1)
    return centres + np.float32(options["spread"]) * draws.normal


def blobs(draws: Draws, options: Options) -> FloatArray:
    """Return clouds at equal distances around the middle, of one class and the other in turn."""
    count = options["blobs"]
    own = np.where(draws.labels == 1, (count + 1) // 2, count // 2).astype(np.float32)
    which = np.floor(draws.even[:, 0] * own)  # of those of its class
    place = 2 * which + (draws.labels == 0)
    angle = TWO_PI * (place.astype(np.float32) / np.float32(count) + np.float32(0.125))
    centres = around(np.full_like(angle, 0.6), angle)
    return centres + np.float32(options["spread"]) * draws.normal
