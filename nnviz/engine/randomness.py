"""Seeded randomness: every draw is a pure function of (seed, purpose, index).

Nothing reads or moves a global generator, so the order of epoch 7 is the same
whether epochs 0 to 6 were trained in this process, in another, or not at all.
"""

from enum import IntEnum

import numpy as np


class Purpose(IntEnum):
    """What random numbers are for; each purpose has its own independent stream."""

    START = 0
    ORDER = 1
    DROPOUT = 2
    INPUT_NOISE = 3
    LABEL_NOISE = 4
    SUBSET = 5
    DIRECTION = 6


def generator(seed: int, purpose: Purpose, index: int = 0) -> np.random.Generator:
    """Return the generator of one purpose and one index (an epoch or a step)."""
    return np.random.default_rng((seed, int(purpose), index))
