"""The worker: plays, pauses, steps, and survives whatever goes wrong."""

from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest

from nnviz.data.mixture import mixed
from nnviz.engine import Network, Recipe, Trainer
from nnviz.engine.changes import short
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report, report
from nnviz.engine.network import initial_theta
from nnviz.engine.notation import parameter_name
from nnviz.engine.reshape import carried_over, with_neurons
from nnviz.engine.run.record import DataMark
from nnviz.engine.run.start import start_recipe
from nnviz.engine.training.phases import Phase
from nnviz.messages import commands
from nnviz.messages.commands import Start
from nnviz.messages.events import DataMissing, Failure, Loading, Notice, Opened, Saved
from tests.runtime.conftest import RECIPE, Stage, digits_dataset, random_dataset


def test_a_new_run_is_shown_paused_at_step_0_with_its_first_evaluation(stage):
    snapshot = stage.begin()
    assert (snapshot.step, snapshot.playing, snapshot.run) == (0, False, 1)
    assert len(snapshot.evaluations) == 1
    assert np.isnan(snapshot.minibatch_cost)
    assert snapshot.theta.tobytes() == Network(RECIPE).theta.tobytes()


def test_every_single_step_is_shown_and_equals_the_engines_own(stage):
    stage.begin()
    trainer = Trainer(RECIPE, random_dataset())
    for _ in range(20):
        stage.worker.send(commands.StepMinibatch())
    for step in range(1, 21):
        snapshot = stage.snapshot()
        cost = trainer.step()
        assert snapshot.step == step
        assert snapshot.minibatch_cost == cost
        assert snapshot.theta.tobytes() == trainer.network.theta.tobytes()
        assert snapshot.gradient.tobytes() == trainer.gradient.tobytes()
        assert not snapshot.playing


def test_playing_goes_on_until_paused_and_the_pause_shows_the_exact_state(stage):
    stage.begin()
    stage.worker.send(commands.Play())
    stage.snapshot(lambda s: s.playing and s.step > 300)
    stage.worker.send(commands.Pause())
    paused = stage.snapshot(lambda s: not s.playing)
    trainer = Trainer(RECIPE, random_dataset())
    for _ in range(paused.step):
        trainer.step()
    assert paused.theta.tobytes() == trainer.network.theta.tobytes()
    epochs = list(range(0, paused.step, 40))
    assert [e.step for e in paused.evaluations] == [*epochs, paused.step]
    assert paused.measured.now
    stage.worker.send(commands.FocusOn(1))
    assert stage.snapshot(lambda s: s.focus.index == 1).step == paused.step, "it goes on"


def test_an_epoch_ends_at_its_last_minibatch_and_pauses(stage):
    stage.begin()
    stage.worker.send(commands.StepMinibatch())
    stage.worker.send(commands.StepEpoch())
    snapshot = stage.snapshot(lambda s: s.step > 1 and not s.playing)
    assert snapshot.step == snapshot.minibatches_per_epoch == 40
    assert snapshot.evaluations[-1].step == 40
    stage.worker.send(commands.StepEpoch())
    assert stage.snapshot(lambda s: s.step > 40 and not s.playing).step == 80


