"""The shape of the net by hand: + and − at the layers and between them, and the layers' names."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.recipe import Recipe
from nnviz.messages.commands import Start
from nnviz.messages.window_commands import OpenPanel, Select
from nnviz.views.network.shaping import Slot, choices, shape_changes, slots
from nnviz.views.network.view import NetworkView
from nnviz.views.palette import DARK, LIGHT
from nnviz.views.shared.type_scale import TypeScale
from tests.ports import ListedPorts
from tests.sampled import sampled
from tests.snapshots import make_dataset
from tests.test_adding import softsign
from tests.views.phasing import at_phase, minibatch_of
from tests.waiting import until

LEFT = Qt.MouseButton.LeftButton
NET = Recipe(dataset="tiny", layers=(4, 3, 5, 2), activation=("tanh", "relu"))


@pytest.fixture
def view(show, make_snapshot):
    view = show(NetworkView, make_snapshot(NET), (850, 530))
    view.ports = ListedPorts()
    view.join(view.ports)
    return view


def started(view):
    """The recipes of the runs that were asked for."""
    return [sent for sent in view.ports.sent if isinstance(sent, Start)]


def point_at(view, slot):
    """Move the pointer from the neurons to a layer or a gap, in the bar over the network."""
    bar = point_away(view)
    QTest.mouseMove(bar, QPoint(round(slot.x), round(bar.height() / 2)))
    until(lambda: bar.slot == slot)
    return bar


def point_away(view):
    """Move the pointer to the other end of the view."""
    bar = view.controls.shape
    QTest.mouseMove(view, QPoint(round(view.width() / 2), view.height() - 3))
    until(bar.frame.isHidden)
    return bar


def slot_of(view, layer, *, gap=False):
    return next(s for s in slots(view.place) if (s.gap, s.layer) == (gap, layer))


# -- what can change ----------------------------------------------------------------------------


def test_there_is_a_place_at_every_layer_but_the_input_and_in_every_gap(view):
    found = slots(view.place)
    assert [(slot.gap, slot.layer) for slot in found] == [
        (True, 0), (False, 1), (True, 1), (False, 2), (True, 2), (False, 3),
    ]  # fmt: skip
    assert all(one.x < other.x for one, other in pairwise(found))


def test_what_can_change_at_a_hidden_layer_in_a_gap_and_at_the_outputs():
    at = shape_changes(NET, Slot(False, 1, 0.0))
    assert at["more"].recipe.layers == (4, 4, 5, 2)
    assert at["fewer"].recipe.layers == (4, 2, 5, 2)
    assert at["remove"].recipe.layers == (4, 5, 2)
    assert shape_changes(NET, Slot(True, 2, 0.0))["insert"].recipe.layers == (4, 3, 5, 5, 2)
    assert shape_changes(NET, Slot(False, 3, 0.0)) == {}


def test_what_is_refused_says_why():
    one = replace(NET, layers=(4, 1, 5, 2))
    assert "remove the layer instead" in shape_changes(one, Slot(False, 1, 0.0))["fewer"].tip
    single = Recipe(layers=(2, 1), output_activation="step", cost="perceptron")
    found = shape_changes(single, Slot(True, 0, 0.0))["insert"]
    assert found.recipe is None
    assert "single layer of step units" in found.tip


def test_every_activation_of_the_table_is_a_choice_with_a_reason_where_it_is_none(monkeypatch):
    monkeypatch.setitem(ACTIVATIONS, "softsign", softsign())
    hidden = {choice.entry.name: choice for choice in choices(NET, 2)}
    assert set(hidden) == set(ACTIVATIONS)
    assert hidden["relu"].chosen
    assert hidden["softsign"].change.recipe.activation == ("tanh", "softsign")
    assert hidden["softmax"].change.recipe is None
    last = {choice.entry.name: choice for choice in choices(replace(NET, cost="cross_entropy"), 3)}
    assert last["softmax"].change.recipe.output_activation == "softmax"
    assert last["linear"].change.recipe is None
    assert "takes logarithms" in last["linear"].change.tip


# -- hands --------------------------------------------------------------------------------------


def test_the_buttons_come_with_the_pointer_and_go_with_it(view, qtbot):
    bar = view.controls.shape
    assert bar.frame.isHidden()
    point_at(view, slot_of(view, 2))
    qtbot.waitUntil(bar.frame.isVisible)
    assert bar.size_label.text() == "5"
    assert bar.name.text() == "ReLU ▾"
    QTest.mouseMove(view, QPoint(400, 400))
    qtbot.waitUntil(bar.frame.isHidden)


def test_plus_and_minus_begin_a_run_that_keeps_weights(view, qtbot):
    bar = point_at(view, slot_of(view, 1))
    qtbot.waitUntil(bar.frame.isVisible)
    QTest.mouseClick(bar.buttons["more"], LEFT)
    assert started(view)[-1].recipe.layers == (4, 4, 5, 2)
    assert started(view)[-1].keeps
    QTest.mouseClick(bar.buttons["fewer"], LEFT)  # before the run is there
    assert started(view)[-1].recipe.layers == (4, 3, 5, 2)
    QTest.mouseClick(bar.buttons["fewer"], LEFT)
    QTest.mouseClick(bar.buttons["fewer"], LEFT)
    assert started(view)[-1].recipe.layers == (4, 1, 5, 2)
    assert not bar.buttons["fewer"].isEnabled()
    assert "remove the layer" in bar.buttons["fewer"].toolTip()
    QTest.mouseClick(bar.buttons["fewer"], LEFT)
    assert len(started(view)) == 4


def test_clicks_add_up_while_the_run_before_still_plays(view, make_snapshot, qtbot):
    playing = replace(make_snapshot(NET), playing=True)
    view.show_snapshot(playing)
    bar = point_at(view, slot_of(view, 1))
    QTest.mouseClick(bar.buttons["more"], LEFT)
    view.show_snapshot(replace(playing, step=playing.step + 1))
    QTest.mouseClick(bar.buttons["more"], LEFT)
    assert started(view)[-1].recipe.layers == (4, 5, 5, 2)
    there = make_snapshot(started(view)[-1].recipe, run=1)
    view.show_snapshot(there)
    assert bar.size_label.text() == "5"
    QTest.mouseClick(bar.buttons["more"], LEFT)
    assert started(view)[-1].recipe.layers == (4, 6, 5, 2)


def test_a_run_that_was_refused_is_not_gone_on_from(view, qtbot):
    bar = point_at(view, slot_of(view, 1))
    QTest.mouseClick(bar.buttons["more"], LEFT)
    view.show_snapshot(replace(view._snapshot))
    QTest.mouseClick(bar.buttons["more"], LEFT)
    assert started(view)[-1].recipe.layers == (4, 4, 5, 2)


def test_a_layer_is_put_into_a_gap_and_taken_away(view):
    bar = point_at(view, slot_of(view, 1, gap=True))
    QTest.mouseClick(bar.buttons["insert"], LEFT)
    assert started(view)[-1].recipe.layers == (4, 3, 3, 5, 2)
    view.show_snapshot(replace(view._snapshot))
    bar = point_at(view, slot_of(view, 2))
    QTest.mouseClick(bar.buttons["remove"], LEFT)
    assert started(view)[-1].recipe.layers == (4, 3, 2)


def test_outputs_have_a_name_to_click_and_no_buttons(view):
    bar = point_at(view, slot_of(view, 3))
    assert bar.name.isVisible()
    assert not any(button.isVisible() for button in bar.buttons.values())


def menu_of(bar):
    """Open the menu of a layer's name as a click does; return its entries by their words."""
    bar.menu.popup(bar.mapToGlobal(QPoint(5, 40)))
    return {action.text().split("\t")[0]: action for action in bar.menu.actions() if action.text()}


