"""Forward propagation and backpropagation of some examples in preallocated buffers.

With rows of examples, layer l computes z^l = a^(l−1) W^l + b^l and a^l = f(z^l).
Backwards, the output layer's error is δ^L = ∂C/∂a^L ⊙ f′(z^L), an earlier one's
δ^l = (δ^(l+1) W^(l+1)ᵀ) ⊙ f′(z^l), and the gradient ∂C/∂W^l = a^(l−1)ᵀ δ^l,
∂C/∂b^l = Σ_rows δ^l (Nielsen, Neural Networks and Deep Learning, chapter 2,
transposed so that examples are rows). A workspace belongs to one caller:
predicting with one never disturbs training with another.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.ops import Array, Op, Plan, constant
from nnviz.engine.recipe import Recipe

SPREAD = 1 << 11
"""Most sums of a layer to which its bias is added written out, once for every example."""


class Workspace:
    """Buffers for a fixed number of examples, and the plans that work in them.

    Attributes:
        z: weighted sums of each layer after the input, (rows, neurons).
        a: activations of the same layers.
        delta: errors ∂C/∂z of the same layers, scaled as `plan_backward` was asked.
        masks: factors of the hidden activations for dropout, or empty without it.
        terms: each output's part of each example's cost, (rows, outputs).
        total: what `plan_head` leaves of the cost, an array of no dimensions;
            `cost_share` times it is the summed cost of the examples.
    """

    def __init__(
        self,
        recipe: Recipe,
        rows: int,
        weights: Sequence[Array],
        biases: Sequence[Array],
        *,
        dropout: bool = False,
    ) -> None:
        """Make the buffers for so many rows.

        Weights (inputs, outputs) and biases (outputs,) of each layer are used as they are at any
        time; with `dropout` hidden activations are multiplied by `masks`.
        """
        dtype = np.dtype(recipe.dtype)
        shapes = [(rows, size) for size in recipe.layers[1:]]
        self.rows = rows
        self.z = [np.zeros(shape, dtype) for shape in shapes]
        self.a = [np.zeros(shape, dtype) for shape in shapes]
        self.delta = [np.zeros(shape, dtype) for shape in shapes]
        self.terms = np.zeros(shapes[-1], dtype)
        self.total = np.zeros((), dtype)
        self.masks = [np.ones(shape, dtype) for shape in shapes[:-1]] if dropout else []
        self._passed = [np.zeros_like(mask) for mask in self.masks] or self.a[:-1]
        self._scratch = [np.zeros(shape, dtype) for shape in shapes]
        self._ones = np.ones(rows, dtype)
        self._weights, self._biases = weights, biases
        self._activations = [ACTIVATIONS[name] for name in recipe.activations]
        self._cost = COSTS[recipe.cost]
        self._stable = self._cost.stable.get(recipe.output_activation)
        squares = self._cost.square_share if self._stable is None else None
        self.cost_share = squares(recipe.layers[-1]) if squares is not None else 1.0

    def plan_forward(self, x: Array | None) -> Plan:
        """Plan to propagate x (rows, inputs); the outputs are then in `a[-1]`.

        Where x is None the caller writes the first layer's sums to `z[0]` itself.
        """
        plan: Plan = []
        below = x
        for i, activation in enumerate(self._activations):
            z, a = self.z[i], self.a[i]
            if below is not None:
                plan.append(partial(below.dot, self._weights[i], z))
                plan += self._plan_bias(z, self._biases[i])
            plan += activation.forward(z, a)
            below = a
            if i < len(self.masks):
                below = self._passed[i]
                plan.append(partial(np.multiply, a, self.masks[i], below))
        return plan

    def _plan_bias(self, z: Array, bias: Array) -> Plan:
        if z.size > SPREAD:
            return [partial(np.add, z, bias, z)]
        # NumPy's way of adding one row to many is slower than to write it out and add that.
        rows = np.zeros_like(z)
        return [partial(np.copyto, rows, bias), partial(np.add, z, rows, z)]

    def plan_terms(self, y: Array) -> Plan:
        """Plan to write each output's part of the cost to `terms`; y is desired (rows, outputs)."""
        if self._stable is not None:
            return self._stable.plan_terms(self.z[-1], y, self.terms, self._scratch[-1])
        return self._cost.plan_terms(self.a[-1], y, self.terms, self._scratch[-1])

    def plan_head(self, y: Array) -> Plan:
        """Plan to write the cost to `total`, δ of the output layer to `delta[-1]`; y is desired."""
        a, delta, scratch = self.a[-1], self.delta[-1], self._scratch[-1]
        if self._stable is not None:
            return self._plan_total(y) + self._stable.plan_delta(a, y, delta, scratch)
        to_z = self._activations[-1].backward(a, delta, scratch)
        if self._cost.square_share is None:
            return self._plan_total(y) + self._cost.plan_gradient(a, y, delta, scratch) + to_z
        # The difference a − y is all that a cost of squares needs for itself and for its slope.
        share = constant(self.cost_share, a)
        flat = delta.reshape(-1)
        plan: Plan = [
            partial(np.subtract, a, y, delta),
            partial(flat.dot, flat, self.total),
        ]
        if 2 * share != 1:
            plan.append(partial(np.multiply, delta, 2 * share, delta))
        return plan + to_z

    def _plan_total(self, y: Array) -> Plan:
        flat = self.terms.reshape(-1)
        # A product with ones adds up several times faster than a reduction of so few numbers.
        return [*self.plan_terms(y), partial(flat.dot, np.ones_like(flat), self.total)]

    def plan_backward(
        self,
        x: Array | None,
        weight_gradients: Sequence[Array],
        bias_gradients: Sequence[Array],
        scale: Array,
        instead: Op | None = None,
    ) -> Plan:
        """Plan to write `scale` times the gradient of the summed cost of the examples.

        Scaling δ of the output layer scales everything behind it, and is far cheaper
        than scaling the gradient of a wide first layer.

        Args:
            x: inputs propagated, (rows, inputs); None where there were none: the first layer's
                δ is then computed, its gradient is not.
            weight_gradients: written, shaped like the weights; none to compute δ alone, which
                is far less work for few examples.
            bias_gradients: written, (outputs,) each; none likewise.
            scale: an array of no dimensions, read when the plan runs: 1/rows for the
                gradient of the mean, −η/rows for the nudge.
            instead: what is called instead of writing the first layer's weight gradient, once
                its δ is known.
        """
        plan: Plan = [partial(np.multiply, self.delta[-1], scale, self.delta[-1])]
        for i, delta in reversed(list(enumerate(self.delta))):
            below = self._passed[i - 1] if i else x
            if below is not None and weight_gradients:
                product = partial(below.T.dot, delta, weight_gradients[i])
                plan.append(product if i or instead is None else instead)
                plan.append(partial(self._ones.dot, delta, bias_gradients[i]))
            if i:
                previous = self.delta[i - 1]
                plan.append(partial(delta.dot, self._weights[i].T, previous))
                if self.masks:
                    plan.append(partial(np.multiply, previous, self.masks[i - 1], previous))
                plan += self._activations[i - 1].backward(
                    self.a[i - 1], previous, self._scratch[i - 1]
                )
        return plan
