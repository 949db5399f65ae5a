"""Trust: the temperature against known answers, and nothing for what is no digit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.measure.familiar import Familiarity
from nnviz.engine.measure.trust import Trust, judge, logits
from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe


class Everything(Familiarity):
    """Knows pictures that are bright at first."""

    def __init__(self):
        """Know without having learnt."""

    def knows(self, x):
        """Tell whether the first pixel is bright."""
        return x[:, 0] > 0.5


KNOWS = Everything()


def says(activation="softmax", cost="categorical_cross_entropy", heat=1.0):
    """Return a net without hidden layers whose weighted sums are its inputs times `heat`."""
    recipe = Recipe(layers=(10, 10), output_activation=activation, cost=cost, dataset="made")
    theta = np.concatenate((heat * np.eye(10).ravel(), np.zeros(10)))
    return Network(recipe, theta.astype(np.float32))


def drawn(examples=4000, seed=0):
    """Return examples whose classes are drawn with just the probabilities softmax(x)."""
    draw = np.random.default_rng(seed)
    x = draw.normal(0, 2, (examples, 10)).astype(np.float32)
    return x, (x + draw.gumbel(size=x.shape)).argmax(axis=1)


@pytest.mark.parametrize("heat", [0.25, 1.0, 3.0])
def test_what_makes_logits_larger_is_taken_back(heat):
    trust = judge(says(heat=heat), KNOWS, *drawn())
    assert trust.temperature == pytest.approx(heat, rel=0.1)


def test_trust_is_how_often_such_a_reading_is_right():
    net = says("sigmoid", "quadratic", heat=2.5)
    trust, (x, labels) = judge(net, KNOWS, *drawn()), drawn(8000, seed=1)
    a = net.predict(x)
    sure, right = trust.sureness(a), a.argmax(axis=1) == labels
    for low in (0.2, 0.4, 0.6, 0.8):
        some = (sure >= low) & (sure < low + 0.2)
        assert right[some].mean() == pytest.approx(sure[some].mean(), abs=0.04)


def test_the_temperature_is_the_least_surprising_one():
    x, labels = drawn(800)
    net = says("sigmoid", "quadratic", heat=1.7)
    z = logits(net.predict(x), "sigmoid")

    def surprise(temperature):
        scaled = z / temperature
        largest = scaled.max(axis=1, keepdims=True)
        total = np.log(np.exp(scaled - largest).sum(axis=1)) + largest[:, 0]
        return (total - scaled[np.arange(len(z)), labels]).mean()

    least = min(surprise(t) for t in np.geomspace(0.05, 20, 400))
    assert surprise(judge(net, KNOWS, x, labels).temperature) <= least + 1e-9


@given(
    activation=st.sampled_from([name for name, one in ACTIVATIONS.items() if one.trainable]),
    seed=st.integers(0, 99),
)
def test_sureness_is_a_share_that_grows_with_the_largest_output(activation, seed):
    a = np.random.default_rng(seed).random((20, 10)).astype(np.float32)
    sure = Trust(activation, 0.7, KNOWS).sureness(a)
    assert ((sure > 0.1 - 1e-6) & (sure <= 1)).all()
    more = a.copy()
    more[np.arange(20), a.argmax(axis=1)] += 0.1
    assert (Trust(activation, 0.7, KNOWS).sureness(np.clip(more, 0, 1)) >= sure - 1e-9).all()


def test_what_is_no_digit_deserves_none_whatever_is_said_of_it():
    x = np.zeros((3, 784), np.float32)
    x[:2, 0] = 1
    outputs = np.full((3, 10), 0.01, np.float32)
    outputs[:, 4] = 0.99
    outputs[1] = np.nan
    found = Trust("sigmoid", 1.0, KNOWS).of(x, outputs)
    assert found[0] > 0.9
    assert found[1] == pytest.approx(0.1)
    assert found[2] == 0
