"""The trainer: every example once, short batches, repeatability, regularisation."""

import subprocess
import sys
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.dataset import Dataset, one_hot
from nnviz.data.mixture import mixed
from nnviz.engine import DivergedError, Network, Recipe, RecipeError, Trainer
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.recipe import AS_GIVEN
from nnviz.engine.training.examples import choose


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


def test_an_epoch_may_go_through_its_examples_as_they_are_given():
    trainer = Trainer(replace(RECIPE, order=AS_GIVEN), random_dataset())
    for _ in range(2):
        order = []
        for _ in range(5):
            trainer.step()
            order += trainer.batch.tolist()
        assert order == list(range(23))


def test_examples_in_float64_are_trained_on_unrounded():
    x, y = np.array([[0.05, 0.1]]), np.array([[0.01]])
    exact = Dataset("exact", x, y, x, y)
    rounded = Dataset("rounded", *(part.astype(np.float32) for part in (x, y, x, y)))
    recipe = Recipe(dataset="exact", layers=(2, 1), dtype="float64", batch_size=1)
    trainer = Trainer(recipe, exact)
    assert (trainer.x_train == x).all()
    expected = trainer.network.gradient(x, y)
    trainer.step()
    assert trainer.gradient == pytest.approx(expected, rel=1e-12)
    assert trainer.evaluate().test_cost == trainer.network.cost(x, y)
    assert trainer.network.cost(x, y) != trainer.network.cost(rounded.x_test, rounded.y_test)
    assert exact.fingerprint() != rounded.fingerprint()


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
    for _ in range(1000):
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


@pytest.mark.parametrize(
    ("layers", "says"), [((5, 4, 3), "make the first layer 6"), ((6, 4, 2), "the last layer 3")]
)
def test_layers_that_do_not_fit_the_data_are_refused(layers, says):
    with pytest.raises(RecipeError, match=says):
        Trainer(replace(RECIPE, layers=layers), random_dataset())


@pytest.mark.parametrize("layer", ["activation", "output_activation"])
def test_step_units_are_looked_at_and_not_trained(layer):
    trainer = Trainer(replace(RECIPE, **{layer: "step"}), random_dataset())
    start = trainer.network.theta.copy()
    measured = trainer.evaluate()
    assert measured is not None
    assert np.isfinite(measured.train_cost)
    for train in (trainer.step, trainer.run_epoch, trainer.preview):
        with pytest.raises(RecipeError, match=r"slope is zero everywhere.* choose sigmoid"):
            train()
    assert trainer.steps == 0
    assert (trainer.network.theta == start).all()


def test_a_subset_is_balanced_and_the_same_every_time():
    dataset = random_dataset(count=300)
    recipe = replace(RECIPE, train_size=31)
    first, second = Trainer(recipe, dataset), Trainer(recipe, dataset)
    assert first.x_train.tobytes() == second.x_train.tobytes()
    counts = np.bincount(first.y_train.argmax(axis=1))
    assert counts.sum() == 31
    assert counts.max() - counts.min() <= 1
    with pytest.raises(RecipeError, match="too few for 301"):
        Trainer(replace(RECIPE, train_size=301), dataset)
    for held_back in (300, 10**30):
        with pytest.raises(RecipeError, match="too few for 1 to train on and"):
            Trainer(replace(RECIPE, validation_size=held_back), random_dataset(300))


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_a_step_allocates_nothing(optimiser):
    trainer = Trainer(replace(RECIPE, optimiser=optimiser, l1=0.1, l2=0.1), random_dataset())
    trainer.run_epoch()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        for _ in range(1000):
            trainer.step()
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # An epoch's order (23 indices and its generator) comes and goes; nothing of a step stays.
    assert after - before < 2_000
    assert peak - before < 20_000


def test_a_ring_that_does_not_divide_the_epoch_changes_nothing(monkeypatch):
    thetas = []
    for slots in (1, 3, 64):
        monkeypatch.setattr("nnviz.engine.training.minibatches.RING_SLOTS", slots)
        trainer = Trainer(replace(RECIPE, input_noise=0.1, dropout=0.2), random_dataset())
        for _ in range(3):
            trainer.run_epoch()
        thetas.append(trainer.network.theta.tobytes())
    assert len(set(thetas)) == 1


def test_dropout_silences_a_share_of_hidden_neurons_and_only_in_training():
    recipe = replace(RECIPE, layers=(6, 400, 3), dropout=0.25)
    trainer = Trainer(recipe, random_dataset())
    work = trainer._steps.works[5]
    trainer.step()
    mask = work.masks[0]
    assert set(np.unique(mask)) == {0, 1 / 0.75}
    assert (mask == 0).mean() == pytest.approx(0.25, abs=0.03)
    first = mask.copy()
    trainer.step()
    assert (first != work.masks[0]).any()
    x = trainer.x_train[:4]
    plain = Network(replace(recipe, dropout=0.0), trainer.network.theta)
    assert trainer.network.predict(x).tobytes() == plain.predict(x).tobytes()


