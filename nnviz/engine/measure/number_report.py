"""A report on number targets: actual against desired, in the unit of the file."""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.data.description import Column
from nnviz.dataclass import dataclass
from nnviz.engine.network import Network
from nnviz.engine.ops import freeze
from nnviz.engine.training.scores import (
    Score,
    errors_of,
    in_file_units,
    one_unit,
    scales_of,
    score_of_numbers,
)

POINTS = 500
"""Most examples of which a report keeps what is desired and what comes out."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class NumberReport:
    """How good a network is on test examples whose targets are numbers.

    Attributes:
        count: how many test examples there are.
        score: of all of them and all targets; its cost is that of the report's network.
        targets: what each output is; a nameless output has a column without a name.
        rmse: root mean squared error of each output in the unit of the file, (outputs,).
        r2: R² of each output, (outputs,); nan where all its targets are equal.
        index: which test examples are kept, evenly thinned, (n,).
        desired, actual: their targets and outputs in the unit of the file, (n, outputs).
    """

    count: int
    score: Score
    targets: tuple[Column, ...]
    rmse: Floats
    r2: Floats
    index: NDArray[np.intp]
    desired: Floats
    actual: Floats


def report_numbers(network: Network, dataset: Dataset) -> NumberReport | None:
    """Look at every test example once; None where there is none. The targets are numbers."""
    x, y = dataset.x_test, dataset.y_test
    if not len(x):
        return None
    a = network.predict(x)
    # In the precision of the network, as every cost is measured.
    y = y.astype(network.recipe.dtype)
    with np.errstate(all="ignore"):
        off = np.subtract(a, y, dtype=np.float64)
        squares = np.square(off).sum(axis=0)
    described, scales = dataset.description.targets, scales_of(dataset)
    fitting = len(described) == dataset.outputs
    targets = described if fitting else (Column(""),) * dataset.outputs
    rmse, r2 = errors_of(squares, y, scales)
    score = score_of_numbers(network.cost(x, y), squares, y, scales, pooled=one_unit(described))
    index = np.unique(np.linspace(0, len(x) - 1, min(len(x), POINTS)).round().astype(np.intp))
    freeze(rmse, r2, index)
    desired, actual = (in_file_units(part[index], dataset) for part in (y, a))
    return NumberReport(len(x), score, targets, rmse, r2, index, desired, actual)
