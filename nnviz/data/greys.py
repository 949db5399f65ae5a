"""Pictures as a data set holds them: a byte a pixel, turned into numbers when they are used.

Of the 256 greys k/255 that inputs made from pictures have, only k need be kept: a quarter
of the memory, and less of it to fetch for every minibatch. The numbers are the same bit
for bit as if they had been kept themselves.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

FloatArray = NDArray[np.float32]

_WHITE = np.float32(255)
_CHUNK = 4096  # rows turned into numbers at once where all are wanted one after the other


def greys_of(values: NDArray[Any], black: float, white: float, *, turn: bool) -> FloatArray:
    """Return grey values 0..1 of a file's values, float32.

    White lies above black by `white`; `turn` exchanges dark and light.
    """
    greys: FloatArray = np.divide(values, np.float32(white), dtype=np.float32, casting="unsafe")
    if black:
        greys -= np.float32(black / white)
    return np.subtract(1, greys, out=greys) if turn else greys


class Greys:
    """Rows of grey values, (n, inputs); read like an array, they are floating-point numbers.

    Attributes:
        codes: 255 times the values, (n, inputs) uint8, read-only.
        dtype: of the numbers that are read, float32 or float64; those of float64 are the
            same numbers.
    """

    def __init__(self, codes: NDArray[np.uint8], dtype: DTypeLike = np.float32) -> None:
        self.codes = codes
        self.codes.flags.writeable = False
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self._floats: NDArray[Any] | None = None

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def shape(self) -> tuple[int, ...]:
        """(n, inputs)."""
        return self.codes.shape

    def __getitem__(self, key: Any) -> NDArray[Any]:
        """Return the numbers at some places, as an array's own indexing does; read-only."""
        found = np.asarray(np.divide(self.codes[key], _WHITE), self.dtype)
        found.flags.writeable = False
        return found

    def __iter__(self) -> Iterator[NDArray[Any]]:
        for rows in self.chunks():
            yield from rows

    def chunks(self) -> Iterator[NDArray[Any]]:
        """Return the numbers, some thousand rows at a time."""
        for first in range(0, len(self), _CHUNK):
            yield self[first : first + _CHUNK]

    def take(self, rows: NDArray[np.intp], axis: int, out: NDArray[Any], mode: Any) -> None:
        """Write the numbers of some rows into `out`, as an array's `take` does along axis 0."""
        np.divide(self.codes.take(rows, axis, mode=mode), _WHITE, out=out)

    def part(self, rows: NDArray[np.intp]) -> "Greys":
        """Return some of the rows, as compact as all."""
        return Greys(self.codes[rows], self.dtype)

    def astype(self, dtype: DTypeLike) -> "Greys":
        """Return the same rows, not copied, to be read as another floating-point type."""
        return self if self.dtype == dtype else Greys(self.codes, dtype)

    def floats(self) -> NDArray[Any]:
        """Return all numbers at once, (n, inputs), read-only: from then on they are kept too."""
        if self._floats is None:
            self._floats = self[:]
        return self._floats


def compact(x: FloatArray) -> FloatArray | Greys:
    """Return inputs as `Greys` where each is one of the 256, to the last bit, else as they are."""
    codes = np.empty(x.shape, np.uint8)
    for first in range(0, len(x), _CHUNK):
        part, found = x[first : first + _CHUNK], codes[first : first + _CHUNK]
        with np.errstate(all="ignore"):
            np.rint(part * _WHITE, out=found, casting="unsafe")
        if np.divide(found, _WHITE).tobytes() != part.tobytes():
            return x
    return Greys(codes)
