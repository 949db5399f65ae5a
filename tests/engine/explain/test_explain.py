"""The parts of every explanation make up the whole, for any network."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine import Network, Recipe, RecipeError
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.explain import (
    explain_chain,
    explain_cost,
    explain_error,
    explain_line,
    explain_neuron,
    explain_output,
    explain_slope,
)
from nnviz.engine.explain.cost import term_text
from nnviz.engine.parameters import Parameter, index_of, locate
from nnviz.errors import NnvizError

HIDDEN = [name for name, entry in ACTIVATIONS.items() if not entry.output_only]
ROUNDING = 1e-12


def possible(**recipe):
    try:
        return Recipe(dtype="float64", **recipe)
    except RecipeError:
        return None


PAIRS = [
    (output, cost)
    for output in ACTIVATIONS
    for cost in COSTS
    if possible(layers=(2, 2), output_activation=output, cost=cost)
]


@st.composite
def networks(draw):
    """A random network in float64, now and then with badly saturated outputs."""
    layers = (draw(st.integers(1, 5)), *draw(st.lists(st.integers(1, 5), max_size=3)),
              draw(st.integers(2, 11)))  # fmt: skip
    output, cost = draw(st.sampled_from(PAIRS))
    if COSTS[cost].single_layer_of:
        layers = layers[0], layers[-1]
    recipe = Recipe(
        layers=layers,
        activation=tuple(draw(st.sampled_from(HIDDEN)) for _ in layers[2:]) or "sigmoid",
        output_activation=output,
        cost=cost,
        seed=draw(st.integers(0, 10_000)),
        dtype="float64",
    )
    network = Network(recipe)
    network.weights[-1][...] *= draw(st.sampled_from([0.1, 1, 30, 1000]))
    return network


def examples(network, rows=4, seed=0):
    draw = np.random.default_rng(seed)
    inputs, outputs = network.recipe.layers[0], network.recipe.layers[-1]
    x = draw.normal(size=(rows, inputs))
    return x, np.where(draw.random(size=(rows, outputs)) < 0.3, 1.0, draw.random((rows, outputs)))


def close(parts, whole):
    """True where numbers add up to a whole, to the rounding of the largest of them."""
    parts = list(parts)
    size = sum(map(abs, parts)) + abs(whole)
    return math.fsum(parts) == pytest.approx(whole, rel=0, abs=ROUNDING * size + 1e-300)


def close_product(factors, whole):
    """True where a chain gives the slope; one that cancels keeps the square root's digits."""
    product = math.prod(factor.value for factor in factors)
    return product == pytest.approx(whole, rel=1e-7, abs=1e-250)


@given(networks(), st.data())
def test_a_neurons_terms_and_bias_add_up_to_z(network, data):
    layer = data.draw(st.integers(1, len(network.recipe.layers) - 1))
    j = data.draw(st.integers(0, network.recipe.layers[layer] - 1))
    x, y = examples(network)
    propagation = network.propagation(x[:1], y[:1])

    parts = explain_neuron(network, x[0], layer, j)

    assert close([*(term.product for term in parts.terms), parts.bias.value], parts.z.value)
    assert parts.z.value == propagation.z[layer - 1][0, j]
    assert parts.a.value == propagation.a[layer - 1][0, j]
    for k, term in enumerate(parts.terms):
        assert term.neuron == k
        assert term.product == term.first.value * term.second.value
        assert term.first.value == network.weights[layer - 1][k, j]
    assert all(each.text and each.text_with_numbers for each in
               (parts.whole, parts.sum, parts.activation, parts.derivative))  # fmt: skip
    assert parts.hint.endswith(".")


@given(networks(), st.data())
def test_terms_sorted_by_size_are_the_same_terms(network, data):
    layer = data.draw(st.integers(1, len(network.recipe.layers) - 1))
    x, y = examples(network)
    plain = explain_neuron(network, x[0], layer, 0)
    by_size = explain_neuron(network, x[0], layer, 0, by_size=True)
    sizes = [abs(term.product) for term in by_size.terms]
    assert sizes == sorted(sizes, reverse=True)
    assert set(by_size.terms) == set(plain.terms)
    costs = [abs(part.term.value) for part in explain_cost(network, x[0], y[0], by_size=True).parts]
    assert costs == sorted(costs, reverse=True)


@given(networks())
def test_the_outputs_terms_add_up_to_the_cost(network):
    x, y = examples(network)
    parts = explain_cost(network, x[0], y[0])
    assert close([part.term.value for part in parts.parts], parts.cost.value)
    assert parts.cost.value == pytest.approx(network.cost(x[:1], y[:1]), rel=ROUNDING)
    for j, part in enumerate(parts.parts):
        assert part == explain_output(network, x[0], y[0], j)
        assert (part.output, part.desired.value) == (j, y[0, j])
        assert part.difference == part.actual.value - y[0, j]


