"""What hands do in panels: every view has its place in the table, and only known gestures."""

import pytest

from nnviz.lessons.gestures import GESTURES
from nnviz.lessons.panels import NAMED, PANELS, hands_in, is_alive
from nnviz.views import VIEWS
from nnviz.window.docks import FORM

IDS = [*(spec.id for spec in VIEWS), FORM]


def needed_of(hands):
    return [name for each in (hands.picture, hands.controls, hands.twice) for name in each or ()]


def test_only_gestures_free_anything():
    named = [name for needed in NAMED.values() for name in needed or ()]
    for name in (*named, *(name for hands in PANELS.values() for name in needed_of(hands))):
        assert name in GESTURES


@pytest.mark.parametrize("id", IDS)
def test_every_panel_has_its_place(id):
    # One without would be open to nothing for ever: neither in the table, nor where any gesture is.
    assert id in PANELS or any(id in gesture.panels for gesture in GESTURES.values())


def test_the_table_has_no_other_panels():
    assert set(PANELS) <= set(IDS)


@pytest.mark.parametrize("id", IDS)
def test_controls_are_closed_where_nothing_is_allowed(id):
    assert not is_alive(hands_in(id).controls, ())


def test_a_gesture_frees_the_panel_that_it_is_done_in():
    assert is_alive(hands_in("pad").picture, {"draw"})
    assert not is_alive(hands_in("pad").picture, {"select", "step"})
    assert is_alive(hands_in("cost").picture, ())  # pointing only reads
