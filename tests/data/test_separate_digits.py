"""Digits on one sheet: the strokes of each are found, and none is divided."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.digit_writer import write_strokes
from nnviz.data.handwriting import Points
from nnviz.data.separate_digits import separate_digits
from tests.data.numbers_written import written
from tests.data.strangers import strangers_strokes
from tests.not_digits import LETTERS, strokes_like


def stroke(*points: tuple[float, float]) -> Points:
    return np.array(points, dtype=float)


def ring(x: float, y: float, across: float, down: float) -> Points:
    turn = np.linspace(0, 2 * np.pi, 30)
    return np.stack((x + across * np.sin(turn), y - down * np.cos(turn)), axis=1)


ONE = [stroke((0, 0), (0, 10))]
TWO = [stroke((0, 2), (3, 0), (5, 3), (0, 10), (6, 10))]
ZERO = [ring(3, 5, 3, 5)]
SEVEN = [stroke((0, 0), (6, 0), (2, 10))]
THREE = [stroke((0, 0), (5, 2), (2, 5), (5, 8), (0, 10))]
SINGLE = {
    "1 and foot": [*ONE, stroke((-3, 10), (3, 10.2))],
    "4 of arm and stem": [stroke((2, 0), (0, 6), (6, 6)), stroke((4, 2), (4, 10))],
    "4 like an H": [stroke((0, 0), (0, 5), (4, 5)), stroke((4, 0), (4, 10))],
    "4 whose arm ends short of its stem": [stroke((0, 0), (0, 6), (3, 6)), stroke((4, 0), (4, 10))],
    "5 and bar": [stroke((1, 1), (0, 4), (4, 6), (0, 10)), stroke((1, 0), (6, 0))],
    "5 whose bar hovers aside": [stroke((1, 1), (0, 4), (4, 6), (0, 10)), stroke((3, -1), (7, -2))],
    "7 and bar": [*SEVEN, stroke((1, 5), (6, 5))],
    "7 in three": [stroke((0, 0), (6, 0)), stroke((6, 0), (2, 10)), stroke((1, 5), (6, 5))],
    "8 of S and stroke": [
        stroke((5, 0), (0, 2), (5, 7), (3, 10), (0, 8)), stroke((0, 8), (5, 1)),
    ],
    "8 of two rings": [ring(3, 2.4, 2, 2.3), ring(3, 7.5, 3, 2.5)],
    "9 of head and stem": [ring(2, 2.5, 2, 2.5), stroke((4, 0), (3, 10))],
    "0 struck through": [*ZERO, stroke((6, 0), (0, 10))],
    "0 of two halves": [ring(3, 5, 3, 5)[15:], ring(3, 5, 3, 5)[:16]],
    "7 with a gap rubbed into its stem": [stroke((0, 0), (6, 0)), stroke((4, 7), (3, 10))],
    "1 with a gap": [stroke((0, 0), (0, 4)), stroke((0, 6), (0, 10))],
    "a digit and a speck": [*TWO, stroke((11, 9), (11.1, 9.2))],
    "dots": [stroke((0, 0)), stroke((3, 0)), stroke((6, 0.1))],
    "two dashes": [stroke((0, 0), (6, 0)), stroke((0, 3), (6, 3))],
}  # fmt: skip


def beside(
    *digits: list[Points], gap: float = 1.5, slant: float = 0.0
) -> tuple[list[Points], list]:
    strokes: list[Points] = []
    whose, right = [], 0.0
    for digit in digits:
        together = np.concatenate(digit)
        moved = [one + np.array((right - together[:, 0].min(), 0)) for one in digit]
        whose.append(tuple(range(len(strokes), len(strokes) + len(digit))))
        strokes += [one @ np.array([[1, 0], [-slant, 1]]) for one in moved]
        right += float(np.ptp(together[:, 0])) + gap
    return strokes, whose


NUMBERS = {
    "12": (ONE, TWO),
    "11": (ONE, ONE),
    "47": (SINGLE["4 of arm and stem"], SINGLE["7 and bar"]),
    "100": (ONE, ZERO, ZERO),
    "57": (SINGLE["5 and bar"], SEVEN),
    "94": (SINGLE["9 of head and stem"], SINGLE["4 like an H"]),
    "1013": (ONE, ZERO, ONE, THREE),
}


@pytest.mark.parametrize("name", SINGLE)
def test_one_digit_is_not_divided(name: str) -> None:
    strokes = SINGLE[name]
    assert separate_digits(strokes) == [tuple(range(len(strokes)))]


@pytest.mark.parametrize("slant", [-0.2, 0, 0.4])
@pytest.mark.parametrize("name", NUMBERS)
def test_digits_are_told_apart_however_they_lean(name: str, slant: float) -> None:
    strokes, whose = beside(*NUMBERS[name], slant=slant)
    assert separate_digits(strokes) == whose


def test_digits_that_touch_are_told_apart_where_their_strokes_are() -> None:
    strokes, whose = beside(SEVEN, TWO, gap=0.0)
    assert separate_digits(strokes) == whose


def test_wide_gaps_and_any_order_of_writing_make_no_difference() -> None:
    strokes, _ = beside(THREE, SINGLE["7 and bar"], TWO, gap=9)
    seven, bar = strokes[1:3]
    again = [strokes[3], seven, strokes[0], bar]  # crossed at the end
    assert separate_digits(again) == [(2,), (1, 3), (0,)]


def test_a_second_line_comes_after_the_first() -> None:
    first, _ = beside(TWO, ONE)
    second, _ = beside(THREE, SEVEN)
    below = [one + np.array((0, 14)) for one in second]
    assert separate_digits([*below, *first]) == [(2,), (3,), (0,), (1,)]
    ones, _ = beside(ONE, ONE, gap=6)
    again = [one + np.array((0.5, 15)) for one in ones]
    assert separate_digits([*ones, *again]) == [(0,), (1,), (2,), (3,)]


def test_nothing_is_no_digit_and_a_stroke_of_no_numbers_is_with_the_first() -> None:
    assert separate_digits([]) == []
    nowhere = stroke((np.nan, 0), (np.inf, 1))
    assert separate_digits([nowhere]) == [(0,)]
    strokes, _ = beside(ONE, TWO)
    assert separate_digits([*strokes, nowhere]) == [(0, 2), (1,)]


@given(
    st.lists(
        st.lists(
            st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0.5, 1.6)), min_size=1, max_size=6
        ),
        max_size=7,
    )
)
def test_every_stroke_is_in_exactly_one_digit(points: list[list[tuple[float, ...]]]) -> None:
    found = separate_digits([np.array(one) for one in points])
    assert sorted(place for digit in found for place in digit) == list(range(len(points)))
    assert all(digit == tuple(sorted(digit)) for digit in found)
    assert all(found)


@given(
    st.sampled_from(sorted(NUMBERS)),
    st.floats(0.01, 300),
    st.tuples(st.floats(-500, 500), st.floats(-500, 500)),
)
def test_neither_size_nor_place_matters(
    name: str, scale: float, place: tuple[float, float]
) -> None:
    strokes, whose = beside(*NUMBERS[name])
    assert separate_digits([scale * one + place for one in strokes]) == whose


def test_of_many_hands_digits_are_hardly_ever_divided_and_numbers_mostly_right() -> None:
    draw = np.random.default_rng(4)
    own = [strokes for strokes, _ in write_strokes(1000, np.random.default_rng(5))]
    digits = [*own, *(strokes for strokes, _ in strangers_strokes(60, seed=6))]
    assert np.mean([len(separate_digits(one)) > 1 for one in digits]) <= 0.003
    right = []
    for _ in range(250):
        chosen = [digits[n] for n in draw.integers(0, len(digits), 2)]
        strokes, whose = written(chosen, draw.uniform(0.1, 0.6), draw)
        right.append(separate_digits(strokes) == whose)
    assert np.mean(right) >= 0.95


def test_letters_whose_strokes_meet_are_mostly_not_taken_for_several() -> None:
    drawn = [
        strokes_like(LETTERS[letter], np.random.default_rng(number))
        for letter in "AEFHNPRTUh"
        for number in range(20)
    ]
    whole = np.mean([len(separate_digits(strokes)) == 1 for strokes in drawn])
    assert whole >= 0.9, whole
