"""How a weight before the output layer moves the cost: once through every output.

∂C₀/∂w = Σ_m ∂C₀/∂ŷ_m · ∂ŷ_m/∂a^l_j · ∂a^l_j/∂w. The factor in the middle is carried
forward from the neuron, layer by layer, where backpropagation carries the first one
backwards; both come to the same slope.
"""

from collections.abc import Sequence

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.explain.expression import (
    CLOSE_DOT,
    DOT,
    Equation,
    Summation,
    added,
    equation,
    product_of,
    row,
)
from nnviz.engine.explain.forward import Forward
from nnviz.engine.notation import COST_OF_ONE, activation_symbol, parameter_symbol, sum_symbol
from nnviz.engine.ops import Array
from nnviz.engine.parameters import Parameter
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Partial, Quantity, Symbol


@dataclass(frozen=True, slots=True)
class Route:
    """One output's share in how a weight before the output layer moves the cost.

    Attributes:
        output: through which output.
        factors: ∂C₀/∂ŷ, ∂ŷ/∂a and ∂a/∂w; with a saturated output, where ∂C₀/∂ŷ says
            nothing, ∂C₀/∂z, ∂z/∂a and ∂a/∂w.
        product: their product; those of all routes add up to ∂C₀/∂w.
    """

    output: int
    factors: tuple[Quantity, Quantity, Quantity]
    product: float


def routes_of(look: Forward, place: Parameter) -> tuple[Route, ...]:
    """Split ∂C₀/∂w of a parameter of a hidden layer by outputs."""
    layer, j = place.layer, place.target
    a = activation_symbol(look.recipe, layer, j)
    last = Quantity(
        Partial(a, parameter_symbol(look.recipe, place)),
        look.slope(layer, j).value * look.source(place).value,
        Selection("neuron", layer, j),
    )
    whole = bool(look.factors_hold.all())
    reach = _reach(look, layer, j)
    routes = []
    for m, felt in enumerate(_through_outputs(look, reach) if whole else reach):
        end = _end(look, m, whole=whole)
        slope = look.cost_slope(m).value if whole else look.delta(look.last, m).value
        output = Selection("neuron", look.last, m)
        picks = Selection("output", look.last, m) if whole else output
        first = Quantity(Partial(COST_OF_ONE, end), slope, picks)
        middle = Quantity(Partial(end, a), float(felt), output)
        product = first.value * middle.value * last.value
        routes.append(Route(m, (first, middle, last), product))
    return tuple(routes)


def through_all(look: Forward, slope: Quantity, routes: Sequence[Route]) -> Equation:
    """Write ∂C₀/∂w as the sum of its routes."""
    _, middle, last = routes[0].factors
    if len(routes) == 1:
        return equation(slope, product_of(routes[0].factors))
    assert isinstance(middle.symbol, Partial), "the factor in the middle is ∂ŷ/∂a or ∂z/∂a"
    end = _end(look, "m", whole=bool(look.factors_hold.all()))
    felt, moved = Partial(COST_OF_ONE, end), Partial(end, middle.symbol.by)
    in_symbols = row(Summation("m"), felt, DOT, moved, DOT, last)
    products = [product_of(route.factors, CLOSE_DOT) for route in routes]
    return equation(slope, in_symbols, added(products, [route.product for route in routes]))


def _end(look: Forward, output: int | str, *, whole: bool) -> Symbol:
    if whole:
        return activation_symbol(look.recipe, look.last, output)
    return sum_symbol(look.last, output)


def _reach(look: Forward, layer: int, neuron: int) -> Array:
    """Return ∂z/∂a of every output's z by one hidden neuron's activation, (outputs,)."""
    weights = look.network.weights
    reach = weights[layer][neuron].astype(np.float64)
    for above in range(layer + 1, look.last):
        reach = (reach * look.slopes(above)) @ weights[above]
    return np.asarray(reach)


def _through_outputs(look: Forward, reach: Array) -> Array:
    """Turn ∂z/∂a of the outputs into ∂ŷ/∂a, (outputs,)."""
    if look.mixes:
        outputs = look.propagation.a[-1][0].astype(np.float64)
        return np.asarray(outputs * (reach - (outputs * reach).sum()))
    return np.asarray(reach * look.slopes(look.last))
