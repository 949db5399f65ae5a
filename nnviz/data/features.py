"""Features: what a network is given of a point, x₁ and x₂ themselves and functions of them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.greys import FloatArray
from nnviz.data.portable_math import sin
from nnviz.dataclass import dataclass

Points = NDArray[np.floating[Any]]
_Function = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True, slots=True)
class Feature:
    """One function of a point.

    Attributes:
        name: in references and files.
        symbol: on screen, and as the name of the input.
        needs: how many coordinates a point must have for it.
        function: of the coordinates, each (n,), stacked as (coordinates, n) float32.
    """

    name: str
    symbol: str
    needs: int
    function: _Function


FEATURES: dict[str, Feature] = {
    feature.name: feature
    for feature in (
        Feature("x1", "x₁", 1, lambda x: x[0]),
        Feature("x2", "x₂", 2, lambda x: x[1]),
        Feature("x1^2", "x₁²", 1, lambda x: x[0] * x[0]),
        Feature("x2^2", "x₂²", 2, lambda x: x[1] * x[1]),
        Feature("x1x2", "x₁x₂", 2, lambda x: x[0] * x[1]),
        Feature("sinx1", "sin x₁", 1, lambda x: sin(x[0])),
        Feature("sinx2", "sin x₂", 2, lambda x: sin(x[1])),
    )
}
"""All there are, in the order in which they are inputs."""


def features_for(coordinates: int) -> tuple[Feature, ...]:
    """Return the features of points with so many coordinates."""
    return tuple(feature for feature in FEATURES.values() if feature.needs <= coordinates)


@dataclass(frozen=True, slots=True)
class FeatureInputs:
    """How the inputs of a network follow from a point.

    Attributes:
        coordinates: how many a point has, 1 or 2.
        names: of `FEATURES`, one an input, in order.
    """

    coordinates: int
    names: tuple[str, ...]

    @property
    def symbols(self) -> tuple[str, ...]:
        """What the inputs are called on screen."""
        return tuple(FEATURES[name].symbol for name in self.names)

    def of(self, points: Points) -> FloatArray:
        """Return the inputs (n, inputs) of points (n, coordinates), both float32.

        They are the same bits on every processor.
        """
        x = np.ascontiguousarray(points.T, dtype=np.float32)
        inputs = np.empty((points.shape[0], len(self.names)), np.float32)
        for place, name in enumerate(self.names):
            inputs[:, place] = FEATURES[name].function(x)
        return inputs

    def points_of(self, inputs: Points) -> FloatArray | None:
        """Return the points (n, coordinates) of inputs; None where a coordinate is no input."""
        own = [feature.name for feature in features_for(self.coordinates)[: self.coordinates]]
        if not set(own) <= set(self.names):
            return None
        return inputs[:, [self.names.index(name) for name in own]].astype(np.float32)
