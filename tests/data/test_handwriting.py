import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnviz.data import handwriting
from nnviz.data.handwriting import (
    BOX,
    CANVAS,
    PEN,
    SIDE,
    Strokes,
    prepare,
    prepare_many,
    prepare_strokes,
    rasterise,
    strokes_to_images,
)
from tests.data.seen import strokes_to_image
from tests.sampled import tried


def circle(radius=100.0, points=61):
    angle = np.linspace(0, 2 * np.pi, points)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def seven():
    return [np.array([[0.0, 0], [60, 0], [30, 100]]), np.array([[15.0, 50], [55, 50]])]


def centre_of_mass(image):
    """Return the row and column of the centre of mass, in pixel indices."""
    return tuple((image.sum(axis=axis) @ np.arange(SIDE)) / image.sum() for axis in (1, 0))


coordinates = st.floats(-1000, 1000, width=32)
stroke_lists = st.lists(
    hnp.arrays(np.float32, st.tuples(st.integers(1, 12), st.just(2)), elements=coordinates),
    min_size=1,
    max_size=4,
)


@settings(max_examples=tried(60), deadline=None)
@given(strokes=stroke_lists)
def test_any_strokes_give_a_picture_of_ink_between_0_and_1(strokes):
    image = strokes_to_image(strokes)
    assert image.shape == (SIDE, SIDE)
    assert image.dtype == np.float32
    assert image.min() >= 0
    assert image.max() == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("speck", [[[150.0, 20]], [[-60, 130], [-58, 131]], [[30, 200]]])
def test_a_speck_far_from_the_digit_does_not_shrink_it(speck):
    touched = [*seven(), np.array(speck)]
    np.testing.assert_array_equal(strokes_to_image(touched), strokes_to_image(seven()))
    np.testing.assert_array_equal(strokes_to_image(touched[::-1]), strokes_to_image(seven()))


@pytest.mark.parametrize("part", [[[66.0, -6]], [[5, 85]], [[120, 0], [120, 100]]])
def test_dots_close_by_and_long_strokes_far_away_belong_to_the_digit(part):
    assert (
        np.abs(strokes_to_image([*seven(), np.array(part)]) - strokes_to_image(seven())).max() > 0.1
    )


def test_dots_alone_are_all_drawn():
    dots = [np.array([[0.0, 0]]), np.array([[100.0, 50]])]
    assert np.ptp(np.flatnonzero(strokes_to_image(dots).any(axis=0))) > BOX / 2


