"""Receptive fields: the weights of a neuron as a picture, alone and on the wall."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from nnviz.engine.recipe import Recipe
from nnviz.views.network import NetworkView
from nnviz.views.network.facts import facts_of
from nnviz.views.network.layout import Box
from nnviz.views.network.receptive_field_wall import FRAME, FieldWall, wall_grid
from nnviz.views.network.receptive_fields import FieldTile, colours, fields, whole_scale
from nnviz.views.palette import DARK, THEMES, Diverging, rgb
from nnviz.views.shared.items import Items
from tests.views.boards import board_for, picture_of, shown_of, words_on

SIZES = [(480, 320), (620, 500), (850, 530), (1000, 800), (1400, 900)]


def expected(snapshot, neuron, theme):
    """The colours of a neuron's weights, worked out from theta alone."""
    hidden = snapshot.recipe.layers[1]
    w = np.asarray(snapshot.theta[: 784 * hidden], np.float64).reshape(784, hidden)[:, neuron]
    return Diverging(theme).colours(w, np.abs(w).max()).reshape(28, 28, 3)


def sampled(picture, box, shape=(28, 28), ratio=1.0):
    """The pixels in the middle of each weight."""
    rows, columns = shape
    y = (box.top() + (np.arange(rows) + 0.5) * box.height() / rows) * ratio
    x = (box.left() + (np.arange(columns) + 0.5) * box.width() / columns) * ratio
    return picture[np.ix_(y.astype(int), x.astype(int))]


def of_weights(tile):
    """Where the picture of a tile is, without its frame."""
    return tile.box.adjusted(1, 1, -1, -1)


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_tile_shows_every_weight_in_its_colour(qapp, make_snapshot, theme, ratio):
    snapshot = make_snapshot(steps=5)
    board = board_for(snapshot, (1000, 800), theme, ratio)
    tile = FieldTile(board, (28, 28))
    for neuron in (4, 0, 29):
        tile.show(shown_of(snapshot), neuron, float(board.place.columns[1].y[neuron]))
        picture = sampled(picture_of(board), of_weights(tile), ratio=ratio)
        assert np.abs(picture.astype(int) - expected(snapshot, neuron, theme)).max() <= 1


def test_a_tile_names_its_neuron_and_its_largest_weight(qapp, make_snapshot, with_theta):
    snapshot = make_snapshot(steps=0)
    theta = np.zeros(snapshot.recipe.parameters)
    theta[400 * 30 + 4], theta[401 * 30 + 4] = -2.5, 1.25
    board = board_for(snapshot)
    tile = FieldTile(board, (28, 28))
    tile.show(shown_of(with_theta(snapshot, theta)), 4, 200.0)
    assert {text for text, _ in words_on(board)} == {"what neuron 5 looks for", "|w| ≤ 2.5"}
    shown = sampled(picture_of(board), of_weights(tile))
    assert (shown[divmod(400, 28)] == rgb(DARK.minus)).all()
    half = Diverging(DARK).colours(0.5, 1.0)
    assert (shown[divmod(401, 28)] == half).all()
    assert (shown[0] == rgb(DARK.panel)).all()
    tile.show(shown_of(snapshot), None, 0.0)
    assert words_on(board) == []
    assert tile.box == QRectF()
    assert (picture_of(board) == rgb(DARK.panel)).all()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(
    "layers", [(784, 30, 10), (784, 100, 10), (784, 128, 64, 10), (784, 10)], ids=str
)
def test_a_tile_stays_in_the_view_and_beside_its_neuron(qapp, make_snapshot, size, layers):
    snapshot = make_snapshot(Recipe(layers=layers), steps=0)
    board = board_for(snapshot, size)
    tile = FieldTile(board, (28, 28))
    column, place = board.place.columns[1], board.place
    for at in (0, column.shown // 2, column.shown - 1):
        tile.show(shown_of(snapshot), at, float(column.y[at]))
        boxes = [tile.box, *(box for _, box in words_on(board))]
        for box in boxes:
            assert QRectF(0, 0, *size).contains(box)
            assert box.right() < column.x - column.radius
            assert box.bottom() <= place.footer.top + 1
            assert box.top() > place.heading
        assert tile.box.left() > place.tile.right
        assert abs(tile.box.center().y() - column.y[at]) < 0.6 * size[1]


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e38])
def test_weights_that_are_no_numbers_are_shown_all_the_same(qapp, make_snapshot, with_theta, value):
    snapshot = make_snapshot(steps=0)
    theta = np.array(snapshot.theta)
    theta[::3] = value
    broken = with_theta(snapshot, theta)
    board = board_for(snapshot)
    FieldTile(board, (28, 28)).show(shown_of(broken), 4, 200.0)
    FieldWall(board, shown_of(snapshot)).show(shown_of(broken), 4, 5)
    assert (picture_of(board) != rgb(DARK.panel)).any()


