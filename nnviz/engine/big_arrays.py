"""Big arrays: memory of millions of numbers that is used again instead of being asked for anew.

Of a net of millions of weights a moment that is shown, a keyframe and a way back each take a copy.
The system hands out so much memory page by page, and that takes ten times as long as to copy the
numbers. So what a big array lay in is kept for the next one when nobody holds it any more.
"""

from collections import deque
from collections.abc import Callable

import numpy as np

from nnviz.engine.ops import Array

BIG = 8 * 2**20
"""Fewest bytes of an array whose memory is kept: what is smaller is had at once."""
SPARE, SPARE_BYTES = 4, 320 * 2**20
"""Most arrays whose memory is kept at a time, and most bytes that it may take."""
PIECE = 2**20
"""Numbers of spare memory that are made ready at a time, in a few thousandths of a second."""

_spare: deque[Array] = deque()


class _Lent:
    """Memory that arrays lie in; once none does any more it is kept for others."""

    def __init__(self, memory: Array) -> None:
        self._memory = memory
        self.__array_interface__ = memory.__array_interface__

    def __del__(self) -> None:
        _keep(self._memory)


def _keep(memory: Array) -> None:
    """Keep memory in place of the one kept longest, where it is not too much."""
    if memory.nbytes > SPARE_BYTES:
        return
    _spare.append(memory)
    try:
        while len(_spare) > SPARE or sum(one.nbytes for one in tuple(_spare)) > SPARE_BYTES:
            _spare.popleft()
    except (IndexError, RuntimeError):  # another thread keeps or takes at the same time
        pass


def empty_like(array: Array, dtype: str | None = None) -> Array:
    """Return an array of the same shape, and type unless one is given, with anything in it."""
    wanted = array.dtype if dtype is None else np.dtype(dtype)
    if array.size * wanted.itemsize < BIG:
        return np.empty(array.shape, wanted)
    for _ in range(len(_spare)):
        try:
            memory = _spare.pop()
        except IndexError:
            break
        if memory.shape == array.shape and memory.dtype == wanted:
            return np.asarray(_Lent(memory))
        _spare.appendleft(memory)
    return np.asarray(_Lent(np.empty(array.shape, wanted)))


def copied(array: Array, dtype: str | None = None) -> Array:
    """Return a copy of an array, of another type where one is given."""
    if dtype is None and array.nbytes < BIG:
        return array.copy()  # keyframes of a small net are kept often: this is half as long
    copy = empty_like(array, dtype)
    np.copyto(copy, array)
    return copy


def make_spare(array: Array, interrupted: Callable[[], bool]) -> None:
    """Have memory ready for some arrays like a big one, as far as there is time.

    Args:
        array: what copies will be made of.
        interrupted: asked again and again; True leaves it at what is ready.
    """
    if array.nbytes < BIG:
        return
    while len(_spare) < SPARE and (len(_spare) + 1) * array.nbytes <= SPARE_BYTES:
        memory = np.empty(array.shape, array.dtype)
        parts = memory.reshape(-1)
        for start in range(0, parts.size, PIECE):
            if interrupted():
                return
            parts[start : start + PIECE] = 0
        _keep(memory)
