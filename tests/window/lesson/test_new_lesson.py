"""New lesson from what is on screen: recorded, opened at once, and the same screen again."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from nnviz.data.typed_table import TypedTable
from nnviz.engine.selection import Selection
from nnviz.lesson_command import check
from nnviz.lessons import load_lesson
from nnviz.messages import commands
from nnviz.messages.events import DrawingWanted
from nnviz.window.projector.pages import Shown
from tests.waiting import calm

WAIT = 60_000


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def record(app, qtbot):
    """Choose the action, and a file; wait until the lesson is open."""

    def record(path):
        window = app.window
        window.actions_by_id["new_lesson"].trigger()
        (asking,) = window.findChildren(QFileDialog, "new_lesson")
        asking.fileSelected.emit(str(path))
        asking.close()
        qtbot.waitUntil(lambda: window.course.player is not None, timeout=WAIT)
        arrived(app, qtbot)

    return record


def arrived(app, qtbot):
    qtbot.waitUntil(lambda: app.window.course.player.script.arrived, timeout=WAIT)
    calm(app.window)


def leave(app, qtbot):
    app.window.course.player.leave()
    qtbot.waitUntil(lambda: not app.window.snapshot.demonstration, timeout=WAIT)


def on_screen(window):
    """What is to be there again: the run, and all that is chosen of what can be seen."""
    state, shown = window.ui_state(), window.snapshot
    open_panels = set(state.open_panels)
    docks = {id for id, _ in window._docks.items()}
    views = {id: kept for id, kept in state.views.items() if id not in docks - open_panels}
    for name in ("history", "at"):  # what was selected before: lessons select, too
        views["inspector"].pop(name)
    page = window.projector.page.id if window.projector.on else ""
    return {
        "views": views,
        "panels": open_panels,
        "front": state.front,
        "screen": (state.granularity, state.speed, window.selection, page),
        "stage": window.projector.chosen(),
        "step": (shown.step, shown.reached),
        "focus": (shown.focus.index, shown.focus.x.tobytes()),
        "theta": shown.theta.tobytes(),
        "recipe": {**shown.recipe.to_dict(), "dataset": Path(shown.recipe.dataset).name},
    }


def round_trip(app, qtbot, record, path):
    """Record, and look: in the lesson, after leaving, and once the lesson is opened anew."""
    window = app.window
    calm(window)
    before = on_screen(window)
    record(path)
    assert on_screen(window) == before
    leave(app, qtbot)
    window.start(window.requests.recipe)  # something else in between
    window.select(None)
    window.open_panel("evaluation")
    window.projector.close()
    calm(window)
    if before["screen"][3]:
        window.projector.open()
    window.files.open_path(path)
    arrived(app, qtbot)
    assert on_screen(window) == before
    assert check([str(path)]) == 0
    return load_lesson(path)


# What a lesson says of these beginnings is tested without a window: `lessons/recording`.
@pytest.mark.slow
def test_a_run_on_digits_in_the_middle_of_training(app, qtbot, record, tmp_path):
    window = app.window
    window.choose_data("digits")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "digits", timeout=WAIT)
    window.gate.send(commands.MakeEdit("learning_rate", 0.2))
    window.gate.send(commands.StepMinibatch(7))
    window.gate.send(commands.FocusOn(4))
    qtbot.waitUntil(
        lambda: window.snapshot.step == 7 and window.snapshot.focus.index == 4, timeout=WAIT
    )
    window.select(Selection("neuron", 1, 5))
    window.stepping.by_phase()
    file = window.files.path
    lesson = round_trip(app, qtbot, record, tmp_path / "Digits so far.toml")
    assert lesson.start.session == tmp_path / "digits-so-far.nnviz"
    assert window.files.path == file
    assert str(lesson.start.session) not in window._settings.recent_sessions


# What a lesson says of these beginnings is tested without a window: `lessons/recording`.
@pytest.mark.slow
def test_a_textbook_example(app, qtbot, record, tmp_path):
    window = app.window
    window.examples.open("linear-163")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "example:linear-163", timeout=WAIT)
    lesson = round_trip(app, qtbot, record, tmp_path / "plain.toml")
    assert lesson.start.example == "linear-163"
    assert not lesson.scenes[0].changes.edits


def test_a_textbook_example_with_a_weight_that_was_typed(app, qtbot, record, tmp_path):
    window = app.window
    window.examples.open("linear-163")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "example:linear-163", timeout=WAIT)
    window.gate.send(commands.MakeEdit("theta", (0.1 + 0.2,), (2,)))
    window.gate.send(commands.MakeEdit("learning_rate", 0.125))
    qtbot.waitUntil(lambda: window.snapshot.recipe.learning_rate == 0.125, timeout=WAIT)
    window.select(Selection("parameter", 1, 2, 2))
    lesson = round_trip(app, qtbot, record, tmp_path / "typed.toml")
    assert lesson.start.example == "linear-163"
    assert len(lesson.scenes[0].changes.edits) == 1
    assert list(tmp_path.glob("*.nnviz")) == []


# What a lesson says of these beginnings is tested without a window: `lessons/recording`.
@pytest.mark.slow
def test_a_table_of_ones_own_typed_or_in_a_file(app, qtbot, record, tmp_path):
    window = app.window
    rows = ((0.0, 1.5, 1.0), (2.0, -1.0, 0.0), (0.5, 0.25, 1.0))
    window.choose_data(TypedTable(("a", "b", "c"), (2,), rows).name)
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset.startswith("typed:"), timeout=WAIT)
    lesson = round_trip(app, qtbot, record, tmp_path / "typed.toml")
    assert lesson.start.session is None
    leave(app, qtbot)
    table = tmp_path / "else" / "fruit.csv"
    table.parent.mkdir()
    table.write_text("a,b,kind\n" + "".join(f"{k},{k % 3},{'ab'[k % 2]}\n" for k in range(20)))
    window.choose_data(str(table))
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset.endswith(".csv"), timeout=WAIT)
    lesson = round_trip(app, qtbot, record, tmp_path / "fruit.toml")
    assert lesson.start.recipe["dataset"] == str(tmp_path / "fruit.csv")
    assert (tmp_path / "fruit.csv").read_bytes() == table.read_bytes()


def test_a_page_of_the_projector(app, qtbot, record, tmp_path):
    window = app.window
    window.projector.open()
    window.projector.show_page_of("why")
    window.select(Selection("neuron", 2, 0))
    calm(window)
    lesson = round_trip(app, qtbot, record, tmp_path / "page.toml")
    assert lesson.start.look.page == "why"
    window.projector.close()


def test_an_own_input(app, qtbot, record, tmp_path):
    window = app.window
    own = np.array([0.25, 0.75])
    window.gate.publish(DrawingWanted(own))
    calm(window)
    record(tmp_path / "own.toml")
    seen = window.course.player.observed().snapshot.focus
    assert seen.index == -1
    assert seen.x.tolist() == own.tolist()


def test_while_it_plays_it_pauses_and_what_the_author_saves_is_shown_at_once(
    app, qtbot, record, tmp_path
):
    window = app.window
    window.gate.send(commands.Play())
    qtbot.waitUntil(lambda: window.snapshot.step > 3, timeout=WAIT)
    path = tmp_path / "live.toml"
    record(path)
    assert not window.snapshot.playing
    assert window.snapshot.step > 3
    text = path.read_text("utf-8")
    assert "Say here what there is to see." in text
    path.write_text(text.replace("Say here what there is to see.", "Look!"), "utf-8")
    playback = window.course.player.playback
    qtbot.waitUntil(lambda: playback.shown.text.startswith("Look!"), timeout=WAIT)


def refused(window, qtbot, monkeypatch, path, replace):
    """Ask for a new lesson at a place whose disk fails so; return the box that says it."""
    window.actions_by_id["new_lesson"].trigger()
    (asking,) = window.findChildren(QFileDialog, "new_lesson")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        asking.fileSelected.emit(str(path))
        asking.close()
        qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox, "failure")), timeout=WAIT)
    (box,) = window.findChildren(QMessageBox, "failure")
    return box


@pytest.mark.parametrize("trained", [False, True])
def test_a_full_disk_is_one_sentence_and_nothing_is_left(
    app, qtbot, tmp_path, monkeypatch, trained
):
    window = app.window
    if trained:
        window.stepping.forward()
        qtbot.waitUntil(lambda: window.snapshot.step == 1, timeout=WAIT)
    replace = Path.replace

    def full(self, target):
        if tmp_path in Path(target).parents and Path(target).suffix == ".toml":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replace(self, target)

    box = refused(window, qtbot, monkeypatch, tmp_path / "l.toml", full)
    assert box.text().endswith("the disk is full: free some space and try again.")
    box.close()
    assert window.course.player is None
    assert list(tmp_path.glob("l*")) == []


def test_a_session_that_cannot_be_saved_is_told_and_nothing_is_opened_later(
    app, qtbot, tmp_path, monkeypatch
):
    window = app.window
    window.stepping.forward()
    qtbot.waitUntil(lambda: window.snapshot.step == 1, timeout=WAIT)
    replace = Path.replace

    def read_only(self, target):
        if Path(target).suffix == ".nnviz" and tmp_path in Path(target).parents:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return replace(self, target)

    box = refused(window, qtbot, monkeypatch, tmp_path / "l.toml", read_only)
    assert "could not be saved as" in box.text()
    assert "\n" not in box.text()
    box.close()
    window.files._save_to(tmp_path / "l.nnviz")  # the user's own file, by the same name
    qtbot.waitUntil(lambda: window.files.path == tmp_path / "l.nnviz", timeout=WAIT)
    assert window.course.player is None
    assert not (tmp_path / "l.toml").exists()


def test_a_page_of_ones_own_is_recorded_with_its_views(app, qtbot, record, tmp_path):
    window = app.window
    window.projector.open()
    views = (Shown("network", 0.7, {"edges": "nudges"}), Shown("cost", 0.3, {"log": False}))
    page = window.projector._list.save("Mine", views)
    window.projector.show_page_of("cost")
    window.projector.show_page_of(page.id)
    calm(window)
    record(tmp_path / "mine.toml")
    shown = window.projector.page
    assert [(each.view, each.share) for each in shown.views] == [("network", 0.7), ("cost", 0.3)]
    assert window.projector.chosen()["network"]["edges"] == "nudges"
    assert not window.projector.chosen()["cost"]["log"]
    lesson = load_lesson(tmp_path / "mine.toml")
    assert lesson.start.look.stage == (("network", 0.7), ("cost", 0.3))
    assert check([str(tmp_path / "mine.toml")]) == 0
    leave(app, qtbot)
    assert window.projector.page == page
    window.projector.close()
