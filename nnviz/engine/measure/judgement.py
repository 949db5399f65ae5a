"""A judgement: how much readings of digits by a net deserve trust at one moment of a run."""

from dataclasses import dataclass

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.engine.measure.familiar import familiarity
from nnviz.engine.measure.trust import Trust, judge
from nnviz.engine.network import Network, mark_of
from nnviz.engine.training.examples import held_out
from nnviz.engine.training.scores import classes_read

EXAMPLES = 2000
"""Most examples by which the temperature is chosen."""
_SEED = 20_261_129


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """How much the readings of a net deserve trust.

    Attributes:
        run, step: the moment.
        mark: which net was asked about; see `mark_of`.
        trust: None where examples are no digits, or too few of them.
        examples: how many examples the temperature was chosen by.
        unseen: True where the net never learned from these; else it takes itself for better.
    """

    run: int
    step: int
    mark: int
    trust: Trust | None
    examples: int = 0
    unseen: bool = False


def judgement(network: Network, dataset: Dataset, *, run: int = 0, step: int = 0) -> Judgement:
    """Judge a net by the examples held back for validation, never by test examples.

    Where none are held back it is judged by some that it was trained on. The first judgement
    about a data set takes seconds: see `familiarity`.
    """
    mark, known = mark_of(network.recipe, network.theta), familiarity(dataset)
    if known is None:
        return Judgement(run, step, mark, None)
    rows, unseen = held_out(network.recipe, dataset)
    if len(rows) > EXAMPLES:
        rows = np.sort(np.random.default_rng(_SEED).choice(rows, EXAMPLES, replace=False))
    labels = classes_read(dataset.y_train[rows])
    trust = judge(network, known, dataset.train_inputs[rows], labels)
    return Judgement(run, step, mark, trust, len(rows), unseen)
