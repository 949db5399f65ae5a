"""The network view, phase by phase: what is known shows, what is in play stands out."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QAbstractButton

from nnviz.engine.measure.answer import answer
from nnviz.engine.recipe import Recipe
from nnviz.views.network.edges import ends
from nnviz.views.network.phase_display import phase_display
from nnviz.views.network.view import NetworkView
from nnviz.views.palette import DARK, THEMES, rgb
from nnviz.views.shared.type_scale import Step
from tests.sampled import sampled
from tests.views.grabbing import pixels
from tests.views.network.hands import lines_of, words_of
from tests.views.phasing import at_phase, minibatch_of, names_of

SIZES = [(480, 320), (600, 380), (900, 560), (1400, 900)]
LAYERS = [(784, 30, 10), (784, 128, 64, 10), (784, 10), (2, 4, 3, 1), (40, 50, 3), (2, 3, 1)]


@pytest.fixture
def show(show):
    return lambda snapshot, size=(900, 560), theme=DARK: show(NetworkView, snapshot, size, theme)


@pytest.fixture
def moments(make_snapshot, make_dataset):
    """Give a function that makes a moment and what turns a phase's name into its snapshot."""

    def moments(recipe=None, steps=20, count=10):
        recipe = recipe or Recipe(dataset="tiny", learning_rate=0.5)
        data = make_dataset(recipe.layers[0], recipe.layers[-1])
        snapshot = make_snapshot(recipe, data, steps)
        minibatch = minibatch_of(snapshot, data.x_train[:count], data.y_train[:count])
        return snapshot, lambda name, place=2: at_phase(snapshot, minibatch, name, place)

    return moments


def brightness(view, gap):
    """Return how far a gap's pixels are from the panel, in the mean."""
    columns = view.place.columns
    left, right = columns[gap - 1].out + 3, columns[gap].x - columns[gap].radius - 3
    top, bottom = columns[-1].y[0], columns[-1].y[-1]
    away = pixels(view).astype(int) - rgb(DARK.panel)
    return float(np.abs(away[int(top) : int(bottom), int(left) : int(right)]).mean())


def fill_of(view, layer, neuron):
    column = view.place.columns[layer]
    return pixels(view)[round(float(column.y[neuron])), round(column.x)].astype(int)


def nearer(colour, one, other):
    distance = [np.abs(colour - rgb(each)).sum() for each in (one, other)]
    return distance[0] < distance[1]


def test_forward_lights_the_edges_into_its_layer_and_what_comes_later_is_empty(show, moments):
    normal, at = moments()
    view = show(normal)
    usual = brightness(view, 1), brightness(view, 2)
    view.show_snapshot(at("forward 1"))
    assert brightness(view, 1) == pytest.approx(usual[0], rel=0.05)
    assert brightness(view, 2) < 0.3 * usual[1]
    outputs = [fill_of(view, 2, output) for output in range(10)]
    assert all((colour == rgb(DARK.panel)).all() for colour in outputs)
    bar = view.place.bars
    y = round(float(view.place.columns[-1].y[at("cost").focus.a[-1].argmax()]))
    assert (pixels(view)[y, round(bar.left + 4)] == rgb(DARK.raised)).all()
    view.show_snapshot(at("forward 2"))
    assert brightness(view, 1) < 0.3 * usual[0]
    assert brightness(view, 2) == pytest.approx(usual[1], rel=0.05)
    found = answer(at("cost").focus.a[-1])
    bright = DARK.text if found.decided else DARK.dim
    assert (pixels(view)[y, round(bar.left + 4)] == rgb(bright)).all()


