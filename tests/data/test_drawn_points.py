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
from nnviz.engine import Timeline, start_recipe
from nnviz.engine.recipe import RecipeError
from nnviz.engine.run.verification import verify
from tests.sampled import tried

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
@settings(max_examples=tried(40), deadline=None)
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


def test_points_that_were_made_lie_where_they_were_moved_and_stay_what_they_are():
    plain, data = load_dataset("circles"), load_dataset("circles:moved=0~0.5~-2+2~1.25~3")
    assert data.train_points[0].tolist() == [0.5, -2.0]
    assert data.test_points[0].tolist() == [1.25, 3.0], "number 2 is for testing"
    assert np.array_equal(data.train_points[1:], plain.train_points[1:])
    assert np.array_equal(data.y_train, plain.y_train)
    assert np.array_equal(data.y_test, plain.y_test)


def test_a_moved_point_that_is_not_there_changes_nothing():
    few = load_dataset("circles:points=8")
    moved = load_dataset("circles:points=8,moved=100~1~1")
    assert few.fingerprint() == moved.fingerprint()


@pytest.mark.parametrize("text", ["-1~0~0", "20000~0~0", "1~2"])
def test_what_is_no_moved_point_is_refused(text):
    with pytest.raises(DataError, match="each as number~x₁~x₂"):
        load_dataset(f"circles:moved={text}")


def test_an_empty_plane_and_points_of_one_class_cannot_be_learned_and_say_so():
    empty = load_dataset("points")
    assert (empty.inputs, empty.outputs, empty.classes, len(empty.x_train)) == (2, 1, 2, 0)
    assert "put points of both classes" in empty.missing
    one = load_dataset("points:drawn=1~0~0")
    assert "some of the other" in one.missing
    both = load_dataset("points:drawn=1~0~0+0~1~1,features=x1+x2+x1x2")
    assert not both.missing
    assert both.x_train.tolist() == both.x_test.tolist() == [[0, 0, 0], [1, 1, 1]]
    timeline = Timeline(start_recipe("points"), empty)
    with pytest.raises(RecipeError, match="put points of both classes"):
        timeline.trainer.step()


def test_a_run_begins_on_an_empty_plane_and_is_replayed_to_the_last_bit():
    names = ["points", "points:drawn=1~0~0", "points:drawn=1~0~0+0~1~1", "points"]
    timeline = Timeline(start_recipe(names[0]), load_dataset(names[0]))
    for name in names[1:3]:
        timeline.edit("dataset", name, dataset=load_dataset(name))
    for _ in range(20):
        timeline.step()
    theta = timeline.network.theta.copy()
    timeline.edit("dataset", names[3], dataset=load_dataset(names[3]))  # all are erased
    assert timeline.trainer.dataset.missing
    timeline.undo()
    timeline.goto(20)
    assert timeline.network.theta.tobytes() == theta.tobytes()
    assert verify(timeline) == -1
