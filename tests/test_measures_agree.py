"""One truth: at rest every panel shows the figures of this very moment, whatever was done before.

A monkey plays, pauses, steps, goes back, edits, looks at examples and asks for reports, on the
real worker with the real views. Now and then it lets the run come to rest; then the status line,
the legend of the cost curves, the evaluation, This example, the examples and the branches must
say what a fresh network says of the same parameters, to the last digit shown.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset, one_hot
from nnviz.data.description import Column
from nnviz.engine import Recipe, Trainer
from nnviz.engine.measure.measured import cost_text, score_text, short_text
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report
from nnviz.messages import commands
from nnviz.messages.command import RunCommand
from nnviz.messages.events import Failure
from nnviz.numbers import integer, percent, read_number, write
from nnviz.runtime.autosave_thread import AutosaveThread
from nnviz.runtime.landscape_thread import LandscapeThread
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.worker import Worker
from nnviz.views.branches.picture import as_of, result_of
from nnviz.views.branches.view import BranchesView
from nnviz.views.cost.view import CostView
from nnviz.views.evaluation import view as evaluation_asking
from nnviz.views.evaluation.view import EvaluationView
from nnviz.views.examples import view as examples_view
from nnviz.views.examples.view import ExamplesView
from nnviz.views.minibatch.view import MinibatchView
from nnviz.window.drawing_budget import Spent
from nnviz.window.redraw_scheduler import RedrawScheduler
from nnviz.window.status import GAP, StatusLine

ACTIONS = 60
"""Actions of the monkey on each recipe."""
MANY_ACTIONS = 2_000
"""Actions of the monkey on each recipe in the long run."""
MOST_AT_ONCE = 24
"""Most actions between two moments at which the run is left alone."""


# -- data of every kind ---------------------------------------------------------------------------


def classes(name: str, seed: int, shape=None, inputs=5) -> Dataset:
    draw = np.random.default_rng(seed)
    labels = draw.integers(0, 3, 90)
    x = np.clip(0.4 * draw.random((90, inputs)) + 0.2 * labels[:, np.newaxis], 0, 1)
    y = one_hot(labels, 3)
    x = x.astype(np.float32)
    names = ("ash", "beech", "oak")
    return Dataset(name, x[:60], y[:60], x[60:], y[60:], names, image_shape=shape)


def lengths(name: str, seed: int) -> Dataset:
    draw = np.random.default_rng(seed)
    x = draw.normal(size=(80, 3)).astype(np.float32)
    y = (x @ draw.normal(size=(3, 1)) + 0.1 * draw.normal(size=(80, 1))).astype(np.float32)
    target = Column("length", "cm", 41.5, 12.25)
    return Dataset(name, x[:55], y[:55], x[55:], y[55:], targets=(target,))


DATA = {
    "and": load_dataset("and"),
    "or": load_dataset("or"),
    "trees": classes("trees", 1),
    "other trees": classes("other trees", 2),
    "lengths": lengths("lengths", 3),
    "other lengths": lengths("other lengths", 4),
    "pictures": classes("pictures", 5, (4, 4), 16),
    "other pictures": classes("other pictures", 6, (4, 4), 16),
}
RECIPES = (
    Recipe(dataset="and", layers=(2, 1), cost="sum_of_squares", batch_size=4, learning_rate=5.0),
    Recipe(dataset="trees", layers=(5, 4, 3), batch_size=7, validation_size=12, patience=4),
    Recipe(dataset="lengths", layers=(3, 4, 1), output_activation="linear", learning_rate=0.05,
           validation_size=10, batch_size=5),
    Recipe(dataset="pictures", layers=(16, 5, 3), batch_size=10, shift=1.0, learning_rate=1.0),
)  # fmt: skip


# -- the worker and the views ---------------------------------------------------------------------


class Desk:
    """The real worker, and every view that shows how good a network is, in one window."""

    def __init__(self, qtbot) -> None:
        self.mailbox = Mailbox()
        self.landscape_thread = LandscapeThread(self.mailbox)
        self.autosave_thread = AutosaveThread(lambda *_args, **_more: None, self.mailbox)
        self.worker = Worker(
            lambda name, _progress: DATA[name], lambda *_: None, self.mailbox,
            self.landscape_thread,
            self.autosave_thread,
        )  # fmt: skip
        self.autosave_thread.start()
        self.worker.start()
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.status, self.cost, self.example = StatusLine(), CostView(), MinibatchView()
        self.evaluation, self.examples = EvaluationView(), ExamplesView()
        self.branches = BranchesView()
        self.views = {
            "status": self.status, "cost": self.cost, "minibatch": self.example,
            "branches": self.branches, "evaluation": self.evaluation, "examples": self.examples,
        }  # fmt: skip
        row = QHBoxLayout(self.window)
        for view in self.views.values():
            view.setFixedSize(900 if view is self.cost else 300, 170)
            row.addWidget(view)
        self.ranks = 0  # asked for and not answered yet
        self.evaluation.wanted.connect(self.send)
        self.examples.wanted.connect(self.send)
        figures = ("status", "cost", "minibatch", "branches")
        self.turns = RedrawScheduler(dict.fromkeys(self.views, 5.0), figures)
        self.snapshot, self.failures = None, []
        self.frame = 0
        self.window.show()
        qtbot.waitExposed(self.window)

    def send(self, message: RunCommand) -> None:
        """Send a message to the worker."""
        self.ranks += isinstance(message, commands.Rank)
        self.worker.send(message)

    def look(self) -> None:
        """Do what the bridge and the window do once a frame."""
        while (event := self.mailbox.take_event()) is not None:
            if isinstance(event, Report):
                self.evaluation.show_report(event)
            elif isinstance(event, Ranking):
                self.ranks -= 1
                self.examples.show_ranking(event)
            elif isinstance(event, Failure):
                self.failures.append(event)
        if (snapshot := self.mailbox.take_snapshot()) is not None:
            self.snapshot = snapshot
            self.frame += 1
            turn = self.turns.due if snapshot.playing else self.turns.draw_all
            for name in turn(self.frame / 15, Spent(), list(self.views)):
                self.views[name].show_snapshot(snapshot)
        QCoreApplication.processEvents()

    def wait(self, until, what: str) -> None:
        """Look, as a display does, until something is so."""
        end = perf_counter() + 60
        while not until():
            assert perf_counter() < end, f"never came: {what}; {self.state()}"
            self.look()
            if self.mailbox.empty:
                QTest.qWait(1)  # the other threads need the processor too

    def state(self) -> str:
        """What is known of what is waited for."""
        moment, report = self.snapshot, self.evaluation.report
        kept = [one.step for one in moment.reports]
        shown = (report.run, report.step) if report is not None else None
        return (
            f"run {moment.run} step {moment.step}, reports kept {kept}, shown {shown}, "
            f"{self.ranks} rankings open"
        )

    def stop(self) -> None:
        assert self.worker.stop()
        assert self.landscape_thread.stop()
        assert self.autosave_thread.stop()


@pytest.fixture
def desk(qtbot, monkeypatch) -> Iterator[Desk]:
    # How long a view waits before it asks is no matter here: it asks at once.
    for module in (evaluation_asking, examples_view):
        for name in ("PLAYING", "RESTING"):
            monkeypatch.setattr(module, name, 0.0)
    desk = Desk(qtbot)
    yield desk
    desk.stop()


# -- the monkey -----------------------------------------------------------------------------------


class Monkey:
    """Sends messages as a person's hands do, at random."""

    def __init__(self, desk: Desk, recipe: Recipe, seed: int) -> None:
        self.desk, self.recipe, self.dice = desk, recipe, random.Random(seed)
        self.done: list[RunCommand] = []
        self.marks = 0

    def act(self) -> None:
        """Do one thing."""
        message = self._any()
        self.done.append(message)
        self.desk.send(message)
        if self.dice.random() < 0.3:  # hands are sometimes faster than frames
            self.desk.look()

    def _any(self) -> RunCommand:
        dice, snapshot = self.dice, self.desk.snapshot
        kind = dice.choices(
            ("play", "pause", "step", "epoch", "back", "epoch back", "goto", "phase", "phase back",
             "rate", "batch", "weight", "data", "focus", "examine", "rank", "every", "undo",
             "redo", "branch", "start"),
            (6, 4, 10, 5, 8, 3, 8, 6, 4, 3, 2, 6, 3, 8, 5, 5, 2, 4, 3, 2, 1),
        )[0]  # fmt: skip
        match kind:
            case "play":
                return commands.Play()
            case "pause":
                return commands.Pause()
            case "step":
                return commands.StepMinibatch()
            case "epoch":
                return commands.StepEpoch()
            case "back" | "epoch back":
                return commands.StepBack(epoch=kind == "epoch back")
            case "goto":
                return commands.GoTo(dice.randint(0, snapshot.reached), rough=dice.random() < 0.3)
            case "phase" | "phase back":
                return commands.StepPhase(back=kind == "phase back")
            case "rate":
                return commands.MakeEdit("learning_rate", self.recipe.learning_rate * dice.random())
            case "batch":
                return commands.MakeEdit("batch_size", dice.choice((3, 4, 10)))
            case "weight":
                place = dice.randrange(self.recipe.parameters)
                dragging = dice.random() < 0.5
                return commands.MakeEdit("theta", (dice.uniform(-2, 2),), (place,), dragging)
            case "data":
                other = {"and": "or"}.get(self.recipe.dataset, f"other {self.recipe.dataset}")
                return commands.MakeEdit("dataset", dice.choice((self.recipe.dataset, other)))
            case "focus":
                return commands.FocusOn(dice.randrange(100))
            case "examine":
                return commands.MakeReport()
            case "rank":
                return commands.Rank()
            case "every":
                return commands.ReportEvery(dice.random() < 0.5, dice.choice((0, 50)))
            case "undo":
                return commands.Undo()
            case "redo":
                return commands.Redo()
            case "branch":
                return commands.TakeBranch(dice.choice(snapshot.branches).number)
            case _:
                return commands.Start(replace(self.recipe, seed=dice.randrange(9)))

    def rest(self) -> None:
        """Let the run come to rest, and everything that is asked about it be answered."""
        desk = self.desk
        desk.window.setUpdatesEnabled(False)  # what is painted on the way is no matter here
        desk.send(commands.Pause())
        self.marks += 1
        mark = (0, 1) if self.marks % 2 else (1, 0)
        desk.send(commands.TrackParameters(*mark))  # behind everything that was sent before
        desk.wait(
            lambda: desk.snapshot.watched == mark and not desk.snapshot.playing,
            "the moment at which it rests",
        )
        desk.wait(
            lambda: desk.snapshot.measured is not None and desk.snapshot.measured.now,
            "a measure of this moment",
        )
        desk.wait(self._answered, "answers to what the views asked")
        desk.window.setUpdatesEnabled(True)

    def _answered(self) -> bool:
        moment, report = self.desk.snapshot, self.desk.evaluation.report
        here = report is not None and (report.run, report.step, report.mark) == (
            moment.run, moment.step, moment.mark,
        )  # fmt: skip
        return here and not self._asking() and not self.desk.ranks

    def _asking(self) -> bool:
        views = (self.desk.evaluation, self.desk.examples)
        return any(view._asking._timer.isActive() for view in views) or bool(
            self.desk.mailbox._events or self.desk.mailbox._snapshots
        )


