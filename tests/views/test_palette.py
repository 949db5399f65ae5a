import numpy as np
import pytest

from nnviz.views.palette import (
    STEPS,
    THEMES,
    Diverging,
    edge_width,
    grey_levels,
    ramp,
    rgb,
)
from tests.views.eyes import SEEN, contrast, seen_as

THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=str)


@THEME
def test_the_scale_runs_from_minus_over_the_ground_to_plus(theme):
    scale = Diverging(theme)
    assert scale.table.shape == (2 * STEPS + 1, 3)
    ends = [theme.minus, theme.panel, theme.plus]
    for value, colour in zip((-2.0, 0.0, 2.0), ends, strict=True):
        assert np.array_equal(scale.colours(value, 2.0), rgb(colour))


@THEME
def test_signs_stay_apart_and_size_shows(theme):
    scale = Diverging(theme)
    ground = rgb(theme.panel).astype(int)
    for size in (0.25, 0.5, 1.0):
        plus, minus = (scale.colours(sign * size, 1.0).astype(int) for sign in (1, -1))
        assert np.abs(plus - minus).max() > 25
    far = [np.abs(scale.colours(v, 1.0).astype(int) - ground).sum() for v in np.linspace(0, 1, 9)]
    assert np.all(np.diff(far) > 0)


@THEME
def test_beyond_the_scale_and_no_number(theme):
    scale = Diverging(theme)
    values = np.array([9.0, -9.0, np.nan, np.inf, -np.inf])
    expected = [theme.plus, theme.minus, theme.panel, theme.plus, theme.minus]
    assert np.array_equal(scale.colours(values, 1.0), np.array([rgb(c) for c in expected]))
    assert np.array_equal(scale.colours(0.0, 0.0), rgb(theme.panel))


@THEME
def test_greys_run_from_the_ground_to_the_text(theme):
    greys = grey_levels(theme)
    assert greys.shape == (256, 3)
    assert np.array_equal(greys[[0, -1]], [rgb(theme.panel), rgb(theme.text)])
    steps = np.diff(greys.astype(int).sum(axis=1))
    assert np.all(steps >= 0) or np.all(steps <= 0)


def test_a_ramp_keeps_its_ends():
    colours = ramp("#102030", "#fedcba", 7)
    assert colours.shape == (7, 3)
    assert np.array_equal(colours[[0, -1]], [rgb("#102030"), rgb("#fedcba")])


def test_widths_grow_with_the_weight_and_stay_bounded():
    widths = edge_width(np.array([0, 0.5, 1, 7]), 3.0)
    assert widths.tolist() == pytest.approx([0.6, 1.8, 3.0, 3.0])


@THEME
@pytest.mark.parametrize("seen", SEEN.values(), ids=SEEN)
def test_racers_stay_apart_for_everyone(theme, seen):
    assert len(set(theme.racers)) == 6
    places = [seen_as(rgb(colour), seen) for colour in (*theme.racers, theme.panel)]
    apart = np.linalg.norm(np.subtract.outer(places, places).diagonal(axis1=1, axis2=3), axis=-1)
    assert apart[~np.eye(7, dtype=bool)].min() > 0.12


@THEME
def test_what_is_read_stands_out_from_every_ground(theme):
    for ground in (theme.panel, theme.raised, theme.ground):
        for ink in (theme.text, theme.dim, theme.plus, theme.minus, theme.now):
            assert contrast(rgb(ink), rgb(ground)) >= 4.5
    for ink in (*theme.racers, theme.held_back):
        assert contrast(rgb(ink), rgb(theme.panel)) >= 4.5


@THEME
@pytest.mark.parametrize("seen", SEEN.values(), ids=SEEN)
def test_plus_and_minus_stay_apart_for_everyone(theme, seen):
    scale = Diverging(theme)
    for size, least in ((0.1, 0.02), (0.25, 0.05), (0.5, 0.1), (1.0, 0.2)):
        plus, minus = (seen_as(scale.colours(sign * size, 1.0), seen) for sign in (1, -1))
        assert np.linalg.norm(plus - minus) >= least
