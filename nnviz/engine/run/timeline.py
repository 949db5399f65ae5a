"""The timeline: any minibatch of a run, forwards and backwards, bit for bit.

A run is a recipe plus a list of changes, so the state at a step is a function of
the step, and `replayer.py` reaches any of them. Every change begins a branch; the line
that it leaves stays and can be gone back to.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from nnviz.data.dataset import Dataset
from nnviz.engine.changes import THETA, Edit, Value
from nnviz.engine.network import Network
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.run.branch import Branch
from nnviz.engine.run.branch_tree import BranchTree
from nnviz.engine.run.kept_states import KeptStates
from nnviz.engine.run.keyframes import BUDGET, STRIDE
from nnviz.engine.run.making_edits import apply, value_of
from nnviz.engine.run.phase_by_phase import PhaseByPhase
from nnviz.engine.run.record import Keyframe, RunRecord
from nnviz.engine.run.replayer import GoOn, Replayer, always
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.phases import Minibatch, Phase
from nnviz.engine.training.trained_steps import TrainedSteps
from nnviz.engine.training.trainer import Trainer

RECORDED = 64 * 2**20
"""Most bytes of keyframes in a record, one aside: it is written again and again."""


class Timeline:
    """A run that can be visited at any step, and changed there.

    Attributes:
        trainer: the run where it stands now.
        tree: its branches.
        first: the state at step 0, before any change.
    """

    def __init__(
        self,
        recipe: Recipe,
        dataset: Dataset,
        theta: Array | None = None,
        *,
        budget: int = BUDGET,
        stride: int = STRIDE,
    ) -> None:
        """Begin at step 0.

        Args:
            recipe: what to train and how.
            dataset: what to train on.
            theta: parameters to start from instead of the recipe's own, copied.
            budget: most bytes that keyframes may take; a few are kept all the same.
            stride: steps between two keyframes at first.

        Raises:
            RecipeError: the recipe and the data set do not go together.
        """
        self.trainer = Trainer(recipe, dataset, theta)
        self.tree = BranchTree(self.trainer.epoch_layout)
        self._kept = KeptStates(self.trainer, self.tree, budget, stride)
        self.first = self._kept.first
        self._replayer = Replayer(self.trainer, self.tree, self._kept)
        self._phases = PhaseByPhase(self.trainer, self.tree, self._replayer)

    @property
    def network(self) -> Network:
        """The network as it is at the present step."""
        return self.trainer.network

    @property
    def theta(self) -> Array:
        """The parameters at the present step: read-only those of a state kept of it, if any."""
        kept = self._kept.theta()
        return self.trainer.network.theta if kept is None else kept

    @property
    def last_cost(self) -> float:
        """Mean cost of the last minibatch before its update; nan at step 0."""
        return self._replayer.last_cost

    @property
    def branches(self) -> list[Branch]:
        """Every branch, parents before their children."""
        return self.tree.branches

    @property
    def current(self) -> Branch:
        """The branch that is visited."""
        return self.tree.current

    @property
    def step_now(self) -> int:
        """Minibatches done."""
        return self.trainer.steps

    @property
    def reached(self) -> int:
        """The furthest step that was trained on the current line."""
        return self.current.reached

    @property
    def changes(self) -> tuple[Edit, ...]:
        """The changes on the current line, in order, those ahead of the present step too."""
        return self.current.changes

    # -- moving -------------------------------------------------------------------------------

    def step(self) -> float:
        """Train on the next minibatch and return its mean cost before the update.

        Raises:
            DivergedError: the cost or the gradient is not finite; nothing has changed.
        """
        costs: list[float] = []
        self.train(lambda: False, costs)
        return costs[0]

    def train(self, go_on: Callable[[], bool], costs: list[float]) -> None:
        """Train on as `Trainer.train` does, and keep what is done.

        Changes of a future that is being trained again are made at their steps.
        """
        self.leave_phases()
        self._replayer.train(go_on, costs)

    def take_over(self, done: TrainedSteps) -> None:
        """Go on by steps that another process has trained from here, and keep what is done.

        Only where no change of the line is ahead, see `passes_changes`.
        """
        self.leave_phases()
        self._replayer.take_over(done)

    @property
    def passes_changes(self) -> bool:
        """Whether changes of the line lie ahead, which are made again on the way."""
        return self._replayer.passes_changes

    def goto(self, step: int, go_on: GoOn = always) -> bool:
        """Go to a step of the current line, backwards or forwards.

        Args:
            step: minibatches done there.
            go_on: told now and then how much of the way is done, 0..1; False gives up.

        Returns:
            True when there; False when given up, with everything as it was before.

        Raises:
            RecipeError: the step is negative.
            DivergedError: the way forwards diverges; the last finite state stands.
        """
        if step < 0:
            raise RecipeError(f"There is no step {step}: a run begins at step 0.")
        self.leave_phases()
        return self._replayer.goto(self.current, step, go_on)

    def nearest(self, step: int) -> int:
        """Return a step near another one that can be visited at once, on the way trained so far."""
        frame = self.current.keyframe_before(min(step, self.reached)).state.steps
        # One step behind the keyframe, where the last gradient is known as well.
        return min(frame + 1, self.reached) if frame or step else 0

    # -- phases -------------------------------------------------------------------------------

    @property
    def minibatch(self) -> Minibatch | None:
        """The minibatch that is looked at phase by phase, else None."""
        return self._phases.minibatch

    @property
    def phases(self) -> int:
        """How many phases of the next minibatch are done; 0 at the start of one."""
        return self._phases.done

    @property
    def phase(self) -> Phase | None:
        """The phase done last, while a minibatch is looked at phase by phase."""
        return self._phases.phase

    def next_phase(self) -> None:
        """Do the next phase of the minibatch; the last one is its step.

        Raises:
            DivergedError: as `step`.
        """
        self._phases.next()

    def previous_phase(self) -> None:
        """Take the last phase back; at the start of a minibatch that is the one before's update."""
        self._phases.previous()

    def leave_phases(self) -> None:
        """Look at no minibatch any more; half-way through one that is its start."""
        self._phases.leave()

    # -- changes and branches -----------------------------------------------------------------

    def edit(
        self,
        name: str,
        value: Value,
        indices: int | Sequence[int] = (),
        dataset: Dataset | None = None,
        *,
        merge: bool = False,
        with_last: bool = False,
    ) -> None:
        """Change something here; a future that was trained stays behind as a branch.

        Args:
            name: a recipe field of `CHANGEABLE`, or "theta" for single parameters.
            value: its new value, or one for each of `indices`.
            indices: which entries of theta, where name is "theta".
            dataset: the data set of that name, where name is "dataset".
            merge: True to make one change of this and the last one, if that changed the same
                thing here and nothing was trained since: so a drag is undone at once.
            with_last: True where the last change was made here a moment ago, and as one with
                this one: undo takes both back at once.

        Raises:
            RecipeError: there is no such thing to change, or not to this value.
        """
        self.trainer.end_epoch()
        indices = (indices,) if isinstance(indices, int) else tuple(indices)
        if name == THETA and not isinstance(value, tuple):
            value = (float(value),) * len(indices)
        old, recipe = value_of(self.trainer, name, indices), self.trainer.recipe
        change = Edit(self.trainer.steps, name, value, old, indices)
        apply(self.trainer, change, dataset)
        self.leave_phases()
        new = value_of(self.trainer, name, indices)
        if new == old and recipe == self.trainer.recipe:
            return
        change = replace(change, value=new)
        epoch_layout, recipe = self.trainer.epoch_layout, self.trainer.recipe
        if not (merge and self.tree.merge(change, epoch_layout, recipe)):
            self.current.left_at = self.trainer.steps
            self.tree.begin(change, epoch_layout, recipe)
            self.current.with_last = with_last
        self._kept.keep()

    def undo(self, go_on: GoOn = always) -> bool:
        """Take the last change of the line back: go to where it was made, without it.

        What was made as one with it is taken back at once.

        Returns:
            True when there; False when there is nothing to take back or it was given up.
        """
        self.leave_phases()
        taken = self.tree.made_as_one
        if not taken:
            return False
        first = taken[-1]
        assert first.parent is not None
        if not self._leave_for(first.parent, min(self.trainer.steps, first.start), go_on):
            return False
        self.tree.undone += taken
        return True

    def redo(self, go_on: GoOn = always) -> bool:
        """Make the change again that was taken back last: go to where its line was left."""
        self.leave_phases()
        made = self.tree.undone_as_one
        if not made or not self._leave_for(made[-1], made[-1].left_at, go_on):
            return False
        del self.tree.undone[-len(made) :]
        return True

    @property
    def undoable(self) -> Edit | None:
        """The change that `undo` would take back, the last of those made as one."""
        return self.current.change

    @property
    def redoable(self) -> Edit | None:
        """The change that `redo` would make again, the last of those made as one."""
        made = self.tree.undone_as_one
        return made[-1].change if made else None

    def take(self, number: int, go_on: GoOn = always) -> bool:
        """Go back to a branch, to where it was left; tell whether that was done.

        Raises:
            RecipeError: there is no such branch.
        """
        branch = self.tree.find(number)
        self.leave_phases()
        if branch is self.current:
            return True
        if not self._leave_for(branch, branch.left_at, go_on):
            return False
        self.tree.forget_undone()
        return True

    def _leave_for(self, branch: Branch, step: int, go_on: GoOn) -> bool:
        """Go to a step of another branch, and note where this one was left."""
        here, left_at = self.current, self.trainer.steps
        if not self._replayer.goto(branch, step, go_on):
            return False
        here.left_at = left_at
        return True

    # -- what was measured --------------------------------------------------------------------

    def evaluations(self) -> tuple[Evaluation, ...]:
        """Return the evaluations kept for the current line, in order of step."""
        return self.current.evaluations_of_line()

    def note(self, evaluation: Evaluation) -> None:
        """Keep an evaluation made on the current line."""
        self.current.owner(evaluation.step).note(evaluation)

    # -- keeping it ---------------------------------------------------------------------------

    def record(self, view: Mapping[str, Any], keyframes: int) -> RunRecord:
        """Return the whole run as frozen values, with what the window remembers.

        Of all keyframes about so many are kept, of a big net fewer; that of step 0 says no more
        than `theta`, and is left out.
        """
        frames = [frame for frame in self.tree.keyframes if frame.state is not self.first]
        most = max(1, min(keyframes, RECORDED // self.first.theta.nbytes))
        kept = frozenset(frames[:: -max(1, len(frames) // most)])
        return RunRecord(
            recipe=self.first.recipe,
            theta=self.first.theta,
            branches=tuple(branch.record(kept) for branch in self.branches),
            current=self.current.number,
            now=self._kept.present(),
            gradient=self.trainer.gradient,
            last_cost=self.last_cost,
            phases=self.phases,
            redo=tuple(branch.number for branch in self.tree.undone),
            view=dict(view),
        )

    def keyframe(self) -> Keyframe:
        """Return the present state as one that can be replayed from."""
        return self._kept.present()

    @staticmethod
    def of(record: RunRecord, datasets: Mapping[str, Dataset]) -> "Timeline":
        """Make the run of a record again, exactly where it stood, without replaying it.

        Raises:
            RecipeError: a recipe and a data set do not go together.
            DivergedError: it stood half-way through a minibatch that diverges.
        """
        timeline = Timeline(record.recipe, datasets[record.recipe.dataset], record.theta)
        trainer = timeline.trainer
        for name, dataset in datasets.items():
            trainer.add_dataset(name, dataset)
        timeline.tree.restore(record)
        for branch in timeline.branches:
            dataset = datasets[branch.dataset(record.recipe.dataset)]
            branch.evaluations = [one.fitting(dataset) for one in branch.evaluations]
        trainer.restore(record.now.state)
        trainer.set_gradient(record.gradient)
        timeline._replayer.last_cost = record.last_cost
        timeline._phases.restore(record.phases)
        return timeline
