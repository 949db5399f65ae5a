"""Portable arithmetic: float32 results that are the same bits on every processor.

A matrix product adds its terms in whichever order the processor's kernels find fastest, and a
library's exponential is as good as its vector unit. Where the same seed must give the same bytes
everywhere, the order and the polynomials are written here instead: those of AVX2, on which the
first digits were made.
"""

from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from nnviz.data.greys import FloatArray

Exact = NDArray[np.float64]

_EXP_OVER = (
    5.082762527590693718096e-04,
    6.757896990527504603057e-03,
    5.114512081637298353406e-02,
    2.473615434895520810817e-01,
    7.257664613233124478488e-01,
    9.999999999980870924916e-01,
)
_EXP_UNDER = (2.159509375685829852307e-02, -2.742335390411667452936e-01, 1.0)
"""A rational function that is e^x up to half of ln 2 from 0: highest powers first."""
_LN_2 = (-6.93145752e-1, -1.42860677e-6)
"""−ln 2 in two parts, so that whole multiples can be taken away exactly."""

_SINE = tuple(
    map(float.fromhex, ("0x1.7d3bbcp-19", "-0x1.a06bbap-13", "0x1.11119ap-07", "-0x1.555556p-03"))
)
_COSINE = tuple(
    map(float.fromhex, ("0x1.98e616p-16", "-0x1.6c06dcp-10", "0x1.55553cp-05", "-0x1p-01", "0x1p0"))
)
"""Polynomials in x², up to a quarter of π from 0; the sine is x + x³ times its own."""
_HALF_PI = tuple(map(float.fromhex, ("-0x1.921fb0p+00", "-0x1.5110b4p-22", "-0x1.846988p-48")))
"""−π/2 in three parts."""


def exact(a: FloatArray, b: FloatArray | np.float32) -> Exact:
    """Return a·b: float64 holds the product of two float32 to the last bit."""
    return cast(Exact, np.multiply(a, b, dtype=np.float64))


def chain(terms: Iterable[Exact]) -> FloatArray:
    """Return the sum of exact terms, rounded to float32 after each."""
    following = iter(terms)
    total = next(following).astype(np.float32)
    for term in following:
        np.add(term, total, out=total, casting="same_kind")
    return total


def product(a: FloatArray, b: FloatArray) -> FloatArray:
    """Return the matrix product (..., m, k) @ (..., k, n), the k terms of each sum in order."""
    columns = [
        chain(exact(a[..., k], b[..., k, column, np.newaxis]) for k in range(a.shape[-1]))
        for column in range(b.shape[-1])
    ]
    return np.stack(columns, axis=-1)


def exp(x: FloatArray) -> FloatArray:
    """Return e^x of numbers whose exponential is neither 0 nor infinite."""
    twos = np.rint(x * np.float32(np.log2(np.e)))
    rest = _reduced(x, twos, _LN_2)
    found = _polynomial(_EXP_OVER, rest) / _polynomial(_EXP_UNDER, rest)
    return cast(FloatArray, np.ldexp(found, twos.astype(np.int32)))


def sin(x: FloatArray) -> FloatArray:
    """Return the sine of angles up to some thousands."""
    return _wave(x, 0)


def cos(x: FloatArray) -> FloatArray:
    """Return the cosine of angles up to some thousands."""
    return _wave(x, 1)


def hypot(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return the length of (x, y)."""
    squares = np.square(x, dtype=np.float64) + np.square(y, dtype=np.float64)
    return cast(FloatArray, np.sqrt(squares).astype(np.float32))


def _wave(x: FloatArray, quarters: int) -> FloatArray:
    """Return the sine so many quarters of a turn further on."""
    quadrant = np.rint(x * np.float32(2 / np.pi))
    rest = _reduced(x, quadrant, _HALF_PI)
    square = rest * rest
    sine = _fused(_polynomial(_SINE, square) * square, rest, rest)
    place = quadrant.astype(np.intp) + quarters
    found = np.where(place % 2, _polynomial(_COSINE, square), sine)
    return np.where(place & 2, -found, found)


def _reduced(x: FloatArray, times: FloatArray, parts: Sequence[float]) -> FloatArray:
    """Return x with a number, given in parts, added so many times."""
    for part in parts:
        x = _fused(times, np.float32(part), x)
    return x


def _polynomial(powers: Sequence[float], x: FloatArray) -> FloatArray:
    total = np.full_like(x, powers[0])
    for power in powers[1:]:
        total = _fused(total, x, np.float32(power))
    return total


def _fused(a: FloatArray, b: FloatArray | np.float32, c: FloatArray | np.float32) -> FloatArray:
    """Return a·b + c, rounded once."""
    found = exact(a, b)
    found += c
    return found.astype(np.float32)
