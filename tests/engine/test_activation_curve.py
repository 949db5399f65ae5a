"""The curve of an activation: slopes against finite differences, and where it saturates."""

from math import inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.activation_curve import FADED, curve, saturation
from nnviz.engine.activations import ACTIVATIONS
from tests.test_adding import softsign

SUMS = st.lists(st.floats(-6, 6), min_size=2, max_size=6)


@pytest.mark.parametrize("entry", ACTIVATIONS.values(), ids=lambda entry: entry.name)
@given(z=st.floats(-8, 8), sums=SUMS, place=st.integers(0, 5))
def test_the_slope_is_that_of_finite_differences(entry, z, sums, place):
    neuron, h = place % len(sums), 1e-5
    if abs(z) < 1e-3:
        z = 1.0  # some have a corner, or a jump, at 0
    found = curve(entry, [z - h, z, z + h], sums, neuron)
    assert found.slope[1] == pytest.approx((found.a[2] - found.a[0]) / (2 * h), rel=1e-5, abs=1e-9)


@given(sums=SUMS, place=st.integers(0, 5))
def test_the_curve_of_a_mixed_neuron_goes_through_what_the_layer_makes_of_it(sums, place):
    neuron, softmax = place % len(sums), ACTIVATIONS["softmax"]
    row = np.array([sums])
    out = np.empty_like(row)
    softmax.function(row, out)
    found = curve(softmax, [sums[neuron]], sums, neuron)
    assert found.a[0] == pytest.approx(out[0, neuron], rel=1e-12)


END = float(np.arctanh(np.sqrt(1 - FADED)))
"""Where tanh saturates: its slope is 1 − tanh² z."""
SATURATED = {
    "step": (),
    "linear": (),
    "sigmoid": ((-inf, -2 * END), (2 * END, inf)),  # σ(z) is (1 + tanh z/2)/2
    "tanh": ((-inf, -END), (END, inf)),
    "relu": ((-inf, 0.0),),
    "leaky_relu": (),
    "elu": ((-inf, log(FADED)),),
    "softplus": ((-inf, -log(1 / FADED - 1)),),
}


@pytest.mark.parametrize(("name", "expected"), SATURATED.items())
def test_where_each_saturates(name, expected):
    found = saturation(ACTIVATIONS[name]).intervals
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(other, abs=1e-6)


def test_every_activation_of_the_table_is_named_here():
    assert set(SATURATED) == {each.name for each in ACTIVATIONS.values() if not each.output_only}


def test_one_that_nobody_knows_is_looked_at_too():
    found = saturation(softsign())
    assert found.greatest == pytest.approx(1)
    assert found.intervals == (pytest.approx((-inf, -9)), pytest.approx((9, inf)))


def test_a_mixed_neuron_saturates_around_the_sums_beside_it():
    found = saturation(ACTIVATIONS["softmax"], (0.0, 5.0), 0)
    assert found.greatest == pytest.approx(0.25)
    assert found.intervals[0][1] == pytest.approx(5 - 2 * END)
    assert found.intervals[1][0] == pytest.approx(5 + 2 * END)


def test_which_sums_are_saturated():
    found = saturation(ACTIVATIONS["relu"])
    assert found.holds([-1.0, 0.0, 0.5]).tolist() == [True, True, False]
    assert not saturation(ACTIVATIONS["linear"]).holds([1e9]).any()
