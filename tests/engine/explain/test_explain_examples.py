"""The worked numbers of the syllabus, explained: every part has its printed digits."""

import numpy as np
import pytest

from nnviz.engine import Network, Recipe
from nnviz.engine.explain import (
    explain_chain,
    explain_cost,
    explain_error,
    explain_neuron,
    explain_output,
    explain_slope,
)
from nnviz.engine.parameters import Parameter, index_of
from nnviz.numbers import write
from tests.engine.test_worked_examples import network


def parameter(net, layer, target, source=None):
    return index_of(net.recipe, Parameter(layer, source, target))


def identity(size, cost):
    """A net whose outputs are its inputs."""
    return network(
        (size, size), [np.eye(size)], [np.zeros(size)], output_activation="linear", cost=cost
    )


def test_the_park_perceptron():
    net = network((3, 1), [[[3], [1], [-20]]], [[-3]], output_activation="step")
    parts = explain_neuron(net, [1, 0, 1], 1, 0)
    assert [term.product for term in parts.terms] == [3, 0, -20]
    assert parts.bias.value == -3
    assert parts.z.value == -20
    assert parts.a.value == 0
    assert parts.sum.text == "z¹₁ = Σₖ w¹₁ₖ xₖ + b¹₁"
    assert parts.sum.text_with_numbers == "z¹₁ = 3·1 + 1·0 + (−20)·1 + (−3) = −20"
    assert parts.whole.text == "ŷ₁ = step(Σₖ w¹₁ₖ xₖ + b¹₁)"
    assert parts.derivative.text_with_numbers == "∂ŷ₁/∂z¹₁ = 0"
    assert "zero everywhere" in parts.hint
    by_size = explain_neuron(net, [1, 0, 1], 1, 0, by_size=True)
    assert [term.neuron for term in by_size.terms] == [2, 0, 1]


def test_two_linear_layers():
    net = network(
        (3, 4, 1),
        [[[4, 3, 1, 1], [1, 4, 4, 3], [3, 4, 3, 2]], [[4], [2], [1], [3]]],
        [np.zeros(4), [0]],
        activation="linear",
        output_activation="linear",
    )
    hidden = [explain_neuron(net, [1, 2, 3], 1, j) for j in range(4)]
    assert [parts.a.value for parts in hidden] == [15, 23, 18, 13]
    assert [term.product for term in hidden[0].terms] == [4, 2, 9]
    output = explain_neuron(net, [1, 2, 3], 2, 0)
    assert [term.product for term in output.terms] == [60, 46, 18, 39]
    assert output.a.value == 163


def test_the_table_of_the_six():
    actual = [0.3, 0, 0.5, 0.2, 0, 0.1, 0.3, 0, 0, 0.9, 0.8]
    desired = np.eye(11)[6]
    for cost, total in (("absolute", 3.5), ("sum_of_squares", 2.33), ("quadratic", 1.165)):
        parts = explain_cost(identity(11, cost), actual, desired)
        sizes = [abs(part.difference) for part in parts.parts]
        assert sizes == pytest.approx([0.3, 0, 0.5, 0.2, 0, 0.1, 0.7, 0, 0, 0.9, 0.8])
        assert sum(part.term.value for part in parts.parts) == pytest.approx(total, abs=1e-12)
        assert parts.cost.value == pytest.approx(total, abs=1e-12)
    assert parts.equation.text == "C₀ = Σⱼ C₀,ⱼ"
    assert parts.equation.text_with_numbers == ("C₀ = 0.405 + 0.32 + 0.245 + … (8 smaller) = 1.165")
    part = explain_output(identity(11, "quadratic"), actual, desired, 6)
    assert part.equation.text == "C₀,₇ = 1/2·(ŷ₇ − y₇)²"
    assert part.equation.text_with_numbers == "C₀,₇ = 1/2·(0.3 − 1)² = 0.245"


def test_the_bad_net_on_an_eight():
    actual = [0.07, 0.17, 0.60, 0.45, 0.92, 0.19, 0.57, 0.85, 0.85, 0.01]
    parts = explain_cost(identity(10, "sum_of_squares"), actual, np.eye(10)[8], by_size=True)
    assert parts.cost.value == pytest.approx(2.5488, abs=1e-12)
    assert parts.parts[0].output == 4


def ones(**recipe):
    return network(
        (2, 2, 1), [np.ones((2, 2)), np.ones((2, 1))], [[0, 0], [0]], cost="sum_of_squares",
        **recipe,
    )  # fmt: skip


