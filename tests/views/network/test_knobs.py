"""Knobs: which numbers a hand turns, in which steps, and what is written beside it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data import load_dataset
from nnviz.data.description import Column, DataDescription
from nnviz.engine import Recipe, Trainer
from nnviz.engine.parameters import Parameter, index_of
from nnviz.engine.run.history import CostHistory
from nnviz.engine.run.snapshot import Sample
from nnviz.engine.selection import Selection
from nnviz.views.network.hits import Hit
from nnviz.views.network.knobs import (
    Knob,
    input_knob,
    knob_of,
    knob_of_selection,
    parameter_knob,
    with_input,
    words,
)
from tests.snapshots import snapshot_of


@pytest.fixture
def gate():
    """A moment of AND on a net of three weights, 0.4321, −1.5 and a bias of 0.25."""
    dataset = load_dataset("and")
    trainer = Trainer(Recipe(dataset="and", layers=(2, 1), dtype="float64"), dataset)
    trainer.network.theta[:] = 0.4321, -1.5, 0.25
    sample = Sample(dataset.x_test, dataset.y_test, dataset.x_train)
    known = {"description": dataset.description, "sample": sample, "image_shape": None}
    return snapshot_of(trainer, CostHistory(), **known)


def test_an_edge_is_its_weight_s_knob_and_a_rim_its_bias_s(gate):
    knob = knob_of(gate, Hit("edge", 1, 0, 0), on_rim=False)
    assert (knob.kind, knob.index, knob.value, knob.step) == ("weight", 0, 0.4321, 0.01)
    bias = knob_of(gate, Hit("neuron", 1, 0), on_rim=True)
    assert (bias.kind, bias.index, bias.value) == ("bias", 2, 0.25)
    assert knob_of(gate, Hit("neuron", 1, 0), on_rim=False) is None
    assert knob_of(gate, Hit("output", 1, 0), on_rim=False) is None
    assert knob_of(gate, None, on_rim=False) is None


def test_numbers_come_in_round_steps(gate):
    knob = parameter_knob(gate, 0)
    assert knob.turned(0) == pytest.approx(0.432)
    assert [knob.turned(by) for by in (1, 7, -100, 0.1)] == [0.442, 0.502, -0.568, 0.433]
    assert words(gate, knob, knob.turned(7)) == "w¹₁,₁ = 0.502"
    assert words(gate, parameter_knob(gate, 2), 0.3) == "b¹₁ = 0.3"


@given(
    st.floats(-1e6, 1e6),
    st.integers(-6, 4).map(lambda power: 10.0**power),
    st.floats(-1e4, 1e4),
)
def test_a_turn_goes_where_it_should_to_within_half_a_fine_step(value, step, by):
    turned = Knob("weight", 0, value, step).turned(by)
    assert abs(turned - (value + by * step)) <= 0.06 * step + 1e-9 * abs(value)


def test_a_step_follows_the_size_of_numbers(gate):
    for size, step in ((20.0, 0.1), (0.03, 0.0001), (0.0, 0.01)):
        theta = np.full(3, size)
        assert parameter_knob(replace(gate, theta=theta), 1).step == pytest.approx(step)
    assert parameter_knob(replace(gate, theta=np.array([np.nan, 1.0, 1.0])), 0) is None


def test_a_column_of_nought_and_one_is_a_switch(gate):
    knob = input_knob(gate, 0)
    assert (knob.value, knob.switch) == (0.0, 1.0)
    on = replace(gate, focus=replace(gate.focus, x=np.array([1.0, 0.0])))
    assert input_knob(on, 0).switch == 0.0
    assert words(gate, knob, 1.0) == "x₁ = 1"


def test_another_column_is_dragged_about_its_values_in_the_file_s_unit(gate):
    x = np.array([[-1.0, 0.0], [0.0, 0.5], [2.0, 1.0]])
    heights = (Column("height (cm)", "cm", 170.0, 10.0), Column("x2"))
    moment = replace(
        gate,
        sample=Sample(x, np.zeros((3, 1))),
        description=DataDescription(inputs=heights),
        focus=replace(gate.focus, x=x[0]),
    )
    knob = input_knob(moment, 0)
    assert knob.switch is None
    assert (knob.low, knob.high) == (-2.5, 3.5)
    assert knob.turned(1e9) == 3.5
    assert words(moment, knob, 0.5) == "height = 175 cm"


def test_a_column_of_which_one_value_is_known_is_no_switch(gate):
    ones = np.ones((1, 2))
    moment = replace(
        gate, sample=Sample(ones, np.zeros((1, 1))), focus=replace(gate.focus, x=ones[0])
    )
    assert input_knob(moment, 0).switch is None
    assert input_knob(replace(moment, sample=None), 1).high > 1


def test_pixels_and_inputs_that_are_looked_at_phase_by_phase_stand_still(gate):
    assert input_knob(replace(gate, image_shape=(1, 2)), 0) is None


def test_what_is_selected_can_be_turned(gate):
    index = index_of(gate.recipe, Parameter(1, 1, 0))
    assert knob_of_selection(gate, Selection("parameter", 1, 0, index)).index == index
    assert knob_of_selection(gate, Selection("neuron", 1, 0)).kind == "bias"
    assert knob_of_selection(gate, Selection("neuron", 0, 1)).kind == "input"
    assert knob_of_selection(gate, None) is None


def test_inputs_stay_as_they_are_but_for_one(gate):
    x = with_input(gate.focus.x, 1, 0.7)
    np.testing.assert_array_equal(x, [0.0, 0.7])
    assert not x.flags.writeable
    np.testing.assert_array_equal(gate.focus.x, [0.0, 0.0])
