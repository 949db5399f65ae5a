"""Expressions: read from the tables, written in one line, and what a click on them selects."""

from dataclasses import fields, is_dataclass

import numpy as np
import pytest

from nnviz.engine import Network, Recipe
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.explain import (
    Equation,
    Partial,
    Quantity,
    Symbol,
    explain_chain,
    explain_cost,
    explain_error,
    explain_neuron,
)
from nnviz.engine.explain.cost import term_text
from nnviz.engine.explain.expression import (
    Call,
    Fraction,
    Group,
    Mark,
    Number,
    Power,
    Word,
    in_numbers,
    replaced,
    text_of,
)
from nnviz.engine.explain.formula import for_outputs, read, sides
from nnviz.engine.parameters import Parameter, index_of
from nnviz.engine.selection import Selection

RECIPE = Recipe(layers=(4, 3, 2), seed=3)
TEXTS = [
    text
    for entry in (*ACTIVATIONS.values(), *COSTS.values())
    for text in (entry.formula, entry.derivative)
]
TEXTS += [pair.formula for cost in COSTS.values() for pair in cost.stable.values()]
TEXTS += [f"C = {term_text(cost, 3)}" for cost in COSTS.values()]


@pytest.mark.parametrize("text", TEXTS)
def test_every_formula_of_the_tables_is_read_and_written_alike(text):
    plain = text.partition(" = ")[2]
    for letter, index in zip("jkx", "ⱼₖₓ", strict=True):
        plain = plain.replace(f"_{letter}", index)
    if "[j" not in plain:  # of softmax, whose f_j and f_k are functions
        assert text_of(sides(text)[1]) == plain


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("½ (a_j − y_j)²", "½ (ŷⱼ − yⱼ)²"),
        ("−[y_j ln a_j + (1 − y_j) ln(1 − a_j)]", "−[yⱼ ln ŷⱼ + (1 − yⱼ) ln(1 − ŷⱼ)]"),
        ("(a − y)·tanh′(z)", "(ŷ − y)·tanh′(z)"),
        ("max(0, m)", "max(0, m)"),
    ],
)
def test_an_output_is_written_with_a_hat(formula, written):
    assert text_of(for_outputs(read(formula))) == written


@pytest.mark.parametrize("cost", COSTS.values(), ids=lambda cost: cost.name)
def test_a_cost_is_written_as_the_mean_of_its_parts(cost):
    part = cost.part.removeprefix("1/2·").removeprefix("1/m·").removeprefix("−")
    assert cost.formula.removesuffix(", m outputs").endswith(f" {part}")
    for letter, sign in (("2", "(1/2n)"), ("m", "(1/n·m)"), ("−", "−(1/n)")):
        starts = cost.part.startswith(("1/" + letter, letter))
        assert starts == cost.formula.startswith(f"C = {sign}")


def leaves(node):
    """All there is in a tree."""
    yield node
    if isinstance(node, tuple):
        for part in node:
            yield from leaves(part)
    elif is_dataclass(node) and not isinstance(node, Symbol | Partial):
        for field in fields(node):
            yield from leaves(getattr(node, field.name))


def test_a_quotient_a_power_and_a_function_are_nodes_of_their_own():
    (fraction,) = read("1 / (1 + e^−z)").parts
    assert isinstance(fraction, Fraction)
    assert (fraction.over, fraction.plain) == (Number("1"), False)
    assert isinstance(fraction.under, Group)
    assert any(isinstance(each, Power) for each in leaves(fraction.under))
    assert any(isinstance(each, Call) for each in leaves(read("y_j ln a_j")))
    assert [each.text for each in leaves(read("0 wherever it exists")) if isinstance(each, Word)]
    plain = read("(1/2n) Σ_x").parts[0]
    assert plain.inside.parts[0].plain


@pytest.mark.parametrize("entry", [e for e in ACTIVATIONS.values() if not e.output_only],
                         ids=lambda entry: entry.name)  # fmt: skip
def test_only_words_of_the_notation_are_words(entry):
    for text in (entry.formula, entry.derivative):
        words = {each.text for each in leaves(sides(text)[1]) if isinstance(each, Word)}
        assert words <= {"if", "else", "wherever", "it", "exists"}


def test_values_that_would_be_misread_are_put_in_brackets():
    a, b = Quantity(Symbol("a"), -2.0), Quantity(Symbol("b"), 3e-9)
    for text, wanted in (
        ("a + a", "−2 + (−2)"),
        ("(a)·a", "(−2)·(−2)"),
        ("a² + b² + b", "(−2)² + (3×10⁻⁹)² + 3×10⁻⁹"),
        ("1 / (1 + e^−a)", "1 / (1 + e^−(−2))"),
        ("|a − a|", "|−2 − (−2)|"),
        ("max(0, a)", "max(0, (−2))"),
        ("tanh² a", "tanh² (−2)"),
    ):
        tree = replaced(read(text), {Symbol("a"): a, Symbol("b"): b})
        assert text_of(in_numbers(tree), values=True) == wanted


def selection_named(symbol):
    """What a symbol says of itself, read from its indices, counted from 1."""
    if isinstance(symbol, Partial):
        of, by = symbol.of, symbol.by
        if (of.base, by.base) == ("C", "ŷ"):
            return Selection("output", 2, int(by.subscript) - 1)
        if of.base == "z" and by.base == "w":
            return Selection("neuron", int(by.superscript) - 1, int(by.subscript.split(",")[1]) - 1)
        if of.base == "z" and by.base == "b":
            return None
        return selection_named(by if of.base == "C" else of)
    numbers = [int(n) - 1 for n in symbol.subscript.split(",") if n.isdigit()]
    layer = int(symbol.superscript or 0)
    match symbol.base:
        case "C":
            return Selection("output", 2, numbers[1]) if len(numbers) > 1 else Selection("cost", 2)
        case "w":
            return Selection.of_weight(RECIPE, layer, numbers[1], numbers[0])
        case "b":
            return Selection.of_weight(RECIPE, layer, None, numbers[0])
        case "z" | "a" | "δ":
            return Selection("neuron", layer, numbers[0])
        case "x":
            return Selection("neuron", 0, numbers[0])
        case "ŷ":
            return Selection("neuron", 2, numbers[0])
        case "y":
            return Selection("output", 2, numbers[0])
    return None


def test_every_quantity_selects_what_its_symbol_names():
    network, x, y = Network(RECIPE), [0.1, 0.2, 0.3, 0.4], [1.0, 0.0]
    told = [explain_cost(network, x, y)]
    for layer, j in ((1, 2), (2, 1)):
        told += [explain_neuron(network, x, layer, j), explain_error(network, x, y, layer, j)]
        told.append(explain_neuron(network, x, layer, j).terms[1])
        for source in (1, None):
            parameter = index_of(RECIPE, Parameter(layer, source, j))
            told.append(explain_chain(network, x, y, parameter))
    seen = [each for each in leaves(tuple(told)) if isinstance(each, Quantity)]
    assert len({each.symbol for each in seen}) > 25
    for quantity in seen:
        assert quantity.picks == selection_named(quantity.symbol), quantity.symbol.text


def test_an_equation_is_a_tree_that_says_its_text():
    network = Network(RECIPE)
    parts = explain_neuron(network, np.ones(4), 1, 2)
    assert isinstance(parts.whole, Equation)
    call = parts.whole.formula.parts[0]
    assert isinstance(call, Call)
    assert text_of(call) == parts.whole.right == "σ(Σₖ w¹₃ₖ xₖ + b¹₃)"
    assert Mark(" ") in call.argument.inside.parts
