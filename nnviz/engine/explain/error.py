"""Why a neuron has the error δ it has: the chain rule, one layer at a time.

At the output δ = ∂C₀/∂ŷ · ∂ŷ/∂z; before it, δ^l_j = f′(z^l_j) · Σ_m w^(l+1)_mj δ^(l+1)_m
(Nielsen, Neural Networks and Deep Learning, chapter 2). Each δ of the sum can be
explained in the same way, up to the cost.
"""

from typing import Literal, TypeAlias

from numpy.typing import ArrayLike

from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.explain.expression import (
    CLOSE_DOT,
    DOT,
    GAP,
    Equation,
    Expression,
    Group,
    Number,
    Operator,
    Summation,
    equation,
    product_of,
    replaced,
    row,
    sum_of,
)
from nnviz.engine.explain.formula import sides
from nnviz.engine.explain.forward import Forward, check_neuron
from nnviz.engine.explain.neuron import derivative_equation
from nnviz.engine.network import Network
from nnviz.engine.notation import (
    COST_OF_ONE,
    activation_symbol,
    desired_symbol,
    error_symbol,
    number_of,
    sum_symbol,
    weight_symbol,
)
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Partial, Quantity, Symbol, Term, largest_first
from nnviz.numbers import write

Form: TypeAlias = Literal["output", "softmax", "cancelled", "hidden"]


@dataclass(frozen=True, slots=True)
class ErrorParts:
    """A neuron's error δ = ∂C₀/∂z for one example, taken apart.

    Attributes:
        delta: δ^l_j.
        form: "output", the product of two factors; "softmax", a sum over all outputs;
            "cancelled", a saturated output or a step, where only `short` says anything;
            "hidden", the next layer's errors times f′.
        factors: their product is δ: ∂C₀/∂a and ∂a/∂z where each neuron has an f′ of its
            own, else ∂C₀/∂z alone.
        equations: how each factor comes about.
        terms: w^(l+1)_mj · δ^(l+1)_m of a hidden neuron, adding up to ∂C₀/∂a;
            ∂C₀/∂ŷ_m · ∂ŷ_m/∂z_j of a softmax output, adding up to δ; else empty.
        equation: δ, written out.
        short: δ as the pair of cost and activation has it, such as ŷ − y; None without one.
        note: one sentence on how to read the factors.
    """

    delta: Quantity
    form: Form
    factors: tuple[Quantity, ...]
    equations: tuple[Equation, ...]
    terms: tuple[Term, ...]
    equation: Equation
    short: Equation | None
    note: str


def explain_error(
    network: Network, x: ArrayLike, y: ArrayLike, layer: int, neuron: int, *, by_size: bool = False
) -> ErrorParts:
    """Take a neuron's error δ^l_j = ∂C₀/∂z^l_j apart."""
    check_neuron(network.recipe, layer, neuron)
    return error_parts(Forward(network, x, y), layer, neuron, by_size=by_size)


def error_parts(look: Forward, layer: int, neuron: int, *, by_size: bool = False) -> ErrorParts:
    """Take a neuron's error apart for an example that has been propagated already."""
    if layer < look.last:
        return _hidden(look, layer, neuron, by_size=by_size)
    if not look.factors_hold[neuron]:
        return _cancelled(look, neuron)
    if look.mixes:
        return _softmax(look, neuron, by_size=by_size)
    return _output(look, neuron)


def _output(look: Forward, output: int) -> ErrorParts:
    delta = look.delta(look.last, output)
    factors = look.cost_slope(output), look.slope(look.last, output)
    short = _short(look, output)
    note = "The error is the cost's slope times the activation's slope."
    if not ACTIVATIONS[look.recipe.output_activation].trainable:
        note = "The activation's slope is zero everywhere, so no error passes through it."
    elif short:
        note = (
            f"The two factors cancel to {short.text}, so the flat ends of the activation do not "
            "slow the learning."
        )
    each = _cost_slope(look, output), derivative_equation(look, look.last, output)
    whole = equation(delta, product_of(factors))
    return ErrorParts(delta, "output", factors, each, (), whole, short, note)


