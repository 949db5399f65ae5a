"""Scores: what a set of answers is worth besides its cost.

Where examples have classes that is the accuracy, the share of right answers. Where
targets are numbers nothing is right or wrong: there the root mean squared error (RMSE),
in the unit of the file, says how far off the outputs are, and R² what share of the
targets' own spread they account for.
"""

from collections.abc import Sequence
from dataclasses import astuple
from math import isfinite, nan

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.data.description import Column
from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array, frozen


class Figures:
    """Rows of figures that compare by value, where one that is not known, nan, equals itself.

    The comparison that Python makes of a dataclass says that nan differs from nan from 3.13 on.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._known() == other._known()

    def __hash__(self) -> int:
        return hash(self._known())

    def _known(self) -> tuple[object, ...]:
        return tuple(map(_without_nan, astuple(self)))  # type: ignore[call-overload]


def _without_nan(figure: object) -> object:
    if isinstance(figure, tuple):
        return tuple(map(_without_nan, figure))
    return None if figure != figure else figure


@dataclass(frozen=True, slots=True, eq=False)
class Score(Figures):
    """How good the answers to one set of examples are.

    Attributes:
        cost: mean cost an example, without the terms of L1 and L2; nan without examples.
        accuracy: share of examples answered right, 0..1; nan where there are no classes.
        rmse: root mean squared error in the unit of the file; nan where there are classes, and
            where several targets have different units.
        r2: R², the mean over the targets; nan where there are classes, and where every target
            has the same value in all examples.
        parts: the accuracy on each part of a mixture; empty for any other examples.
        mistakes: how many examples have an output that is not exactly what was desired; nan where
            the cost says enough of that.
    """

    cost: float = nan
    accuracy: float = nan
    rmse: float = nan
    r2: float = nan
    parts: tuple[float, ...] = ()
    mistakes: float = nan


def right_answers(a: Array, y: Array) -> NDArray[np.bool_]:
    """Tell which answers are right, (n,); only where examples have classes.

    With several outputs the largest one must be the desired one; with a single output it
    must lie on the desired side of one half.
    """
    return np.asarray(classes_read(a) == classes_read(y))


def mistakes(a: Array, y: Array) -> int:
    """Return how many examples have an output that is not exactly what was desired."""
    return int(np.count_nonzero((a != y).any(axis=1)))


def classes_read(outputs: Array) -> NDArray[np.intp]:
    """Return the class that each row of outputs stands for, (n,)."""
    if outputs.shape[1] > 1:
        return np.asarray(outputs.argmax(axis=1), dtype=np.intp)
    return np.asarray(outputs[:, 0] >= 0.5, dtype=np.intp)


def scales_of(dataset: Dataset) -> NDArray[np.float64]:
    """Return by what each output is multiplied to be in the unit of the file, (outputs,)."""
    targets = dataset.description.targets
    if len(targets) != dataset.outputs:
        return np.ones(dataset.outputs)
    return np.array([column.scale for column in targets])


def in_file_units(outputs: Array, dataset: Dataset) -> NDArray[np.float64]:
    """Return outputs or targets as the values of the file that they stand for, read-only."""
    targets = dataset.description.targets
    values = outputs.astype(np.float64) * scales_of(dataset)
    if len(targets) == dataset.outputs:
        values += [column.offset for column in targets]
    return frozen(np.asarray(values))


def unit_of(targets: Sequence[Column]) -> str:
    """Return the unit that all targets have in common; "" where they have none."""
    units = {column.unit for column in targets}
    return units.pop() if len(units) == 1 else ""


def one_unit(targets: Sequence[Column]) -> bool:
    """Tell whether the errors of all targets may be summed up: nobody adds kg to cm."""
    return len({column.unit for column in targets}) <= 1


def errors_of(
    squares: NDArray[np.float64], y: Array, scales: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return RMSE in the unit of the file and R² of each output, (outputs,) each.

    Args:
        squares: Σ (a − y)² over the examples for each output, (outputs,).
        y: desired outputs of the examples, (n, outputs).
        scales: what an output is multiplied by to be in the unit of the file.
    """
    desired = np.asarray(y, dtype=np.float64)
    spread = np.square(desired - desired.mean(axis=0)).sum(axis=0)
    spread[(desired == desired[:1]).all(axis=0)] = 0.0
    with np.errstate(all="ignore"):
        r2 = np.where(spread > 0, 1 - squares / spread, nan)
        return np.sqrt(squares / len(desired)) * scales, np.asarray(r2)


def score_of_numbers(
    cost: float,
    squares: NDArray[np.float64],
    y: Array,
    scales: NDArray[np.float64],
    *,
    pooled: bool = True,
) -> Score:
    """Return the score of number targets of n ≥ 1 examples.

    The arguments are those of `errors_of`; `pooled` is False where targets have different units.
    """
    errors, shares = errors_of(squares, y, scales)
    with np.errstate(all="ignore"):
        rmse = float(np.sqrt(np.mean(np.square(errors)))) if pooled else nan
    told = shares[~np.isnan(shares)]
    r2 = float(told.mean()) if len(told) and np.isfinite(squares).all() else nan
    return Score(cost, rmse=rmse if isfinite(rmse) else nan, r2=r2)
