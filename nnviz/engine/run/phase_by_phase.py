"""A minibatch phase by phase, forwards and backwards: its last phase is its step."""

from collections.abc import Sequence

from nnviz.engine.run.branch_tree import BranchTree
from nnviz.engine.run.replayer import Replayer
from nnviz.engine.training.phases import Minibatch, Phase, phases_of
from nnviz.engine.training.trainer import Trainer


class PhaseByPhase:
    """The minibatch that is looked at phase by phase, if any.

    Attributes:
        minibatch: that minibatch, the last one where its step has just been done; else None.
        done: how many phases of the next minibatch are done; 0 at the start of one.
    """

    def __init__(self, trainer: Trainer, tree: BranchTree, replayer: Replayer) -> None:
        """Look at none yet."""
        self._trainer, self._tree, self._replayer = trainer, tree, replayer
        self.minibatch: Minibatch | None = None
        self.done = 0

    @property
    def _phases(self) -> Sequence[Phase]:
        return phases_of(self._trainer.recipe)

    @property
    def phase(self) -> Phase | None:
        """The phase done last, while a minibatch is looked at phase by phase."""
        return None if self.minibatch is None else self._phases[self.done - 1]

    def leave(self) -> None:
        """Look at no minibatch any more; half-way through one that is its start."""
        self.minibatch, self.done = None, 0

    def restore(self, done: int) -> None:
        """Look at the next minibatch with so many of its phases done.

        Raises:
            DivergedError: its cost or its gradient is not finite.
        """
        if done:
            self.minibatch = self._trainer.preview()
            self.done = min(done, len(self._phases) - 1)

    def next(self) -> None:
        """Do the next phase of the minibatch; the last one is its step.

        Raises:
            DivergedError: as `restore`.
        """
        if not self.done:
            self.minibatch = self._trainer.preview()
        if self.done + 1 < len(self._phases):
            self.done += 1
        else:
            self._step(self.minibatch)

    def previous(self) -> None:
        """Take the last phase back; at the start of a minibatch that is the one before's update."""
        if self.done > 1:
            self.done -= 1
            return
        half_way, step = bool(self.done), self._trainer.steps
        self.leave()
        if not step:
            return
        self._replayer.goto(self._tree.current, step - 1)
        minibatch = self._trainer.preview()
        if half_way:
            self._step(minibatch)
        else:
            self.minibatch, self.done = minibatch, len(self._phases) - 1

    def _step(self, minibatch: Minibatch | None) -> None:
        """Take the step, and go on looking at what it did."""
        self.leave()
        self._replayer.train(lambda: False, [])
        self.minibatch = minibatch
