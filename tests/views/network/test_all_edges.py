"""All edges at once: what the picture shows, and that it neither blocks nor stays behind."""

import threading
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from nnviz.engine.recipe import Recipe
from nnviz.views.network.all_edges import gaps_of, heights, paint
from nnviz.views.network.all_edges_figure import AllEdges, Strip
from nnviz.views.network.all_edges_thread import AllEdgesThread
from nnviz.views.network.view import NetworkView
from nnviz.views.palette import DARK, LIGHT, THEMES, Diverging, rgb
from tests.sampled import sampled
from tests.views.boards import board_for, picture_of
from tests.views.grabbing import pixels
from tests.views.network.hands import words_of
from tests.waiting import events_done

LAYERS = (784, 100, 10)


@pytest.fixture
def order(qapp, make_snapshot):
    def order(weights=None, layers=LAYERS, size=(620, 500), theme=DARK, ratio=1.0, largest=None):
        """An order for a network whose weights are zero but for some, {(layer, k, j): w}."""
        snapshot = make_snapshot(Recipe(layers=layers), steps=0)
        board = board_for(snapshot, size, theme, ratio)
        theta = np.array(snapshot.theta)
        if weights is not None:
            theta[:] = 0
            starts = np.cumsum([0, *(a * b for a, b in pairwise(layers))])
            for (layer, k, j), w in weights.items():
                theta[starts[layer - 1] + k * layers[layer] + j] = w
        return AllEdges(board).order(snapshot.recipe, theta, snapshot.step, largest), board.place

    return order


def channels(pixels):
    return np.stack([pixels >> shift & 0xFF for shift in (16, 8, 0)], axis=-1).astype(int)


def along(order, place, layer, k, j, t):
    """Where an edge is on the picture, in pixels of the screen."""
    y0, y1 = heights(place, layer - 1)[k], heights(place, layer)[j]
    x0, x1 = place.columns[layer - 1].out, place.columns[layer].x - place.columns[layer].radius
    x, y = x0 + t * (x1 - x0) - order.left, y0 + (y1 - y0) * (3 * t**2 - 2 * t**3)
    return round(x * order.ratio), round(y * order.ratio)


def threads():
    return [thread for thread in threading.enumerate() if thread.name == "nnviz-all-edges"]


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
@pytest.mark.parametrize("ratio", sampled([1.0, 1.5, 2.0], every=2))
@pytest.mark.parametrize(("w", "hue"), [(2.5, "plus"), (-2.5, "minus")])
def test_an_edge_has_the_hue_of_its_sign_all_the_way(order, theme, ratio, w, hue):
    for layer, k, j in ((1, 400, 0), (1, 3, 99), (2, 0, 9), (2, 99, 0)):
        wanted, place = order({(layer, k, j): w}, theme=theme, ratio=ratio)
        picture = channels(paint(wanted))
        drawn = []
        for t in np.linspace(0.05, 0.95, 91):
            x, y = along(wanted, place, layer, k, j, t)
            patch = picture[max(y - 2, 0) : y + 3, x - 1 : x + 2].reshape(-1, 3)
            away = np.abs(patch - rgb(getattr(theme, hue)).astype(int)).max(axis=1).min()
            # A quarter of the way to the panel's colour at most, where it is steep.
            drawn.append(away < 80)
        if w > 0:
            assert all(drawn), (layer, k, j)
        else:  # dashed
            assert 0.4 < np.mean(drawn) < 0.97, (layer, k, j)
            assert np.count_nonzero(np.diff(drawn)) > 8


def test_there_is_nothing_but_the_edge(order):
    wanted, place = order({(1, 400, 30): 1.0})
    picture = channels(paint(wanted))
    drawn = (picture != rgb(DARK.panel)).any(axis=2)
    gap = place.columns[1].x - place.columns[1].radius - place.columns[0].out
    assert gap < drawn.sum() < 4 * gap
    x1 = place.columns[1].x - place.columns[1].radius - wanted.left
    assert not drawn[:, int(x1) + 2 :].any()


def test_no_weight_is_no_edge_and_no_number_none_either(order):
    for weights in ({}, {(1, 5, 5): np.nan}, {(1, 5, 5): np.inf}):
        wanted, _ = order(weights)
        assert (channels(paint(wanted)) == rgb(DARK.panel)).all()


@pytest.mark.parametrize(("layer", "k", "j"), [(1, 0, 50), (1, 783, 99), (2, 57, 3), (2, 99, 9)])
def test_every_edge_can_be_seen_alone(order, layer, k, j):
    wanted, place = order({(layer, k, j): 1e-3}, largest=1e-3)
    picture = channels(paint(wanted))
    x, y = along(wanted, place, layer, k, j, 0.97)
    assert (picture[y - 2 : y + 3, x] != rgb(DARK.panel)).any()


