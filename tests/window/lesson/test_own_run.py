"""One's own run is put aside for a lesson, and comes back with all that was on screen."""

import json

import numpy as np
from PySide6.QtWidgets import QPushButton

from nnviz.engine.selection import Selection
from nnviz.messages import commands
from nnviz.window.dock import in_sight
from tests.waiting import calm


def as_it_is(window):
    state = window.ui_state().to_dict()
    return json.dumps(state, sort_keys=True), window.requests.recipe, window.toolbar.pace


def in_sight_sizes(window):
    return {id: dock.size() for id, dock in window._docks.items() if in_sight(dock)}


def test_it_comes_back_as_it_was(at, qtbot):
    window = at.window
    window.select(Selection("neuron", 1, 2))
    window.toolbar.show_pace(3)
    window.stepping.by_epoch()
    window.open_panel("evaluation")
    calm(window)
    own, before = window.snapshot, as_it_is(window)
    sizes = in_sight_sizes(window)
    at.open()
    assert window.snapshot.demonstration
    at.go_to("see")
    at.player.leave()
    qtbot.waitUntil(lambda: window.snapshot.run == own.run, timeout=60_000)
    calm(window)
    assert at.player is None
    assert window.snapshot.step == own.step
    assert np.array_equal(window.snapshot.theta, own.theta)
    assert window.selection == Selection("neuron", 1, 2)
    assert as_it_is(window) == before
    qtbot.waitUntil(lambda: in_sight_sizes(window) == sizes)


def test_escape_asks_first_and_staying_changes_nothing(at, qtbot):
    at.open()
    run = at.window.snapshot.run
    box = at.escape()
    stay = next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == "Stay")
    at.click(stay)
    assert at.player is not None
    assert at.window.snapshot.run == run


def test_escape_leaves_where_that_is_wanted(at, qtbot):
    own = at.window.snapshot.run
    at.open()
    box = at.escape()
    leave = next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == "Leave")
    at.click(leave)
    qtbot.waitUntil(lambda: at.window.snapshot.run == own, timeout=60_000)
    assert at.player is None


def test_a_window_that_is_closed_in_a_lesson_keeps_what_was_ones_own(at_alone):
    window = at_alone.window
    before = as_it_is(window)[:2]
    at_alone.open()
    window.close()
    kept = window._settings
    assert (json.dumps(kept.ui_state.to_dict(), sort_keys=True), kept.recipe) == before


def test_nothing_of_ones_own_can_be_begun_or_opened_meanwhile(at, tmp_path):
    window = at.window
    at.open()
    run = window.snapshot.run
    window.choose_data("and")
    window.gate.send(commands.OpenSession(tmp_path / "none.nnviz"))
    window.form.start()
    window.stepping.forward()
    at.qtbot.waitUntil(lambda: at.shown.line == "After this lesson.")
    assert window.snapshot.run == run
    assert window.snapshot.step == 0


def test_panels_are_opened_and_closed_again_after_the_lesson(at):
    window = at.window
    toggles = window._docks.toggles()
    before = [(toggle.isEnabled(), toggle.isChecked()) for toggle in toggles]
    at.open()
    assert not any(toggle.isEnabled() for toggle in toggles)
    at.player.leave()
    assert [(toggle.isEnabled(), toggle.isChecked()) for toggle in toggles] == before


def test_a_lesson_that_is_opened_right_after_another_was_left_stays_as_it_is(at, qtbot):
    own = at.window.snapshot
    at.open()
    at.player.leave()
    at.open()
    calm(at.window)
    assert not at.window._docks["recipe"].isVisible()
    at.player.leave()
    qtbot.waitUntil(lambda: at.window.snapshot.run == own.run, timeout=60_000)
    assert at.window.snapshot.step == own.step
