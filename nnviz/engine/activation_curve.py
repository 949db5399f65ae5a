"""The curve of an activation f: its values and slopes over z, and where it saturates.

An activation that mixes the neurons of a row (softmax) is a curve too: that of one neuron over its
own z, while the sums beside it stay.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import inf

import numpy as np
from numpy.typing import ArrayLike

from nnviz.dataclass import dataclass
from nnviz.engine.activations import Activation
from nnviz.engine.ops import Array, run

FADED = 0.01
"""A neuron is saturated where |f′| is below this share of its greatest."""
ALONE = (0.0,)
"""The sums of a layer that is one neuron."""
FAR = 60.0
"""How far from 0 slopes are looked at; what is saturated there is so for ever."""
EACH_UNIT = 40
"""Places in a unit of z at which they are."""
HALVINGS = 40
"""How often the ends of an interval are narrowed down."""
AT_ONCE = 1_000_000
"""Sums that are looked at, at most, where many neurons are mixed."""


@dataclass(frozen=True, slots=True, eq=False)
class ActivationCurve:
    """Values and slopes of one activation.

    Attributes:
        z: where, rising, (n,).
        a, slope: f(z) and f′(z) there, (n,).
    """

    z: Array
    a: Array
    slope: Array


@dataclass(frozen=True, slots=True)
class Saturation:
    """Where an activation is saturated.

    Attributes:
        greatest: the greatest |f′| there is.
        intervals: from where to where |f′| is below `FADED` of that, in order; ±∞ where for ever.
    """

    greatest: float
    intervals: tuple[tuple[float, float], ...]

    def holds(self, z: ArrayLike) -> Array:
        """Tell of which z it is, a boolean array of their shape."""
        places = np.asarray(z, dtype=np.float64)
        found = np.zeros(places.shape, dtype=bool)
        for low, high in self.intervals:
            found |= (places >= low) & (places <= high)
        return found


def curve(
    activation: Activation, z: ArrayLike, beside: Sequence[float] = ALONE, neuron: int = 0
) -> ActivationCurve:
    """Return f and f′ of a neuron over its own z, (n,).

    Args:
        activation: f.
        z: where, rising.
        beside: the sums of its whole layer, which matter where f mixes them; its own does not.
        neuron: which of them it is.
    """
    places = np.asarray(z, dtype=np.float64)
    if not activation.output_only:
        beside, neuron = ALONE, 0
    sums = np.tile(np.asarray(beside, dtype=np.float64), (len(places), 1))
    sums[:, neuron] = places
    a, slope = np.empty_like(sums), np.zeros_like(sums)
    slope[:, neuron] = 1  # ∂a/∂a, which going backwards turns into ∂a/∂z
    with np.errstate(all="ignore"):
        activation.function(sums, a)
        run(activation.backward(a, slope, np.empty_like(a)))
    return ActivationCurve(places, a[:, neuron].copy(), slope[:, neuron].copy())


@lru_cache(maxsize=64)
def saturation(
    activation: Activation, beside: tuple[float, ...] = ALONE, neuron: int = 0
) -> Saturation:
    """Return where an activation is saturated; the arguments are those of `curve`."""
    count = min(int(2 * FAR * EACH_UNIT), AT_ONCE // len(beside)) // 2 * 2 + 1
    z = np.linspace(-FAR, FAR, max(count, 101))
    slopes = np.abs(curve(activation, z, beside, neuron).slope)
    greatest = float(np.nanmax(slopes, initial=0.0))
    if not greatest > 0:
        return Saturation(greatest, ())

    def faded(places: Array) -> Array:
        found = np.abs(curve(activation, places, beside, neuron).slope)
        # A slope that is this very share is none that has faded, whatever its last digit.
        return np.asarray(found < FADED * greatest * (1 - 1e-9))

    flat = faded(z)
    changes = np.flatnonzero(flat[1:] != flat[:-1])
    if not flat.any():
        return Saturation(greatest, ())
    low, high = z[changes], z[changes + 1]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        same = faded(middle) == flat[changes]
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    ends = [round(float(end), 9) + 0.0 for end in high]
    ends = [*([-inf] if flat[0] else []), *ends, *([inf] if flat[-1] else [])]
    return Saturation(greatest, tuple(zip(ends[::2], ends[1::2], strict=True)))
