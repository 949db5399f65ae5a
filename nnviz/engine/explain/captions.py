"""Captions: what a phase of a minibatch has just done, in one sentence with its numbers.

A sentence begins with the formula of the phase, as the tables of activations,
costs and optimisers have it, and goes on with what came out of it: for the one
example that is looked at, or for all of them where the phase joins them.
"""

import math
from collections.abc import Sequence

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.explain.expression import Fraction, text_of
from nnviz.engine.explain.formula import for_outputs, sides
from nnviz.engine.notation import COST, number_of, numbered, parameter_name
from nnviz.engine.ops import Array
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.recipe import Recipe
from nnviz.engine.symbols import Symbol
from nnviz.engine.training.phases import Minibatch, Phase
from nnviz.numbers import count as count_of
from nnviz.numbers import fewer, fixed, integer, percent, write

NAMED = 3
"""Examples of a minibatch that are named; the others are counted."""
AT_ONCE = 2**16
"""Numbers among which the largest is looked for at a time: they are fetched from memory once."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What a phase has done.

    Attributes:
        title: the phase's name, for example "Forward, layer 1".
        sentence: what it did, with its numbers.
    """

    title: str
    sentence: str


def caption(
    recipe: Recipe, minibatch: Minibatch, phase: Phase, place: int, names: Sequence[str] = ()
) -> Caption:
    """Say what a phase of a minibatch has just done, for the example at a place, from 0.

    There is one name an output where outputs have names.
    """
    match phase.kind:
        case "pick":
            sentence = _pick(recipe, minibatch, place)
        case "forward":
            sentence = _forward(recipe, minibatch, phase.layer, place, names)
        case "cost":
            sentence = _cost(recipe, minibatch, place, names)
        case "backward":
            sentence = _backward(recipe, minibatch, phase.layer, place, names)
        case "average":
            sentence = _average(recipe, minibatch)
        case "update":
            sentence = _update(recipe, minibatch)
    where = f", layer {phase.layer}" if phase.layer else ""
    return Caption(phase.kind.capitalize() + where, sentence)


def error_formula(recipe: Recipe, layer: int, *, ones: bool = True) -> str:
    """Return the right side of δ^l = …, for example "(ŷ − y)·σ′(z)".

    `ones` says whether every example's desired outputs add up to 1.
    """
    slope = function_name(recipe, layer) + "′"
    if layer < len(recipe.layers) - 1:
        above = _superscript(layer + 1)
        dropped = " · dropout" if recipe.dropout else ""
        return f"(W{above})ᵀδ{above} · {slope}(z{_superscript(layer)}){dropped}"
    return _error_of_outputs(recipe, slope, ones=ones)


def _error_of_outputs(recipe: Recipe, slope: str, *, ones: bool) -> str:
    cost, output = COSTS[recipe.cost], ACTIVATIONS[recipe.output_activation]
    stable = cost.stable.get(output.name)
    if stable is not None:
        right = text_of(for_outputs(sides(stable.formula)[1]))
        return right if ones or not output.output_only else right.replace("ŷ − ", "ŷ·Σy − ", 1)
    if output.output_only:
        return "Σₖ ∂C/∂ŷₖ · ∂ŷₖ/∂z"
    outputs = recipe.layers[-1]
    derivative = sides(cost.derivative)[1]
    felt = text_of(for_outputs(derivative)).replace("ⱼ", "")
    felt = felt.replace("(2/m)", f"(2/{outputs})" if outputs > 1 else "2")
    if any(isinstance(part, Fraction) for part in derivative.parts):
        return f"{felt} · {slope}(z)"
    difference = isinstance(derivative.parts[0], Symbol)
    return f"({felt})·{slope}(z)" if difference else f"{felt}·{slope}(z)"


def function_name(recipe: Recipe, layer: int) -> str:
    """Return how a layer's activation is written as a function: "σ", "tanh", "ReLU"."""
    return ACTIVATIONS[recipe.activations[layer - 1]].sign


# -- one sentence a phase ------------------------------------------------------------------------


def _pick(recipe: Recipe, minibatch: Minibatch, place: int) -> str:
    rows = [integer(number_of(row)) for row in minibatch.rows.tolist()]
    if minibatch.alone:
        number = "" if minibatch.rows[0] < 0 else f", number {rows[0]}"
        return f"1 {minibatch.alone}{number}, only looked at: nothing is trained."
    noise = ", with fresh noise" if recipe.input_noise else ""
    if len(rows) == 1:
        return f"1 training example, number {rows[0]}{noise}: the step will be its alone."
    named, others = rows[:NAMED], len(rows) - NAMED
    listed = ", ".join(named) + (f" and {integer(others)} more" if others > 0 else "")
    here = f"On screen: number {rows[place]}."
    return f"{integer(len(rows))} training examples{noise}, numbers {listed}. {here}"