def test_the_stronger_of_two_is_in_front(order):
    for w, hue in ((1.0, DARK.plus), (-1.0, DARK.minus)):
        wanted, place = order({(1, 0, 99): w, (1, 783, 0): -0.6 * w})
        picture, own = channels(paint(wanted)), []
        for t in np.linspace(0.1, 0.9, 81):
            x, y = along(wanted, place, 1, 0, 99, t)
            patch = picture[y - 1 : y + 2, x]
            nearest = patch[np.abs(patch - rgb(DARK.panel)).sum(axis=1).argmax()]
            weak = Diverging(DARK).colours(-0.6 * w, 1.0).astype(int)
            own.append(np.abs(nearest - rgb(hue)).sum() < np.abs(nearest - weak).sum())
        assert all(own) if w > 0 else np.mean(own) > 0.5  # a negative one is dashed


def test_a_weight_has_the_colour_it_has_in_every_view(order):
    wanted, place = order({(1, 400, 30): 0.5}, largest=1.0)
    picture = channels(paint(wanted))
    x, y = along(wanted, place, 1, 400, 30, 0.02)
    half = Diverging(DARK).colours(0.5, 1.0).astype(int)
    assert np.abs(picture[y - 2 : y + 3, x] - half).max(axis=1).min() < 40


def test_every_neuron_has_a_height_of_its_own(order):
    wanted, place = order(layers=(784, 1000, 40))
    assert wanted.edges == 784 * 1000 + 1000 * 40
    rows = heights(place, 1)
    assert len(rows) == 1000
    assert (np.diff(rows) > 0).all()
    assert place.heading < rows[0]
    assert rows[-1] < place.footer.top
    outputs = heights(place, 2)
    assert np.array_equal(outputs[:32], place.columns[2].y)
    assert (np.diff(outputs) > 0).all()


def test_the_scale_is_that_of_the_largest_weight(order, make_snapshot):
    snapshot = make_snapshot(steps=3)
    assert AllEdges(board_for(snapshot)).order(snapshot.recipe, snapshot.theta, 3).largest == (
        np.abs(snapshot.theta[:-40]).max()
    )
    assert order({(1, 2, 3): -4.0})[0].largest == 4.0
    assert order({(1, 2, 3): -4.0}, largest=9.0)[0].largest == 9.0


def test_gaps_hold_every_weight(make_snapshot, qapp):
    snapshot = make_snapshot(steps=1)
    place = board_for(snapshot).place
    gaps = gaps_of(snapshot.recipe, snapshot.theta, place)
    assert sum(gap.weight.size for gap in gaps) == 23_820
    assert np.array_equal(gaps[1].weight.ravel(), snapshot.theta[784 * 30 :][:300])


def test_what_is_no_longer_wanted_is_dropped_at_once(order):
    wanted, _ = order()
    asked = []

    def cancelled():
        asked.append(True)
        return len(asked) > 5

    assert paint(wanted, cancelled) is None
    assert len(asked) == 6


def test_the_latest_order_wins(qtbot, order):
    desk, found = AllEdgesThread(), []
    desk.finished.connect(found.append)
    (first, place), (second, _) = order({(1, 400, 0): 1.0}), order({(1, 400, 99): -1.0})
    desk.order(first, urgent=True)
    desk.order(second, urgent=True)
    qtbot.waitUntil(lambda: bool(found))
    (finished,) = found
    assert finished.order.generation == 2
    assert np.array_equal(finished.pixels, paint(second))
    x, y = along(first, place, 1, 400, 0, 0.9)
    assert (channels(finished.pixels)[y - 2 : y + 3, x] == rgb(DARK.panel)).all()
    qtbot.waitUntil(lambda: not threads())


def test_while_training_plays_pictures_are_finished_and_the_last_one_comes(qtbot, order):
    desk, found = AllEdgesThread(), []
    desk.finished.connect(found.append)
    orders = [order({(1, 400, j): 1.0})[0] for j in range(6)]
    for each in orders:
        desk.order(each, urgent=False)
    qtbot.waitUntil(lambda: not desk.busy)
    assert [finished.order.generation for finished in found] == [1, 6]
    assert np.array_equal(found[1].pixels, paint(orders[-1]))


def test_stopping_ends_the_thread(qtbot, order):
    desk = AllEdgesThread()
    found = []
    desk.finished.connect(found.append)
    desk.order(order(layers=(784, 1000, 10))[0], urgent=True)
    assert len(threads()) == 1
    desk.stop()
    assert not threads()
    assert not desk.busy
    events_done()
    assert found == []


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_on_the_board_the_picture_stands_where_it_was_drawn(order, make_snapshot, ratio):
    snapshot = make_snapshot(Recipe(layers=LAYERS), steps=0)
    board = board_for(snapshot, (620, 500), LIGHT, ratio)
    crowd = AllEdges(board)
    wanted = crowd.order(snapshot.recipe, snapshot.theta, 0)
    finished = type("Finished", (), {"order": wanted, "pixels": paint(wanted)})
    crowd.show(finished)
    shown = picture_of(board)
    left = round(wanted.left * ratio)
    rows, columns = finished.pixels.shape
    part = shown[:rows, left : left + columns].astype(int)
    assert np.abs(part - channels(finished.pixels)[: len(part)]).max() <= 1
    crowd.hide()
    assert (picture_of(board) == rgb(LIGHT.panel)).all()


