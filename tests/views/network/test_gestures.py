"""The network view under hands: click, wheel, drag, double click and keys."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from nnviz import numbers
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.messages.commands import MakeEdit
from nnviz.views.network.camera import NEAREST, Camera
from nnviz.views.network.edges import Spot, ends
from nnviz.views.network.view import NetworkView
from nnviz.views.palette import DARK, THEMES, rgb
from tests.views.grabbing import pixels
from tests.views.network.hands import on_screen, wheel, words_of
from tests.views.phasing import at_phase, minibatch_of
from tests.wishes import on_wish

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def show(show):
    def drawn(snapshot, size=(1000, 600), theme=DARK):
        view = show(NetworkView, snapshot, size, theme)
        pixels(view)
        return view

    return drawn


@pytest.fixture
def hundred(make_snapshot):
    return make_snapshot(Recipe(dataset="tiny", layers=(784, 100, 10)))


def spot(view, layer, neuron):
    column = view.place.columns[layer]
    where = on_screen(view, column.x, column.height_of(neuron))
    return QPoint(round(where.x()), round(where.y()))


def pixel(view, k):
    tile = view.place.tile
    cell = tile.width / 28
    row, column = divmod(k, 28)
    return QPoint(round(tile.left + (column + 0.5) * cell), round(tile.top + (row + 0.5) * cell))


def bar(view, output):
    bars = view.place.bars
    return QPoint(round(bars.left + 5), round(view.place.columns[-1].height_of(output)))


def press(view, key, modifiers=NONE):
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers)
    QApplication.sendEvent(view, event)
    return event.isAccepted()


def now_pixels(view, theme=DARK):
    picture = pixels(view).astype(int)
    return np.abs(picture - rgb(theme.now)).max(axis=2) < 30


# -- scrolling a layer ------------------------------------------------------------------------


def test_the_wheel_shifts_a_layer_and_its_edges_follow(show, hundred):
    view = show(hundred)
    before = pixels(view)
    assert view.place.columns[1].drawn == slice(0, 32)
    assert wheel(view, spot(view, 1, 5), -5)
    column = view.place.columns[1]
    assert column.drawn == slice(20, 52)
    assert not np.array_equal(pixels(view), before)
    edges, weights = view.edges, hundred.network().weights
    first, second = edges.layer == 1, edges.layer == 2
    assert set(edges.target[first]) <= set(range(20, 52))
    assert set(edges.source[second]) <= set(range(20, 52))
    assert np.array_equal(weights[0][edges.source[first], edges.target[first]], edges.weight[first])
    assert np.array_equal(
        weights[1][edges.source[second], edges.target[second]], edges.weight[second]
    )
    threshold = np.sort(np.abs(weights[0][:, 20:52]).ravel())[-first.sum()]
    assert np.abs(edges.weight[first]).min() == threshold
    assert "21–52 of 100" in words_of(view)
    assert "+ 68 more" not in words_of(view)


def test_every_neuron_can_be_reached_and_no_window_is_half_empty(show, hundred):
    view = show(hundred)
    seen = set()
    for _ in range(30):
        column = view.place.columns[1]
        assert column.shown == 32
        seen |= set(range(column.drawn.start, column.drawn.stop))
        wheel(view, spot(view, 1, column.first), -1)
    assert seen == set(range(100))
    wheel(view, spot(view, 1, 80), 100)
    assert view.place.columns[1].first == 0


def test_circles_show_the_activations_of_the_neurons_that_are_drawn(
    show, make_snapshot, with_theta
):
    snapshot = make_snapshot(Recipe(dataset="tiny", layers=(784, 100, 10)), steps=0)
    theta = np.zeros(snapshot.recipe.parameters)
    biases = theta[784 * 100 + 1000 :]
    biases[:100] = -30
    biases[45] = 30
    view = show(with_theta(snapshot, theta))
    wheel(view, spot(view, 1, 5), -5)
    picture = pixels(view)
    for neuron, colour in ((45, DARK.text), (44, DARK.panel)):
        at = spot(view, 1, neuron)
        assert np.abs(picture[at.y(), at.x()].astype(int) - rgb(colour)).max() < 6


def test_outputs_beyond_those_drawn_are_reached_too(show, make_snapshot):
    view = show(make_snapshot(Recipe(dataset="tiny", layers=(784, 10, 40)), steps=2))
    assert "39" not in words_of(view)
    wheel(view, bar(view, 3), -10)
    assert view.place.columns[-1].drawn == slice(8, 40)
    assert "39" in words_of(view)


def test_a_small_turn_of_a_touch_pad_adds_up(show, hundred):
    view = show(hundred)
    for _ in range(6):
        wheel(view, spot(view, 1, view.place.columns[1].first), -1 / 24)
    assert view.place.columns[1].first == 1


def test_the_wheel_over_the_picture_leafs_and_elsewhere_does_nothing(qtbot, show, hundred):
    view = show(hundred)
    with qtbot.waitSignal(view.example_requested) as asked:
        assert wheel(view, pixel(view, 400), -1)
    assert asked.args == [1]
    with qtbot.assertNotEmitted(view.example_requested):
        assert not wheel(view, QPoint(view.width() // 2 - 60, 20), -1)
        assert not wheel(view, bar(view, 4), -1)
    assert view.place.columns[1].first == 0


def test_a_click_on_the_words_turns_the_page(qtbot, show, hundred):
    view = show(hundred)
    column, seen = view.place.columns[1], []
    below = round(float(column.y[-1]) + column.radius + 0.9 * view.place.unit)
    for _ in range(4):
        qtbot.mouseClick(view, LEFT, NONE, QPoint(round(column.x), below))
        seen.append(view.place.columns[1].first)
    assert seen == [32, 64, 68, 0]


# -- selecting --------------------------------------------------------------------------------


def test_a_click_selects_what_lies_there(qtbot, show, make_snapshot):
    view = show(make_snapshot())
    x0, y0, x1, y1 = (float(part[-1]) for part in ends(view.place, view.edges))
    edge = QPoint(round((x0 + x1) / 2), round((y0 + y1) / 2))
    parameter = int(view.edges.parameter[-1])
    layer, target = int(view.edges.layer[-1]), int(view.edges.target[-1])
    for where, wanted in (
        (spot(view, 1, 4), Selection("neuron", 1, 4)),
        (spot(view, 2, 7), Selection("neuron", 2, 7)),
        (pixel(view, 403), Selection("neuron", 0, 403)),
        (bar(view, 7), Selection("output", 2, 7)),
        (edge, Selection("parameter", layer, target, parameter)),
        (QPoint(5, 5), None),
    ):
        with qtbot.waitSignal(view.picked) as picked, qtbot.assertNotEmitted(view.edge_picked):
            qtbot.mouseClick(view, LEFT, NONE, where)
        assert picked.args == [wanted]


def test_an_edge_is_edited_by_a_right_click(qtbot, show, make_snapshot):
    view = show(make_snapshot())
    x0, y0, x1, y1 = (float(part[-1]) for part in ends(view.place, view.edges))
    edge = QPoint(round((x0 + x1) / 2), round((y0 + y1) / 2))
    with qtbot.waitSignal(view.edge_picked) as edited, qtbot.assertNotEmitted(view.picked):
        qtbot.mouseClick(view, Qt.MouseButton.RightButton, NONE, edge)
    assert edited.args == [int(view.edges.parameter[-1])]


def places_along(view, index):
    """Return the pixels that an edge goes through."""
    x0, y0, x1, y1 = (float(part[index]) for part in ends(view.place, view.edges))
    for t in np.linspace(0.02, 0.98, 200):
        yield QPoint(round(x0 + t * (x1 - x0)), round(y0 + (y1 - y0) * t * t * (3 - 2 * t)))


def lies_at(view, place):
    """Return the parameter whose edge a hand gets at a place; None for none."""
    found = view.drawing.hit(QPointF(place))
    return None if found is None else found.parameter


def test_an_edge_beneath_others_all_along_is_reached_by_clicking_again(qtbot, show, make_snapshot):
    view = show(make_snapshot(Recipe(dataset="tiny", layers=(2, 16, 16, 1))), (560, 340))
    edges = {int(parameter): index for index, parameter in enumerate(view.edges.parameter)}
    hidden = {
        parameter
        for parameter, index in edges.items()
        if not any(lies_at(view, place) == parameter for place in places_along(view, index))
    }
    assert hidden, "else there is nothing to reach"
    turned = []
    on_wish(view, MakeEdit, lambda edit: turned.append(edit.indices[0]))
    for parameter in hidden:
        middle = list(places_along(view, edges[parameter]))[60]
        clicks = 0
        while clicks == 0 or view.selection.parameter != parameter:
            qtbot.mouseClick(view, LEFT, NONE, middle)
            clicks += 1
            assert clicks < 20
        assert clicks > 1
        qtbot.mousePress(view, LEFT, NONE, middle)
        for way in (10, 20):
            qtbot.mouseMove(view, middle - QPoint(0, way))
        qtbot.mouseRelease(view, LEFT, NONE, middle - QPoint(0, 20))
        assert turned[-1] == parameter, "what is selected is what a hand takes"
        qtbot.mouseMove(
            view, middle + QPoint(40, 0)
        )  # away from here those in front come first again
        qtbot.waitUntil(lambda at=middle: lies_at(view, at) != view.selection.parameter)


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_what_is_selected_is_ringed_and_named(show, make_snapshot, theme):
    snapshot = make_snapshot()
    view = show(snapshot, theme=theme)
    plain = pixels(view)
    before = now_pixels(view, theme)
    view.select(Selection("neuron", 1, 20))
    at, column = spot(view, 1, 20), view.place.columns[1]
    new = now_pixels(view, theme) & ~before
    away = np.hypot(*(np.nonzero(new) - np.array([[at.y()], [at.x()]])))
    ring = away < column.radius + view.place.unit
    assert ring.sum() > 20
    assert away[ring].min() > column.radius - 1
    assert f"a¹₂₁ = {float(snapshot.focus.a[0][20]):.3g}".replace("-", "−") in words_of(view)
    assert any(text.startswith("δ¹₂₁ = ") for text in words_of(view))
    view.select(None)
    assert np.array_equal(pixels(view), plain)


def test_a_weight_picked_elsewhere_glows_and_is_named_and_brought_into_sight(show, hundred):
    view = show(hundred)
    selection = Selection.of_weight(hundred.recipe, 2, 77, 3)
    view.select(selection)
    assert view.place.columns[1].draws(77)
    w = float(hundred.theta[selection.parameter])
    assert f"w²₄,₇₈ = {w:.3g}".replace("-", "−") in words_of(view)
    seen = now_pixels(view)
    column, outputs = view.place.columns[1], view.place.columns[2]
    y = (column.height_of(77) + outputs.height_of(3)) / 2
    x = (column.out + outputs.x - outputs.radius) / 2
    patch = seen[round(y) - 3 : round(y) + 4, round(x) - 3 : round(x) + 4]
    assert patch.any()


def test_numbers_of_what_is_selected_are_none_before_their_phase(show, make_snapshot, make_dataset):
    snapshot, data = make_snapshot(), make_dataset()
    minibatch = minibatch_of(snapshot, data.x_train[:10], data.y_train[:10])
    view = show(at_phase(snapshot, minibatch, "forward 1"))
    view.select(Selection("neuron", 2, 3))
    assert not [text for text in words_of(view) if text.startswith(("ŷ₄", "z²₄", "δ²₄"))]
    view.show_snapshot(at_phase(snapshot, minibatch, "forward 2"))
    assert [text for text in words_of(view) if text.startswith("z²₄")]
    assert not [text for text in words_of(view) if text.startswith("δ²₄")]


def test_more_digits_stand_in_the_picture_where_there_is_room(show, make_snapshot):
    snapshot = make_snapshot(Recipe(dataset="tiny", layers=(2, 2, 1)))
    view = show(snapshot)
    press(view, Qt.Key.Key_N)
    full = [numbers.write(z, 9) for z in snapshot.focus.z[0].tolist()]
    output = numbers.write(float(snapshot.focus.a[-1][0]), 9)
    assert not set(words_of(view)) & {output, *(f"z {z}" for z in full)}
    numbers.set_digits(9)
    view.show_snapshot(snapshot)
    assert set(words_of(view)) >= {output}
    said = " ".join(words_of(view))
    assert all(f"z {z}" in said for z in full)
    view.resize(300, 200)
    said = " ".join(words_of(view))
    assert not any(f"z {z}" in said for z in full)
    numbers.set_digits(numbers.USUAL)
    view.show_snapshot(snapshot)
    assert output not in words_of(view)


def test_numbers_beside_neurons_are_as_honest(show, make_snapshot, make_dataset):
    snapshot, data = make_snapshot(Recipe(dataset="tiny", layers=(2, 4, 3, 1))), make_dataset(2, 1)
    view = show(snapshot)
    assert not [text for text in words_of(view) if text.startswith("z ")]
    press(view, Qt.Key.Key_N)
    said = " ".join(words_of(view))
    for layer in range(3):
        for z in snapshot.focus.z[layer].tolist():
            assert f"z {z:.2f}".replace("-", "−") in said
    minibatch = minibatch_of(snapshot, data.x_train[:10], data.y_train[:10])
    moment = at_phase(snapshot, minibatch, "forward 1")
    view.show_snapshot(moment)
    said = " ".join(words_of(view))
    assert f"z {moment.focus.z[0][0]:.2f}".replace("-", "−") in said
    assert f"z {moment.focus.z[2][0]:.2f}".replace("-", "−") not in said
    assert "δ –" in said


# -- one neuron -------------------------------------------------------------------------------


def test_a_double_click_shows_all_edges_of_a_neuron_and_dims_the_others(qtbot, show, make_snapshot):
    snapshot = make_snapshot()
    view = show(snapshot)
    before = pixels(view).astype(int)
    qtbot.mouseDClick(view, LEFT, NONE, spot(view, 1, 4))
    assert view.chosen.focus == Spot(1, 4)
    edges, weights = view.edges, snapshot.network().weights
    assert len(edges) == 784 + 10
    assert np.array_equal(edges.weight, snapshot.theta[edges.parameter])
    assert set(edges.target[edges.layer == 1]) == {4} == set(edges.source[edges.layer == 2])
    assert sorted(edges.weight[edges.layer == 2]) == sorted(weights[1][4])
    assert any("794 edges of neuron 5" in text for text in words_of(view))
    after = pixels(view).astype(int)
    panel = rgb(DARK.panel).astype(int)
    bright = int(np.argmax(np.where(np.arange(30) == 4, 0, snapshot.focus.a[0])))
    at = spot(view, 1, bright)
    dimmed, full = (np.abs(picture[at.y(), at.x()] - panel).sum() for picture in (after, before))
    assert dimmed < 0.5 * full
    press(view, Qt.Key.Key_Escape)
    assert view.chosen.focus is None
    assert np.array_equal(pixels(view), before)


def test_only_edges_to_neurons_shown_are_drawn_and_that_is_said(show, make_snapshot):
    snapshot = make_snapshot(Recipe(dataset="tiny", layers=(784, 100, 64, 10)), steps=1)
    view = show(snapshot, size=(1600, 800))
    view.pressing.focus_at(QPointF(spot(view, 1, 2)))
    assert len(view.edges) == 784 + 32
    assert view.edges.total == 784 + 64
    assert any(text.startswith("816 of the 848 edges") for text in words_of(view))
    wheel(view, spot(view, 2, 2), -100)
    assert set(view.edges.target[view.edges.layer == 2]) == set(range(32, 64))


@pytest.mark.parametrize("kind", ["pixel", "output"])
def test_inputs_and_outputs_can_be_looked_at_too(qtbot, show, make_snapshot, kind):
    view = show(make_snapshot())
    where, count = (pixel(view, 400), 30) if kind == "pixel" else (bar(view, 7), 30)
    qtbot.mouseDClick(view, LEFT, NONE, where)
    assert len(view.edges) == count
    qtbot.mouseDClick(view, LEFT, NONE, QPoint(5, 5))
    assert len(view.edges) == 640


# -- zoom -------------------------------------------------------------------------------------


def test_control_and_wheel_zoom_at_the_mouse_and_the_view_stays_sharp(qtbot, show, make_snapshot):
    view = show(make_snapshot())
    plain = pixels(view)
    assert not view.controls.fit.isVisible()
    at, column = spot(view, 1, 10), view.place.columns[1]
    before = on_screen(view, column.x, column.height_of(10))
    wheel(view, at, 6, Qt.KeyboardModifier.ControlModifier)
    assert view.drawing.camera.zoom == pytest.approx(4)
    # What is at the mouse stays there, and all else goes four times as far away from it.
    away = on_screen(view, column.x, column.height_of(10)) - QPointF(at)
    assert (away - 4 * (before - QPointF(at))).manhattanLength() < 1e-6
    assert view.controls.fit.isVisible()
    with qtbot.waitSignal(view.picked) as picked:
        qtbot.mouseClick(view, LEFT, NONE, spot(view, 1, 11))
    assert picked.args == [Selection("neuron", 1, 11)]
    view.select(None)
    # The circle's rim is as sharp as its pen: from panel to rim within three pixels.
    edge = on_screen(view, column.x, column.height_of(10) - column.radius)
    strip = pixels(view)[round(edge.y()) - 6 : round(edge.y()) + 8, at.x()].astype(int).sum(axis=1)
    assert np.abs(np.diff(strip)).max() > 0.3 * (strip.max() - strip.min())
    press(view, Qt.Key.Key_F)
    assert view.drawing.camera.zoom == 1
    assert np.array_equal(pixels(view), plain)


def test_the_button_that_appears_shows_everything_again(qtbot, show, make_snapshot):
    view = show(make_snapshot())
    view.drawing.zoom_at(QPointF(300, 300), 3)
    assert "3.0×" in view.controls.fit.text()
    qtbot.mouseClick(view.controls.fit, LEFT)
    assert view.drawing.camera.zoom == 1
    assert not view.controls.fit.isVisible()


def test_dragging_empty_ground_shifts_the_drawing_and_selects_nothing(qtbot, show, make_snapshot):
    view = show(make_snapshot())
    view.drawing.zoom_at(QPointF(20, 30), 4)
    before = spot(view, 0, 0)
    start = next(
        QPoint(x, 40) for x in range(20, 900, 5) if view.drawing.hit(QPointF(x, 40)) is None
    )
    with qtbot.assertNotEmitted(view.picked):
        qtbot.mousePress(view, LEFT, NONE, start)
        for step in (20, 50, 80):
            qtbot.mouseMove(view, start + QPoint(-step, -step))
        qtbot.mouseRelease(view, LEFT, NONE, start + QPoint(-80, -80))
    assert spot(view, 0, 0) - before == QPoint(-80, -80)


def test_the_footer_stays_where_it_is(show, make_snapshot):
    view = show(make_snapshot())
    footer = round(view.place.footer.top)
    before = pixels(view)[footer:]
    view.drawing.zoom_at(QPointF(500, 300), 5)
    assert np.array_equal(pixels(view)[footer:], before)


def test_one_cannot_get_lost():
    camera = Camera()
    camera.resize(800, 500)
    camera.zoom_at(QPointF(100, 100), 1000)
    assert camera.zoom == NEAREST
    camera.pan(1e6, -1e6)
    corner = camera.world(QPointF(0, 500))
    assert (corner.x(), corner.y()) == pytest.approx((0, 500))
    camera.zoom_at(QPointF(400, 200), 1e-6)
    assert camera.zoom == 1
    assert camera.transform.isIdentity()


# -- keys -------------------------------------------------------------------------------------


def test_keys_walk_through_all_neurons(show, hundred):
    view = show(hundred)
    picked = []
    view.picked.connect(picked.append)
    assert press(view, Qt.Key.Key_Down)
    assert picked[-1] == Selection("neuron", 1, 0)
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert picked[-1] == Selection("neuron", 1, 33)
    assert view.place.columns[1].draws(33)
    press(view, Qt.Key.Key_Return)
    assert view.chosen.focus == Spot(1, 33)
    press(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert picked[-1] == Selection("neuron", 2, 9)
    for expected in ((None, Selection("neuron", 2, 9)), (None, None)):
        press(view, Qt.Key.Key_Escape)
        assert (view.chosen.focus, view._selection) == expected
    assert not press(view, Qt.Key.Key_Escape)


def test_there_is_something_to_leave_only_while_it_is_enlarged(show, make_snapshot):
    view = show(make_snapshot())
    assert not view.leave()
    view.drawing.zoom_at(QPointF(300, 300), 3)
    assert view.leave()
    assert view.drawing.camera.zoom == 1
    assert not view.leave()
