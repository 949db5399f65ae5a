"""What eyes make of colours: how far they stand out, and what is left without one kind of cones."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.views.palette import _TO_LAB, _TO_LMS

SEEN = {
    "all": np.eye(3),
    "no red": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "no green": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "no blue": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""How people without red, green or blue cones (protanopia, deuteranopia, tritanopia) see linear
sRGB: Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
deficiency", 2009, at severity 1.0."""


def linear(colours: ArrayLike) -> NDArray[np.float64]:
    """Return sRGB bytes, (..., 3), as amounts of light, 0..1."""
    value = np.asarray(colours, np.float64) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def contrast(one: ArrayLike, other: ArrayLike) -> float:
    """Return the contrast of two colours, 1..21, as WCAG 2 defines it."""
    first, second = (float(linear(c) @ [0.2126, 0.7152, 0.0722]) + 0.05 for c in (one, other))
    return max(first, second) / min(first, second)


def contrasts(one: ArrayLike, others: ArrayLike) -> NDArray[np.float64]:
    """Return the contrast of a colour with each of others, (n, 3)."""
    own, light = (linear(c) @ [0.2126, 0.7152, 0.0722] + 0.05 for c in (one, others))
    return np.asarray(np.maximum(own, light) / np.minimum(own, light))


def seen_as(colour: ArrayLike, seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a colour as it is seen, in OKLab, where a step of 0.02 can just be told."""
    light = np.clip(seen @ linear(colour), 0, 1)
    return np.asarray(_TO_LAB @ np.cbrt(_TO_LMS @ light))
