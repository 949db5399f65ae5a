"""Trust: how likely a reading is to be right, and whether the picture is a digit at all.

The largest output is no such number: nets are surer than they are right, or less sure. One
number T, the temperature (Guo et al., 2017), by which every logit is divided, mends
that; it is chosen so that held-out digits are least surprising. What has no digit's
shape (see `familiar`) deserves no trust, whatever the outputs are.
"""

import numpy as np
from numpy.typing import NDArray

from nnviz.data.description import DataDescription
from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.measure.familiar import Familiarity, holds_digits
from nnviz.engine.measure.own_digits import own_digits
from nnviz.engine.network import Network
from nnviz.engine.ops import Array
from nnviz.engine.training.scores import classes_read

HOTTEST = 100.0
"""Temperatures lie between this and its inverse."""
_TINY = 1e-7
_HALVINGS = 40


@dataclass(frozen=True, slots=True, eq=False)
class Trust:
    """How much the readings of one net deserve trust.

    Attributes:
        activation: that of the outputs.
        temperature: by what logits are divided.
        familiar: what digits look like.
    """

    activation: str
    temperature: float
    familiar: Familiarity

    def of(self, x: Array, outputs: Array) -> NDArray[np.float64]:
        """Return how likely readings are right, (n,) of 0..1: exactly 0 for what is no digit.

        Args:
            x: the pictures, (n, 784).
            outputs: what the net says of them, (n, 10).
        """
        return np.where(self.familiar.knows(x), self.sureness(outputs), 0.0)

    def sureness(self, outputs: Array) -> NDArray[np.float64]:
        """Return how likely readings of digits are right by their outputs alone, (n,)."""
        p = _probabilities(logits(outputs, self.activation) / self.temperature)
        sure = p[np.arange(len(p)), classes_read(outputs)]
        return np.asarray(np.nan_to_num(sure, nan=1 / p.shape[1]))  # no number: any may be right


def judge(network: Network, familiar: Familiarity, x: Array, labels: NDArray[np.intp]) -> Trust:
    """Return how much a net's readings deserve trust, by digits (n, 784) held out."""
    activation = network.recipe.output_activation
    z = logits(network.predict(x), activation)
    return Trust(activation, _temperature(z, labels), familiar)


def judge_by_own_digits(network: Network, description: DataDescription) -> Trust | None:
    """Judge a net by digits that nnviz writes; None where it was trained on anything else."""
    return judge(network, *own_digits()) if holds_digits(description) else None


def logits(outputs: Array, activation: str) -> NDArray[np.float64]:
    """Return of outputs, (n, classes), numbers that grow with them, float64.

    Of sigmoid and softmax these are the weighted sums, the latter up to what all have in common;
    of other activations the outputs themselves.
    """
    a = outputs.astype(np.float64)
    kind = ACTIVATIONS[activation]
    if kind.output_only:
        return np.asarray(np.log(np.maximum(a, _TINY)))
    if (kind.low, kind.high) == (0.0, 1.0):
        inside = np.clip(a, _TINY, 1 - _TINY)
        return np.asarray(np.log(inside / (1 - inside)))
    return a


def _probabilities(z: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(all="ignore"):
        p = np.exp(z - z.max(axis=1, keepdims=True))
        return np.asarray(p / p.sum(axis=1, keepdims=True))


def _temperature(z: NDArray[np.float64], wanted: NDArray[np.intp]) -> float:
    """Return the T that makes the mean of −ln p of the wanted classes least.

    As a function of 1/T it is convex, and its slope is the mean of Σ p z − z of the wanted one.
    """
    if not np.isfinite(z).all():
        return 1.0
    of_wanted = z[np.arange(len(z)), wanted].mean()
    low, high = -np.log(HOTTEST), np.log(HOTTEST)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2  # of ln 1/T
        slope = (_probabilities(z * np.exp(middle)) * z).sum(axis=1).mean() - of_wanted
        low, high = (middle, high) if slope < 0 else (low, middle)
    return float(np.exp(-(low + high) / 2))
