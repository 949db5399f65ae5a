"""What every neuron answers all over the plane, for networks whose inputs are made of two.

One forward pass over a grid of points gives the output of every neuron of every
layer at once; an input's map is the feature that it is. Rows of a map run downwards from
the largest x₂, as in a plot.
"""

from collections.abc import Sequence

import numpy as np

from nnviz.data.features import FeatureInputs
from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.measure.plane_map import Plane
from nnviz.engine.network import views
from nnviz.engine.run.snapshot import Array, Snapshot

SIDE = 48
"""Points along each side of a map."""
MOST_NUMBERS = 2_000_000
"""Most outputs computed at a time; the maps of larger networks are coarser."""


@dataclass(frozen=True, slots=True, eq=False)
class Maps:
    """The outputs of all neurons over a plane, `side` points along each side.

    `layers` holds (side, side, neurons) for each layer, inputs first, the largest x₂ on top.
    """

    plane: Plane
    side: int
    layers: tuple[Array, ...]


def has_maps(
    layers: Sequence[int],
    image_shape: tuple[int, int] | None,
    features: FeatureInputs | None = None,
) -> bool:
    """Say whether a network's inputs are points of a plane, or made of them."""
    if features is not None:
        return features.coordinates == 2
    return layers[0] == 2 and image_shape is None


def side_for(layers: tuple[int, ...]) -> int:
    """Return the points along a side for a network: fewer for a very large one."""
    return int(min(SIDE, max(8, np.sqrt(MOST_NUMBERS / max(1, sum(layers[1:]))))))


def maps_of(snapshot: Snapshot, plane: Plane, side: int, inputs: Array | None = None) -> Maps:
    """Compute the maps of all neurons of a network over a plane in one forward pass.

    Those of the inputs, (side, side, inputs), do not change in training and can be handed back.
    """
    recipe = snapshot.recipe
    if inputs is None:
        points = snapshot.description.features_of(plane.grid(side)).astype(recipe.dtype)
        inputs = points.reshape(side, side, -1)
    a, found = inputs.reshape(side * side, -1), [inputs]
    with np.errstate(all="ignore"):
        parts = zip(*views(recipe, snapshot.theta_used), recipe.activations, strict=True)
        for w, b, activation in parts:
            z = a @ w + b
            a = np.empty_like(z)
            ACTIVATIONS[activation].function(z, a)
            found.append(a.reshape(side, side, -1))
    return Maps(plane, side, tuple(found))
