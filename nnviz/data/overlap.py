"""Which examples are held back for testing, and which are among the training examples too.

A network that is tested with what it was trained on looks better than it is. Where
nnviz itself holds pictures back, all copies of one go to the same part. Parts that
somebody else made stay as they are; there the copies are counted and told.
"""

from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.data.greys import Greys

Values = NDArray[np.number[Any]]
Rows = NDArray[np.intp]

TEST_SHARE = 0.2
"""Part of the examples of each class that is held back."""


def known(x_train: Values | Greys, x_test: Values) -> NDArray[np.bool_]:
    """Tell which test examples are training examples too, (m,); 60,000 pictures take about 0.3 s.

    Training inputs are (n, ...), test inputs (m, ...) of the same dtype; equal inputs are the
    same example, whatever its class.
    """
    digests = set(map(_digest, x_train))
    return np.fromiter((_digest(row) in digests for row in x_test), np.bool_, len(x_test))


def overlap(dataset: Dataset) -> int:
    """Count the test examples of a data set that are among its training examples."""
    return int(known(dataset.train_inputs, dataset.x_test).sum())


def stratified(labels: Rows, seed: int) -> tuple[Rows, Rows]:
    """Split examples so that each class has the same share of both parts.

    Args:
        labels: (n,) class of each example; all 0 where there are no classes. At least two.
        seed: the same seed gives the same split.

    Returns:
        Row numbers of the training part (m,) and of the test part (n-m,), both rising, neither
        empty; a class of one example is trained on. Where every class has one alone, all are
        trained on and tested with.
    """
    if len(np.unique(labels)) == len(labels):
        return np.arange(len(labels)), np.arange(len(labels))
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(labels))
    by_class = order[np.argsort(labels[order], kind="stable")]
    _, starts, counts = np.unique(labels[by_class], return_index=True, return_counts=True)
    rank = np.arange(len(labels)) - np.repeat(starts, counts)
    held = np.rint(TEST_SHARE * counts).astype(np.intp)
    if not held.any():
        held[counts.argmax()] = 1
    test = rank < np.repeat(held, counts)
    return np.sort(by_class[~test]), np.sort(by_class[test])


def apart(x: Values, labels: Rows, seed: int) -> tuple[Rows, Rows]:
    """Split examples (n, ...) as `stratified` does, but all copies of one into the same part.

    Of the classes of copies, (n,), that of the first counts.

    Returns:
        Row numbers of the training part and of the test part, both rising, neither empty;
        copies part only where all examples are the same, or where each class has one alone.
    """
    places: dict[bytes, int] = {}
    firsts: list[int] = []
    kinds = np.empty(len(x), dtype=np.intp)
    for row, values in enumerate(x):
        kinds[row] = places.setdefault(_digest(values), len(places))
        if kinds[row] == len(firsts):
            firsts.append(row)
    if len(firsts) < 2:
        return stratified(labels, seed)
    trained, tested = stratified(labels[firsts], seed)
    if len(trained) + len(tested) > len(firsts):  # one of each class
        return np.arange(len(x)), np.arange(len(x))
    held = np.zeros(len(firsts), dtype=np.bool_)
    held[tested] = True
    return np.flatnonzero(~held[kinds]), np.flatnonzero(held[kinds])


def held_back(train: Rows, test: Rows) -> str:
    """Say what became of the examples that `apart` has split, a clause for people."""
    if np.isin(test, train).any():
        return "one of each class, trained on and tested with"
    return f"{len(test)} held back for testing"


def _digest(row: Values) -> bytes:
    return blake2b((row + 0).tobytes(), digest_size=16).digest()  # + 0: -0.0 is 0.0