def _cancelled(look: Forward, output: int) -> ErrorParts:
    delta = look.delta(look.last, output)
    short = _short(look, output)
    assert short is not None, "factors only fail to hold where the pair has a short form"
    alone = Quantity(Partial(COST_OF_ONE, sum_symbol(look.last, output)), delta.value, delta.picks)
    each = (Equation(alone, short.formula, short.numbers),)
    note = (
        "The step has no slope that could pass an error on, so this cost gives ∂C₀/∂z itself: "
        f"{short.text}, which is the mistake."
    )
    if look.smooth:
        note = (
            f"Output {number_of(output)} is saturated: multiplied out, ∂C₀/∂ŷ and ∂ŷ/∂z are lost "
            f"in rounding, so they are taken together, where they cancel to {short.text}."
        )
    return ErrorParts(delta, "cancelled", (alone,), each, (), short, short, note)


def _softmax(look: Forward, output: int, *, by_size: bool) -> ErrorParts:
    delta = look.delta(look.last, output)
    own = look.a(look.last, output).value
    z = sum_symbol(look.last, output)
    terms = []
    for m in range(look.recipe.layers[-1]):
        actual, slope = look.a(look.last, m).value, look.cost_slope(m)
        by_z = Partial(activation_symbol(look.recipe, look.last, m), z)
        picks = Selection("neuron", look.last, m)
        cross = Quantity(by_z, actual * ((m == output) - own), picks)
        terms.append(Term(m, slope, cross, slope.value * cross.value))
    of_m = activation_symbol(look.recipe, look.last, "m")
    formula = row(Summation("m"), Partial(COST_OF_ONE, of_m), DOT, Partial(of_m, z))
    numbers = sum_of(terms)
    alone = Quantity(Partial(COST_OF_ONE, z), delta.value, delta.picks)
    short = _short(look, output)
    note = (
        f"Softmax: z of output {number_of(output)} moves every output, so the cost feels it "
        "through all."
    )
    note += f" The sum comes to {short.text}." if short else ""
    each, whole = (equation(left, formula, numbers) for left in (alone, delta))
    sums = largest_first(terms) if by_size else tuple(terms)
    return ErrorParts(delta, "softmax", (alone,), (each,), sums, whole, short, note)


def _hidden(look: Forward, layer: int, neuron: int, *, by_size: bool) -> ErrorParts:
    delta, slope = look.delta(layer, neuron), look.slope(layer, neuron)
    terms = []
    for m in range(look.recipe.layers[layer + 1]):
        weight, error = look.weight(layer + 1, m, neuron), look.delta(layer + 1, m)
        terms.append(Term(m, weight, error, weight.value * error.value))
    a = activation_symbol(look.recipe, layer, neuron)
    total = sum(term.product for term in terms)
    felt = Quantity(Partial(COST_OF_ONE, a), total, delta.picks)
    of_weight, of_error = (
        weight_symbol(look.recipe, layer + 1, "m", neuron),
        error_symbol(layer + 1, "m"),
    )
    in_symbols, in_numbers = row(Summation("m"), of_weight, GAP, of_error), sum_of(terms)
    each = equation(felt, in_symbols, in_numbers), derivative_equation(look, layer, neuron)
    times_slope = (row(Group(part), DOT, slope) for part in (in_symbols, in_numbers))
    whole, sums = equation(delta, *times_slope), largest_first(terms) if by_size else tuple(terms)
    note = "The next layer's errors come back through the weights that carried the signal forward."
    factors = felt, slope
    return ErrorParts(delta, "hidden", factors, each, sums, whole, None, note)


def _cost_slope(look: Forward, output: int) -> Equation:
    """Write ∂C₀/∂ŷ_j as the table has it."""
    right = sides(COSTS[look.recipe.cost].derivative)[1]
    names: dict[Expression, Expression] = {
        Symbol("a", "", "j"): look.a(look.last, output),
        Symbol("y", "", "j"): look.desired(output),
        Symbol("m"): Number(str(look.recipe.layers[-1])),
    }
    return equation(look.cost_slope(output), replaced(right, names))


def _short(look: Forward, output: int) -> Equation | None:
    """Write δ_j in the form to which the pair's factors cancel."""
    if look.cancelled is None:
        return None
    delta, actual = look.delta(look.last, output), look.a(look.last, output)
    desired = look.desired(output)
    total = float(look.y.sum())
    if look.mixes and abs(total - 1) > 1e-6:
        # Softmax with desired outputs that do not add up to 1 keeps their sum as a factor.
        minus, of_m = row(Operator("−"), desired), row(Summation("m"), desired_symbol("m"))
        whole = row(actual, CLOSE_DOT, Number(write(total)), minus)
        return equation(delta, row(actual, CLOSE_DOT, of_m, minus), whole)
    return equation(delta, replaced(look.cancelled, {Symbol("a"): actual, Symbol("y"): desired}))
