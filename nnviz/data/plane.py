"""Data in the plane: points of two classes, or with a number, that nnviz makes up.

The plane reaches `REACH` to each side, the radius of every figure: wide enough for the sine of a
coordinate to come down again, and not so wide that start weights are too large. Nothing is scaled:
a network sees the points that are on screen. A point strays from its place in any direction, by at
most the noise times the radius, evenly over the disc around it. (tensorflow/playground, dataset.ts,
strays by as much along each axis, so a little further in the corners.) Two arms of a spiral of two
turns are a quarter of the radius apart, so they just do not meet at the usual noise of a tenth.

Points come one after the other: more of them are the same and some more, other noise moves
them but keeps their places. Whole pairs of them are for testing, every other one as usual, so that
both parts have as many of each class. What somebody draws onto a figure joins its training points.
All numbers are the same bits on every processor.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.data.description import Column
from nnviz.data.drawn_points import DRAWN, MOVED, DrawnPoints, arrays, moved
from nnviz.data.features import FeatureInputs, features_for
from nnviz.data.greys import FloatArray
from nnviz.data.options import INPUTS, SEED, Option, Options
from nnviz.data.plane_shapes import TWO_PI, Draws, around

REACH = 2.5
"""Radius of every figure, and how far x goes to both sides."""
OWN_POINTS = "points"
"""The data set of drawn points alone."""
TEST = "test"
"""The option that says which share of the points is for testing."""
CLASSES = ("orange", "blue")
"""What 0 and 1 are called: by the colours of what is below and above zero."""
GENERATION = 1
"""To be raised whenever the same name would give other numbers."""

Shape = Callable[[Draws, Options], FloatArray]
Height = Callable[[FloatArray, float, Options], FloatArray]
_EVEN, _NORMAL, _NOISE = range(3)


DRAWN_ON_TOP = DrawnPoints(
    DRAWN, "drawn", "Points of your own, which are trained on besides; the plane takes them.", ()
)
"""The option of every data set of two classes that says what was drawn onto it."""
MOST_POINTS = 20_000
"""Most points that a data set of the plane has."""
MOVED_BY_HAND = DrawnPoints(
    MOVED,
    "moved",
    "Points that were made and then moved by hand, by their numbers; the plane takes them.",
    (),
    first="number",
    last=MOST_POINTS - 1,
)
"""The option of the same data sets that says which of their own points lie elsewhere now."""
EMPTY = "An empty plane: put points of both classes onto it, and the network can learn them."
ONE_CLASS = "All points are of one class: put some of the other, and the network can learn."


def common_options(coordinates: int) -> tuple[Option, ...]:
    """Return the options of every data set whose points have so many coordinates."""
    features = features_for(coordinates)
    return (
        Option(
            "noise", "noise", "How far points stray, as a share of the radius.", 0.1, zero="off"
        ),
        Option(
            "points",
            "points",
            "How many there are, to train on and to test with.",
            500,
            8,
            MOST_POINTS,
        ),
        Option(TEST, "for testing", "Share of the points that is tested with.", 0.5, 0.1, 0.9),
        Option(SEED, "data seed", "Decides which points there are.", 0, high=999_999),
        Option(
            INPUTS,
            "inputs",
            "What the network is given of each point.",
            tuple(feature.name for feature in features[:coordinates]),
            choices=tuple((feature.name, feature.symbol) for feature in features),
        ),
    )


def classes(name: str, shape: Shape, options: Options, made: str) -> Dataset:
    """Return points of two classes that lie as a shape says."""
    count = options["points"]
    labels = np.arange(count) % 2
    draws = Draws(labels, _even(options, _EVEN, count), _normal(options, count))
    points = np.float32(REACH) * (shape(draws, options) + _strayed(options, count))
    points = moved(points, options[MOVED])
    drawn, theirs = arrays(options[DRAWN])
    points, labels = np.concatenate((points, drawn)), np.concatenate((labels, theirs))
    return _dataset(name, points, labels[:, np.newaxis], options, made, two_names=CLASSES)


def drawn_alone(options: Options, made: str) -> Dataset:
    """Return the points that were drawn and no others: few, so they are tested with as well."""
    points, labels = arrays(options[DRAWN])
    features = FeatureInputs(2, options[INPUTS])
    x, y = features.of(points), labels[:, np.newaxis].astype(np.float32)
    return Dataset(
        OWN_POINTS,
        *(x, y, x, y),
        source="drawn by hand",
        columns=tuple(map(Column, features.symbols)),
        two_names=CLASSES,
        features=features,
        train_points=points,
        test_points=points,
        made=f"points of generation {GENERATION}: {made}",
        missing="" if len(np.unique(labels)) == len(CLASSES) else ONE_CLASS if len(y) else EMPTY,
    )


def least_reach(dataset: str) -> float:
    """Return how far the plane of a data set reaches at least; 0 where its points alone decide."""
    own = dataset == OWN_POINTS or dataset.startswith(f"{OWN_POINTS}:")
    return REACH if own else 0.0


def numbers(name: str, height: Height, coordinates: int, options: Options, made: str) -> Dataset:
    """Return points spread evenly over the plane, or over a line, with a number each.

    It strays from what the function says by at most the noise times the reach of y, which is 1.
    """
    count = options["points"]
    points = np.float32(REACH) * (2 * _even(options, _EVEN, count)[:, :coordinates] - 1)
    stray = np.float32(options["noise"]) * (2 * _even(options, _NOISE, count)[:, 0] - 1)
    y = height(points, REACH, options) + stray
    return _dataset(name, points, y[:, np.newaxis], options, made, targets=(Column("y"),))


def _dataset(
    name: str,
    points: FloatArray,
    y: np.ndarray,
    options: Options,
    made: str,
    *,
    two_names: tuple[str, ...] = (),
    targets: tuple[Column, ...] = (),
) -> Dataset:
    features = FeatureInputs(points.shape[1], options[INPUTS])
    x, test = features.of(points), tested(len(points), options["points"], options[TEST])
    y = y.astype(np.float32)
    points = points.astype(np.float32)
    return Dataset(
        name,
        x[~test],
        y[~test],
        x[test],
        y[test],
        source=f"made by nnviz, seed {options[SEED]}",
        columns=tuple(map(Column, features.symbols)),
        targets=targets,
        two_names=two_names,
        features=features,
        train_points=points[~test],
        test_points=points[test],
        made=f"points of generation {GENERATION}: {made}",
    )


def tested(count: int, made: int, share: float) -> NDArray[np.bool_]:
    """Return which of some points are for testing, (count,): a share of the pairs that were made.

    The first pair is never, the second always, so that there are some of either.
    """
    pairs = np.arange(made // 2 + 2)
    # A share of .3 is a little less in binary: the least that a sum loses by it is given back.
    so_far = np.floor(pairs * share + max(0, 1 - 2 * share) + 1e-9)
    place = np.arange(count)
    pair = np.minimum(place // 2, made // 2)
    return np.asarray((so_far[pair + 1] > so_far[pair]) & (place < made))


def _even(options: Options, purpose: int, count: int) -> FloatArray:
    rng = np.random.default_rng((options[SEED], purpose))
    return rng.random((count, 2), dtype=np.float32)


def _normal(options: Options, count: int) -> FloatArray:
    rng = np.random.default_rng((options[SEED], _NORMAL))
    return rng.standard_normal((count, 2), dtype=np.float32)


def _strayed(options: Options, count: int) -> FloatArray:
    """Return how far each point strays from its place, as shares of the radius, (n, 2)."""
    even = _even(options, _NOISE, count)
    return around(np.float32(options["noise"]) * np.sqrt(even[:, 0]), TWO_PI * even[:, 1])
