"""Activation functions: what a neuron makes of its weighted sum.

One table entry holds all there is to say of an activation f: its name, its
formula and that of its derivative, its range, when to use it, and two functions
on rows of a layer. `function` turns the weighted sums z into activations a;
`backward` turns ∂C/∂a into the error δ = ∂C/∂z. Every derivative here can be
written in terms of a alone.
Both write to buffers they are given, so that a training step allocates nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Function = Callable[[Array, Array], None]
Backward = Callable[[Array, Array, Array], None]

LEAK = 0.01
"""Slope of the leaky ReLU for z < 0."""


@dataclass(frozen=True, slots=True)
class Activation:
    """One activation function.

    Attributes:
        name: the name in recipes and on the command line.
        label: the name on screen.
        formula: f(z) as text.
        derivative: f′(z) as text.
        range: the interval of its values.
        use: one sentence on when to use it and where it saturates.
        function: function(z, out) writes f(z) to out; both (n, neurons), not the same array.
        backward: backward(a, delta, scratch) replaces delta = ∂C/∂a by ∂C/∂z; all
            (n, neurons); a is left alone.
        trainable: False where the derivative says nothing (step).
        output_only: True where it mixes the neurons of a row (softmax).
    """

    name: str
    label: str
    formula: str
    derivative: str
    range: str
    use: str
    function: Function
    backward: Backward
    trainable: bool = True
    output_only: bool = False


def _step(z: Array, out: Array) -> None:
    np.greater_equal(z, 0, out)


def _step_backward(_a: Array, delta: Array, _scratch: Array) -> None:
    delta.fill(0)


def _linear(z: Array, out: Array) -> None:
    np.copyto(out, z)


def _linear_backward(_a: Array, _delta: Array, _scratch: Array) -> None:
    return


def _sigmoid(z: Array, out: Array) -> None:
    # exp overflows to inf for z far below zero; 1/(1 + inf) = 0 is the right answer.
    np.negative(z, out)
    np.exp(out, out)
    np.add(out, 1, out)
    np.reciprocal(out, out)


def _sigmoid_backward(a: Array, delta: Array, scratch: Array) -> None:
    np.subtract(1, a, scratch)
    np.multiply(scratch, a, scratch)
    np.multiply(delta, scratch, delta)


def _tanh(z: Array, out: Array) -> None:
    np.tanh(z, out)


def _tanh_backward(a: Array, delta: Array, scratch: Array) -> None:
    np.multiply(a, a, scratch)
    np.subtract(1, scratch, scratch)
    np.multiply(delta, scratch, delta)


def _relu(z: Array, out: Array) -> None:
    np.maximum(z, 0, out=out)


def _relu_backward(a: Array, delta: Array, scratch: Array) -> None:
    np.sign(a, scratch)
    np.multiply(delta, scratch, delta)


def _leaky_relu(z: Array, out: Array) -> None:
    np.multiply(z, LEAK, out)
    np.maximum(z, out, out=out)


def _leaky_relu_backward(a: Array, delta: Array, scratch: Array) -> None:
    np.greater(a, 0, scratch)
    np.multiply(scratch, 1 - LEAK, scratch)
    np.add(scratch, LEAK, scratch)
    np.multiply(delta, scratch, delta)


def _elu(z: Array, out: Array) -> None:
    # The minimum keeps expm1 from overflowing; e^z − 1 ≥ z makes the maximum pick the right side.
    np.minimum(z, 0, out=out)
    np.expm1(out, out)
    np.maximum(z, out, out=out)


def _elu_backward(a: Array, delta: Array, scratch: Array) -> None:
    np.minimum(a, 0, out=scratch)
    np.add(scratch, 1, scratch)
    np.multiply(delta, scratch, delta)


def _softplus(z: Array, out: Array) -> None:
    np.logaddexp(z, 0, out)


def _softplus_backward(a: Array, delta: Array, scratch: Array) -> None:
    # σ(z) = 1 − e^(−a), in the form that keeps small values exact.
    np.negative(a, scratch)
    np.expm1(scratch, scratch)
    np.multiply(delta, scratch, delta)
    np.negative(delta, delta)


def _softmax(z: Array, out: Array) -> None:
    np.subtract(z, z.max(axis=1, keepdims=True), out)
    np.exp(out, out)
    np.divide(out, out.sum(axis=1, keepdims=True), out)


def _softmax_backward(a: Array, delta: Array, scratch: Array) -> None:
    np.multiply(delta, a, scratch)
    np.subtract(delta, scratch.sum(axis=1, keepdims=True), delta)
    np.multiply(delta, a, delta)


ACTIVATIONS: dict[str, Activation] = {
    entry.name: entry
    for entry in (
        Activation(
            "step",
            "step",
            "f(z) = 1 if z ≥ 0, else 0",
            "f′(z) = 0 wherever it exists",
            "{0, 1}",
            "The perceptron's yes or no; its slope is zero everywhere, so it cannot be trained "
            "by gradient descent.",
            _step,
            _step_backward,
            trainable=False,
        ),
        Activation(
            "linear",
            "linear",
            "f(z) = z",
            "f′(z) = 1",
            "(−∞, ∞)",
            "For outputs that are quantities; hidden layers of it add nothing. Never saturates.",
            _linear,
            _linear_backward,
        ),
        Activation(
            "sigmoid",
            "sigmoid σ",
            "σ(z) = 1 / (1 + e^−z)",
            "σ′(z) = σ(z)·(1 − σ(z))",
            "(0, 1)",
            "The classic for outputs read as probabilities; saturates for |z| above about 5.",
            _sigmoid,
            _sigmoid_backward,
        ),
        Activation(
            "tanh",
            "tanh",
            "tanh z = (e^z − e^−z) / (e^z + e^−z)",
            "tanh′ z = 1 − tanh² z",
            "(−1, 1)",
            "A sigmoid centred on zero, good in hidden layers; saturates for |z| above about 3.",
            _tanh,
            _tanh_backward,
        ),
        Activation(
            "relu",
            "ReLU",
            "f(z) = max(0, z)",
            "f′(z) = 1 if z > 0, else 0",
            "[0, ∞)",
            "The usual choice in deep hidden layers; silent, and untrainable, for z < 0.",
            _relu,
            _relu_backward,
        ),
        Activation(
            "leaky_relu",
            "leaky ReLU",
            "f(z) = z if z > 0, else 0.01·z",
            "f′(z) = 1 if z > 0, else 0.01",
            "(−∞, ∞)",
            "A ReLU whose silent side keeps a small slope, so that no neuron dies.",
            _leaky_relu,
            _leaky_relu_backward,
        ),
        Activation(
            "elu",
            "ELU",
            "f(z) = z if z > 0, else e^z − 1",
            "f′(z) = 1 if z > 0, else e^z",
            "(−1, ∞)",
            "A smooth ReLU with mean nearer zero; saturates at −1 for z below about −4.",
            _elu,
            _elu_backward,
        ),
        Activation(
            "softplus",
            "softplus",
            "f(z) = ln(1 + e^z)",
            "f′(z) = σ(z)",
            "(0, ∞)",
            "A ReLU with a rounded corner; its slope fades for z below about −5.",
            _softplus,
            _softplus_backward,
        ),
        Activation(
            "softmax",
            "softmax",
            "f(z)_j = e^(z_j) / Σ_k e^(z_k)",
            "∂f_j/∂z_k = f_j·([j = k] − f_k)",
            "(0, 1), summing to 1",
            "For the output layer when exactly one class is right; goes with categorical "
            "cross-entropy.",
            _softmax,
            _softmax_backward,
            output_only=True,
        ),
    )
}
"""Every activation function by name."""