def test_an_activation_is_chosen_by_its_layers_name(view):
    bar = point_at(view, slot_of(view, 2))
    entries = menu_of(bar)
    assert entries["ReLU"].isChecked()
    assert not entries["softmax"].isEnabled()
    place = bar.menu.actionGeometry(entries["ELU"])
    QTest.mouseClick(bar.menu, LEFT, pos=place.center())
    assert started(view)[-1].recipe.activation == ("tanh", "elu")


def test_whether_weights_are_kept_is_a_choice_that_stays(view):
    bar = point_at(view, slot_of(view, 2))
    keep: QAction = menu_of(bar)["Keep weights that fit"]
    assert keep.isChecked()
    keep.trigger()
    bar.menu.close()
    assert view.state()["keep_weights"] is False
    assert not view.controls.switches["keep_weights"].isChecked()
    bar = point_at(view, slot_of(view, 2))
    QTest.mouseClick(bar.buttons["more"], LEFT)
    assert not started(view)[-1].keeps
    assert not menu_of(bar)["Keep weights that fit"].isChecked()
    bar.menu.close()


def test_the_menu_leads_to_the_activation_functions_of_that_layer(view):
    bar = point_at(view, slot_of(view, 2))
    menu_of(bar)["Activation functions …"].trigger()
    bar.menu.close()
    assert isinstance(view.ports.sent[-2], Select)
    assert view.ports.sent[-2].selection.layer == 2
    assert view.ports.sent[-1] == OpenPanel("activation")


