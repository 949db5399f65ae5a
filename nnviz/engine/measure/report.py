"""A report: how good a network really is on the test set, class by class.

The share of right answers hides which classes are mixed up, whether a sure answer
deserves trust, and what the network says of pictures that show nothing at all. One
forward pass over the test set tells the first two, some hundred pictures of noise
the third. Nothing here trains: the test set is looked at, never learned from.
"""

from math import nan

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.dataclass import dataclass
from nnviz.engine.measure.number_report import NumberReport, report_numbers
from nnviz.engine.network import Network, mark_of
from nnviz.engine.ops import Array, freeze, frozen
from nnviz.engine.training.scores import classes_read

BINS = 10
"""Equal parts of 0..1 by which confidence is sorted."""
SURE = 0.9
"""Largest output beyond which an answer counts as confident."""
NOISE = 200
"""Pictures of each kind of noise."""
_SEED = 20_240_229


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """How often the network is right, sorted by how sure it is.

    A network's confidence is its largest output, or with a single output a the larger of
    a and 1 − a; outputs beyond 0..1 count as 0 or 1.

    Attributes:
        count: examples in each part of 0..1, (bins,).
        confidence: their mean confidence, (bins,); nan where there is none.
        accuracy: the share of them that is right, (bins,); nan where there is none.
        error: expected calibration error, the mean of |confidence − accuracy| over all
            examples; nan without any.
    """

    count: NDArray[np.intp]
    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    error: float


@dataclass(frozen=True, slots=True, eq=False)
class Noise:
    """What the network makes of pictures that show nothing.

    Attributes:
        count: pictures of each of the two kinds.
        uniform: share of pictures of even noise that it is confident about.
        shuffled: the same of test pictures whose pixels are shuffled.
        x: the picture it is most confident about, (inputs,), read-only.
        outputs: what it says of that one, (outputs,), read-only.
        read: the class it takes it for.
        confidence: how sure it is of that, 0..1.
    """

    count: int
    uniform: float
    shuffled: float
    x: Array
    outputs: Array
    read: int
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """How good a network is at one moment, on examples it never learned from.

    With a single output the classes are 0, below one half, and 1. Where targets are numbers,
    everything about classes is empty.

    Attributes:
        run, step: the moment.
        confusion: how many test examples of one class (row) are read as another (column),
            (classes, classes).
        calibration: whether sure answers are right ones.
        noise: what it says of noise; None where examples are no pictures.
        numbers: how far off it is where targets are numbers; None where there are classes.
        mark: which net was asked about; see `mark_of`.
        parts: name and accuracy of each part of a mixture; empty for any other data set.
    """

    run: int
    step: int
    confusion: NDArray[np.intp]
    calibration: Calibration
    noise: Noise | None
    numbers: NumberReport | None = None
    mark: int = 0
    parts: tuple[tuple[str, float], ...] = ()

    @property
    def classes(self) -> int:
        """How many classes there are; 0 where examples have none."""
        return len(self.confusion)

    @property
    def examples(self) -> int:
        """How many test examples there are."""
        return int(self.confusion.sum())

    @property
    def right(self) -> int:
        """How many of them are read right."""
        return int(np.trace(self.confusion))

    @property
    def accuracy(self) -> float:
        """The share of them that is read right; nan without any."""
        return self.right / self.examples if self.examples else nan

    @property
    def shares(self) -> NDArray[np.float64]:
        """`confusion` as shares of its rows, (classes, classes); 0 in an empty row."""
        wanted = self.confusion.sum(axis=1, keepdims=True)
        return np.asarray(self.confusion / np.maximum(wanted, 1))

    @property
    def class_accuracy(self) -> NDArray[np.float64]:
        """Share of each class's examples that is read right, (classes,); nan without any."""
        wanted = self.confusion.sum(axis=1)
        return np.where(wanted > 0, np.diagonal(self.shares), nan)


def report(network: Network, dataset: Dataset, *, run: int = 0, step: int = 0) -> Report:
    """Look at every test example once, and at some noise; run and step are the moment's."""
    y, mark = dataset.y_test, mark_of(network.recipe, network.theta)
    classes = dataset.classes
    if not classes:
        nothing = np.zeros((0, 0), dtype=np.intp)
        calibration = calibration_of(np.zeros(0), np.zeros(0, bool))
        numbers = report_numbers(network, dataset)
        return Report(run, step, nothing, calibration, None, numbers, mark)
    a = network.predict(dataset.x_test)
    wanted, read = classes_read(y), classes_read(a)
    pairs = np.bincount(wanted * classes + read, minlength=classes * classes)
    confusion = frozen(pairs.reshape(classes, classes))
    calibration = calibration_of(confidence_of(a), wanted == read)
    parts = dataset.parts
    by_part = tuple(zip(parts.names, parts.accuracies(wanted == read), strict=True))
    noise = _noise(network, dataset)
    return Report(run, step, confusion, calibration, noise, mark=mark, parts=by_part)


def confidence_of(outputs: Array) -> NDArray[np.float64]:
    """Return how sure each row of outputs is, 0..1, (n,); what is no number is not."""
    largest = outputs.max(axis=1).astype(np.float64)
    if outputs.shape[1] == 1:
        largest = np.maximum(largest, 1 - largest)
    return np.asarray(np.clip(np.nan_to_num(largest, nan=0.0), 0, 1))


def calibration_of(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> Calibration:
    """Sort examples by how sure a network is of them, (n,) of 0..1, and count the right ones."""
    place = np.minimum((confidence * BINS).astype(np.intp), BINS - 1)
    count = np.bincount(place, minlength=BINS)
    with np.errstate(invalid="ignore"):
        mean = np.bincount(place, confidence, BINS) / count
        share = np.bincount(place, right, BINS) / count
    gaps = np.nansum(np.abs(mean - share) * count)
    error = float(gaps / len(confidence)) if len(confidence) else nan
    freeze(count, mean, share)
    return Calibration(count, mean, share, error)


def _noise(network: Network, dataset: Dataset) -> Noise | None:
    """Show the network noise; the same pictures each time, so that reports compare."""
    if dataset.image_shape is None or not len(dataset.x_test):
        return None
    draw = np.random.default_rng(_SEED)
    inputs = dataset.x_test.shape[1]
    even = draw.random((NOISE, inputs), dtype=np.float32)
    rows = np.linspace(0, len(dataset.x_test) - 1, NOISE).astype(np.intp)
    x = np.concatenate((even, draw.permuted(dataset.x_test[rows], axis=1)))
    a = network.predict(x)
    confidence = confidence_of(a)
    sure = confidence > SURE
    most = int(confidence.argmax())
    return Noise(
        count=NOISE,
        uniform=float(sure[:NOISE].mean()),
        shuffled=float(sure[NOISE:].mean()),
        x=frozen(x[most].copy()),
        outputs=frozen(a[most].copy()),
        read=int(classes_read(a[[most]])[0]),
        confidence=float(confidence[most]),
    )
