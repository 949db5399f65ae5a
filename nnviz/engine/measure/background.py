"""Background: pictures that are no digits, to learn from what digits are.

Noise, shuffled pixels, one digit over another, and halves of two that do not belong together,
all made of digits; also letters, houses, dashes and the like as a pen draws them.
"""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.handwriting import SIDE
from nnviz.data.scrawls import scrawls
from nnviz.engine.ops import Array

SCRAWLS = 100
"""How many of each shape are drawn."""
_SPOILT = 0.06  # part of the digits of which each kind of spoilt pictures is made
_SEED = 20_261_129


def background(x: Array, labels: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return pictures that are no digits, (n, 784), made of some that are: (m, 784) and (m,)."""
    draw = np.random.default_rng(_SEED)
    count = max(1, round(_SPOILT * len(x)))
    noise = draw.random((count, x.shape[1])) * draw.uniform(0.2, 1, (count, 1))
    specks = draw.random((count, x.shape[1])) < draw.uniform(0.02, 0.5, (count, 1))
    shuffled = draw.permuted(x[draw.integers(0, len(x), count)], axis=1)
    drawn = scrawls(SCRAWLS, _SEED).reshape(-1, x.shape[1])
    parts = (noise, specks, shuffled, _joined(x, labels, count, draw), drawn)
    return np.concatenate([np.asarray(part, np.float32) for part in parts])


def _joined(x: Array, labels: NDArray[np.intp], count: int, draw: np.random.Generator) -> Array:
    """Join pairs of different digits: side by side, one above the other, one over the other."""
    one, other = draw.integers(0, len(x), (2, 6 * count))
    apart = labels[one] != labels[other]
    pictures = x.reshape(-1, SIDE, SIDE)
    first, second = (pictures[rows[apart][: 3 * count]].copy() for rows in (one, other))
    third, half = len(first) // 3, SIDE // 2
    first[:third, :, half:] = second[:third, :, half:]
    first[third : 2 * third, half:] = second[third : 2 * third, half:]
    np.maximum(first[2 * third :], second[2 * third :], out=first[2 * third :])
    return np.asarray(first.reshape(len(first), -1))
