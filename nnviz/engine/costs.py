"""Cost functions: how wrong the outputs of one example are.

Every cost here is a sum of one term per output, so one table entry needs two
functions: `terms` (what each output contributes) and `gradient` (∂C/∂a, output
by output). The cost of several examples is the mean of theirs. Where a cost is
made for one output activation, `stable` holds the pair's form written in z,
which stays exact when the output saturates.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Terms = Callable[[Array, Array, Array, Array], None]
Gradient = Callable[[Array, Array, Array], None]


@dataclass(frozen=True, slots=True)
class Stable:
    """One cost with one output activation, written in the weighted sums z.

    Attributes:
        terms: terms(z, y, out, scratch) writes the cost's terms, (n, outputs).
        delta: delta(a, y, out) writes ∂C/∂z, (n, outputs).
        formula: ∂C/∂z as text.
    """

    terms: Terms
    delta: Gradient
    formula: str


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost function.

    Attributes:
        name: the name in recipes and on the command line.
        label: the name on screen.
        formula: the cost of n examples as text.
        derivative: ∂C/∂a of one output and one example as text.
        range: the interval of its values.
        use: one sentence on when to use it.
        terms: terms(a, y, out, scratch) writes each output's part, (n, outputs).
        gradient: gradient(a, y, out) writes ∂C/∂a, (n, outputs).
        probabilities: True where outputs must lie within (0, 1).
        stable: forms in z, by name of the output activation.
    """

    name: str
    label: str
    formula: str
    derivative: str
    range: str
    use: str
    terms: Terms
    gradient: Gradient
    probabilities: bool = False
    stable: Mapping[str, Stable] = field(default_factory=dict)


def _absolute_terms(a: Array, y: Array, out: Array, _scratch: Array) -> None:
    np.subtract(a, y, out)
    np.abs(out, out)


def _absolute_gradient(a: Array, y: Array, out: Array) -> None:
    np.subtract(a, y, out)
    np.sign(out, out)


def _squares_terms(a: Array, y: Array, out: Array, _scratch: Array) -> None:
    np.subtract(a, y, out)
    np.multiply(out, out, out)


def _squares_gradient(a: Array, y: Array, out: Array) -> None:
    np.subtract(a, y, out)
    np.multiply(out, 2, out)


def _quadratic_terms(a: Array, y: Array, out: Array, scratch: Array) -> None:
    _squares_terms(a, y, out, scratch)
    np.multiply(out, 0.5, out)


def _quadratic_gradient(a: Array, y: Array, out: Array) -> None:
    np.subtract(a, y, out)


def _mean_squared_terms(a: Array, y: Array, out: Array, scratch: Array) -> None:
    _squares_terms(a, y, out, scratch)
    np.multiply(out, 1 / a.shape[1], out)


def _mean_squared_gradient(a: Array, y: Array, out: Array) -> None:
    np.subtract(a, y, out)
    np.multiply(out, 2 / a.shape[1], out)


def _floor(a: Array) -> float:
    """Smallest probability told from zero: keeps logarithms and quotients finite."""
    return float(np.finfo(a.dtype).eps)


def _cross_entropy_terms(a: Array, y: Array, out: Array, scratch: Array) -> None:
    low = _floor(a)
    np.subtract(1, a, out)
    np.maximum(out, low, out=out)
    np.log(out, out)
    np.subtract(1, y, scratch)
    np.multiply(out, scratch, out)
    np.maximum(a, low, out=scratch)
    np.log(scratch, scratch)
    np.multiply(scratch, y, scratch)
    np.add(out, scratch, out)
    np.negative(out, out)


def _cross_entropy_gradient(a: Array, y: Array, out: Array) -> None:
    low = _floor(a)
    np.clip(a, low, 1 - low, out=out)
    slope = out * (1 - out)
    np.subtract(out, y, out)
    np.divide(out, slope, out)


def _sigmoid_cross_entropy_terms(z: Array, y: Array, out: Array, scratch: Array) -> None:
    # −y ln σ(z) − (1−y) ln(1−σ(z)) = ln(1 + e^z) − y z
    np.logaddexp(z, 0, out)
    np.multiply(z, y, scratch)
    np.subtract(out, scratch, out)


def _categorical_terms(a: Array, y: Array, out: Array, _scratch: Array) -> None:
    np.maximum(a, _floor(a), out=out)
    np.log(out, out)
    np.multiply(out, y, out)
    np.negative(out, out)


