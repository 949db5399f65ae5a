"""One run as the worker holds it: a timeline and what is recorded of it for the eye."""

import secrets
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from nnviz.data.dataset import Dataset
from nnviz.data.typed_table import is_typed
from nnviz.engine.big_arrays import copied
from nnviz.engine.changes import Edit, Value, short
from nnviz.engine.network import Network
from nnviz.engine.ops import Array, frozen
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.branch_looks import BranchLooks
from nnviz.engine.run.history import Trail
from nnviz.engine.run.record import RunRecord
from nnviz.engine.run.replayer import GoOn
from nnviz.engine.run.seed_band import SeedTask
from nnviz.engine.run.snapshot import Sample, Snapshot
from nnviz.engine.run.start import left_over, start_recipe, words_left_over
from nnviz.engine.run.summary import RunSummary, summary_of
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.taught import TaughtError, drawing, in_test_set, takes_drawings, with_drawings
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.examples import check, trained_rows
from nnviz.engine.training.trained_steps import TrainedSteps
from nnviz.engine.training.trainer import Trainer
from nnviz.messages.commands import Rank
from nnviz.numbers import integer
from nnviz.runtime.evaluation_thread import Examination, Judging, Sorting
from nnviz.runtime.health_watch import HealthWatch
from nnviz.runtime.looked_at import LookedAt
from nnviz.runtime.measuring import Measuring
from nnviz.runtime.reports import Reports

SAMPLE = 1000
"""Examples that views get to compute something of their own."""


