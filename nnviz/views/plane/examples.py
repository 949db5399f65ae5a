"""The examples over the plane or a line: where they lie, and what is desired of them."""

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.run.snapshot import OWN, Array, Snapshot
from nnviz.views.plane.answer import Kind, classes_of, range_of
from nnviz.views.plane.map_picture import SHADES
from nnviz.views.shared.plane import point_of, points_of


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Examples of one set.

    Attributes:
        where: coordinates, and on a curve what is desired, (n, 2).
        classes: of each, (n,); of numbers whether one is large.
        shades: the shade of each desired number, (n,); None where they are classes, or heights.
    """

    where: Array
    classes: NDArray[np.intp]
    shades: NDArray[np.uint8] | None


def examples_of(
    snapshot: Snapshot, kind: Kind, output: int, *, of_line: bool
) -> tuple[Points | None, Points | None]:
    """Return training and test examples."""
    sample = snapshot.sample
    if sample is None:
        return None, None
    # Over a line the height says it.
    scale = range_of(snapshot, output) if kind is Kind.NUMBER and not of_line else None

    def points(where: Array, y: Array) -> Points:
        shades = None
        if scale is not None:
            share = np.clip(scale.share(y[:, output]), 0, 1)
            shades = np.round(share * (SHADES - 1)).astype(np.uint8)
        classes = classes_of(kind, y, output)
        if of_line:
            height = np.ones(len(y)) if kind is Kind.CLASSES else y[:, output]
            where = np.stack((where[:, 0], height), axis=1)
        return Points(np.asarray(where, np.float64), classes, shades)

    train = None
    if sample.train_points is not None and sample.train_y is not None:
        train = points(sample.train_points, sample.train_y)
    return train, points(points_of(sample), sample.y)


def example_of(snapshot: Snapshot, output: int, *, of_line: bool) -> tuple[float, float] | None:
    """Return where the example in focus is shown; None where that is not known."""
    point = point_of(snapshot)
    if point is None:
        return None
    if not of_line:
        x, y = point[0].tolist()
        return x, y
    own = snapshot.focus.index == OWN  # of which nobody knows what is desired
    height = float((snapshot.focus.a[-1] if own else snapshot.focus.y)[output])
    return (float(point[0, 0]), height) if np.isfinite(height) else None