def test_if_w1_rises_by_one_unit_factor_by_factor():
    net = ones()
    chain = explain_chain(net, [-2, -1], [1], parameter(net, 1, 0, 0))
    (route,) = chain.routes
    assert [factor.symbol.text for factor in route.factors] == [
        "∂C₀/∂ŷ₁", "∂ŷ₁/∂a¹₁", "∂a¹₁/∂w¹₁,₁",
    ]  # fmt: skip
    assert [factor.value for factor in route.factors] == pytest.approx(
        [-0.952609652, 0.249438539, -0.090353319], abs=5e-10
    )
    assert route.product == pytest.approx(0.0214695353, abs=5e-11)
    assert chain.slope.value == pytest.approx(0.0214695353, abs=5e-11)
    assert chain.through.text == "∂C₀/∂w¹₁,₁ = ∂C₀/∂ŷ₁ · ∂ŷ₁/∂a¹₁ · ∂a¹₁/∂w¹₁,₁"
    assert chain.through.text_with_numbers == (
        "∂C₀/∂w¹₁,₁ = −0.9526 · 0.2494 · (−0.09035) = 0.02147"
    )
    assert chain.short.text == "∂C₀/∂w¹₁,₁ = δ¹₁ · x₁"
    assert chain.error.equation.text == "δ¹₁ = (Σₘ w²ₘ₁ δ²ₘ) · ∂a¹₁/∂z¹₁"


def test_an_output_weight_has_three_factors():
    net = ones()
    chain = explain_chain(net, [-2, -1], [1], parameter(net, 2, 0, 1))
    assert [factor.symbol.text for factor in chain.factors] == [
        "∂C₀/∂ŷ₁", "∂ŷ₁/∂z²₁", "∂z²₁/∂w²₁,₂",
    ]  # fmt: skip
    assert [factor.value for factor in chain.factors] == pytest.approx(
        [-0.952609652, 0.249438539, 0.0474258732], abs=5e-10
    )
    assert [each.text for each in chain.equations] == [
        "∂C₀/∂ŷ₁ = 2·(ŷ₁ − y₁)", "∂ŷ₁/∂z²₁ = ŷ₁·(1 − ŷ₁)", "∂z²₁/∂w²₁,₂ = a¹₂",
    ]  # fmt: skip
    assert chain.equations[0].text_with_numbers == "∂C₀/∂ŷ₁ = 2·(0.5237 − 1) = −0.9526"
    bias = explain_chain(net, [-2, -1], [1], parameter(net, 2, 0))
    assert bias.factors[2].value == 1
    assert bias.short.text == "∂C₀/∂b²₁ = δ²₁"


def test_the_two_two_two_example():
    net = network(
        (2, 2, 2),
        [[[0.15, 0.25], [0.20, 0.30]], [[0.40, 0.50], [0.45, 0.55]]],
        [[0.35, 0.35], [0.60, 0.60]],
        learning_rate=0.5,
    )
    x, y = [0.05, 0.10], [0.01, 0.99]
    assert explain_cost(net, x, y).cost.value == pytest.approx(0.298371109, abs=5e-10)
    w5, w1 = parameter(net, 2, 0, 0), parameter(net, 1, 0, 0)
    of_w5, of_w1 = (explain_chain(net, x, y, each) for each in (w5, w1))
    assert np.prod([f.value for f in of_w5.factors]) == pytest.approx(0.082167041, abs=5e-10)
    assert np.prod([f.value for f in of_w1.factors]) == pytest.approx(0.000438568, abs=5e-10)
    # δ¹₁ of the hidden neuron, from both outputs' errors.
    assert [term.neuron for term in of_w1.error.terms] == [0, 1]
    above = [explain_error(net, x, y, 2, m).delta for m in (0, 1)]
    assert [term.second for term in of_w1.error.terms] == above
    step = explain_slope(net, [x], [y], w5)
    assert step.parameter.value + step.nudge.value == pytest.approx(0.358916480, abs=5e-10)
    assert step.nudge_equation.text == "Δw²₁,₁ = −η · ∂C/∂w²₁,₁"
    assert step.nudge_equation.text_with_numbers == "Δw²₁,₁ = −0.5 · 0.08217 = −0.04108"


def test_a_minibatch_lists_its_examples():
    net = ones(learning_rate=0.5)
    slope = explain_slope(net, [[-2, -1], [0.5, 1]], [[1], [0]], parameter(net, 1, 0, 0))
    assert slope.equation.text == "∂C/∂w¹₁,₁ = 1/2 Σₓ ∂Cₓ/∂w¹₁,₁"
    assert slope.equation.text_with_numbers == "∂C/∂w¹₁,₁ = 1/2 · (0.02147 + 0.01704) = 0.01925"
    assert slope.rise.text == (
        "If w¹₁,₁ rises by 0.1, C rises by 0.001821; the slope alone predicts a change of 0.001925."
    )


