"""Why a neuron has the activation it has: its weighted sum, term by term."""

from numpy.typing import ArrayLike

from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.explain.expression import (
    CLOSE_DOT,
    GAP,
    PLUS,
    Call,
    Equation,
    Expression,
    Fraction,
    Function,
    Group,
    Number,
    Operator,
    Power,
    Row,
    Summation,
    added,
    equation,
    replaced,
    row,
    sum_of,
)
from nnviz.engine.explain.formula import sides
from nnviz.engine.explain.forward import Forward, check_neuron
from nnviz.engine.explain.terms import Terms
from nnviz.engine.network import Network
from nnviz.engine.notation import activation_symbol, sum_symbol, weight_symbol
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Quantity, Symbol
from nnviz.numbers import write

FLAT = 0.0099
"""Slopes below this count as saturated: σ beyond |z| = 4.6, tanh beyond 3; a leaky ReLU never."""


@dataclass(frozen=True, slots=True)
class NeuronParts:
    """A neuron's activation, taken apart.

    Attributes:
        layer, neuron: which neuron; layer 0 is the input.
        terms: weight times activation for each neuron of the layer before.
        bias: b^l_j.
        z: the weighted sum; the products of `terms` and the bias add up to it.
        a: the activation f(z).
        slope: f′(z); for softmax the neuron's own part, a·(1 − a).
        whole: a = f(Σ w a + b).
        sum: z = Σ w a + b.
        activation: a = f(z), f written out.
        derivative: f′(z) written out.
        range: the interval of f's values.
        use: one sentence on when to use f and where it saturates.
        saturated: True where f is nearly flat.
        hint: one sentence on where on f's curve the neuron stands.
    """

    layer: int
    neuron: int
    terms: Terms
    bias: Quantity
    z: Quantity
    a: Quantity
    slope: Quantity
    whole: Equation
    sum: Equation
    activation: Equation
    derivative: Equation
    range: str
    use: str
    saturated: bool
    hint: str


def explain_neuron(
    network: Network, x: ArrayLike, layer: int, neuron: int, *, by_size: bool = False
) -> NeuronParts:
    """Take a neuron's weighted sum apart, z^l_j = Σ_k w^l_jk a^(l−1)_k + b^l_j."""
    check_neuron(network.recipe, layer, neuron)
    look = Forward(network, x)
    entry = ACTIVATIONS[look.recipe.activations[layer - 1]]
    terms = _terms(look, layer, neuron)
    bias, z, a = (part(layer, neuron) for part in (look.bias, look.z, look.a))
    slope = look.slope(layer, neuron)
    in_symbols = _sum_in_symbols(look, layer, neuron)
    in_numbers = sum_of(terms, bias)
    written_out = _activation(look, layer, neuron)
    whole = written_out
    if not entry.output_only:
        function = Function(entry.sign)
        of_sum, of_numbers = (Call(function, Group(each)) for each in (in_symbols, in_numbers))
        whole = equation(a, of_sum, of_numbers)
    saturated = entry.trainable and abs(slope.value) < FLAT
    return NeuronParts(
        layer,
        neuron,
        terms.by_size() if by_size else terms,
        bias,
        z,
        a,
        slope,
        whole,
        equation(z, in_symbols, in_numbers),
        written_out,
        derivative_equation(look, layer, neuron),
        entry.range,
        entry.use,
        saturated,
        _hint(look, layer, slope.value, saturated=saturated),
    )


def derivative_equation(look: Forward, layer: int, neuron: int) -> Equation:
    """Write ∂a/∂z of one neuron as the table has it; of softmax the neuron's own part."""
    entry = ACTIVATIONS[look.recipe.activations[layer - 1]]
    z, a, slope = (part(layer, neuron) for part in (look.z, look.a, look.slope))
    if entry.output_only:
        rest = Group(row(Number("1"), Operator("−"), a))
        return equation(slope, row(a, CLOSE_DOT, rest))
    # Where the table writes f′ with f itself, as σ does, the activation is at hand.
    (*_, function), right = sides(entry.formula)[0].parts, sides(entry.derivative)[1]
    if not entry.trainable:
        return equation(slope, right, slope)
    return equation(slope, replaced(right, {function: a, Symbol("z"): z}))


def _terms(look: Forward, layer: int, neuron: int) -> Terms:
    def weight(k: int, value: float) -> Quantity:
        picks = Selection.of_weight(look.recipe, layer, k, neuron)
        return Quantity(weight_symbol(look.recipe, layer, neuron, k), value, picks)

    def source(k: int, value: float) -> Quantity:
        symbol = activation_symbol(look.recipe, layer - 1, k)
        return Quantity(symbol, value, Selection("neuron", layer - 1, k))

    weights = look.network.weights[layer - 1][:, neuron]
    return Terms(weights, look.below(layer), weight, source)


def _sum_in_symbols(look: Forward, layer: int, neuron: int) -> Row:
    weight = weight_symbol(look.recipe, layer, neuron, "k")
    source = activation_symbol(look.recipe, layer - 1, "k")
    return row(Summation("k"), weight, GAP, source, PLUS, look.bias(layer, neuron))


def _activation(look: Forward, layer: int, neuron: int) -> Equation:
    entry = ACTIVATIONS[look.recipe.activations[layer - 1]]
    z, a = look.z(layer, neuron), look.a(layer, neuron)
    right = sides(entry.formula)[1]
    if not entry.output_only:
        return equation(a, replaced(right, {Symbol("z"): z}))
    of_k = sum_symbol(layer, "k")
    names: dict[Expression, Expression] = {Symbol("z", "", "j"): z, Symbol("z", "", "k"): of_k}
    return equation(a, replaced(right, names), _softmax_numbers(look, z))


def _softmax_numbers(look: Forward, z: Quantity) -> Fraction:
    every = [look.z(look.last, j) for j in range(look.recipe.layers[-1])]
    # The size of a power of e is that of its exponent; the powers themselves may overflow.
    most = max(abs(other.value) for other in every)
    own, *powers = (Power(Symbol("e"), Group(row(other))) for other in (z, *every))
    return Fraction(own, Group(added(powers, [most + other.value for other in every])))


def _hint(look: Forward, layer: int, slope: float, *, saturated: bool) -> str:
    if not ACTIVATIONS[look.recipe.activations[layer - 1]].trainable:
        if layer == look.last and look.cancelled:
            return (
                "Its slope is zero everywhere, but the cost gives it the error ŷ − y past the "
                "step, so it learns from every mistake."
            )
        return "Its slope is zero everywhere, so gradient descent cannot tell it what to change."
    if not saturated:
        return f"The slope here is {write(slope, 2)}: the neuron can learn from this example."
    if layer == look.last and look.cancelled:
        return (
            f"The slope here is only {write(slope, 2)}, but the cost's own slope makes up for it, "
            "so the neuron still learns."
        )
    if slope == 0:
        return "The slope here is 0: the neuron learns nothing from this example."
    return (
        f"The slope here is only {write(slope, 2)}: the neuron is saturated and hardly learns "
        "from this example."
    )
