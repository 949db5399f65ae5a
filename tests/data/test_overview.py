"""A data set at a glance: counts, means, columns and oddities, against plain NumPy."""

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset, one_hot
from nnviz.data.overview import BINS, CalledOffError, look_over
from nnviz.data.tables import load_table


def pictures(seed=0, count=90, classes=4):
    draw = np.random.default_rng(seed)
    x = draw.random((count, 36), dtype=np.float32)
    labels = draw.integers(0, classes - 1, count)  # the last class has no example
    names = tuple("abcd"[:classes])
    y = one_hot(labels, classes)
    return Dataset("p", x[:60], y[:60], x[60:], y[60:], names, (6, 6)), labels


def test_counts_rows_and_means_are_those_of_numpy():
    dataset, labels = pictures()
    found = look_over(dataset)
    assert found.names == ("a", "b", "c", "d")
    assert found.train.counts.tolist() == np.bincount(labels[:60], minlength=4).tolist()
    assert found.test.counts.tolist() == np.bincount(labels[60:], minlength=4).tolist()
    for label in range(4):
        rows = found.train.rows(label)
        assert rows.tolist() == np.flatnonzero(labels[:60] == label).tolist()
        wanted = dataset.x_train[rows].mean(axis=0) if len(rows) else np.zeros(36)
        np.testing.assert_allclose(found.means[label], wanted, rtol=1e-5)
    assert found.test.rows(None).tolist() == list(range(30))
    assert found.train.x is dataset.x_train, "nothing is copied"
    assert not found.columns
    assert not found.toy


def test_blank_repeated_and_leaked_examples_are_counted():
    dataset, _ = pictures()
    x, test = dataset.x_train.copy(), dataset.x_test.copy()
    x[3] = 0
    x[10:13] = x[20]
    test[:2] = x[40:42]
    found = look_over(Dataset("p", x, dataset.y_train, test, dataset.y_test, ("a", "b", "c", "d")))
    assert (found.train.blank, found.train.repeated, found.known) == (1, 3, 2)
    assert (found.test.blank, found.test.repeated) == (0, 0)


def test_columns_of_a_table(tmp_path):
    path = tmp_path / "t.csv"
    draw = np.random.default_rng(2)
    lines = [f"{draw.normal():.4f},{k + draw.normal():.4f},{'xyz'[k]}" for k in (0, 1, 2) * 30]
    path.write_text("one,two,kind\n" + "\n".join(lines) + "\n")
    data = load_table(path)
    found = look_over(data)
    assert [column.name for column in found.columns] == ["one", "two"]
    for place, column in enumerate(found.columns):
        assert column.bars.shape == (3, BINS)
        assert column.bars.sum() == len(found.train.x)
        for label in range(3):
            mine = data.columns[place].to_file(found.train.x[found.train.rows(label), place])
            figures = column.low[label], column.mean[label], column.high[label]
            np.testing.assert_allclose(figures, (mine.min(), mine.mean(), mine.max()), atol=1e-6)


@pytest.mark.parametrize(("name", "ones"), [("xor", 2), ("and", 1), ("park", 2)])
def test_a_truth_table_is_a_toy_of_two_classes(name, ones):
    found = look_over(load_dataset(name))
    assert found.toy
    assert found.names == ("0", "1")
    assert found.train.counts[1] == ones


def test_numbers_to_predict_are_no_classes():
    x = np.linspace(0, 1, 40, dtype=np.float32)[:, np.newaxis]
    found = look_over(Dataset("n", x, x * 0.7, x + 2, x * 0.5))
    assert found.names == ("",)
    assert found.train.counts.tolist() == [40]
    assert not found.toy


def test_several_numbers_to_predict_are_no_classes_either(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "a,b,c\n" + "\n".join(f"{k},{k * k / 7:.3f},{9 - k / 3:.3f}" for k in range(30))
    )
    found = look_over(load_table(path, target=("b", "c")))
    assert found.names == ("",)
    assert found.train.counts.tolist() == [len(found.train.x)]


def test_a_constant_column_has_a_histogram():
    x = np.ones((30, 2), dtype=np.float32)
    y = one_hot(np.arange(30) % 2, 2)
    found = look_over(Dataset("c", x, y, x, y, ("a", "b")))
    assert found.columns[0].bars.sum() == 30


def test_it_is_called_off():
    with pytest.raises(CalledOffError):
        look_over(pictures()[0], lambda: True)


def test_a_column_that_begins_at_0_begins_at_0_in_spite_of_rounding(tmp_path):
    random = np.random.default_rng(3)
    rows = [f"{age},{age % 3},{'ab'[age % 2]}" for age in random.permutation(91)]
    path = tmp_path / "ages.csv"
    path.write_text("age,part,kind\n" + "\n".join(rows) + "\n")
    age = look_over(load_table(path)).columns[0]
    ends = [*age.low, *age.high, *age.edges]
    assert all(value == 0 or abs(value) > 0.5 for value in ends)
    assert min(age.low) >= 0
