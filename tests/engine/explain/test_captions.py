"""Every number in a caption is the engine's, whatever is trained and how."""

import re

import numpy as np
import pytest

from nnviz.engine import Network, Recipe, RecipeError
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.explain.captions import caption, error_formula
from nnviz.engine.notation import parameter_name
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.training.phases import Minibatch, Phase, known_after, phases_of
from nnviz.numbers import integer

LONGEST = 175


def make(recipe, count=10, scale=1.0):
    """Compute a minibatch of noise; its update is plain gradient descent."""
    draw = np.random.default_rng(5)
    network = Network(recipe)
    network.theta[...] *= scale
    inputs, outputs = recipe.layers[0], recipe.layers[-1]
    x = draw.random((count, inputs)).astype(recipe.dtype)
    y = np.eye(max(outputs, 2), dtype=recipe.dtype)[draw.integers(0, outputs, count)][:, :outputs]
    propagation, gradient = network.propagation(x, y), network.gradient(x, y)
    return Minibatch(
        3, draw.integers(1000, 60_000, count), x, y, tuple(propagation.z), tuple(propagation.a),
        tuple(propagation.delta), propagation.terms, propagation.cost, recipe.learning_rate,
        gradient, -recipe.learning_rate * gradient,
    )  # fmt: skip


def possible(**fields):
    try:
        return Recipe(**fields)
    except RecipeError:
        return None


def value(text):
    """Read a number as a caption writes it."""
    text = text.replace("−", "-").replace(",", "")
    mantissa, _, power = text.partition("×10")
    return float(mantissa) * 10.0 ** int(
        power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0
    )


NUMBER = r"[−+]?[\d,]*\d(?:\.\d+)?(?:×10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"


def found(pattern, text):
    """Find the numbers that stand for N in a pattern."""
    match = re.search(re.escape(pattern).replace("N", f"({NUMBER})"), text)
    assert match, (pattern, text)
    return [value(group) for group in match.groups()]


def about(number, largest=None):
    return pytest.approx(float(number), rel=0.006, abs=0.006 * abs(float(largest or 0.0)))


@pytest.fixture
def recipe():
    return Recipe(layers=(20, 6, 4), learning_rate=0.5)


def say(recipe, minibatch, name, place=2):
    phase = next(each for each in phases_of(recipe) if each.name == name)
    return caption(recipe, minibatch, phase, place)


def test_titles_name_the_phases(recipe):
    minibatch = make(recipe)
    titles = [caption(recipe, minibatch, phase, 0).title for phase in phases_of(recipe)]
    assert titles == [
        "Pick",
        "Forward, layer 1",
        "Forward, layer 2",
        "Cost",
        "Backward, layer 2",
        "Backward, layer 1",
        "Average",
        "Update",
    ]


def test_pick_names_examples_and_the_one_on_screen(recipe):
    minibatch = make(recipe)
    rows = [integer(row + 1) for row in minibatch.rows]
    sentence = say(recipe, minibatch, "pick").sentence
    assert sentence == (
        f"10 training examples, numbers {rows[0]}, {rows[1]}, {rows[2]} and 7 more. "
        f"On screen: number {rows[2]}."
    )
    assert (
        "number " + f"{integer(make(recipe, 1).rows[0] + 1)}"
        in say(recipe, make(recipe, 1), "pick", 0).sentence
    )


@pytest.mark.parametrize("place", [0, 7])
@pytest.mark.parametrize("layer", [1, 2])
def test_forward_tells_how_many_sums_and_the_range_of_the_example(recipe, layer, place):
    minibatch = make(recipe)
    sentence = say(recipe, minibatch, f"forward {layer}", place).sentence
    sums, inputs = found("N sums of N weighted", sentence)
    assert (sums, inputs) == (recipe.layers[layer], recipe.layers[layer - 1])
    assert "for each of 10 examples" in sentence
    a = minibatch.a[layer - 1][place]
    what = "output" if layer == 2 else "neuron"
    low, at_low, high, at_high = found(f"from N ({what} N) to N ({what} N)", sentence)
    assert (at_low, at_high) == (np.argmin(a) + 1, np.argmax(a) + 1)
    assert (low, high) == (about(a.min(), a.max()), about(a.max()))


