"""Many slopes at once are those of the gradient, and those that are taken apart one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.engine.explain import explain_chain, explain_slope, mean_slopes
from nnviz.engine.network import Network
from nnviz.engine.parameters import Scope
from nnviz.engine.recipe import Recipe
from tests.sampled import tried

HIDDEN = ["sigmoid", "tanh", "relu"]


@st.composite
def nets(draw):
    """A little net of either precision with examples."""
    layers = tuple(draw(st.lists(st.integers(1, 5), min_size=2, max_size=4)))
    recipe = Recipe(
        layers=layers, activation=draw(st.sampled_from(HIDDEN)), seed=draw(st.integers(0, 99)),
        dtype=draw(st.sampled_from(["float32", "float64"])), learning_rate=0.5,
    )  # fmt: skip
    random = np.random.default_rng(draw(st.integers(0, 99)))
    rows = draw(st.integers(1, 7))
    x, y = random.normal(size=(rows, layers[0])), random.random((rows, layers[-1]))
    return Network(recipe), x.astype(recipe.dtype), y.astype(recipe.dtype)


@settings(max_examples=tried(60), deadline=None)
@given(nets())
def test_the_whole_net_s_slopes_are_the_gradient(net):
    network, x, y = net
    scope = Scope()
    found = mean_slopes(network, x, y, scope)
    expected = network.gradient(x, y)[scope.entries(network.recipe)]
    exact = network.recipe.dtype == "float64"
    assert found == pytest.approx(np.asarray(expected, float), rel=1e-12 if exact else 1e-4,
                                  abs=1e-15 if exact else 1e-6)  # fmt: skip


@settings(max_examples=tried(60), deadline=None)
@given(nets(), st.data())
def test_each_is_the_number_that_is_taken_apart(net, data):
    network, x, y = net
    scopes = [Scope(), Scope(0, 0), *(Scope(layer) for layer in range(1, len(network.weights) + 1))]
    scope = data.draw(st.sampled_from(scopes))
    means, ones = (mean_slopes(network, x[:rows], y[:rows], scope) for rows in (len(x), 1))
    entries = scope.entries(network.recipe)
    assert len(means) == len(entries) == scope.count(network.recipe)
    row = data.draw(st.integers(0, len(entries) - 1))
    entry = int(entries[row])
    slope = explain_slope(network, x, y, entry).slope.value
    assert means[row] == pytest.approx(slope, rel=1e-12, abs=1e-18)
    assert ones[row] == explain_chain(network, x[0], y[0], entry).slope.value


@settings(max_examples=tried(30), deadline=None)
@given(nets(), st.data())
def test_one_neuron_alone_has_the_same_slopes(net, data):
    network, x, y = net
    layer = data.draw(st.integers(1, len(network.weights)))
    wide = network.recipe.layers[layer]
    whole = mean_slopes(network, x, y, Scope(layer)).reshape(wide, -1)
    for neuron in range(wide):
        alone = mean_slopes(network, x, y, Scope(layer, neuron))
        assert alone == pytest.approx(whole[neuron], rel=1e-12, abs=1e-18)
