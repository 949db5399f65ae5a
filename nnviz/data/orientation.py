"""Which way up the digits of a data set lie, told by nnviz's own.

Some published digits lie mirrored along the diagonal, as EMNIST's do. A network trains
on them as well as on any, but cannot read what people draw: that is said.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from nnviz.data.dataset import Dataset, FloatArray
from nnviz.data.generator import generate
from nnviz.data.handwriting import SIDE
from nnviz.data.idx import DIGITS
from nnviz.data.photos import averaged
from nnviz.data.picture_inputs import scaled

_WRITTEN = 600  # digits that nnviz writes to compare with
_LOOKED_AT = 5000  # examples that are compared
_FEWEST = 3  # digits that must occur
_ALIKE = 0.5  # correlation with the turned digits from which they are taken for digits
_AHEAD = 0.15  # by how much that must be larger than with digits as people write them

_Turn = Callable[[FloatArray], FloatArray]

_TURNS: dict[str, _Turn] = {
    "": lambda image: image,
    "mirrored along the diagonal, as EMNIST's do": lambda image: image.T,
    "mirrored left to right": lambda image: image[:, ::-1],
    "upside down and mirrored": lambda image: image[::-1],
    "upside down": lambda image: image[::-1, ::-1],
    "turned to the left": lambda image: np.rot90(image),
    "turned to the right": lambda image: np.rot90(image, -1),
    "mirrored along the other diagonal": lambda image: image[::-1, ::-1].T,
}


def with_orientation(dataset: Dataset) -> Dataset:
    """Say in a data set's notes where its digits lie otherwise than people write them."""
    lie = orientation(dataset)
    if not lie:
        return dataset
    said = f"its digits lie {lie}: a network trained on them cannot read drawings"
    return replace(dataset, notes=(*dataset.notes, said))


def orientation(dataset: Dataset) -> str:
    """Say how digits lie; empty where they lie as people write them, or are no digits."""
    names, rule = dataset.class_names, dataset.pictures
    digits = [kind for kind, name in enumerate(names) if name in DIGITS]
    if dataset.image_shape is None or rule is None or not rule.fill or len(digits) < _FEWEST:
        return ""
    step = -(-len(dataset.x_train) // _LOOKED_AT)
    x, labels = dataset.x_train[::step], dataset.train_labels[::step]
    pairs = []
    for kind in digits:
        own = x[labels == kind]
        if len(own):
            mean = own.mean(axis=0).reshape(dataset.image_shape)
            pairs.append((_soft(scaled(mean)), _prototypes()[int(names[kind])]))
    if len(pairs) < _FEWEST:
        return ""
    likeness = {
        words: float(np.mean([_correlation(mean, turn(digit)) for mean, digit in pairs]))
        for words, turn in _TURNS.items()
    }
    best = max(likeness, key=lambda words: likeness[words])
    clear = likeness[best] >= _ALIKE and likeness[best] >= likeness[""] + _AHEAD
    return best if clear else ""


@lru_cache(maxsize=1)
def _prototypes() -> tuple[FloatArray, ...]:
    """Return the mean of each digit as nnviz writes it, (28, 28)."""
    images, labels = generate(_WRITTEN, np.random.default_rng(0))
    return tuple(
        _soft(images[labels == digit].mean(axis=0).reshape(SIDE, SIDE).astype(np.float32))
        for digit in range(len(DIGITS))
    )


def _soft(image: FloatArray) -> FloatArray:
    return averaged(image, 1)


def _correlation(one: FloatArray, other: FloatArray) -> float:
    a, b = one.ravel() - one.mean(), other.ravel() - other.mean()
    length = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / length if length else 0.0
