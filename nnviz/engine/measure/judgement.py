"""A judgement: how much readings of digits by a net deserve trust at one moment of a run.

The temperature is chosen by examples held back; what that is worth is told by the test examples.
"""

from math import nan

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.dataclass import dataclass
from nnviz.engine.measure.familiar import familiarity, known_in_test_set
from nnviz.engine.measure.reject_curve import RejectCurve, reject_curve
from nnviz.engine.measure.report import calibration_of, confidence_of
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
        rejecting: how many test examples are read right of those that deserve a trust; None
            likewise.
        error: the calibration error on the test set by the largest output, and by trust.
    """

    run: int
    step: int
    mark: int
    trust: Trust | None
    examples: int = 0
    unseen: bool = False
    rejecting: RejectCurve | None = None
    error: tuple[float, float] = (nan, nan)


def judgement(network: Network, dataset: Dataset, *, run: int = 0, step: int = 0) -> Judgement:
    """Judge a net by the examples held back for validation, and look what the test set says to it.

    Where none are held back it is judged by some that it was trained on. The first judgement
    about a data set takes seconds: see `familiarity`.
    """
    mark = mark_of(network.recipe, network.theta)
    known = familiarity(dataset, network.between)
    if known is None:
        return Judgement(run, step, mark, None)
    rows, unseen = held_out(network.recipe, dataset)
    if len(rows) > EXAMPLES:
        rows = np.sort(np.random.default_rng(_SEED).choice(rows, EXAMPLES, replace=False))
    labels = classes_read(dataset.y_train[rows])
    trust = judge(network, known, dataset.train_inputs[rows], labels)
    a = network.predict(dataset.x_test)
    right, sure = classes_read(a) == classes_read(dataset.y_test), trust.sureness(a)
    curve = reject_curve(np.where(known_in_test_set(dataset), sure, 0.0), right)
    before, after = (calibration_of(one, right).error for one in (confidence_of(a), sure))
    return Judgement(run, step, mark, trust, len(rows), unseen, curve, (before, after))
