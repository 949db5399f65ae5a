"""Truth tables as data sets: small enough to see every example at once.

The rows are all there is, so they are the training set and the test set alike.
"""

from collections.abc import Sequence
from itertools import product

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.data.description import Column, numbered


def truth_table(
    name: str,
    outputs: Sequence[float],
    inputs: Sequence[str] = (),
    answers: tuple[str, str] = ("0", "1"),
) -> Dataset:
    """Return a truth table as a data set.

    Args:
        name: what it is called.
        outputs: the desired output of each row, (2^k,); rows count up in binary, the first
            input slowest.
        inputs: what the k inputs are called; x₁, x₂ … where nothing is given.
        answers: what 0 and 1 stand for.
    """
    rows = list(product((0.0, 1.0), repeat=len(outputs).bit_length() - 1))
    x = np.array(rows, dtype=np.float32)
    y = np.array(outputs, dtype=np.float32)[:, np.newaxis]
    names = inputs or numbered(x.shape[1])
    return Dataset(
        name, x, y, x, y, source="truth table", columns=tuple(map(Column, names)), two_names=answers
    )
