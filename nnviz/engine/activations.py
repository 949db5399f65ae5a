"""Activation functions: what a neuron makes of its weighted sum.

One table entry holds all there is to say of an activation f: its name, its
formula and that of its derivative, its range, when to use it, how a layer of it goes
wrong and what helps, and two plans for the rows of a layer. `forward` turns the
weighted sums z into activations a; `backward` turns ∂C/∂a into the error δ = ∂C/∂z.
Every derivative here can be written in terms of a alone, which is what
backpropagation has at hand.
"""

from collections.abc import Callable
from functools import partial
from math import inf, isfinite

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array, Plan, constant, run
from nnviz.engine.table import Entry, table

Forward = Callable[[Array, Array], Plan]
Backward = Callable[[Array, Array, Array], Plan]

USUAL_INITIALISER = "xavier"
"""What suits an activation that says nothing else."""
LEAK = 0.01
"""Slope of the leaky ReLU for z < 0."""


@dataclass(frozen=True, slots=True)
class Activation(Entry):
    """One activation function; its formula is f(z).

    Attributes:
        derivative: f′(z) as text.
        range: the interval of its values.
        forward: forward(z, out) plans to write f(z) to out; both (n, neurons), not the
            same array.
        backward: backward(a, delta, scratch) plans to replace delta = ∂C/∂a by ∂C/∂z;
            all (n, neurons); a is left alone.
        trainable: False where the derivative says nothing (step).
        low, high: the ends of that interval; outputs come as near to them as one likes.
        output_only: True where it mixes the neurons of a row (softmax).
        symbol: how it is written as a function where that is not its label: σ.
        initialiser: the name of the start weights that keep errors the same size through it.
        undying: where f is 0, flat and silent on one side, the name of the activation that is
            like it and is not; else empty.
    """

    derivative: str
    range: str
    forward: Forward
    backward: Backward
    trainable: bool = True
    output_only: bool = False
    low: float = -inf
    high: float = inf
    symbol: str = ""
    initialiser: str = USUAL_INITIALISER
    undying: str = ""

    @property
    def sign(self) -> str:
        """How it is written before its argument: σ, tanh, ReLU."""
        return self.symbol or self.label

    @property
    def word(self) -> str:
        """Its label without the symbol: sigmoid."""
        return self.label.removesuffix(f" {self.symbol}") if self.symbol else self.label

    @property
    def signed(self) -> bool:
        """Whether it has values below 0."""
        return self.low < 0

    @property
    def probable(self) -> bool:
        """Whether its values can be taken for probabilities: whether all lie in 0..1."""
        return self.low >= 0 and self.high <= 1

    @property
    def saturates(self) -> bool:
        """Whether its slope fades somewhere: towards an end of its interval."""
        return self.trainable and (isfinite(self.low) or isfinite(self.high))

    @property
    def saturates_both_ways(self) -> bool:
        """Whether the slope of a single neuron fades however large z becomes, up or down."""
        return self.trainable and self.bounded and not self.output_only

    @property
    def bounded(self) -> bool:
        """Whether its values stay within ends, however large z becomes."""
        return isfinite(self.low) and isfinite(self.high)

    def function(self, z: Array, out: Array) -> None:
        """Write f(z) to out; both (n, neurons), not the same array."""
        run(self.forward(z, out))

    def slope(self, a: Array) -> Array:
        """Return f′ where f has the values a, (n, neurons).

        Raises:
            ValueError: the activation mixes neurons, so its derivative is a matrix.
        """
        if self.output_only:
            raise ValueError(f"The derivative of {self.name} is a matrix, not one slope a neuron.")
        slopes = np.ones_like(a)
        run(self.backward(a, slopes, np.empty_like(a)))
        return slopes


def _sigmoid(z: Array, out: Array) -> Plan:
    # exp overflows to inf for z far below zero; 1/(1 + inf) = 0 is the right answer.
    return [
        partial(np.negative, z, out),
        partial(np.exp, out, out),
        partial(np.add, out, constant(1, z), out),
        partial(np.reciprocal, out, out),
    ]


def _sigmoid_backward(a: Array, delta: Array, scratch: Array) -> Plan:
    return [
        partial(np.subtract, constant(1, a), a, scratch),
        partial(np.multiply, scratch, a, scratch),
        partial(np.multiply, delta, scratch, delta),
    ]


def _tanh_backward(a: Array, delta: Array, scratch: Array) -> Plan:
    return [
        partial(np.multiply, a, a, scratch),
        partial(np.subtract, constant(1, a), scratch, scratch),
        partial(np.multiply, delta, scratch, delta),
    ]


def _relu_backward(a: Array, delta: Array, scratch: Array) -> Plan:
    return [partial(np.sign, a, scratch), partial(np.multiply, delta, scratch, delta)]


def _leaky_relu(z: Array, out: Array) -> Plan:
    return [
        partial(np.multiply, z, constant(LEAK, z), out),
        partial(np.maximum, z, out, out=out),
    ]


def _leaky_relu_backward(a: Array, delta: Array, scratch: Array) -> Plan:
    return [
        partial(np.greater, a, constant(0, a), scratch),
        partial(np.multiply, scratch, constant(1 - LEAK, a), scratch),
        partial(np.add, scratch, constant(LEAK, a), scratch),
        partial(np.multiply, delta, scratch, delta),
    ]


