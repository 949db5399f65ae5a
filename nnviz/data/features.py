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
_COORDINATES = ("x1", "x2")


def features_for(coordinates: int) -> tuple[Feature, ...]:
    """Return the features of points with so many coordinates."""
    return tuple(feature for feature in FEATURES.values() if feature.needs <= coordinates)


def _coordinates(name: str) -> set[str]:
    """Return the names of the coordinates that a feature is of."""
    return {coordinate for coordinate in _COORDINATES if coordinate in name}


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

    def follows(self, place: int) -> bool:
        """Tell whether an input is made of others: all coordinates that it is of are inputs."""
        made_of = _coordinates(self.names[place])
        return self.names[place] not in made_of and made_of <= {*self.names}

    def with_value(self, inputs: Points, place: int, value: float) -> Points:
        """Return inputs (inputs,) with another value of one, and all that are made of it anew."""
        changed = np.array(inputs, np.float64)
        changed[place] = value
        own = [_COORDINATES.index(name) if name in _COORDINATES else -1 for name in self.names]
        point = np.zeros((len(_COORDINATES), 1), np.float32)
        for input, coordinate in enumerate(own):
            if coordinate >= 0:
                point[coordinate] = changed[input]
        for input, name in enumerate(self.names):
            if self.follows(input) and self.names[place] in _coordinates(name):
                changed[input] = FEATURES[name].function(point)[0]
        return changed

    def points_of(self, inputs: Points) -> FloatArray | None:
        """Return the points (n, coordinates) of inputs; None where a coordinate is no input."""
        own = [feature.name for feature in features_for(self.coordinates)[: self.coordinates]]
        if not set(own) <= set(self.names):
            return None
        return inputs[:, [self.names.index(name) for name in own]].astype(np.float32)
