"""Points drawn onto data of the plane stand in the name, and are trained on besides the others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data import DATASETS, DataError, load_dataset
from nnviz.data.drawn_points import DRAWN, FARTHEST, MOST
from nnviz.data.naming import located
from nnviz.data.options import options_of, with_options
from nnviz.data.reference import read_reference

CIRCLES = DATASETS["circles"]
PLACES = st.floats(-FARTHEST, FARTHEST, allow_nan=False)
POINTS = st.lists(st.tuples(st.integers(0, 1), PLACES, PLACES), max_size=12).map(tuple)


def named(points):
    values = {**options_of(read_reference("circles"), CIRCLES.options), DRAWN: points}
    return str(with_options("circles", values, CIRCLES.options))


def test_they_join_the_training_points_and_no_test_changes():
    plain, data = load_dataset("circles"), load_dataset("circles:drawn=1~0.5~-2+0~1.25~3")
    assert len(data.x_train) == len(plain.x_train) + 2
    assert np.array_equal(data.x_test, plain.x_test)
    assert data.train_points[-2:].tolist() == [[0.5, -2.0], [1.25, 3.0]]
    assert data.y_train[-2:, 0].tolist() == [1.0, 0.0]
    assert data.fingerprint() != plain.fingerprint()


def test_inputs_are_made_of_them_as_of_all_others():
    data = load_dataset("circles:features=x1+x1x2,drawn=1~0.5~-2")
    assert data.x_train[-1].tolist() == [0.5, -1.0]


@given(POINTS)
@settings(max_examples=40, deadline=None)
def test_a_name_says_all_there_is_of_them(points):
    name = named(points)
    assert located(name) == name
    again = options_of(read_reference(name), CIRCLES.options)[DRAWN]
    assert [point[0] for point in again] == [point[0] for point in points]
    assert np.allclose([p[1:] for p in again], [p[1:] for p in points], atol=0.0006)
    assert named(again) == name


@pytest.mark.parametrize("text", ["1~2", "2~0~0", "1~a~b", "1~0~1e9", "1~nan~0", "x", "1~0~0+"])
def test_what_is_no_point_is_refused(text):
    with pytest.raises(DataError, match="The option drawn takes up to 500 points"):
        load_dataset(f"circles:drawn={text}")


def test_too_many_are_refused():
    with pytest.raises(DataError, match="500 drawn points, not more"):
        load_dataset(f"circles:drawn={'+'.join(['1~0~0'] * (MOST + 1))}")


def test_numbers_over_the_plane_take_none():
    with pytest.raises(DataError, match="no option 'drawn'"):
        load_dataset("bumps:drawn=1~0~0")
