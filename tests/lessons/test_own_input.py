"""A scene shows an input of its own: numbers, or the picture moved."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.lessons.expressions import parse
from nnviz.lessons.lesson import Changes
from nnviz.lessons.own_input import moved, own_input
from nnviz.lessons.values import ExpressionError
from tests.lessons.moments import moment

PICTURE = np.arange(1.0, 7.0).reshape(2, 3)


@pytest.mark.parametrize(
    ("right", "down", "expected"),
    [
        (0, 0, [[1, 2, 3], [4, 5, 6]]),
        (1, 0, [[0, 1, 2], [0, 4, 5]]),
        (-2, 0, [[3, 0, 0], [6, 0, 0]]),
        (0, 1, [[0, 0, 0], [1, 2, 3]]),
        (1, -1, [[0, 4, 5], [0, 0, 0]]),
        (99, 99, [[0, 0, 0], [0, 0, 0]]),
        (-99, 0, [[0, 0, 0], [0, 0, 0]]),
    ],
)
def test_a_picture_is_moved(right, down, expected):
    assert moved(PICTURE, right, down).tolist() == expected


def test_the_picture_on_screen_is_moved():
    seen = moment("neuron-12")
    pictured = replace(seen, snapshot=replace(seen.snapshot, image_shape=(1, 2)))
    assert own_input(Changes(shift=(1, 0)), pictured).tolist() == [0, 1]
    with pytest.raises(ExpressionError, match="only pictures"):
        own_input(Changes(shift=(1, 0)), seen)


def test_numbers_are_asked_of_the_engine():
    changes = Changes(input=(parse("x[0] + 1"), parse("w[1][0,1]")))
    assert own_input(changes, moment("neuron-12")).tolist() == [2, 4]
    assert own_input(Changes(), moment("neuron-12")) is None
