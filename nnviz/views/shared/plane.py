"""The plane that a network's inputs are points of: where examples lie, and how far it reaches."""

import numpy as np

from nnviz.data.plane import least_reach
from nnviz.engine.measure.plane_map import Plane
from nnviz.engine.run.snapshot import Array, Sample, Snapshot

MARGIN = 0.12
"""How far maps reach beyond the data on each side, as a share of the data's own range."""


def point_of(snapshot: Snapshot) -> Array | None:
    """Return where the example shown lies, (1, coordinates); None where its inputs do not tell."""
    features, x = snapshot.description.features, snapshot.focus.x[np.newaxis]
    return x if features is None else features.points_of(x)


def points_of(sample: Sample) -> Array:
    """Return where test examples lie, (n, coordinates)."""
    return sample.x if sample.points is None else sample.points


def plane_of(snapshot: Snapshot) -> Plane:
    """Return the plane that holds the data and the example shown, with a margin."""
    if least := least_reach(snapshot.recipe.dataset):  # whatever lies there, there is room
        points = np.array([[-least, -least], [least, least]])
        if snapshot.sample is not None:
            points = np.concatenate((points, points_of(snapshot.sample)))
    elif snapshot.sample is not None and len(snapshot.sample.x):
        points = points_of(snapshot.sample)
    else:
        # With nothing else known, the unit square: the plane must not follow one example.
        one = point_of(snapshot)
        points = np.array([[0.0, 0.0], [1.0, 1.0]])
        points = points if one is None else np.concatenate((one, points))
    (left, right), (bottom, top) = with_margin(points)
    return Plane(left, right, bottom, top)


def with_margin(points: Array) -> list[tuple[float, float]]:
    """Return for each column of points (n, columns) the range that holds it, with a margin."""
    low, high = np.nanmin(points, axis=0), np.nanmax(points, axis=0)
    room = np.where(high > low, high - low, 1.0) * MARGIN
    return list(zip((low - room).tolist(), (high + room).tolist(), strict=True))
