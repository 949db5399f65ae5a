"""What the table of parameters shows of a moment, without a window."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz import numbers
from nnviz.engine.parameters import Scope
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.moment import moment_of
from nnviz.engine.run.snapshot import Sample
from nnviz.engine.selection import Selection
from nnviz.numbers import write
from nnviz.views.parameters.picture import COLUMNS, MOST, ParametersState, picture, scope_of
from tests.views.phasing import at_phase, minibatch_of, names_of
from tests.views.textbook import back_at, first_moment


def table(snapshot, state=ParametersState()):  # noqa: B008 - frozen
    """The table by the names of its parameters, as it is written."""
    shown = picture(snapshot, state)
    return {
        shown.name(row): {
            column: "" if number is None else write(float(number))
            for column in COLUMNS[1:]
            for number in (shown.number(row, column),)
        }
        for row in range(len(shown.entries))
    }


def test_the_worked_example_to_nine_digits(back):
    numbers.set_digits(9)
    shown = table(back)
    assert shown["w₅"]["mean"] == "0.0821670406"
    assert shown["w₁"]["mean"] == "0.000438567734"
    new = [shown[f"w{place}"]["new"] for place in "₁₂₃₄₅₆₇₈"]
    assert new == ["0.149780716", "0.199561432", "0.249751144", "0.299502287",
                   "0.35891648", "0.408666186", "0.51130127", "0.561370121"]  # fmt: skip
    assert shown["b₂"]["nudge"] == "0", "the book leaves biases as they are"


def test_every_number_appears_with_its_phase_and_not_before(back):
    numbers.set_digits(9)
    known = {}
    for name in names_of(back):
        shown = table(back_at(name))
        known[name] = {column: (bool(shown["w₁"][column]), bool(shown["w₅"][column]))
                       for column in COLUMNS[1:]}  # fmt: skip
        assert shown["w₅"]["value"] == "0.4", "the one all numbers come from, after the update too"
    assert known["cost"] == {**dict.fromkeys(COLUMNS[2:], (False, False)), "value": (True, True)}
    assert known["backward 2"]["one"] == (False, True)
    assert known["backward 1"]["one"] == (True, True)
    assert known["backward 1"]["mean"] == (False, False)
    assert known["average"]["mean"] == known["average"]["nudge"] == (True, True)
    assert known["average"]["new"] == (False, False)
    assert known["update"] == dict.fromkeys(COLUMNS[1:], (True, True))
    updated = table(back_at("update"))
    assert updated["w₅"]["new"] == "0.35891648"
    assert updated["w₁"]["new"] == "0.149780716"


@pytest.fixture
def trained(make_snapshot, make_dataset):
    """A net that Adam trains, and the moments of its next minibatch."""
    recipe = Recipe(dataset="tiny", layers=(4, 5, 3), optimiser="adam", learning_rate=0.01)
    data = make_dataset(4, 3)
    snapshot = make_snapshot(recipe, data)
    return replace(snapshot, sample=Sample(data.x_test, data.y_test)), data


def _moments(snapshot, data):
    minibatch = minibatch_of(snapshot, data.x_train[:6], data.y_train[:6])
    yield snapshot
    yield replace(snapshot, playing=True)
    yield replace(snapshot, sample=None)
    yield from (at_phase(snapshot, minibatch, name) for name in names_of(snapshot))


def test_every_number_is_the_one_that_why_shows(trained, why):
    numbers.set_digits(9)
    for moment in _moments(*trained):
        shown = picture(moment, ParametersState())
        for row in range(0, len(shown.entries), 3):
            asked = why(moment, shown.selection(row))
            for column in COLUMNS[1:]:
                number = shown.number(row, column)
                said = "" if number is None else write(float(number))
                assert said == asked[column], (moment.phase, shown.name(row), column)


@pytest.fixture
def why():
    """Give a function that reads what "Why?" says of a parameter off its explanation."""
    from nnviz.engine.explain import explain_chain, explain_slope

    def read(snapshot, selection):
        moment, index = moment_of(snapshot), selection.parameter
        x, y, _ = moment.rows
        said = dict.fromkeys(COLUMNS[1:], "")
        said["value"] = write(float(moment.network.theta[index]))
        if not moment.missing(selection):
            chain = explain_chain(moment.network, moment.focus.x, moment.focus.y, index)
            said["one"] = write(chain.slope.value)
        if moment.averaged and not moment.missing(selection):
            slope = explain_slope(moment.network, x, y, index, learning_rate=moment.eta)
            said["mean"] = write(slope.slope.value)
            said["nudge"] = write(slope.nudge.value)
            if moment.stepped:
                said["nudge"] = write(float(snapshot.minibatch.nudge[index]))
                said["new"] = write(float(snapshot.theta[index]))
            elif moment.known is None:
                said["new"] = write(float(moment.network.theta[index]) + slope.nudge.value)
        return said

    return read


def test_sorted_by_any_column_what_is_unknown_or_undefined_comes_last(trained):
    snapshot, _ = trained
    for column in COLUMNS[1:]:
        for order, key in (
            ("down", lambda v: -v),
            ("up", lambda v: v),
            ("size", lambda v: -abs(v)),
        ):
            shown = picture(snapshot, ParametersState(sort=column, order=order))
            keys = [key(float(number)) for number in shown.columns[column]]
            assert keys == sorted(keys), (column, order)
            assert sorted(shown.entries.tolist()) == list(range(snapshot.recipe.parameters))
    theta = snapshot.theta.copy()
    theta[3] = np.nan
    shown = picture(replace(snapshot, theta=theta), ParametersState(sort="value", order="up"))
    assert shown.entries[-1] == 3
    at = at_phase(snapshot, minibatch_of(snapshot, snapshot.sample.x[:2], snapshot.sample.y[:2]),
                  "backward 2", 0)  # fmt: skip
    shown = picture(at, ParametersState(sort="one"))
    known = shown.known["one"]
    assert known[:18].all()
    assert not known[18:].any(), "those of layer 1 come later"


def test_unknown_choices_and_columns_are_passed_over(trained):
    snapshot, _ = trained
    shown = picture(snapshot, ParametersState(7, 9, "none such", "sideways"))
    assert (shown.scope, shown.sort, shown.order) == (Scope(), "", "down")


def test_of_a_net_of_millions_only_a_layer_or_a_neuron_is_listed():
    recipe = Recipe(layers=(784, 2000, 2000, 10))
    assert scope_of(recipe, ParametersState()) == Scope(3)
    assert scope_of(recipe, ParametersState(2)) == Scope(2, 0)
    assert scope_of(recipe, ParametersState(2, 7)) == Scope(2, 7)
    assert Scope(2, 7).count(recipe) < MOST


def test_the_selected_neuron_can_be_listed_until_it_is_listed(back):
    own = Selection("neuron", 1, 1)
    assert picture(back, ParametersState(), own).selected == Scope(1, 1)
    assert picture(back, ParametersState(1, 1), own).selected is None
    assert picture(back, ParametersState(), Selection("neuron", 0, 1)).selected == Scope(0, 1)
    assert picture(back, ParametersState(), Selection("cost", 2)).selected is None
    assert picture(back, ParametersState(), Selection("neuron", 5, 1)).selected is None


def test_a_weight_on_a_named_input_says_which(back):
    park = picture(first_moment("park"), ParametersState())
    assert [(park.name(row), park.source(row)) for row in range(4)] == [
        ("w¹₁,₁", "raining"), ("w¹₁,₂", "above 15 °C"), ("w¹₁,₃", "in lockdown"), ("b¹₁", ""),
    ]  # fmt: skip
    assert not picture(back, ParametersState()).inputs, "its weights have the book's own names"
    assert not picture(first_moment("and"), ParametersState()).inputs, "x₁ says no more than w₁₁"