def _categorical_gradient(a: Array, y: Array, out: Array) -> None:
    np.maximum(a, _floor(a), out=out)
    np.divide(y, out, out)
    np.negative(out, out)


def _softmax_categorical_terms(z: Array, y: Array, out: Array, scratch: Array) -> None:
    # −y_j ln a_j with ln a_j = z_j − max − ln Σ e^(z − max)
    np.subtract(z, z.max(axis=1, keepdims=True), out)
    np.exp(out, scratch)
    np.subtract(np.log(scratch.sum(axis=1, keepdims=True)), out, out)
    np.multiply(out, y, out)


def _softmax_categorical_delta(a: Array, y: Array, out: Array) -> None:
    # For rows y that sum to 1 this is a − y; the general form costs one product more.
    np.multiply(a, y.sum(axis=1, keepdims=True), out)
    np.subtract(out, y, out)


def _sigmoid_categorical_terms(z: Array, y: Array, out: Array, _scratch: Array) -> None:
    # −y ln σ(z) = y ln(1 + e^−z)
    np.negative(z, out)
    np.logaddexp(out, 0, out)
    np.multiply(out, y, out)


def _sigmoid_categorical_delta(a: Array, y: Array, out: Array) -> None:
    np.subtract(a, 1, out)
    np.multiply(out, y, out)


COSTS: dict[str, Cost] = {
    entry.name: entry
    for entry in (
        Cost(
            "absolute",
            "absolute difference",
            "C = (1/n) Σ_x Σ_j |a_j − y_j|",
            "∂C/∂a_j = sign(a_j − y_j)",
            "[0, ∞)",
            "The plain difference, easiest to explain; its slope does not shrink near the goal.",
            _absolute_terms,
            _absolute_gradient,
        ),
        Cost(
            "sum_of_squares",
            "sum of squares",
            "C = (1/n) Σ_x Σ_j (a_j − y_j)²",
            "∂C/∂a_j = 2·(a_j − y_j)",
            "[0, ∞)",
            "Punishes large misses more than small ones; twice the quadratic cost.",
            _squares_terms,
            _squares_gradient,
        ),
        Cost(
            "quadratic",
            "quadratic",
            "C = (1/2n) Σ_x Σ_j (a_j − y_j)²",
            "∂C/∂a_j = a_j − y_j",
            "[0, ∞)",
            "The classic teaching cost; learns slowly where a sigmoid output is badly wrong.",
            _quadratic_terms,
            _quadratic_gradient,
        ),
        Cost(
            "mean_squared",
            "mean squared",
            "C = (1/n·m) Σ_x Σ_j (a_j − y_j)², m outputs",
            "∂C/∂a_j = (2/m)·(a_j − y_j)",
            "[0, ∞)",
            "Squares averaged over the outputs too, so that nets of different width compare.",
            _mean_squared_terms,
            _mean_squared_gradient,
        ),
        Cost(
            "cross_entropy",
            "cross-entropy",
            "C = −(1/n) Σ_x Σ_j [y_j ln a_j + (1 − y_j) ln(1 − a_j)]",
            "∂C/∂a_j = (a_j − y_j) / (a_j·(1 − a_j))",
            "[0, ∞)",
            "For sigmoid outputs: the slope of σ cancels, so a badly wrong output learns fast.",
            _cross_entropy_terms,
            _cross_entropy_gradient,
            probabilities=True,
            stable={
                "sigmoid": Stable(_sigmoid_cross_entropy_terms, _quadratic_gradient, "δ = a − y")
            },
        ),
        Cost(
            "categorical_cross_entropy",
            "categorical cross-entropy",
            "C = −(1/n) Σ_x Σ_j y_j ln a_j",
            "∂C/∂a_j = −y_j / a_j",
            "[0, ∞)",
            "For softmax outputs: only the probability given to the right class counts.",
            _categorical_terms,
            _categorical_gradient,
            probabilities=True,
            stable={
                "softmax": Stable(
                    _softmax_categorical_terms, _softmax_categorical_delta, "δ = a − y"
                ),
                "sigmoid": Stable(
                    _sigmoid_categorical_terms, _sigmoid_categorical_delta, "δ = y·(a − 1)"
                ),
            },
        ),
    )
}
"""Every cost function by name."""
