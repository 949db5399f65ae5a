"""Narrow loops that a pen would fill are kept open; everything else stays as it is drawn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.digit_writer import write_strokes
from nnviz.data.loops import MOST, WIDE, with_open_loops
from tests.data.motor_hands import motor_hands
from tests.data.seen import seen_on_pad, strokes_to_image
from tests.data.strangers import eight_narrow, one, one_flag
from tests.sampled import tried

TURN = np.linspace(0, 2 * np.pi, 61)


def eight(width, slant=0.0):
    """An 8 in one twisted loop, one high and so wide, leaning to the right."""
    x, y = width / 2 * np.sin(2 * TURN), -np.cos(TURN) / 2
    return [np.stack([x - slant * y, y], axis=1)]


def blank_inside(image):
    """How much is left blank between ink to the left and to the right."""
    ink = image > 0.5
    left, right = np.logical_or.accumulate(ink, 1), np.logical_or.accumulate(ink[:, ::-1], 1)
    return float((1 - image)[left & right[:, ::-1]].sum())


@pytest.mark.parametrize("slant", [-0.2, 0.0, 0.35])
@pytest.mark.parametrize("width", [0.16, 0.22, 0.28])
def test_an_eight_in_one_narrow_loop_stays_open(width, slant):
    filled, opened = strokes_to_image(eight(width, slant)), seen_on_pad(eight(width, slant))
    assert blank_inside(opened) > blank_inside(filled) + 5
    for rows in (slice(6, 13), slice(15, 22)):
        assert (opened[rows, 8:20].max(axis=1) > 0.8).all()
        assert blank_inside(opened[rows]) > 3


def test_it_is_stretched_across_its_slant_and_leans_as_before():
    written = eight(0.3, slant=0.4)[0]
    stretched = with_open_loops([written])[0]
    np.testing.assert_allclose(stretched[:, 1], written[:, 1], atol=1e-9)
    across = written[:, 0] + 0.4 * written[:, 1]
    np.testing.assert_allclose(
        stretched[:, 0] + 0.4 * stretched[:, 1], across * WIDE / np.ptp(across), atol=0.01
    )


def test_it_is_never_stretched_further_than_that():
    assert np.ptp(with_open_loops(eight(0.15))[0][:, 0]) == pytest.approx(0.15 * MOST, rel=0.02)


def untouched(strokes):
    return all(one is other for one, other in zip(with_open_loops(strokes), strokes, strict=True))


@pytest.mark.parametrize(
    "strokes",
    [
        eight(0.6),
        [np.stack([0.3 * np.sin(TURN), -np.cos(TURN) / 2], axis=1)],  # a round 0
        one(np.random.default_rng(0).uniform),
        one_flag(np.random.default_rng(0).uniform),
        [np.array([[0.0, 0], [0.02, 1], [-0.02, 0], [0.0, 1]])],  # a line drawn three times
        [np.array([[0.4, 0], [0, 1], [0.43, 0]])],  # a slash drawn twice
        [np.array([[0.0, 0], [1, 0.1], [0, 0.15]])],  # flat
        [np.array([[5.0, 5]])],
        [np.array([[0.0, 0]]), np.array([[0.0, 9]])],
        [np.full((3, 2), np.nan)],
        [],
    ],
)
def test_what_has_no_narrow_loop_is_as_it_was_drawn(strokes):
    assert untouched(strokes)


@settings(max_examples=tried(30), deadline=None)
@given(
    scale=st.floats(1e-6, 1e6),
    shift=st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)),
    width=st.floats(0.14, 0.45),
)
def test_place_and_size_do_not_matter(scale, shift, width):
    moved = [stroke * scale + np.array(shift) * scale for stroke in eight(width)]
    np.testing.assert_allclose(seen_on_pad(moved), seen_on_pad(eight(width)), atol=0.03)


def test_a_speck_does_not_hinder_it():
    touched = [*eight(0.2), np.array([[0.9, 0.9]])]
    np.testing.assert_array_equal(seen_on_pad(touched), seen_on_pad(eight(0.2)))


def test_nine_of_ten_digits_are_not_touched_at_all():
    drawn = write_strokes(200, np.random.default_rng(0))
    assert np.mean([untouched(strokes) for strokes, _ in drawn]) > 0.85


def test_the_narrow_eights_of_strangers_are_opened():
    draw = np.random.default_rng(0).uniform
    assert all(not untouched(eight_narrow(draw)) for _ in range(20))


@pytest.mark.parametrize("size", [25.0, 90.0, 400.0])
@pytest.mark.parametrize("down", [True, False])
def test_the_pen_is_as_wide_as_mnist_s_however_large_the_drawing(size, down):
    image = seen_on_pad([size * np.array([[0.0, 0], [0, 1] if down else [1, 0]])])
    width = image.sum(axis=1 if down else 0)[10:18].mean()
    assert 2.1 < width < 2.6


def test_hands_draw_the_same_for_the_same_seed_in_whole_pixels_of_their_pad():
    first, again = list(motor_hands(3, seed=5)), list(motor_hands(3, seed=5))
    assert [each.digit for each in first] == 3 * list(range(10))
    for drawn, other in zip(first, again, strict=True):
        together = np.concatenate(drawn.strokes)
        np.testing.assert_array_equal(together, np.concatenate(other.strokes))
        np.testing.assert_array_equal(together, np.rint(together))
        assert together.min() >= 0
        assert together.max() <= drawn.side
