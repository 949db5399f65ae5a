"""Fields, maps and signals in the network view itself: what is offered, pointed at and picked."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Sample
from nnviz.engine.selection import Selection
from nnviz.numbers import integer
from nnviz.views.network.edges import Spot
from nnviz.views.network.view import NetworkView
from nnviz.views.palette import DARK, LIGHT, rgb
from tests.views.grabbing import pixels
from tests.views.network.hands import lines_of, wheel, words_of
from tests.views.phasing import at_phase, minibatch_of

LAYERS = [(784, 30, 10), (784, 100, 10), (784, 128, 64, 10), (784, 10), (2, 4, 3, 1), (40, 50, 3)]


@pytest.fixture
def show(show):
    return lambda snapshot, size=(850, 530), theme=DARK: show(NetworkView, snapshot, size, theme)


def switch(view, name, on=True):
    view.controls.switches[name].setChecked(on)


def offered(view):
    return {button.text() for button in view.findChildren(QToolButton) if button.isVisible()}


def place_of(view, layer, neuron):
    column = view.place.columns[layer]
    return QPoint(round(column.x), round(float(column.y[neuron])))


def field(view, neuron):
    x, y = view.drawing.stage.overlays._wall.grid.box(neuron).center().toTuple()
    return QPoint(round(x), round(y))


@pytest.mark.parametrize("layers", LAYERS, ids=str)
def test_what_a_network_can_show_is_offered(show, make_snapshot, layers):
    view = show(make_snapshot(Recipe(layers=layers), steps=0))
    pictures, plane = layers[0] == 784, layers[0] == 2
    buttons = offered(view)
    assert ("fields" in buttons) == pictures
    assert ("maps" in buttons) == plane
    assert ("all" in buttons) == (not plane)


@pytest.mark.parametrize("size", [(480, 320), (620, 500), (1000, 800)], ids=str)
def test_buttons_and_words_of_the_footer_do_not_touch(show, make_snapshot, size):
    view = show(make_snapshot(Recipe(layers=(784, 100, 10)), steps=1), size)
    boxes = [button.geometry() for button in view.findChildren(QToolButton) if button.isVisible()]
    assert len(boxes) == 3
    boxes.sort(key=lambda box: box.left())
    assert all(a.right() < b.left() for a, b in pairwise(boxes))
    for line in lines_of(view):
        box = line.sceneBoundingRect().toRect()
        assert not any(box.intersects(button) for button in boxes), line.text()


def test_pointing_at_a_neuron_shows_what_it_looks_for(qtbot, show, make_snapshot):
    view = show(make_snapshot())
    qtbot.mouseMove(view, QPoint(5, 5))
    qtbot.mouseMove(view, place_of(view, 1, 4))
    qtbot.waitUntil(lambda: "what neuron 5 looks for" in words_of(view))
    qtbot.mouseMove(view, place_of(view, 2, 4))
    qtbot.waitUntil(lambda: "what neuron 5 looks for" not in words_of(view))


def test_a_neuron_that_is_picked_shows_what_it_looks_for(show, make_snapshot):
    view = show(make_snapshot())
    before = pixels(view)
    view.select(Selection("neuron", 1, 17))
    assert "what neuron 18 looks for" in words_of(view)
    tile, column = view.drawing.stage.overlays._tile.box, view.place.columns[1]
    assert tile.right() < column.x - column.radius
    assert tile.top() < column.y[17] < tile.bottom()
    view.select(None)
    assert np.array_equal(pixels(view), before)


def test_what_is_let_go_of_is_not_shown_on_to_a_mouse_that_rests_there(qtbot, show, make_snapshot):
    view = show(make_snapshot())
    left, place = Qt.MouseButton.LeftButton, place_of(view, 1, 11)
    qtbot.mouseMove(view, QPoint(5, view.height() // 2))
    qtbot.mouseMove(view, place)
    qtbot.waitUntil(lambda: view.drawing.pointed == Spot(1, 11))
    qtbot.mouseClick(view, left, Qt.KeyboardModifier.NoModifier, place)
    assert "what neuron 12 looks for" in words_of(view)
    view.select(None)
    assert "what neuron 12 looks for" not in words_of(view)
    qtbot.mouseMove(view, place + QPoint(1, 0))
    qtbot.waitUntil(lambda: "what neuron 12 looks for" in words_of(view))


def test_what_was_pointed_at_goes_with_the_picture_it_was_in(qtbot, show, make_snapshot):
    view = show(make_snapshot())
    switch(view, "fields")
    qtbot.mouseMove(view, QPoint(5, view.height() // 2))
    qtbot.mouseMove(view, field(view, 12))
    qtbot.waitUntil(lambda: view.drawing.pointed == Spot(1, 12))
    qtbot.mouseClick(
        view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, field(view, 12)
    )
    view.choose(fields=False)
    assert "what neuron 13 looks for" in words_of(view), "it is selected"
    view.select(None)
    assert "what neuron 13 looks for" not in words_of(view), "no neuron is under the mouse now"
    assert view.drawing.pointed is None


@pytest.mark.parametrize("layers", [(784, 30, 10), (784, 128, 64, 10), (784, 10)], ids=str)
def test_the_wall_takes_the_place_of_the_hidden_layers(show, make_snapshot, layers):
    view = show(make_snapshot(Recipe(layers=layers), steps=1))
    before = pixels(view)
    switch(view, "fields")
    assert any(text.startswith(("what each neuron", "receptive")) for text in words_of(view))
    assert any(f"{integer(784 * layers[1])} weights" in text for text in words_of(view))
    assert not any("more" in text and text.startswith("+") for text in words_of(view))
    assert view.drawing.hit(QPointF(field(view, 3))).neuron == 3
    switch(view, "fields", False)
    rows = slice(0, int(view.place.footer.top) - 4)
    assert np.array_equal(pixels(view)[rows], before[rows])


def test_a_field_is_named_and_picked(qtbot, show, make_snapshot):
    view = show(make_snapshot())
    switch(view, "fields")
    qtbot.mouseMove(view, QPoint(5, 5))
    qtbot.mouseMove(view, field(view, 12))
    qtbot.waitUntil(lambda: any(text.startswith("neuron 13: |w|") for text in words_of(view)))
    with qtbot.waitSignal(view.picked) as picked:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=field(view, 12))
    assert picked.args == [Selection("neuron", 1, 12)]
    assert "a¹₁₃" in view.tip_at(QPointF(field(view, 12)))


def test_edges_that_the_wall_hides_cannot_be_hit(show, make_snapshot):
    view = show(make_snapshot())
    x, y = view.place.columns[1].x, float(view.place.columns[1].y[12])
    assert view.drawing.hit(QPointF(x, y)).neuron == 12
    switch(view, "fields")
    for across in np.linspace(view.place.caption.right + 30, view.place.columns[2].x - 40, 20):
        found = view.drawing.hit(QPointF(across, y))
        assert found is None or found.kind == "neuron"


def test_a_double_click_on_a_field_shows_its_edges(qtbot, show, make_snapshot):
    view = show(make_snapshot())
    switch(view, "fields")
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=field(view, 5))
    assert not view.chosen.fields
    assert view.chosen.focus is not None
    assert view.chosen.focus.neuron == 5


def test_the_wheel_leafs_through_a_large_wall_which_keeps_its_place(show, make_snapshot):
    view = show(make_snapshot(Recipe(layers=(784, 1000, 10)), steps=0))
    switch(view, "fields")
    wall = view.drawing.stage.overlays._wall
    where, columns = field(view, wall.grid.columns + 1), wall.grid.columns
    wheel(view, where, -2)
    assert wall.first == 2 * columns
    assert any("of 1\u202f000" in text for text in words_of(view))
    view.set_theme(LIGHT)
    assert view.drawing.stage.overlays._wall.first == 2 * columns
    wheel(view, where, 1)
    assert view.drawing.stage.overlays._wall.first == columns
    view.select(Selection("neuron", 1, 777))
    assert view.drawing.stage.overlays._wall.shows(777)


def test_either_all_edges_or_the_wall(show, make_snapshot):
    view = show(make_snapshot())
    switch(view, "all_edges")
    switch(view, "fields")
    assert view.chosen.fields
    assert not view.chosen.all_edges
    switch(view, "all_edges")
    assert not view.chosen.fields
    view.hide()


@pytest.fixture
def plane(make_snapshot, make_dataset):
    def plane(**options):
        recipe = Recipe(layers=(2, 4, 3, 1), **options)
        data = make_dataset(2, 1)
        return replace(make_snapshot(recipe, data, 5), sample=Sample(data.x_test, data.y_test))

    return plane


def test_maps_are_there_from_the_start_and_can_be_put_away(show, plane):
    view = show(plane())
    assert any("at every x₁, x₂" in text or "the output" in text for text in words_of(view))
    with_maps = pixels(view)
    switch(view, "maps", False)
    assert not any("the output" in text for text in words_of(view))
    column, picture = view.place.columns[1], pixels(view)
    beside = int(column.x + column.radius + 6)
    assert not np.array_equal(with_maps[:, beside], picture[:, beside])


def test_the_neuron_pointed_at_is_mapped_large(qtbot, show, plane):
    view = show(plane())
    qtbot.mouseMove(view, QPoint(5, 5))
    qtbot.mouseMove(view, place_of(view, 1, 2))
    qtbot.waitUntil(lambda: any(text.startswith("neuron 3") for text in words_of(view)))
    qtbot.mouseMove(view, place_of(view, 0, 1))
    qtbot.waitUntil(lambda: "input x₂" in words_of(view))
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert any("the output" in text for text in words_of(view))


def test_what_was_pointed_at_is_forgotten_with_its_net(show, make_snapshot, make_dataset, plane):
    view = show(plane())
    view.drawing.point_at(QPointF(place_of(view, 3, 0)))
    assert view.drawing.pointed == Spot(3, 0)
    recipe, data = Recipe(layers=(2, 1)), make_dataset(2, 1)
    smaller = make_snapshot(recipe, data, 5)
    view.show_snapshot(replace(smaller, run=99, sample=Sample(data.x_test, data.y_test)))
    assert view.drawing.pointed in (None, Spot(1, 0)), "what is under the mouse now, if anything"
    assert any("the output" in text for text in words_of(view))


def test_a_tile_that_is_picked_is_framed(show, plane):
    view = show(plane())
    view.select(Selection("neuron", 1, 2))
    column = view.place.columns[1]
    reach = view.drawing.stage.overlays.reach(1)
    edge = pixels(view)[int(column.y[2]), int(column.x - reach) - 3 : int(column.x - reach) + 4]
    assert np.abs(edge.astype(int) - rgb(DARK.now)).max(axis=1).min() < 30


def test_phase_by_phase_the_example_counts_and_not_the_plane(show, plane, make_dataset):
    snapshot = plane()
    data = make_dataset(2, 1)
    minibatch = minibatch_of(snapshot, data.x_train[:4], data.y_train[:4])
    view = show(at_phase(snapshot, minibatch, "forward 1"))
    assert not any("the output" in text for text in words_of(view))
    view.show_snapshot(snapshot)
    assert any("the output" in text for text in words_of(view))


def test_another_network_has_its_own_figures(show, make_snapshot, plane):
    view = show(make_snapshot())
    switch(view, "fields")
    view.show_snapshot(replace(plane(), run=1))
    assert pixels(view).any()
    assert "fields" not in offered(view)
    view.show_snapshot(make_snapshot(run=2))
    assert any(text.startswith("what each neuron") for text in words_of(view))
