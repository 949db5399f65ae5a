"""Ranked examples: the worst first, counted as the evaluation counts them."""

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset, one_hot
from nnviz.engine.measure.ranking import rank
from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.trainer import Trainer

RECIPE = Recipe(layers=(6, 5, 3), dataset="made")


@pytest.fixture
def dataset():
    draw = np.random.default_rng(4)
    x = draw.normal(size=(90, 6)).astype(np.float32)
    y = one_hot(draw.integers(0, 3, 90), 3)
    return Dataset("made", x[:20], y[:20], x, y, ("a", "b", "c"))


def test_the_worst_come_first_with_their_true_costs(dataset):
    network = Network(RECIPE)
    found = rank(network, dataset, run=3, step=12)
    costs = [network.cost(dataset.x_test[[row]], dataset.y_test[[row]]) for row in found.index]
    assert found.cost == pytest.approx(costs)
    assert (np.diff(found.cost) <= 0).all()
    assert sorted(found.index) == list(range(90))
    assert (found.run, found.step, found.total) == (3, 12, 90)
    assert (found.x == dataset.x_test[found.index]).all()
    with pytest.raises(ValueError, match="read-only"):
        found.x[0] = 0


def test_misread_ones_are_counted_as_the_evaluation_counts_them(dataset):
    trainer = Trainer(RECIPE, dataset)
    wrong = round(90 * (1 - trainer.evaluate().test_accuracy))
    found = rank(trainer.network, dataset, wrong=True)
    assert (found.total, found.misread, found.examples) == (wrong, wrong, 90)
    assert (found.wanted != found.read).all()
    parts = [rank(trainer.network, dataset, label, wrong=True, most=2) for label in range(3)]
    assert sum(part.misread for part in parts) == wrong
    assert sum(part.examples for part in parts) == 90
    for label, part in enumerate(parts):
        assert (part.wanted == label).all()
        assert len(part.index) <= 2


def test_a_single_output_is_read_at_one_half():
    data = load_dataset("xor")
    network = Network(Recipe(dataset="xor", layers=(2, 3, 1)))
    found = rank(network, data)
    a = network.predict(data.x_test)[:, 0]
    assert (found.read == (a[found.index] >= 0.5)).all()
    assert (found.wanted == data.y_test[found.index, 0]).all()
    assert found.misread == (found.read != found.wanted).sum()


def test_what_is_no_number_stands_first(dataset):
    network = Network(RECIPE)
    x = dataset.x_test.copy()
    x[41] = np.nan
    broken = Dataset("made", x, dataset.y_test, x, dataset.y_test, ("a", "b", "c"))
    assert rank(network, broken, most=1).index == [41]


def test_no_examples_of_a_class_are_no_error(dataset):
    found = rank(Network(RECIPE), dataset, label=7)
    assert (found.total, len(found.x), len(found.cost)) == (0, 0, 0)


def test_only_those_that_are_read_as_a_class(dataset):
    network = Network(RECIPE)
    read = network.predict(dataset.x_test).argmax(axis=1)
    for label in (None, *range(3)):
        for answer in range(3):
            found = rank(network, dataset, label, read_as=answer)
            mask = (read == answer) & ((dataset.test_labels == label) | (label is None))
            assert sorted(found.index) == np.flatnonzero(mask).tolist()
            assert (found.total, found.read_as) == (mask.sum(), answer)


def test_of_misread_ones_those_come_first_that_it_was_surest_about(dataset):
    network = Network(Recipe(layers=(dataset.inputs, 5, dataset.outputs), dataset="random", seed=3))
    found = rank(network, dataset, wrong=True)
    sure = network.predict(found.x).max(axis=1)
    assert len(sure) > 3
    assert (np.diff(sure) <= 0).all()
