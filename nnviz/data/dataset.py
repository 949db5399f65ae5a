"""A data set in memory: examples to train on and examples never trained on.

Every source (embedded digits, IDX files, tables, pictures, drawings) ends as this one frozen
value. Inputs are rows of grey values in 0..1 or of features; desired outputs
are rows too, one-hot where the examples have classes.
"""

import hashlib
from dataclasses import field
from functools import cached_property
from math import nan
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from nnviz.data.description import Column, DataDescription, PictureRule
from nnviz.data.features import FeatureInputs
from nnviz.data.greys import FloatArray as FloatArray
from nnviz.data.greys import Greys
from nnviz.dataclass import dataclass
from nnviz.errors import NnvizError

MOST_CLASSES = 100
"""Kinds of examples that may be the classes of one data set."""
Inputs = FloatArray | Greys


class DataError(NnvizError):
    """A data set cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Where each example of a mixture comes from; a data set that is no mixture has no parts.

    Attributes:
        names: of the data sets that are mixed.
        train, test: place of its data set among `names` for every training and every test example,
            (n,) and (m,).
    """

    names: tuple[str, ...] = ()
    train: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    test: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))

    def __post_init__(self) -> None:
        self.train.flags.writeable = self.test.flags.writeable = False

    def accuracies(self, right: NDArray[np.bool_]) -> tuple[float, ...]:
        """Return which share of each part's test examples is right; nan for a part without any.

        All test examples are told apart by `right`, (m,).
        """
        if not self.names:
            return ()
        examples = np.bincount(self.test, minlength=len(self.names))
        good = np.bincount(self.test[right], minlength=len(self.names))
        pairs = zip(good.tolist(), examples.tolist(), strict=True)
        return tuple(some / many if many else nan for some, many in pairs)


