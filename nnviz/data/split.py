"""Which examples are held back for testing where a data set does not say so itself."""

import numpy as np
from numpy.typing import NDArray

TEST_SHARE = 0.2
"""Part of the examples of each class that is held back."""


def stratified(labels: NDArray[np.intp], seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
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
