"""The tracer that the tests draw with: what it traces is the digit that was there."""

import numpy as np
import pytest

from nnviz.data.glyphs import forms
from nnviz.data.handwriting import rasterise
from tests.data.seen import strokes_to_image
from tests.tracing import placed, thin, trace


def drawn(*strokes):
    return rasterise([np.array(stroke, dtype=float) for stroke in strokes], 28, pen=2.4)


def test_a_line_is_one_stroke_of_two_ends():
    (stroke,) = trace(drawn([[14, 5], [14, 22]]))
    assert np.abs(stroke[:, 0] - stroke[0, 0]).max() < 0.5
    assert np.ptp(stroke[:, 1]) == pytest.approx(17, abs=3)


def test_a_ring_is_one_closed_stroke():
    angle = np.linspace(0, 2 * np.pi, 40)
    (stroke,) = trace(drawn(14 + 8 * np.stack([np.cos(angle), np.sin(angle)], axis=1)))
    assert np.hypot(*(stroke[0] - stroke[-1])) < 1
    assert np.hypot(*(stroke - stroke.mean(axis=0)).T) == pytest.approx(8, abs=1)


def test_at_a_crossing_the_pen_goes_straight_on():
    strokes = trace(drawn([[14, 4], [14, 24]], [[4, 14], [24, 14]]))
    assert len(strokes) == 2
    assert all(np.ptp(stroke, axis=0).min() < 2 for stroke in strokes)


def test_dirt_is_left_out():
    picture = drawn([[14, 5], [14, 22]])
    picture[3, 3] = 1
    assert len(trace(picture)) == 1
    assert len(trace(np.eye(28)[3:4].T @ np.eye(28)[3:4])) == 1  # where it is all there is


def test_thin_lines_are_one_pixel_wide_and_stay_whole():
    ink = np.zeros((30, 30), dtype=bool)
    ink[5:25, 12:18] = True
    line = thin(ink)
    assert (line.sum(axis=1) <= 1).all()
    assert line.sum() > 12


def test_what_is_drawn_again_is_the_same_digit():
    for ways in forms():
        form = ways[0]
        points = form.curve @ form.control
        picture = strokes_to_image([points[form.stroke == n] for n in range(form.stroke[-1] + 1)])
        again = strokes_to_image(trace(picture))
        assert np.corrcoef(again.ravel(), picture.ravel())[0, 1] > 0.7


def test_a_placed_digit_lies_on_the_pad():
    draw = np.random.default_rng(0)
    strokes = [np.array([[0.0, 0], [5, 9], [3, 20]]), np.array([[-4.0, 3], [8, 3]])]
    sizes = []
    for _ in range(50):
        points = np.concatenate(placed(strokes, draw, 280))
        assert points.min() >= 0
        assert points.max() <= 280
        sizes.append(np.ptp(points[:, 1]))
    assert min(sizes) < 100 < 180 < max(sizes)
