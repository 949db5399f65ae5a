"""What is tested with is never trained on: counted where it was published, prevented where not."""

import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset
from nnviz.data.digits_cache import load_digits
from nnviz.data.drawings import ENOUGH, DrawingStore, load_drawings
from nnviz.data.folders import load_pictures
from nnviz.data.overlap import apart, known, overlap, stratified
from nnviz.data.tables import load_table
from nnviz.engine import Recipe, Trainer
from tests.data.test_folders import put_classes
from tests.mnist import MNIST
from tests.toys import TOYS

SLOW = pytest.mark.slow


def rows_of(values):
    return {row.tobytes() for row in values}


@given(st.lists(st.integers(0, 6), max_size=30), st.lists(st.integers(0, 9), max_size=30))
def test_a_test_example_is_known_exactly_where_its_inputs_are_trained_on(train, test):
    x_train, x_test = (
        np.array([[kind / 2, 1.0] for kind in kinds], np.float32).reshape(-1, 2)
        for kinds in (train, test)
    )
    assert known(x_train, x_test).tolist() == [kind in set(train) for kind in test]


def test_a_negative_zero_is_zero():
    assert known(np.array([[0.0, 1]]), np.array([[-0.0, 1]])).all()


@given(st.lists(st.integers(0, 8), min_size=2, max_size=60), st.integers(0, 5))
def test_copies_stay_together_and_no_example_is_lost(kinds, seed):
    x, labels = np.array(kinds, np.uint8)[:, None], np.array(kinds, np.intp) % 3
    train, test = apart(x, labels, seed)
    if len({(kind % 3) for kind in kinds}) == len(set(kinds)) > 1:  # one of each class
        assert train.tolist() == test.tolist() == list(range(len(kinds)))
        return
    assert sorted([*train, *test]) == list(range(len(kinds)))
    assert (np.diff(train) > 0).all()
    assert (np.diff(test) > 0).all()
    assert len(train)
    assert len(test)
    assert known(x[train], x[test]).any() == (len(set(kinds)) == 1)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=60), st.integers(0, 5))
def test_without_copies_nothing_changes(kinds, seed):
    labels = np.array(kinds, np.intp)
    for ours, plain in zip(
        apart(np.arange(len(kinds)), labels, seed), stratified(labels, seed), strict=True
    ):
        np.testing.assert_array_equal(ours, plain)


def test_copies_of_a_picture_in_a_folder_never_part(tmp_path):
    put_classes(tmp_path, count=20)
    for place in range(20):
        shutil.copy(tmp_path / "3" / f"{place:02}.png", tmp_path / "3" / f"copy {place}.png")
    for seed in range(5):
        data = load_pictures(tmp_path, seed)
        assert len(data.x_train) + len(data.x_test) == 60
        assert overlap(data) == 0
        assert f"{len(data.x_test)} held back" in data.source


def test_a_test_folder_stays_as_it_is_and_its_copies_are_counted(tmp_path):
    put_classes(tmp_path / "train", count=6)
    put_classes(tmp_path / "test", count=6)  # the same pictures
    data = load_pictures(tmp_path)
    assert (len(data.x_train), len(data.x_test)) == (12, 12)
    assert overlap(data) == 12


def test_copies_of_a_picture_in_a_table_never_part_but_rows_of_numbers_may(tmp_path):
    draw = np.random.default_rng(1)
    grey = np.tile(draw.integers(0, 256, (30, 64)), (2, 1))
    pictures, numbers = tmp_path / "pictures.csv", tmp_path / "numbers.csv"
    header = ",".join(f"p{k}" for k in range(64)) + ",label\n"
    lines = [",".join(map(str, row)) + f",{place % 3}" for place, row in enumerate(grey)]
    pictures.write_text(header + "\n".join(lines) + "\n")
    numbers.write_text("a,b,label\n" + "".join(f"{n % 6},{n % 5},{n % 3}\n" for n in range(60)))
    for seed in range(5):
        data = load_table(pictures, seed)
        assert data.image_shape == (8, 8)
        assert len(data.x_train) + len(data.x_test) == 60
        assert overlap(data) == 0
        data = load_table(numbers, seed)
        assert (len(data.x_train), len(data.x_test)) == (48, 12)
        assert overlap(data) > 0


def test_own_drawings_are_trained_on_or_tested_with_but_never_both(tmp_path):
    store = DrawingStore(tmp_path)
    draw = np.random.default_rng(2)
    added = [store.add(n % 10, draw.random((28, 28))) for n in range(200)]
    held = [one.image for one in added if one.held_back]
    assert len(held) >= ENOUGH
    data = load_drawings(store=store)
    assert overlap(data) == 0
    assert rows_of(np.rint(data.x_test * 255).astype(np.uint8)) == rows_of(held)


@pytest.mark.parametrize("size", [{"train": 4000, "test": 500}, pytest.param({}, marks=SLOW)])
def test_no_step_of_training_sees_a_test_example(shared_digits, size):
    data, recipe = load_digits(**size), Recipe(layers=(784, 4, 10), train_size=200)
    trainer = Trainer(recipe, data)
    seen = set()
    for _ in range(2 * trainer.minibatches_per_epoch):
        seen |= rows_of(trainer.preview().x)
        trainer.step()
    assert len(seen) == 200
    assert not seen & rows_of(data.x_test)
    assert overlap(data) == 0


def test_truth_tables_are_tested_with_what_they_teach_and_say_so():
    for name in TOYS:
        data = load_dataset(name)
        assert overlap(data) == len(data.x_test)


@pytest.mark.slow
def test_the_published_set_is_whole_and_has_no_copies():
    data: Dataset = load_dataset("mnist", folder=MNIST)
    assert (len(data.x_train), len(data.x_test)) == (60_000, 10_000)
    assert overlap(data) == 0
