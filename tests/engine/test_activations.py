"""Activation functions: values, ranges and saturation."""

import numpy as np
import pytest

from nnviz.engine.activations import ACTIVATIONS

EXTREME = np.array([[-1e4, -750, -90, -5, -1e-3, 0, 1e-3, 5, 90, 750, 1e4]])


def apply(name, z):
    out = np.empty_like(z)
    with np.errstate(over="ignore"):
        ACTIVATIONS[name].function(z, out)
    return out


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_extreme_sums_stay_finite(name, dtype):
    a = apply(name, EXTREME.astype(dtype))
    assert np.isfinite(a).all()
    delta = np.ones_like(a)
    ACTIVATIONS[name].backward(a, delta, np.empty_like(a))
    assert np.isfinite(delta).all()


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("step", lambda z: (z >= 0).astype(float)),
        ("linear", lambda z: z),
        ("sigmoid", lambda z: 1 / (1 + np.exp(-z))),
        ("tanh", np.tanh),
        ("relu", lambda z: np.where(z > 0, z, 0)),
        ("leaky_relu", lambda z: np.where(z > 0, z, 0.01 * z)),
        ("elu", lambda z: np.where(z > 0, z, np.exp(z) - 1)),
        ("softplus", lambda z: np.log(1 + np.exp(z))),
        ("softmax", lambda z: np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)),
    ],
)
def test_values_follow_the_formula(name, formula):
    z = np.linspace(-6, 6, 48).reshape(4, 12)
    assert apply(name, z) == pytest.approx(formula(z), rel=1e-12, abs=1e-12)


def test_softmax_sums_to_one_and_ignores_a_shift():
    z = np.random.default_rng(0).normal(size=(5, 10)) * 100
    a = apply("softmax", z)
    assert a.sum(axis=1) == pytest.approx(1)
    assert apply("softmax", z + 1e4) == pytest.approx(a, abs=1e-10)


def test_every_entry_explains_itself():
    for name, entry in ACTIVATIONS.items():
        assert entry.name == name
        assert all((entry.label, entry.formula, entry.derivative, entry.range, entry.use))
