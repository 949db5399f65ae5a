"""The curves of the activation functions that are shown, and the point on each."""

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.activation_curve import ALONE, ActivationCurve, curve
from nnviz.engine.activations import Activation
from nnviz.views.activation.layer import LayerSums

POINTS = 201
"""Points of a curve."""
BESIDE = (0.0, 0.0, 0.0)
"""The sums of a layer that softmax is shown on where none has it."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a curve: z, f(z) and f′(z)."""

    z: float
    a: float
    slope: float

    def tangent(self, z: float) -> float:
        """Return the height of the tangent."""
        return self.a + self.slope * (z - self.z)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """One function that is shown: its curve over the whole range, and its place at the point."""

    activation: Activation
    curve: ActivationCurve
    point: Point | None


def beside(entry: Activation, layer: LayerSums | None) -> tuple[tuple[float, ...], int]:
    """Return the sums that a function works on, and the neuron whose curve is shown."""
    if not entry.output_only:
        return ALONE, 0
    if layer is None or not layer.known or not layer.activation.output_only:
        return BESIDE, 0
    return tuple(layer.z.astype(np.float64).tolist()), max(layer.neuron, 0)


def shown(
    entry: Activation, layer: LayerSums | None, z: float | None, reach: float, *, live: bool
) -> Shown:
    """Return a function with its curve and, where there is a z, the point there.

    A `live` point is the layer's selected neuron.
    """
    sums, neuron = beside(entry, layer)
    whole = curve(entry, np.linspace(-reach, reach, POINTS), sums, neuron)
    if z is None:
        return Shown(entry, whole, None)
    at = curve(entry, [z], sums, neuron)
    a, slope = float(at.a[0]), float(at.slope[0])
    if live and layer is not None and entry is layer.activation:
        a = float(layer.a[layer.neuron])  # to the digit what stands everywhere else
        if not entry.output_only:
            slope = float(entry.slope(np.array([[a]]))[0, 0])
    return Shown(entry, whole, Point(z, a, slope))
