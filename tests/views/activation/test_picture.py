"""What the activation functions show, in numbers: points, tangents, ranges, marks and words."""

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.run.snapshot import OWN, Sample
from nnviz.engine.selection import Selection
from nnviz.engine.training.phases import Phase
from nnviz.views.activation.picture import REACH, picture
from nnviz.views.activation.state import ActivationState, read
from tests.views.activation.conftest import DEAD, RELUS, moment_of


def neuron(layer, number):
    return Selection("neuron", layer, number)


def test_without_a_net_there_is_a_curve_and_no_point():
    shown = picture(None, ActivationState(shown="tanh"))
    assert shown.first.activation is ACTIVATIONS["tanh"]
    assert (shown.first.point, shown.layer, shown.live) == (None, None, False)
    assert shown.reach == REACH
    assert shown.first.curve.a[[0, -1]] == pytest.approx(np.tanh([-REACH, REACH]))
    assert shown.heights[0] < -1 < 1 < shown.heights[1]
    assert shown.faded == (
        pytest.approx((-REACH, -2.993223)), pytest.approx((2.993223, REACH))
    )  # fmt: skip


def test_the_point_is_the_selected_neuron_with_the_example_in_focus(sigmoids):
    shown = picture(sigmoids, ActivationState(), neuron(1, 4))
    point, focus = shown.first.point, sigmoids.focus
    assert shown.live
    assert (point.z, point.a) == (focus.z[0][4], focus.a[0][4])
    assert point.slope == pytest.approx(point.a * (1 - point.a))
    assert shown.ticks.tolist() == focus.z[0].tolist()
    assert shown.neurons.tolist() == list(range(6))
    assert shown.said[0].startswith("Neuron 5 of layer 1: z¹₅ = ")
    assert shown.marks == ("layer 1: 0 of 6 saturated", "0 of 6 saturated", "layer 1")


@pytest.mark.parametrize(
    ("selection", "place"),
    [
        (None, (1, -1)),
        (Selection("neuron", 0, 2), (1, -1)),
        (Selection("output", 2, 1), (2, 1)),
        (Selection("cost", 2), (2, -1)),
        (Selection("parameter", 1, 0, 3), (1, 3)),
        (Selection("neuron", 9, 9), (1, -1)),
    ],
)
def test_which_layer_and_neuron_a_selection_is_about(sigmoids, selection, place):
    layer = picture(sigmoids, ActivationState(), selection).layer
    assert (layer.number, layer.neuron) == place


def test_a_z_of_ones_own_is_the_same_with_every_function_and_says_the_slope(sigmoids):
    state = ActivationState(shown="relu", second="sigmoid", z=1.5)
    shown = picture(sigmoids, state, neuron(1, 4))
    assert not shown.live
    assert (shown.first.point.a, shown.first.point.slope) == (1.5, 1)
    a = 1 / (1 + exp(-1.5))
    assert shown.second.point.a == pytest.approx(a)
    assert shown.said[0] == (
        "z = 1.5 gives a = 1.5, slope f′(z) = 1, 100\u202f% of its greatest; "
        "sigmoid: a = 0.8176, slope 0.149."
    )


@given(z=st.floats(-6, 6), name=st.sampled_from(sorted(ACTIVATIONS)))
def test_the_tangent_touches_the_curve(z, name):
    if abs(z) < 1e-3:
        z = 1.0
    state, h = ActivationState(shown=name, z=z), 1e-4
    point = picture(None, state).first.point
    for way in (-h, h):
        near = picture(None, replace(state, z=z + way)).first.point
        assert point.tangent(z + way) == pytest.approx(near.a, abs=1e-7)


def test_the_range_grows_in_round_numbers_and_stays_while_it_serves(sigmoids):
    focus = sigmoids.focus
    far = (np.array([-33.0, 0, 0, 0, 0, 1]), *focus.z[1:])
    wide = picture(replace(sigmoids, focus=replace(focus, z=far)), ActivationState())
    assert wide.reach == 50
    less = (np.array([-14.0, 0, 0, 0, 0, 1]), *focus.z[1:])
    small = replace(sigmoids, focus=replace(focus, z=less))
    assert picture(small, ActivationState(), before=wide).reach == 50
    assert picture(small, ActivationState()).reach == 20
    assert picture(sigmoids, ActivationState(), before=wide).reach == REACH
    lost = (np.array([np.nan, np.inf, -np.inf, 0, 0, 1]), *focus.z[1:])
    odd = picture(replace(sigmoids, focus=replace(focus, z=lost)), ActivationState(), neuron(1, 0))
    assert (odd.reach, odd.ticks.tolist()) == (REACH, [0, 0, 1])


