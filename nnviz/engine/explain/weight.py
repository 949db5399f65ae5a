"""Why a weight is to change: ∂C/∂w as a chain of factors, for one example and averaged.

For one example ∂C₀/∂w^l_jk = δ^l_j · a^(l−1)_k, δ itself being a product, so that a
weight of the output layer has the three factors ∂C₀/∂ŷ · ∂ŷ/∂z · ∂z/∂w. A weight
further back reaches the cost through every output: its routes. A bias has
∂z/∂b = 1. The gradient of a minibatch is the mean over its examples.
"""

import numpy as np
from numpy.typing import ArrayLike

from nnviz.dataclass import dataclass
from nnviz.engine.explain.error import ErrorParts, error_parts
from nnviz.engine.explain.expression import (
    DOT,
    GAP,
    MINUS,
    Equation,
    Fraction,
    Group,
    Number,
    Summation,
    added,
    equation,
    product_of,
    row,
)
from nnviz.engine.explain.forward import Forward, parameter_quantity, place_of
from nnviz.engine.explain.line import costs_along, slopes_of_examples
from nnviz.engine.explain.routes import Route, routes_of, through_all
from nnviz.engine.network import Network
from nnviz.engine.notation import COST, COST_OF_ONE, parameter_symbol, sum_symbol
from nnviz.engine.ops import Array
from nnviz.engine.symbols import Partial, Quantity, Symbol
from nnviz.numbers import write


@dataclass(frozen=True, slots=True)
class Chain:
    """∂C₀/∂w of one weight or bias for one example.

    Attributes:
        parameter: the weight or bias.
        slope: ∂C₀/∂w.
        factors: their product is `slope`: those of δ, then ∂z/∂w.
        equations: how each factor comes about.
        equation: the slope as the product of the factors.
        short: the slope as δ^l_j · a^(l−1)_k.
        error: δ^l_j taken apart; its terms say which δ to explain next.
        routes: one for each output; empty for a parameter of the output layer.
        through: the slope as the sum of the routes; None where there are none.
    """

    parameter: Quantity
    slope: Quantity
    factors: tuple[Quantity, ...]
    equations: tuple[Equation, ...]
    equation: Equation
    short: Equation
    error: ErrorParts
    routes: tuple[Route, ...]
    through: Equation | None


@dataclass(frozen=True, slots=True)
class Rise:
    """What the cost does if one parameter rises.

    Attributes:
        parameter: the weight or bias with its present value.
        rise: how far it rises.
        predicted: change of the cost after the slope alone, slope · rise.
        exact: the change found by trying it.
        before, after: the cost now and then.
        text: a sentence that says so.
    """

    parameter: Quantity
    rise: float
    predicted: float
    exact: float
    before: float
    after: float
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class ParameterSlope:
    """∂C/∂w of one weight or bias, averaged over examples.

    Attributes:
        parameter: the weight or bias.
        examples: ∂C_x/∂w of each example, (n,), read-only.
        slope: ∂C/∂w, their mean.
        equation: the slope as that mean.
        nudge: −η·∂C/∂w, what one step of plain gradient descent adds to the parameter.
        nudge_equation: the nudge as that product.
        rise: what the cost does if the parameter rises a little.
    """

    parameter: Quantity
    examples: Array
    slope: Quantity
    equation: Equation
    nudge: Quantity
    nudge_equation: Equation
    rise: Rise


def explain_chain(
    network: Network, x: ArrayLike, y: ArrayLike, parameter: int, *, by_size: bool = False
) -> Chain:
    """Take ∂C₀/∂w of one example apart, factor by factor.

    The parameter is an index into theta, which `parameters.index_of` finds.
    """
    place = place_of(network.recipe, parameter)
    look = Forward(network, x, y)
    layer, j = place.layer, place.target
    own, name = parameter_quantity(network, place), parameter_symbol(network.recipe, place)
    error = error_parts(look, layer, j, by_size=by_size)
    inner = look.source(place)
    by_w = Quantity(Partial(sum_symbol(layer, j), name), inner.value, inner.picks)
    product = error.delta.value * inner.value
    slope = Quantity(Partial(COST_OF_ONE, name), product, own.picks)
    factors = (*error.factors, by_w)
    plain = place.source is None
    each = (*error.equations, equation(by_w, Number("1") if plain else inner))
    whole = equation(slope, product_of(factors))
    short = equation(slope, error.delta if plain else product_of((error.delta, inner)))
    routes = routes_of(look, place) if layer < look.last else ()
    through = through_all(look, slope, routes) if routes else None
    if by_size:
        routes = tuple(sorted(routes, key=lambda route: -abs(route.product)))
    return Chain(own, slope, factors, each, whole, short, error, routes, through)


def explain_slope(
    network: Network,
    x: ArrayLike,
    y: ArrayLike,
    parameter: int,
    *,
    learning_rate: float | None = None,
    rise: float = 0.1,
) -> ParameterSlope:
    """Average ∂C/∂w over examples, and say what it means for the next step and for the cost.

    The cost is that of the examples x (n, inputs), n ≥ 1, and y (n, outputs) alone, without the
    terms of L1 and L2; η is the recipe's without another one. `rise` is how far the parameter
    rises in "if it rises by …".
    """
    place = place_of(network.recipe, parameter)
    eta = network.recipe.learning_rate if learning_rate is None else learning_rate
    own, name = parameter_quantity(network, place), parameter_symbol(network.recipe, place)
    before, after = costs_along(network, x, y, parameter, [own.value, own.value + rise])
    examples = slopes_of_examples(network, x, y, place)
    mean = float(examples.mean(dtype=np.float64))
    slope = Quantity(Partial(COST, name), mean)
    whole = _mean_equation(slope, name, examples)
    nudge = Quantity(Symbol("Δ" + name.base, name.superscript, name.subscript), -eta * mean)
    step = equation(nudge, row(MINUS, Quantity(Symbol("η"), eta), DOT, slope))
    risen = _rise(own, rise, mean * rise, float(before), float(after))
    return ParameterSlope(own, examples, slope, whole, nudge, step, risen)


def _mean_equation(slope: Quantity, name: Symbol, examples: Array) -> Equation:
    one = Partial(Symbol("C", "", "x"), name)
    count = len(examples)
    share = Fraction(Number("1"), Number(str(count)), plain=True)
    parts = [Quantity(one, float(value)) for value in examples]
    numbers = row(share, DOT, Group(added(parts, examples.tolist())))
    return equation(slope, row(share, GAP, Summation("x"), one), numbers)


def _rise(own: Quantity, rise: float, predicted: float, before: float, after: float) -> Rise:
    exact = after - before
    if exact == 0 or not np.isfinite(exact):
        change = "stays the same" if exact == 0 else "is no longer a finite number"
    else:
        change = f"{'rises' if exact > 0 else 'falls'} by {write(abs(exact))}"
    way = "rises" if rise >= 0 else "falls"
    text = (
        f"If {own.symbol.text} {way} by {write(abs(rise))}, C {change}; the slope alone predicts "
        f"a change of {write(predicted)}."
    )
    return Rise(own, rise, predicted, exact, before, after, text)
