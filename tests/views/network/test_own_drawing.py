"""A drawing in the network view: its own activations, and no word of what it should be."""

import numpy as np
import pytest
from PySide6.QtGui import QImage

from nnviz.engine.measure.answer import answer
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import OWN, focus_on_own
from nnviz.views.network.view import NetworkView
from tests.views.grabbing import pixels
from tests.views.network.hands import on_screen, wheel, words_of
from tests.waiting import calm


@pytest.fixture
def moment(make_snapshot):
    return make_snapshot(steps=60)


@pytest.fixture
def view(qtbot, show, moment):
    made = show(NetworkView, moment, (850, 530))
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def drawing():
    picture = np.zeros((28, 28), dtype=np.float32)
    picture[4:24, 13:16] = 1
    return picture.reshape(-1)


def words(view):
    return " ".join(words_of(view))


def says(outputs):
    """What the caption says of outputs."""
    found = answer(outputs)
    return f"read as {found.best}" if found.decided else "undecided"


def test_the_engine_knows_everything_but_what_it_should_be(moment, drawing):
    network = moment.network()
    focus = focus_on_own(network, drawing)
    assert focus.index == OWN
    np.testing.assert_array_equal(focus.a[-1], network.predict(drawing[np.newaxis])[0])
    assert np.isnan(focus.cost)
    assert np.isnan(focus.y).all()
    assert np.isnan(focus.delta[-1]).all()
    assert not focus.x.flags.writeable


@pytest.mark.parametrize(
    ("output", "cost"),
    [("softmax", "categorical_cross_entropy"), ("sigmoid", "cross_entropy"), ("tanh", "absolute")],
)
def test_no_cost_is_made_up(make_snapshot, drawing, output, cost):
    recipe = Recipe(output_activation=output, cost=cost, learning_rate=0.01)
    focus = focus_on_own(make_snapshot(recipe, steps=2).network(), drawing)
    assert np.isfinite(focus.a[-1]).all()
    assert np.isnan(focus.cost)


def test_the_drawing_takes_the_example_s_place_and_gives_it_back(qtbot, view, moment, drawing):
    before = pixels(view)
    assert "test image" in words(view)
    view.show_drawing(drawing)
    qtbot.waitUntil(lambda: "your drawing" in words(view))
    assert says(moment.network().predict(drawing[np.newaxis])[0]) in " ".join(words(view).split())
    assert "test image" not in words(view)
    during = pixels(view)
    assert (during != before).any()
    view.show_drawing(None)
    qtbot.waitUntil(lambda: "test image" in words(view))
    assert (pixels(view) == before).all()


def test_it_stays_while_training_goes_on(qtbot, view, moment, drawing, with_theta):
    view.show_drawing(drawing)
    qtbot.waitUntil(lambda: "your drawing" in words(view))
    other = with_theta(moment, -moment.theta)
    view.show_snapshot(other)
    assert "your drawing" in words(view)
    outputs = other.network().predict(drawing[np.newaxis])[0]
    assert says(outputs) in " ".join(words(view).split())


def test_leafing_asks_for_the_example_beside_the_last_one(qtbot, view, moment, drawing):
    view.show_drawing(drawing)
    qtbot.waitUntil(lambda: "your drawing" in words(view))
    tile = view.place.tile
    middle = on_screen(view, tile.left + tile.width / 2, tile.top + tile.height / 2)
    with qtbot.waitSignal(view.example_requested) as asked:
        assert view.drawing.on_input(middle)
        assert wheel(view, middle, -1)
    assert asked.args == [moment.focus.index + 1]
    view.show_snapshot(moment)
    assert "test image" in words(view)


def test_nothing_that_needs_a_desired_output_is_said(qtbot, view, drawing):
    view.show_drawing(drawing)
    qtbot.waitUntil(lambda: "your drawing" in words(view))
    column = view.place.columns[-1]
    tip = view.tip_at(on_screen(view, column.x, float(column.y[3])))
    assert "ŷ₄ = " in tip
    assert "δ" not in tip
    view.choose(numbers=not view.chosen.numbers)
    assert "nan" not in words(view)


def test_a_net_that_reads_no_pictures_keeps_its_example(show, make_snapshot, drawing):
    view = show(NetworkView)
    view.show_drawing(drawing)
    toy = make_snapshot(Recipe(layers=(2, 3, 1)), steps=1)
    view.show_snapshot(toy)
    assert view._snapshot is toy


def test_many_strokes_cost_few_pictures(qtbot, view, drawing, monkeypatch):
    shown = []
    show = view.show_snapshot
    monkeypatch.setattr(view, "show_snapshot", lambda s: (shown.append(s), show(s)))
    for _ in range(20):
        view.show_drawing(drawing)
    assert not shown
    calm(view)
    assert len(shown) == 1
    assert isinstance(view.grab().toImage(), QImage)