def test_a_dead_neuron_is_said_to_be_dead(relus):
    shown = picture(relus, ActivationState(), neuron(1, DEAD))
    assert (shown.first.point.a, shown.first.point.slope) == (0, 0)
    assert "Dead: it gives 0 for all 50 test examples looked at" in shown.said[0]
    assert shown.said[-1] == "a = 0, f′ = 0. Dead."


def test_a_few_examples_are_not_enough_to_call_a_neuron_dead(relus):
    few = replace(relus, sample=Sample(relus.sample.x[:5], relus.sample.y[:5]))
    said = picture(few, ActivationState(), neuron(1, DEAD)).said[0]
    assert said.endswith("so it is for 5 of 5 test examples.")


def test_one_that_is_silent_for_some_is_said_to_be_silent(relus):
    network = relus.network()
    a = network.propagation(relus.sample.x, relus.sample.y).a[0]
    silent = (a <= 0).sum(axis=0)
    some = next(j for j in range(5) if 0 < silent[j] < 50 and relus.focus.a[0][j] == 0)
    shown = picture(relus, ActivationState(), neuron(1, some))
    assert f"so it is for {silent[some]} of 50 test examples." in shown.said[0]
    by_hand = picture(relus, ActivationState(z=-2.0), neuron(1, some))
    assert by_hand.said[0].endswith("Silent: f is flat here, so no error passes back through it.")


def test_a_saturated_neuron_is_said_to_be_saturated(sigmoids):
    focus = sigmoids.focus
    z = (np.array([7.0, 0, 0, 0, 0, 0]), *focus.z[1:])
    a = (1 / (1 + np.exp(-z[0])), *focus.a[1:])
    moment = replace(sigmoids, focus=replace(focus, z=z, a=a))
    shown = picture(moment, ActivationState(), neuron(1, 0))
    assert "Saturated: its slope is 0.36\u202f% of its greatest" in shown.said[0]
    assert shown.marks[0] == "layer 1: 1 of 6 saturated"


def test_softmax_is_the_curve_of_one_neuron_beside_the_others_with_a_bar_for_each(relus):
    shown = picture(relus, ActivationState(), neuron(2, 1))
    z, a = relus.focus.z[1], relus.focus.a[1]
    assert shown.first.point.a == a[1]
    assert shown.first.point.slope == pytest.approx(a[1] * (1 - a[1]))
    assert [bar.a for bar in shown.bars] == pytest.approx(a.tolist())
    assert [bar.name for bar in shown.bars] == ["0", "1", "2"]
    assert shown.facts[0].startswith("One neuron, z of all others as it is. Values in (0, 1)")
    elsewhere = picture(relus, ActivationState(shown="softmax"), neuron(1, 1))
    assert elsewhere.facts[0].startswith("One neuron, beside two others at z = 0. ")
    moved = picture(relus, ActivationState(z=float(z[1]) + 2), neuron(2, 1))
    after = np.exp(z + np.array([0, 2, 0]))
    assert [bar.a for bar in moved.bars] == pytest.approx((after / after.sum()).tolist())
    assert picture(relus, ActivationState(shown="tanh"), neuron(2, 1)).bars == ()


def test_of_many_outputs_the_largest_have_bars_and_the_selected_one():
    recipe = replace(RELUS, layers=(4, 5, 30))
    moment = moment_of(recipe, np.random.default_rng(1).normal(size=recipe.parameters))
    least = int(np.argmin(moment.focus.a[1]))
    bars = picture(moment, ActivationState(), neuron(2, least)).bars
    assert len(bars) == 12
    assert least in {bar.neuron for bar in bars}
    assert int(np.argmax(moment.focus.a[1])) in {bar.neuron for bar in bars}


def test_nothing_is_shown_before_its_phase(sigmoids):
    moment = replace(sigmoids, phase=Phase("forward", 1))
    assert picture(moment, ActivationState(), neuron(1, 0)).live
    later = picture(moment, ActivationState(), neuron(2, 0))
    assert (later.live, later.marks, later.first.point) == (False, (), None)
    assert later.said[0] == "This phase has not computed z of layer 2 yet."


def test_a_drawing_takes_the_place_of_the_example(sigmoids):
    drawing = np.full(4, 0.25)
    shown = picture(sigmoids, ActivationState(), neuron(1, 3), drawing)
    assert shown.snapshot.focus.index == OWN
    network = sigmoids.network()
    assert shown.first.point.z == pytest.approx(
        (drawing @ network.weights[0] + network.biases[0])[3]
    )


def test_what_is_kept_is_read_again_and_what_is_broken_left():
    kept = {"shown": "elu", "second": "tanh", "z": 2}
    assert read(kept, ActivationState()) == ActivationState("elu", "tanh", 2.0)
    broken = {"shown": "erf", "second": 3, "z": float("nan")}
    now = ActivationState("relu", "", 1.0)
    assert read(broken, now) == now
    assert read({"z": None}, now).z is None
    assert read({"z": "2"}, now) == now
