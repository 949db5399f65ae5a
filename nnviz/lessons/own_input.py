"""An input of one's own that a scene shows: typed numbers, or the picture on screen moved."""

import numpy as np
from numpy.typing import NDArray

from nnviz.lessons.lesson import Changes
from nnviz.lessons.observed import Observed
from nnviz.lessons.values import ExpressionError


def own_input(changes: Changes, seen: Observed) -> NDArray[np.float64] | None:
    """Return the input, (inputs,), that a scene shows in place of an example; None for none.

    Raises:
        ExpressionError: a number of it has no value, or there is no picture that could move.
    """
    if changes.input:
        return np.array([float(one.value(seen)) for one in changes.input])  # type: ignore[arg-type]
    if changes.shift == (0, 0):
        return None
    shape = seen.snapshot.image_shape
    if shape is None:
        raise ExpressionError("only pictures can be moved: leave shift out.")
    return moved(np.asarray(seen.focus.x, np.float64).reshape(shape), *changes.shift).ravel()


def moved(picture: NDArray[np.float64], right: int, down: int) -> NDArray[np.float64]:
    """Return a picture, (rows, columns), moved by so many pixels; what comes in is 0."""
    rows, columns = picture.shape
    found = np.zeros_like(picture)
    right, down = int(np.clip(right, -columns, columns)), int(np.clip(down, -rows, rows))
    found[max(down, 0) : rows + min(down, 0), max(right, 0) : columns + min(right, 0)] = picture[
        max(-down, 0) : rows - max(down, 0), max(-right, 0) : columns - max(right, 0)
    ]
    return found
