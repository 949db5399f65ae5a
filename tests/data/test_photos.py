"""Photographs: whatever the light, the paper and the dirt, the digit's own ink is found."""

import numpy as np
import pytest

from nnviz.data.handwriting import prepare, rasterise
from nnviz.data.photos import find_ink, find_inks
from tests.sampled import sampled

TWO = [np.array([(0.3, 0.35), (0.4, 0.24), (0.6, 0.25), (0.66, 0.4), (0.3, 0.75), (0.72, 0.76)])]
FIVE = [
    np.array([(0.36, 0.3), (0.34, 0.5), (0.55, 0.48), (0.66, 0.62), (0.5, 0.78), (0.32, 0.72)]),
    np.array([(0.42, 0.28), (0.68, 0.27)]),
]
SIDE = 240


def written(strokes=TWO, side=SIDE, at=(0.0, 0.0), size=1.0, pen=0.06):
    """Ink of strokes on a square picture."""
    return rasterise([side * (size * s + np.array(at)) for s in strokes], side, side * pen * size)


def photo(ink, draw, *, light=0.75, ink_grey=0.2, noise=0.0, slope=0.0, shadow=0.0):
    """Dark ink on paper that is lit from one side, with a soft-edged shadow across a corner."""
    rows, columns = np.mgrid[: ink.shape[0], : ink.shape[1]] / ink.shape[0]
    paper_grey = light + slope * (columns - 0.5) + 0.5 * slope * (rows - 0.5)
    paper_grey = paper_grey - shadow / (1 + np.exp(-25 * (columns + rows - 1.1)))
    grey = paper_grey * (1 - ink * (1 - ink_grey))
    return np.clip(grey + draw.normal(0, noise, ink.shape), 0, 1).astype(np.float32)


def likeness(image, ink):
    """Correlation of a found digit with the clean one, both prepared."""
    return float(np.corrcoef(prepare(image).image.ravel(), prepare(ink).image.ravel())[0, 1])


@pytest.fixture
def draw():
    return np.random.default_rng(5)


@pytest.mark.parametrize("strokes", [TWO, FIVE])
@pytest.mark.parametrize(
    "light",
    [
        {},
        {"noise": 0.03},
        {"slope": 0.4},
        {"slope": -0.3, "noise": 0.02},
        {"shadow": 0.35, "noise": 0.01},
        {"shadow": 0.3, "slope": 0.3, "noise": 0.03},
        {"light": 0.45, "ink_grey": 0.3},
    ],
)
def test_the_digit_is_found_in_any_light(strokes, light, draw):
    ink = written(strokes)
    assert likeness(find_ink(photo(ink, draw, **light)), ink) > 0.97


def test_chalk_on_a_board_is_found_as_well(draw):
    ink = written(FIVE)
    board = 1 - photo(ink, draw, slope=0.2, noise=0.02)
    assert likeness(find_ink(board), ink) > 0.97


def test_specks_and_small_dirt_are_dropped(draw):
    ink = written()
    dirty = photo(ink, draw, noise=0.02)
    for row, column in draw.integers(5, SIDE - 5, (40, 2)):
        dirty[row : row + 2, column : column + 2] = 0.3
    assert likeness(find_ink(dirty), ink) > 0.96


def test_a_frame_the_tables_edge_and_another_digit_are_dropped(draw):
    ink = written(size=0.5, at=(0.25, 0.25))
    framed = photo(ink, draw, noise=0.01)
    framed[8:12, 8:-8] = framed[-12:-8, 8:-8] = 0.25
    framed[8:-8, 8:12] = framed[8:-8, -12:-8] = 0.25
    framed[:, -5:] = 0.1
    assert likeness(find_ink(framed), ink) > 0.97
    neighbour = written(FIVE, size=0.45, at=(0.62, -0.05))
    both = photo(np.maximum(ink, neighbour), draw, noise=0.01)
    assert likeness(find_ink(both), ink) > 0.97


def test_a_digit_that_fills_its_picture_is_whole(draw):
    ink = written(pen=0.1)
    rows, columns = np.nonzero(ink > 0.3)
    tight = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    grey = (0.9 - 0.8 * tight).astype(np.float32)
    assert likeness(find_ink(grey), tight) > 0.97


def test_a_thick_stroke_in_a_small_picture_keeps_its_middle(draw):
    ink = written(side=28, pen=0.14)
    assert likeness(find_ink((1 - 0.9 * ink).astype(np.float32)), ink) > 0.99


