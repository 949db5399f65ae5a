"""Files of earlier versions in the whole program: they open as files that are given to it do."""

from functools import partial

import pytest

from nnviz.data import catalogue
from nnviz.data.digits_cache import load_digits
from nnviz.engine.selection import Selection
from tests.files.old_files import (
    FOLDER,
    MOMENTS,
    SCREENS,
    THIRD_DIGITS,
    THIRD_SIZES,
    THIRD_THETA,
)
from tests.files.test_corpus import digest
from tests.sampled import sampled
from tests.waiting import settled


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def opened(app, qtbot, monkeypatch):
    """Give a function that opens a file in the program and returns its window."""
    monkeypatch.chdir(FOLDER)  # its table goes by its bare name
    window = app.window

    def opened(file):
        before = window.snapshot.run
        window.files.open_path(FOLDER / file)
        qtbot.waitUntil(lambda: window.snapshot.run != before, timeout=60_000)
        settled(window)
        return window

    return opened


@pytest.mark.parametrize("name", sampled(MOMENTS, every=3))
def test_a_session_is_on_screen_as_it_was_left(opened, qtbot, name):
    window, moment = opened(f"{name}.nnviz"), MOMENTS[name]
    snapshot = window.snapshot
    assert (snapshot.step, snapshot.recipe.dataset) == (20, moment.data)
    left = [branch.number for branch in snapshot.branches]
    assert left == [0, 2]  # at the end of 1 a weight was set: nothing of it was left behind
    assert (window.stepping.granularity, window.toolbar.slider.value()) == ("epoch", 3)
    assert (snapshot.focus.index, snapshot.watched) == (2, (3, 4))
    if name.startswith(SCREENS):
        state = window.ui_state()
        assert state.selection == Selection("neuron", 1, 2, 0)
        assert state.views["cost"]["log"] is True
        assert set(state.open_panels) == {"recipe", "cost", "surface", "branches"}
    window.stepping.choose("minibatch")
    window.stepping.forward()
    qtbot.waitUntil(lambda: window.snapshot.step == 21, timeout=60_000)


@pytest.mark.parametrize("name", sampled(["0-first-network", *MOMENTS], every=3))
def test_a_network_begins_a_run_of_its_own(opened, name):
    snapshot = opened(f"{name}.npz").snapshot
    assert (snapshot.step, snapshot.recipe.layers[:2]) == (0, (2, 3))
    assert snapshot.recipe.dataset == (MOMENTS[name].data if name in MOMENTS else "xor")


def test_a_run_on_earlier_digits_goes_on_with_them(opened, qtbot, monkeypatch):
    train, test = THIRD_SIZES
    few = partial(load_digits, train=train, test=test)
    monkeypatch.setattr(catalogue, "load_digits", few)
    window = opened(f"{THIRD_DIGITS}.nnviz")
    snapshot = window.snapshot
    assert (snapshot.step, snapshot.recipe.dataset) == (20, "digits-3")
    assert digest(snapshot.theta) == THIRD_THETA
    third = few(generation=3)
    assert digest(snapshot.focus.x) in {digest(row) for row in (*third.x_train, *third.x_test)}
    window.stepping.choose("minibatch")
    window.stepping.forward()
    qtbot.waitUntil(lambda: window.snapshot.step == 21, timeout=60_000)
