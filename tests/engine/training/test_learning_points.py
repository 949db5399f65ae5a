"""Points of two classes are learned by small networks, and not by a single neuron."""

from statistics import median

import pytest

from nnviz.data import load_dataset
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.start import start_recipe
from nnviz.engine.training.trainer import Trainer

LEARNED = [
    ("circles", (2, 6, 1), 0.97),
    ("moons", (2, 8, 1), 0.97),
    ("clouds", (2, 6, 1), 0.95),
    ("spiral", (2, 16, 16, 1), 0.93),
]
EPOCHS = 200


def accuracy(name, layers, seed, epochs=EPOCHS):
    """The accuracy on the test half, as `nnviz train` says it."""
    recipe = Recipe(
        dataset=name,
        layers=layers,
        activation="tanh",
        cost="cross_entropy",
        optimiser="adam",
        learning_rate=0.02,
        batch_size=10,
        seed=seed,
    )
    trainer = Trainer(recipe, load_dataset(name))
    assert len(trainer.dataset.x_test) == 250
    for _ in range(epochs * trainer.minibatches_per_epoch):
        trainer.step()
    return trainer.evaluate().test_accuracy


@pytest.mark.parametrize(("name", "layers", "least"), LEARNED)
def test_points_are_learned(name, layers, least):
    assert accuracy(name, layers, 0) >= least


@pytest.mark.slow
@pytest.mark.parametrize(("name", "layers", "least"), LEARNED)
def test_points_are_learned_with_most_seeds(name, layers, least):
    assert median(accuracy(name, layers, seed) for seed in range(5)) >= least


@pytest.mark.parametrize("name", ["circles", "spiral"])
def test_a_single_neuron_does_not_learn_them(name):
    assert max(accuracy(name, (2, 1), seed, epochs=50) for seed in range(5)) < 0.75


@pytest.mark.parametrize(("name", "layers", "_least"), LEARNED)
def test_the_recipe_that_comes_with_them_is_the_one_above(name, layers, _least):
    recipe = start_recipe(name)
    assert recipe.layers == layers
    assert (recipe.activation, recipe.output_activation) == ("tanh", "sigmoid")
    assert (recipe.cost, recipe.optimiser) == ("cross_entropy", "adam")
    assert (recipe.learning_rate, recipe.batch_size) == (0.02, 10)


@pytest.mark.parametrize(
    ("name", "least"), [("line", 0.95), ("sine", 0.95), ("plane", 0.95), ("bumps", 0.85)]
)
def test_numbers_are_learned_with_what_they_begin_with(name, least):
    trainer = Trainer(start_recipe(name), load_dataset(name))
    for _ in range(100 * trainer.minibatches_per_epoch):
        trainer.step()
    assert trainer.evaluate().test_r2 > least