def test_no_minibatch_is_missing_from_the_cost_curve(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    snapshot = stage.snapshot(lambda s: s.step == 40)
    trainer = Trainer(RECIPE, random_dataset())
    assert snapshot.curve.mean.tolist() == [trainer.step() for _ in range(40)]


def test_pace_holds_training_back(stage):
    stage.begin()
    stage.worker.send(commands.Pace(50.0))
    stage.worker.send(commands.Play())
    begin = perf_counter()
    snapshot = stage.snapshot(lambda s: s.step >= 20)
    assert snapshot.step <= 50 * (perf_counter() - begin) + 6  # a beat, and five that were late


def test_focus_wraps_around_and_shows_the_numbers_of_that_example(stage):
    stage.begin()
    stage.worker.send(commands.FocusOn(31))
    snapshot = stage.snapshot()
    dataset = random_dataset()
    assert snapshot.focus.index == 1
    assert snapshot.focus.x.tolist() == dataset.x_test[1].tolist()
    a = snapshot.network().predict(dataset.x_test[1:2])[0]
    assert snapshot.focus.a[-1].tolist() == pytest.approx(a.tolist())


def test_a_snapshot_has_the_trail_that_led_to_it(stage):
    stage.begin()
    for _ in range(5):
        stage.worker.send(commands.StepMinibatch())
    snapshot = stage.snapshot(lambda snapshot: snapshot.step == 5)
    assert [point.step for point in snapshot.trail] == [0, 1, 2, 3, 4, 5]
    assert (snapshot.trail[-1].theta == snapshot.theta).all()
    stage.worker.send(commands.GoTo(2))
    earlier = stage.snapshot(lambda snapshot: snapshot.step == 2)
    assert list(map(id, earlier.trail)) == list(map(id, snapshot.trail[:3]))


def test_two_parameters_are_watched_whose_path_the_trail_has(stage):
    stage.begin()
    for _ in range(3):
        stage.worker.send(commands.StepMinibatch())
    stage.worker.send(commands.TrackParameters(2, 30))
    snapshot = stage.snapshot(lambda s: s.watched == (2, 30))
    trainer = Trainer(RECIPE, random_dataset())
    path = [trainer.network.theta[[2, 30]].tolist()]
    for _ in range(3):
        trainer.step()
        path.append(trainer.network.theta[[2, 30]].tolist())
    assert [point.theta[[2, 30]].tolist() for point in snapshot.trail] == path


def test_a_data_set_is_loaded_once_and_the_recipe_can_follow_it(stage):
    stage.begin()
    stage.worker.send(Start(replace(RECIPE, seed=1)))
    stage.snapshot(lambda s: s.recipe.seed == 1)
    assert stage.loads == ["random"]
    stage.worker.send(Start(replace(RECIPE, dataset="wide"), fit=True))
    snapshot = stage.snapshot(lambda s: s.recipe.dataset == "wide")
    assert snapshot.recipe == replace(start_recipe(random_dataset(8)), dataset="wide")
    said = stage.event(Notice).sentence
    assert "layers 6,4,3 → 8,10,3" in said
    assert "η 0.5 → 1" in said
    assert stage.loads == ["random", "wide"]


def test_what_reading_left_out_is_said_when_data_are_chosen(stage):
    stage.begin()
    notes = ("its digits lie mirrored", "left out: 3 BMP")
    stage.tables["odd"] = replace(random_dataset(8, "odd"), notes=notes)
    stage.worker.send(Start(replace(RECIPE, dataset="odd"), fit=True))
    stage.snapshot(lambda s: s.recipe.dataset == "odd")
    assert stage.event(Notice).sentence.startswith(
        "odd: its digits lie mirrored; left out: 3 BMP. "
    )


def test_what_data_cannot_take_in_the_middle_of_a_run_is_reset_and_said_and_undone_at_once(stage):
    stage.begin(replace(RECIPE, train_size=180))
    stage.worker.send(commands.StepMinibatch())
    stage.worker.send(commands.MakeEdit("dataset", "few"))
    snapshot = stage.snapshot(lambda s: s.recipe.dataset == "few")
    assert snapshot.recipe == replace(RECIPE, dataset="few")
    said = "Training examples 180 → all: few has 100 training examples, no pictures."
    assert stage.event(Notice).sentence == said
    stage.worker.send(commands.Undo())
    snapshot = stage.snapshot(lambda s: s.recipe.dataset == "random")
    assert snapshot.recipe.train_size == 180
    assert not snapshot.undo
    stage.worker.send(commands.Redo())
    snapshot = stage.snapshot(lambda s: s.recipe.dataset == "few")
    assert (snapshot.recipe.train_size, snapshot.redo) == (0, "")


def test_other_data_and_further_fields_are_undone_at_once(stage):
    stage.begin(replace(RECIPE, train_size=180))
    stage.worker.send(commands.StepMinibatch())
    wanted = (("learning_rate", 0.25), ("dataset", "few"), ("train_size", 50))
    stage.worker.send(commands.MakeEdits(wanted))
    changed = stage.snapshot(lambda s: s.recipe.dataset == "few")
    assert changed.recipe == replace(RECIPE, **dict(wanted))
    stage.worker.send(commands.Undo())
    back = stage.snapshot(lambda s: s.recipe.dataset == "random")
    assert back.recipe == replace(RECIPE, train_size=180)
    assert not back.undo
    stage.worker.send(commands.Redo())
    assert stage.snapshot(lambda s: s.recipe.dataset == "few").recipe == changed.recipe


def test_edits_made_as_one_are_undone_as_one_after_the_session_was_opened_again(stage):
    stage.begin(replace(RECIPE, train_size=180))
    stage.worker.send(commands.StepMinibatch())
    stage.worker.send(commands.MakeEdit("l2", 0.5))
    stage.worker.send(commands.MakeEdits((("learning_rate", 0.1), ("batch_size", 7))))
    stage.worker.send(commands.MakeEdit("dataset", "few"))
    left = stage.snapshot(lambda s: s.recipe.dataset == "few")
    stage.worker.send(commands.SaveSession(Path("a.nnviz"), {}))
    assert stage.event(Saved)
    stage.worker.send(commands.OpenSession(Path("a.nnviz")))
    stage.snapshot(lambda s: s.run > left.run)
    seen = [left.recipe]
    for _ in range(3):
        stage.worker.send(commands.Undo())
        seen.append(stage.snapshot(lambda s: s.recipe != seen[-1]).recipe)
    before = replace(RECIPE, train_size=180)
    regular = replace(before, l2=0.5)
    other = replace(regular, learning_rate=0.1, batch_size=7)
    assert seen[1:] == [other, regular, before]


@pytest.mark.parametrize(
    "refused",
    [
        commands.MakeEdit("dataset", "wide"),
        commands.MakeEdit("dataset", "missing"),
        commands.MakeEdits((("learning_rate", 0.1), ("dataset", "missing"))),
        commands.MakeEdits((("dataset", "few"), ("train_size", 10_000))),
        commands.MakeEdit("layers", "6,5,3"),
        commands.MakeEdit("learning_rate", -1.0),
        commands.MakeEdit("train_size", 10_000),
        commands.MakeEdit("theta", (1.0,), (10_000,)),
        Start(replace(RECIPE, dataset="missing")),
        Start(replace(RECIPE, layers=(5, 4, 3))),
        commands.OpenSession(Path("nowhere.nnviz")),
        commands.NameBranch(99, "none"),
    ],
)
def test_what_is_refused_neither_pauses_a_run_that_plays_nor_changes_it(stage, refused):
    stage.begin()
    stage.worker.send(commands.Play())
    stage.snapshot(lambda s: s.playing and s.step > 50)
    stage.worker.send(refused)
    stage.event(Failure)
    after = stage.snapshot()
    assert after.playing
    later = stage.snapshot(lambda s: s.step > after.step + 200)
    assert later.playing
    assert (later.run, later.recipe, later.changes) == (1, RECIPE, ())
    stage.worker.send(commands.Pause())
    stage.snapshot(lambda s: not s.playing)


def test_what_a_click_did_to_single_weights_is_said_with_the_way_back(stage):
    before = stage.begin().theta
    stage.worker.send(commands.MakeEdit("theta", (0.25, -2.0), (3, 5)))
    after = stage.snapshot(lambda s: s.changes)
    names = [parameter_name(RECIPE, index) for index in (3, 5)]
    old = [short(float(before[index])) for index in (3, 5)]
    said = f"{names[0]}: {old[0]} → 0.25, {names[1]}: {old[1]} → −2.  Ctrl+Z takes it back."
    assert stage.event(Notice).sentence == said
    stage.worker.send(commands.MakeEdit("theta", (0.25, -2.0), (3, 5)))  # no change, not a word
    stage.worker.send(commands.MakeEdit("theta", (0.5,), (3,), dragging=True))
    stage.worker.send(commands.MakeEdit("theta", (0.0,) * 4, (1, 2, 3, 4)))
    assert "4 parameters → 0" in stage.event(Notice).sentence
    for _ in range(3):
        stage.worker.send(commands.Undo())
    back = stage.snapshot(lambda s: not s.changes)
    assert (back.theta == before).all()
    assert not (after.theta == before).all()


def test_a_refused_change_leaves_a_minibatch_where_it_stood(stage):
    stage.begin()
    stage.worker.send(commands.StepPhase())
    stage.worker.send(commands.StepPhase())
    before = stage.snapshot(lambda s: s.phase == Phase("forward", 1))
    stage.worker.send(commands.MakeEdit("dataset", "wide"))
    stage.worker.send(commands.MakeEdit("learning_rate", -1.0))
    stage.event(Failure)
    stage.event(Failure)
    stage.worker.send(commands.StepPhase())
    after = stage.snapshot(lambda s: s.phase == Phase("forward", 2))
    assert (after.step, after.changes) == (before.step, ())


def test_a_run_may_start_from_given_parameters(stage):
    stage.begin()
    theta = np.linspace(-1, 1, RECIPE.parameters, dtype=np.float32)
    stage.worker.send(Start(RECIPE, theta=theta))
    assert stage.snapshot().theta.tobytes() == theta.tobytes()


def test_a_run_of_another_shape_may_keep_the_weights_that_fit(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    trained = stage.snapshot(lambda s: s.step > 0 and not s.playing)
    wider = with_neurons(trained.recipe, 1, 1)
    stage.worker.send(Start(wider, keeps=True))
    begun = stage.snapshot(lambda s: s.recipe == wider)
    assert begun.step == 0
    expected = carried_over(trained.recipe, trained.theta, wider)
    assert begun.theta.tobytes() == expected.tobytes()
    stage.worker.send(Start(with_neurons(wider, 1, 1)))
    drawn = stage.snapshot(lambda s: s.run > begun.run)
    assert drawn.theta.tobytes() == initial_theta(drawn.recipe).tobytes()
    stage.worker.send(commands.Undo())
    kept = stage.snapshot(lambda s: s.recipe == wider)
    assert kept.theta.tobytes() == begun.theta.tobytes(), "no recipe draws these"
    stage.worker.send(commands.Undo())
    back = stage.snapshot(lambda s: s.recipe == trained.recipe)
    assert (back.step, back.theta.tobytes()) == (trained.step, trained.theta.tobytes())


@pytest.mark.parametrize(
    "training",
    [commands.Play(), commands.Play(by_phase=True), commands.StepEpoch(), commands.StepMinibatch(),
     commands.StepPhase()],
)  # fmt: skip
def test_step_units_are_looked_at_and_changed_but_never_trained(stage, training):
    stage.begin(replace(RECIPE, activation="step", output_activation="step"))
    stage.worker.send(commands.MakeEdit("theta", (3.0,), (0,)))
    edited = stage.snapshot(lambda s: s.theta[0] == 3)
    stage.worker.send(training)
    assert "slope is zero everywhere" in stage.event(Failure).sentence
    rests = stage.snapshot(lambda s: not s.playing)
    assert (rests.step, rests.theta.tobytes()) == (0, edited.theta.tobytes())
    stage.worker.send(commands.LookThrough())
    stage.worker.send(commands.StepPhase())
    walked = stage.snapshot(lambda s: s.phase is not None and s.phase.kind == "forward")
    assert set(walked.focus.a[0].tolist()) <= {0, 1}
    stage.worker.send(commands.Undo())
    assert stage.snapshot(lambda s: s.theta[0] != 3).redo


@pytest.mark.parametrize(
    ("recipe", "says"),
    [
        (replace(RECIPE, dataset="missing"), "There is no such data."),
        (replace(RECIPE, layers=(5, 4, 3)), "make the first layer 6"),
    ],
)
def test_what_cannot_be_started_is_said_and_the_old_run_stands(stage, recipe, says):
    stage.begin()
    stage.worker.send(commands.StepMinibatch())
    stage.snapshot(lambda s: s.step == 1)
    stage.worker.send(Start(recipe))
    failure = stage.event(Failure)
    assert says in failure.sentence
    assert not failure.details
    after = stage.snapshot()
    assert (after.run, after.step, after.recipe) == (1, 1, RECIPE)
    stage.worker.send(commands.StepMinibatch())
    assert stage.snapshot().step == 2


def test_a_bug_becomes_a_sentence_with_details_and_the_worker_lives_on(stage, caplog):
    stage.begin()
    stage.worker.send(Start(replace(RECIPE, dataset="broken")))
    failure = stage.event(Failure)
    assert "RuntimeError" in failure.sentence
    assert "a bug" in failure.details
    assert "The worker failed" in caplog.text
    stage.worker.send(commands.StepMinibatch())
    assert stage.snapshot(lambda s: s.step == 1)


def test_messages_before_any_run_are_harmless(stage):
    stage.worker.start()
    for message in (commands.Play(), commands.StepMinibatch(), commands.Undo()):
        stage.worker.send(message)
    stage.worker.send(Start(RECIPE))
    assert stage.snapshot().step == 0


def test_a_diverging_run_pauses_and_says_why(stage):
    recipe = replace(RECIPE, learning_rate=1e5, output_activation="linear", activation="linear")
    stage.begin(recipe)
    stage.worker.send(commands.Play())
    failure = stage.event(Failure)
    assert "learning rate" in failure.sentence
    assert not stage.snapshot(lambda s: not s.playing).playing


def test_loading_is_reported_and_can_be_ended(stage):
    stage.slow_load = True
    stage.worker.start()
    stage.worker.send(Start(RECIPE))
    assert stage.event(Loading).fraction < 1
    assert stage.worker.stop()


def test_stopping_in_the_middle_of_training_ends_it(stage):
    stage.begin()
    stage.worker.send(commands.Play())
    stage.snapshot(lambda s: s.step > 100)
    assert stage.worker.stop()


def test_stopping_what_was_never_started_is_harmless(stage):
    assert stage.worker.stop()


def test_stepping_back_shows_every_step_exactly_as_it_was(stage):
    stage.begin()
    seen = {}
    for _ in range(50):
        stage.worker.send(commands.StepMinibatch())
        snapshot = stage.snapshot()
        seen[snapshot.step] = snapshot
    for step in range(49, 0, -1):
        stage.worker.send(commands.StepBack())
        snapshot, first = stage.snapshot(), seen[step]
        assert snapshot.step == step
        assert snapshot.reached == 50
        assert snapshot.theta.tobytes() == first.theta.tobytes()
        assert snapshot.gradient.tobytes() == first.gradient.tobytes()
        assert snapshot.minibatch_cost == first.minibatch_cost
        assert snapshot.curve.mean.tolist() == first.curve.mean.tolist()
        assert list(map(id, snapshot.trail)) == list(map(id, first.trail))
        assert snapshot.evaluations == first.evaluations


def test_going_anywhere_and_training_on_from_there(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    stage.snapshot(lambda s: s.step == 40 and not s.playing)
    stage.worker.send(commands.GoTo(7))
    assert stage.snapshot(lambda s: s.step == 7).reached == 40
    stage.worker.send(commands.StepBack(epoch=True))
    assert stage.snapshot(lambda s: s.step == 0).minibatch_cost != 0
    stage.worker.send(commands.GoTo(10**9))
    assert stage.snapshot(lambda s: s.step == 40)
    stage.worker.send(commands.GoTo(30))
    stage.worker.send(commands.StepEpoch())
    again = stage.snapshot(lambda s: s.step == 40 and not s.playing)
    trainer = Trainer(RECIPE, random_dataset())
    costs = [trainer.step() for _ in range(40)]
    assert again.curve.mean.tolist() == costs
    assert again.theta.tobytes() == trainer.network.theta.tobytes()
    stage.worker.send(commands.StepBack(epoch=True))
    assert stage.snapshot(lambda s: s.step == 0)
    stage.worker.send(commands.GoTo(None))
    assert stage.snapshot(lambda s: s.step == 40)


def test_evaluations_of_tiny_epochs_are_thinned_out(stage, monkeypatch):
    monkeypatch.setattr("nnviz.engine.run.branch.MOST_EVALUATIONS", 10)
    stage.begin(replace(RECIPE, batch_size=200))
    stage.worker.send(commands.Play())
    snapshot = stage.snapshot(lambda s: s.step > 600)
    steps = [evaluation.step for evaluation in snapshot.evaluations]
    assert steps[0] == 0
    assert len(steps) <= 10
    assert min(np.diff(steps)) >= 20
    stage.worker.send(commands.Pause())
    stage.snapshot(lambda s: not s.playing)


def rested(stage, **wanted):
    """The next snapshot of a run that rests of which all this is true."""

    def fits(snapshot):
        return not snapshot.playing and all(
            getattr(snapshot, name) == value for name, value in wanted.items()
        )

    return stage.snapshot(fits)


def test_phases_are_shown_one_by_one_forwards_and_backwards(stage):
    stage.begin()
    seen = []
    for _ in range(10):
        stage.worker.send(commands.StepPhase())
        seen.append(stage.snapshot())
    names = [snapshot.phase.name for snapshot in seen]
    assert names == ["pick", "forward 1", "forward 2", "cost", "backward 2", "backward 1",
                     "average", "update", "pick", "forward 1"]  # fmt: skip
    assert [snapshot.step for snapshot in seen] == [0] * 7 + [1] * 3
    focus = seen[3].focus
    assert (focus.place, focus.index) == (0, int(seen[3].minibatch.rows[0]))
    for expected in reversed(seen[:-1]):
        stage.worker.send(commands.StepPhase(back=True))
        snapshot = stage.snapshot()
        assert (snapshot.step, snapshot.phase) == (expected.step, expected.phase)
        assert snapshot.minibatch.nudge.tobytes() == expected.minibatch.nudge.tobytes()
        assert snapshot.theta.tobytes() == expected.theta.tobytes()
    stage.worker.send(commands.FocusOn(7))
    assert stage.snapshot().focus.place == 2


def test_half_way_through_a_minibatch_play_finishes_it_and_back_goes_to_its_start(stage):
    stage.begin()
    trainer = Trainer(RECIPE, random_dataset())
    for _ in range(3):
        stage.worker.send(commands.StepPhase())
    rested(stage, phase=Phase("forward", 2))
    stage.worker.send(commands.StepBack())
    assert rested(stage, minibatch=None).step == 0
    stage.worker.send(commands.StepPhase())
    stage.worker.send(commands.StepEpoch())
    done = rested(stage, step=40)
    for _ in range(40):
        trainer.step()
    assert done.theta.tobytes() == trainer.network.theta.tobytes()


def test_an_edit_in_the_past_starts_a_branch_and_the_other_can_be_compared_and_gone_back_to(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    first = rested(stage, step=40)
    stage.worker.send(commands.GoTo(10))
    rested(stage, step=10)
    stage.worker.send(commands.MakeEdit("learning_rate", 0.1))
    edited = rested(stage, undo="η 0.5 → 0.1")
    assert (edited.step, edited.reached, edited.recipe.learning_rate) == (10, 10, 0.1)
    ghost, here = edited.branches
    assert (ghost.name, ghost.current, ghost.leaves, ghost.reached) == ("original", False, 10, 40)
    assert (here.name, here.current, ghost.against) == ("η = 0.1", True, "η 0.5 → 0.1")
    assert ghost.curve.mean.tolist() == first.curve.mean.tolist()
    assert ghost.evaluations[-1] == first.evaluations[-1]
    stage.worker.send(commands.StepEpoch())
    there = rested(stage, step=40)
    assert there.branches[0] is ghost, "what stays the same is the same object"
    assert there.theta.tobytes() != first.theta.tobytes()
    stage.worker.send(commands.NameBranch(ghost.number, "slow"))
    stage.worker.send(commands.TakeBranch(ghost.number))
    back = rested(stage, step=10, undo="")
    stage.worker.send(commands.GoTo(None))
    back = rested(stage, step=40)
    assert back.theta.tobytes() == first.theta.tobytes()
    assert [branch.name for branch in back.branches] == ["slow", "η = 0.1"]
    stage.worker.send(commands.DropBranch(here.number))
    assert len(stage.snapshot().branches) == 1


def test_undo_and_redo_of_edits_made_while_training(stage):
    stage.begin()
    stage.worker.send(commands.Play())
    stage.snapshot(lambda s: s.step > 50)
    stage.worker.send(commands.MakeEdit("batch_size", 20))
    changed = stage.snapshot(lambda s: s.recipe.batch_size == 20 and s.step > s.changes[0].step)
    assert changed.playing
    stage.worker.send(commands.Undo())
    undone = rested(stage, redo="minibatch 5 → 20")
    assert (undone.recipe.batch_size, undone.step) == (5, changed.changes[0].step)
    stage.worker.send(commands.Redo())
    again = rested(stage, undo="minibatch 5 → 20")
    assert again.recipe.batch_size == 20
    assert again.step >= changed.step


DIGITS = Recipe(layers=(784, 6, 10), batch_size=5)


def test_a_drawing_is_learned_while_training_goes_on_and_can_be_taken_back(stage):
    stage.begin(DIGITS)
    image = np.zeros((28, 28), np.float32)
    image[4:24, 12:16] = 1
    stage.worker.send(commands.Play())
    stage.snapshot(lambda s: s.step > 50)
    stage.worker.send(commands.Teach(((1, image),)))
    learned = stage.snapshot(lambda s: s.recipe.taught != "none" and s.step > s.changes[0].step)
    assert learned.playing
    assert learned.undo == "taught a 1"
    read = stage.snapshot(lambda s: s.network().predict(image.reshape(1, -1)).argmax() == 1)
    assert read.evaluations
    stage.worker.send(commands.Undo())
    assert rested(stage, redo="taught a 1").recipe.taught == "none"


def test_a_paused_run_stays_paused_and_what_cannot_be_taught_is_said(stage):
    stage.begin(DIGITS)
    image = np.random.default_rng(0).random((28, 28)).astype(np.float32)
    stage.worker.send(commands.Teach(((3, image),)))
    taught = rested(stage, undo="taught a 3")
    assert (taught.playing, taught.step) == (False, 0)
    for label, picture, sentence in (
        (3, image, "as a 3 already"),
        (5, digits_dataset().x_test[7].reshape(28, 28), "never trained on"),
        (5, np.zeros((28, 28)), "nothing drawn"),
    ):
        stage.worker.send(commands.Teach(((label, picture),)))
        assert sentence in stage.event(Failure).sentence
    assert stage.snapshot().recipe.taught == taught.recipe.taught


def test_examples_that_are_no_digits_take_no_drawings(stage):
    stage.begin()
    stage.worker.send(commands.Teach(((1, np.ones((28, 28))),)))
    assert "784 inputs" in stage.event(Failure).sentence
    assert stage.snapshot().undo == ""


def test_other_data_on_the_way_are_loaded_surveyed_and_undone(stage):
    stage.begin()
    stage.worker.send(commands.MakeEdit("dataset", "more"))
    assert rested(stage, undo="data random → more").recipe.dataset == "more"
    stage.worker.send(commands.MakeEdit("dataset", "wide"))
    assert "8 inputs" in stage.event(Failure).sentence
    stage.worker.send(commands.Undo())
    assert rested(stage, undo="").recipe.dataset == "random"


def test_accuracies_on_the_parts_of_a_mixture_come_and_go_with_it(stage):
    digits = digits_dataset()
    others = replace(digits, name="mnist", x_test=1 - digits.x_test)
    stage.tables["mnist+digits"] = mixed([others, digits])
    stage.begin(replace(RECIPE, layers=(784, 4, 10), dataset="digits"))
    stage.worker.send(commands.MakeEdit("dataset", "mnist+digits"))
    at = rested(stage, undo="data digits → mnist+digits")
    shares = at.evaluations[-1].test_parts
    assert at.parts == ("mnist", "digits")
    assert sum(shares) / 2 == pytest.approx(at.evaluations[-1].test_accuracy)
    stage.worker.send(commands.Undo())
    at = rested(stage, undo="")
    assert at.parts == at.evaluations[-1].test_parts == ()
    stage.worker.send(commands.Redo())
    assert rested(stage, redo="").evaluations[-1].test_parts == shares


def test_a_rough_jump_lands_near_and_an_exact_one_there(stage):
    stage.begin()
    stage.worker.send(commands.Play())
    stage.snapshot(lambda s: s.step > 2000)
    stage.worker.send(commands.GoTo(1000, rough=True))
    assert rested(stage, step=769)
    stage.worker.send(commands.GoTo(1000))
    assert rested(stage, step=1000)


def test_a_session_is_saved_and_opened_where_it_stood(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    rested(stage, step=40)
    stage.worker.send(commands.MakeEdit("l2", 0.5))
    for message in (commands.StepMinibatch(), commands.FocusOn(3), commands.TrackParameters(1, 2)):
        stage.worker.send(message)
    stage.worker.send(commands.SaveSession(Path("a.nnviz"), {"speed": 3}))
    assert stage.event(Saved).path == Path("a.nnviz")
    before = rested(stage, watched=(1, 2))
    stage.worker.send(Start(RECIPE))
    rested(stage, step=0, run=2)
    stage.worker.send(commands.OpenSession(Path("a.nnviz")))
    after = rested(stage, run=3)
    assert stage.event(Opened).view["speed"] == 3
    assert after.theta.tobytes() == before.theta.tobytes()
    assert after.gradient.tobytes() == before.gradient.tobytes()
    for name in (
        "step",
        "epoch",
        "recipe",
        "changes",
        "undo",
        "reached",
        "watched",
        "epoch_layout",
    ):
        assert getattr(after, name) == getattr(before, name)
    assert after.curve.mean.tolist() == before.curve.mean.tolist()
    assert after.focus.index == 3
    stage.worker.send(commands.Verify())
    assert "same to the last bit" in stage.event(Notice).sentence
    stage.worker.send(commands.OpenSession(Path("b.nnviz")))
    assert stage.event(Failure).sentence == "There is no such file."


def test_a_network_whose_data_mean_something_else_now_is_told(stage):
    stage.begin()
    theta, now = Network(RECIPE).theta, random_dataset().description
    same = replace(now, target_reason="you chose it")
    other = replace(now, class_names=("x", "y", "z"))
    for described in (same, other):
        stage.worker.send(Start(RECIPE, theta=theta, described=described))
    told = stage.event(Notice).sentence
    assert "trained when its classes had other names" in told
    assert stage.snapshot(lambda snapshot: snapshot.run == 3).theta.tobytes() == theta.tobytes()


def test_a_network_whose_data_are_gone_asks_for_them_and_changes_nothing(stage):
    first = stage.begin()
    start = Start(replace(RECIPE, dataset="missing"), theta=Network(RECIPE).theta)
    stage.worker.send(start)
    event = stage.event(DataMissing)
    assert (event.opening, event.name) == (start, "missing")
    stage.worker.send(commands.StepMinibatch())
    assert rested(stage, step=1).run == first.run
    stage.worker.send(start.with_place("missing", "random"))
    assert stage.snapshot(lambda snapshot: snapshot.run == 2).recipe == RECIPE


def test_a_session_whose_data_are_gone_or_others_asks_for_them_and_changes_nothing(stage):
    first = stage.begin()
    stage.worker.send(commands.SaveSession(Path("a.nnviz"), {}))
    stage.event(Saved)
    session = stage.files[Path("a.nnviz")]
    for name, mark in (("missing", "missing"), ("random", "another fingerprint")):
        marks = (DataMark(name, mark),)
        stage.files[Path("a.nnviz")] = replace(session, marks=marks)
        opening = commands.OpenSession(Path("a.nnviz"))
        stage.worker.send(opening)
        event = stage.event(DataMissing)
        assert (event.opening, event.name) == (opening, name)
        assert event.sentence.endswith(".")
    stage.worker.send(commands.StepMinibatch())
    assert rested(stage, step=1).run == first.run


def test_a_session_on_data_made_on_another_processor_goes_on_and_says_so(stage):
    stage.tables["random"] = replace(random_dataset(), made="numbers of seed 0")
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    left = rested(stage, step=40)
    stage.worker.send(commands.SaveSession(Path("a.nnviz"), {}))
    stage.event(Saved)
    session = stage.files[Path("a.nnviz")]
    (mark,) = session.marks
    assert mark.made == "numbers of seed 0"
    elsewhere = replace(session, marks=(replace(mark, fingerprint="0" * 64),))
    stage.files[Path("a.nnviz")] = elsewhere
    stage.worker.send(commands.OpenSession(Path("a.nnviz")))
    assert "another kind of processor" in stage.event(Notice).sentence
    again = stage.snapshot(lambda snapshot: snapshot.run == 2)
    assert again.step == 40
    assert again.theta.tobytes() == left.theta.tobytes()
    stage.worker.send(commands.StepMinibatch())
    rested(stage, step=41)


def test_a_session_on_data_made_from_something_else_does_not_go_on(stage):
    stage.tables["random"] = replace(random_dataset(), made="numbers of seed 0")
    stage.begin()
    stage.worker.send(commands.SaveSession(Path("a.nnviz"), {}))
    stage.event(Saved)
    session = stage.files[Path("a.nnviz")]
    for made in ("", "numbers of seed 1"):
        marks = (replace(session.marks[0], fingerprint="0" * 64, made=made),)
        stage.files[Path("a.nnviz")] = replace(session, marks=marks)
        stage.worker.send(commands.OpenSession(Path("a.nnviz")))
        assert stage.event(DataMissing).name == "random"


def test_a_replay_that_differs_is_told_with_its_step(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    rested(stage, step=40)
    kept = stage.worker._run.timeline.current.keyframes[0].state.theta
    kept.flags.writeable = True
    kept[0] += 1
    stage.worker.send(commands.Verify())
    assert "step 40" in stage.event(Failure).sentence


def test_a_run_in_which_nothing_was_trained_is_not_worth_keeping(stage):
    stage.begin()
    stage.worker.send(Start(replace(RECIPE, seed=3)))
    rested(stage, run=2)
    assert stage.autosave_thread.stop()
    assert stage.files == {}, "nothing was trained"


def test_a_trained_run_that_another_takes_the_place_of_can_be_gone_back_to(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    before = rested(stage, step=40)
    stage.worker.send(Start(replace(RECIPE, seed=3)))
    rested(stage, run=2)
    stage.worker.send(commands.OpenSession(stage.set_aside()))
    assert rested(stage, run=3).theta.tobytes() == before.theta.tobytes()


@pytest.mark.parametrize("times", [1, 3])
def test_starting_anew_is_undone_as_long_as_nothing_was_trained(stage, times):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    before = rested(stage, step=40)
    for seed in range(times):  # one slip after the other
        stage.worker.send(Start(replace(RECIPE, seed=3 + seed)))
    anew = rested(stage, run=1 + times)
    assert anew.undo == "what took the place of random, step 40"
    stage.worker.send(commands.Undo())
    back = rested(stage, run=1)
    assert back.theta.tobytes() == before.theta.tobytes()
    assert back.reached == 40
    assert back.redo == "the start of random, step 0"
    stage.worker.send(commands.Redo())
    again = rested(stage, run=1 + times)
    assert (again.recipe, again.step) == (anew.recipe, 0)
    assert again.undo == anew.undo
    stage.worker.send(commands.Undo())
    rested(stage, run=1)
    stage.worker.send(commands.MakeEdit("learning_rate", 0.25))
    assert stage.snapshot(lambda s: s.changes).redo == ""
    stage.worker.send(commands.Undo())
    stage.worker.send(commands.StepBack())
    assert rested(stage, step=39).run == 1, "its past came back as well"


def test_weights_that_no_recipe_draws_come_back_one_start_after_the_other(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    trained = rested(stage, step=40)
    weights = np.linspace(-1, 1, len(trained.theta)).astype(trained.theta.dtype)
    stage.worker.send(Start(RECIPE, theta=weights))  # as an example or a saved network has them
    given = rested(stage, run=2)
    wider = replace(RECIPE, layers=(6, 5, 3))
    stage.worker.send(Start(wider, keeps=True))
    rested(stage, run=3)
    stage.worker.send(Start(replace(wider, layers=(6, 6, 3)), keeps=True))
    assert rested(stage, run=4).undo
    for run, theta in ((3, None), (2, given.theta), (1, trained.theta)):
        stage.worker.send(commands.Undo())
        back = rested(stage, run=run)
        assert theta is None or back.theta.tobytes() == theta.tobytes()
    assert not back.undo
    assert [stage.files[path].record.now.state.steps for path in stage.arrived] == [40]


def test_changes_of_the_new_run_are_undone_before_its_start(stage):
    stage.begin()
    stage.worker.send(commands.StepMinibatch())
    rested(stage, step=1)
    stage.worker.send(Start(RECIPE))
    stage.worker.send(commands.MakeEdit("learning_rate", 0.25))
    assert stage.snapshot(lambda s: s.changes).undo == "η 0.5 → 0.25"
    stage.worker.send(commands.Undo())
    assert "what took the place" in rested(stage, run=2, changes=()).undo
    stage.worker.send(commands.Undo())
    assert rested(stage, run=1).step == 1


def test_once_the_new_run_has_trained_the_one_before_is_in_its_file_alone(stage):
    stage.begin()
    stage.worker.send(commands.StepMinibatch())
    rested(stage, step=1)
    stage.worker.send(Start(RECIPE))
    stage.worker.send(commands.StepMinibatch())
    assert rested(stage, run=2, step=1).undo == ""
    stage.worker.send(commands.Undo())
    stage.worker.send(commands.StepMinibatch())
    assert rested(stage, step=2).run == 2
    assert stage.files[stage.set_aside()].record.now.state.steps == 1


def test_other_data_and_an_opened_session_can_be_taken_back_too(stage):
    stage.begin()
    stage.worker.send(commands.SaveSession(Path("first.nnviz"), {}))
    stage.worker.send(commands.StepMinibatch())
    rested(stage, step=1)
    stage.worker.send(Start(replace(RECIPE, dataset="wide"), fit=True))
    rested(stage, run=2)
    stage.worker.send(commands.Undo())
    assert rested(stage, run=1).recipe == RECIPE
    stage.worker.send(commands.OpenSession(Path("first.nnviz")))
    rested(stage, run=3)
    stage.worker.send(commands.Undo())
    assert rested(stage, run=1).step == 1


def test_a_run_that_gives_way_again_keeps_its_key_and_an_opened_one_says_what_it_continues(stage):
    stage.begin()
    stage.worker.send(commands.StepMinibatch())
    stage.worker.send(Start(RECIPE))
    first = stage.set_aside()
    stage.worker.send(commands.Undo())
    rested(stage, run=1)
    stage.worker.send(Start(RECIPE))
    assert stage.set_aside() == first
    stage.arrived.append(first)  # it is still there
    stage.worker.send(commands.OpenSession(first))
    rested(stage, run=4)
    stage.arrived.clear()
    stage.worker.send(commands.StepMinibatch())
    stage.worker.send(Start(RECIPE))
    second = stage.set_aside()
    assert second != first
    view = stage.files[second].record.view
    assert view["continues"] == [str(first), 1, 1]
    assert view["words"]["data"] == "random"
    assert view["words"]["layers"] == [6, 4, 3]
    assert view["words"]["step"] == 2


@pytest.fixture
def changing(stage, tmp_path):
    """A table on disk that is changed: others rows from then on."""
    path = tmp_path / "table.csv"
    path.write_text("old")
    stage.tables[str(path)] = random_dataset(6, "table.csv")

    def change():
        path.write_text("new rows")
        stage.tables[str(path)] = random_dataset(6, "table.csv", 100)

    return str(path), change


def test_a_table_that_was_changed_is_read_anew_by_a_new_run(stage, changing):
    name, change = changing
    recipe = replace(RECIPE, dataset=name)
    stage.begin(recipe)
    stage.worker.send(Start(recipe))
    assert stage.snapshot(lambda s: s.run == 2).minibatches_per_epoch == 40
    assert stage.loads == [name]
    stage.worker.send(commands.StepMinibatch())
    before = stage.snapshot(lambda s: s.step == 1)
    change()
    stage.worker.send(commands.StepMinibatch())
    assert stage.snapshot(lambda s: s.step == 2).minibatches_per_epoch == 40
    stage.worker.send(Start(recipe))
    assert stage.snapshot(lambda s: s.run == 3).minibatches_per_epoch == 20
    assert stage.loads == [name, name]
    stage.worker.send(commands.Undo())  # the old run has its old rows still
    back = stage.snapshot(lambda s: s.run == 2)
    assert (back.step, back.minibatches_per_epoch) == (2, 40)
    stage.worker.send(commands.GoTo(1))
    assert stage.snapshot(lambda s: s.step == 1).theta.tobytes() == before.theta.tobytes()


def test_a_run_under_way_keeps_its_rows_and_says_so(stage, changing):
    name, change = changing
    recipe = replace(RECIPE, dataset=name)
    stage.begin(recipe)
    stage.worker.send(commands.MakeEdit("dataset", "random"))
    stage.snapshot(lambda s: s.recipe.dataset == "random")
    change()
    stage.worker.send(commands.MakeEdit("dataset", name))
    assert stage.snapshot(lambda s: s.recipe.dataset == name).minibatches_per_epoch == 40
    assert "keeps the examples it began with" in stage.event(Notice).sentence


def test_examples_are_ranked_by_what_the_net_makes_of_them_now(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    at = rested(stage, step=40)
    stage.worker.send(commands.Rank())
    ranking = stage.event(Ranking)
    dataset, network = random_dataset(), at.network()
    costs = network.cost_terms(dataset.x_test, dataset.y_test).sum(axis=1, dtype=np.float64)
    assert ranking.cost.tolist() == sorted(costs.tolist(), reverse=True)
    assert (ranking.total, ranking.step) == (30, 40)
    assert (ranking.x == dataset.x_test[ranking.index]).all()
    assert (ranking.wanted == dataset.test_labels[ranking.index]).all()
    stage.worker.send(commands.Rank(label=1, wrong=True, most=3))
    worst = stage.event(Ranking)
    assert set(worst.wanted) <= {1}
    assert (worst.read != worst.wanted).all()
    assert len(worst.index) == min(3, worst.total)
    assert at.sample.x.shape == (30, 6)


def test_an_edit_that_is_dragged_is_one_edit_and_measured_when_it_rests(stage):
    stage.begin()
    for value in (0.1, 0.2, 0.3):
        stage.worker.send(commands.MakeEdit("theta", (value,), (4,), dragging=True))
    last = stage.snapshot(lambda s: s.theta[4] == np.float32(0.3) and len(s.evaluations) == 2)
    assert len(last.changes) == 1


def test_the_test_set_is_reported_on_as_it_was_when_asked_for(stage):
    stage.begin()
    stage.worker.send(commands.StepEpoch())
    at = rested(stage, step=40)
    stage.worker.send(commands.MakeReport())
    found = stage.event(Report)
    expected = report(at.network(), random_dataset())
    assert (found.confusion == expected.confusion).all()
    assert (found.step, found.examples) == (40, 30)
    assert found.accuracy == at.evaluations[-1].test_accuracy
    stage.worker.send(commands.StepBack(epoch=True))
    begin = rested(stage, step=0)
    stage.worker.send(commands.MakeReport())
    earlier = stage.event(Report)
    expected = report(begin.network(), random_dataset())
    assert (earlier.confusion == expected.confusion).all()
    assert earlier.step == 0


def test_a_run_is_measured_where_the_branch_it_left_was_measured_last(stage):
    stage.begin()
    for _ in range(75):
        stage.worker.send(commands.StepMinibatch())
    rested(stage, step=75)
    stage.worker.send(commands.GoTo(30))
    stage.worker.send(commands.MakeEdit("learning_rate", 0.1))
    rested(stage, undo="η 0.5 → 0.1")
    stage.worker.send(commands.Play())
    after = stage.snapshot(lambda s: s.step > 75)
    (ghost,) = [branch for branch in after.branches if not branch.current]
    assert ghost.evaluations[-1].step == 75
    assert 75 in [evaluation.step for evaluation in after.evaluations]


def names_of(stage, count):
    """The names of so many phases as they come, each once."""
    names = []
    while len(names) < count:
        phase = stage.snapshot().phase
        if phase is not None and (not names or names[-1] != phase.name):
            names.append(phase.name)
    return names


ONE = ["pick", "forward 1", "forward 2", "cost", "backward 2", "backward 1", "average", "update"]


def test_phases_play_by_themselves_each_shown_and_pause_between_two(stage):
    stage.begin()
    trainer = Trainer(RECIPE, random_dataset())
    stage.worker.send(commands.Pace(1000.0))
    stage.worker.send(commands.Play(by_phase=True))
    assert names_of(stage, 10) == [*ONE, "pick", "forward 1"]
    stage.worker.send(commands.Pause())
    paused = stage.snapshot(lambda s: not s.playing)
    assert (paused.step, paused.phase is None) == (1, False)
    trainer.step()
    assert paused.theta.tobytes() == trainer.network.theta.tobytes()
    at = ONE.index(paused.phase.name)
    stage.worker.send(commands.StepPhase(back=True))
    back = rested(stage, step=1)
    assert back.phase.name == (ONE[at - 1] if at else "update")
    stage.worker.send(commands.Play(by_phase=True))
    assert stage.snapshot(lambda s: s.playing).phase is not None, "it went on from there"
    stage.worker.send(commands.Play())  # minibatches from now on
    assert stage.snapshot(lambda s: s.step > 2).phase is None
    stage.worker.send(commands.Pause())


def test_an_epoch_that_was_asked_for_ends_where_it_would_however_it_is_gone_through(stage):
    stage.begin(replace(RECIPE, batch_size=100))
    stage.worker.send(commands.Pace(1000.0))
    stage.worker.send(commands.StepEpoch())
    stage.worker.send(commands.ByPhase(True))
    stage.snapshot(lambda s: s.phase is not None)
    stage.worker.send(commands.ByPhase(False))
    last = stage.snapshot(lambda s: not s.playing and s.step > 0)
    assert last.step == last.minibatches_per_epoch


def test_at_rest_another_kind_of_step_begins_nothing(stage):
    stage.begin()
    stage.worker.send(commands.ByPhase(True))
    stage.worker.send(commands.ByPhase(False))
    stage.worker.send(commands.StepMinibatch())
    assert rested(stage, step=1).phase is None


def test_a_picture_that_is_looked_through_trains_nothing_when_the_kind_of_step_changes(stage):
    stage.begin()
    stage.worker.send(commands.Pace(1000.0))
    stage.worker.send(commands.LookThrough())
    stage.worker.send(commands.Play(by_phase=True))
    stage.worker.send(commands.ByPhase(False))
    end = stage.snapshot(lambda s: s.phase == Phase("average") and not s.playing)
    assert end.step == 0


def test_playing_phases_evaluates_at_the_end_of_an_epoch(stage):
    stage.begin(replace(RECIPE, batch_size=200))
    stage.worker.send(commands.Play(by_phase=True))
    at = stage.snapshot(lambda s: s.step == 1)
    stage.worker.send(commands.Pause())
    assert stage.snapshot(lambda s: not s.playing).evaluations[-1].step == at.step


def test_a_test_example_is_sent_through_and_nothing_is_trained(stage):
    stage.begin()
    stage.worker.send(commands.StepMinibatch())
    stage.worker.send(commands.FocusOn(7))
    before = stage.snapshot(lambda s: s.focus.index == 7)
    stage.worker.send(commands.LookThrough())
    shown = [stage.snapshot(lambda s: s.minibatch is not None)]
    for _ in range(6):
        stage.worker.send(commands.StepPhase())
        shown.append(stage.snapshot())
    assert [s.phase.name for s in shown] == ONE[:-1]
    for moment in shown:
        assert (moment.step, moment.reached, moment.changes) == (1, 1, ())
        assert moment.theta.tobytes() == before.theta.tobytes()
        assert (moment.focus.index, moment.focus.place) == (7, -1)
        assert moment.minibatch.alone == "test example"
        assert moment.minibatch.a[-1][0].tobytes() == before.focus.a[-1].tobytes()
    dataset, network = random_dataset(), before.network()
    gradient = network.gradient(dataset.x_test[7:8], dataset.y_test[7:8])
    assert shown[-1].minibatch.gradient.tobytes() == gradient.tobytes()
    stage.worker.send(commands.StepPhase())  # nothing comes after: no update
    assert stage.snapshot().phase.name == "average"
    assert "nothing was trained" in stage.event(Notice).sentence
    for name in reversed(ONE[:-2]):
        stage.worker.send(commands.StepPhase(back=True))
        assert stage.snapshot().phase.name == name
    stage.worker.send(commands.StepPhase(back=True))
    after = stage.snapshot()
    assert (after.phase, after.minibatch) == (None, None)
    assert after.theta.tobytes() == before.theta.tobytes()
    assert after.gradient.tobytes() == before.gradient.tobytes()
    trainer = Trainer(RECIPE, dataset)
    trainer.step()
    trainer.step()
    stage.worker.send(commands.StepMinibatch())
    assert stage.snapshot().theta.tobytes() == trainer.network.theta.tobytes()


def test_a_drawing_is_sent_through_as_far_as_its_outputs(stage):
    stage.begin()
    picture = np.linspace(0, 1, 6, dtype=np.float32)
    stage.worker.send(commands.LookThrough(picture))
    stage.worker.send(commands.Play(by_phase=True))  # by itself, to the end, and no further
    end = stage.snapshot(lambda s: s.phase == Phase("forward", 2) and not s.playing)
    assert end.step == 0
    assert end.focus.x.tobytes() == picture.tobytes()
    assert end.focus.a[-1].tobytes() == end.network().predict(picture[np.newaxis])[0].tobytes()
    stage.worker.send(commands.LookAway())
    away = stage.snapshot()
    assert (away.minibatch, away.focus.index) == (None, 0)


@pytest.mark.parametrize(
    "message",
    [commands.StepMinibatch(), commands.GoTo(1), commands.MakeEdit("learning_rate", 0.25)],
)
def test_whatever_moves_the_run_ends_the_look_through(stage, message):
    stage.begin()
    stage.worker.send(commands.StepMinibatch())
    stage.worker.send(commands.LookThrough())
    stage.snapshot(lambda s: s.minibatch is not None)
    stage.worker.send(commands.FocusOn(3))
    assert stage.snapshot(lambda s: s.focus.index == 3).phase.name == "pick"
    stage.worker.send(message)
    assert stage.snapshot(lambda s: s.minibatch is None).phase is None


def test_a_look_through_leaves_a_minibatch_half_way_where_it_was(stage):
    stage.begin()
    for _ in range(3):
        stage.worker.send(commands.StepPhase())
    stage.snapshot(lambda s: s.phase == Phase("forward", 2))
    stage.worker.send(commands.LookThrough())
    stage.snapshot(lambda s: s.minibatch.alone)
    stage.worker.send(commands.LookAway())
    back = stage.snapshot()
    assert (back.phase, back.minibatch.alone) == (Phase("forward", 2), "")


@pytest.mark.parametrize(
    ("second", "goes_on"),
    [(commands.Undo(), True), (commands.Redo(), True), (commands.GoTo(0), False)],
)
def test_a_second_undo_does_not_call_the_first_off_while_it_is_on_its_way(second, goes_on):
    stage = Stage()  # whose worker has not begun to obey
    go_on = stage.worker._progress_of("Taking it back")
    assert go_on(0.5)
    stage.worker.send(second)
    assert go_on(0.5) is goes_on
    stage.worker.send(commands.Pause())
    assert not go_on(0.5)
    stage.autosave_thread.stop()
