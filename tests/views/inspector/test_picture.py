"""What the inspector shows of a moment, as a value: the engine's own trees, without a window."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine import Recipe
from nnviz.engine.big_arrays import BIG
from nnviz.engine.explain import explain_chain, explain_cost, explain_neuron, explain_slope
from nnviz.engine.parameters import locate
from nnviz.engine.run.snapshot import Sample, focus_on, with_own
from nnviz.engine.selection import Selection
from nnviz.views.inspector import text
from nnviz.views.inspector.line_nodes import typeset
from nnviz.views.inspector.page import Formula, Prose, Value, WeightedSum
from nnviz.views.inspector.picture import picture
from tests.sampled import sampled
from tests.snapshots import make_dataset, make_snapshot
from tests.views.inspector.explained import PAIRS, every_selection, extremes
from tests.views.phasing import at_phase, minibatch_of

RECIPE = Recipe(dataset="tiny", layers=(4, 3, 2))


@pytest.fixture(scope="module")
def data():
    return make_dataset(4, 2)


@pytest.fixture(scope="module")
def moment(data):
    return replace(make_snapshot(RECIPE, data), sample=Sample(data.x_test, data.y_test))


def formulas(page):
    return [each for line in page.lines if isinstance(line, Formula) for each in line.equations]


def said(page):
    parts = [part for line in page.lines if isinstance(line, Prose) for part in line.parts]
    return " ".join(part for part in parts if isinstance(part, str))


def test_the_page_of_a_weight_of_a_big_net_makes_no_copy_of_it():
    recipe = replace(RECIPE, layers=(4, *[1200] * 8, 2))
    assert 4 * recipe.parameters >= BIG
    data = make_dataset(4, 2)
    moment = replace(make_snapshot(recipe, data), sample=Sample(data.x_test, data.y_test))
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for layer, source in ((2, 7), (3, None)):
            assert picture(moment, Selection.of_weight(recipe, layer, source, 5)).curve is not None
        peak = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    assert peak < moment.theta.nbytes


def test_nothing_selected_shows_nothing(moment):
    assert picture(moment, None) is None
    assert picture(moment, Selection("neuron", 1, 3)) is None, "there is no such neuron"


def test_a_neuron_is_its_sum_its_function_and_its_error(moment):
    page = picture(moment, Selection("neuron", 1, 2))
    parts = explain_neuron(moment.network(), moment.focus.x, 1, 2, by_size=True)
    sums = [line for line in page.lines if isinstance(line, WeightedSum)]
    assert [(line.main, line.parts.whole) for line in sums] == [(True, parts.whole)]
    assert [parts.activation, parts.derivative] == formulas(page)[:2]
    assert page.copied[0] == parts.whole.text
    assert page.table.rows == 5
    assert page.table.title == "all 4 terms"
    assert page.table.name(list(page.table.columns[1]).index(1.0)) == "bias"


@pytest.mark.parametrize(
    "recipe",
    sampled(PAIRS, every=2),
    ids=lambda r: f"{r.activations[0]}-{r.output_activation}-{r.cost}",
)
def test_every_activation_and_cost_can_be_explained(recipe):
    for moment in extremes(recipe):
        for selection in every_selection(recipe):
            page = picture(moment, selection)
            assert page.title
            assert page.copied[0]
            assert all(typeset(line).nodes for line in page.lines)


def test_softmax_mixes_so_its_activation_stands_before_the_sum(data):
    recipe = replace(RECIPE, output_activation="softmax", cost="categorical_cross_entropy")
    moment = make_snapshot(recipe, data, steps=2)
    page = picture(moment, Selection("neuron", 2, 1))
    parts = explain_neuron(moment.network(), moment.focus.x, 2, 1, by_size=True)
    assert page.lines[0] == Formula((parts.whole,), main=True, first=True)
    assert not page.lines[1].main


def test_an_input_is_a_value_felt_through_its_weights(moment):
    page = picture(moment, Selection("neuron", 0, 3))
    assert isinstance(page.lines[0], Value)
    assert page.lines[0].quantity.value == float(moment.focus.x[3])
    assert page.table.rows == 3
    assert page.table.pick(0, 1).layer == 1
    assert "given by the example" in said(page)


def test_a_weight_is_a_chain_a_slope_and_a_curve(moment):
    selection = Selection.of_weight(RECIPE, 1, 2, 1)
    page = picture(moment, selection)
    x, y, index = moment.focus.x, moment.focus.y, selection.parameter
    chain = explain_chain(moment.network(), x, y, index, by_size=True)
    slope = explain_slope(moment.network(), moment.sample.x, moment.sample.y, index)
    assert page.lines[0].equations == (chain.equation,)
    assert slope.equation.text in [each.text for each in formulas(page)]
    assert (page.parameter, page.value) == (index, moment.theta[index])
    assert page.curve.present.w == pytest.approx(float(page.value))
    assert page.learned == text.PLAIN_STEP
    assert page.table.rows == len(chain.routes) == 2


def test_a_cost_is_the_sum_of_its_outputs_the_largest_first(moment):
    page = picture(moment, Selection("cost", 2))
    whole = explain_cost(moment.network(), moment.focus.x, moment.focus.y, by_size=True)
    assert page.lines[0].equations == (whole.equation,)
    assert [page.table.pick(row, 0).neuron for row in (0, 1)] == [
        part.output for part in whole.parts
    ]
    part = picture(moment, Selection("output", 2, 1))
    assert part.table.name(part.table.own) == "1"


@pytest.mark.parametrize(
    ("selection", "before", "after"),
    [
        (Selection("neuron", 1, 1), "pick", "forward 1"),
        (Selection("output", 2, 1), "forward 2", "cost"),
        (Selection("cost", 2), "forward 2", "cost"),
        (Selection.of_weight(RECIPE, 1, 2, 1), "backward 2", "backward 1"),
    ],
    ids=str,
)
def test_before_its_phase_a_number_is_a_formula_in_symbols(moment, data, selection, before, after):
    minibatch = minibatch_of(moment, data.x_train[:5], data.y_train[:5])
    page = picture(at_phase(moment, minibatch, before), selection)
    formula, words = page.lines
    assert not formula.known
    assert f"“{after}”" in words.parts[0]
    assert (page.table, page.curve) == (None, None)
    known = picture(at_phase(moment, minibatch, after), selection)
    assert known.lines[0] != formula
    assert known.shape != page.shape


def test_what_is_pinned_keeps_its_example(moment, data):
    other = replace(moment, focus=focus_on(moment.network(), 5, data.x_test[5], data.y_test[5]))
    selection = Selection("neuron", 1, 1)
    page = picture(other, selection, moment.focus)
    assert page.copied == picture(moment, selection).copied
    assert page.example == "test example 1 · pinned"
    assert picture(other, selection).example == "test example 6"


def test_the_shape_stays_while_only_numbers_change(moment, data):
    selection = Selection("neuron", 1, 1)
    later = make_snapshot(RECIPE, data, steps=40)
    assert picture(moment, selection).shape == picture(later, selection).shape
    assert picture(moment, selection).shape != picture(moment, Selection("neuron", 1, 2)).shape


def test_a_neuron_can_be_switched_off_and_its_layer_shuffled(moment):
    off, shuffle = picture(moment, Selection("neuron", 1, 1)).actions
    values, indices = off.change()
    assert values == (0.0, 0.0)
    assert {locate(RECIPE, index).layer for index in indices} == {2}
    assert sorted(shuffle.change()[0]) == sorted(moment.theta[:12].tolist())
    (alone,) = picture(moment, Selection("neuron", 0, 1)).actions
    assert len(alone.change()[1]) == 3
    assert picture(moment, Selection("cost", 2)).actions == ()


# -- an input of the user's own ------------------------------------------------------------------


@pytest.fixture
def own(moment):
    return with_own(moment, np.array([0.25, 0.5, 0.75, 1.0]))


def test_a_neuron_is_explained_with_the_inputs_of_ones_own(own):
    shown = picture(own, Selection("neuron", 1, 0))
    expected = explain_neuron(own.network(), own.focus.x, 1, 0)
    assert shown.example == "your own input"
    assert expected.whole.text_with_numbers in shown.copied


@pytest.mark.parametrize("layer", [1, 2])
def test_a_neuron_has_no_error_where_nothing_is_desired(moment, own, layer):
    selection = Selection("neuron", layer, 0)
    shown, usual = picture(own, selection), picture(moment, selection)
    assert len(shown.lines) == len(usual.lines) - 1
    written = [each for line in shown.lines if isinstance(line, Formula) for each in line.equations]
    assert not any("undefined" in each.text_with_numbers for each in written)


@pytest.mark.parametrize(
    "selection", [Selection("cost"), Selection("output", 2, 1)], ids=lambda one: one.kind
)
def test_what_needs_a_desired_output_is_unknown_and_that_is_said(own, selection):
    shown = picture(own, selection)
    assert text.UNDESIRED in said(shown)
    assert "undefined" not in "".join(shown.copied)


def test_a_weight_has_the_slope_of_all_test_examples_and_none_of_the_own_input(own):
    selection = Selection.of_weight(RECIPE, 1, 0, 0)
    shown, usual = picture(own, selection), picture(replace(own, focus=own.focus), selection)
    assert text.UNDESIRED in said(shown)
    slope = explain_slope(
        own.network(), own.sample.x, own.sample.y, selection.parameter,
        learning_rate=RECIPE.learning_rate, rise=0.1,
    )  # fmt: skip
    assert slope.equation.text_with_numbers in shown.copied
    assert "undefined" not in "".join(shown.copied)
    assert usual.curve is not None
    assert shown.value == own.theta[selection.parameter]


def test_an_own_input_alone_has_no_slope_at_all(own):
    selection = Selection.of_weight(RECIPE, 1, 0, 0)
    shown = picture(replace(own, sample=None), selection)
    assert text.UNDESIRED in said(shown)
    assert shown.curve is None
    assert "undefined" not in "".join(shown.copied)
