"""Forward propagation of one example, each of its numbers with its symbol.

All explanations of one example read from here. The numbers are those the network
itself computes, in its own precision, so that they agree with what is drawn.
"""

from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.explain.expression import Row
from nnviz.engine.explain.formula import sides
from nnviz.engine.network import Network
from nnviz.engine.notation import (
    COST_OF_ONE,
    activation_symbol,
    desired_symbol,
    error_symbol,
    parameter_symbol,
    sum_symbol,
)
from nnviz.engine.ops import Array
from nnviz.engine.parameters import Parameter, locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Partial, Quantity, Symbol
from nnviz.errors import NnvizError


class Forward:
    """One example propagated forwards and backwards.

    Attributes:
        network: as given, left alone.
        recipe: of the network.
        last: number of the output layer; the input is layer 0.
        x: the example's inputs, (1, inputs).
        y: its desired outputs, (1, outputs).
        propagation: its z, a, δ and cost terms.
    """

    def __init__(self, network: Network, x: ArrayLike, y: ArrayLike | None = None) -> None:
        """Propagate one example; without y where only the way forwards matters."""
        self.network = network
        self.recipe = network.recipe
        self.last = len(self.recipe.layers) - 1
        dtype = self.recipe.dtype
        wanted = np.zeros(self.recipe.layers[-1], dtype) if y is None else y
        self.x, self.y = (np.asarray(_one_row(row), dtype) for row in (x, wanted))
        self.propagation = network.propagation(self.x, self.y)

    def below(self, layer: int) -> Array:
        """Return the activations a layer works on, (neurons,)."""
        return np.asarray(self.x[0] if layer == 1 else self.propagation.a[layer - 2][0])

    def weight(self, layer: int, target: int, source: int) -> Quantity:
        """w^l_jk."""
        return parameter_quantity(self.network, Parameter(layer, source, target))

    def bias(self, layer: int, neuron: int) -> Quantity:
        """b^l_j."""
        return parameter_quantity(self.network, Parameter(layer, None, neuron))

    def z(self, layer: int, neuron: int) -> Quantity:
        """z^l_j."""
        value = self.propagation.z[layer - 1][0, neuron]
        return Quantity(sum_symbol(layer, neuron), float(value), Selection("neuron", layer, neuron))

    def a(self, layer: int, neuron: int) -> Quantity:
        """x_j of an input, ŷ_j of an output, a^l_j in between."""
        value = self.below(layer + 1)[neuron]
        symbol = activation_symbol(self.recipe, layer, neuron)
        return Quantity(symbol, float(value), Selection("neuron", layer, neuron))

    def source(self, place: Parameter) -> Quantity:
        """Return what a parameter weighs: an activation of the layer before, 1 for a bias."""
        if place.source is None:
            return Quantity(Symbol("1"), 1.0)
        return self.a(place.layer - 1, place.source)

    def desired(self, output: int) -> Quantity:
        """y_j."""
        picks = Selection("output", self.last, output)
        return Quantity(desired_symbol(output), float(self.y[0, output]), picks)

    def delta(self, layer: int, neuron: int) -> Quantity:
        """δ^l_j = ∂C₀/∂z^l_j."""
        value = self.propagation.delta[layer - 1][0, neuron]
        return Quantity(
            error_symbol(layer, neuron), float(value), Selection("neuron", layer, neuron)
        )

    def slopes(self, layer: int) -> Array:
        """Return f′(z^l), (neurons,); for softmax each neuron's own part, a·(1 − a)."""
        a = self.propagation.a[layer - 1]
        entry = ACTIVATIONS[self.recipe.activations[layer - 1]]
        with np.errstate(all="ignore"):
            return np.asarray((a * (1 - a) if entry.output_only else entry.slope(a))[0])

    def slope(self, layer: int, neuron: int) -> Quantity:
        """∂a/∂z of one neuron."""
        by = sum_symbol(layer, neuron)
        of = activation_symbol(self.recipe, layer, neuron)
        value = float(self.slopes(layer)[neuron])
        return Quantity(Partial(of, by), value, Selection("neuron", layer, neuron))

    @cached_property
    def cost_slopes(self) -> Array:
        """∂C₀/∂ŷ of every output, (outputs,)."""
        with np.errstate(all="ignore"):
            return np.asarray(COSTS[self.recipe.cost].slope(self.propagation.a[-1], self.y)[0])

    def cost_slope(self, output: int) -> Quantity:
        """∂C₀/∂ŷ_j."""
        symbol = activation_symbol(self.recipe, self.last, output)
        picks = Selection("output", self.last, output)
        return Quantity(Partial(COST_OF_ONE, symbol), float(self.cost_slopes[output]), picks)

    @property
    def mixes(self) -> bool:
        """True where each output depends on all of the last layer's weighted sums (softmax)."""
        return ACTIVATIONS[self.recipe.output_activation].output_only

    @property
    def smooth(self) -> bool:
        """True where the outputs have a slope that says something; those of a step have none."""
        return ACTIVATIONS[self.recipe.output_activation].trainable

    @cached_property
    def cancelled(self) -> Row | None:
        """δ of an output as the table writes it for cost and activation, if it does."""
        pair = COSTS[self.recipe.cost].stable.get(self.recipe.output_activation)
        return sides(pair.formula)[1] if pair else None

    @cached_property
    def factors_hold(self) -> NDArray[np.bool_]:
        """Which outputs' δ really is ∂C₀/∂ŷ times ∂ŷ/∂z, (outputs,).

        At a saturated output the one factor overflows and the other vanishes, so that only
        the form in which they cancel says anything. A step's slope says nothing at all.
        """
        delta = self.propagation.delta[-1][0]
        if not self.cancelled:
            return np.ones(delta.shape, dtype=np.bool_)
        if not self.smooth:
            return np.zeros(delta.shape, dtype=np.bool_)
        with np.errstate(all="ignore"):
            if self.mixes:
                a = self.propagation.a[-1][0]
                chained = a * (self.cost_slopes - (a * self.cost_slopes).sum())
            else:
                chained = self.cost_slopes * self.slopes(self.last)
            tolerance = np.sqrt(np.finfo(delta.dtype).eps) * np.abs(delta)
            return np.asarray((np.abs(chained - delta) <= tolerance) | ~np.isfinite(delta))


