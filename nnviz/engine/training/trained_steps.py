"""Trained steps: minibatches that another process has trained from a state on, and where they led.

What that process computes is what this one would have computed, bit for bit, so taking its steps
over is the same as training them.
"""

from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array
from nnviz.engine.training.evaluation import Evaluation


@dataclass(frozen=True, slots=True, eq=False)
class TrainedSteps:
    """Some minibatches of one epoch, one after another.

    Attributes:
        before, steps: minibatches done before the first of them, and after the last.
        eta: the learning rate of all of them.
        costs: the mean cost of each before its update, (steps − before,) float64.
        theta: the parameters after the last one, (parameters,).
        slots: what the optimiser remembers then, (slots, parameters).
        gradient: of the last one's cost, L1 and L2 included, (parameters,).
        epoch_cost: summed cost of the epoch's minibatches so far.
        mistakes: examples answered wrongly in the epoch so far, where the cost wants that counted.
        evaluation: how good the network is after the last one, or was at the end of the epoch
            before, where figures of that are done; its step says which.
    """

    before: int
    steps: int
    eta: float
    costs: Array
    theta: Array
    slots: Array
    gradient: Array
    epoch_cost: float
    mistakes: int
    evaluation: Evaluation | None = None
