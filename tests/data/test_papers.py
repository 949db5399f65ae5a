"""Digits on any paper, in any light, are found as they are on plain paper."""

import zlib
from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.description import DataDescription, PictureRule
from nnviz.data.handwriting import prepare
from nnviz.data.photos import find_ink, find_inks
from nnviz.data.picture_inputs import BlankPictureError, picture_input
from nnviz.data.picture_windows import averaged
from nnviz.data.printed_lines import without_lines
from tests.data.papers import KINDS, Lines, photograph
from tests.data.strangers import strangers_strokes
from tests.sampled import sampled

DIGITS = DataDescription(image_shape=(28, 28), pictures=PictureRule())
WRITTEN = [strokes for strokes, _ in strangers_strokes(1, seed=3)]
EACH = 2  # digits on each kind of paper


def seen(kind, digit, seed=0):
    """What a network sees of a digit on paper, (28, 28)."""
    rows, columns = (min(240, least) for least, _ in (kind.rows, kind.columns))
    kind = replace(kind, pen=(0.07, 0.07), rows=(rows, rows), columns=(columns, columns))
    grey = photograph(WRITTEN[digit], kind, np.random.default_rng((seed, digit)))
    return prepare(find_ink(grey)).image


def likeness(found, others):
    """Correlate a digit with others, blurred a little and a pixel apart where that helps."""
    soft = averaged(found, 1)
    moved = [np.roll(soft, (down, across), (0, 1)) for down in (-1, 0, 1) for across in (-1, 0, 1)]
    rows = np.array([*moved, *(averaged(other, 1) for other in others)]).reshape(-1, found.size)
    return np.corrcoef(rows)[: len(moved), len(moved) :].max(axis=0)


@pytest.fixture(scope="module")
def plain():
    return [seen(KINDS["plain"], digit) for digit in range(10)]


@pytest.mark.parametrize("name", sampled(KINDS, every=3))
def test_a_digit_on_any_paper_looks_as_on_plain_paper(name, plain):
    first = zlib.crc32(name.encode())
    for digit in (first + np.arange(EACH)) % 10:
        alike = likeness(seen(KINDS[name], digit), plain)
        assert np.argmax(alike) == digit
        assert alike[digit] > 0.9


SHARED = ["ruled strongly", "squared", "squared strongly", "pencil, ruled", "hard shadow"]


@pytest.mark.parametrize("name", SHARED)
def test_several_digits_on_any_paper_are_told_apart(name, plain):
    digits, strokes, x = (2, 0, 5), [], 0.0
    for digit in digits:
        points = np.concatenate(WRITTEN[digit])
        low, extent = points.min(axis=0), np.ptp(points, axis=0)
        strokes += [(stroke - low) / extent[1] + (x, 0) for stroke in WRITTEN[digit]]
        x += extent[0] / extent[1] + 0.4
    kind = KINDS[name]
    lines = kind.lines and replace(kind.lines, spacing=(0.2, 0.3))
    kind = replace(kind, rows=(200, 200), columns=(300, 300), height=(0.8, 0.8), pen=(0.03, 0.03),
                   lines=lines)  # fmt: skip
    found = find_inks(photograph(strokes, kind, np.random.default_rng(1)))
    read = [int(np.argmax(likeness(prepare(ink).image, plain))) for ink in found]
    assert read == list(digits)


# -- lines alone --------------------------------------------------------------------------------


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("spacing", [0.3, 0.5])
@pytest.mark.parametrize("strength", [0.3, 1.0])
def test_an_empty_sheet_of_any_lines_is_blank(across, spacing, strength):
    lines = Lines((spacing, spacing), across, (strength, strength), tilt=2.0)
    kind = replace(KINDS["plain"], strength=(0.0, 0.0), lines=lines, rows=(200, 200),
                   columns=(260, 260))  # fmt: skip
    grey = photograph(WRITTEN[0], kind, np.random.default_rng(4))
    with pytest.raises(BlankPictureError):
        picture_input(grey, DIGITS)
    assert find_inks(grey) == []


UNLINED = ["plain", "hard shadow", "writing beside", "cut out", "blackboard"]


@pytest.mark.parametrize("name", UNLINED)
def test_pictures_without_lines_stay_as_they_are(name):
    for digit in range(0, 10, 3):
        grey = photograph(WRITTEN[digit], KINDS[name], np.random.default_rng(digit))
        assert without_lines(grey) is grey


def test_a_digit_that_reaches_every_rim_is_no_line():
    tall = np.full((60, 40), 0.9, np.float32)
    tall[:, 17:23] = 0.1
    assert without_lines(tall) is tall
    seven = np.full((60, 60), 0.9, np.float32)
    seven[:8] = seven[:, 40:47] = 0.1
    assert without_lines(seven) is seven


def test_ink_that_crosses_a_line_as_dark_as_itself_stays_whole():
    grey = np.full((200, 200), 0.9, np.float32)
    grey[:, 92:104] = np.where(np.arange(200)[:, np.newaxis] % 199 // 20 % 9 > 0, 0.2, 0.9)
    bare = grey.copy()
    grey[15::40] = grey[16::40] = grey[17::40] = 0.2
    np.testing.assert_allclose(without_lines(grey), bare, atol=0.05)
