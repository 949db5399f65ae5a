"""Plans: arithmetic on fixed buffers, as a list of NumPy calls ready to be made.

A small network's minibatch is some thirty NumPy calls of well under a
microsecond each, so looking names up and wrapping numbers would cost more than
the arithmetic. A plan binds every call to its buffers once; running it makes
the calls in order, allocates nothing, and its pieces are the phases of a step.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Op = Callable[[], object]
Plan = list[Op]
A = TypeVar("A", bound=NDArray[Any])


def constant(value: float, like: Array) -> Array:
    """Return a number as NumPy takes it fastest: an array of no dimensions, of like's dtype."""
    return np.array(value, dtype=like.dtype)


def frozen(array: A) -> A:
    """Return an array that is read-only from now on."""
    array.flags.writeable = False
    return array


def freeze(*arrays: NDArray[Any]) -> None:
    """Make arrays read-only."""
    for array in arrays:
        frozen(array)


def same_bits(one: Array, two: Array) -> bool:
    """Tell whether two arrays hold the same numbers to the last bit, one that is no number too.

    Several times faster for millions of them than a comparison that lets nan equal nan.
    """
    if one is two:
        return True
    if (one.dtype, one.shape) != (two.dtype, two.shape):
        return False
    bits = np.dtype(f"u{one.itemsize}")
    first, second = (np.ascontiguousarray(part).view(bits) for part in (one, two))
    return np.array_equal(first, second)


def run(plan: Plan) -> None:
    """Make the calls of a plan in order."""
    for op in plan:
        op()
