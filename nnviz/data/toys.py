"""Truth tables as data sets: small enough to see every example at once.

The rows are all there is, so they are the training set and the test set alike.
"""

from itertools import product

import numpy as np

from nnviz.data.dataset import DataError, Dataset
from nnviz.data.description import Column
from nnviz.data.table_layout import numbered

TABLES: dict[str, tuple[float, ...]] = {
    "and": (0, 0, 0, 1),
    "or": (0, 1, 1, 1),
    "nand": (1, 1, 1, 0),
    "xor": (0, 1, 1, 0),
    # 3·raining + 1·warm − 20·lockdown reaches 3.
    "park": (0, 0, 0, 0, 1, 0, 1, 0),
}
"""The desired output of each row; rows count up in binary, the first input slowest."""

INPUTS = {"park": ("raining", "above 15 °C", "in lockdown")}
"""What the inputs of a table are called; x₁, x₂ where there is nothing better."""

ANSWERS = {"park": ("no", "yes")}
"""What 0 and 1 stand for; themselves where there is nothing better."""


def load_toy(name: str) -> Dataset:
    """Return a truth table as a data set.

    Args:
        name: a key of `TABLES`.

    Returns:
        Inputs (2^k, k) of 0 and 1, desired outputs (2^k, 1); training and test rows are the same.

    Raises:
        DataError: there is no such table.
    """
    if name not in TABLES:
        raise DataError(f"There is no truth table {name!r}: choose one of {', '.join(TABLES)}.")
    outputs = TABLES[name]
    inputs = list(product((0.0, 1.0), repeat=len(outputs).bit_length() - 1))
    x = np.array(inputs, dtype=np.float32)
    y = np.array(outputs, dtype=np.float32)[:, np.newaxis]
    names = INPUTS.get(name) or numbered(x.shape[1])
    return Dataset(
        name,
        x,
        y,
        x,
        y,
        source="truth table",
        columns=tuple(map(Column, names)),
        two_names=ANSWERS.get(name, ("0", "1")),
    )
