"""What every neuron answers all over the plane, for networks whose inputs are made of two.

One forward pass over a grid of points gives the output of every neuron of every
layer at once. Rows of a map run downwards from the largest x₂, as in a plot.
"""

from collections.abc import Sequence

import numpy as np

from nnviz.data.features import FeatureInputs
from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.network import views
from nnviz.engine.run.snapshot import Array, Sample, Snapshot

SIDE = 48
"""Points along each side of a map."""
MOST_NUMBERS = 2_000_000
"""Most outputs computed at a time; the maps of larger networks are coarser."""
MARGIN = 0.12
"""How far maps reach beyond the data on each side, as a share of the data's own range."""


@dataclass(frozen=True, slots=True)
class Plane:
    """The part of the plane that is mapped: ranges of x₁, left and right, and of x₂."""

    left: float
    right: float
    bottom: float
    top: float

    def share(self, points: Array) -> Array:
        """Return where points (n, 2) are on a map: right and down, 0 to 1, (n, 2)."""
        right = (points[:, 0] - self.left) / (self.right - self.left)
        down = (self.top - points[:, 1]) / (self.top - self.bottom)
        return np.stack((right, down), axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """The outputs of all neurons over a plane, `side` points along each side.

    `layers` holds (side, side, neurons) for each layer after the input, the largest x₂ first.
    """

    plane: Plane
    side: int
    layers: tuple[Array, ...]


def has_maps(
    layers: Sequence[int],
    image_shape: tuple[int, int] | None,
    features: FeatureInputs | None = None,
) -> bool:
    """Say whether a network's inputs are points of a plane, or made of them."""
    if features is not None:
        return features.coordinates == 2
    return layers[0] == 2 and image_shape is None


def point_of(snapshot: Snapshot) -> Array | None:
    """Return where the example shown lies, (1, 2); None where its inputs do not tell."""
    features, x = snapshot.description.features, snapshot.focus.x[np.newaxis]
    return x if features is None else features.points_of(x)


def points_of(sample: Sample) -> Array:
    """Return where examples lie, (n, 2)."""
    return sample.x if sample.points is None else sample.points


def plane_of(snapshot: Snapshot) -> Plane:
    """Return the plane that holds the data and the example shown, with a margin."""
    if snapshot.sample is not None and len(snapshot.sample.x):
        points = points_of(snapshot.sample)
    else:
        # With nothing else known, the unit square: the plane must not follow one example.
        one = point_of(snapshot)
        points = np.array([[0.0, 0.0], [1.0, 1.0]])
        points = points if one is None else np.concatenate((one, points))
    low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
    room = np.where(high > low, high - low, 1.0) * MARGIN
    (left, bottom), (right, top) = (low - room).tolist(), (high + room).tolist()
    return Plane(left, right, bottom, top)


def grid(plane: Plane, side: int) -> Array:
    """Return the middles of a map's pixels, row by row, (side · side, 2)."""
    at = (np.arange(side) + 0.5) / side
    x1 = plane.left + (plane.right - plane.left) * at
    x2 = plane.top - (plane.top - plane.bottom) * at
    return np.stack((np.tile(x1, side), np.repeat(x2, side)), axis=1)


def side_for(layers: tuple[int, ...]) -> int:
    """Return the points along a side for a network: fewer for a very large one."""
    return int(min(SIDE, max(8, np.sqrt(MOST_NUMBERS / max(1, sum(layers[1:]))))))


def maps_of(snapshot: Snapshot, plane: Plane, side: int) -> Maps:
    """Compute the maps of all neurons of a network over a plane in one forward pass."""
    recipe = snapshot.recipe
    a = snapshot.description.features_of(grid(plane, side)).astype(recipe.dtype)
    found = []
    with np.errstate(all="ignore"):
        parts = zip(*views(recipe, snapshot.theta_used), recipe.activations, strict=True)
        for w, b, activation in parts:
            z = a @ w + b
            a = np.empty_like(z)
            ACTIVATIONS[activation].function(z, a)
            found.append(a.reshape(side, side, -1))
    return Maps(plane, side, tuple(found))
