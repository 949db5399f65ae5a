"""The data of example files: exact rows, names, units, classes, and pictures."""

from functools import partial

import numpy as np
import pytest

from nnviz.data import DataError, catalogue, load_dataset
from nnviz.data.description import Column
from nnviz.data.digits_cache import load_digits

HEAD = 'id = "x"\ntitle = "X"\n[data]\n'


@pytest.fixture
def load(tmp_path):
    path = tmp_path / "x.toml"

    def load(text):
        path.write_text(HEAD + text, "utf-8")
        return load_dataset(str(path))

    return load


def test_rows_are_exact_and_test_examples_where_there_are_no_others(load):
    data = load('inputs = ["a", "b"]\ntargets = ["y"]\nrows = [[0.05, 1e-9, 3], [0.1, 2, 4]]\n')
    assert data.x_train.tolist() == data.x_test.tolist() == [[0.05, 1e-9], [0.1, 2.0]]
    assert data.y_train.tolist() == [[3.0], [4.0]]
    assert data.x_train.dtype == data.y_test.dtype == np.float64
    assert data.feature_names == ("a", "b")
    assert data.source == "X"
    assert data.classes == 0
    other = load('inputs = ["a"]\ntargets = ["y"]\nrows = [[1, 3]]\ntests = [[5, 6], [7, 8]]\n')
    assert (other.x_test.tolist(), other.y_test.tolist()) == ([[5], [7]], [[6], [8]])


def test_columns_have_units_scaling_and_as_many_decimals_as_they_are_written_with(load):
    data = load(
        'inputs = ["a", { name = "b", unit = "m", offset = 1.0, scale = 2 }]\ntargets = ["y"]\n'
        "rows = [[0.05, 1, 3], [0.1, 2, 4.5]]\n"
    )
    assert data.columns == (Column("a"), Column("b", "m", 1.0, 2.0))
    assert [column.decimals for column in (*data.columns, *data.targets)] == [2, None, 1]


@pytest.mark.parametrize(
    ("targets", "classes", "rows", "names"),
    [
        ('["go"]', '["no", "yes"]', "[[1, 0], [2, 1]]", ("no", "yes")),
        ('["a", "b"]', '["a", "b"]', "[[1, 0, 1]]", ("a", "b")),
    ],
)
def test_classes(load, targets, classes, rows, names):
    data = load(f'inputs = ["x"]\ntargets = {targets}\nclasses = {classes}\nrows = {rows}\n')
    assert data.classes == 2
    assert data.description.class_names == names


def test_pictures(load):
    data = load('shape = [2, 2]\ntargets = ["y"]\nrows = [[0, 1, 0.5, 1, 3]]\n')
    assert data.image_shape == (2, 2)
    assert data.description.pictures is not None
    assert data.columns == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('shape = [2]\ntargets = ["y"]\nrows = [[1, 2]]', "line 4: 'shape' must be rows and"),
        ('inputs = ["x"]\ntargets = ["y"]\nrows = []', "line 6: there is no row at all"),
        ('inputs = ["x"]\ntargets = []\nrows = [[1]]', "line 5: there are no targets"),
        ('inputs = ["x"]\ntargets = ["y"]\nclasses = ["a", "b"]\nrows = [[1, 2]]',
         "line 6: where a single target has two classes it is 0 or 1"),
        ('inputs = [{ name = "x", scale = 0 }]\ntargets = ["y"]\nrows = [[1, 2]]', "line 4: "),
        ('inputs = [{ name = "x", size = 1 }]\ntargets = ["y"]\nrows = [[1, 2]]', "line 4: "),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(load, text, words):
    with pytest.raises(DataError) as refused:
        load(text)
    assert words in str(refused.value)


def test_an_example_is_mixed_with_nothing(monkeypatch):
    monkeypatch.setattr(catalogue, "load_digits", partial(load_digits, train=60, test=20))
    with pytest.raises(DataError):
        load_dataset("example:and+digits")
