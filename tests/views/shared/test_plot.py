"""Lines in pixels: where they end, and that none reaches further than can be painted."""

import numpy as np
import pytest

from nnviz.views.shared.plot import FAR, painted, polygon

PLACES = np.array([[0.0, 1.0], [2.5, -3.0], [2 * FAR, 0.0], [np.nan, 1.0], [5.0, 5.0]])


@pytest.mark.parametrize("places", [PLACES, PLACES[3:], PLACES[:0], PLACES[:1]])
def test_a_polygon_has_the_points_that_are_painted(places):
    assert list(polygon(places)) == painted(places)


def test_it_ends_before_what_is_no_number_and_within_what_can_be_painted():
    assert [at.toTuple() for at in polygon(PLACES)] == [(0.0, 1.0), (2.5, -3.0), (FAR, 0.0)]