def test_a_strip_has_a_cell_for_every_neuron(qapp, make_snapshot):
    snapshot = make_snapshot(Recipe(layers=LAYERS), steps=0)
    board = board_for(snapshot, (1000, 800))
    strip = Strip(board, 1, "sigmoid")
    assert strip.neuron_at(*strip.box.center().toTuple()) is None
    a = np.zeros(100)
    a[37] = 1
    strip.show(a, 1.0)
    picture, x = picture_of(board), strip.box.center().x()
    for neuron, colour in ((37, DARK.text), (36, DARK.panel), (38, DARK.panel)):
        y = strip.height_of(neuron)
        assert strip.neuron_at(x, y) == neuron
        assert (picture[int(y), int(x)] == rgb(colour)).all()
        assert y == pytest.approx(heights(board.place, 1)[neuron])
    strip.show(-a, 1.0, errors=True)
    assert (picture_of(board)[int(strip.height_of(37)), int(x)] == rgb(DARK.minus)).all()
    strip.mark(37)
    edge = int(strip.box.left() - 0.2 * strip.box.width())
    near = picture_of(board)[int(strip.height_of(37)), edge - 2 : edge + 3].astype(int)
    assert np.abs(near - rgb(DARK.now)).max(axis=1).min() < 40


@pytest.fixture
def show(show):
    return lambda snapshot, size=(620, 500), theme=DARK: show(NetworkView, snapshot, size, theme)


def ask(view, qtbot):
    view.controls.switches["all_edges"].setChecked(True)
    qtbot.waitUntil(lambda: not view.drawing.desk.busy)


def test_in_the_view_it_stands_in_for_single_edges(qtbot, show, make_snapshot, with_theta):
    snapshot = make_snapshot(Recipe(layers=LAYERS), steps=0)
    theta = np.zeros(snapshot.recipe.parameters)
    theta[400 * 100 + 95] = 2.0  # into a neuron that has no circle
    view = show(with_theta(snapshot, theta))
    before = pixels(view)
    ask(view, qtbot)
    assert any("all 79\u202f400 edges" in text for text in words_of(view))
    drawn = replace(view.drawing.stage.overlays.all_edges.finished.order, left=0)
    x, y = along(drawn, view.place, 1, 400, 95, 0.8)
    patch = pixels(view)[y - 2 : y + 3, x].astype(int)
    assert np.abs(patch - rgb(DARK.plus)).max(axis=1).min() < 60
    # Other weights leave nothing of these.
    other = np.zeros(snapshot.recipe.parameters)
    other[400 * 100 + 2] = -2.0
    view.show_snapshot(with_theta(snapshot, other))
    qtbot.waitUntil(lambda: not view.drawing.desk.busy)
    assert (pixels(view)[y - 2 : y + 3, x] == rgb(DARK.panel)).all()
    view.show_snapshot(with_theta(snapshot, theta))
    view.controls.switches["all_edges"].setChecked(False)
    buttons = view.controls._buttons["all_edges"].geometry()
    after = pixels(view)
    rows = slice(0, buttons.top())
    assert np.array_equal(after[rows], before[rows])


def test_while_it_plays_the_age_of_the_picture_is_said(qtbot, show, make_snapshot):
    recipe = Recipe(layers=LAYERS, dataset="tiny")
    view = show(make_snapshot(recipe, steps=1, playing=True), (1000, 800))
    ask(view, qtbot)
    view.show_snapshot(make_snapshot(recipe, steps=4, playing=True))
    assert any("as of step 1" in text for text in words_of(view))
    qtbot.waitUntil(lambda: not view.drawing.desk.busy)
    assert not any("as of" in text for text in words_of(view))


def test_no_thread_outlives_its_view(qtbot, show, make_snapshot):
    view = show(make_snapshot(Recipe(layers=(784, 1000, 10)), steps=0))
    view.controls.switches["all_edges"].setChecked(True)
    assert len(threads()) == 1
    view.hide()
    assert not threads()
    view.show()
    view.show_snapshot(make_snapshot(Recipe(layers=(784, 1000, 10)), steps=0))
    assert len(threads()) == 1
    QApplication.sendEvent(view, QCloseEvent())
    assert not threads()


def test_it_is_not_offered_where_all_edges_are_drawn_anyway(show, make_snapshot):
    view = show(make_snapshot(Recipe(layers=(2, 4, 3, 1)), steps=0))
    assert not view.controls.switches["all_edges"].isVisible()
    view.show_snapshot(make_snapshot(Recipe(layers=LAYERS), steps=0))
    assert view.controls.switches["all_edges"].isVisible()