def test_cost_gives_mean_and_own_and_the_largest_share(recipe):
    minibatch = make(recipe)
    sentence = say(recipe, minibatch, "cost").sentence
    assert sentence.startswith("C = (1/2n) Σₓ Σⱼ (ŷⱼ − yⱼ)²: ")
    mean, own, part, output = found("examples N; this one N, N of it from output N", sentence)
    network = Network(recipe)
    assert mean == about(network.cost(minibatch.x, minibatch.y))
    assert own == about(network.cost(minibatch.x[2:3], minibatch.y[2:3]))
    terms = network.cost_terms(minibatch.x, minibatch.y)[2]
    assert (part, output) == (about(terms.max()), np.argmax(terms) + 1)


@pytest.mark.parametrize("layer", [2, 1])
def test_backward_gives_the_range_of_the_errors(recipe, layer):
    minibatch = make(recipe)
    sentence = say(recipe, minibatch, f"backward {layer}").sentence
    begin = {2: "δ² = (ŷ − y)·σ′(z): ", 1: "δ¹ = (W²)ᵀδ² · σ′(z¹): "}[layer]
    assert sentence.startswith(begin)
    delta = minibatch.delta[layer - 1][2]
    what = "output" if layer == 2 else "neuron"
    low, at_low, high, at_high = found(f"from N ({what} N) to N ({what} N)", sentence)
    assert (at_low, at_high) == (np.argmin(delta) + 1, np.argmax(delta) + 1)
    largest = np.abs(delta).max()
    assert (low, high) == (about(delta.min(), largest), about(delta.max(), largest))


def test_average_and_update_name_the_largest_of_all(recipe):
    minibatch = make(recipe)
    gradient = Network(recipe).gradient(minibatch.x, minibatch.y)
    largest = int(np.argmax(np.abs(gradient)))
    name = parameter_name(recipe, largest)
    average = say(recipe, minibatch, "average").sentence
    count, slopes = found("over N examples: N slopes", average)
    assert (count, slopes) == (10, recipe.parameters)
    assert found(f"∂C/∂{name} = N", average) == [about(gradient[largest])]
    update = say(recipe, minibatch, "update").sentence
    assert update.startswith("w ← w − η·∂C/∂w with η = 0.5: ")
    assert found(f"largest nudge N on {name}", update) == [about(-0.5 * gradient[largest])]


def test_the_formula_of_each_pair_of_cost_and_output_is_that_of_its_errors():
    formulas = {
        (cost, output): error_formula(recipe, 2)
        for cost in COSTS
        for output in ACTIVATIONS
        if (recipe := possible(layers=(3, 3, 10), cost=cost, output_activation=output))
    }
    assert formulas["quadratic", "sigmoid"] == "(ŷ − y)·σ′(z)"
    assert formulas["quadratic", "relu"] == "(ŷ − y)·ReLU′(z)"
    assert formulas["absolute", "tanh"] == "sign(ŷ − y)·tanh′(z)"
    assert formulas["mean_squared", "linear"] == "(2/10)·(ŷ − y)·linear′(z)"
    assert formulas["cross_entropy", "sigmoid"] == "ŷ − y"
    assert formulas["categorical_cross_entropy", "softmax"] == "ŷ − y"
    assert formulas["categorical_cross_entropy", "sigmoid"] == "y·(ŷ − 1)"
    assert formulas["quadratic", "softmax"] == "Σₖ ∂C/∂ŷₖ · ∂ŷₖ/∂z"
    softmax = Recipe(layers=(3, 2), output_activation="softmax", cost="categorical_cross_entropy")
    assert error_formula(softmax, 1, ones=False) == "ŷ·Σy − y"
    assert error_formula(Recipe(layers=(3, 3, 2), dropout=0.5), 1).endswith("· dropout")


