"""The product that adds to what is there comes to the same numbers as a product and a sum."""

import numpy as np
import pytest

from nnviz.data.dataset import Dataset, one_hot
from nnviz.engine import DivergedError, Recipe, Trainer, blas
from nnviz.engine.training import steps as training_steps

LAYERS = (64, 40, 3)


def numbers(shape, dtype, seed=0):
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shape", [(10, 784, 30), (1, 64, 40), (32, 784, 128), (128, 300, 101)])
def test_it_adds_what_a_product_and_a_sum_would_add(shape, dtype):
    n, rows, columns = shape
    a, b = numbers((n, rows), dtype), numbers((n, columns), dtype, 1)
    to = numbers((rows, columns), dtype, 2)
    a[:, :5], to[0] = 0, -0.0
    expected = to + a.T.dot(b)
    call = blas.adding_product(a, b, to)
    if call is None:
        pytest.skip("this NumPy computes with another library")
    call()
    assert to.tobytes() == expected.tobytes()


@pytest.mark.parametrize("shape", [(10, 64, 1), (10, 1, 4000), (10, 20, 20), (0, 64, 40)])
def test_it_is_not_offered_for_vectors_and_where_it_would_not_be_faster(shape):
    n, rows, columns = shape
    arrays = (np.ones(size, np.float32) for size in ((n, rows), (n, columns), (rows, columns)))
    assert blas.adding_product(*arrays) is None


def test_it_is_not_offered_where_the_numbers_do_not_lie_row_by_row():
    a, b, to = (np.ones(size, np.float32) for size in ((64, 10), (10, 40), (64, 40)))
    assert blas.adding_product(a.T, b, to) is None


def test_it_is_not_offered_where_the_library_does_not_have_it(monkeypatch):
    monkeypatch.setattr(blas, "_gemm", lambda _dtype: None)
    blas._proved.cache_clear()
    arrays = (np.ones(size, np.float32) for size in ((10, 64), (10, 40), (64, 40)))
    assert blas.adding_product(*arrays) is None
    blas._proved.cache_clear()


def test_it_is_not_offered_where_it_adds_up_otherwise(monkeypatch):
    def slightly_other(a, b, to):
        def call():
            to[...] = to + a.T.dot(b)
            to[-1, -1] = np.nextafter(to[-1, -1], 1)

        return call

    monkeypatch.setattr(blas, "_call", slightly_other)
    blas._proved.cache_clear()
    arrays = (np.ones(size, np.float32) for size in ((10, 64), (10, 40), (64, 40)))
    assert blas.adding_product(*arrays) is None
    blas._proved.cache_clear()


def dataset():
    labels = np.arange(53) % 3
    x = np.random.default_rng(0).random((53, 64), dtype=np.float32)
    y = one_hot(labels, 3)
    return Dataset("random", x, y, x[:9].copy(), y[:9].copy(), ("a", "b", "c"))


def both(monkeypatch, **choices):
    """Return two trainers of one recipe: one that adds at once, one that writes every gradient."""
    recipe = Recipe(layers=LAYERS, batch_size=5, learning_rate=0.5, **choices)
    at_once = Trainer(recipe, dataset())
    monkeypatch.setattr(training_steps, "adding_product", lambda *_arrays: None)
    return at_once, Trainer(recipe, dataset())


def same(trainers):
    first, second = trainers
    assert first.steps == second.steps
    assert first.network.theta.tobytes() == second.network.theta.tobytes()
    assert first.gradient.tobytes() == second.gradient.tobytes()


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"dtype": "float64"},
        {"dropout": 0.3, "input_noise": 0.1},
        {"schedule": "step_decay", "schedule_epochs": 1},
        {"cost": "cross_entropy"},
    ],
)
def test_parameters_and_gradients_are_the_same_step_by_step(monkeypatch, choices):
    trainers = both(monkeypatch, **choices)
    for step in range(40):  # three epochs, each with a short last minibatch
        costs = [trainer.step() for trainer in trainers]
        assert costs[0] == costs[1]
        if step % 3:
            same(trainers)


def test_looking_ahead_changing_and_going_back_leave_the_gradient_right(monkeypatch):
    trainers = both(monkeypatch)
    states = []
    for step in range(30):
        for trainer in trainers:
            trainer.step()
        seen = [trainer.preview() for trainer in trainers]
        assert seen[0].gradient.tobytes() == seen[1].gradient.tobytes()
        assert seen[0].nudge.tobytes() == seen[1].nudge.tobytes()
        same(trainers)
        if step in (7, 19):
            for trainer in trainers:
                trainer.step()
                trainer.change("batch_size", 8 if step == 7 else 3)
            same(trainers)
        if step == 13:
            for trainer in trainers:
                trainer.change("learning_rate", 0.125)
            same(trainers)
        states.append([trainer.state() for trainer in trainers])
    for back in (20, 8, 3, 0):
        for trainer, state in zip(trainers, states[back], strict=True):
            trainer.restore(state)
            trainer.step()
        same(trainers)


def test_the_last_gradient_is_still_right_when_the_next_minibatch_has_diverged(monkeypatch):
    trainers = both(monkeypatch)
    for trainer in trainers:
        for _ in range(4):
            trainer.step()
        trainer.network.biases[-1][:] = np.nan
        for _ in range(2):
            with pytest.raises(DivergedError):
                trainer.step()
    assert np.isfinite(trainers[0].gradient).all()
    assert trainers[0].gradient.any()
    same(trainers)
