"""The trainer: every example once, short batches, repeatability, regularisation."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.dataset import Dataset, one_hot
from nnviz.engine import Network, Recipe, RecipeError, Trainer
from nnviz.engine.optimisers import OPTIMISERS


def random_dataset(count=23, inputs=6, classes=3, seed=0):
    draw = np.random.default_rng(seed)
    labels = draw.integers(0, classes, count + 7)
    x = draw.random((count + 7, inputs), dtype=np.float32)
    y = one_hot(labels, classes)
    return Dataset("random", x[:count], y[:count], x[count:], y[count:], ("a", "b", "c"))


RECIPE = Recipe(layers=(6, 4, 3), batch_size=5, learning_rate=0.5, dtype="float64")


def test_every_example_of_an_epoch_is_used_once_a_short_last_batch_included():
    trainer = Trainer(RECIPE, random_dataset())
    assert trainer.minibatches_per_epoch == 5
    for _ in range(2):
        seen, sizes = [], []
        for _ in range(5):
            trainer.step()
            seen += trainer.batch.tolist()
            sizes.append(len(trainer.batch))
        assert sorted(seen) == list(range(23))
        assert sizes == [5, 5, 5, 5, 3]
    assert trainer.epoch == 2


def test_epochs_differ_in_order():
    trainer = Trainer(RECIPE, random_dataset())
    orders = []
    for _ in range(2):
        order = []
        for _ in range(5):
            trainer.step()
            order += trainer.batch.tolist()
        orders.append(order)
    assert orders[0] != orders[1]


@pytest.mark.parametrize("batch_size", [1, 4, 5, 23, 100])
def test_a_step_is_theta_minus_eta_times_the_mean_gradient_of_its_batch(batch_size):
    trainer = Trainer(replace(RECIPE, batch_size=batch_size), random_dataset())
    for _ in range(2 * trainer.minibatches_per_epoch):
        before = trainer.network.theta.copy()
        cost = trainer.step()
        x, y = trainer.x_train[trainer.batch], trainer.y_train[trainer.batch]
        old = Network(trainer.recipe, before)
        assert cost == pytest.approx(old.cost(x, y), rel=1e-12)
        gradient = old.gradient(x, y)
        assert trainer.gradient == pytest.approx(gradient, rel=1e-9, abs=1e-14)
        assert trainer.network.theta == pytest.approx(before - 0.5 * gradient, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_l1_and_l2_add_their_slope_to_the_weights_and_spare_the_biases(optimiser):
    dataset = random_dataset()
    recipe = replace(RECIPE, optimiser=optimiser, l2=2.0, l1=0.7)
    trainer = Trainer(recipe, dataset)
    before = trainer.network.theta.copy()
    trainer.step()
    plain = Network(recipe, before)
    expected = plain.gradient(trainer.x_train[trainer.batch], trainer.y_train[trainer.batch])
    penalty = Network(recipe, expected)
    for w, g in zip(plain.weights, penalty.weights, strict=True):
        g += 2.0 / 23 * w + 0.7 / 23 * np.sign(w)
    assert trainer.gradient == pytest.approx(expected, rel=1e-9, abs=1e-14)


def test_training_makes_the_cost_fall():
    trainer = Trainer(replace(RECIPE, learning_rate=2.0), random_dataset())
    first = trainer.run_epoch()
    for _ in range(200):
        last = trainer.run_epoch()
    assert last < 0.5 * first


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_two_runs_of_a_recipe_are_equal_byte_for_byte(optimiser, dtype):
    recipe = replace(RECIPE, optimiser=optimiser, dtype=dtype, learning_rate=0.01)
    thetas = []
    for _ in range(2):
        trainer = Trainer(recipe, random_dataset())
        for _ in range(3):
            trainer.run_epoch()
        thetas.append(trainer.network.theta.tobytes())
    assert thetas[0] == thetas[1]


def test_reset_goes_back_to_the_very_beginning():
    trainer = Trainer(replace(RECIPE, optimiser="adam"), random_dataset())
    start = trainer.network.theta.copy()
    trainer.run_epoch()
    once = trainer.network.theta.copy()
    trainer.step()
    trainer.reset()
    assert trainer.network.theta.tobytes() == start.tobytes()
    trainer.run_epoch()
    assert trainer.network.theta.tobytes() == once.tobytes()


_SCRIPT = """
import hashlib
from nnviz.data import load_dataset
from nnviz.engine import Recipe, Trainer
trainer = Trainer(Recipe(dataset="xor", layers=(2, 4, 1), dtype="float32", seed=3),
                  load_dataset("xor"))
for _ in range(300):
    trainer.run_epoch()
print(hashlib.sha256(trainer.network.theta.tobytes()).hexdigest())
"""


def test_a_new_process_gives_the_same_bytes():
    command = [sys.executable, "-c", _SCRIPT]
    runs = {subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2)}
    assert len(runs) == 1


def test_predicting_in_the_middle_of_training_disturbs_nothing():
    quiet, asked = (Trainer(RECIPE, random_dataset()) for _ in range(2))
    for _ in range(7):
        quiet.step()
        asked.step()
        asked.network.predict(asked.x_train)
        asked.network.gradient(asked.x_train, asked.y_train)
        asked.evaluate()
    assert quiet.network.theta.tobytes() == asked.network.theta.tobytes()


def test_evaluation_counts_what_is_right():
    trainer = Trainer(RECIPE, random_dataset())
    evaluation = trainer.evaluate()
    a = trainer.network.predict(trainer.dataset.x_test)
    right = (a.argmax(axis=1) == trainer.dataset.test_labels).mean()
    assert evaluation.test_accuracy == pytest.approx(right)
    assert evaluation.train_cost == pytest.approx(
        trainer.network.cost(trainer.x_train, trainer.y_train)
    )


def test_evaluation_can_be_cancelled():
    assert Trainer(RECIPE, random_dataset()).evaluate(lambda: True) is None


def test_a_single_output_is_right_on_its_side_of_one_half():
    x = np.array([[0.0], [1.0]], np.float32)
    y = np.array([[0.0], [1.0]], np.float32)
    trainer = Trainer(Recipe(layers=(1, 1), dtype="float64"), Dataset("line", x, y, x, y))
    trainer.network.weights[0][...], trainer.network.biases[0][...] = 9, 1
    assert trainer.evaluate().test_accuracy == 0.5


@pytest.mark.parametrize(
    ("layers", "says"), [((5, 4, 3), "make the first layer 6"), ((6, 4, 2), "the last layer 3")]
)
def test_layers_that_do_not_fit_the_data_are_refused(layers, says):
    with pytest.raises(RecipeError, match=says):
        Trainer(replace(RECIPE, layers=layers), random_dataset())


def test_the_step_activation_is_not_trained():
    with pytest.raises(RecipeError, match="slope is zero"):
        Trainer(replace(RECIPE, activation="step"), random_dataset())


def test_a_subset_is_balanced_and_the_same_every_time():
    dataset = random_dataset(count=300)
    recipe = replace(RECIPE, train_size=31)
    first, second = Trainer(recipe, dataset), Trainer(recipe, dataset)
    assert first.x_train.tobytes() == second.x_train.tobytes()
    counts = np.bincount(first.y_train.argmax(axis=1))
    assert counts.sum() == 31
    assert counts.max() - counts.min() <= 1
    with pytest.raises(RecipeError, match="300 or fewer"):
        Trainer(replace(RECIPE, train_size=301), dataset)
