"""What was chosen in the network view is kept and chosen again."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF

from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.views.network.edge_modes import MODES
from nnviz.views.network.edges import Spot
from nnviz.views.network.state import NetworkState, read
from nnviz.views.network.view import NetworkView
from tests.views.network.hands import on_screen


@pytest.fixture
def show(show):
    return lambda snapshot=None: show(NetworkView, snapshot, (850, 530))


@pytest.fixture
def large(make_snapshot):
    return make_snapshot(Recipe(layers=(784, 100, 10)), steps=3)


def chosen_much(view):
    view.choose(edges="contributions")
    view.choose(numbers=True, signals=False, maps=False)
    view.pressing.shift(1, 40)
    view.select(Selection("neuron", 1, 50))
    view.pressing.focus_at(None)
    view.drawing.zoom_at(QPointF(600, 200), 3)
    return view


def test_what_is_chosen_comes_back(show, large):
    view = chosen_much(show(large))
    kept = json.loads(json.dumps(view.state()))
    again = show(large)
    again.restore(kept)
    assert again.state() == kept
    again.select(Selection("neuron", 1, 50))
    assert again.place.columns[1].first == 40
    assert again.chosen.focus == view.chosen.focus
    assert again.edges.parameter.tolist() == view.edges.parameter.tolist()
    assert on_screen(again, 300, 200).toTuple() == pytest.approx(
        on_screen(view, 300, 200).toTuple()
    )
    assert again.drawing.camera.zoom == pytest.approx(3)
    assert again.controls.switches["numbers"].isChecked()
    assert again.controls.modes["contributions"].isChecked()


def test_it_can_be_chosen_before_there_is_a_network(show, large):
    kept = chosen_much(show(large)).state()
    view = show()
    view.restore(kept)
    view.show_snapshot(large)
    assert view.state() == kept


@pytest.mark.parametrize("mode", MODES)
def test_every_kind_of_edges_is_kept(show, large, mode):
    view = show(large)
    view.choose(edges=mode)
    again = show(large)
    again.restore(view.state())
    assert again.chosen.edges == mode


def test_the_page_of_the_wall_is_kept(show, make_snapshot):
    snapshot = make_snapshot(Recipe(layers=(784, 1000, 10)), steps=0)
    view = show(snapshot)
    view.choose(fields=True)
    view.select(Selection("neuron", 1, 777))
    again = show(snapshot)
    again.restore(view.state())
    assert again.chosen.first_field == view.chosen.first_field > 0
    assert again.drawing.first_field == view.drawing.first_field


@pytest.mark.parametrize(
    "broken",
    [
        {"edges": "colours"},
        {"edges": 3, "numbers": "yes", "fixed": None, "maps": 1},
        {"focused": [1]},
        {"focused": [1, -2]},
        {"focused": [1.5, True]},
        {"firsts": [0, "many"]},
        {"first_field": -3},
        {"zoom": 0.2},
        {"zoom": 1e9},
        {"zoom": float("nan")},
        {"centre": [0.5]},
        {"centre": ["left", 0.5]},
        {"centre": [float("inf"), 0.5]},
        {"unknown": 1},
    ],
)
def test_what_is_broken_changes_nothing(show, large, broken):
    view = chosen_much(show(large))
    before = view.state()
    view.restore(broken)
    assert view.state() == before


def test_a_state_of_a_larger_network_is_harmless(show, make_snapshot, large):
    kept = chosen_much(show(large)).state() | {"focused": [1, 500]}
    for layers in ((784, 30, 10), (2, 4, 1), (784, 10)):
        view = show(make_snapshot(Recipe(layers=layers), steps=1))
        view.restore(kept)
        assert view.chosen.focus is None
        assert view.chosen.edges == "contributions"
        assert len(view.edges) > 0
        view.restore(kept | {"focused": [7, 0], "firsts": [5, 5, 5, 5, 5]})
        assert view.chosen.focus is None
        assert len(view.edges) > 0


def test_either_all_edges_or_the_fields_are_chosen():
    state = NetworkState().but(fields=True)
    assert not state.but(all_edges=True).fields
    assert not state.but(all_edges=True).but(fields=True).all_edges
    both = read({"all_edges": True, "fields": True}, NetworkState())
    assert both.all_edges != both.fields


def test_another_network_keeps_what_it_can_show_and_forgets_its_neurons(show, make_snapshot, large):
    view = chosen_much(show(large))
    view.show_snapshot(replace(make_snapshot(Recipe(layers=(784, 30, 10)), steps=1), run=1))
    assert view.chosen.focus is None
    assert view.drawing.camera.zoom == 1
    assert (view.chosen.edges, view.chosen.numbers) == ("contributions", True)


@pytest.mark.parametrize("name", ["fixed", "numbers", "all_edges", "fields", "maps", "signals"])
def test_every_switch_is_kept(show, large, name):
    view = show(large)
    view.controls.switches[name].toggle()
    again = show(large)
    again.restore(view.state())
    assert again.state() == view.state()
    assert again.state()[name] != show(large).state()[name]
    assert again.controls.switches[name].isChecked() == again.state()[name]


def test_layers_are_shifted_so_that_a_neuron_is_drawn():
    layers = (784, 100, 40, 10)
    state = NetworkState().revealing(layers, [Spot(1, 50), Spot(2, 3)], pictured=True)
    assert state.firsts == (0, 34, 0, 0)
    assert state.revealing(layers, [Spot(1, 60)], pictured=True) == state
    assert state.revealing(layers, [Spot(1, 99)], pictured=True).firsts[1] == 68
    assert state.revealing(layers, [Spot(0, 783)], pictured=True) == state
    assert state.shifted(layers, 2, 500).firsts == (0, 34, 8, 0)
    assert state.shifted(layers, 1, -5).firsts == (0, 0, 0, 0)