def test_the_gradient_under_dropout_is_that_of_the_thinned_network():
    recipe = replace(RECIPE, layers=(6, 8, 7, 3), dropout=0.4, activation="tanh")
    trainer = Trainer(recipe, random_dataset())
    theta = trainer.network.theta.copy()
    trainer.step()
    masks = trainer._steps.works[5].masks
    x, y = trainer.x_train[trainer.batch], trainer.y_train[trainer.batch]

    def cost(theta):
        net = Network(recipe, theta)
        a = x
        for layer, (w, b) in enumerate(zip(net.weights, net.biases, strict=True)):
            z = a @ w + b
            a = np.tanh(z) * masks[layer] if layer < 2 else 1 / (1 + np.exp(-z))
        return ((a - y) ** 2).sum() / 2 / len(x)

    gradient = trainer.gradient
    for index in np.random.default_rng(0).integers(0, theta.size, 40):
        high, low = theta.copy(), theta.copy()
        high[index] += 1e-6
        low[index] -= 1e-6
        slope = (cost(high) - cost(low)) / 2e-6
        assert gradient[index] == pytest.approx(slope, rel=1e-5, abs=1e-9)


def test_input_noise_is_fresh_each_time_and_seeded():
    def inputs(seed):
        trainer = Trainer(
            replace(RECIPE, input_noise=0.5, batch_size=23, seed=seed), random_dataset()
        )
        seen = []
        for _ in range(2):
            trainer.step()
            seen.append(trainer._data.batches.x[0] - trainer.x_train[trainer.batch])
        return seen

    first, second = inputs(0)
    assert first.std() == pytest.approx(0.5, rel=0.2)
    assert (first != second).any()
    assert inputs(0)[1].tobytes() == second.tobytes()
    assert inputs(1)[1].tobytes() != second.tobytes()


def test_noise_leaves_grey_values_in_range():
    data = random_dataset()
    pictures = Dataset("p", data.x_train, data.y_train, data.x_test, data.y_test, data.class_names,
                       (2, 3))  # fmt: skip
    trainer = Trainer(replace(RECIPE, input_noise=2.0), pictures)
    trainer.step()
    assert trainer._data.batches.x[0].min() == 0
    assert trainer._data.batches.x[0].max() == 1


def test_label_noise_gives_exactly_that_share_a_wrong_class():
    clean = Trainer(RECIPE, random_dataset(count=200))
    noisy = Trainer(replace(RECIPE, label_noise=0.3), random_dataset(count=200))
    changed = (clean.y_train != noisy.y_train).any(axis=1)
    assert changed.sum() == 60
    assert (noisy.y_train.sum(axis=1) == 1).all()
    with pytest.raises(RecipeError, match="Label noise needs classes"):
        Trainer(
            Recipe(layers=(1, 1), label_noise=0.1),
            Dataset("line", *(np.zeros((4, 1), np.float32) for _ in range(4))),
        )


@pytest.mark.parametrize("activation", ["relu", "linear", "sigmoid"])
@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("change", [{}, {"l2": 1e9}, {"l1": 1e38, "l2": 1e300}])
def test_theta_stays_finite_whatever_happens(activation, optimiser, change):
    recipe = replace(RECIPE, dtype="float32", learning_rate=1e6, activation=activation,
                     output_activation=activation, optimiser=optimiser, weight_decay=1e-6,
                     **change)  # fmt: skip
    trainer = Trainer(recipe, random_dataset())
    for _ in range(60):
        before, steps = trainer.network.theta.copy(), trainer.steps
        refusal = None
        try:
            trainer.step()
        except DivergedError as error:
            refusal = str(error)
        if refusal:
            assert trainer.steps == steps
            assert trainer.network.theta.tobytes() == before.tobytes()
            break
        assert np.isfinite(trainer.network.theta).all()


def test_divergence_is_a_sentence_that_says_what_to_do():
    recipe = replace(RECIPE, learning_rate=100.0, activation="relu", output_activation="linear")
    trainer = Trainer(recipe, random_dataset())

    def run_on():
        for _ in range(100):
            trainer.run_epoch()

    with pytest.raises(DivergedError, match=r"η = 100 overshoots.*halve η"):
        run_on()


def test_what_is_held_back_for_validation_has_both_parts_of_a_mixture():
    left = replace(random_dataset(200), name="left", image_shape=(2, 3))
    right = replace(random_dataset(100, seed=1), name="right", image_shape=(2, 3))
    data = mixed([left, right])
    held = choose(replace(RECIPE, validation_size=30, dtype="float32"), data).x_validation
    places = [np.flatnonzero((data.x_train == row).all(axis=1))[0] for row in held]
    assert (data.parts.train[places] == 1).mean() == pytest.approx(1 / 3, abs=0.1)
