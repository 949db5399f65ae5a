"""Ranking: the test examples sorted by what a network makes of them, the worst first."""

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.data.description import Column
from nnviz.dataclass import dataclass
from nnviz.engine.measure.answer import decided
from nnviz.engine.measure.report import confidence_of
from nnviz.engine.network import Network, mark_of
from nnviz.engine.ops import Array, frozen
from nnviz.engine.training.scores import classes_read, in_file_units, right_answers

MOST = 200
"""Examples returned unless other many are asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Test examples, the one with the highest cost first; misread ones by how sure it was.

    With a single output the classes are 0, below one half, and 1. Where targets are numbers
    nothing is right or wrong: then all are ranked, and only their values tell them apart.

    Attributes:
        run, step: the moment at which they were ranked.
        label: the class that was asked for; None for all.
        wrong: True where only those were asked for that are misread.
        examples: how many test examples there are of what was asked for, misread or not.
        misread: how many of these are misread.
        index: which test example each is, (n,).
        x: inputs, (n, inputs), read-only.
        wanted: class of each, (n,).
        read: class that the network makes of each, (n,).
        cost: C_x of each, (n,).
        read_as: only those were asked for that are read as this class; None for any.
        decided: whether each answer is decided, (n,).
        targets: what each output is, where targets are numbers.
        desired, actual: targets and outputs of each in the unit of the file, (n, outputs), where
            targets are numbers; None where there are classes.
        mark: which net was asked about; see `mark_of`.
    """

    run: int
    step: int
    label: int | None
    wrong: bool
    examples: int
    misread: int
    index: NDArray[np.intp]
    x: Array
    wanted: NDArray[np.intp]
    read: NDArray[np.intp]
    cost: Array
    read_as: int | None = None
    decided: NDArray[np.bool_] | None = None
    targets: tuple[Column, ...] = ()
    desired: NDArray[np.float64] | None = None
    actual: NDArray[np.float64] | None = None
    mark: int = 0

    def place_of(self, index: int) -> int:
        """Return at which place a test example stands; −1 where it is not here."""
        found = np.flatnonzero(self.index == index)
        return int(found[0]) if len(found) else -1

    @property
    def total(self) -> int:
        """How many there are in all that were asked for."""
        return self.misread if self.wrong and self.desired is None else self.examples


def rank(
    network: Network,
    dataset: Dataset,
    label: int | None = None,
    wrong: bool = False,
    most: int = MOST,
    *,
    read_as: int | None = None,
    run: int = 0,
    step: int = 0,
) -> Ranking:
    """Sort test examples by their cost, the highest first.

    Where only misread ones are asked for, those come first that the network was surest about:
    a wrong answer that was in doubt is half forgiven, one that was certain is not.

    Args:
        network: left alone.
        dataset: where the examples come from.
        label: only those of this class; None for all.
        wrong: only those that are misread.
        most: how many to return.
        read_as: only those that are read as this class; None for any.
        run: the run whose moment this is, to be returned.
        step: the moment, likewise.
    """
    x, y, mark = dataset.x_test, dataset.y_test, mark_of(network.recipe, network.theta)
    a = network.predict(x)
    costs = network.cost_terms(x, y).sum(axis=1, dtype=np.float64)
    # What is no number is worse than anything.
    bad = np.nan_to_num(costs, nan=np.inf)
    asked = partial(Ranking, run, step, label, wrong, read_as=read_as, mark=mark)
    if not dataset.classes:
        rows = np.argsort(-bad, kind="stable")[:most]
        none, targets = np.zeros(len(rows), np.intp), dataset.description.targets
        desired, actual = (in_file_units(part[rows], dataset) for part in (y, a))
        found = asked(len(y), 0, rows, frozen(x[rows]), none, none, costs[rows])
        return replace(found, targets=targets, desired=desired, actual=actual)
    wanted, read = classes_read(y), classes_read(a)
    meant = np.ones(len(wanted), dtype=bool) if label is None else wanted == label
    if read_as is not None:
        meant &= read == read_as
    misread = meant & ~right_answers(a, y)
    places = np.flatnonzero(misread if wrong else meant)
    sure = confidence_of(a)[places] if wrong else np.zeros(len(places))
    rows = places[np.lexsort((-bad[places], -sure))[:most]]
    counts, classes = (int(meant.sum()), int(misread.sum())), (wanted[rows], read[rows])
    return asked(*counts, rows, frozen(x[rows]), *classes, costs[rows], decided=decided(a[rows]))
