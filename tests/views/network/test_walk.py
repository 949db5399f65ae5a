"""The walk through a network by keys: neurons, the weights into them, and what is at their ends."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.views.network.view import NetworkView
from nnviz.views.network.walk import next_weight, onward

RECIPE = Recipe(dataset="xor", layers=(2, 3, 1))


@pytest.fixture
def theta():
    weights = np.array([[1, -5, 2], [3, 4, 0.5]], np.float32)
    return np.concatenate((weights.ravel(), [7, -8, 9], np.zeros(4))).astype(np.float32)


def ends(selection):
    place = locate(RECIPE, selection.parameter)
    return place.layer, place.source, place.target


def test_the_strongest_weight_into_a_neuron_comes_first(theta):
    neuron = Selection("neuron", 2, 0)
    seen, at = [], neuron
    for _ in range(4):
        at = next_weight(RECIPE, theta, at)
        seen.append(ends(at))
    assert seen == [(2, 2, 0), (2, 1, 0), (2, 0, 0), (2, 2, 0)]


def test_from_an_input_the_strongest_weight_that_it_feeds(theta):
    at = next_weight(RECIPE, theta, Selection("neuron", 0, 0))
    assert ends(at) == (1, 0, 1)


def test_nothing_selected_has_no_weight(theta):
    assert next_weight(RECIPE, theta, None) is None
    assert next_weight(RECIPE, theta, Selection("cost")) is None


def test_from_a_weight_to_those_beside_it_and_to_its_ends():
    weight = Selection.of_weight(RECIPE, 1, 0, 2)
    assert ends(onward(RECIPE, weight, 1, 0)) == (1, 1, 2)
    assert ends(onward(RECIPE, weight, 5, 0)) == (1, 1, 2)
    assert ends(onward(RECIPE, weight, -1, 0)) == (1, 0, 2)
    assert onward(RECIPE, weight, 0, -1) == Selection("neuron", 0, 0)
    assert onward(RECIPE, weight, 0, 1) == Selection("neuron", 1, 2)


def test_from_neuron_to_neuron_and_from_layer_to_layer():
    neuron = Selection("neuron", 1, 1)
    assert onward(RECIPE, neuron, 1, 0) == Selection("neuron", 1, 2)
    assert onward(RECIPE, neuron, 0, 1) == Selection("neuron", 2, 0)
    assert onward(RECIPE, neuron, 0, -1) == Selection("neuron", 0, 1)
    assert onward(RECIPE, None, 1, 0) is None


def test_a_weight_is_selected_and_edited_by_keys_alone(show, make_snapshot, make_dataset):
    dataset = make_dataset(inputs=4, outputs=2)
    snapshot = make_snapshot(Recipe(dataset="tiny", layers=(4, 3, 2)), dataset)
    view = show(NetworkView, snapshot, (900, 600))
    edited = []
    view.edge_picked.connect(edited.append)
    QTest.keyClick(view, Qt.Key.Key_Down)  # the first neuron
    QTest.keyClick(view, Qt.Key.Key_F2)
    assert edited == []
    QTest.keyClick(view, Qt.Key.Key_E)
    weights = snapshot.network().weights[0][:, 0]
    assert view.selection.kind == "parameter"
    assert locate(snapshot.recipe, view.selection.parameter).source == np.abs(weights).argmax()
    QTest.keyClick(view, Qt.Key.Key_F2)
    assert edited == [view.selection.parameter]


def test_its_items_are_all_that_can_be_clicked(show, make_snapshot, make_dataset):
    dataset = make_dataset(inputs=4, outputs=2)
    snapshot = make_snapshot(Recipe(dataset="tiny", layers=(4, 3, 2)), dataset)
    view = show(NetworkView, snapshot, (900, 600))
    items = view._items
    boxes = items.boxes()
    kinds = [hit.kind for hit in boxes]
    assert kinds.count("neuron") == 4 + 3 + 2
    assert kinds.count("edge") == 4 * 3 + 3 * 2
    for hit, box in boxes.items():
        found = view.drawing.hit(box.center())
        if hit.kind != "edge":  # edges may cross, and the strongest is on top
            assert found == hit
        else:
            assert found is not None
        assert items.said(hit).name
    neuron = next(hit for hit in boxes if hit.kind == "neuron" and hit.layer == 1)
    items.go_to(neuron)
    assert items.current() == neuron
    assert "a" in items.said(neuron).value