def test_at_first_only_the_input_is_known(show, moments):
    _, at = moments()
    view = show(at("pick"))
    for layer, count in ((1, 30), (2, 10)):
        for neuron in range(count):
            assert (fill_of(view, layer, neuron) == rgb(DARK.panel)).all()
    tile, x = view.place.tile, at("pick").focus.x
    middle = pixels(view)[round(tile.top + tile.width / 2), round(tile.left + tile.width / 2)]
    assert np.abs(middle.astype(int) - round(255 * float(x[14 * 28 + 14]))).max() <= 2
    assert "read as" not in " ".join(words_of(view))


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_an_error_has_the_hue_of_its_sign(show, moments, theme):
    _, at = moments()
    for name, layers in (("backward 2", (2,)), ("backward 1", (1, 2))):
        moment = at(name)
        view = show(moment, theme=theme)
        for layer in layers:
            delta = moment.focus.delta[layer - 1]
            largest, least = int(np.argmax(delta)), int(np.argmin(delta))
            assert delta[least] < 0 < delta[largest]
            share = np.abs(delta) / np.abs(delta).max()
            if share[largest] > 0.3:
                assert nearer(fill_of(view, layer, largest), theme.plus, theme.minus)
            if share[least] > 0.3:
                assert nearer(fill_of(view, layer, least), theme.minus, theme.plus)
            most = int(np.argmax(np.abs(delta)))
            full = theme.plus if delta[most] > 0 else theme.minus
            assert np.abs(fill_of(view, layer, most) - rgb(full)).max() < 8
    assert any("error δ¹" in text for text in words_of(view))


def test_at_backward_2_the_hidden_neurons_still_show_their_activations(show, moments):
    _, at = moments()
    view = show(at("cost"))
    before = [fill_of(view, 1, neuron).tolist() for neuron in range(30)]
    view.show_snapshot(at("backward 2"))
    assert [fill_of(view, 1, neuron).tolist() for neuron in range(30)] == before


@pytest.mark.parametrize(("name", "vector"), [("average", "gradient"), ("update", "nudge")])
def test_slopes_and_nudges_are_drawn_in_their_own_signs(show, moments, name, vector):
    _, at = moments()
    moment = at(name)
    view = show(moment)
    values = getattr(moment.minibatch, vector)
    assert np.array_equal(view.edges.weight, values[view.edges.parameter])
    weights = np.abs(values[: -sum(moment.recipe.layers[1:])])
    assert view.edges.parameter[-1] == np.argmax(weights)
    x0, y0, x1, y1 = (float(part[-1]) for part in ends(view.place, view.edges))
    patch = pixels(view)[round((y0 + y1) / 2) - 2 :, round((x0 + x1) / 2)][:5].astype(int)
    hue, other = (DARK.plus, DARK.minus) if view.edges.weight[-1] > 0 else (DARK.minus, DARK.plus)
    strongest = patch[np.abs(patch - rgb(DARK.panel)).sum(axis=1).argmax()]
    assert nearer(strongest, hue, other)
    legend = {"average": "slope ∂C/∂w", "update": "nudge"}[name]
    assert any(text.endswith(legend) for text in words_of(view))


@pytest.mark.parametrize("layers", [(784, 30, 10), (2, 3, 1)], ids=str)
def test_back_in_normal_mode_everything_is_as_before(show, moments, layers):
    normal, at = moments(Recipe(layers=layers, learning_rate=0.5), count=4)
    view = show(normal)
    before = pixels(view)
    said = sorted(words_of(view))
    for name in names_of(normal):
        view.show_snapshot(at(name))
        assert not np.array_equal(pixels(view), before), name
        view.show_snapshot(normal)
        assert np.array_equal(pixels(view), before), name
        assert sorted(words_of(view)) == said


def test_a_view_made_in_the_middle_shows_the_same_as_one_that_was_there(show, moments):
    normal, at = moments()
    view = show(normal)
    for name in names_of(normal):
        view.show_snapshot(at(name))
        assert np.array_equal(pixels(show(at(name))), pixels(view)), name


