"""The matrices with a real pointer and real keys."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Sample
from nnviz.engine.selection import Selection
from nnviz.messages.events import DrawingShown
from nnviz.views.matrices.cells import Cell
from nnviz.views.matrices.view import MatricesView
from nnviz.views.palette import DARK, LIGHT
from nnviz.views.shared.type_scale import Step, TypeScale
from tests.ports import ListedPorts
from tests.views.textbook import back_at, first_moment
from tests.waiting import events_done

BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def view(show, back, qtbot):
    view = show(MatricesView, back, (700, 420))
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def wide(show, make_snapshot, make_dataset):
    """A net of which only a picture has room."""
    data = make_dataset()
    snapshot = replace(make_snapshot(), sample=Sample(data.x_test, data.y_test))
    return show(MatricesView, snapshot, (420, 320))


def heard(signal):
    values = []
    signal.connect(values.append)
    return values


def place(view, row, column):
    return view.board.box_of(Cell(row, column)).center().toPoint()


def choose(view, layer):
    view.layers.setCurrentIndex(view.layers.findData(layer))
    view.layers.activated.emit(view.layers.currentIndex())


def test_pointing_says_what_a_number_is_made_of(view, qtbot):
    QTest.mouseMove(view.board.viewport(), place(view, 3, 1))
    qtbot.waitUntil(lambda: view.board.pointed == Cell(3, 1))
    assert view.words.text.startswith("z²₁ = 0.4·0.5933 + 0.45·0.5969 + 0.6 = 1.106")
    assert "z²₁ = " in view.board.accessibleDescription()
    QTest.mouseMove(view.board.viewport(), QPoint(2, view.board.height() - 2))
    qtbot.waitUntil(lambda: view.board.pointed is None)


def test_a_click_on_a_number_asks_why(view, back):
    picked = heard(view.picked)
    for cell, expected in (
        ((0, 1), Selection.of_weight(back.recipe, 2, 0, 0)),
        ((2, 2), Selection.of_weight(back.recipe, 2, None, 1)),
        ((4, 1), Selection("neuron", 2, 0)),
        ((1, 0), Selection("neuron", 1, 1)),
    ):
        QTest.mouseClick(view.board.viewport(), BUTTON, pos=place(view, *cell))
        assert picked[-1] == expected
    QTest.mouseClick(view.board.viewport(), BUTTON, pos=place(view, 3, 0))
    assert len(picked) == 4, "nothing stands in a corner"


def test_arrows_go_from_number_to_number_and_enter_asks(view, back):
    picked = heard(view.picked)
    view.board.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(view.board, key)
    assert picked == [Selection.of_weight(back.recipe, 2, 1, 0)]
    QTest.keyClick(view.board, Qt.Key.Key_Left)
    for _ in range(5):
        QTest.keyClick(view.board, Qt.Key.Key_Down)
    assert view.board.pointed == Cell(1, 0), "it does not go into a corner"


def test_an_input_of_one_s_own_takes_the_example_s_place_as_in_the_network(view, back):
    ports = ListedPorts()
    view.join(ports)
    choose(view, 1)
    assert view.words.text.startswith("Test example 1. ")
    ports.publish(DrawingShown(np.array([3.0, -1.0])))
    x, z = view.board.picture.left[0], view.board.picture.bottom[1]
    assert x.values.tolist() == [3, -1]
    assert z.values == pytest.approx(back.network().propagation([[3, -1]], [[0, 0]]).z[0][0])
    assert view.words.text.startswith("Your ")
    view.ways["backward"].click()
    assert "no errors" in view.words.text
    ports.publish(DrawingShown(None))
    assert view.board.picture.right[-1].known


def test_layers_and_ways_are_chosen(view):
    assert view.formula.text.startswith("z² = ")
    view.ways["backward"].click()
    assert view.formula.text == "δ² = ∂C₀/∂ŷ ⊙ f′(z²)"
    choose(view, 1)
    assert view.formula.text == "δ¹ = (δ²·W²ᵀ) ⊙ f′(z¹)"
    view.ways["slopes"].click()
    assert view.formula.text == "∂C₀/∂W¹ = xᵀ·δ¹"
    assert view.state() == {"layer": 1, "way": "slopes"}


def test_the_phase_leads_until_something_is_chosen(view):
    for name, formula in (("forward 1", "z¹ = "), ("cost", "z² = "), ("backward 1", "δ¹ = ")):
        view.show_snapshot(back_at(name))
        assert view.formula.text.startswith(formula)
    assert view.ways["backward"].isChecked()
    view.ways["slopes"].click()
    assert view.state() == {"layer": 1, "way": "slopes"}
    view.show_snapshot(back_at("cost"))
    assert view.formula.text.startswith("∂C₀/∂W¹")


def test_it_is_restored_twice_or_before_there_is_a_moment(show, back):
    kept = {"layer": 1, "way": "backward"}
    view = show(MatricesView)
    view.restore(kept)
    view.show_snapshot(back)
    view.restore(kept)
    assert view.state() == kept
    assert view.layers.currentData() == 1
    assert view.ways["backward"].isChecked()
    view.restore({"layer": "one", "way": 2})
    assert view.state() == kept


def test_a_layer_without_room_for_numbers_is_a_picture_that_can_be_pointed_into(wide):
    choose(wide, 1)
    board, recipe = wide.board, wide.board.picture.recipe
    assert not board.written
    assert board.horizontalScrollBar().maximum() == board.verticalScrollBar().maximum() == 0
    picked = heard(wide.picked)
    QTest.mouseClick(board.viewport(), BUTTON, pos=place(wide, 400, 8))
    row, column = board.pointed.row, board.pointed.column - 1
    assert abs(row - 400) < 8
    assert picked == [Selection.of_weight(recipe, 1, row, column)]
    assert wide.words.text.startswith("w¹₈")
    choose(wide, 2)
    assert board.written


def test_what_is_selected_elsewhere_is_framed(view, back):
    plain = view.board.viewport().grab().toImage()
    view.select(Selection.of_weight(back.recipe, 2, 0, 0))
    box = view.board.box_of(Cell(0, 1)).toRect()
    assert view.board.viewport().grab().toImage().copy(box) != plain.copy(box)


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.5])
@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_size_and_colour(view, factor, theme):
    scale = TypeScale(factor)
    view.resize(round(470 * factor), round(300 * factor))
    view.set_theme(replace(theme, scale=scale))
    events_done()
    letters = view.board.font().pixelSize()
    assert scale.px(Step.LABEL) <= letters <= scale.px(Step.HEADING)
    assert view.grab().toImage().pixelColor(2, 2).name() == theme.panel
    assert view.board.horizontalScrollBar().maximum() == 0


def test_a_net_of_other_layers_and_undefined_numbers_are_shown(view, make_snapshot, make_dataset):
    other = make_snapshot(Recipe(dataset="tiny", layers=(3, 4, 4, 2)), make_dataset(3, 2))
    choose(view, 2)
    view.show_snapshot(other)
    assert view.layers.count() == 4
    theta = other.theta * float("nan")
    view.show_snapshot(replace(other, theta=theta))
    view.board.point(Cell(5, 1))
    view.grab()
    assert "undefined" in view.words.text


def test_long_names_of_inputs_are_shortened(show):
    park = first_moment("park")
    columns = tuple(replace(one, name=one.name * 9) for one in park.description.inputs)
    long = replace(park, description=replace(park.description, inputs=columns))
    view = show(MatricesView, long, (420, 320))
    box = view.board.box_of(Cell(0, 1))
    assert box.right() < view.board.viewport().width()
