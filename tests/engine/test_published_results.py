"""Published results on MNIST, reached again: 30 epochs each, so these run with `make slow`."""

from dataclasses import replace

import pytest

from nnviz.data import load_dataset
from nnviz.engine import Recipe, Trainer
from tests.mnist import MNIST

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def mnist():
    return load_dataset("mnist", folder=MNIST)


def evaluations(recipe, dataset, epochs, every=1):
    trainer = Trainer(recipe, dataset)
    seen = []
    for epoch in range(1, epochs + 1):
        trainer.run_epoch()
        if epoch % every == 0 or epoch == 1:
            seen.append(trainer.evaluate())
    print([round(e.test_accuracy, 4) for e in seen])
    return seen


def best(seen):
    return max(e.test_accuracy for e in seen)


NIELSEN = Recipe(dataset="mnist", layers=(784, 30, 10), learning_rate=3.0, batch_size=10,
                 initialiser="normal")  # fmt: skip


def test_30_hidden_neurons_quadratic_cost(mnist):
    seen = evaluations(NIELSEN, mnist, 30)
    assert seen[0].test_accuracy >= 0.90
    assert best(seen) >= 0.950


def test_100_hidden_neurons_quadratic_cost_best_of_three_seeds(mnist):
    recipe = replace(NIELSEN, layers=(784, 100, 10))
    results = [best(evaluations(replace(recipe, seed=seed), mnist, 30)) for seed in range(3)]
    assert max(results) >= 0.963


def test_100_hidden_neurons_cross_entropy_with_l2(mnist):
    recipe = replace(NIELSEN, layers=(784, 100, 10), cost="cross_entropy", learning_rate=0.5,
                     l2=5.0, train_size=50_000)  # fmt: skip
    assert best(evaluations(recipe, mnist, 30)) >= 0.977


def test_eta_100_is_detected_within_the_first_epoch(mnist):
    trainer = Trainer(replace(NIELSEN, learning_rate=100.0), mnist)
    trainer.run_epoch()
    grave = {finding.kind for finding in trainer.findings() if finding.grave}
    assert "stuck" in grave
    assert trainer.evaluate().test_accuracy < 0.2


def test_overfitting_and_what_l2_does_about_it(mnist):
    recipe = replace(NIELSEN, cost="cross_entropy", learning_rate=0.5, train_size=1000)
    plain = evaluations(recipe, mnist, 400, every=20)[-1]
    assert plain.train_accuracy == 1.0
    assert 0.80 <= plain.test_accuracy <= 0.84
    held = evaluations(replace(recipe, l2=0.1), mnist, 400, every=20)[-1]
    assert held.test_accuracy >= plain.test_accuracy + 0.03
