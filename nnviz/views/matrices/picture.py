"""What the matrices show of a moment: a layer's weights, and vectors along their sides.

The matrix stands in the middle, a row for each neuron that it comes from, a column for each that
it leads to. Vectors with a number a row stand beside it, those with a number a column above and
below, so that what is multiplied stands in one line: z_j below column j of W, and x beside it.
"""

from math import isfinite
from typing import Literal

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.explain.expression import text_of
from nnviz.engine.explain.forward import Forward
from nnviz.engine.notation import (
    COST_OF_ONE,
    activation_symbol,
    bias_symbol,
    desired_symbol,
    error_symbol,
    sum_symbol,
    weight_symbol,
)
from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.moment import Moment, moment_of
from nnviz.engine.run.snapshot import Array, Snapshot, with_own
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Partial
from nnviz.views.matrices import text
from nnviz.wording import Sign

WAYS = ("forward", "backward", "slopes")
FOLLOW = 0
"""In place of a layer: the one that the phase is at, the last one at rest."""
Kind = Literal["activation", "bias", "sum", "desired", "cost_slope", "felt", "slope", "error"]


@dataclass(frozen=True, slots=True)
class MatricesState:
    """What is chosen: a layer or `FOLLOW`, and what of it is shown."""

    layer: int = FOLLOW
    way: str = WAYS[0]


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """A vector beside the matrix.

    Attributes:
        label: what stands before it: "a¹", "+ b²".
        kind: what its numbers are.
        layer: whose they are.
        values: the numbers.
        known: False as long as no phase has computed them.
        given: what inputs are called that are columns of a table.
    """

    label: str
    kind: Kind
    layer: int
    values: Array
    known: bool
    given: tuple[str, ...] = ()

    def name(self, recipe: Recipe, index: int) -> str:
        """Return what one of its numbers is called."""
        if self.given:
            return self.given[index]
        a = activation_symbol(recipe, self.layer, index)
        match self.kind:
            case "activation":
                return a.text
            case "bias":
                return bias_symbol(recipe, self.layer, index).text
            case "sum":
                return sum_symbol(self.layer, index).text
            case "desired":
                return desired_symbol(index).text
            case "cost_slope" | "felt":
                return Partial(COST_OF_ONE, a).text
            case "slope":
                return f"f′({sum_symbol(self.layer, index).text})"
            case "error":
                return error_symbol(self.layer, index).text

    def selection(self, recipe: Recipe, index: int) -> Selection:
        """Return what a click on one of its numbers asks about."""
        if self.kind == "bias":
            return Selection.of_weight(recipe, self.layer, None, index)
        kind: Literal["neuron", "output"] = "neuron"
        if self.kind in ("desired", "cost_slope"):
            kind = "output"
        return Selection(kind, self.layer, index)


