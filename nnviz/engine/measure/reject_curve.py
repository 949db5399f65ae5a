"""The reject curve: how many answers are right of those that are given, by least trust."""

from math import nan

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.ops import frozen

LEVELS = 100
"""Equal steps of 0..1 in which the least trust is set."""


@dataclass(frozen=True, slots=True, eq=False)
class RejectCurve:
    """How many examples are answered, and how many of them right, at each least trust.

    Attributes:
        answered: examples that deserve at least so much trust, (`LEVELS` + 1,), from 0 to 1.
        right: how many of them are read right, likewise.
    """

    answered: NDArray[np.intp]
    right: NDArray[np.intp]

    @property
    def shares(self) -> NDArray[np.float64]:
        """The share of the examples that is answered, by level; nan without any."""
        total = int(self.answered[0])
        return self.answered / total if total else np.full(LEVELS + 1, nan)

    @property
    def accuracies(self) -> NDArray[np.float64]:
        """The share of the answered ones that is right, by level; nan where none is answered."""
        some = np.maximum(self.answered, 1)
        return np.where(self.answered > 0, self.right / some, nan)


def reject_curve(trust: NDArray[np.float64], right: NDArray[np.bool_]) -> RejectCurve:
    """Count by least trust: trust 0..1 and whether the answer is right, (n,) each."""
    level = (np.clip(trust, 0, 1) * LEVELS + 1e-9).astype(np.intp)
    each, good = (
        np.bincount(part, minlength=LEVELS + 1)[::-1].cumsum()[::-1].copy()
        for part in (level, level[right])
    )
    return RejectCurve(frozen(each), frozen(good))