def check_neuron(recipe: Recipe, layer: int, neuron: int) -> None:
    """Refuse a neuron that is not there or computes nothing, and say which ones there are."""
    last = len(recipe.layers) - 1
    if not 0 <= layer <= last:
        raise NnvizError(
            f"There is no layer {layer}: the layers are counted from 0, the input, to {last}, the "
            "output."
        )
    if not 0 <= neuron < recipe.layers[layer]:
        raise NnvizError(
            f"There is no neuron {neuron} in layer {layer}: its neurons are counted from 0 to "
            f"{recipe.layers[layer] - 1}."
        )
    if layer == 0:
        raise NnvizError(
            f"Neuron {neuron} of layer 0 is an input: its value is given, so there is no sum "
            "behind it."
        )


def place_of(recipe: Recipe, parameter: int) -> Parameter:
    """Find the place in the network of an entry of theta."""
    try:
        return locate(recipe, parameter)
    except IndexError:
        raise NnvizError(
            f"There is no parameter {parameter}: the network's weights and biases are counted "
            f"from 0 to {recipe.parameters - 1}."
        ) from None


def parameter_quantity(network: Network, place: Parameter) -> Quantity:
    """Return a weight or bias with its present value."""
    if place.source is None:
        value = network.biases[place.layer - 1][place.target]
    else:
        value = network.weights[place.layer - 1][place.source, place.target]
    picks = Selection.of_weight(network.recipe, place.layer, place.source, place.target)
    return Quantity(parameter_symbol(network.recipe, place), float(value), picks)


def _one_row(values: ArrayLike) -> Array:
    row = np.asarray(values)
    if row.ndim != 1:
        raise NnvizError(
            "One example is explained at a time: give one row of numbers, not an array of shape "
            f"{row.shape}."
        )
    return row[np.newaxis]
