import numpy as np
import pytest

from nnviz.data.glyphs import forms


def test_every_digit_has_several_forms_with_shares_of_one():
    assert len(forms()) == 10
    for ways in forms():
        assert len(ways) >= 5
        assert len({(way.lean, way.boldest) for way in ways}) == 1
        assert sum(way.share for way in ways) == pytest.approx(1)


@pytest.mark.parametrize("form", [form for ways in forms() for form in ways])
def test_the_curve_passes_through_its_control_points(form):
    points = form.curve @ form.control
    assert np.isfinite(points).all()
    distance = np.hypot(*(points[:, np.newaxis] - form.control).transpose(2, 0, 1)).min(axis=0)
    assert distance.max() < 1e-3
    assert points.min() > -15
    assert points.max() < 115


@pytest.mark.parametrize("form", [form for ways in forms() for form in ways])
def test_moving_all_control_points_moves_the_curve(form):
    np.testing.assert_allclose(form.curve.sum(axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("form", [form for ways in forms() for form in ways])
def test_strokes_follow_one_another_and_have_two_ends_each(form):
    assert len(form.stroke) == len(form.curve)
    assert np.diff(form.stroke).min(initial=0) >= 0
    assert form.ends.sum() == 2 * (form.stroke.max() + 1)


def test_a_bar_is_a_corner_and_a_slash_lifts_the_pen():
    seven_with_bar = next(form for form in forms()[7] if form.stroke.max() == 1)
    points = seven_with_bar.curve @ seven_with_bar.control
    first = points[seven_with_bar.stroke == 0]
    steps = np.diff(first, axis=0)
    steps = steps[steps.any(axis=1)]
    steps /= np.hypot(*steps.T)[:, np.newaxis]
    turn = (steps[1:] * steps[:-1]).sum(axis=1)
    assert turn.min() < 0.3


def test_the_forms_are_not_alike():
    for ways in forms():
        shapes = [form.control.tobytes() for form in ways]
        assert len(set(shapes)) == len(shapes)
