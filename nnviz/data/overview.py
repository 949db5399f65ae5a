"""A data set at a glance: how many of each class, what a class looks like on average.

What takes a look at every example is worked out here once, so that whoever shows a
data set of 60,000 pictures only picks out what is in sight.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset, FloatArray, Inputs
from nnviz.dataclass import dataclass
from nnviz.numbers import subscript

Rows = NDArray[np.intp]

BINS = 24
"""Bars of a column's histogram."""
_CHUNK = 4096  # examples looked at between two questions whether to go on


class CalledOffError(Exception):
    """Nobody waits for the overview any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The training or the test examples, found by class.

    Attributes:
        x: inputs, (n, inputs).
        y: desired outputs, (n, outputs).
        labels: class of each, (n,).
        order: all indices, class by class, (n,).
        starts: where each class begins in `order`, and the end, (classes + 1,).
        blank: how many have nothing but zeros.
        repeated: how many are the same as one before them.
    """

    x: Inputs
    y: FloatArray
    labels: Rows
    order: Rows
    starts: Rows
    blank: int
    repeated: int

    @property
    def counts(self) -> Rows:
        """How many examples each class has, (classes,)."""
        return np.diff(self.starts)

    def rows(self, label: int | None) -> Rows:
        """Return the indices of a class's examples, or of all in their own order."""
        if label is None:
            return np.arange(len(self.x))
        return self.order[self.starts[label] : self.starts[label + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One input column of a table, over the training examples.

    Attributes:
        name: of the column.
        low, mean, high: smallest, mean and largest value of each class, (classes,); nan where a
            class has no example.
        edges: between which the bars of the histogram stand, (BINS + 1,).
        bars: examples in each bar by class, (classes, BINS).
    """

    name: str
    low: NDArray[np.float64]
    mean: NDArray[np.float64]
    high: NDArray[np.float64]
    edges: NDArray[np.float64]
    bars: NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """A data set at a glance.

    Attributes:
        dataset: which; its arrays are shared, not copied.
        names: of the classes; one empty name where outputs are no classes.
        train: what is trained on.
        test: what is tested with.
        means: mean input of each class over the training part, (classes, inputs).
        known: how many test examples are training examples as well.
        columns: where inputs are no pictures, else none.
    """

    dataset: Dataset
    names: tuple[str, ...]
    train: Part
    test: Part
    means: FloatArray
    known: int
    columns: tuple[Column, ...]

    @property
    def toy(self) -> bool:
        """True where the same rows are trained on and tested with, like a truth table."""
        return self.known == len(self.test.x) == len(self.train.x)


def look_over(dataset: Dataset, unwanted: Callable[[], bool] = lambda: False) -> Overview:
    """Look at every example of a data set.

    Raises:
        CalledOffError: `unwanted`, which is asked now and then, has called it off.
    """
    names = _names(dataset)
    seen: set[int] = set()
    train = _part(dataset.train_inputs, dataset.y_train, len(names), seen, unwanted)
    tests: set[int] = set()
    test = _part(dataset.x_test, dataset.y_test, len(names), tests, unwanted)
    known = sum(hash(row.tobytes()) in seen for row in dataset.x_test)
    means = np.zeros((len(names), dataset.inputs), dtype=np.float32)
    for label in range(len(names)):
        if unwanted():
            raise CalledOffError
        if train.counts[label]:
            means[label] = train.x[train.rows(label)].mean(axis=0, dtype=np.float64)
    means.flags.writeable = False
    columns: tuple[Column, ...] = ()
    if dataset.image_shape is None:
        columns = tuple(_column(train, dataset, place) for place in range(dataset.inputs))
    return Overview(dataset, names, train, test, means, known, columns)


def _names(dataset: Dataset) -> tuple[str, ...]:
    """Return the names of the classes; a single output of zeros and ones tells 0 from 1."""
    if dataset.class_names:
        return dataset.class_names
    if not dataset.classes:
        return ("",)
    return tuple(str(label) for label in range(max(dataset.outputs, 2)))


def _part(
    x: Inputs, y: FloatArray, classes: int, seen: set[int], unwanted: Callable[[], bool]
) -> Part:
    """Sort a part by class; the examples it has are added to `seen` by a hash."""
    blank = 0
    for start in range(0, len(x), _CHUNK):
        if unwanted():
            raise CalledOffError
        rows = x[start : start + _CHUNK]
        blank += int((~rows.any(axis=1)).sum())
        seen.update(hash(row.tobytes()) for row in rows)
    if classes == 1:
        labels: Rows = np.zeros(len(y), np.intp)
    else:
        labels = y.argmax(axis=1) if y.shape[1] > 1 else (y[:, 0] > 0.5).astype(np.intp)
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(classes + 1))
    for array in (labels, order, starts):
        array.flags.writeable = False
    return Part(x, y, labels, order, starts, blank, len(x) - len(seen))


def _column(part: Part, dataset: Dataset, place: int) -> Column:
    values = part.x[:, place].astype(np.float64)
    classes = len(part.counts)
    least, most = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    edges = np.linspace(least, most if most > least else least + 1, BINS + 1)
    low, mean, high = (np.full(classes, np.nan) for _ in range(3))
    bars = np.zeros((classes, BINS), dtype=np.intp)
    for label in range(classes):
        mine = values[part.rows(label)]
        if len(mine):
            low[label], mean[label], high[label] = mine.min(), mine.mean(), mine.max()
            bars[label] = np.histogram(mine, edges)[0]
    names = dataset.feature_names
    if place < len(dataset.columns):  # what the file has, beside the name it has there
        column = dataset.columns[place]
        parts = (each * column.scale + column.offset for each in (low, mean, high, edges))
        low, mean, high, edges = (np.where(np.abs(p) < column.rounding, 0, p) for p in parts)
    name = names[place] if names else f"x{subscript(place + 1)}"
    return Column(name, low, mean, high, edges, bars)
