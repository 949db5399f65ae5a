"""Which inputs spoke for an answer, and which against it: gradient times input.

The weighted sum z of an output changes with input x_i by ∂z/∂x_i, so x_i speaks with
x_i·∂z/∂x_i. Without hidden layers that is w_i·x_i, and all of them and the bias add up
to z. With hidden layers something is left over beside them: the biases, and what the
bends of the activations add. It is kept as `rest`, so that nothing is passed over.
"""

import numpy as np
from numpy.typing import ArrayLike

from nnviz.dataclass import dataclass
from nnviz.engine.explain.forward import Forward, check_neuron
from nnviz.engine.network import Network
from nnviz.engine.ops import Array, frozen


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """What every input contributes to one output, or to one output and not another.

    Attributes:
        output: the output in question.
        other: the output it is compared with; None for none.
        parts: x_i·∂z/∂x_i of every input, (inputs,), read-only; of z_output − z_other where
            two are compared.
        z: the weighted sum z of the output, or the difference of the two.
    """

    output: int
    other: int | None
    parts: Array
    z: float

    @property
    def spoke_for(self) -> float:
        """Sum of all that raised z."""
        return float(self.parts[self.parts > 0].sum())

    @property
    def spoke_against(self) -> float:
        """Sum of all that lowered z, not above 0."""
        return float(self.parts[self.parts < 0].sum())

    @property
    def total(self) -> float:
        """Sum of all parts."""
        return float(self.parts.sum())

    @property
    def rest(self) -> float:
        """What else z is made of: the bias without hidden layers, else biases and bends."""
        return self.z - self.total


def explain_pixels(
    network: Network, x: ArrayLike, output: int, other: int | None = None
) -> Contributions:
    """Return what every input contributes to an output, or to it and not to an `other` one."""
    look = Forward(network, x)
    for asked in (output,) if other is None else (output, other):
        check_neuron(network.recipe, look.last, asked)
    # From the weighted sum of the output back to the inputs, as errors are propagated.
    slope = np.zeros(network.recipe.layers[-1])
    slope[output] += 1
    if other is not None:
        slope[other] -= 1
    z = float(look.propagation.z[-1][0].astype(np.float64) @ slope)
    with np.errstate(all="ignore"):
        for layer in range(look.last, 0, -1):
            slope = network.weights[layer - 1].astype(np.float64) @ slope
            if layer > 1:
                slope = slope * look.slopes(layer - 1)
        parts = np.asarray(look.x[0] * slope)
    return Contributions(output, other, frozen(parts), z)