class Run:
    """A timeline with the trail of its parameters, and the example and weights looked at.

    Attributes:
        number: counts the runs of this start of the program.
        key: tells it from every other run that is kept.
        demonstration: True where it is only shown, and never kept.
        continues: the kept file that it went on from, as `KeepsRecentRuns.mark` told, if any.
        stamps: what told of each of its data sets whether it changes on disk, by name.
        given: True where it began with weights that its recipe does not draw.
        example: True where these weights are an example's.
        takes_over: True where it took over weights of the run that was on screen.
        replaced: the run that it took the place of, in words, while undo can bring that back.
        again: the start that undo took back, in words, while redo can make it again.
    """

    def __init__(self, number: int, timeline: Timeline, view: Mapping[str, Any]) -> None:
        """Begin to look at a run; `view` returned the view when it was recorded."""
        self.number, self.timeline = number, timeline
        self.measuring = Measuring(timeline)
        self.looked_at = LookedAt(timeline, view)
        self.reports = Reports()
        self.key = secrets.token_hex(8)
        self.demonstration = False
        self.continues: list[Any] | None = None
        self.stamps: dict[str, object] = {}
        self.given = self.example = self.takes_over = False
        self.replaced = ""
        self.again = ""
        self._begun = timeline.reached
        recipe = timeline.trainer.recipe
        self._trail = Trail(recipe.parameters, recipe.dtype)
        self._looks = BranchLooks()
        self.health = HealthWatch(timeline)
        self._sampled: tuple[Dataset, Array, Sample] | None = None
        self._start: tuple[Dataset, Recipe] | None = None
        self._lay_trail()

    @property
    def trainer(self) -> Trainer:
        """The engine at work."""
        return self.timeline.trainer

    @property
    def worth_keeping(self) -> bool:
        """True where something was trained or changed: what a recipe alone does not bring back."""
        moved = self.timeline.reached > 0 or len(self.timeline.branches) > 1
        return moved and not self.demonstration

    @property
    def made_by_hand(self) -> bool:
        """True where it began with weights or with a table that somebody gave it."""
        return self.given or is_typed(self.trainer.recipe.dataset)

    @property
    def moved_on(self) -> bool:
        """True once more was trained than when it began or was opened."""
        return self.timeline.reached > self._begun

    def stays(self) -> None:
        """Count what is trained from now on as moving on."""
        self._begun = self.timeline.reached

    def title(self) -> str:
        """Return what to call the run in a sentence."""
        words = self.words()
        return f"{short(words['data'])}, step {integer(words['step'])}"

    def words(self) -> dict[str, Any]:
        """Return what people know the run by, as plain values."""
        return self.summary().words()

    def summary(self) -> RunSummary:
        """Return what was tried, and what came of it up to here."""
        trainer = self.trainer
        past = [known for known in self.timeline.evaluations() if known.step <= trainer.steps]
        known = self.measuring.measure or (past[-1] if past else None)
        targets = trainer.dataset.targets
        return summary_of(trainer.recipe, trainer.steps, trainer.epoch, past, known, targets)

    def view(self) -> dict[str, Any]:
        """Return what is looked at and what the run is known by, as plain values."""
        return {
            **self.looked_at.view(),
            "key": self.key,
            "continues": self.continues,
            "words": self.words(),
        }

    # -- moving --------------------------------------------------------------------------------

    def train(self, go_on: Callable[[], bool]) -> bool:
        """Train minibatch by minibatch while `go_on()` says so, at least one.

        Returns:
            True when an epoch was completed, which also ends the call.
        """
        trainer, trail, timeline = self.trainer, self._trail, self.timeline

        def more() -> bool:
            if trainer.steps >= trail.next_step:
                trail.record(trainer.steps, timeline.theta)
            return go_on()

        before = trainer.steps
        timeline.train(more, [])
        return trainer.steps > before and self._between_epochs

    def take_over(self, done: TrainedSteps) -> bool:
        """Go on by steps that another process has trained from here; tell as `train` does."""
        self.timeline.take_over(done)
        if self.trainer.steps >= self._trail.next_step:
            self._trail.record(self.trainer.steps, self.timeline.theta)
        return self._between_epochs

    @property
    def _between_epochs(self) -> bool:
        return self.trainer.epoch_layout.place(self.trainer.steps).start == 0

    def goto(self, step: int, go_on: GoOn) -> bool:
        """Go to any step trained so far, at most the furthest; tell whether it is there."""
        return self.timeline.goto(min(max(step, 0), self.timeline.reached), go_on)

    def edit(
        self, name: str, value: Value, indices: tuple[int, ...], *, merge: bool = False
    ) -> None:
        """Change something here; see `Timeline.edit`."""
        self.timeline.edit(name, value, indices, merge=merge)
        self._changed()

    def train_on(
        self, name: str, dataset: Dataset, others: Sequence[tuple[str, Value]] = ()
    ) -> str:
        """Go on with another data set from here, and with other values of other fields.

        What of the recipe it cannot take is reset first; undo takes all of it back at once.

        Returns:
            What was reset and why, in words; empty for nothing.

        Raises:
            RecipeError: the network or its recipe cannot do with these examples; nothing has
                changed.
        """
        recipe = self.trainer.recipe
        without = left_over(recipe, dataset)
        changed: dict[str, Any] = {"dataset": name, **without, **dict(others)}
        check(replace(recipe, **changed), dataset)
        self._edit_as_one((*without.items(), ("dataset", name), *others), dataset)
        return words_left_over(without, recipe, dataset)

    def edit_as_one(self, changes: Sequence[tuple[str, Value]]) -> None:
        """Change several fields of the recipe here, which undo takes back at once."""
        self._edit_as_one(changes)

    def _edit_as_one(
        self, changes: Sequence[tuple[str, Value]], dataset: Dataset | None = None
    ) -> None:
        before = self.timeline.current
        for name, value in changes:
            follows = self.timeline.current is not before
            with_it = dataset if name == "dataset" else None
            self.timeline.edit(name, value, (), with_it, with_last=follows)
        self._changed()

    def _changed(self) -> None:
        """Forget what was noted of a future that is no more, and of a start taken back."""
        self._trail.cut(self.trainer.steps)
        self.again = ""  # after another change there is nothing to make again
        self.reports.forget(self.timeline.current.number, self.trainer.steps)
        self.looked_at.fit()

    def teach(self, drawings: Sequence[tuple[int, Array]]) -> None:
        """Let drawings join the training data from here on, as one change.

        Args:
            drawings: the digit that each is, and its picture, (28, 28) of 0..1, as a network
                sees it.

        Raises:
            RecipeError: the data set in use has other examples than such digits.
            TaughtError: there is nothing drawn, it is known already, it is a test example, or
                there are too many.
        """
        dataset, new = self.trainer.dataset, [drawing(label, image) for label, image in drawings]
        if takes_drawings(dataset) and in_test_set(new, dataset):
            raise TaughtError(
                "This very picture is among the test examples, which are never trained on: draw "
                "it by hand, and it can be taught."
            )
        self.edit("taught", with_drawings(self.trainer.recipe.taught, new), ())

    def switch_branch(self, go: Callable[[], bool]) -> bool:
        """Do what leads to another branch, and lay its trail; tell whether that was done."""
        before = self.timeline.current
        done = go()
        if self.timeline.current is not before:
            self._lay_trail()
            self.looked_at.fit()
        return done

    def _lay_trail(self) -> None:
        """Lay the trail of the line anew, of what is kept of it."""
        self._trail.clear()
        for frame in self.timeline.current.keyframes_of_line():
            self._trail.record(frame.state.steps, frame.state.theta)

    # -- what is shown -----------------------------------------------------------------------

    def snapshot(
        self,
        *,
        playing: bool,
        minibatches_per_second: float,
        worked: float = 0.0,
        own_process: bool = False,
    ) -> Snapshot:
        """Freeze this moment; see `Snapshot` for what the run does not know by itself."""
        trainer, timeline = self.trainer, self.timeline
        dataset, recipe = trainer.dataset, trainer.recipe
        theta = timeline.theta  # what is kept of this step anyway is not copied again
        if theta.flags.writeable:
            theta = frozen(copied(theta))
        walk = self.looked_at.walk
        curve, evaluations = timeline.current.curve(), timeline.evaluations()
        past = bisect_right(evaluations, trainer.steps, key=lambda known: known.step)
        so_far, measure = evaluations[:past], self.measuring.measure
        if measure is not None and measure not in so_far[-1:]:
            so_far = (*so_far, measure)
            if trainer.steps >= timeline.reached:
                evaluations = so_far
        return Snapshot(
            run=self.number,
            recipe=recipe,
            step=trainer.steps,
            epoch=trainer.epoch,
            minibatches_per_epoch=trainer.minibatches_per_epoch,
            playing=playing,
            minibatches_per_second=minibatches_per_second,
            theta=theta,
            gradient=frozen(trainer.gradient),
            minibatch_cost=timeline.last_cost,
            focus=self.looked_at.focus_now(),
            curve=curve.until(trainer.steps),
            evaluations=so_far,
            best_validation=trainer.epoch_end.lr_state.best_validation,
            waited=trainer.epoch_end.lr_state.waited,
            changed=measure is None and _last_step(so_far) == trainer.steps,
            class_names=dataset.class_names,
            image_shape=dataset.image_shape,
            description=dataset.description,
            watched=self.looked_at.watched,
            findings=self.health.look(playing=playing),
            edits=trainer.edits,
            reached=timeline.reached,
            epoch_layout=timeline.current.epoch_layout,
            changes=timeline.changes,
            branches=self._looks.of(timeline, curve, evaluations),
            undo=_words(timeline.undoable, trainer) or self.replaced,
            redo=_words(timeline.redoable, trainer) or self.again,
            minibatch=timeline.minibatch if walk is None else walk.minibatch,
            phase=timeline.phase if walk is None else walk.phase,
            reports=self.reports.of_line(timeline.current),
            sample=self._sample(),
            trail=self._trail.points_to(trainer.steps),
            usual=self._usual(),
            parts=dataset.parts.names,
            worked=worked,
            own_process=own_process,
            missing=dataset.missing,
            demonstration=self.demonstration,
        )

    def _usual(self) -> Recipe:
        """Return what a run on the data set in force starts with."""
        dataset, name = self.trainer.dataset, self.trainer.recipe.dataset
        if self._start is None or self._start[0] is not dataset:
            self._start = dataset, replace(start_recipe(dataset), dataset=name)
        return self._start[1]

    def _sample(self) -> Sample:
        dataset, y_train = self.trainer.dataset, self.trainer.y_train
        known = self._sampled
        if known is None or known[0] is not dataset or known[1] is not y_train:
            points, trained = dataset.test_points, self._trained_points()
            examples = Sample(
                dataset.x_test[:SAMPLE],
                dataset.y_test[:SAMPLE],
                dataset.train_inputs[:SAMPLE],
                None if points is None else points[:SAMPLE],
                trained,
                None if trained is None else y_train[:SAMPLE],
            )
            self._sampled = known = dataset, y_train, examples
        return known[2]

    def _trained_points(self) -> Array | None:
        """Return where training examples lie that are trained on; None where they do not."""
        dataset, recipe = self.trainer.dataset, self.trainer.recipe
        points = dataset.train_points
        if points is None and dataset.inputs > 2:
            return None
        rows = trained_rows(recipe, dataset)[:SAMPLE]
        return dataset.x_train[rows] if points is None else points[rows]

    def sorting(self, asked: Rank) -> Sorting:
        """Return the network of this moment, to sort test examples by their cost."""
        now = self.judging()
        return Sorting(now.network, now.dataset, now.run, now.step, asked)

    def examination(self) -> Examination:
        """Return the network of this moment, to look at the whole test set, and at noise."""
        judging, version = self.judging(), self.reports.version
        owner = self.timeline.current.owner(judging.step).number
        return Examination(
            judging.network,
            judging.dataset,
            judging.run,
            judging.step,
            lambda found: self.reports.keep(owner, found, version),
        )

    def judging(self) -> Judging:
        """Return the network of this moment, to tell how much its readings deserve trust."""
        trainer = self.trainer
        network = Network(trainer.recipe, copied(trainer.network.theta))
        return Judging(network, trainer.dataset, self.number, trainer.steps)

    def seeds(self) -> SeedTask:
        """Return the recipe of now with the data it needs, to train it with other seeds.

        As far as this run went, and an epoch at least.
        """
        trainer = self.trainer
        return SeedTask(
            trainer.recipe, trainer.dataset, self.number, max(1, round(self.epoch_reached))
        )

    @property
    def epoch_reached(self) -> float:
        """Epochs done at the furthest step."""
        return float(self.trainer.epoch_layout.epochs(self.timeline.reached))

    def record(self, view: Mapping[str, Any], keyframes: int) -> RunRecord:
        """Return the whole run as frozen values, with about so many keyframes of all there are."""
        return self.timeline.record({**view, **self.view()}, keyframes)


def _last_step(evaluations: Sequence[Evaluation]) -> int:
    return evaluations[-1].step if evaluations else -1


def _words(change: Edit | None, trainer: Trainer) -> str:
    return "" if change is None else change.words(trainer.recipe, trainer.named_inputs)
