"""The validation at the end of an epoch: cost over examples held back, for early stopping."""

from collections.abc import Callable

from nnviz.data.greys import Greys
from nnviz.engine.network import CHUNK, Network
from nnviz.engine.ops import Array
from nnviz.engine.training.measurement import Evaluator, SetMeasurement
from nnviz.engine.training.training_data import TrainingData


class Validation:
    """Measures the network of one run on what is held back, bit by bit."""

    def __init__(self, network: Network, evaluator: Evaluator, data: TrainingData) -> None:
        """Begin with nothing measured; the evaluator is that of the network."""
        self._network, self._evaluator, self._data = network, evaluator, data
        self._measuring: SetMeasurement | None = None

    @property
    def examples(self) -> tuple[Array | Greys, Array]:
        """Inputs and desired outputs that are held back."""
        return self._data.examples.x_validation, self._data.examples.y_validation

    @property
    def work(self) -> int:
        """What it takes, examples times parameters: nothing where early stopping does not ask."""
        recipe = self._network.recipe
        return len(self.examples[1]) * recipe.parameters if recipe.patience else 0

    @property
    def done(self) -> float:
        """How much is done of what was cancelled, 0..1."""
        measuring = self._measuring
        return measuring.done / max(1, measuring.examples) if measuring else 0.0

    def forget(self) -> None:
        """Begin anew with the next: the network is another."""
        self._measuring = None

    def cost(self, at_once: float, cancelled: Callable[[], bool]) -> float | None:
        """Return the cost now; None when cancelled: it goes on where it was.

        Args:
            at_once: work up to which the buffers for so many examples are kept afterwards.
            cancelled: asked every tenth of a second at most.
        """
        if self._measuring is None:
            # Those of a big net are let go of.
            fits = self.work <= at_once
            evaluator = self._evaluator if fits else Evaluator(self._network)
            # Always cut alike: training hangs on this figure, to the last bit.
            self._measuring = SetMeasurement(
                evaluator, *self.examples, self._data.dataset, at_once=CHUNK
            )
        measured = self._measuring.go_on(cancelled)
        return None if measured is None else measured.cost
