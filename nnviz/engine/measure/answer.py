"""The answer: which class outputs stand for, and whether that is decided.

The class is the one with the largest output; of a single output it is 1 from one half
on, else 0. This is what accuracy counts. It is decided only where the outputs say so: where
the largest is above one half, the middle between the desired 0 and 1 (of probabilities:
where one class is likelier than all others together), and stands alone there; of a
single output where it is not one half itself. Everybody who says what an example is read
as asks here.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.ops import Array
from nnviz.engine.training.scores import classes_read
from nnviz.numbers import percent, write

HALF = 0.5
_NEAR = 0.005
"""Numbers nearer to each other read alike: what reads 0.50 is one half."""
UNDECIDED = "undecided"
UNKNOWN_DIGIT = "not a digit I know"
"""What is said of a picture that has no digit's shape, whatever it is read as."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the outputs for one example say.

    Attributes:
        best: the class with the largest output; −1 where one is no number.
        decided: False where the outputs do not say so themselves.
        value: the output of that class; of a single output its own.
        tied: classes that share the largest output, where that is above one half.
    """

    best: int
    decided: bool
    value: float
    tied: tuple[int, ...]

    def name(self, names: Sequence[str]) -> str:
        """Return what the example is read as: a class, or "undecided"."""
        return class_name(self.best, names) if self.decided else UNDECIDED

    def why_undecided(self, names: Sequence[str]) -> str:
        """Say why nothing is decided: "no output is above ½, the largest is that of “7”"."""
        if self.best < 0:
            return "not every output is a number"
        several = [f"“{class_name(label, names)}”" for label in self.tied]
        if len(several) > 1:
            return f"{', '.join(several[:-1])} and {several[-1]} share the largest output"
        if len(names) != 2:
            return f"no output is above ½, the largest is that of “{class_name(self.best, names)}”"
        return f"the output is {write(self.value, 2)}"


def class_name(label: int, names: Sequence[str]) -> str:
    """Return the name of a class; its number where it has none."""
    return names[label] if 0 <= label < len(names) else str(label)


def answer(outputs: Array) -> Answer:
    """Say what the outputs (outputs,) for one example stand for."""
    a = np.asarray(outputs, dtype=np.float64)
    if not np.isfinite(a).all():
        return Answer(-1, False, float("nan"), ())
    best = int(classes_read(a[np.newaxis])[0])
    value = float(a[best] if len(a) > 1 else a[0])
    tied = tuple(np.flatnonzero(a > max(value - _NEAR, HALF)).tolist()) if len(a) > 1 else ()
    return Answer(best, bool(decided(a[np.newaxis])[0]), value, tied)


def class_desired(y: Array) -> int:
    """Return the class that desired outputs (outputs,) mean."""
    return int(classes_read(np.asarray(y)[np.newaxis])[0])


def decided(outputs: Array) -> NDArray[np.bool_]:
    """Tell of each row of outputs (n, outputs) whether its answer is decided, (n,)."""
    with np.errstate(invalid="ignore"):
        finite = np.isfinite(outputs).all(axis=1)
        if outputs.shape[1] == 1:
            return np.asarray(finite & (np.abs(outputs[:, 0] - HALF) >= _NEAR))
        largest = outputs.max(axis=1)
        near = (outputs > largest[:, np.newaxis] - _NEAR).sum(axis=1)
        return np.asarray(finite & (largest > HALF) & (near == 1))


def how_sure(found: Answer, output_activation: str) -> str:
    """Write how large the output behind an answer is.

    Only the outputs of softmax are probabilities; all others are activations and no sureness.
    """
    if ACTIVATIONS[output_activation].output_only:
        return f"probability {percent(found.value)}"
    return f"ŷ = {write(found.value, 3)}"
