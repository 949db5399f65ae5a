"""What an eraser leaves: exactly what it did not reach."""

import numpy as np
import pytest

from nnviz.views.pad.strokes import Sheet, cleaned, erased, fitted

LINE = np.array([(0.1, 0.5), (0.9, 0.5)])


def test_a_line_rubbed_through_the_middle_becomes_two() -> None:
    left, right = erased([LINE], (0.5, 0.4), (0.5, 0.6), 0.05)
    np.testing.assert_array_equal(left[0], LINE[0])
    np.testing.assert_array_equal(right[-1], LINE[1])
    assert left[-1, 0] == pytest.approx(0.45, abs=0.013)
    assert right[0, 0] == pytest.approx(0.55, abs=0.013)
    assert np.diff(left[:, 0]).max() <= 0.0126


def test_an_end_is_shortened_and_a_short_stroke_is_gone() -> None:
    (left,) = erased([LINE], (0.9, 0.5), (0.9, 0.5), 0.1)
    assert left[-1, 0] == pytest.approx(0.8, abs=0.026)
    assert erased([LINE[:1]], (0.1, 0.5), (0.1, 0.5), 0.05) == ()
    assert erased([LINE], (0.0, 0.5), (1.0, 0.5), 0.05) == ()


def test_what_is_not_reached_stays_the_same_array() -> None:
    diagonal = np.array([(0.0, 0.0), (1.0, 1.0)])
    left = erased([LINE, diagonal], (0.9, 0.05), (0.95, 0.1), 0.05)
    assert left[0] is LINE
    assert left[1] is diagonal


def test_widths_are_kept_along_the_way() -> None:
    pressed = np.array([(0.1, 0.5, 0.5), (0.9, 0.5, 1.5)])
    left, _ = erased([pressed], (0.5, 0.5), (0.5, 0.5), 0.05)
    np.testing.assert_allclose(left[:, 2], 0.5 + (left[:, 0] - 0.1) / 0.8)


def test_strokes_are_brought_onto_the_sheet() -> None:
    (kept,) = cleaned([np.array([(-0.5, 0.5, 2.0), (1.5, 0.5, 2.0)]), np.empty((0, 2))])
    np.testing.assert_array_equal(kept, [(0, 0.5, 2.0), (1, 0.5, 2.0)])
    assert Sheet().empty
    assert not Sheet(strokes=(kept,)).empty


def test_strokes_in_pixels_are_fitted_and_those_on_a_sheet_stay() -> None:
    (same,) = fitted([LINE])
    np.testing.assert_array_equal(same, LINE)
    (moved,) = fitted([np.array([(100.0, 200.0), (300.0, 400.0)])])
    np.testing.assert_allclose(moved, [(0.15, 0.15), (0.85, 0.85)])
    assert fitted([]) == ()