def every_recipe():
    names = [(hidden, "sigmoid", "quadratic", "sgd") for hidden in ACTIVATIONS]
    names += [("relu", output, cost, "sgd") for output in ACTIVATIONS for cost in COSTS]
    names += [("tanh", "sigmoid", "cross_entropy", optimiser) for optimiser in OPTIMISERS]
    for hidden, output, cost, optimiser in names:
        for more in ({}, {"l2": 5.0, "l1": 0.1, "dropout": 0.5, "input_noise": 0.1}):
            for layers in ((784, 30, 10), (2, 3, 1), (2, 1)):
                fields = {"output_activation": output, "cost": cost, "optimiser": optimiser}
                recipe = possible(layers=layers, activation=hidden, **fields, **more)
                if recipe is not None:
                    yield recipe


def test_every_recipe_has_a_readable_sentence_for_every_phase():
    count = 0
    for recipe in every_recipe():
        for minibatch in (make(recipe), make(recipe, 1)):
            for phase in phases_of(recipe):
                sentence = caption(recipe, minibatch, phase, 0).sentence
                count += 1
                assert len(sentence) <= LONGEST, sentence
                assert not re.search(r"nan|inf|None|e-\d|_|  |\b1 [a-z]+s\b", sentence), sentence
                assert sentence.endswith(".")
    assert count > 500


def test_an_optimiser_is_described_by_its_own_formula():
    recipe = Recipe(layers=(4, 3, 2), optimiser="adam", learning_rate=0.001)
    sentence = say(recipe, make(recipe), "update").sentence
    assert "w ← w − η·m̂ / (√ŝ + ε) with η = 0.001: " in sentence


@pytest.mark.parametrize("broken", [np.nan, np.inf, 0.0])
def test_numbers_that_broke_or_vanished_are_said_in_words(recipe, broken):
    minibatch = make(recipe)
    for array in (*minibatch.a, *minibatch.delta, minibatch.gradient, minibatch.nudge):
        array[...] = broken
    minibatch.terms[...] = broken
    sentences = [caption(recipe, minibatch, phase, 1).sentence for phase in phases_of(recipe)]
    assert not any(re.search("nan|inf", sentence) for sentence in sentences)
    word = "all of them 0" if broken == 0 else "diverged"
    assert word in sentences[-2]


def test_what_is_known_grows_phase_by_phase(recipe):
    known = [known_after(recipe, phase) for phase in phases_of(recipe)]
    assert [each.activations for each in known] == [0, 1, 2, 2, 2, 2, 2, 2]
    assert [each.outputs for each in known] == [False, False] + 6 * [True]
    assert [each.cost for each in known] == 3 * [False] + 5 * [True]
    assert [each.errors for each in known] == [3, 3, 3, 3, 2, 1, 1, 1]
    assert [each.gradient for each in known] == 6 * [False] + 2 * [True]
    assert [each.nudge for each in known] == 7 * [False] + [True]
    assert known_after(recipe, Phase("update")).nudge


def test_dropout_is_said_to_come_after_the_activations_named():
    recipe = Recipe(layers=(4, 3, 2), dropout=0.25)
    minibatch = make(recipe)
    assert say(recipe, minibatch, "forward 1").sentence.endswith(", before dropout of 25\u202f%.")
    assert "dropout" not in say(recipe, minibatch, "forward 2").sentence


def test_outputs_with_names_are_called_by_number_and_name(recipe):
    minibatch, outputs = make(recipe), recipe.layers[-1]
    names = [f"class {chr(97 + j)}" for j in range(outputs)]
    phases = {phase.name: phase for phase in phases_of(recipe)}
    for name in ("forward 2", "cost", "backward 2"):
        sentence = caption(recipe, minibatch, phases[name], 2, names).sentence
        found = re.findall(r"output (\d+) “(.*?)”", sentence)
        assert found, sentence
        assert all(names[int(number) - 1] == said for number, said in found)
        plain = caption(recipe, minibatch, phases[name], 2).sentence
        assert re.sub(r" “.*?”", "", sentence) == plain
    hidden = phases["backward 1"]
    assert "“" not in caption(recipe, minibatch, hidden, 2, names).sentence