def test_only_pictures_have_fields(make_snapshot):
    for layers, there in (((784, 30, 10), True), ((2, 4, 1), False), ((40, 4, 1), False)):
        facts = facts_of(make_snapshot(Recipe(layers=layers), steps=0))
        assert ("fields" in facts.available) == there


def test_a_weight_is_whole_pixels_wherever_there_is_room(qapp):
    assert whole_scale((28, 28), (100, 200), 1.0) == 3
    assert whole_scale((28, 28), (100, 200), 2.0) == 3.5
    assert whole_scale((28, 28), (14, 14), 1.0) == 0.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
@pytest.mark.parametrize("hidden", [1, 30, 100])
def test_the_wall_holds_every_weight_of_every_neuron(qapp, make_snapshot, theme, hidden):
    snapshot = make_snapshot(Recipe(layers=(784, hidden, 10)), steps=2)
    board = board_for(snapshot, (1000, 800), theme)
    wall = FieldWall(board, shown_of(snapshot))
    wall.show(shown_of(snapshot), None, None)
    assert wall.page >= hidden
    for neuron in range(hidden):
        row, column = divmod(neuron, wall.grid.columns)
        top, left = row * 31 + FRAME, column * 31 + FRAME
        field = wall.picture[top : top + 28, left : left + 28]
        assert np.abs(field.astype(int) - expected(snapshot, neuron, theme)).max() <= 1


def test_the_wall_is_what_is_on_screen(qapp, make_snapshot):
    snapshot = make_snapshot(steps=2)
    board = board_for(snapshot, (1000, 800))
    wall = FieldWall(board, shown_of(snapshot))
    wall.show(shown_of(snapshot), None, None)
    assert wall.grid.cell == int(wall.grid.cell) >= 3
    picture = picture_of(board)
    for neuron in range(30):
        shown = sampled(picture, wall.grid.box(neuron))
        assert np.abs(shown.astype(int) - expected(snapshot, neuron, DARK)).max() <= 1
    wall.hide()
    assert (picture_of(board) == rgb(DARK.panel)).all()


def test_a_frame_lights_up_with_its_neuron(qapp, make_snapshot, with_theta):
    snapshot = make_snapshot(steps=0)
    theta = np.array(snapshot.theta)
    biases = theta[784 * 30 + 300 :][:30]
    biases[...] = -300
    biases[7] = 300
    board = board_for(snapshot, (1000, 800))
    wall = FieldWall(board, shown_of(snapshot))
    wall.show(shown_of(with_theta(snapshot, theta)), None, None)
    for neuron, colour in ((7, DARK.text), (8, DARK.panel)):
        row, column = divmod(neuron, wall.grid.columns)
        assert (wall.picture[row * 31, column * 31] == rgb(colour)).all()


def test_every_field_on_the_wall_is_an_item_where_it_hangs(show, make_snapshot):
    view = show(NetworkView, make_snapshot(steps=2), (1000, 800))
    view.choose(fields=True)
    view.grab()
    boxes = view.findChild(Items).boxes()
    hidden = [hit for hit in boxes if hit.kind == "neuron" and hit.layer == 1]
    assert [hit.neuron for hit in hidden] == list(range(30))
    assert not any(hit.kind == "edge" for hit in boxes)
    for hit in hidden:
        found = view.drawing.hit(boxes[hit].center())
        assert (found.layer, found.neuron) == (1, hit.neuron)