def _forward(
    recipe: Recipe, minibatch: Minibatch, layer: int, place: int, names: Sequence[str]
) -> str:
    inputs, neurons = recipe.layers[layer - 1], recipe.layers[layer]
    what = "input" if layer == 1 else "activation"
    last = layer == len(recipe.layers) - 1
    dropped = recipe.dropout and not last and not minibatch.alone
    dropout = f", before dropout of {percent(recipe.dropout, 0)}" if dropped else ""
    sums = f"{count_of(neurons, 'sum')} of {count_of(inputs, f'weighted {what}')} and a bias"
    then = ACTIVATIONS[recipe.activations[layer - 1]].label
    count = len(minibatch.rows)
    each = f"for each of {integer(count)} examples: here" if count > 1 else "for 1 example:"
    whose, named = ("output", names) if last else ("neuron", ())
    found = _range(minibatch.a[layer - 1][place], whose, named)
    equals = "= " if neurons == 1 else ""
    return f"{sums}, then {then}, {each} a{_superscript(layer)} {equals}{found}{dropout}."


def _cost(recipe: Recipe, minibatch: Minibatch, place: int, names: Sequence[str]) -> str:
    formula = f"{COST.text} = {text_of(for_outputs(sides(COSTS[recipe.cost].formula)[1]))}"
    terms, cost = minibatch.terms[place], float(minibatch.costs[place])
    share = ""
    if len(terms) > 1 and np.isfinite(terms).all():
        largest = int(np.argmax(np.abs(terms)))
        whose = numbered("output", largest, *names[largest : largest + 1])
        share = f", {write(float(terms[largest]), fewer())} of it from {whose}"
    if len(minibatch.rows) == 1:
        return f"{formula}: of this example {write(cost, fewer())}{share}."
    mean = write(minibatch.cost, fewer())
    count = len(minibatch.rows)
    this = write(cost, fewer())
    return f"{formula}: mean of {integer(count)} examples {mean}; this one {this}{share}."


def _backward(
    recipe: Recipe, minibatch: Minibatch, layer: int, place: int, names: Sequence[str]
) -> str:
    last = layer == len(recipe.layers) - 1
    ones = bool(np.allclose(minibatch.y.sum(axis=1), 1))
    formula = f"δ{_superscript(layer)} = {error_formula(recipe, layer, ones=ones)}"
    what = "output" if last else "neuron"
    neurons = count_of(recipe.layers[layer], what)
    found = _range(minibatch.delta[layer - 1][place], what, names if last else ())
    if last:
        return f"{formula}: the error ∂C/∂z of {neurons}: {found}."
    after = "the outputs'" if layer == len(recipe.layers) - 2 else f"layer {layer + 1}'s"
    return f"{formula}: {after} errors, back through their weights to {neurons}: {found}."


def _average(recipe: Recipe, minibatch: Minibatch) -> str:
    extra = [name for name, value in (("L2", recipe.l2), ("L1", recipe.l1)) if value]
    included = f" ({' and '.join(extra)} included)" if extra else ""
    count = len(minibatch.rows)
    whose = f"Mean over {integer(count)} examples" if count > 1 else "Of 1 example"
    slopes = f"{whose}{included}: {count_of(recipe.parameters, 'slope')}"
    steepest = _largest(minibatch.gradient)
    if steepest is None:
        return f"{slopes}, not all of them finite: training has diverged."
    value = float(minibatch.gradient[steepest])
    if not value:
        return f"{slopes}, all of them 0."
    name = parameter_name(recipe, steepest)
    return f"{slopes}, the steepest ∂C/∂{name} = {write(value, fewer())}."


def _update(recipe: Recipe, minibatch: Minibatch) -> str:
    rule = f"{OPTIMISERS[recipe.optimiser].in_a_line} with η = {write(minibatch.eta, fewer())}"
    largest = _largest(minibatch.nudge)
    if largest is None:
        return f"{rule}: not every nudge is finite: training has diverged."
    value = float(minibatch.nudge[largest])
    if not value:
        return f"{rule}: every nudge is 0, so nothing changes."
    return f"{rule}: largest nudge {signed(value)} on {parameter_name(recipe, largest)}."


def signed(value: float) -> str:
    """Write a change: with its sign, a plus too."""
    return write(value, fewer(), sign=True)


# -- words and numbers ---------------------------------------------------------------------------


def _range(values: Array, what: str, names: Sequence[str]) -> str:
    """Say between which values a layer's numbers lie, and whose these are."""
    if not np.isfinite(values).all():
        return "not all finite, training has diverged"
    low, high = int(np.argmin(values)), int(np.argmax(values))
    largest = float(np.abs(values).max())
    least, most = (_alike(float(values[at]), largest) for at in (low, high))
    if len(values) == 1:
        return least
    if values[low] == values[high]:
        return f"all {least}"
    where_low, where_high = (numbered(what, at, *names[at : at + 1]) for at in (low, high))
    return f"from {least} ({where_low}) to {most} ({where_high})"


def _alike(value: float, largest: float) -> str:
    """Write a number with as many decimals as the largest beside it needs."""
    digits = fewer()
    if not 10**-digits <= largest < 10**digits:
        return write(value, digits)
    return fixed(value, max(digits - 1 - math.floor(math.log10(largest)), 0))


def _largest(vector: Array) -> int | None:
    """Return which entry is the largest in size; None where one is not a number."""
    best, largest = 0, -1.0
    for start in range(0, len(vector), AT_ONCE):
        part = vector[start : start + AT_ONCE]
        # Also finds what is no number, and makes no copy of millions of them.
        for entry in sorted((int(part.argmax()), int(part.argmin()))):
            size = abs(float(part[entry]))
            if not math.isfinite(size):
                return None
            if size > largest:
                best, largest = start + entry, size
    return best


def _superscript(layer: int) -> str:
    return Symbol("", str(layer)).text
