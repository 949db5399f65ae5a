"""Signals on their way: pulses along the edges after a step, and calm at any other time."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.recipe import Recipe
from nnviz.views.network.signals import DOTS, Pulses, Signals, stepped, waves_of
from nnviz.views.network.view import NetworkView
from nnviz.views.palette import DARK, rgb
from tests.views.boards import board_for, picture_of, shown_of
from tests.views.grabbing import pixels
from tests.views.phasing import at_phase, minibatch_of, names_of
from tests.waiting import PATIENCE


@pytest.fixture
def moment(qapp, make_snapshot):
    """A moment and its board."""

    def moment(recipe=None, steps=5):
        snapshot = make_snapshot(recipe or Recipe(dataset="tiny"), steps=steps)
        board = board_for(snapshot)
        return snapshot, board

    return moment


@pytest.fixture
def phases(qapp, make_snapshot, make_dataset):
    def phases(layers=(784, 30, 10)):
        recipe = Recipe(layers=layers, dataset="tiny")
        data = make_dataset(layers[0], layers[-1])
        snapshot = make_snapshot(recipe, data, 5)
        minibatch = minibatch_of(snapshot, data.x_train[:10], data.y_train[:10])
        return snapshot, {name: at_phase(snapshot, minibatch, name) for name in names_of(snapshot)}

    return phases


def shown(pulses):
    return [dot for dot in pulses.dots if dot.isVisible()]


def test_a_step_runs_forwards_and_then_back(moment):
    snapshot, board = moment()
    waves = waves_of(shown_of(snapshot), board.place)
    assert [wave.back for wave in waves] == [False, False, True, True]
    columns = board.place.columns
    for wave, gap in zip(waves, (1, 2, 2, 1), strict=True):
        begin, end = wave.places(0.0)[0], wave.places(1.0)[0]
        left, right = columns[gap - 1].out, columns[gap].x - columns[gap].radius
        assert begin == pytest.approx(right if wave.back else left)
        assert end == pytest.approx(left if wave.back else right)
        assert 0 < len(wave.signal) <= DOTS


def test_pulses_are_as_large_as_what_their_edges_carry(moment):
    snapshot, board = moment()
    edges = shown_of(snapshot).edges
    there, _, _, back = waves_of(shown_of(snapshot), board.place)
    w = snapshot.theta[: 784 * 30].reshape(784, 30)
    of_gap = edges.layer == 1
    source, target = edges.source[of_gap], edges.target[of_gap]
    delta = snapshot.focus.delta[0]
    for wave, carried in (
        (there, w[source, target] * snapshot.focus.x[source]),
        (back, w[source, target] * delta[target]),
    ):
        largest = np.abs(carried).max()
        strongest_first = np.sort(np.abs(carried / largest))[::-1][: len(wave.signal)]
        assert np.sort(np.abs(wave.signal))[::-1] == pytest.approx(strongest_first, rel=1e-4)
        assert np.abs(wave.signal).max() == pytest.approx(1)


def test_a_phase_moves_its_own_layer_only(phases):
    snapshot, moments = phases((784, 30, 20, 10))
    board = board_for(snapshot)
    columns = board.place.columns

    def gaps(name):
        waves = waves_of(shown_of(moments[name]), board.place)
        starts = [column.out for column in columns]
        return [(starts.index(wave.corners[0][0]) + 1, wave.back) for wave in waves]

    assert [gaps(f"forward {layer}") for layer in (1, 2, 3)] == [[(n, False)] for n in (1, 2, 3)]
    assert gaps("backward 3") == []
    assert gaps("backward 2") == [(3, True)]
    assert gaps("backward 1") == [(2, True)]
    assert all(gaps(name) == [] for name in ("pick", "cost", "average", "update"))


def test_any_time_can_be_looked_at(moment):
    snapshot, board = moment()
    flow, pulses = Signals(), Pulses(board)
    flow.mount(pulses)
    waves = waves_of(shown_of(snapshot), board.place)
    flow.start(waves)
    assert flow.running
    assert not shown(pulses)
    for share, wave in ((0.1, 0), (0.3, 1), (0.6, 2), (0.9, 3)):
        flow.show_at(share)
        x, y = waves[wave].places(4 * share - wave)
        dots = shown(pulses)
        assert [dot.pos().x() for dot in dots] == pytest.approx(x.tolist())
        assert [dot.pos().y() for dot in dots] == pytest.approx(y.tolist())
    picture = picture_of(board)
    largest = int(np.abs(waves[3].signal).argmax())
    hue = DARK.plus if waves[3].signal[largest] > 0 else DARK.minus
    at = picture[int(y[largest]), int(x[largest]) :][:12]
    assert (at == rgb(hue)).all(axis=1).any()
    positive = waves[3].signal[largest] > 0
    assert (at[0] == rgb(hue if positive else DARK.panel)).all()  # a negative one is hollow
    flow.show_at(1.0)
    assert not shown(pulses)
    assert (picture_of(board) == rgb(DARK.panel)).all()


def test_after_little_more_than_half_a_second_all_is_calm(qtbot, moment):
    snapshot, board = moment()
    flow, pulses = Signals(), Pulses(board)
    flow.mount(pulses)
    flow.start(waves_of(shown_of(snapshot), board.place))
    qtbot.waitUntil(lambda: bool(shown(pulses)))
    qtbot.waitUntil(lambda: not flow.running, timeout=PATIENCE)
    assert not shown(pulses)


def test_it_can_be_stopped(moment):
    snapshot, board = moment()
    flow, pulses = Signals(), Pulses(board)
    flow.mount(pulses)
    waves = waves_of(shown_of(snapshot), board.place)
    flow.start(waves)
    flow.show_at(0.4)
    assert shown(pulses)
    flow.stop()
    assert not shown(pulses)
    assert not flow.running


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf])
def test_what_is_no_number_carries_nothing(moment, with_theta, value):
    snapshot, board = moment()
    broken = with_theta(snapshot, np.full(snapshot.recipe.parameters, value))
    seen = replace(shown_of(broken), edges=shown_of(snapshot).edges)
    waves = waves_of(seen, board.place)
    assert all(np.isfinite(wave.signal).all() for wave in waves)


def test_only_a_step_onwards_by_hand_sets_signals_going(make_snapshot, phases):
    before = make_snapshot(steps=3)

    def after(**changes):
        return replace(before, step=before.step + 1, **changes)

    assert stepped(before, after())
    assert not stepped(None, after())
    assert not stepped(before, before)
    assert not stepped(before, after(playing=True))
    assert not stepped(replace(before, playing=True), after())
    assert not stepped(before, after(run=7))
    assert not stepped(before, replace(before, step=before.step - 1))
    assert not stepped(before, replace(before, step=before.step + 400))
    _, moments = phases()
    assert stepped(moments["pick"], moments["forward 1"])
    assert not stepped(moments["forward 1"], replace(moments["forward 1"]))


@pytest.fixture
def view(show, make_snapshot):
    return show(NetworkView, make_snapshot(steps=1), (620, 500))


def test_in_the_view_a_step_sets_them_going_and_then_leaves_no_trace(qtbot, view, make_snapshot):
    flow = view.drawing.flow
    assert not flow.running
    moment = make_snapshot(steps=2)
    view.show_snapshot(moment)
    calm = pixels(view)
    assert flow.running
    qtbot.waitUntil(lambda: not np.array_equal(pixels(view), calm))
    qtbot.waitUntil(lambda: not flow.running)
    assert np.array_equal(pixels(view), calm)
    view.show_snapshot(replace(moment, step=3, playing=True))
    assert not flow.running


def test_in_the_view_they_can_be_switched_off(view, make_snapshot):
    view.controls.switches["signals"].setChecked(False)
    view.show_snapshot(make_snapshot(steps=2))
    assert not view.drawing.flow.running


def test_a_change_of_size_or_leaving_ends_them(view, make_snapshot):
    view.show_snapshot(make_snapshot(steps=2))
    assert view.drawing.flow.running
    view.resize(700, 500)
    assert not view.drawing.flow.running
    view.show_snapshot(make_snapshot(steps=3))
    assert view.drawing.flow.running
    view.hide()
    assert not view.drawing.flow.running
