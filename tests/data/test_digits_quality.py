"""Are nnviz's digits learnable, and do they teach a net to read other people's digits?"""

import pytest

from nnviz.data.catalogue import load_dataset
from tests.mnist import MNIST


@pytest.fixture
def network():
    """The default net after five epochs of plain stochastic gradient descent."""
    # Imported here, so that the tests of the data floor stand without the floors above.
    from nnviz.engine import Recipe, Trainer

    trainer = Trainer(Recipe(), load_dataset("digits"))
    for _ in range(5):
        trainer.run_epoch()
    return trainer.network


def accuracy(network, data):
    return (network.predict(data.x_test).argmax(axis=1) == data.test_labels).mean()


@pytest.mark.slow
def test_a_small_net_learns_the_digits(network):
    assert accuracy(network, load_dataset("digits")) >= 0.93


@pytest.mark.slow
def test_the_same_net_reads_mnist(network):
    assert accuracy(network, load_dataset("mnist", folder=MNIST)) >= 0.90
