"""Minibatches fetched ahead are those that would be fetched one at a time."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.dataset import Dataset, as_given, one_hot
from nnviz.data.greys import Greys
from nnviz.engine import Recipe, Timeline, Trainer
from nnviz.engine.training import minibatches

SIDE = 5
RECIPE = Recipe(layers=(SIDE * SIDE, 4, 3), batch_size=7, learning_rate=0.1)
CHOICES = [
    {},
    {"dtype": "float64"},
    {"batch_size": 1},
    {"batch_size": 10},  # no short minibatch
    {"batch_size": 60},
    {"batch_size": 500},  # all of them at once
    {"input_noise": 0.2, "label_noise": 0.1},
    {"shift": 1.0, "rotation": 9.0, "pen_width": 0.3},
]


def dataset(held: str, count: int = 60) -> Dataset:
    """Return pictures held as bytes or as floating-point numbers."""
    codes = np.random.default_rng(1).integers(0, 256, (count, SIDE * SIDE), dtype=np.uint8)
    x, y = Greys(codes), one_hot(np.arange(count) % 3, 3)
    given = as_given(x) if held == "bytes" else x.floats().copy()
    return Dataset("p", given, y, x[:9].copy(), y[:9], tuple("abc"), (SIDE, SIDE))


def at(trainer: Trainer, step: int) -> tuple[bytes, bytes, bytes]:
    """Return which examples a step takes, its inputs and its desired outputs."""
    batches = trainer._data.batches
    slot = batches.slot(step)
    return batches.rows(step).tobytes(), batches.x[slot].tobytes(), batches.y[slot].tobytes()


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch):
    """Return what makes a trainer that fetches one minibatch at a time."""

    def make(recipe: Recipe, data: Dataset) -> Trainer:
        with monkeypatch.context() as patched:
            patched.setattr(minibatches, "RING_SLOTS", 1)
            return Trainer(recipe, data)

    return make


@pytest.mark.parametrize("held", ["bytes", "numbers"])
@pytest.mark.parametrize("choices", CHOICES)
def test_in_any_order_of_steps_they_are_the_same(held, choices, one_at_a_time):
    recipe, data = replace(RECIPE, **choices), dataset(held)
    ahead, single = Trainer(recipe, data), one_at_a_time(recipe, data)
    epoch = ahead.minibatches_per_epoch
    on, back = range(3 * epoch), (2 * epoch - 1, 2 * epoch, 1, 0, epoch // 2, epoch // 2 + 1)
    there_and_back = np.random.default_rng(0).integers(0, 3 * epoch, 60).tolist()
    for step in (*on, *back, *there_and_back):
        assert at(ahead, step) == at(single, step)


@pytest.mark.parametrize("held", ["bytes", "numbers"])
def test_they_are_the_rows_of_the_data_set(held):
    trainer = Trainer(RECIPE, dataset(held))
    batches = trainer._data.batches
    for step in range(40):
        slot, rows = batches.slot(step), batches.rows(step)
        assert batches.x[slot].tobytes() == trainer.x_train[rows].tobytes()
        assert batches.y[slot].tobytes() == trainer.y_train[rows].tobytes()


@pytest.mark.parametrize("held", ["bytes", "numbers"])
@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_other_batch_sizes_on_the_way_branches_and_going_back(held, noise, monkeypatch):
    recipe, data = replace(RECIPE, input_noise=noise), dataset(held)

    def story() -> list[tuple[bytes, ...]]:
        run, seen = Timeline(recipe, data, stride=4), []

        def note(steps: int) -> None:
            for _ in range(steps):
                run.step()
                trainer = run.trainer
                done = trainer.gradient.tobytes(), trainer.network.theta.tobytes()
                seen.append((*done, *at(trainer, trainer.steps)))

        note(5)
        run.edit("batch_size", 4)
        note(20)
        run.edit("batch_size", 11)
        note(9)
        for back in (17, 3, 12):
            assert run.goto(back)
            note(2)
            run.edit("batch_size", 5)  # what was ahead stays behind as a branch
            note(15)
        return seen

    many = story()
    monkeypatch.setattr(minibatches, "RING_SLOTS", 1)
    assert many == story()
