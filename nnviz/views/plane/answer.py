"""What is asked of a network over the plane: which of two classes, which of many, or a number."""

from enum import Enum
from functools import cache

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.run.snapshot import Array, Sample, Snapshot

HALF = 0.5
"""The answer at which one of two classes gives way to the other."""


class Kind(Enum):
    """What colours of a map say."""

    TWO = "one of two classes"
    CLASSES = "one of several classes"
    NUMBER = "a number"
    SIGNED = "a neuron that can be negative"
    PLAIN = "a neuron that cannot"


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers that a scale of colours or an axis reaches from and to."""

    low: float
    high: float

    def share(self, values: Array) -> Array:
        """Return how far along it values are, 0 to 1 inside; what is no number as its middle."""
        with np.errstate(all="ignore"):
            share = (values - np.float32(self.low)) / np.float32(self.high - self.low)
        return np.asarray(np.nan_to_num(share, nan=0.5, posinf=1.0, neginf=0.0))


def kind_of(snapshot: Snapshot) -> Kind:
    """Return what is asked of the network's outputs, as its data say."""
    outputs = snapshot.recipe.layers[-1]
    if outputs > 1:
        return Kind.CLASSES if snapshot.class_names else Kind.NUMBER
    desired = desired_of(snapshot.sample)
    if not len(desired):
        return Kind.TWO if len(snapshot.description.class_names) == 2 else Kind.NUMBER
    either = bool(((desired == 0) | (desired == 1)).all())
    return Kind.TWO if either else Kind.NUMBER


def desired_of(sample: Sample | None) -> Array:
    """Return all that is desired of examples, tests first, (n, outputs)."""
    if sample is None:
        return np.zeros((0, 1))
    return sample.y if sample.train_y is None else np.concatenate((sample.y, sample.train_y))


def range_of(snapshot: Snapshot, output: int) -> Range:
    """Return the numbers that an output is desired to have, a little more to both sides."""
    y = desired_of(snapshot.sample)[:, output : output + 1]
    low, high = (float(np.min(y)), float(np.max(y))) if y.size else (0.0, 1.0)
    room = 0.05 * (high - low) or 0.5
    return Range(low - room, high + room)


@cache
def half_of(activation: str) -> float | None:
    """Return the sum z at which an activation is ½ and below which it is less; None for others."""
    if activation == "linear":
        return HALF
    ends = np.array([[-1e-6], [1e-6]])
    a = np.empty_like(ends)
    ACTIVATIONS[activation].function(ends, a)
    return 0.0 if a[0, 0] < HALF < a[1, 0] else None


def classes_of(kind: Kind, y: Array, output: int) -> np.ndarray:
    """Return the class of each example; of numbers whether one is large, (n,)."""
    if kind is Kind.CLASSES:
        return np.asarray(y.argmax(axis=1))
    return np.asarray(y[:, output] > HALF, np.intp)


def winners(a: Array) -> tuple[np.ndarray, Array]:
    """Return for answers (n, classes) which class wins, and its share of all of them, (n,) each."""
    best = a.argmax(axis=1)
    with np.errstate(all="ignore"):
        positive = np.clip(np.nan_to_num(a), 0, None)
        share = positive[np.arange(len(a)), best] / positive.sum(axis=1)
    return np.asarray(best), np.nan_to_num(share)


def margins(a: Array) -> Array:
    """Return by how much each class is ahead of the best other one, (n, classes)."""
    order = np.sort(a, axis=1)
    first, second = order[:, -1:], order[:, -2:-1]
    return np.where(a == first, a - second, a - first)