def test_all_of_it_is_done_by_keys(view, qtbot):
    bar, press = point_away(view), QTest.keyClick
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    bar.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(bar.frame.isVisible)
    assert (bar.slot.gap, bar.slot.layer) == (False, 1)
    press(bar, Qt.Key.Key_Plus)
    press(bar, Qt.Key.Key_Plus)
    assert started(view)[-1].recipe.layers == (4, 5, 5, 2)
    press(bar, Qt.Key.Key_Minus)
    assert started(view)[-1].recipe.layers == (4, 4, 5, 2)
    view.show_snapshot(replace(view._snapshot))
    press(bar, Qt.Key.Key_Right)
    press(bar, Qt.Key.Key_Plus)
    assert started(view)[-1].recipe.layers == (4, 3, 3, 5, 2)
    view.show_snapshot(replace(view._snapshot))
    press(bar, Qt.Key.Key_Right)
    press(bar, Qt.Key.Key_Delete)
    assert started(view)[-1].recipe.layers == (4, 3, 2)
    view.show_snapshot(replace(view._snapshot))
    for _ in range(9):
        press(bar, Qt.Key.Key_Right)
    assert (bar.slot.gap, bar.slot.layer) == (False, 3)
    press(bar, Qt.Key.Key_Return)
    qtbot.waitUntil(bar.menu.isVisible)
    bar.menu.close()
    bar.clearFocus()
    qtbot.waitUntil(bar.frame.isHidden)


def test_there_is_none_of_it_while_a_minibatch_is_taken_apart_or_one_looks_nearer(view):
    bar, snapshot = view.controls.shape, view._snapshot
    point_at(view, slot_of(view, 1))
    view.drawing.zoom_at(QPointF(300, 200), 2)
    assert not bar.isVisible()
    view.drawing.fit()
    assert bar.isVisible()
    x, y = make_dataset(4, 2).x_train[:5], make_dataset(4, 2).y_train[:5]
    view.show_snapshot(at_phase(snapshot, minibatch_of(snapshot, x, y), "forward 1"))
    assert not bar.isVisible()
    view.show_snapshot(snapshot)
    assert bar.isVisible()


@pytest.mark.parametrize("theme", sampled([DARK, LIGHT], every=2), ids=lambda theme: theme.name)
@pytest.mark.parametrize("factor", sampled([1.0, 1.5, 2.5], every=2))
@pytest.mark.parametrize("size", [(420, 300), (850, 530), (1300, 800)])
@pytest.mark.parametrize("layers", [(4, 3, 5, 2), (784, 30, 10)])
def test_buttons_stand_over_no_number_and_within_the_view(
    show, make_snapshot, theme, factor, size, layers
):
    recipe = Recipe(dataset="tiny", layers=layers)
    scaled = replace(theme, scale=TypeScale(factor))
    view = show(NetworkView, make_snapshot(recipe), size, scaled)
    bar = view.controls.shape
    for slot in slots(view.place):
        point_at(view, slot)
        assert bar.slot == slot
        box = bar.frame.geometry()
        assert view.rect().contains(box), slot
        for part in (bar.size_label, bar.name, *bar.buttons.values()):
            if part.isVisible():
                assert bar.frame.rect().contains(part.geometry())
                wide = part.fontMetrics().horizontalAdvance(part.text())
                assert wide <= part.width()
        for item in view.drawing.scene.items():
            if isinstance(item, QGraphicsSimpleTextItem) and item.text() and item.isVisible():
                over = item.sceneBoundingRect().toRect() & box
                assert over.width() <= 1 or over.height() <= 1, (item.text(), slot)