@dataclass(frozen=True, slots=True, eq=False)
class MatricesPicture:
    """What is shown of one moment.

    Attributes:
        recipe: of the net.
        moment: whose numbers these are.
        layer: the layer.
        way: one of `WAYS`.
        follows: True where the phase chooses these two.
        formula: what is computed.
        matrix: the matrix in the middle, (rows, columns); None where there are vectors alone.
        weights: the layer whose weights, or slopes of weights, the matrix holds.
        known: False as long as the matrix is not known.
        left, right: vectors with a number for each row.
        top, bottom: vectors with a number for each column.
        rows, columns: how many there are in the middle.
    """

    recipe: Recipe
    moment: Moment
    layer: int
    way: str
    follows: bool
    formula: str
    matrix: Array | None = None
    weights: int = 0
    known: bool = True
    left: tuple[Strip, ...] = ()
    right: tuple[Strip, ...] = ()
    top: tuple[Strip, ...] = ()
    bottom: tuple[Strip, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows the matrix has."""
        return len((*self.left, *self.right)[0].values)

    @property
    def columns(self) -> int:
        """How many columns the matrix has."""
        return 0 if self.matrix is None else self.matrix.shape[1]

    @property
    def shape(self) -> tuple[object, ...]:
        """What stays as long as the same things are shown with other numbers."""
        sides = tuple(len(side) for side in (self.left, self.right, self.top, self.bottom))
        return self.recipe.layers, self.layer, self.way, sides

    @property
    def pointless(self) -> bool:
        """True where there are no errors, since nobody knows what is desired."""
        y = self.moment.focus.y
        return self.way != WAYS[0] and not bool(np.isfinite(y).all())


def followed(moment: Moment, state: MatricesState) -> tuple[int, str, bool]:
    """Return the layer and the way that are shown, and whether the phase chose them."""
    last, phase = len(moment.recipe.layers) - 1, moment.snapshot.phase
    way = state.way if state.way in WAYS else WAYS[0]
    if 0 < state.layer <= last:
        return state.layer, way, False
    if moment.known is None or phase is None:
        return last, way, False
    if phase.kind in ("forward", "backward"):
        return phase.layer, phase.kind, True
    if phase.kind in ("pick", "cost"):
        return (1 if phase.kind == "pick" else last), WAYS[0], True
    return 1, WAYS[2], True


def picture(
    snapshot: Snapshot, state: MatricesState, drawing: Array | None = None
) -> MatricesPicture:
    """Return what is to be shown of a moment: of the example in focus, or of one's own input."""
    moment = moment_of(with_own(snapshot, drawing))
    layer, way, follows = followed(moment, state)
    look = Forward(moment.network, moment.focus.x, moment.focus.y)
    if way == WAYS[0]:
        return _forward(moment, look, layer, follows)
    if way == WAYS[2]:
        return _slopes(moment, look, layer, follows)
    if layer == look.last:
        return _at_the_output(moment, look, follows)
    return _backward(moment, look, layer, follows)


def _activations(moment: Moment, look: Forward, layer: int, before: str = "") -> Strip:
    label = before + text.activations(look.recipe, layer)
    known = moment.known is None or moment.known.activations >= layer
    given = () if layer > 0 else moment.snapshot.feature_names
    return Strip(label, "activation", layer, look.below(layer + 1), known, given)


def _error(moment: Moment, look: Forward, layer: int, before: str = "") -> Strip:
    label = before + text.of_layer("δ", layer)
    delta = look.propagation.delta[layer - 1][0]
    return Strip(label, "error", layer, delta, moment.errors_known(layer))


def _forward(moment: Moment, look: Forward, layer: int, follows: bool) -> MatricesPicture:
    recipe, network = look.recipe, look.network
    below = _activations(moment, look, layer - 1)
    a = _activations(moment, look, layer, "f → ")
    b = Strip("+ " + text.of_layer("b", layer), "bias", layer, network.biases[layer - 1], True)
    z = Strip(
        "= " + text.of_layer("z", layer), "sum", layer, look.propagation.z[layer - 1][0], a.known
    )
    return MatricesPicture(
        recipe, moment, layer, WAYS[0], follows, text.forward(recipe, layer),
        network.weights[layer - 1], layer, left=(below,), bottom=(b, z, a),
    )  # fmt: skip


def _backward(moment: Moment, look: Forward, layer: int, follows: bool) -> MatricesPicture:
    recipe, weights = look.recipe, look.network.weights[layer]
    above = _error(moment, look, layer + 1)
    delta = _error(moment, look, layer, "= ")
    with np.errstate(all="ignore"):
        felt = weights @ above.values
    return MatricesPicture(
        recipe, moment, layer, WAYS[1], follows, text.backward(recipe, layer), weights, layer + 1,
        top=(above,),
        right=(
            Strip("= δ·Wᵀ", "felt", layer, felt, delta.known),
            Strip("⊙ f′", "slope", layer, look.slopes(layer), delta.known),
            delta,
        ),
    )  # fmt: skip


def _at_the_output(moment: Moment, look: Forward, follows: bool) -> MatricesPicture:
    """Return the vectors of the output layer: its error is no product with a matrix."""
    recipe, last = look.recipe, look.last
    a, delta = _activations(moment, look, last), _error(moment, look, last, "= ")
    told = bool(np.isfinite(moment.focus.y).all())
    y = Strip(Sign("y"), "desired", last, look.y[0], told)
    whole = not look.mixes and bool(look.factors_hold.all())
    factors = (
        Strip("∂C₀/∂ŷ", "cost_slope", last, look.cost_slopes, delta.known),
        Strip("⊙ f′", "slope", last, look.slopes(last), delta.known),
    )
    cancelled = "" if whole else "∂C₀/∂" + text.of_layer("z", last)
    if not whole and look.cancelled is not None:
        cancelled = text_of(look.cancelled)
    return MatricesPicture(
        recipe, moment, last, WAYS[1], follows, text.at_the_output(last, cancelled),
        left=(y, a), right=(*(factors if whole else ()), delta),
    )  # fmt: skip


def _slopes(moment: Moment, look: Forward, layer: int, follows: bool) -> MatricesPicture:
    below, delta = _activations(moment, look, layer - 1), _error(moment, look, layer)
    with np.errstate(all="ignore"):
        products = np.multiply.outer(below.values, delta.values)
    return MatricesPicture(
        look.recipe, moment, layer, WAYS[2], follows, text.slopes(look.recipe, layer), products,
        layer, delta.known, left=(below,), top=(delta,),
    )  # fmt: skip


def weight_name(picture: MatricesPicture, row: int, column: int) -> str:
    """Return what a number of the matrix is called."""
    symbol = weight_symbol(picture.recipe, picture.weights, column, row)
    return symbol.text if picture.way != WAYS[2] else Partial(COST_OF_ONE, symbol).text


def weight_selection(picture: MatricesPicture, row: int, column: int) -> Selection:
    """Return what a click on a number of the matrix asks about."""
    return Selection.of_weight(picture.recipe, picture.weights, row, column)


def place_of(picture: MatricesPicture, selection: Selection | None) -> tuple[int, int] | None:
    """Return the row and column of the matrix whose weight is selected."""
    if selection is None or selection.kind != "parameter" or picture.matrix is None:
        return None
    if not selection.fits(picture.recipe):
        return None
    place = locate(picture.recipe, selection.parameter)
    if place.layer != picture.weights or place.source is None:
        return None
    return place.source, place.target


def largest_of(values: Array) -> float:
    """Return the largest size among numbers, those that are none left out."""
    sizes = np.abs(np.asarray(values, np.float64))
    largest = float(np.max(sizes, initial=0.0, where=np.isfinite(sizes)))
    return largest if isfinite(largest) else 0.0
