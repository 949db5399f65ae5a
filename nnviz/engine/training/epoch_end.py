"""The end of an epoch: what the schedule and early stopping do then, and what they go by.

It may be owed for a while, as early stopping measures all examples that are held back: whatever
the future depends on waits for it.
"""

from collections.abc import Callable
from math import nan

from nnviz.engine.costs import COSTS
from nnviz.engine.network import Network
from nnviz.engine.training.lr_state import LearningRateState
from nnviz.engine.training.measurement import Evaluator
from nnviz.engine.training.state import State
from nnviz.engine.training.training_data import TrainingData
from nnviz.engine.training.validation import Validation


class EpochEnd:
    """What one run has gathered for the end of the epoch under way, and has of those before.

    Attributes:
        lr_state: the learning rate from epoch to epoch, and what happened on the way.
        cost: summed cost of the epoch's minibatches so far.
        owed: whether the last step has ended an epoch, and what is due then has yet to be done.
    """

    def __init__(self, network: Network, evaluator: Evaluator, data: TrainingData) -> None:
        """Begin the first epoch; the evaluator is that of the network."""
        self._network, self._data = network, data
        self._validation = Validation(network, evaluator, data)
        self.restart(network.recipe.learning_rate)

    def restart(self, eta: float) -> None:
        """Begin the first epoch again, with a learning rate."""
        self.lr_state = LearningRateState(eta)
        self.cost = 0.0
        self.owed = False
        self._validation.forget()

    def restore(self, state: State) -> None:
        """Have what was gathered in a state."""
        self.lr_state.restore(state)
        self.cost = state.epoch_cost
        self.owed = state.owed
        self._validation.forget()

    @property
    def work(self) -> int:
        """What it takes, examples times parameters; 0 where early stopping measures nothing."""
        return self._validation.work

    @property
    def done(self) -> float:
        """How much is done of what is owed, 0..1."""
        return self._validation.done

    def make_up(
        self, steps: int, mistakes: int, at_once: float, cancelled: Callable[[], bool]
    ) -> bool:
        """Do what is owed after so many steps; what was cancelled goes on where it was.

        Args:
            steps: minibatches done.
            mistakes: those of the epoch, where the cost wants them counted.
            at_once: work up to which the buffers for validation are kept afterwards.
            cancelled: asked every tenth of a second at most; True gives up for now.

        Returns:
            True when nothing is owed any more.
        """
        recipe, epoch_layout = self._network.recipe, self._data.epoch_layout
        validation = nan
        if recipe.patience:
            measured = self._validation.cost(at_once, cancelled)
            if measured is None:
                return False
            validation = measured
        self.owed = False
        self._validation.forget()
        mean = self.cost / (steps - epoch_layout.epoch_start(steps - 1))
        self.cost = 0.0
        epoch = epoch_layout.place(steps).epoch
        if COSTS[recipe.cost].counts_mistakes:
            self.lr_state.count_mistakes(recipe, steps, epoch, mistakes)
        self.lr_state.end_epoch(recipe, steps, epoch, mean, validation)
        return True