@pytest.mark.parametrize("layers", LAYERS, ids=str)
@pytest.mark.parametrize(
    "size",
    sampled([*SIZES, (620, 300), (600, 620), (704, 300), (704, 312), (704, 324)], every=3),
    ids=str,
)
def test_every_word_of_every_phase_can_be_read(show, moments, layers, size):
    activation = ("tanh",) * (len(layers) - 2) or "sigmoid"
    recipe = Recipe(layers=layers, activation=activation, optimiser="adam", learning_rate=0.01)
    normal, at = moments(recipe, steps=2, count=10)
    view = show(normal, size)
    for name, far in product(names_of(normal), (False, True)):
        moment = at(name)
        if far:  # a large number takes more room
            moment = replace(moment, focus=replace(moment.focus, index=56_946))
        view.show_snapshot(moment)
        boxes = [
            (line.text(), line.font().pixelSize(), line.sceneBoundingRect())
            for line in lines_of(view)
        ]
        assert min(height for _, height, _ in boxes) >= Step.LABEL.value
        for text, _, box in boxes:
            assert view.rect().toRectF().contains(box), text
            for button in view.findChildren(QAbstractButton):
                if button.isVisible():
                    corner = button.mapTo(view, QPoint(0, 0))
                    over = button.rect().translated(corner).toRectF()
                    assert not over.intersects(box.adjusted(0, 1, 0, -1)), (name, text)
        for (one, height, a), (other, _, b) in combinations(boxes, 2):
            gap = 0.15 * height
            a, b = a.adjusted(1, gap, -1, -gap), b.adjusted(0, gap, 0, -gap)
            assert not a.intersects(b), (name, one, other)


def test_the_operation_and_the_example_are_named(show, moments):
    _, at = moments()
    view = show(at("forward 1"))
    assert "forward 1: Σ w·x + b → σ" in words_of(view)
    assert {"3 of 10", "training image 5\u202f123"} <= set(words_of(view))
    view.show_snapshot(at("backward 2"))
    assert "backward 2: (ŷ − y)·σ′(z) → δ" in words_of(view)
    view.show_snapshot(at("backward 1"))
    assert "backward 1: Σ w·δ · σ′(z) → δ" in words_of(view)


def test_errors_come_back_through_the_weights_out_of_their_layer(moments):
    _, at = moments(Recipe(layers=(2, 4, 3, 1)))
    lit = {name: phase_display(at(name)).lit for name in names_of(at("pick"))}
    assert lit["pick"] == lit["cost"] == set()
    assert [lit[f"forward {layer}"] for layer in (1, 2, 3)] == [{1}, {2}, {3}]
    assert [lit[f"backward {layer}"] for layer in (3, 2, 1)] == [{3}, {3}, {2}]
    assert lit["average"] == lit["update"] == {1, 2, 3}


def test_arrows_leaf_through_the_minibatch(qtbot, show, moments):
    _, at = moments()
    view = show(at("forward 1", 4))

    def click(box):
        x, y = box.left + box.width / 2, box.top + box.height / 2
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))

    for box, wanted in ((view.place.previous, 3), (view.place.following, 5)):
        with qtbot.waitSignal(view.example_requested) as asked:
            click(box)
        assert asked.args == [wanted]
    tile = view.place.tile
    assert "minibatch" in view.tip_at(QPointF(tile.left + 5, tile.top + 5))


def test_a_tip_tells_no_number_before_its_phase(show, moments):
    _, at = moments()
    view = show(at("forward 1"))
    hidden, output = view.place.columns[1], view.place.columns[2]
    at_hidden = QPointF(hidden.x, float(hidden.y[3]))
    at_output = QPointF(output.x, float(output.y[3]))
    assert view.tip_at(at_hidden).startswith("a¹₄ = ")
    assert view.tip_at(at_output).startswith("b²₄ = ")
    view.show_snapshot(at("backward 2"))
    assert "δ²₄ = " in view.tip_at(at_output)
    assert "δ¹" not in view.tip_at(at_hidden)
    view.show_snapshot(at("update"))
    x0, y0, x1, y1 = (float(part[-1]) for part in ends(view.place, view.edges))
    tip = view.tip_at(QPointF((x0 + x1) / 2, (y0 + y1) / 2))
    assert "nudge " in tip
    assert "∂C/∂w" in tip


@pytest.mark.parametrize("broken", [np.nan, np.inf, 0.0])
def test_numbers_that_broke_or_vanished_are_drawn_all_the_same(show, moments, broken):
    normal, at = moments()
    view = show(normal)
    minibatch = at("pick").minibatch
    for array in (*minibatch.a, *minibatch.delta, minibatch.gradient, minibatch.nudge):
        array[...] = broken
    for name in names_of(normal):
        view.show_snapshot(replace(at(name), theta=normal.theta))
        assert (pixels(view) != rgb(DARK.panel)).any()