@given(networks(), st.data())
def test_every_error_is_made_of_its_parts(network, data):
    layer = data.draw(st.integers(1, len(network.recipe.layers) - 1))
    j = data.draw(st.integers(0, network.recipe.layers[layer] - 1))
    x, y = examples(network)

    error = explain_error(network, x[0], y[0], layer, j)

    assert error.delta.value == network.propagation(x[:1], y[:1]).delta[layer - 1][0, j]
    assert close_product(error.factors, error.delta.value)
    assert len(error.factors) == len(error.equations)
    products = [term.product for term in error.terms]
    if error.form == "hidden":
        assert close(products, error.factors[0].value)
        for m, term in enumerate(error.terms):
            further = explain_error(network, x[0], y[0], layer + 1, m)
            assert (term.neuron, term.second) == (m, further.delta)
    elif error.form == "softmax":
        # Both 1 − ŷ and a difference of slopes are exact only to the rounding of what they are of.
        size = network.predict(x[:1])[0, j] * sum(abs(term.first.value) for term in error.terms)
        assert math.fsum(products) == pytest.approx(
            error.delta.value, rel=1e-7, abs=ROUNDING * size + 1e-300
        )
    elif error.form == "cancelled":
        assert error.equation == error.short
        smooth = ACTIVATIONS[network.recipe.output_activation].trainable
        assert ("saturated" if smooth else "the mistake") in error.note
    assert len(error.factors) == (1 if error.form in ("softmax", "cancelled") else 2)


@given(networks(), st.data())
def test_a_chains_product_is_the_gradients_entry(network, data):
    parameter = data.draw(st.integers(0, network.recipe.parameters - 1))
    x, y = examples(network)
    entry = network.gradient(x[:1], y[:1])[parameter]

    chain = explain_chain(network, x[0], y[0], parameter)

    assert chain.parameter.value == network.theta[parameter]
    assert chain.slope.value == pytest.approx(entry, rel=ROUNDING, abs=1e-300)
    assert close_product(chain.factors, entry)
    assert len(chain.factors) == len(chain.equations)
    place = locate(network.recipe, parameter)
    hidden = place.layer + 1 < len(network.recipe.layers)
    assert len(chain.routes) == (network.recipe.layers[-1] if hidden else 0)
    if hidden:
        products = [route.product for route in chain.routes]
        # The way forward and the way back round differently where large numbers cancel, the
        # largest being the paths through all weights, no slope being above 1.
        paths = np.abs(network.weights[place.layer][place.target])
        for weights in network.weights[place.layer + 1 :]:
            paths = paths @ np.abs(weights)
        largest = sum(abs(route.factors[0].value) for route in chain.routes) * paths.max()
        bound = 1e-12 * largest * abs(chain.routes[0].factors[2].value) + 1e-250
        assert math.fsum(products) == pytest.approx(entry, rel=1e-7, abs=bound)
        assert chain.through is not None
    elif chain.error.form == "output":
        assert len(chain.factors) == 3


@given(networks(), st.data(), st.integers(1, 6))
def test_the_examples_slopes_average_to_the_gradient(network, data, rows):
    parameter = data.draw(st.integers(0, network.recipe.parameters - 1))
    x, y = examples(network, rows)

    slope = explain_slope(network, x, y, parameter, learning_rate=0.5, rise=0.01)

    size = float(np.abs(slope.examples).max())
    assert slope.slope.value == pytest.approx(
        network.gradient(x, y)[parameter], rel=0, abs=ROUNDING * size + 1e-300
    )
    for row, value in enumerate(slope.examples):
        chain = explain_chain(network, x[row], y[row], parameter)
        assert value == pytest.approx(chain.slope.value, rel=1e-9, abs=1e-9 * size + 1e-300)
    assert slope.nudge.value == -0.5 * slope.slope.value
    assert slope.rise.predicted == slope.slope.value * 0.01
    changed = Network(network.recipe, network.theta.copy())
    changed.theta[parameter] += 0.01
    assert slope.rise.before == pytest.approx(network.cost(x, y), rel=1e-10)
    assert slope.rise.after == pytest.approx(changed.cost(x, y), rel=1e-10)
    assert slope.rise.exact == slope.rise.after - slope.rise.before
    assert slope.rise.text.startswith(f"If {slope.parameter.symbol.text} rises by 0.01, C ")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("output", "cost", "short"),
    [
        ("sigmoid", "cross_entropy", "ŷ₁ − y₁"),
        ("sigmoid", "categorical_cross_entropy", "y₁·(ŷ₁ − 1)"),
        ("softmax", "categorical_cross_entropy", "ŷ₁ − y₁"),
    ],
)
def test_a_saturated_output_keeps_its_error(output, cost, short, dtype):
    recipe = Recipe(layers=(2, 3, 2), output_activation=output, cost=cost, dtype=dtype)
    network = Network(recipe)
    calm = explain_chain(network, [1, 0], [1, 0], index_of(recipe, Parameter(2, 2, 0)))
    assert calm.error.form == ("softmax" if output == "softmax" else "output")
    assert calm.error.short.right == short
    network.biases[-1][...] = -2000, 2000
    chain = explain_chain(network, [1, 0], [1, 0], index_of(recipe, Parameter(2, 2, 0)))
    assert chain.error.form == "cancelled"
    assert chain.error.delta.value == -1
    assert chain.error.equation.right == short
    assert len(chain.factors) == 2
    assert "saturated" in chain.error.note
    assert short in chain.error.note
    part = explain_output(network, [1, 0], [1, 0], 0)
    assert part.term.value > 1900
    assert "saturated" in part.note
    # A weight further back still reaches the cost, through z instead of through ŷ.
    further = explain_chain(network, [1, 0], [1, 0], 0)
    assert further.routes[0].factors[0].symbol.text == "∂C₀/∂z²₁"
    assert sum(route.product for route in further.routes) == pytest.approx(further.slope.value)


