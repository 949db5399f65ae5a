"""The timeline: any minibatch of a run, forwards and backwards, bit for bit.

A run is a recipe plus a list of changes, so the state at a step is a function of
the step: the timeline keeps keyframes and reaches any step by replaying from
the nearest one before it. When the memory for keyframes is used up, every
other one is dropped and from then on they are kept half as often. Every change
begins a branch; the line that it leaves stays and can be gone back to.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import nan
from typing import Any

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.engine.branch import Branch, free_name
from nnviz.engine.changes import CHANGEABLE, THETA, Change, Value
from nnviz.engine.evaluation import Evaluation
from nnviz.engine.network import Network
from nnviz.engine.phases import Minibatch, Phase, phases_of
from nnviz.engine.plan import Array
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.record import Keyframe, RunRecord
from nnviz.engine.trainer import Trainer

BUDGET = 256 * 2**20
"""Most bytes that keyframes may take."""
STRIDE = 384
"""Steps between two keyframes at first: copying that seldom costs well under 2 % of training."""

GoOn = Callable[[float], bool]
"""Told now and then how much of a long way is done, 0..1; False gives up."""


def _always(_fraction: float) -> bool:
    return True


class Timeline:
    """A run that can be visited at any step, and changed there.

    Attributes:
        trainer: the run where it stands now.
        branches: every branch, parents before their children.
        current: the branch that is visited.
        last_cost: mean cost of the last minibatch before its update; nan at step 0.
        minibatch: the minibatch that is looked at phase by phase, else None.
        phases: how many phases of the next minibatch are done; 0 at the start of one.
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
            budget: most bytes that keyframes may take; at least two are kept all the same.
            stride: steps between two keyframes at first.

        Raises:
            RecipeError: the recipe and the data set do not go together.
        """
        self.trainer = Trainer(recipe, dataset, theta)
        self.last_cost = nan
        self.minibatch: Minibatch | None = None
        self.phases = 0
        first = self.trainer.state()
        self._most = max(2, budget // (first.theta.nbytes + first.slots.nbytes))
        self._stride = stride
        self._first = first
        self.current = Branch(0, None, None, self.trainer.calendar)
        self.current.keyframes.append(Keyframe(first, 0))
        self.branches = [self.current]
        self._redo: list[Branch] = []

    @property
    def network(self) -> Network:
        """The network as it is at the present step."""
        return self.trainer.network

    @property
    def step_now(self) -> int:
        """Minibatches done."""
        return self.trainer.steps

    @property
    def reached(self) -> int:
        """The furthest step that was trained on the current line."""
        return self.current.reached

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes on the current line, in order, those ahead of the present step too."""
        return self.current.changes

    @property
    def phase(self) -> Phase | None:
        """The phase done last, while a minibatch is looked at phase by phase."""
        if self.minibatch is None:
            return None
        return phases_of(self.trainer.recipe)[self.phases - 1]

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
        """Train on one minibatch after another, at most to the end of the epoch.

        Changes of a future that is being trained again are made at their steps.

        Args:
            go_on: asked after every minibatch.
            costs: the minibatches' mean costs are appended to it as they are done.

        Raises:
            DivergedError: as `step`.
        """
        self.leave_phases()
        trainer, branch = self.trainer, self.current
        before, known = trainer.steps, len(costs)
        due = self._next_due()

        def passed() -> bool:
            nonlocal due
            if trainer.steps >= due:
                self._do_due()
                due = self._next_due()
            return go_on()

        try:
            trainer.train(passed, costs)
        finally:  # what was done before a divergence stays done
            if len(costs) > known:
                self.last_cost = costs[-1]
                branch.costs.extend(costs[known + max(0, branch.recorded - before) :])
            branch.reached = max(branch.reached, trainer.steps)

    def goto(self, step: int, go_on: GoOn = _always) -> bool:
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
        return self._travel(self.current, step, go_on)

    def nearest(self, step: int) -> int:
        """Return a step near another one that can be visited at once, on the way trained so far."""
        frame = self.current.keyframe_before(min(step, self.reached)).state.steps
        # One step behind the keyframe, where the last gradient is known as well.
        return min(frame + 1, self.reached) if frame or step else 0

    def _travel(self, branch: Branch, step: int, go_on: GoOn) -> bool:
        """Go to a step of any branch."""
        trainer = self.trainer
        if branch is self.current and step == trainer.steps:
            return True
        before = trainer.state(), trainer.gradient, self.last_cost, self.current
        # One step before at the latest, so that the last gradient is known there as well.
        frame = branch.keyframe_before(max(step - 1, 0))
        on_the_way = branch is self.current and frame.state.steps <= trainer.steps < step
        self.current = branch
        if not on_the_way:
            trainer.restore(frame.state)
            self.last_cost = nan
            self._make_changes(frame.changes)
        start = trainer.steps
        costs: list[float] = []
        while trainer.steps < step:
            if not go_on((trainer.steps - start) / (step - start)):
                trainer.restore(before[0])
                trainer.set_gradient(before[1])
                self.last_cost, self.current = before[2:]
                return False
            end = min(step, trainer.steps + 500)
            self.train(lambda end=end: trainer.steps < end, costs)  # type: ignore[misc]
        return True

    def _make_changes(self, made: int) -> None:
        """Make the changes of the line that belong to this step, after so many were made."""
        for change in self.changes[made:]:
            if change.step == self.trainer.steps:
                self._apply(change)

    def _next_due(self) -> int:
        """Return the next step at which there is something to do besides training."""
        step, branch = self.trainer.steps, self.current
        if step < branch.start:  # where the line was changed it is changed again
            return min(change.step for change in branch.changes if change.step > step)
        frames = branch.keyframes
        due = (frames[-1].state.steps if frames else branch.start) + self._stride
        return max(due, branch.reached + 1)

    def _do_due(self) -> None:
        """Make the changes that belong to the step just reached, or keep its state."""
        if self.trainer.steps <= self.current.start:
            self._make_changes(0)
        else:
            self._keep()

    def _keep(self) -> None:
        """Keep the present state, and make room for it if need be."""
        if sum(len(branch.keyframes) for branch in self.branches) >= self._most:
            for branch in self.branches:
                del branch.keyframes[1::2]
            self._stride *= 2
        if sum(len(branch.keyframes) for branch in self.branches) >= self._most:
            for branch in self.branches[1:]:  # many short branches: they begin in others
                branch.keyframes.clear()
        self.current.keyframes.append(Keyframe(self.trainer.state(), len(self.changes)))

    # -- phases -------------------------------------------------------------------------------

    def next_phase(self) -> None:
        """Do the next phase of the minibatch; the last one is its step.

        Raises:
            DivergedError: as `step`.
        """
        if not self.phases:
            self.minibatch = self.trainer.preview()
        if self.phases + 1 < len(phases_of(self.trainer.recipe)):
            self.phases += 1
            return
        minibatch = self.minibatch
        self.step()
        self.minibatch = minibatch

    def previous_phase(self) -> None:
        """Take the last phase back; at the start of a minibatch that is the one before's update."""
        if self.phases > 1:
            self.phases -= 1
        elif self.phases:
            self.phases, step = 0, self.trainer.steps
            self.minibatch = None
            if step:
                self._travel(self.current, step - 1, _always)
                minibatch = self.trainer.preview()
                self.step()
                self.minibatch = minibatch
        elif self.trainer.steps:
            self._travel(self.current, self.trainer.steps - 1, _always)
            self.minibatch = self.trainer.preview()
            self.phases = len(phases_of(self.trainer.recipe)) - 1

    def leave_phases(self) -> None:
        """Look at no minibatch any more; half-way through one that is its start."""
        self.minibatch, self.phases = None, 0

    # -- changes and branches -----------------------------------------------------------------

    def edit(
        self,
        name: str,
        value: Value,
        indices: int | Sequence[int] = (),
        dataset: Dataset | None = None,
        *,
        merge: bool = False,
    ) -> None:
        """Change something here; a future that was trained stays behind as a branch.

        Args:
            name: a recipe field of `CHANGEABLE`, or "theta" for single parameters.
            value: its new value, or one for each of `indices`.
            indices: which entries of theta, where name is "theta".
            dataset: the data set of that name, where name is "dataset".
            merge: True to make one change of this and the last one, if that changed the same
                thing here and nothing was trained since: so a drag is undone at once.

        Raises:
            RecipeError: there is no such thing to change, or not to this value.
        """
        indices = (indices,) if isinstance(indices, int) else tuple(indices)
        if name == THETA and not isinstance(value, tuple):
            value = (float(value),) * len(indices)
        old, recipe = self._value(name, indices), self.trainer.recipe
        change = Change(self.trainer.steps, name, value, old, indices)
        self.leave_phases()
        self._apply(change, dataset)
        new = self._value(name, indices)
        if new == old and recipe == self.trainer.recipe:
            return
        change = replace(change, value=new)
        if merge and self._merge(change):
            return
        self.current.left_at = self.trainer.steps
        self._forget_undone()
        number = 1 + max(branch.number for branch in self.branches)
        name = free_name(change.name_of_branch(self.trainer.recipe), self.branches)
        parent = self.current.owner(self.trainer.steps)
        branch = Branch(number, parent, change, self.trainer.calendar, name)
        self.branches.append(branch)
        self.current = branch
        self._keep()

    def _merge(self, change: Change) -> bool:
        """Make a change part of the one that began the branch, if it can be."""
        branch, last = self.current, self.current.change
        if last is None or self._redo or branch.reached > branch.start:
            return False
        same = (last.step, last.name, last.indices) == (change.step, change.name, change.indices)
        if not same or any(other.parent is branch for other in self.branches):
            return False
        branch.change = replace(change, old=last.old)
        others = [other for other in self.branches if other is not branch]
        branch.name = free_name(branch.change.name_of_branch(self.trainer.recipe), others)
        branch.calendar = self.trainer.calendar
        branch.evaluations.clear()
        branch.keyframes[:] = [Keyframe(self.trainer.state(), len(self.changes))]
        return True

    def undo(self, go_on: GoOn = _always) -> bool:
        """Take the last change of the line back: go to where it was made, without it.

        Returns:
            True when there; False when there is nothing to take back or it was given up.
        """
        branch, parent = self.current, self.current.parent
        self.leave_phases()
        if parent is None:
            return False
        left_at = self.trainer.steps
        if not self._travel(parent, min(left_at, branch.start), go_on):
            return False
        branch.left_at = left_at
        self._redo.append(branch)
        return True

    def redo(self, go_on: GoOn = _always) -> bool:
        """Make the change again that was taken back last: go to where its line was left."""
        self.leave_phases()
        if not self._redo:
            return False
        left_at = self.trainer.steps
        branch, here = self._redo[-1], self.current
        if not self._travel(branch, branch.left_at, go_on):
            return False
        here.left_at = left_at
        self._redo.pop()
        return True

    @property
    def undoable(self) -> Change | None:
        """The change that `undo` would take back."""
        return self.current.change

    @property
    def redoable(self) -> Change | None:
        """The change that `redo` would make again."""
        return self._redo[-1].change if self._redo else None

    def undone(self, branch: Branch) -> bool:
        """Tell whether a branch is one that was taken back and can be made again."""
        return branch in self._redo

    def take(self, number: int, go_on: GoOn = _always) -> bool:
        """Go back to a branch, to where it was left; tell whether that was done.

        Raises:
            RecipeError: there is no such branch.
        """
        branch, here, left_at = self._branch(number), self.current, self.trainer.steps
        self.leave_phases()
        if branch is here:
            return True
        if not self._travel(branch, branch.left_at, go_on):
            return False
        here.left_at = left_at
        self._forget_undone()
        return True

    def rename(self, number: int, name: str) -> None:
        """Call a branch something else; an empty name changes nothing.

        Raises:
            RecipeError: there is no such branch.
        """
        branch = self._branch(number)
        if name := " ".join(name.split())[:60]:
            branch.name = free_name(name, (b for b in self.branches if b is not branch))

    def drop(self, number: int) -> None:
        """Forget a branch and all that began in it.

        Raises:
            RecipeError: there is no such branch, or the line on screen needs it.
        """
        branch = self._branch(number)
        if branch in self.current.line:
            raise RecipeError(
                f"The branch “{branch.name}” cannot be forgotten, because the one on screen began "
                "in it: go back to another branch first."
            )
        self.branches = [other for other in self.branches if branch not in other.line]
        self._redo = [other for other in self._redo if branch not in other.line]

    def _branch(self, number: int) -> Branch:
        for branch in self.branches:
            if branch.number == number:
                return branch
        raise RecipeError(f"There is no branch number {number}: it was forgotten before.")

    def _forget_undone(self) -> None:
        """Drop changes that were taken back before anything was trained with them."""
        undone, self._redo = self._redo, []
        for branch in undone:
            needed = any(other.parent is branch for other in self.branches)
            if not needed and branch is not self.current and branch.reached == branch.start:
                self.branches.remove(branch)

    def _value(self, name: str, indices: Sequence[int]) -> Value:
        if name == THETA:
            theta = self.network.theta
            if not indices or not all(0 <= index < theta.size for index in indices):
                raise RecipeError(
                    f"This network has {theta.size:,} parameters, numbered from 0: there is none "
                    f"of number {', '.join(map(str, indices)) or 'nothing'}."
                )
            return tuple(float(theta[index]) for index in indices)
        if name not in CHANGEABLE:
            raise RecipeError(
                f"The {name.replace('_', ' ')} cannot change in the middle of a run: start a new "
                "one."
            )
        if name == "learning_rate":  # a schedule may have changed it since
            return self.trainer.eta
        value: Value = getattr(self.trainer.recipe, name)
        return value

    def _apply(self, change: Change, dataset: Dataset | None = None) -> None:
        if change.name == THETA:
            assert isinstance(change.value, tuple)
            values = np.array(change.value, self.network.theta.dtype)
            if len(values) != len(change.indices) or not np.isfinite(values).all():
                raise RecipeError("A parameter needs one finite number: type another.")
            self.network.theta[list(change.indices)] = values
        else:
            assert not isinstance(change.value, tuple)
            self.trainer.change(change.name, change.value, dataset)

    # -- what was measured --------------------------------------------------------------------

    def evaluations(self) -> tuple[Evaluation, ...]:
        """Return the evaluations kept for the current line, in order of step."""
        return self.current.evaluations_of_line()

    def note(self, evaluation: Evaluation) -> None:
        """Keep an evaluation made on the current line."""
        owner = self.current.owner(evaluation.step)
        place = sum(known.step <= evaluation.step for known in owner.evaluations)
        owner.note(evaluation, place)

    # -- keeping it ---------------------------------------------------------------------------

    def record(self, view: Mapping[str, Any], keyframes: int) -> RunRecord:
        """Return the whole run as frozen values.

        Args:
            view: what the window remembers.
            keyframes: about how many keyframes to keep of all there are.
        """
        frames = [frame for branch in self.branches for frame in branch.keyframes]
        kept = frozenset(frames[:: max(1, len(frames) // max(keyframes, 1))])
        return RunRecord(
            recipe=self._first.recipe,
            theta=self._first.theta,
            branches=tuple(branch.record(kept) for branch in self.branches),
            current=self.current.number,
            now=Keyframe(self.trainer.state(), self._made()),
            gradient=self.trainer.gradient,
            last_cost=self.last_cost,
            phases=self.phases,
            redo=tuple(branch.number for branch in self._redo),
            view=dict(view),
        )

    def _made(self) -> int:
        return sum(change.step <= self.trainer.steps for change in self.changes)

    @staticmethod
    def of(record: RunRecord, datasets: Mapping[str, Dataset]) -> "Timeline":
        """Make the run of a record again, exactly where it stood, without replaying it.

        Args:
            record: the run.
            datasets: every data set that it was trained on, by the name it calls it.

        Raises:
            RecipeError: a recipe and a data set do not go together.
            DivergedError: it stood half-way through a minibatch that diverges.
        """
        timeline = Timeline(record.recipe, datasets[record.recipe.dataset], record.theta)
        trainer = timeline.trainer
        for name, dataset in datasets.items():
            trainer.know(name, dataset)
        made: dict[int, Branch] = {}
        for kept in record.branches:
            made[kept.number] = Branch.of(kept, made.get(kept.parent))
        first = timeline.branches[0].keyframes[0]
        timeline.branches = list(made.values())
        timeline.current = made[record.current]
        root = timeline.branches[0]
        root.keyframes = [first, *(frame for frame in root.keyframes if frame.state.steps)]
        timeline._redo = [made[number] for number in record.redo]
        trainer.restore(record.now.state)
        trainer.set_gradient(record.gradient)
        timeline.last_cost = record.last_cost
        if record.phases:
            timeline.minibatch = trainer.preview()
            timeline.phases = min(record.phases, len(phases_of(trainer.recipe)) - 1)
        return timeline

    def verify(self, go_on: GoOn = _always) -> int | None:
        """Replay the current line from step 0 and compare every state kept on it, byte by byte.

        Args:
            go_on: told now and then how much is done, 0..1; False gives up.

        Returns:
            The first step at which a kept state is not what comes out; −1 where all are the
            same; None when given up.

        Raises:
            DivergedError: the replay diverges.
        """
        again = Timeline(self._first.recipe, self.trainer.datasets[self._first.recipe.dataset],
                         self._first.theta, stride=2**62)  # fmt: skip
        for name, dataset in self.trainer.datasets.items():
            again.trainer.know(name, dataset)
        changes, end = self.changes, self.trainer.steps
        frames = [f for f in self.current.keyframes_of_line() if f.state.steps <= end]
        frames.append(Keyframe(self.trainer.state(), self._made()))
        frames.sort(key=lambda frame: (frame.state.steps, frame.changes))
        made = 0
        for frame in frames:
            state = frame.state
            for change in changes[made : frame.changes]:
                if not again.goto(change.step, lambda part: go_on(self._share(again, end))):
                    return None
                again._apply(change)
            made = max(made, frame.changes)
            if not again.goto(state.steps, lambda part: go_on(self._share(again, end))):
                return None
            now = again.trainer.state()
            if now.theta.tobytes() != state.theta.tobytes() or (
                now.slots.tobytes() != state.slots.tobytes()
            ):
                return state.steps
        return -1

    @staticmethod
    def _share(timeline: "Timeline", end: int) -> float:
        return timeline.step_now / max(end, 1)
