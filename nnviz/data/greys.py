"""Pictures as a data set holds them: a byte a pixel, turned into numbers when they are used.

Of the 256 greys k/255 that inputs made from pictures have, only k need be kept: a quarter
of the memory, and less of it to fetch for every minibatch. The numbers are the same bit
for bit as if they had been kept themselves. Pictures that nnviz makes up need not even be
there yet: they are made when somebody first reads them.
"""

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
from numpy.typing import DTypeLike, NDArray

FloatArray = NDArray[np.float32]

_WHITE = np.float32(255)
_CHUNK = 4096  # rows turned into numbers at once where all are wanted one after the other
_MADE_AT_ONCE = 500  # rows made between two reports of how far it is


def greys_of(values: NDArray[Any], black: float, white: float, *, turn: bool) -> FloatArray:
    """Return grey values 0..1 of a file's values, float32.

    White lies above black by `white`; `turn` exchanges dark and light.
    """
    greys: FloatArray = np.divide(values, np.float32(white), dtype=np.float32, casting="unsafe")
    if black:
        greys -= np.float32(black / white)
    return np.subtract(1, greys, out=greys) if turn else greys


class Maker(Protocol):
    """Makes the pictures of a data set when they are first read; any thread may ask."""

    @property
    def done(self) -> bool:
        """Whether all are made."""

    def write(self, rows: NDArray[np.intp], /) -> None:
        """See to it that the pictures of some rows are there, (n,)."""


class Greys:
    """Rows of grey values, (n, inputs); read like an array, they are floating-point numbers.

    Attributes:
        dtype: of the numbers that are read, float32 or float64; those of float64 are the
            same numbers.
    """

    def __init__(
        self,
        codes: NDArray[np.uint8],
        dtype: DTypeLike = np.float32,
        maker: Maker | None = None,
    ) -> None:
        """Hold 255 times the values, (n, inputs), and who makes what is not there yet."""
        self._codes = codes
        self._codes.flags.writeable = False
        self._maker = maker
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self._floats: NDArray[Any] | None = None

    def __len__(self) -> int:
        return len(self._codes)

    @property
    def shape(self) -> tuple[int, ...]:
        """(n, inputs)."""
        return self._codes.shape

    @property
    def codes(self) -> NDArray[np.uint8]:
        """255 times the values, (n, inputs) uint8, read-only."""
        return self._made(slice(None))

    @property
    def whole(self) -> bool:
        """Whether all pictures are there, so that none takes longer to read than another."""
        return self._maker is None or self._maker.done

    def make(self) -> Iterator[float]:
        """Have all pictures made, some hundred at a time; how many are there, 0..1."""
        for first in range(0, 0 if self.whole else len(self), _MADE_AT_ONCE):
            self._made(slice(first, first + _MADE_AT_ONCE))
            yield min(1.0, (first + _MADE_AT_ONCE) / len(self))

    def _made(self, key: Any) -> NDArray[np.uint8]:
        """Return the codes at some places, which are made first if need be."""
        if self._maker is not None and not self._maker.done:
            rows = key[:1] if isinstance(key, tuple) else key
            self._maker.write(np.atleast_1d(np.arange(len(self))[rows]))
        found: NDArray[np.uint8] = self._codes[key]
        return found

    def __getitem__(self, key: Any) -> NDArray[Any]:
        """Return the numbers at some places, as an array's own indexing does; read-only."""
        found = np.asarray(np.divide(self._made(key), _WHITE), self.dtype)
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
        if not self.whole:
            self._made(rows.clip(0, len(self) - 1))
        np.divide(self._codes.take(rows, axis, mode=mode), _WHITE, out=out)

    def part(self, rows: NDArray[np.intp]) -> "Greys":
        """Return some of the rows, as compact as all."""
        return Greys(self._made(rows), self.dtype)

    def astype(self, dtype: DTypeLike) -> "Greys":
        """Return the same rows, not copied, to be read as another floating-point type."""
        return self if self.dtype == dtype else Greys(self._codes, dtype, self._maker)

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
