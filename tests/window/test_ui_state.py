"""The state of the screen: collected, shown again, kept between starts and in sessions."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from nnviz.app import build
from nnviz.engine import Recipe
from nnviz.engine.selection import Selection
from nnviz.files.sessions import session_view
from nnviz.messages import commands
from nnviz.messages.events import Opened, UiChanged
from nnviz.messages.ui_state import UiState
from nnviz.messages.window_commands import Select, ShowUi
from nnviz.views import VIEWS
from nnviz.views.palette import DARK
from nnviz.views.view import ViewSpec
from nnviz.window.settings import Settings
from tests.waiting import events_done, settled
from tests.window.conftest import ALL_SPECS, Probe, Typing

NEURON = Selection("neuron", 1, 2)


class Choosing(Probe):
    """A view in which a zoom can be chosen, and a neuron once a net is at hand."""

    def __init__(self):
        super().__init__()
        self.zoom, self.neuron, self.restored = 1.0, 0, []

    def show_snapshot(self, snapshot):
        if not self.snapshots or self.snapshots[-1].run != snapshot.run:
            self.neuron = 0
        super().show_snapshot(snapshot)

    def state(self):
        return {"zoom": self.zoom, "neuron": self.neuron}

    def restore(self, kept):
        self.restored.append(kept)
        self.zoom = kept.get("zoom", self.zoom)
        if self.snapshots and kept.get("neuron", 0) < self.snapshots[-1].recipe.layers[1]:
            self.neuron = kept.get("neuron", self.neuron)


class Unwritable(Probe):
    def state(self):
        return {"picture": object(), "nan": float("nan")}


CHOOSING = tuple(
    ViewSpec(spec.id, spec.title, spec.place, Typing if spec.id == "timeline" else Choosing)
    for spec in ALL_SPECS
)


def test_what_is_chosen_is_collected_and_shown_again(stage, qtbot):
    window = stage.window(CHOOSING, (1280, 720))
    window.restore_layout()
    window.show_snapshot(stage.snapshot())
    first = window.ui_state()
    assert first.open_panels == ("recipe", "side", "other", "minibatch", "examples", "branches")
    window.stepping.by_phase()
    window.toolbar.slider.setValue(3)
    stage.ports.send(Select(NEURON))
    window.dock("other").close()
    window.open_panel("branches")
    window.views["side"].zoom = 2.5
    settled(window)
    state = window.ui_state()
    assert (state.selection, state.granularity, state.speed) == (NEURON, "phase", 3)
    assert "other" not in state.open_panels
    assert "branches" in state.front
    assert "examples" not in state.front
    assert state.views["side"] == {"zoom": 2.5, "neuron": 0}
    stage.ports.send(ShowUi(first))
    settled(window)
    assert window.dock("other").isVisible()
    assert window.views["side"].zoom == 1
    assert (window.stepping.granularity, window.toolbar.slider.value()) == (
        "minibatch",
        first.speed,
    )
    assert "branches" not in window.ui_state().front
    stage.ports.send(ShowUi(UiState.from_dict(state.to_dict())))
    settled(window)
    assert window.ui_state() == state


def test_what_a_state_leaves_out_stays_as_it_is(stage):
    window = stage.window(CHOOSING)
    window.show_snapshot(stage.snapshot())
    window.select(NEURON)
    settled(window)
    before = window.ui_state()
    window.show_ui(UiState(views={"nobody": {"zoom": 3}}, front=("nobody", "side")))
    window.show_ui(UiState(Selection("neuron", 1, 500), "years", 99, None))
    settled(window)
    assert window.ui_state() == before


def test_what_a_file_could_not_hold_is_left_out(stage):
    specs = (ALL_SPECS[0], ViewSpec("side", "Side", "right", Unwritable))
    window = stage.window(specs)
    assert "side" not in window.ui_state().views


def test_it_is_kept_between_starts_and_shown_again_with_the_first_moment(stage):
    window = stage.window(CHOOSING, (1280, 720))
    window.restore_layout()
    window.show_snapshot(stage.snapshot())
    window.select(NEURON)
    window.open_panel("examples")
    window.views["middle"].zoom, window.views["examples"].neuron = 3.0, 2
    settled(window)
    state = window.ui_state()
    window.close()
    again = stage.window(CHOOSING, (1280, 720))
    settled(again)
    assert again.views["middle"].zoom == 3
    assert again.views["examples"].neuron == 0  # there is no net yet
    again.show_snapshot(stage.snapshot())
    assert again.views["examples"].neuron == 2
    settled(again)
    assert again.ui_state() == state


def test_the_whole_program_starts_with_what_was_selected_when_it_was_left(app, qtbot, tmp_path):
    """Its ports take nothing before somebody said so, unlike those of a window alone."""
    app.window.select(NEURON)
    qtbot.waitUntil(app.window.settled)
    app.window.close()
    again = build(Settings(tmp_path / "app.json"), DARK)
    qtbot.addWidget(again.window)
    assert again.window.selection == NEURON
    assert again.bridge.stop()


def test_a_session_is_restored_once_its_own_run_is_there_and_behind_tabs_when_seen(stage):
    window = stage.window(CHOOSING, (1280, 720))
    window.restore_layout()
    window.show_snapshot(stage.snapshot())
    settled(window)
    middle, hidden = window.views["middle"], window.views["branches"]
    assert not hidden.in_sight()
    view = UiState(NEURON, views={id: {"neuron": 2} for id in ("middle", "branches")}).to_dict()
    window.show_opened(Opened(Path("a.nnviz"), view, 5))
    window.show_snapshot(stage.snapshot())  # of the run before
    middle.neuron = 0
    window.show_snapshot(stage.snapshot(run=5))
    assert (middle.neuron, window.selection) == (2, NEURON)
    restored = len(hidden.restored)
    window.open_panel("branches")
    settled(window)
    assert hidden.snapshots[-1].run == 5
    assert len(hidden.restored) == restored + 1
    assert hidden.neuron == 2
    middle.neuron = 1
    window.show_snapshot(stage.snapshot(run=6))  # another run: nothing is restored any more
    assert middle.neuron == 0


def test_a_session_that_says_nothing_of_a_selection_leaves_none(stage):
    window = stage.window(CHOOSING)
    window.show_snapshot(stage.snapshot())
    window.select(NEURON)
    window.show_opened(Opened(Path("a.nnviz"), {"granularity": "epoch", "speed": 2}, 1))
    assert window.selection is None
    assert window.stepping.granularity == "epoch"


def test_what_is_chosen_is_told_once(stage, qtbot):
    window = stage.window(CHOOSING)
    told = []
    stage.ports.on(UiChanged, told.append)
    window._ui._looking.setInterval(20)
    window.views["side"].zoom = 2.0
    with qtbot.waitSignal(window._ui._looking.timeout):
        pass
    assert told[-1].state.views["side"]["zoom"] == 2
    count = len(told)
    with qtbot.waitSignal(window._ui._looking.timeout):
        pass
    assert len(told) == count


# -- with every view of the program -------------------------------------------------------------

BROKEN = (None, -1, 10**9, 0.5, "", "nowhere", True, [], [1, 2, 3], [None], {}, {"a": 1})


@pytest.fixture(scope="module")
def every_view(stage_of_module):
    """A window with all views; each is given back the state that it had."""
    window = stage_of_module.window(VIEWS, (1280, 720))
    window.show_snapshot(stage_of_module.snapshot(steps=3))
    return window


@pytest.mark.parametrize("spec", VIEWS, ids=lambda spec: spec.id)
def test_no_broken_state_stops_a_view(spec, every_view):
    window = every_view
    view = window.views[spec.id]
    if spec.place not in ("centre", "below"):
        window.open_panel(spec.id)
    settled(window)
    names = view.state()
    view.restore(names)
    settled(window)
    assert view.state() == names
    for value in BROKEN:
        for name in names:
            view.restore({name: value, "nothing": value})
        view.restore(dict.fromkeys(names, value))
        events_done()
        view.show_snapshot(window.snapshot)
    settled(window)
    view.restore(names)
    assert view.state() == names


def test_a_session_shows_the_same_screen_again(app, qtbot, tmp_path):
    window = app.window
    run = window.snapshot.run
    for _ in range(3):
        window.stepping.forward()
    qtbot.waitUntil(lambda: window.snapshot.step == 3)
    window.select(NEURON)
    window.open_panel("evaluation")
    window.stepping.by_epoch()
    window.toolbar.slider.setValue(4)
    settled(window)
    state = window.ui_state()
    path = tmp_path / "run.nnviz"
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(object, "save_session")
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()
    qtbot.waitUntil(path.is_file)
    assert UiState.from_dict(session_view(path)) == state
    window.select(None)
    window.stepping.by_phase()
    window.toolbar.slider.setValue(8)
    window.dock("evaluation").close()
    window.start(Recipe(dataset="xor", layers=(2, 5, 1)))
    qtbot.waitUntil(lambda: window.snapshot.recipe.layers == (2, 5, 1))
    app.bridge.send(commands.OpenSession(path))
    qtbot.waitUntil(
        lambda: window.snapshot.run != run and window.snapshot.recipe.layers != (2, 5, 1),
        timeout=60_000,
    )
    qtbot.waitUntil(lambda: window.toolbar.slider.value() == 4)
    settled(window)
    assert window.ui_state() == state


def test_groups_of_the_recipe_that_were_opened_are_kept(stage, qtbot):
    window = stage.window()
    window.form.edit_field("l2")
    window.close()
    again = stage.window()
    assert again.form.findChild(QLineEdit, "l2").isVisible()
    assert not again.form.findChild(QLineEdit, "seed").isVisible()
    folded = {"recipe": {"groups": {"regularisation": False}}}
    stage.ports.send(ShowUi(UiState(views=folded)))
    assert not again.form.findChild(QLineEdit, "l2").isVisible()
