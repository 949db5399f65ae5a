import numpy as np
import pytest

from nnviz.data import DataError, load_dataset
from tests.toys import TOYS


@pytest.mark.parametrize("name", TOYS)
def test_every_row_of_the_table_is_there_once(name):
    data = load_dataset(name)
    assert len(np.unique(data.x_train, axis=0)) == len(data.x_train) == 2**data.inputs
    assert data.outputs == 1
    assert data.class_names == ()
    assert data.image_shape is None
    np.testing.assert_array_equal(data.x_train, data.x_test)
    np.testing.assert_array_equal(data.y_train, data.y_test)


@pytest.mark.parametrize(
    ("name", "truth"),
    [
        ("and", lambda a, b: a and b),
        ("or", lambda a, b: a or b),
        ("nand", lambda a, b: not (a and b)),
        ("xor", lambda a, b: a != b),
    ],
)
def test_logic(name, truth):
    data = load_dataset(name)
    expected = [float(truth(bool(a), bool(b))) for a, b in data.x_train]
    assert data.y_train[:, 0].tolist() == expected


def test_park_is_the_perceptron_with_weights_3_1_minus_20_and_bias_minus_3():
    data = load_dataset("park")
    z = data.x_train @ np.array([3, 1, -20]) - 3
    assert z[data.x_train.tolist().index([1, 0, 1])] == -20
    np.testing.assert_array_equal(data.y_train[:, 0], z >= 0)


def test_inputs_and_answers_have_names():
    assert load_dataset("park").feature_names == ("raining", "above 15 °C", "in lockdown")
    assert load_dataset("park").description.class_names == ("no", "yes")
    assert load_dataset("xor").feature_names == ("x₁", "x₂")
    assert load_dataset("xor").description.class_names == ("0", "1")
    assert not any(column.scaled for column in load_dataset("park").columns)


def test_unknown_table_is_named_with_the_choices():
    with pytest.raises(DataError, match=r"'nor'.*and, or, nand, xor, park"):
        load_dataset("nor")