def test_a_float32_network_is_explained_in_its_own_numbers():
    network = Network(Recipe(layers=(20, 8, 3), activation="tanh"))
    x, y = (part.astype(np.float32) for part in examples(network, 5))
    neuron = explain_neuron(network, x[0], 1, 3)
    total = math.fsum([*(term.product for term in neuron.terms), neuron.bias.value])
    assert total == pytest.approx(neuron.z.value, rel=1e-5)
    for parameter in range(0, network.recipe.parameters, 7):
        entry = network.gradient(x, y)[parameter]
        slope = explain_slope(network, x, y, parameter)
        assert slope.slope.value == pytest.approx(entry, rel=1e-5, abs=1e-8)
        chain = explain_chain(network, x[0], y[0], parameter)
        product = math.prod(factor.value for factor in chain.factors)
        assert product == pytest.approx(chain.slope.value, rel=1e-4, abs=1e-7)


def test_a_diverged_network_is_still_explained():
    network = Network(Recipe(layers=(2, 2, 2)))
    network.theta[...] = np.nan
    assert "undefined" in explain_neuron(network, [1, 1], 1, 0).sum.text_with_numbers
    assert math.isnan(explain_chain(network, [1, 1], [0, 1], 0).slope.value)
    assert math.isnan(explain_cost(network, [1, 1], [0, 1]).cost.value)
    assert "no longer a finite number" in explain_slope(network, [[1, 1]], [[0, 1]], 0).rise.text


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda n: explain_neuron(n, [0] * 3, 3, 0), "no layer 3"),
        (lambda n: explain_neuron(n, [0] * 3, -1, 0), "no layer -1"),
        (lambda n: explain_neuron(n, [0] * 3, 1, 4), "no neuron 4 in layer 1"),
        (lambda n: explain_neuron(n, [0] * 3, 0, 2), "is an input"),
        (lambda n: explain_neuron(n, [0] * 4, 1, 0), "3 inputs"),
        (lambda n: explain_neuron(n, [[0] * 3], 1, 0), "One example"),
        (lambda n: explain_output(n, [0] * 3, [0] * 2, 2), "no neuron 2 in layer 2"),
        (lambda n: explain_error(n, [0] * 3, [0] * 2, 2, -1), "no neuron -1"),
        (lambda n: explain_cost(n, [0] * 3, [0] * 3), "2 outputs"),
        (lambda n: explain_chain(n, [0] * 3, [0] * 2, 26), "no parameter 26"),
        (lambda n: explain_chain(n, [0] * 3, [0] * 2, -1), "no parameter -1"),
        (lambda n: explain_slope(n, np.zeros((0, 3)), np.zeros((0, 2)), 0), "at least one"),
        (lambda n: explain_slope(n, [[0] * 3], [[0] * 2], 99), "from 0 to 25"),
        (lambda n: explain_line(n, [[0] * 3], [[0] * 2], 99), "from 0 to 25"),
        (lambda n: explain_line(n, np.zeros((0, 3)), np.zeros((0, 2)), 0), "at least one"),
        (lambda n: explain_line(n, [[0] * 3], [[0] * 2], 0, half_width=0), "width above 0"),
        (lambda n: explain_line(n, [[0] * 3], [[0] * 2], 0, points=2), "at least 3 points"),
    ],
)
def test_what_is_not_there_is_refused_in_one_sentence(ask, words):
    network = Network(Recipe(layers=(3, 4, 2)))
    with pytest.raises(NnvizError, match=words) as caught:
        ask(network)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("name", COSTS)
def test_every_costs_formula_gives_the_part_of_one_output(name):
    text = term_text(COSTS[name], 3)
    assert "n" not in text.replace("ln", "").replace("sign", "")
    assert "Σ" not in text
    assert "a_j" in text
    assert "y_j" in text