def test_a_deep_hidden_neuron_in_the_notation_of_the_field():
    net = Network(Recipe(layers=(9, 12, 8, 2), activation=("relu", "sigmoid"), dtype="float64"))
    parts = explain_neuron(net, np.ones(9), 2, 7)
    assert parts.whole.text == "a²₈ = σ(Σₖ w²₈ₖ a¹ₖ + b²₈)"
    assert parts.activation.text == "a²₈ = 1 / (1 + e^−z²₈)"
    assert "… (9 smaller)" in parts.sum.text_with_numbers
    first = parts.terms[0].first.symbol
    assert (first.base, first.superscript, first.subscript) == ("w", "2", "8,1")


def test_softmax_is_written_with_all_its_outputs():
    net = Network(
        Recipe(
            layers=(2, 3),
            output_activation="softmax",
            cost="categorical_cross_entropy",
            dtype="float64",
            initialiser="zeros",
        )
    )
    net.biases[0][...] = 1, 2, 3
    parts = explain_neuron(net, [0, 0], 1, 1)
    assert parts.whole.text == "ŷ₂ = e^(z¹₂) / Σₖ e^(z¹ₖ)"
    assert parts.whole.text_with_numbers == "ŷ₂ = e^(2) / (e^(1) + e^(2) + e^(3)) = 0.2447"
    error = explain_error(net, [0, 0], [0, 0, 1], 1, 1)
    assert error.equation.text == "δ¹₂ = Σₘ ∂C₀/∂ŷₘ · ∂ŷₘ/∂z¹₂"
    assert error.terms[2].product == pytest.approx(error.delta.value)
    assert error.short.text_with_numbers == "δ¹₂ = 0.2447 − 0 = 0.2447"
    unequal = explain_error(net, [0, 0], [0, 1, 1], 1, 1)
    assert unequal.short.text_with_numbers == "δ¹₂ = 0.2447·2 − 1 = −0.5105"


@pytest.mark.parametrize(
    ("activation", "cost", "z", "saturated", "words"),
    [
        ("sigmoid", "quadratic", 0, False, "can learn"),
        ("sigmoid", "quadratic", 6, True, "hardly learns"),
        ("sigmoid", "cross_entropy", 6, True, "still learns"),
        ("tanh", "quadratic", 3.1, True, "hardly learns"),
        ("relu", "quadratic", -1, True, "learns nothing"),
        ("leaky_relu", "quadratic", -1, False, "can learn"),
        ("softplus", "quadratic", -6, True, "hardly learns"),
    ],
)
def test_a_hint_says_where_on_its_curve_a_neuron_stands(activation, cost, z, saturated, words):
    net = network((1, 1), [[[1]]], [[0]], output_activation=activation, cost=cost)
    parts = explain_neuron(net, [z], 1, 0)
    assert parts.saturated is saturated
    assert words in parts.hint


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (-20, "−20"),
        (0.0214695353, "0.02147"),
        (1.5e-7, "1.5×10⁻⁷"),
        (-2.5e12, "−2.5×10¹²"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
        (float("nan"), "undefined"),
    ],
)
def test_numbers_are_written_for_reading(value, text):
    assert write(value) == text


PERCEPTRON = {"output_activation": "step", "cost": "perceptron"}


def test_the_perceptron_rule_is_the_chain_of_a_mistake_and_an_input():
    net = network((2, 1), [[[1], [2]]], [[-1]], **PERCEPTRON)
    chain = explain_chain(net, [3, 1], [0], 0)  # z = 3 + 2 − 1 = 4 fires, and should not
    assert [factor.value for factor in chain.factors] == [1, 3]
    assert chain.equation.text == "∂C₀/∂w¹₁,₁ = ∂C₀/∂z¹₁ · ∂z¹₁/∂w¹₁,₁"
    assert chain.equations[0].text_with_numbers == "∂C₀/∂z¹₁ = 1 − 0 = 1"
    assert chain.slope.value == 3
    nudge = explain_slope(net, [[3, 1]], [[0]], 0, learning_rate=1).nudge
    assert nudge.value == -3  # η(y − ŷ)x
    part = explain_cost(net, [3, 1], [0]).parts[0]
    assert part.equation.text_with_numbers == "C₀,₁ = (1 − 0)·4 = 4"
    assert not part.note


def test_a_mistake_on_the_line_costs_nothing_and_says_so():
    net = network((2, 1), [[[0], [0]]], [[0]], **PERCEPTRON)
    wrong, right = (explain_cost(net, [3, 1], [y]).parts[0] for y in (0, 1))
    assert wrong.term.value == right.term.value == 0
    assert "the cost is 0 although it is a mistake" in wrong.note
    assert not right.note
    assert "learns from every mistake" in explain_neuron(net, [3, 1], 1, 0).hint
