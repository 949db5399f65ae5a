"""Cost functions: how wrong the outputs of one example are.

Every cost here is a sum of one term per output, so one table entry needs two
plans: `plan_terms` (what each output contributes) and `plan_gradient` (∂C/∂a,
output by output). The cost of several examples is the mean of theirs. Where a cost is
made for one output activation, `stable` holds the pair's form written in z,
which stays exact when the output saturates. The perceptron's cost has no other:
its error ∂C/∂z is the mistake itself, past the step, which has no slope.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import partial
from typing import Any

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array, Plan, constant, run
from nnviz.engine.table import Entry, table

Terms = Callable[[Array, Array, Array, Array], Plan]
Gradient = Callable[[Array, Array, Array, Array], Plan]


@dataclass(frozen=True, slots=True)
class Stable:
    """One cost with one output activation, written in the weighted sums z.

    Attributes:
        plan_terms: plan_terms(z, y, out, scratch) plans to write the cost's terms.
        plan_delta: plan_delta(a, y, out, scratch) plans to write ∂C/∂z.
        formula: ∂C/∂z as text.
    """

    plan_terms: Terms
    plan_delta: Gradient
    formula: str


@dataclass(frozen=True, slots=True)
class Cost(Entry):
    """One cost function; its formula is that of n examples.

    Attributes:
        part: what one output adds to the cost of one example as text; 1/m is of m outputs.
        derivative: ∂C/∂a of one output and one example as text.
        plan_terms: plan_terms(a, y, out, scratch) plans to write each output's part.
        plan_gradient: plan_gradient(a, y, out, scratch) plans to write ∂C/∂a.
        square_share: where the cost is a share of Σ_j (a_j − y_j)², that share for a number
            of outputs, else None.
        probabilities: True where outputs must lie within (0, 1).
        competing: True where only the outputs that should be 1 count, so that all rise together
            unless they compete, as those of softmax do.
        stable: forms in z, by name of the output activation.
        single_layer_of: the output activation that it demands, with no hidden layer; empty where
            it takes others.
        counts_mistakes: True where it may be 0 though an answer is wrong, so that the number of
            mistakes belongs beside it.
    """

    part: str
    derivative: str
    plan_terms: Terms
    plan_gradient: Gradient
    square_share: Callable[[int], float] | None = None
    probabilities: bool = False
    competing: bool = False
    stable: Mapping[str, Stable] = field(default_factory=dict)
    single_layer_of: str = ""
    counts_mistakes: bool = False

    def slope(self, a: Array, y: Array) -> Array:
        """Return ∂C_x/∂a of every output of every example, (n, outputs)."""
        out = np.empty_like(a)
        run(self.plan_gradient(a, y, out, np.empty_like(a)))
        return out


def _squares(share: Callable[[int], float]) -> dict[str, Any]:
    """Return the fields of a cost `share` · Σ_j (a_j − y_j)², share depending on the outputs."""

    def terms(a: Array, y: Array, out: Array, _scratch: Array) -> Plan:
        return [
            partial(np.subtract, a, y, out),
            partial(np.multiply, out, out, out),
            partial(np.multiply, out, constant(share(a.shape[1]), a), out),
        ]

    def gradient(a: Array, y: Array, out: Array, _scratch: Array) -> Plan:
        return [
            partial(np.subtract, a, y, out),
            partial(np.multiply, out, constant(2 * share(a.shape[1]), a), out),
        ]

    return {"plan_terms": terms, "plan_gradient": gradient, "square_share": share}


def _floor(a: Array) -> Array:
    """Smallest probability told from zero: keeps logarithms and quotients finite."""
    return constant(float(np.finfo(a.dtype).eps), a)


def _cross_entropy_terms(a: Array, y: Array, out: Array, scratch: Array) -> Plan:
    one, low = constant(1, a), _floor(a)
    return [
        partial(np.subtract, one, a, out),
        partial(np.maximum, out, low, out=out),
        partial(np.log, out, out),
        partial(np.subtract, one, y, scratch),
        partial(np.multiply, out, scratch, out),
        partial(np.maximum, a, low, out=scratch),
        partial(np.log, scratch, scratch),
        partial(np.multiply, scratch, y, scratch),
        partial(np.add, out, scratch, out),
        partial(np.negative, out, out),
    ]


def _cross_entropy_gradient(a: Array, y: Array, out: Array, scratch: Array) -> Plan:
    one, low = constant(1, a), _floor(a)
    return [
        partial(np.maximum, a, low, out=out),
        partial(np.minimum, out, one - low, out=out),
        partial(np.subtract, one, out, scratch),
        partial(np.multiply, scratch, out, scratch),
        partial(np.subtract, out, y, out),
        partial(np.divide, out, scratch, out),
    ]


def _difference(a: Array, y: Array, out: Array, _scratch: Array) -> Plan:
    return [partial(np.subtract, a, y, out)]


def _sigmoid_cross_entropy_terms(z: Array, y: Array, out: Array, scratch: Array) -> Plan:
    # −y ln σ(z) − (1−y) ln(1−σ(z)) = ln(1 + e^z) − y z
    return [
        partial(np.logaddexp, z, constant(0, z), out),
        partial(np.multiply, z, y, scratch),
        partial(np.subtract, out, scratch, out),
    ]


def _categorical_terms(a: Array, y: Array, out: Array, _scratch: Array) -> Plan:
    return [
        partial(np.maximum, a, _floor(a), out=out),
        partial(np.log, out, out),
        partial(np.multiply, out, y, out),
        partial(np.negative, out, out),
    ]


def _categorical_gradient(a: Array, y: Array, out: Array, _scratch: Array) -> Plan:
    return [
        partial(np.maximum, a, _floor(a), out=out),
        partial(np.divide, y, out, out),
        partial(np.negative, out, out),
    ]


def _softmax_categorical_terms(z: Array, y: Array, out: Array, scratch: Array) -> Plan:
    # −y_j ln a_j with ln a_j = z_j − max − ln Σ e^(z − max)
    column = np.empty((len(z), 1), z.dtype)
    return [
        partial(np.maximum.reduce, z, 1, None, column, True),
        partial(np.subtract, z, column, out),
        partial(np.exp, out, scratch),
        partial(np.add.reduce, scratch, 1, None, column, True),
        partial(np.log, column, column),
        partial(np.subtract, column, out, out),
        partial(np.multiply, out, y, out),
    ]


def _softmax_categorical_delta(a: Array, y: Array, out: Array, _scratch: Array) -> Plan:
    # For rows y that sum to 1 this is a − y; the general form costs one product more.
    column = np.empty((len(a), 1), a.dtype)
    return [
        partial(np.add.reduce, y, 1, None, column, True),
        partial(np.multiply, a, column, out),
        partial(np.subtract, out, y, out),
    ]


def _sigmoid_categorical_terms(z: Array, y: Array, out: Array, _scratch: Array) -> Plan:
    # −y ln σ(z) = y ln(1 + e^−z)
    return [
        partial(np.negative, z, out),
        partial(np.logaddexp, out, constant(0, z), out),
        partial(np.multiply, out, y, out),
    ]


def _sigmoid_categorical_delta(a: Array, y: Array, out: Array, _scratch: Array) -> Plan:
    return [
        partial(np.subtract, a, constant(1, a), out),
        partial(np.multiply, out, y, out),
    ]


def _perceptron_terms(z: Array, y: Array, out: Array, _scratch: Array) -> Plan:
    # (a − y)·z with a = 1 where z ≥ 0: how far a wrong sum lies beyond the threshold.
    return [
        partial(np.greater_equal, z, constant(0, z), out),
        partial(np.subtract, out, y, out),
        partial(np.multiply, out, z, out),
    ]


def _perceptron_gradient(z: Array, y: Array, out: Array, _scratch: Array) -> Plan:
    return [
        partial(np.greater_equal, z, constant(0, z), out),
        partial(np.subtract, out, y, out),
    ]


COSTS: dict[str, Cost] = table(
    Cost(
        "absolute",
        "absolute difference",
        "C = (1/n) Σ_x Σ_j |a_j − y_j|",
        "The plain difference, easiest to explain; its slope does not shrink near the goal.",
        "|a_j − y_j|",
        "∂C/∂a_j = sign(a_j − y_j)",
        lambda a, y, out, _scratch: [partial(np.subtract, a, y, out), partial(np.abs, out, out)],
        lambda a, y, out, _scratch: [partial(np.subtract, a, y, out), partial(np.sign, out, out)],
    ),
    Cost(
        "sum_of_squares",
        "sum of squares",
        "C = (1/n) Σ_x Σ_j (a_j − y_j)²",
        "Punishes large misses more than small ones; twice the quadratic cost.",
        "(a_j − y_j)²",
        "∂C/∂a_j = 2·(a_j − y_j)",
        **_squares(lambda _outputs: 1.0),
    ),
    Cost(
        "quadratic",
        "quadratic",
        "C = (1/2n) Σ_x Σ_j (a_j − y_j)²",
        "The classic teaching cost; learns slowly where a sigmoid output is badly wrong.",
        "1/2·(a_j − y_j)²",
        "∂C/∂a_j = a_j − y_j",
        **_squares(lambda _outputs: 0.5),
    ),
    Cost(
        "mean_squared",
        "mean squared",
        "C = (1/n·m) Σ_x Σ_j (a_j − y_j)², m outputs",
        "Squares averaged over the outputs too, so that nets of different width compare.",
        "1/m·(a_j − y_j)²",
        "∂C/∂a_j = (2/m)·(a_j − y_j)",
        **_squares(lambda outputs: 1 / outputs),
    ),
    Cost(
        "cross_entropy",
        "cross-entropy",
        "C = −(1/n) Σ_x Σ_j [y_j ln a_j + (1 − y_j) ln(1 − a_j)]",
        "For sigmoid outputs: the slope of σ cancels, so a badly wrong output learns fast.",
        "−[y_j ln a_j + (1 − y_j) ln(1 − a_j)]",
        "∂C/∂a_j = (a_j − y_j) / (a_j·(1 − a_j))",
        _cross_entropy_terms,
        _cross_entropy_gradient,
        probabilities=True,
        stable={"sigmoid": Stable(_sigmoid_cross_entropy_terms, _difference, "δ = a − y")},
    ),
    Cost(
        "categorical_cross_entropy",
        "categorical cross-entropy",
        "C = −(1/n) Σ_x Σ_j y_j ln a_j",
        "For softmax outputs: only the probability given to the right class counts.",
        "−y_j ln a_j",
        "∂C/∂a_j = −y_j / a_j",
        _categorical_terms,
        _categorical_gradient,
        probabilities=True,
        competing=True,
        stable={
            "softmax": Stable(_softmax_categorical_terms, _softmax_categorical_delta, "δ = a − y"),
            "sigmoid": Stable(
                _sigmoid_categorical_terms, _sigmoid_categorical_delta, "δ = y·(a − 1)"
            ),
        },
    ),
    Cost(
        "perceptron",
        "perceptron",
        "C = (1/n) Σ_x Σ_j (a_j − y_j)·z_j",
        "For a single layer of step units: descent on it with minibatches of one is the perceptron "
        "rule w ← w + η(y − ŷ)x, which changes nothing where the answer is right.",
        "(a_j − y_j)·z_j",
        "∂C/∂z_j = a_j − y_j",
        # Of what goes into the step: a step's value alone does not say how wrong it is.
        _perceptron_terms,
        _perceptron_gradient,
        stable={"step": Stable(_perceptron_terms, _difference, "δ = a − y")},
        single_layer_of="step",
        counts_mistakes=True,
    ),
)
"""Every cost function by name."""
