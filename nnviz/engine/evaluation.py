"""Evaluation: cost and accuracy of a network over whole sets of examples."""

from collections.abc import Callable
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.backprop import Workspace
from nnviz.engine.network import CHUNK, Network
from nnviz.engine.plan import Array, run


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How good the network was at one step, over whole sets.

    Attributes:
        step: minibatches done by then.
        epoch: epochs done by then, a fraction within an epoch.
        train_cost, test_cost: mean cost an example, without the terms of L1 and L2.
        train_accuracy, test_accuracy: share of examples answered right, 0..1.
        validation_cost, validation_accuracy: the same of the examples held back for
            validation; nan where there are none.
    """

    step: int
    epoch: float
    train_cost: float
    test_cost: float
    train_accuracy: float
    test_accuracy: float
    validation_cost: float = nan
    validation_accuracy: float = nan


def right_answers(a: Array, y: Array) -> NDArray[np.bool_]:
    """Tell which answers are right, (n,).

    With several outputs the largest one must be the desired one; with a single output it
    must lie on the desired side of one half.

    Args:
        a: outputs, (n, outputs).
        y: desired outputs, (n, outputs).
    """
    if a.shape[1] > 1:
        return np.asarray(a.argmax(axis=1) == y.argmax(axis=1))
    return np.asarray((a[:, 0] >= 0.5) == (y[:, 0] >= 0.5))


class Evaluator:
    """Measures one network over and over, in buffers made once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._workspaces: dict[int, Workspace] = {}

    def measure(
        self, x: Array, y: Array, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[float, float] | None:
        """Return the mean cost and the share of right answers, or None when cancelled.

        Args:
            x: inputs, (n, inputs).
            y: desired outputs, (n, outputs).
            cancelled: asked every thousand examples.
        """
        network = self._network
        dtype = np.dtype(network.recipe.dtype)
        total, right = 0.0, 0
        for start in range(0, len(x), CHUNK):
            if cancelled():
                return None
            part_x = np.asarray(x[start : start + CHUNK], dtype)
            part_y = np.asarray(y[start : start + CHUNK], dtype)
            work = self._workspace(len(part_x))
            with np.errstate(all="ignore"):
                run(work.plan_forward(part_x) + work.plan_terms(part_y))
                total += float(work.terms.sum(dtype=np.float64))
            right += int(right_answers(work.a[-1], part_y).sum())
        return (total / len(x), right / len(x)) if len(x) else (nan, nan)

    def _workspace(self, rows: int) -> Workspace:
        if rows not in self._workspaces:
            network = self._network
            self._workspaces[rows] = Workspace(
                network.recipe, rows, network.weights, network.biases
            )
        return self._workspaces[rows]
