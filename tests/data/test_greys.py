"""Pictures held a byte a pixel are the very numbers that they stand for."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.dataset import Dataset, as_given, one_hot
from nnviz.data.greys import Greys, compact
from nnviz.data.idx import grey
from nnviz.engine import Recipe, Timeline, Trainer
from nnviz.runtime.run import Run

SIDE = 8


def bytes_of(count: int = 120) -> np.ndarray:
    """Pictures in which each of the 256 greys occurs."""
    codes = np.random.default_rng(3).integers(0, 256, (count, SIDE * SIDE), dtype=np.uint8)
    codes[0], codes[1:5] = 0, np.arange(256, dtype=np.uint8).reshape(4, -1)
    return codes


def twins(count: int = 120) -> tuple[Dataset, Dataset]:
    """Return one data set as bytes and as floating-point numbers."""
    codes = bytes_of(count)
    y = one_hot(np.arange(count) % 3, 3)
    numbers = Dataset("p", grey(codes), y, grey(codes[:20]), y[:20], tuple("abc"), (SIDE, SIDE))
    return replace(numbers, x_train=as_given(Greys(codes))), numbers


@given(st.data())
def test_read_in_any_way_the_numbers_are_the_same_to_the_last_bit(data: st.DataObject) -> None:
    codes = bytes_of()
    dtype = data.draw(st.sampled_from(["float32", "float64"]))
    greys, numbers = Greys(codes).astype(dtype), grey(codes).astype(dtype)
    rows = np.array(data.draw(st.lists(st.integers(0, 119), min_size=1, max_size=30)))
    step = data.draw(st.integers(1, 9))
    for key in (
        int(rows[0]),
        rows,
        slice(None, None, step),
        (slice(None), 5),
        (3, 4),
        np.arange(120) % step == 0,
    ):
        assert greys[key].dtype == numbers.dtype
        assert greys[key].tobytes() == np.asarray(numbers[key]).tobytes()
    into, wanted = (np.empty((len(rows), codes.shape[1]), dtype) for _ in range(2))
    greys.take(rows, 0, into, "clip")
    numbers.take(rows, 0, wanted, "clip")
    assert into.tobytes() == wanted.tobytes()
    assert greys.part(rows)[:].tobytes() == numbers[rows].tobytes()
    assert np.stack(list(greys)).tobytes() == greys.floats().tobytes() == numbers.tobytes()


@pytest.mark.parametrize("other", [-0.0, 0.5, 1.5, np.nan, np.inf, -1 / 255, 2.0, 1e30])
def test_only_what_is_one_of_the_greys_to_the_last_bit_is_held_so(other: float) -> None:
    numbers = grey(bytes_of())
    held = compact(numbers)
    assert isinstance(held, Greys)
    np.testing.assert_array_equal(held.codes, bytes_of())
    numbers[-1, -1] = other
    assert compact(numbers) is numbers


def test_a_data_set_is_the_same_one_however_it_is_held() -> None:
    bytewise, numbers = twins()
    assert isinstance(bytewise.train_inputs, Greys)
    assert bytewise.fingerprint() == numbers.fingerprint()
    assert bytewise.inputs == numbers.inputs
    assert isinstance(bytewise.x_train, np.ndarray)
    assert bytewise.x_train.tobytes() == numbers.x_train.tobytes()
    assert bytewise.x_train is bytewise.x_train, "a loop over it does not make it anew"
    with pytest.raises(ValueError, match="read-only"):
        bytewise.x_train[0, 0] = 1
    with pytest.raises(AttributeError):
        bytewise.x_train = numbers.x_train  # type: ignore[misc]
    assert replace(bytewise, name="q").x_train.tobytes() == numbers.x_train.tobytes()


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"dtype": "float64"},
        {"train_size": 50, "validation_size": 30},
        {"input_noise": 0.2, "label_noise": 0.1},
        {"shift": 1.0, "rotation": 9.0, "pen_width": 0.3},
        {"optimiser": "adam", "learning_rate": 0.01, "batch_size": 7},
    ],
)
def test_training_measuring_and_going_back_give_the_same_bytes(choices: dict[str, object]) -> None:
    recipe = Recipe(layers=(SIDE * SIDE, 5, 3), **choices)  # type: ignore[arg-type]
    runs = [Timeline(recipe, dataset, stride=8) for dataset in twins()]
    for run in runs:
        for _ in range(40):
            run.step()
        assert run.goto(21)
    first, second = (run.network.theta.tobytes() for run in runs)
    assert first == second
    figures = [run.trainer.evaluate() for run in runs]
    assert repr(figures[0]) == repr(figures[1])
    assert repr(runs[0].trainer.findings()) == repr(runs[1].trainer.findings())
    assert runs[0].trainer.x_train.tobytes() == runs[1].trainer.x_train.tobytes()


def test_no_floating_point_copy_of_the_training_set_is_held_while_it_trains() -> None:
    dataset, _ = twins(20_000)
    size = dataset.train_inputs.shape[0] * dataset.train_inputs.shape[1] * 4
    tracemalloc.start()
    try:
        recipe = Recipe(layers=(SIDE * SIDE, 5, 3), validation_size=1000)
        run = Run(1, Timeline(recipe, dataset), {})
        trainer = run.trainer
        for _ in range(50):
            trainer.step()
        trainer.evaluate()
        trainer.findings()
        snapshot = run.snapshot(playing=False, minibatches_per_second=0.0)
        taken, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert snapshot.step == 50
    assert isinstance(trainer._data.examples.x_train, Greys)
    assert isinstance(Trainer(Recipe(layers=(64, 3)), dataset)._data.examples.x_train, Greys)
    assert dataset.train_inputs._floats is None  # type: ignore[union-attr]
    assert taken < most < size, "what trained, was measured and shown took less than one copy"
