"""Where cells stand, and pictures of numbers that have no room."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.views.matrices.images import image_of, shrunk
from nnviz.views.matrices.layout import Axis
from nnviz.views.palette import DARK, Diverging

AXES = st.builds(
    Axis, st.floats(0, 50), st.integers(0, 2), st.integers(0, 40), st.integers(0, 3),
    st.floats(5, 60), st.floats(0.3, 60), st.floats(1, 9),
)  # fmt: skip


@given(AXES, st.data())
def test_a_place_within_a_cell_is_that_cell_and_cells_follow_each_other(axis, data):
    count = axis.before + axis.cells + axis.after
    if not count:
        return
    index = data.draw(st.integers(0, count - 1))
    start, thick = axis.span(index)
    assert axis.at(start + thick / 2) == index
    assert axis.spans(0, index)[1] == pytest.approx(start + thick - axis.span(0)[0])
    assert start + thick <= axis.end + 1e-6
    assert axis.at(axis.labels - 1) == axis.at(axis.end + 1) == -1


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 30), st.integers(1, 30))
def test_a_weight_that_stands_out_is_seen_however_many_there_are(rows, columns, high, wide):
    values = np.zeros((rows, columns), np.float32)
    row, column = rows // 2, columns // 3
    values[row, column] = -7
    small = shrunk(values, high, wide)
    assert small.shape == (min(rows, high), min(columns, wide))
    assert (small == -7).sum() == 1
    assert small.sum() == -7


def test_the_colours_are_those_of_all_views():
    scale = Diverging(DARK)
    image = image_of(np.array([[1.0, 0.0, -1.0]]), 1.0, scale)
    expected = [DARK.plus, DARK.panel, DARK.minus]
    for x, colour in enumerate(expected):
        found = image.pixelColor(x, 0).getRgb()[:3]
        wanted = tuple(bytes.fromhex(colour[1:]))
        assert found == pytest.approx(wanted, abs=1)