@settings(max_examples=tried(60), deadline=None)
@given(strokes=stroke_lists)
def test_the_centre_of_mass_is_in_the_middle_unless_the_frame_is_in_the_way(strokes):
    preparation = prepare_strokes(strokes)
    inside = preparation.scaled
    for axis in (0, 1):
        wanted = SIDE // 2 - (inside.sum(axis=1 - axis) @ np.arange(BOX)) / inside.sum()
        assume(0 <= wanted <= SIDE - BOX)
        centre = centre_of_mass(preparation.image)[axis]
        assert centre == pytest.approx(SIDE // 2, abs=0.5 + 0.03)


@settings(max_examples=tried(60), deadline=None)
@given(shift=st.tuples(st.floats(-500, 500), st.floats(-500, 500)), scale=st.floats(0.01, 100))
def test_place_and_size_do_not_matter(shift, scale):
    strokes = seven()
    moved = [stroke * scale + shift for stroke in strokes]
    np.testing.assert_allclose(strokes_to_image(moved), strokes_to_image(strokes), atol=0.02)


def test_order_and_direction_do_not_matter():
    backwards = [stroke[::-1] for stroke in reversed(seven())]
    np.testing.assert_allclose(strokes_to_image(backwards), strokes_to_image(seven()), atol=0.15)


@pytest.mark.parametrize(
    "nothing",
    [
        [],
        [np.empty((0, 2))],
        [np.full((3, 2), np.nan)],
        [np.array([[np.inf, 0], [0, -np.inf]])],
    ],
)
def test_no_ink_is_all_zeros(nothing):
    preparation = prepare_strokes(nothing)
    assert preparation.boxed.shape == (0, 0)
    assert preparation.scaled.shape == (BOX, BOX)
    assert preparation.image.shape == (SIDE, SIDE)
    assert not preparation.image.any()
    assert not preparation.scaled.any()


def test_points_that_are_not_finite_are_skipped():
    spoilt = [np.insert(stroke, 1, [np.nan, 5], axis=0) for stroke in seven()]
    spoilt[0] = np.insert(spoilt[0], 0, [3, np.inf], axis=0)
    np.testing.assert_array_equal(strokes_to_image(spoilt), strokes_to_image(seven()))


def test_units_may_be_huge_or_tiny():
    for unit in (1e-20, 1e20):
        scaled = [stroke * unit for stroke in seven()]
        np.testing.assert_allclose(strokes_to_image(scaled), strokes_to_image(seven()), atol=0.02)


def test_a_dot_is_a_disc():
    image = strokes_to_image([np.array([[5.0, 5.0]])])
    assert image[14, 14] == pytest.approx(1, abs=1e-5)
    assert image.sum() == pytest.approx(np.pi * (BOX / 2) ** 2, rel=0.1)


@pytest.mark.parametrize("down", [True, False])
def test_a_straight_line_fills_the_box_one_way_and_is_a_pen_wide_the_other(down):
    line = np.array([[0.0, 0], [0, 50]])
    image = strokes_to_image([line if down else line[:, ::-1]])
    rows, columns = (image > 0.5).any(axis=1).sum(), (image > 0.5).any(axis=0).sum()
    assert (rows if down else columns) == BOX
    assert (columns if down else rows) in (2, 3)


def test_two_dots_are_two_dots():
    image = strokes_to_image([np.array([[0.0, 0]]), np.array([[0.0, 100]])])
    assert image[14, 14] == 0
    assert image[4:9].any()
    assert image[20:25].any()


def test_a_pen_is_as_wide_as_asked():
    canvas = rasterise([np.array([[10.0, 20], [30, 20]])], 40, pen=5)
    assert canvas.shape == (40, 40)
    assert canvas[:, 20].sum() == pytest.approx(5, abs=0.15)
    assert canvas[20, 20] == 1
    assert canvas[:, :5].sum() == 0


def test_rasterising_off_the_canvas_stays_on_it():
    canvas = rasterise([np.array([[-1e9, 20], [1e9, 20]])], 40, pen=2)
    assert canvas.shape == (40, 40)
    assert np.isfinite(canvas).all()


def test_the_stroke_is_as_wide_as_mnist_s():
    straight = strokes_to_image([np.array([[0.0, 0], [0, 50]])])
    width = straight[10:18].sum(axis=1).mean()
    assert 2.1 < width < 2.6


def test_the_stages_lead_to_the_picture():
    canvas = rasterise([circle(10) + 30], 64, pen=4)
    preparation = prepare(canvas)
    assert preparation.boxed.shape == (24, 24)
    assert preparation.boxed.sum() == pytest.approx(canvas.sum(), rel=0.02)
    assert preparation.scaled.max() == pytest.approx(1)
    np.testing.assert_array_equal(preparation.image[4:24, 4:24], preparation.scaled)
    assert preparation.image.sum() == pytest.approx(preparation.scaled.sum())


def test_scaling_averages_areas():
    canvas = np.zeros((60, 80), dtype=np.float32)
    canvas[10:50, 20:60] = np.kron(np.eye(20), np.ones((2, 2)))
    np.testing.assert_allclose(prepare(canvas).scaled, np.eye(20), atol=1e-6)


def test_a_narrow_box_keeps_its_shape():
    canvas = np.zeros((100, 100), dtype=np.float32)
    canvas[0:100, 40:50] = 0.5
    scaled = prepare(canvas).scaled
    assert (scaled.max(axis=1) == 1).all()
    assert scaled.sum() == pytest.approx(2 * BOX)
    np.testing.assert_allclose(scaled, scaled[:, ::-1], atol=1e-6)


@settings(max_examples=tried(40), deadline=None)
@given(
    canvas=hnp.arrays(
        np.float32,
        st.tuples(st.integers(1, 50), st.integers(1, 50)),
        elements=st.floats(0, 1, width=32),
    )
)
def test_any_canvas_can_be_prepared(canvas):
    image = prepare(canvas).image
    assert image.min() >= 0
    assert image.max() <= 1 + 1e-6
    assert image.any() == canvas.any()


def test_a_canvas_with_holes_counts_them_as_no_ink():
    canvas = rasterise([circle(10) + 30], 64, pen=4)
    spoilt = canvas.copy()
    spoilt[0, 0], spoilt[0, 1] = np.nan, np.inf
    np.testing.assert_array_equal(prepare(spoilt).image, prepare(canvas).image)


def test_many_digits_at_once_are_the_same_pictures():
    digits = [seven(), [circle()], [np.array([[1.0, 1.0]])], []]
    flat = Strokes(
        np.concatenate([stroke for strokes in digits for stroke in strokes]),
        np.repeat(np.arange(4), [3, 2, 61, 1]),
        np.repeat(np.arange(3), [5, 61, 1]),
        count=4,
    )
    images = strokes_to_images(flat, np.full(4, PEN, dtype=np.float32))
    for image, strokes in zip(images, digits, strict=True):
        np.testing.assert_allclose(image, strokes_to_image(strokes), atol=1e-5)


def test_many_canvases_at_once_are_the_same_pictures():
    canvases = np.stack([rasterise([circle(r) + 30], 64, pen=3) for r in (5, 9, 20)])
    for image, canvas in zip(prepare_many(canvases), canvases, strict=True):
        np.testing.assert_allclose(image, prepare(canvas).image, atol=1e-6)


def test_the_canvas_resolves_the_box():
    assert handwriting.CANVAS % BOX == 0
    assert CANVAS >= 2 * BOX