class _TrainInputs:
    """The attribute x_train: an array to whoever asks, a byte a pixel as long as nobody does."""

    def __get__(self, dataset: "Dataset", kind: type["Dataset"]) -> FloatArray:
        x = dataset.train_inputs
        return x.floats() if isinstance(x, Greys) else x

    def __set__(self, dataset: "Dataset", x: Inputs) -> None:
        object.__setattr__(dataset, "train_inputs", x)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Training and test examples, and what their `DataDescription` says of them.

    Attributes:
        name: what `load_dataset` was asked for.
        x_train: training inputs, (n, inputs) float32; may be given as `as_given` returns them.
            These and all others are float64 where their source has exact values (examples, tables).
        y_train: desired outputs of the training examples, (n, outputs).
        x_test: test inputs, (m, inputs).
        y_test: desired outputs of the test examples, (m, outputs).
        class_names: one name an output where outputs are classes, else empty.
        source: where the examples came from, for people to read.
        columns: the table's columns that are inputs, with their scaling; empty elsewhere.
        two_names: what 0 and 1 stand for where a single output is one of them; else empty.
        notes: what reading left out or supplied, clauses for people.
        own_tests: False where the test examples are borrowed from another data set.
        parts: which example comes from which data set where several are mixed.
        made: what all examples were made from, where nnviz makes them up; the same text is the
            same examples, but for a few last bits of a processor's arithmetic.
        features: how inputs follow from points of the plane or a line; None elsewhere.
        train_points, test_points: these points, (n, coordinates) and (m, coordinates), whichever
            of their coordinates are inputs; None elsewhere.
        missing: what must be there before anything can be learned of it, a sentence; empty where
            nothing must.
        typed: True where it is a typed table, whose every number somebody wants to see.
        train_inputs: the training inputs as they are held. Whoever needs only some at a time
            reads these, because asking for x_train keeps all of it in memory as float32.
    """

    name: str
    x_train: FloatArray
    y_train: FloatArray
    x_test: FloatArray
    y_test: FloatArray
    class_names: tuple[str, ...] = ()
    image_shape: tuple[int, int] | None = None
    source: str = ""
    columns: tuple[Column, ...] = ()
    targets: tuple[Column, ...] = ()
    target_reason: str = ""
    target_choices: tuple[str, ...] = ()
    pictures: PictureRule | None = None
    two_names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    target_groups: tuple[tuple[str, ...], ...] = ()
    own_tests: bool = True
    parts: Parts = Parts()
    made: str = ""
    features: FeatureInputs | None = None
    train_points: FloatArray | None = None
    test_points: FloatArray | None = None
    typed: bool = False
    missing: str = ""
    train_inputs: Inputs = field(init=False, repr=False)

    def __post_init__(self) -> None:
        held = (self.train_inputs, self.y_train, self.x_test, self.y_test)
        for array in (*held, self.train_points, self.test_points):
            if array is not None and not isinstance(array, Greys):
                array.flags.writeable = False

    def fingerprint(self) -> str:
        """Return the SHA-256 of all examples, in hexadecimal; computed once, about 0.5 s."""
        return self._fingerprint

    def is_known_as(self, fingerprint: str) -> bool:
        """Tell whether a fingerprint is that of these examples.

        Sessions of versions that held scaled tables in float32 know them by those numbers.
        """
        if fingerprint == self.fingerprint():
            return True
        return self.train_inputs.dtype == np.float64 and fingerprint == self._digest(np.float32)

    @cached_property
    def _fingerprint(self) -> str:
        return self._digest()

    def _digest(self, dtype: type[np.floating[Any]] | None = None) -> str:
        digest = hashlib.sha256()
        for array in (self.train_inputs, self.y_train, self.x_test, self.y_test):
            if dtype is not None:
                array = np.asarray(array, dtype)
            digest.update(f"{array.dtype.str}{array.shape}".encode())
            for rows in array.chunks() if isinstance(array, Greys) else (array,):
                digest.update(np.ascontiguousarray(rows).data)
        return digest.hexdigest()

    @property
    def whole(self) -> bool:
        """Whether all examples are there; others are made when they are first read."""
        return not isinstance(self.train_inputs, Greys) or self.train_inputs.whole

    @property
    def feature_names(self) -> tuple[str, ...]:
        """One name an input where inputs are columns of a table, else empty."""
        return tuple(column.name for column in self.columns)

    @property
    def description(self) -> DataDescription:
        """What the numbers mean, apart from the examples."""
        return DataDescription(
            class_names=self.class_names or self.two_names,
            image_shape=self.image_shape,
            inputs=self.columns,
            targets=self.targets,
            target_reason=self.target_reason,
            target_choices=self.target_choices,
            target_groups=self.target_groups,
            pictures=self.pictures if self.image_shape is not None else None,
            features=self.features,
        )

    @property
    def inputs(self) -> int:
        """Number of input neurons that a network for this data set has."""
        return int(self.train_inputs.shape[1])

    @property
    def outputs(self) -> int:
        """Number of output neurons that a network for this data set has."""
        return int(self.y_train.shape[1])

    @cached_property
    def classes(self) -> int:
        """How many classes the examples have; 0 where the targets are numbers.

        Several outputs are classes where these have names; a single output is two classes
        where nothing but 0 and 1 is desired.
        """
        if self.outputs > 1:
            return self.outputs if self.class_names else 0
        parts = (self.y_train, self.y_test)
        return 2 if all(bool(((y == 0) | (y == 1)).all()) for y in parts) else 0

    @property
    def train_labels(self) -> NDArray[np.intp]:
        """Class index of every training example, (n,)."""
        return np.asarray(self.y_train.argmax(axis=1))

    @property
    def test_labels(self) -> NDArray[np.intp]:
        """Class index of every test example, (m,)."""
        return np.asarray(self.y_test.argmax(axis=1))


def as_given(inputs: Inputs) -> FloatArray:
    """Return inputs to be given for x_train as they are, `Greys` too."""
    return cast(FloatArray, inputs)


Dataset.x_train = _TrainInputs()  # type: ignore[assignment]


def one_hot(labels: NDArray[np.integer], classes: int) -> FloatArray:
    """Turn class indices (n,) into rows (n, classes) with a single 1 each.

    Raises:
        DataError: a label lies outside 0..classes-1.
    """
    if labels.size and (labels.min() < 0 or labels.max() >= classes):
        raise DataError(
            f"A label lies outside 0..{classes - 1}: the labels do not belong to these classes."
        )
    rows = np.zeros((labels.size, classes), dtype=np.float32)
    rows[np.arange(labels.size), labels] = 1.0
    return rows