def _elu(z: Array, out: Array) -> Plan:
    # The minimum keeps expm1 from overflowing; e^z − 1 ≥ z makes the maximum pick the right side.
    return [
        partial(np.minimum, z, constant(0, z), out=out),
        partial(np.expm1, out, out),
        partial(np.maximum, z, out, out=out),
    ]


def _elu_backward(a: Array, delta: Array, scratch: Array) -> Plan:
    return [
        partial(np.minimum, a, constant(0, a), out=scratch),
        partial(np.add, scratch, constant(1, a), scratch),
        partial(np.multiply, delta, scratch, delta),
    ]


def _softplus_backward(a: Array, delta: Array, scratch: Array) -> Plan:
    # σ(z) = 1 − e^(−a), in the form that keeps small values exact.
    return [
        partial(np.negative, a, scratch),
        partial(np.expm1, scratch, scratch),
        partial(np.negative, scratch, scratch),
        partial(np.multiply, delta, scratch, delta),
    ]


def _softmax(z: Array, out: Array) -> Plan:
    column = np.empty((len(z), 1), z.dtype)
    return [
        partial(np.maximum.reduce, z, 1, None, column, True),
        partial(np.subtract, z, column, out),
        partial(np.exp, out, out),
        partial(np.add.reduce, out, 1, None, column, True),
        partial(np.divide, out, column, out),
    ]


def _softmax_backward(a: Array, delta: Array, scratch: Array) -> Plan:
    column = np.empty((len(a), 1), a.dtype)
    return [
        partial(np.multiply, delta, a, scratch),
        partial(np.add.reduce, scratch, 1, None, column, True),
        partial(np.subtract, delta, column, delta),
        partial(np.multiply, delta, a, delta),
    ]


ACTIVATIONS: dict[str, Activation] = table(
    Activation(
        "step",
        "step",
        "f(z) = 1 if z ≥ 0, else 0",
        "The perceptron's yes or no; its slope is zero everywhere, so gradient descent cannot "
        "train it, except a single layer with the cost perceptron.",
        "f′(z) = 0 wherever it exists",
        "{0, 1}",
        lambda z, out: [partial(np.greater_equal, z, constant(0, z), out)],
        lambda _a, delta, _scratch: [partial(delta.fill, 0)],
        low=0.0,
        high=1.0,
        trainable=False,
    ),
    Activation(
        "linear",
        "linear",
        "f(z) = z",
        "For outputs that are quantities; hidden layers of it add nothing. Never saturates.",
        "f′(z) = 1",
        "(−∞, ∞)",
        lambda z, out: [partial(np.copyto, out, z)],
        lambda _a, _delta, _scratch: [],
    ),
    Activation(
        "sigmoid",
        "sigmoid σ",
        "σ(z) = 1 / (1 + e^−z)",
        "The classic for outputs read as probabilities; saturates for |z| above about 5.",
        "σ′(z) = σ(z)·(1 − σ(z))",
        "(0, 1)",
        _sigmoid,
        _sigmoid_backward,
        low=0.0,
        high=1.0,
        symbol="σ",
    ),
    Activation(
        "tanh",
        "tanh",
        "tanh z = (e^z − e^−z) / (e^z + e^−z)",
        "A sigmoid centred on zero, good in hidden layers; saturates for |z| above about 3.",
        "tanh′ z = 1 − tanh² z",
        "(−1, 1)",
        lambda z, out: [partial(np.tanh, z, out)],
        _tanh_backward,
        low=-1.0,
        high=1.0,
    ),
    Activation(
        "relu",
        "ReLU",
        "f(z) = max(0, z)",
        "The usual choice in deep hidden layers; silent, and untrainable, for z < 0.",
        "f′(z) = 1 if z > 0, else 0",
        "[0, ∞)",
        lambda z, out: [partial(np.maximum, z, constant(0, z), out=out)],
        _relu_backward,
        low=0.0,
        initialiser="he",
        undying="leaky_relu",
    ),
    Activation(
        "leaky_relu",
        "leaky ReLU",
        "f(z) = z if z > 0, else 0.01·z",
        "A ReLU whose silent side keeps a small slope, so that no neuron dies.",
        "f′(z) = 1 if z > 0, else 0.01",
        "(−∞, ∞)",
        _leaky_relu,
        _leaky_relu_backward,
        initialiser="he",
    ),
    Activation(
        "elu",
        "ELU",
        "f(z) = z if z > 0, else e^z − 1",
        "A smooth ReLU with mean nearer zero; saturates at −1 for z below about −4.",
        "f′(z) = 1 if z > 0, else e^z",
        "(−1, ∞)",
        _elu,
        _elu_backward,
        low=-1.0,
        initialiser="he",
    ),
    Activation(
        "softplus",
        "softplus",
        "f(z) = ln(1 + e^z)",
        "A ReLU with a rounded corner; its slope fades for z below about −5.",
        "f′(z) = σ(z)",
        "(0, ∞)",
        lambda z, out: [partial(np.logaddexp, z, constant(0, z), out)],
        _softplus_backward,
        low=0.0,
    ),
    Activation(
        "softmax",
        "softmax",
        "f(z)_j = e^(z_j) / Σ_k e^(z_k)",
        "For the output layer when exactly one class is right; goes with categorical "
        "cross-entropy.",
        "∂f_j/∂z_k = f_j·([j = k] − f_k)",
        "(0, 1), summing to 1",
        _softmax,
        _softmax_backward,
        low=0.0,
        high=1.0,
        output_only=True,
    ),
)
"""Every activation function by name."""
