"""Are nnviz's digits learnable, and do they teach a net to read other people's digits?"""

import pytest

from nnviz.data.loading import load_dataset
from tests.data.strangers import strangers
from tests.mnist import MNIST

EPOCHS = 10
"""The window trains about as long in a minute."""


@pytest.fixture(scope="module")
def network():
    """The net that the window starts with."""
    # Imported here, so that the tests of the data floor stand without the floors above.
    from nnviz.engine import Trainer, start_recipe

    trainer = Trainer(start_recipe("digits"), load_dataset("digits"))
    for _ in range(EPOCHS):
        trainer.run_epoch()
    return trainer.network


def accuracy(network, x, labels):
    return (network.predict(x.reshape(len(x), -1)).argmax(axis=1) == labels).mean()


@pytest.mark.slow
def test_the_window_s_net_learns_the_digits(network):
    data = load_dataset("digits")
    assert accuracy(network, data.x_test, data.test_labels) >= 0.955


@pytest.mark.slow
def test_the_same_net_reads_strangers(network):
    drawn = strangers(200, seed=1)
    # .90 when it learnt from the third generation.
    assert accuracy(network, drawn.images, drawn.labels) >= 0.97


@pytest.mark.slow
def test_the_same_net_reads_mnist(network):
    data = load_dataset("mnist", folder=MNIST)
    assert accuracy(network, data.x_test, data.test_labels) >= 0.945
