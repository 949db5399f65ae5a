"""Forward propagation and backpropagation of one minibatch in preallocated buffers.

With rows of examples, layer l computes z^l = a^(l−1) W^l + b^l and a^l = f(z^l).
Backwards, the output layer's error is δ^L = ∂C/∂a^L ⊙ f′(z^L), an earlier one's
δ^l = (δ^(l+1) W^(l+1)ᵀ) ⊙ f′(z^l), and the gradient ∂C/∂W^l = a^(l−1)ᵀ δ^l,
∂C/∂b^l = Σ_rows δ^l (Nielsen, Neural Networks and Deep Learning, chapter 2,
transposed so that examples are rows). A workspace belongs to one caller:
predicting with one never disturbs training with another.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.recipe import Recipe

Array = NDArray[np.floating[Any]]


class Workspace:
    """Buffers for a fixed number of examples and the computations in them.

    Attributes:
        z: weighted sums of each layer after the input, (rows, neurons).
        a: activations of the same layers.
        delta: errors ∂C/∂z of the same layers, scaled as `backward` was asked.
    """

    def __init__(self, recipe: Recipe, rows: int) -> None:
        shapes = [(rows, size) for size in recipe.layers[1:]]
        dtype = np.dtype(recipe.dtype)
        self.rows = rows
        self.z = [np.zeros(shape, dtype) for shape in shapes]
        self.a = [np.zeros(shape, dtype) for shape in shapes]
        self.delta = [np.zeros(shape, dtype) for shape in shapes]
        self._scratch = [np.zeros(shape, dtype) for shape in shapes]
        self._ones = np.ones(rows, dtype)
        self._functions = [ACTIVATIONS[name].function for name in recipe.activations]
        self._backwards = [ACTIVATIONS[name].backward for name in recipe.activations]
        self._cost = COSTS[recipe.cost]
        self._stable = self._cost.stable.get(recipe.output_activation)

    def forward(self, weights: Sequence[Array], biases: Sequence[Array], x: Array) -> Array:
        """Propagate x (rows, inputs) and return the outputs (rows, outputs), a buffer."""
        a = x
        for w, b, z, out, function in zip(
            weights, biases, self.z, self.a, self._functions, strict=True
        ):
            np.dot(a, w, z)
            np.add(z, b, z)
            function(z, out)
            a = out
        return a

    def cost_terms(self, y: Array) -> Array:
        """Each output's part of each example's cost, (rows, outputs), a buffer.

        Args:
            y: desired outputs of the examples propagated last, (rows, outputs).
        """
        out, scratch = self._scratch[-1], self.delta[-1]
        if self._stable is not None:
            self._stable.terms(self.z[-1], y, out, scratch)
        else:
            self._cost.terms(self.a[-1], y, out, scratch)
        return out

    def backward(
        self,
        weights: Sequence[Array],
        x: Array,
        y: Array,
        weight_gradients: Sequence[Array],
        bias_gradients: Sequence[Array],
        scale: float,
    ) -> None:
        """Write `scale` times the gradient of the summed cost of the examples.

        Scaling δ of the output layer scales everything behind it, and is far cheaper
        than scaling the gradient of a wide first layer.

        Args:
            weights: matrices (inputs, outputs) of each layer.
            x: inputs propagated last, (rows, inputs).
            y: their desired outputs, (rows, outputs).
            weight_gradients: written, shaped like weights.
            bias_gradients: written, (outputs,) each.
            scale: 1/rows for the gradient of the mean, −η/rows for the nudge.
        """
        last = len(self.z) - 1
        delta = self.delta[last]
        if self._stable is not None:
            self._stable.delta(self.a[last], y, delta)
        else:
            self._cost.gradient(self.a[last], y, delta)
            self._backwards[last](self.a[last], delta, self._scratch[last])
        np.multiply(delta, scale, delta)
        for layer in range(last, -1, -1):
            delta = self.delta[layer]
            below = self.a[layer - 1] if layer else x
            np.dot(below.T, delta, weight_gradients[layer])
            np.dot(self._ones, delta, bias_gradients[layer])
            if layer:
                previous = self.delta[layer - 1]
                np.dot(delta, weights[layer].T, previous)
                self._backwards[layer - 1](below, previous, self._scratch[layer - 1])
