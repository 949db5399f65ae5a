"""The slopes of many weights and biases at once: ∂C/∂w of a scope, averaged over examples.

They are the numbers of `explain_slope`, which takes one of them apart. Only the scope's own part
of the gradient is worked out, so that one neuron of a net of millions costs little.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.engine.network import Network, Propagation
from nnviz.engine.ops import Array
from nnviz.engine.parameters import ALL, Scope


def mean_slopes(network: Network, x: ArrayLike, y: ArrayLike, scope: Scope) -> NDArray[np.float64]:
    """Return ∂C/∂w of each parameter of a scope, in the order of its entries, float64.

    The cost is the mean of the examples x (n, inputs), n ≥ 1, and y (n, outputs), without the
    terms of L1 and L2. One example gives ∂C₀/∂w.
    """
    propagation = network.propagation(x, y)
    below = [np.asarray(x, network.recipe.dtype), *propagation.a]
    with np.errstate(all="ignore"):
        parts = [_of_layer(propagation, below, part) for part in scope.parts(network.recipe)]
    return np.concatenate(parts)


def _of_layer(propagation: Propagation, below: list[Array], scope: Scope) -> NDArray[np.float64]:
    """Return aᵀδ of a layer by neuron, (neurons · (inputs + 1),), its biases' slopes last."""
    if scope.layer == 0:
        fed = below[0][:, scope.neuron].astype(np.float64)
        return np.asarray(fed @ propagation.delta[0].astype(np.float64) / len(fed))
    one = slice(None) if scope.neuron == ALL else slice(scope.neuron, scope.neuron + 1)
    delta = propagation.delta[scope.layer - 1][:, one].astype(np.float64)
    a = below[scope.layer - 1].astype(np.float64)
    weights = delta.T @ a
    biases = delta.sum(axis=0)[:, np.newaxis]
    return np.asarray(np.concatenate((weights, biases), axis=1).ravel() / len(delta))
