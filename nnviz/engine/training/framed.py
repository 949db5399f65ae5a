"""Framed pictures: grey levels with a blank frame around, which pixels may be moved in from."""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.greys import Greys
from nnviz.engine.ops import Array

Grey = NDArray[np.uint8]


class Framed:
    """Pictures in 255 grey levels with a frame; each is put into it when it is first taken.

    So nobody waits for pictures that are not trained on yet, and that may not even be made.

    Attributes:
        shape: rows and columns with the frame.
    """

    def __init__(self, x: Array | Greys, shape: tuple[int, int]) -> None:
        """Take pictures, (n, inputs) of 0..1, with so many rows and columns."""
        self._x, self._inner = x, shape
        self.shape = shape[0] + 2, shape[1] + 2
        self._pictures: Grey = np.zeros((len(x), *self.shape), np.uint8)
        self._framed = np.zeros(len(x), np.bool_)

    def __len__(self) -> int:
        return len(self._x)

    def take(self, rows: NDArray[np.intp], out: Grey | None = None) -> Grey:
        """Return some pictures, (n, pixels), in `out` if given; a row behind all means the last."""
        framed = self._framed.take(rows, mode="clip")
        if not framed.all():
            self._frame(rows[~framed].clip(0, len(self) - 1))
        # mode="clip" writes straight into the buffer.
        return self._pictures.reshape(len(self), -1).take(rows, 0, out, "clip")

    def _frame(self, rows: NDArray[np.intp]) -> None:
        levels = np.rint(self._x[rows] * self._x.dtype.type(255))
        self._pictures[rows, 1:-1, 1:-1] = levels.reshape(-1, *self._inner)
        self._framed[rows] = True
