"""What the network view shows of a moment, as a value that knows nothing of Qt."""

import ast
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import nnviz.views.network
from nnviz.engine.network import views
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import OWN, with_own
from nnviz.engine.selection import Selection
from nnviz.views.network.edges import BUDGET, Spot
from nnviz.views.network.picture import picture
from nnviz.views.network.state import NetworkState
from tests.views.boards import shown_of
from tests.views.phasing import at_phase, minibatch_of


def test_neither_it_nor_what_it_is_made_with_knows_qt():
    folder, family = Path(nnviz.views.network.__file__).parent, "nnviz.views.network."
    found, waiting = set(), {"picture"}
    while waiting:
        name = waiting.pop()
        found.add(name)
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not [each for each in imported if each.startswith("PySide6")], name
        ours = {each.removeprefix(family) for each in imported if each.startswith(family)}
        waiting |= ours - found
    assert {"picture", "state", "edges", "maps", "text"} <= found


def test_a_moment_of_pictures(make_snapshot):
    snapshot = make_snapshot(Recipe(layers=(784, 100, 10)), steps=3, example=4)
    seen = shown_of(snapshot)
    assert seen.facts.available == {"all_edges", "fields"}
    assert seen.activation(0) is snapshot.focus.x
    assert [part.stop - part.start for part in seen.drawn] == [784, 32, 10]
    assert len(seen.edges) == BUDGET
    assert seen.values is snapshot.theta_used
    weights = views(snapshot.recipe, snapshot.theta_used)[0]
    assert np.array_equal(seen.first_weights, weights[0])
    assert (seen.inputs, seen.numbers, seen.maps, seen.mark) == ((), (), None, None)
    assert seen.example.names == ("test image 5",)
    assert seen.example.words[:2] == ("a ", "4")
    assert seen.example.brief[:3] == ("", "4", " → ")
    assert seen.outputs.wanted == 4
    assert seen.outputs.texts == tuple((str(digit),) for digit in range(10))


def test_a_moment_of_numbers(make_snapshot):
    snapshot = make_snapshot(Recipe(layers=(2, 40, 1)), steps=3)
    seen = shown_of(snapshot, numbers=True, firsts=(0, 8, 0))
    assert seen.facts.available == {"maps"}
    assert [name for name, _ in seen.inputs] == ["x₁", "x₂"]
    assert [part.start for part in seen.drawn] == [0, 8, 0]
    hidden = seen.numbers[0]
    assert len(hidden) == 32
    assert hidden[0]["z"] == (f"z {snapshot.focus.z[0][8]:.2f}".replace("-", "−"),) * 2
    assert seen.outputs.texts == ((f"{snapshot.focus.a[-1][0]:.2f}",),)
    assert seen.maps.outputs == ("the output",)
    assert seen.maps.inputs == ("x₁", "x₂")
    assert len(seen.maps.maps.layers) == 3


def test_what_has_not_changed_is_the_very_same(make_snapshot):
    snapshot = make_snapshot(Recipe(layers=(2, 4, 3, 1)), steps=3)
    first = shown_of(snapshot)
    again = picture(replace(snapshot, step=9), first.state, before=first)
    for name in ("facts", "edges", "inputs"):
        assert getattr(again, name) is getattr(first, name)
    moved = picture(snapshot, first.state.but(firsts=(0, 1)), before=first)
    assert moved.edges is first.edges  # all four are drawn, wherever one scrolls
    other = picture(snapshot, first.state.but(edges="slopes"), before=first)
    assert other.edges is not first.edges
    assert other.subject.kind == "slopes"


@pytest.mark.parametrize(
    ("selection", "spot", "ends"),
    [
        (Selection("neuron", 1, 3), Spot(1, 3), None),
        (Selection("output", 2, 7), Spot(2, 7), None),
        (Selection("parameter", 1, 4, 5 * 30 + 4), None, (1, 5, 4)),
        (Selection("cost"), None, None),
        (Selection("neuron", 1, 500), None, None),
    ],
)
def test_what_is_selected_is_marked_with_its_numbers(make_snapshot, selection, spot, ends):
    seen = picture(make_snapshot(steps=2), NetworkState(), selection)
    assert seen.picked == spot
    if spot is None and ends is None:
        assert seen.mark is None
        return
    assert (seen.mark.kind, seen.mark.spot, seen.mark.ends) == (selection.kind, spot, ends)
    assert all(" = " in text for text in seen.mark.texts)


def test_edges_of_one_neuron(make_snapshot):
    snapshot, chosen = make_snapshot(steps=2), Selection("neuron", 1, 3)
    focused = shown_of(snapshot, focused=(1, 3))
    selected = picture(snapshot, NetworkState(edges="selected"), chosen)
    assert focused.edges.only == selected.edges.only == Spot(1, 3)
    assert len(focused.edges) == len(selected.edges) > 700
    assert picture(snapshot, NetworkState(edges="selected")).edges.only is None


def test_a_phase_tells_no_more_than_it_knows(make_snapshot, make_dataset):
    snapshot, data = make_snapshot(steps=2), make_dataset()
    moment = at_phase(snapshot, minibatch_of(snapshot, data.x_train[:8], data.y_train[:8]), "pick")
    seen = shown_of(moment, numbers=True)
    assert seen.play.phase.kind == "pick"
    assert not seen.outputs.known
    assert np.isnan(seen.outputs.a).all()
    assert seen.outputs.best == -1
    assert seen.example.count == "3 of 8"
    assert seen.example.words[3] == ""
    assert seen.example.brief == seen.example.words
    assert {numbers["z"] for numbers in seen.numbers[0]} == {("z –", "z –")}


def test_of_a_drawing_nothing_is_wanted(make_snapshot):
    snapshot = with_own(make_snapshot(steps=2), np.full(784, 0.5, np.float32))
    assert snapshot.focus.index == OWN
    seen = shown_of(snapshot)
    assert seen.example.names == ("your drawing",)
    assert seen.example.words[:2] == ("", "")
    assert (seen.outputs.told, seen.outputs.wanted) == (False, -1)
    assert not seen.outputs.y.any()
