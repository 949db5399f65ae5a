"""What the matrices show of a moment, and what belongs together, without a window."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz import numbers
from nnviz.engine.explain import explain_chain, explain_error, explain_neuron
from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import focus_on, focus_on_own
from nnviz.engine.selection import Selection
from nnviz.numbers import write
from nnviz.views.matrices import text
from nnviz.views.matrices.cells import Cell, content, lit, name, selection, size_of, value, words
from nnviz.views.matrices.picture import MatricesState, picture, place_of
from tests.sampled import tried
from tests.snapshots import make_dataset, make_snapshot
from tests.views.phasing import names_of
from tests.views.textbook import back_at, first_moment


def numbers_of(shown):
    """Every number that is known, by its name, as it is written."""
    rows, columns = size_of(shown)
    cells = [content(shown, Cell(row, column)) for row in range(rows) for column in range(columns)]
    known = [(at, value(shown, at)) for at in cells if at is not None]
    return {name(shown, at): write(number) for at, number in known if number is not None}


def test_the_worked_example_to_nine_digits(back):
    numbers.set_digits(9)
    hidden = numbers_of(picture(back, MatricesState(1)))
    assert (hidden["a¹₁"], hidden["a¹₂"]) == ("0.593269992", "0.596884378")
    out = picture(back, MatricesState(2))
    shown = numbers_of(out)
    assert (shown["ŷ₁"], shown["ŷ₂"]) == ("0.75136507", "0.772928465")
    assert [shown[f"w{place}"] for place in "₅₆₇₈"] == ["0.4", "0.45", "0.5", "0.55"]
    assert out.formula == "z² = a¹·W² + b²     ŷ = sigmoid σ(z²)"
    slopes = numbers_of(picture(back, MatricesState(2, "slopes")))
    assert slopes["∂C₀/∂w₅"] == "0.0821670406"
    assert numbers_of(picture(back, MatricesState(1, "slopes")))["∂C₀/∂w₁"] == "0.000438567734"
    errors = numbers_of(picture(back, MatricesState(2, "backward")))
    assert errors["δ²₁"] == "0.138498562"
    assert errors["δ²₂"] == "−0.0380982365"
    assert picture(back, MatricesState(1, "backward")).formula == "δ¹ = (δ²·W²ᵀ) ⊙ f′(z¹)"


def test_the_phase_leads_and_decides_what_is_known(back):
    followed = {}
    for each in names_of(back):
        shown = picture(back_at(each), MatricesState())
        followed[each] = shown.layer, shown.way
        assert shown.follows
    assert followed == {
        "pick": (1, "forward"), "forward 1": (1, "forward"), "forward 2": (2, "forward"),
        "cost": (2, "forward"), "backward 2": (2, "backward"), "backward 1": (1, "backward"),
        "average": (1, "slopes"), "update": (1, "slopes"),
    }  # fmt: skip
    assert not picture(back, MatricesState()).follows
    before = numbers_of(picture(back_at("pick"), MatricesState(1)))
    assert "z¹₁" not in before
    assert before["i1"] == "0.05"
    assert "z¹₁" in numbers_of(picture(back_at("forward 1"), MatricesState(1)))
    early = numbers_of(picture(back_at("backward 2"), MatricesState(1, "backward")))
    assert "δ²₁" in early
    assert not {"δ¹₁", "f′(z¹₁)", "∂C₀/∂a¹₁"} & early.keys()
    assert not numbers_of(picture(back_at("cost"), MatricesState(2, "slopes"))).keys() & {
        "∂C₀/∂w₅", "δ²₁",
    }  # fmt: skip


def test_after_the_update_the_numbers_stand_beside_the_weights_that_made_them(back):
    shown = numbers_of(picture(back_at("update"), MatricesState(2)))
    assert shown["w₅"] == "0.4"


NETS = st.tuples(
    st.lists(st.integers(1, 4), min_size=2, max_size=4).map(tuple),
    st.sampled_from(["sigmoid", "tanh", "relu"]),
    st.sampled_from([("sigmoid", "quadratic"), ("sigmoid", "cross_entropy"),
                     ("linear", "quadratic")]),
    st.integers(0, 50),
)  # fmt: skip


@settings(max_examples=tried(50), deadline=None)
@given(NETS)
def test_every_number_is_the_one_that_why_explains(net):
    layers, hidden, (output, cost), seed = net
    recipe = Recipe(dataset="tiny", layers=layers, activation=hidden, output_activation=output,
                    cost=cost, seed=seed, dtype="float64")  # fmt: skip
    network, random = Network(recipe), np.random.default_rng(seed)
    x, y = random.normal(size=layers[0]), random.random(layers[-1])
    moment = replace(BASE, recipe=recipe, theta=network.theta, focus=focus_on(network, 0, x, y))
    for layer in range(1, len(layers)):
        wide = range(layers[layer])
        shown = picture(moment, MatricesState(layer))
        z, a = (strip.values for strip in shown.bottom[1:])
        for j in wide:
            parts = explain_neuron(network, x, layer, j)
            assert (z[j], a[j]) == (parts.z.value, parts.a.value)
        assert z == pytest.approx(shown.left[0].values @ shown.matrix + shown.bottom[0].values)
        back = picture(moment, MatricesState(layer, "backward"))
        delta = back.right[-1].values
        for j in wide:
            assert delta[j] == explain_error(network, x, y, layer, j).delta.value
        if back.top:
            felt, slope = (strip.values for strip in back.right[:2])
            assert delta == pytest.approx(felt * slope, rel=1e-9, abs=1e-15)
        slopes = picture(moment, MatricesState(layer, "slopes"))
        for k in range(layers[layer - 1]):
            for j in wide:
                entry = Selection.of_weight(recipe, layer, k, j).parameter
                expected = explain_chain(network, x, y, entry).slope.value
                assert slopes.matrix[k, j] == pytest.approx(expected, rel=1e-12)


BASE = make_snapshot(Recipe(dataset="tiny", layers=(4, 5, 3)), make_dataset(4, 3))


def cells_of(blocks):
    return {
        (row, column)
        for top, bottom, left, right in blocks
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def test_pointing_lights_the_row_and_the_column_that_are_multiplied():
    shown = picture(BASE, MatricesState(2))  # 5 × 3: a in column 0, b, z, ŷ in rows 5, 6, 7
    x = {(row, 0) for row in range(5)}
    assert cells_of(lit(shown, Cell(6, 2))) == x | {(row, 2) for row in range(7)}
    assert cells_of(lit(shown, Cell(3, 2))) == {(3, 0), (3, 2), (6, 2)}
    assert cells_of(lit(shown, Cell(7, 2))) == {(6, 2), (7, 2)}
    assert cells_of(lit(shown, Cell(5, 2))) == {(5, 2), (6, 2)}
    assert cells_of(lit(shown, Cell(3, 0))) == {(3, column) for column in range(4)}
    assert lit(shown, Cell(6, 0)) == (), "a corner"
    back = picture(BASE, MatricesState(1, "backward"))  # δ² in row 0; 5 rows × 3; 3 beside
    above = {(0, column) for column in range(3)}
    assert cells_of(lit(back, Cell(2, 5))) == above | {(2, column) for column in range(6)}
    assert cells_of(lit(back, Cell(2, 3))) == above | {(2, column) for column in range(4)}
    assert cells_of(lit(back, Cell(2, 1))) == {(2, 1), (0, 1), (2, 3)}
    slopes = picture(BASE, MatricesState(2, "slopes"))
    assert cells_of(lit(slopes, Cell(3, 2))) == {(3, 0), (3, 2), (0, 2)}
    out = picture(BASE, MatricesState(2, "backward"))
    assert cells_of(lit(out, Cell(1, 3))) == {(1, column) for column in range(5)}


def test_what_is_pointed_at_is_worked_out(back):
    shown = picture(back, MatricesState(1))
    assert words(shown, Cell(3, 1))[0] == ("z¹₁ = 0.15·0.05 + 0.2·0.1 + 0.35 = 0.3775")
    assert words(shown, Cell(0, 1))[0] == "w₁ = 0.15, times i1 = 0.05: 0.0075"
    assert words(shown, Cell(0, 0))[0] == "i1 = 0.05"
    assert words(shown, Cell(4, 0)) == (text.POINT,)
    slopes = picture(back, MatricesState(2, "slopes"))
    assert words(slopes, Cell(1, 1))[0] == "∂C₀/∂w₅ = a¹₁·δ²₁ = 0.5933·0.1385 = 0.08217"
    delta = words(picture(back, MatricesState(1, "backward")), Cell(1, 4))[0]
    assert delta.startswith("δ¹₁ = (0.4·0.1385 + 0.5·(−0.0381)) · 0.2413 = ")
    early = picture(back_at("pick"), MatricesState(1))
    assert words(early, Cell(3, 1))[0] == "z¹₁: Not computed yet"


def test_a_click_on_any_number_asks_about_it(back):
    recipe = back.recipe
    shown = picture(back, MatricesState(2))
    expected = {
        Cell(0, 0): Selection("neuron", 1, 0), Cell(1, 1): Selection.of_weight(recipe, 2, 1, 0),
        Cell(2, 2): Selection.of_weight(recipe, 2, None, 1), Cell(3, 1): Selection("neuron", 2, 0),
        Cell(4, 2): Selection("neuron", 2, 1),
    }  # fmt: skip
    for cell, chosen in expected.items():
        assert selection(shown, content(shown, cell)) == chosen
    out = picture(back, MatricesState(2, "backward"))
    assert selection(out, content(out, Cell(0, 0))) == Selection("output", 2, 0)
    assert place_of(shown, Selection.of_weight(recipe, 2, 1, 0)) == (1, 0)
    assert place_of(shown, Selection.of_weight(recipe, 1, 1, 0)) is None
    assert place_of(shown, Selection.of_weight(recipe, 2, None, 0)) is None


def test_of_a_drawing_nobody_knows_the_errors():
    own = replace(BASE, focus=focus_on_own(BASE.network(), np.full(4, 0.5)))
    for layer in (1, 2):
        shown = picture(own, MatricesState(layer, "backward"))
        assert shown.pointless
        assert not shown.right[-1].known
    assert not picture(own, MatricesState(2)).pointless


@pytest.mark.parametrize("id", ["bad-net-on-an-8", "slow-neuron-cross-entropy", "park"])
def test_outputs_whose_factors_cancel_or_say_nothing_show_what_they_come_to(id):
    moment = first_moment(id)
    last = len(moment.recipe.layers) - 1
    shown = picture(moment, MatricesState(last, "backward"))
    for j, delta in enumerate(shown.right[-1].values.tolist()):
        network, focus = moment.network(), moment.focus
        assert delta == explain_error(network, focus.x, focus.y, last, j).delta.value


def test_unknown_layers_and_ways_are_passed_over():
    shown = picture(BASE, MatricesState(9, "sideways"))
    assert (shown.layer, shown.way) == (2, "forward")


def test_inputs_with_names_are_called_by_them():
    shown = picture(first_moment("park"), MatricesState(1))
    assert [shown.left[0].name(shown.recipe, row) for row in range(3)] == [
        "raining", "above 15 °C", "in lockdown",
    ]  # fmt: skip
    assert words(shown, Cell(0, 0))[0].startswith("raining = ")
    assert ", times above 15 °C = " in words(shown, Cell(1, 1))[0]
