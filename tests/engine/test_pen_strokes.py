"""Digits that people draw: both nets, with traced test digits drawn again on a pad."""

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.engine import Recipe, Trainer, start_recipe
from nnviz.engine.training.augment import USUAL
from tests.data.seen import seen_on_pad
from tests.mnist import MNIST
from tests.tracing import placed, trace

pytestmark = pytest.mark.slow

PAD = 280
"""Side of the pad in pixels."""
AUGMENTED = Recipe(
    dataset="mnist", layers=(784, 100, 10), cost="cross_entropy", learning_rate=0.5,
    initialiser="scaled_normal", l2=1.0, schedule="cosine", schedule_epochs=30,
    **USUAL,
)  # fmt: skip
"""784-100-10 with augmentation: 98 % on MNIST's test images."""


def accuracy(network, x, labels):
    return float((network.predict(x).argmax(axis=1) == labels).mean())


def trained(recipe, dataset, epochs):
    trainer = Trainer(recipe, dataset)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer.network


@pytest.fixture(scope="module")
def mnist():
    return load_dataset("mnist", folder=MNIST)


@pytest.fixture(scope="module")
def drawn(mnist):
    """500 test digits as they come from the pad: traced, then drawn anywhere at any size."""
    draw = np.random.default_rng(0)
    return np.stack([
        seen_on_pad(placed(trace(picture.reshape(28, 28)), draw, PAD)).ravel()
        for picture in mnist.x_test[:500]
    ])  # fmt: skip


def test_the_embedded_digits_teach_reading_other_people_s(mnist, drawn):
    # As many epochs as a minute of training in the window is, at most.
    network = trained(start_recipe("digits"), load_dataset("digits"), 13)
    read = accuracy(network, mnist.x_test, mnist.test_labels)
    pen = accuracy(network, drawn, mnist.test_labels[:500])
    print(f"embedded digits: MNIST test {read:.4f}, pen strokes {pen:.4f}")
    assert read >= 0.945
    assert pen >= 0.94


def test_100_hidden_neurons_and_augmentation_reach_98_percent(mnist, drawn):
    network = trained(AUGMENTED, mnist, AUGMENTED.schedule_epochs)
    read = accuracy(network, mnist.x_test, mnist.test_labels)
    pen = accuracy(network, drawn, mnist.test_labels[:500])
    print(f"augmented MNIST: MNIST test {read:.4f}, pen strokes {pen:.4f}")
    assert read >= 0.98
    assert pen >= 0.93
