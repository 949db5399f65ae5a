"""Gradient times input: equal to finite differences, and exact where the net is linear."""

import numpy as np
import pytest

from nnviz.engine.explain.pixels import explain_pixels
from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe
from nnviz.errors import NnvizError


def net(layers, activation="sigmoid", output="sigmoid", cost="quadratic", seed=3):
    return Network(
        Recipe(
            layers=layers,
            activation=activation,
            output_activation=output,
            cost=cost,
            initialiser="xavier",
            seed=seed,
            dtype="float64",
        )
    )


def sums(network, x):
    """The weighted sums of the outputs."""
    return network.propagation(x[np.newaxis], np.zeros((1, network.recipe.layers[-1]))).z[-1][0]


@pytest.fixture
def x():
    return np.random.default_rng(2).random(12)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "softplus", "elu", "linear"])
@pytest.mark.parametrize(
    ("output", "cost"), [("sigmoid", "quadratic"), ("softmax", "categorical_cross_entropy")]
)
def test_parts_are_the_inputs_times_finite_differences(activation, output, cost, x):
    network = net((12, 7, 6, 4), activation, output, cost)
    step = 1e-6
    for asked, other in ((2, None), (0, 3)):
        contributions = explain_pixels(network, x, asked, other)
        for i in range(12):
            shift = step * np.eye(12)[i]
            change = (sums(network, x + shift) - sums(network, x - shift)) / (2 * step)
            slope = change[asked] - (0 if other is None else change[other])
            assert contributions.parts[i] == pytest.approx(x[i] * slope, abs=1e-7)


def test_without_hidden_layers_parts_and_bias_add_up_to_z(x):
    network = net((12, 4))
    network.biases[0][...] = [0.5, -1, 2, 0.25]
    contributions = explain_pixels(network, x, 2)
    np.testing.assert_allclose(contributions.parts, x * network.weights[0][:, 2])
    assert contributions.rest == pytest.approx(2.0)
    assert contributions.total + contributions.rest == pytest.approx(sums(network, x)[2])
    assert contributions.spoke_for + contributions.spoke_against == pytest.approx(
        contributions.total
    )
    assert contributions.spoke_for > 0 > contributions.spoke_against


def test_a_deep_linear_net_is_as_exact(x):
    network = net((12, 8, 5, 4), activation="linear")
    zero = sums(network, np.zeros(12))
    contributions = explain_pixels(network, x, 1)
    assert contributions.rest == pytest.approx(zero[1])


def test_the_comparison_is_the_difference_of_the_two(x):
    network = net((12, 7, 4))
    one, two = explain_pixels(network, x, 3), explain_pixels(network, x, 1)
    both = explain_pixels(network, x, 3, 1)
    np.testing.assert_allclose(both.parts, one.parts - two.parts)
    assert both.z == pytest.approx(one.z - two.z)


def test_blank_inputs_say_nothing_and_strange_questions_are_refused(x):
    network = net((12, 7, 4))
    assert not explain_pixels(network, np.zeros(12), 0).parts.any()
    assert not explain_pixels(network, x, 0).parts.flags.writeable
    with pytest.raises(NnvizError, match="no neuron 4"):
        explain_pixels(network, x, 4)
    with pytest.raises(NnvizError, match="no neuron 9"):
        explain_pixels(network, x, 0, 9)