def test_the_neuron_under_the_mouse_is_found_and_named(qapp, make_snapshot):
    snapshot = make_snapshot(steps=2)
    board = board_for(snapshot)
    wall = FieldWall(board, shown_of(snapshot))
    assert wall.neuron_at(*wall.grid.box(3).center().toTuple()) is None
    wall.show(shown_of(snapshot), 7, 4)
    for neuron in range(30):
        assert wall.neuron_at(*wall.grid.box(neuron).center().toTuple()) == neuron
    assert wall.neuron_at(2, 2) is None
    _, largest = fields(shown_of(snapshot), slice(7, 8))
    assert f"neuron 8: |w| ≤ {float(largest[0]):.3g}" in [text for text, _ in words_on(board)]
    picture = picture_of(board)
    for neuron in (4, 7):
        box = wall.grid.box(neuron)
        x, y = box.center().x(), box.top() - FRAME * wall.grid.cell
        near = picture[int(y) - 1 : int(y) + 2, int(x)].astype(int)
        assert np.abs(near - rgb(DARK.now)).max(axis=1).min() < 40


def test_a_wall_too_large_for_its_room_is_leafed_through_and_counted(qapp, make_snapshot):
    snapshot = make_snapshot(Recipe(layers=(784, 1000, 10)), steps=0)
    board = board_for(snapshot)
    wall = FieldWall(board, shown_of(snapshot))
    wall.show(shown_of(snapshot), None, None)
    page, columns = wall.page, wall.grid.columns
    assert page < 1000
    assert any(f"neurons 1 to {page} of 1\u202f000" in text for text, _ in words_on(board))
    assert not wall.scroll(-1)
    assert wall.scroll(2)
    wall.show(shown_of(snapshot), None, None)
    assert wall.neuron_at(*wall.grid.box(1).center().toTuple()) == 2 * columns + 1
    first = wall.picture[FRAME : FRAME + 28, FRAME : FRAME + 28].astype(int)
    assert np.abs(first - expected(snapshot, 2 * columns, DARK)).max() <= 1
    while wall.scroll(50):
        pass
    wall.show(shown_of(snapshot), None, None)
    assert wall.first + page >= 1000
    assert any("to 1\u202f000 of 1\u202f000" in text for text, _ in words_on(board))
    last = wall.grid.box(999 - wall.first).center().toTuple()
    assert wall.neuron_at(*last) == 999


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("hidden", [5, 30, 100, 1000])
def test_the_wall_and_its_words_have_room(qapp, make_snapshot, size, hidden):
    snapshot = make_snapshot(Recipe(layers=(784, hidden, 10)), steps=0)
    board = board_for(snapshot, size)
    wall, place = FieldWall(board, shown_of(snapshot)), board.place
    wall.show(shown_of(snapshot), None, None)
    last = place.columns[-1]
    first, end = wall.grid.box(0), wall.grid.box(wall.page - 1)
    assert first.left() > place.tile.right
    assert first.top() > place.heading + 0.5 * place.unit
    assert end.bottom() < place.footer.top
    assert end.right() < last.x - last.radius
    for text, box in words_on(board):
        assert box.left() > place.tile.right, text
        assert box.right() < place.bars.left, text


def test_as_large_as_all_have_room():
    room = Box(0, 0, 400, 300)
    for count in (1, 7, 30, 63):
        hung = wall_grid(count, (28, 28), room, 16, 1.0)
        assert hung.rows * hung.columns >= count
        down, across = hung.step
        assert hung.rows * down <= 300 + hung.cell
        assert hung.columns * across <= 400 + hung.cell
        larger = hung.cell + 1
        if larger * 28 <= 9 * 16:
            assert int(300 / larger / 31 + 0.1) * int(400 / larger / 31 + 0.1) < count


def test_every_picture_takes_its_own_scale(make_snapshot):
    weights, largest = fields(shown_of(make_snapshot(steps=3)), slice(0, 30))
    shown = colours(weights, largest, Diverging(DARK))
    full = [rgb(DARK.plus).tolist(), rgb(DARK.minus).tolist()]
    for field in shown.reshape(30, -1, 3):
        assert any((field == colour).all(axis=1).any() for colour in full)


def test_a_small_picture_is_shown_large(qapp, make_snapshot):
    snapshot = make_snapshot(Recipe(layers=(64, 5, 3)), steps=1)
    assert snapshot.image_shape == (8, 8)
    board = board_for(replace(snapshot, class_names=()))
    tile = FieldTile(board, (8, 8))
    tile.show(shown_of(snapshot), 2, 200.0)
    assert tile.box.width() > 60