# -- what must be true ----------------------------------------------------------------------------


def check(desk: Desk) -> None:
    """Compare what every panel says with a fresh look at the same parameters."""
    moment = desk.snapshot
    dataset, network = DATA[moment.recipe.dataset], moment.network()
    x, y = dataset.x_test, dataset.y_test
    cost = cost_text(network.cost(x, y))
    fresh = Trainer(moment.recipe, dataset, moment.theta).evaluate()
    targets = dataset.description.targets
    a = network.predict(x).astype(float)
    if dataset.classes:
        read = a.argmax(axis=1) if a.shape[1] > 1 else a[:, 0] >= 0.5
        wanted = y.argmax(axis=1) if a.shape[1] > 1 else y[:, 0] >= 0.5
        score = f"accuracy {percent(float((read == wanted).mean()))}"
    else:
        off = (a - y) * targets[0].scale
        spread = (y.astype(float) - y.astype(float).mean()) * targets[0].scale
        r2 = 1 - (off**2).sum() / (spread**2).sum()
        rmse = float(np.sqrt((off**2).mean()))
        score = f"RMSE {write(rmse)}\u00a0cm · R² {write(float(r2), 3)}"
    assert score_text(fresh.test, targets) == score

    desk.status.repaint()
    said = desk.status.text.split(GAP)
    assert f"test cost {cost}" in said
    assert any(part == f"test {score}" for part in said), said
    assert "as of" not in desk.status.text

    legend = desk.cost.legend.text()
    if len(moment.curve.mean):
        assert f"test {short_text(fresh.test, targets)}" in legend or f"test {score}" in legend
        train = (score_text(fresh.train, targets), short_text(fresh.train, targets))
        assert any(f"train {words}" in legend for words in train), legend
        assert "as of" not in legend

    desk.evaluation.grab()
    pane = desk.evaluation.board.headline
    figure = score.removeprefix("accuracy ")
    assert pane.said[0] == figure
    assert integer(moment.step) in " ".join(pane.said[1:])

    ranking = desk.examples.shown.ranking
    costs = np.sort(network.cost_terms(x, y).sum(axis=1, dtype=np.float64))[::-1]
    assert ranking.cost == pytest.approx(costs)
    if dataset.classes:
        assert ranking.misread == int((read != wanted).sum())

    if moment.minibatch is None:
        focus, costs_said = moment.focus, desk.example.sheet.picture.costs
        own = network.cost(x[[focus.index]], y[[focus.index]])
        assert value(costs_said[0][1]) == pytest.approx(own, rel=0.006, abs=6e-6)
        assert costs_said[1] == (f"test mean, step {integer(moment.step)}", cost)

    current = next((look for look in moment.branches if look.current), None)
    if current is not None and moment.step == current.reached:
        assert result_of(current, targets) == short_text(fresh.test, targets)
        assert not as_of(current)


