"""BLAS as NumPy brings it: held to one thread, and its product that adds to what is there.

The matrix products of a small net are too short to be shared out between cores,
and the order in which several threads add up is not fixed. One thread also
leaves a core to the window.

C ← C + AᵀB is one call of BLAS, but NumPy offers only C ← AᵀB, and the sum is then
one pass more over all weights. So that call is made directly, where NumPy's own
library has it under the name that its wheels give it, and where it proves to come to
the same numbers to the last bit; elsewhere nothing is lost but time.
"""

import ctypes
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController, threadpool_limits

from nnviz.engine.ops import Array, Op

_NAMES = {"float32": "scipy_cblas_sgemm64_", "float64": "scipy_cblas_dgemm64_"}
_NUMBERS = {"float32": ctypes.c_float, "float64": ctypes.c_double}
_BY_ROWS, _AS_IT_IS, _TRANSPOSED = (ctypes.c_int(value) for value in (101, 111, 112))
_SMALLEST = 2048  # entries of C, below which a call by way of ctypes costs more than it saves


@cache
def use_one_thread() -> None:
    """Hold BLAS to one thread for the rest of this process; later calls do nothing."""
    threadpool_limits(limits=1, user_api="blas")


def adding_product(a: Array, b: Array, to: Array) -> Op | None:
    """Return a call that adds aᵀb to an array as `a.T.dot(b, g)` and `to += g` would, bit for bit.

    Args:
        a: (n, rows).
        b: (n, columns).
        to: (rows, columns).

    Returns:
        None where there is no such call, or where it would not be faster.
    """
    (n, rows), columns = a.shape, b.shape[1]
    if min(rows, columns) < 2 or rows * columns < _SMALLEST or not n:
        return None  # NumPy multiplies by a vector in another way
    if not all(array.flags.c_contiguous for array in (a, b, to)):
        return None
    return _call(a, b, to) if _proved(n, rows, columns, str(to.dtype)) else None


def _call(a: Array, b: Array, to: Array) -> Op | None:
    gemm = _gemm(str(to.dtype))
    if gemm is None:
        return None
    one = _NUMBERS[str(to.dtype)](1)
    n, rows, columns = (ctypes.c_int64(size) for size in (*a.shape, b.shape[1]))
    # data_as keeps the array alive as long as the call.
    p, q, r = (array.ctypes.data_as(ctypes.c_void_p) for array in (a, b, to))
    return partial(
        gemm, _BY_ROWS, _TRANSPOSED, _AS_IT_IS, rows, columns, n, one, p, rows, q, columns, one, r,
        columns,
    )  # fmt: skip


@cache
def _gemm(dtype: str) -> Callable[..., Any] | None:
    """Return the general matrix product of the library that NumPy computes with."""
    home = Path(np.__file__).parent
    homes = home, home.with_name("numpy.libs")
    for library in ThreadpoolController().lib_controllers:
        path = Path(library.filepath)
        if library.user_api == "blas" and any(each in path.parents for each in homes):
            gemm: Callable[..., Any] | None
            gemm = getattr(ctypes.CDLL(str(path)), _NAMES.get(dtype, ""), None)
            return gemm
    return None


@cache
def _proved(n: int, rows: int, columns: int, dtype: str) -> bool:
    """Try the call on numbers of these shapes: what it adds must be the same to the last bit.

    It is not where BLAS adds up many examples in several parts.
    """
    draw = np.random.default_rng(0)
    a, b, to = (
        draw.random(shape, np.float32).astype(dtype) - np.array(0.5, dtype)
        for shape in ((n, rows), (n, columns), (rows, columns))
    )
    a[:, ::3], to[::2] = 0, -0.0  # as blank pixels are, and weights that begin at nothing
    expected = to + a.T.dot(b)
    call = _call(a, b, to)
    if call is None:
        return False
    call()
    return bool(to.tobytes() == expected.tobytes())
