"""What the data browser leafs through: one part of a data set, or the user's own drawings."""

from collections.abc import Sequence
from dataclasses import field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.drawings import Drawing
from nnviz.data.greys import Greys
from nnviz.data.overview import Overview
from nnviz.dataclass import dataclass
from nnviz.wording import given

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """Examples sorted by class.

    Attributes:
        shape: rows and columns of a picture; None where examples are no pictures.
        x: inputs, (n, inputs); pictures from 0 to `white`.
        white: the value of white.
        labels: class of each, (n,).
        order, starts: all indices class by class, and where each class begins, and the end.
        counts: examples of each class to train on and to test with, (2, classes).
        means: mean input of each class, (classes, inputs), 0..1.
        part: which part of the data set they are, "Test" or "Training"; empty for drawings.
        sources: names of the data sets that are mixed, if there are several.
        origin: place among `sources` of the one that each comes from, (n,); else empty.
        drawings: the drawings where these are what it shows, else none.
    """

    names: tuple[str, ...]
    shape: tuple[int, int] | None
    x: NDArray[Any] | Greys
    white: float
    labels: Rows
    order: Rows
    starts: Rows
    counts: Rows
    means: NDArray[np.floating[Any]]
    part: str
    sources: tuple[str, ...] = ()
    origin: NDArray[np.integer[Any]] = field(default_factory=lambda: np.zeros(0, np.uint8))
    drawings: tuple[Drawing, ...] = ()

    def rows(self, label: int | None) -> Rows:
        """Return the indices of a class's examples, or of all of them in their own order."""
        if label is None:
            return np.arange(len(self.x))
        return self.order[self.starts[label] : self.starts[label + 1]]

    def grey(self, rows: Sequence[int] | Rows) -> NDArray[np.uint8]:
        """Return pictures as bytes, (len(rows), rows of one, columns of one)."""
        assert self.shape is not None
        values = np.asarray(self.x[rows], dtype=np.float32) / np.float32(self.white)
        return (values.clip(0, 1) * 255 + 0.5).astype(np.uint8).reshape(-1, *self.shape)


def book_of(overview: Overview, *, test: bool) -> Book:
    """Return the training or the test part of a data set."""
    part, parts = overview.test if test else overview.train, overview.dataset.parts
    return Book(
        tuple(map(given, overview.names)),
        overview.dataset.image_shape,
        part.x,
        1.0,
        part.labels,
        part.order,
        part.starts,
        np.stack([overview.train.counts, overview.test.counts]),
        overview.means,
        "Test" if test else "Training",
        parts.names,
        parts.test if test else parts.train,
    )


def book_of_drawings(drawings: Sequence[Drawing]) -> Book:
    """Return the user's own drawings, by digit."""
    labels: Rows = np.array([drawing.label for drawing in drawings], dtype=np.intp)
    x = np.array([drawing.image.ravel() for drawing in drawings], dtype=np.uint8).reshape(-1, 784)
    held = np.array([drawing.held_back for drawing in drawings], dtype=bool)
    order = np.argsort(labels, kind="stable")
    starts = np.searchsorted(labels[order], np.arange(11))
    means = np.zeros((10, 784), dtype=np.float32)
    for label in set(labels.tolist()):
        means[label] = x[labels == label].mean(axis=0) / 255
    counts = np.stack([np.bincount(labels[mask], minlength=10) for mask in (~held, held)])
    names = tuple(str(label) for label in range(10))
    return Book(
        names,
        (28, 28),
        x,
        255.0,
        labels,
        order,
        starts,
        counts,
        means,
        "",
        drawings=tuple(drawings),
    )