def value(text: str) -> float:
    return read_number(text)


def agree_on_the_way(desk: Desk) -> None:
    """While it plays the figures may be older, but every panel has the same, and says so."""
    last = desk.snapshot.measured
    if last is None:
        return
    if desk.snapshot.playing and len(desk.snapshot.curve.mean) and not last.now:
        if desk.cost.legend.isHidden():  # nothing is drawn yet of a run that has just begun
            return
        status, legend = desk.status.text, desk.cost.legend.text()
        when = re.search("as of step [0-9\u202f]+", status)
        shown = re.search("as of step [0-9\u202f]+", legend)
        assert (when and when[0]) == (shown and shown[0])


on_every_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.dataset)


@on_every_recipe
def test_whatever_is_done_all_panels_agree_at_rest(desk, recipe):
    play_and_check(desk, recipe, ACTIONS, seed=len(recipe.dataset))


@pytest.mark.slow
@on_every_recipe
def test_all_panels_agree_at_rest_for_long(desk, recipe):
    play_and_check(desk, recipe, MANY_ACTIONS, seed=100 + len(recipe.dataset))


def play_and_check(desk: Desk, recipe: Recipe, actions: int, seed: int) -> None:
    """Let a monkey do so many things; check whenever it rests, and that nothing failed."""
    monkey = Monkey(desk, recipe, seed)
    desk.send(commands.Start(recipe))
    desk.wait(lambda: desk.snapshot is not None, "the first moment")
    while len(monkey.done) < actions:
        for _ in range(monkey.dice.randint(1, MOST_AT_ONCE)):
            monkey.act()
            agree_on_the_way(desk)
        monkey.rest()
        try:
            check(desk)
        except AssertionError as error:
            raise AssertionError(f"after {monkey.done[-MOST_AT_ONCE:]}") from error
    bugs = [failure for failure in desk.failures if failure.details]
    assert not bugs, bugs[0].details