def test_a_fine_pen_is_given_the_stroke_of_a_usual_one(draw):
    fine, usual = written(pen=0.012), written(pen=0.055)
    found = find_ink(photo(fine, draw, noise=0.01, slope=0.2))
    assert likeness(found, usual) > 0.95 > likeness(fine, usual)


def test_blank_paper_holds_no_ink(draw):
    assert not find_ink(np.full((50, 40), 0.8, dtype=np.float32)).any()
    assert not find_ink(np.zeros((1, 1), dtype=np.float32)).any()
    grainy = photo(np.zeros((SIDE, SIDE)), draw, noise=0.02, slope=0.3)
    assert find_ink(grainy).sum() < 20


# -- faint ink, lined paper, blank paper --------------------------------------------------------


def lined(ink, spacing, strength, squared=False):
    """Return dark ink on paper with lines, 0 black to 1 white."""
    lines = np.zeros_like(ink)
    lines[3::spacing] = lines[4::spacing] = strength
    if squared:
        lines[:, 5::spacing] = lines[:, 6::spacing] = strength
    return (0.95 - 0.85 * np.maximum(ink, lines)).astype(np.float32)


@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize("spacing", sampled([12, 25, 40], every=2))
@pytest.mark.parametrize("strength", [0.15, 0.35, 0.6])
def test_ruled_and_squared_paper_is_ground(squared, spacing, strength):
    ink = rasterise([250 * stroke for stroke in FIVE], 250, 16)
    assert likeness(find_ink(lined(ink, spacing, strength, squared)), ink) > 0.97


@pytest.mark.parametrize("contrast", [4, 12, 40])
@pytest.mark.parametrize("slope", [0.0, 0.2])
def test_faint_ink_is_read(contrast, slope):
    ink = rasterise([250 * stroke for stroke in FIVE], 250, 16)
    shade = np.linspace(0.9, 0.9 - slope, 250)
    grey = np.rint(255 * shade - contrast * ink) / 255
    assert likeness(find_ink(grey.astype(np.float32)), ink) > (0.97 if contrast > 4 else 0.9)


@pytest.mark.parametrize("noise", [0.0, 0.004, 0.03])
@pytest.mark.parametrize("slope", [0.0, 0.3])
def test_blank_paper_has_no_ink(noise, slope, draw):
    shade = np.linspace(0.9, 0.9 - slope, 250)[:, np.newaxis]
    grey = np.rint(255 * (shade + draw.normal(0, noise, (250, 250)))) / 255
    assert not find_ink(grey.clip(0, 1).astype(np.float32)).any()


# -- several digits -----------------------------------------------------------------------------


ONE = [np.array([(0.5, 0.25), (0.5, 0.76)])]


def side_by_side(digits, side=SIDE, size=0.4, row=0.3, width=0.3):
    """Ink of several digits, and of each alone."""
    alone = [
        written(strokes, side, (0.02 + width * place, row - 0.5 * size), size)
        for place, strokes in enumerate(digits)
    ]
    return np.max(alone, axis=0), alone


def test_each_of_several_digits_is_found_from_left_to_right(draw):
    both, alone = side_by_side([TWO, FIVE, ONE])
    found = find_inks(photo(both, draw, noise=0.01))
    assert len(found) == 3
    for ink, own in zip(found, alone, strict=True):
        assert likeness(ink, own) > 0.97


def test_rows_of_digits_are_read_from_the_top(draw):
    upper, first = side_by_side([TWO, FIVE], row=0.25)
    lower, second = side_by_side([ONE, TWO], row=0.75)
    found = find_inks(photo(np.maximum(upper, lower), draw, noise=0.01))
    assert len(found) == 4
    for ink, own in zip(found, first + second, strict=True):
        assert likeness(ink, own) > 0.97


def test_a_bar_belongs_to_its_digit_and_specks_and_small_writing_are_none(draw):
    ink = written(FIVE)
    small = written(TWO, size=0.15, at=(0.8, 0.1))
    dirty = photo(np.maximum(ink, small), draw, noise=0.01)
    for row, column in draw.integers(5, SIDE - 5, (20, 2)):
        dirty[row : row + 2, column : column + 2] = 0.3
    found = find_inks(dirty)
    assert len(found) == 1
    assert likeness(found[0], ink) > 0.96
    assert find_inks(np.full((50, 40), 0.8, dtype=np.float32)) == []
