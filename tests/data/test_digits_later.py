"""Digits that are made when they are first read are the very digits that are made at once."""

from functools import partial

import numpy as np
import pytest

from nnviz import paths
from nnviz.data import catalogue, digits_cache
from nnviz.data.digits_cache import NEWEST, load_digits
from nnviz.data.loading import load_dataset
from nnviz.engine import Recipe, Trainer
from nnviz.engine.training.augment import varied

SIZE = {"train": 1100, "test": 20}


@pytest.fixture(scope="module")
def at_once(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "cache_folder", lambda: tmp_path_factory.getbasetemp() / "at_once")
        return load_digits(**SIZE)


def kept():
    folder = paths.cache_folder()
    return list(folder.iterdir()) if folder.is_dir() else []


def test_they_are_the_same_and_kept_when_all_are_made(at_once):
    data = load_digits(**SIZE, later=True)
    assert not data.whole
    assert not kept()
    np.testing.assert_array_equal(data.y_train, at_once.y_train)
    assert data.x_test.tobytes() == at_once.x_test.tobytes()
    assert data.train_inputs[:50].tobytes() == at_once.x_train[:50].tobytes()
    assert not data.whole
    assert data.fingerprint() == at_once.fingerprint()
    assert data.whole
    assert len(kept()) == 1
    again = load_digits(**SIZE, later=True)
    assert again.whole
    assert again.fingerprint() == at_once.fingerprint()


@pytest.mark.parametrize(
    "key",
    [
        7,
        -1,
        slice(None, None, 97),
        (slice(3, 900), 300),
        (1050, 400),
        np.array([5, 1099, 5]),
        np.arange(1100) % 250 == 3,
        ...,
    ],
    ids=str,
)
def test_whichever_are_read_first_they_are_there(at_once, key):
    rows = load_digits(**SIZE, later=True).train_inputs
    assert rows[key].tobytes() == at_once.x_train[key].tobytes()


def test_taken_for_a_minibatch_they_are_there(at_once):
    rows = load_digits(**SIZE, later=True).train_inputs
    out = np.empty((3, 784), np.float32)
    rows.take(np.array([1099, 4, 2000]), 0, out, "clip")
    assert out.tobytes() == at_once.x_train[[1099, 4, 1099]].tobytes()
    assert not rows.whole


def test_parts_and_other_precisions_of_them_are_there(at_once):
    rows = load_digits(**SIZE, later=True).train_inputs
    assert rows.part(np.array([3, 700]))[:].tobytes() == at_once.x_train[[3, 700]].tobytes()
    double = rows.astype(np.float64)
    assert not double.whole
    assert double.floats().tobytes() == at_once.x_train.astype(np.float64).tobytes()


def test_how_far_the_making_is_rises_to_one():
    rows = load_digits(**SIZE, later=True).train_inputs
    shares = list(rows.make())
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert rows.whole
    assert list(rows.make()) == []


@pytest.mark.parametrize("vary", [varied, lambda recipe: recipe], ids=["varied", "plain"])
@pytest.mark.parametrize("batch_size", [10, 700])
def test_training_takes_them_as_if_they_had_been_there(at_once, vary, batch_size):
    recipe = vary(Recipe(layers=(784, 8, 10), batch_size=batch_size))
    first, second = (Trainer(recipe, data) for data in (at_once, load_digits(**SIZE, later=True)))
    for _ in range(3):
        first.step()
        second.step()
    assert first.network.theta.tobytes() == second.network.theta.tobytes()
    assert first.evaluate() == second.evaluate()


def test_training_waits_for_no_more_than_it_takes():
    data = load_digits(train=6000, test=20, later=True)
    made = []
    writer = data.train_inputs._maker
    trainer = Trainer(varied(Recipe(layers=(784, 8, 10))), data)
    made.append(writer.share)
    trainer.step()
    made.append(writer.share)
    assert made[0] == 0
    assert 0 < made[1] < 1


def test_a_folder_that_cannot_be_made_loses_nothing(at_once):
    paths.cache_folder().parent.mkdir(exist_ok=True)
    paths.cache_folder().write_text("a file in the way")
    assert load_digits(**SIZE, later=True).fingerprint() == at_once.fingerprint()


def test_a_full_disk_loses_nothing(at_once, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(digits_cache, "replace_file", full)
    data = load_digits(**SIZE, later=True)
    assert data.fingerprint() == at_once.fingerprint()
    assert not kept()


def test_an_earlier_generation_is_made_at_once():
    told = []
    data = load_digits(
        train=40, test=20, generation=NEWEST - 1, later=True, progress=lambda *t: told.append(t)
    )
    assert data.whole
    assert told


def test_whoever_asks_for_a_data_set_by_name_may_have_it_so(monkeypatch):
    monkeypatch.setattr(catalogue, "load_digits", partial(load_digits, train=60, test=20))
    assert not load_dataset("digits", later=True).whole
    assert load_dataset("digits").whole
    assert load_dataset("xor", later=True).name == "xor"
