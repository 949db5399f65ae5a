"""Captions of tiles: where two names have no room side by side, both can be told all the same."""

import numpy as np
import pytest
from PySide6.QtGui import QFont

from nnviz.views.palette import DARK
from nnviz.views.shared.thumbnails import ThumbnailGrid
from nnviz.views.shared.tile_content import Thumbnails, Word
from nnviz.views.shared.tile_painter import CaptionPainter
from nnviz.views.shared.type_scale import Step
from tests.window.projector.letters import letters_of

WORDS = (Word("Iris-versicolor"), Word(" → ", "dim"), Word("Iris-virginica", "minus", bold=True))

NUMBERS = "(1.1, −1.6, 0.31, 0.44, 0.8, −0.92)"


@pytest.fixture
def captions(qapp):
    return CaptionPainter(DARK, DARK.scale.font(qapp.font(), Step.BODY))


def test_what_has_room_is_whole(captions):
    whole = captions.widest([(WORDS,)])
    parts = captions.fitted(WORDS, whole)
    assert [text for text, _ in parts] == [word.text for word in WORDS]
    assert sum(width for _, width in parts) == pytest.approx(whole)


@pytest.mark.parametrize("share", [0.95, 0.8, 0.6])
def test_the_longest_are_cut_to_one_width_and_keep_their_ends(captions, share):
    room = share * captions.widest([(WORDS,)])
    parts = captions.fitted(WORDS, room)
    assert sum(width for _, width in parts) <= room + 1
    (desired, first), (arrow, _), (read, second) = parts
    assert arrow == " → "
    assert (desired[0], desired[-1], read[0], read[-1]) == ("I", "r", "I", "a")
    assert abs(first - second) < 2 * captions.widest([((Word("m", bold=True),),)])


def rows_of(qtbot, width):
    """The texts of a row of numbers with a caption of two names, in a grid so wide."""
    grid = ThumbnailGrid("Rows")
    qtbot.addWidget(grid)
    grid.resize(width, 120)
    grid.dress(DARK, DARK.scale.font(QFont(), Step.BODY))
    caption = WORDS[:1], WORDS[1:]
    rows = Thumbnails(1, text=lambda _: NUMBERS, caption=lambda _: caption, widest=[caption])
    grid.show_thumbnails(rows)
    grid.show()
    qtbot.waitExposed(grid)
    return [text for _, text in letters_of(grid.viewport())]


@pytest.mark.parametrize("width", [700, 300, 200, 170])
def test_in_a_row_of_text_names_go_before_the_numbers(qtbot, width):
    texts = rows_of(qtbot, width)
    for word in WORDS:
        assert word.text.strip() in texts
    beside = [text for text in texts if text.startswith("(1")]
    assert bool(beside) == (width >= 300)


@pytest.mark.parametrize("name", ["Ankle boot", "T-shirt/top", "Pullover"])
def test_pictures_stand_as_far_apart_as_their_names_are_long(qtbot, name):
    grid = ThumbnailGrid("Pictures")
    qtbot.addWidget(grid)
    grid.resize(480, 350)
    grid.dress(DARK, DARK.scale.font(QFont(), Step.DISPLAY))
    caption = (Word(name),), (Word("→ ", "dim"), Word(name, "minus", bold=True))
    greys = np.zeros((8, 8, 8), np.uint8)
    grid.show_thumbnails(
        Thumbnails(8, lambda places: greys[places], caption=lambda _: caption, widest=[caption])
    )
    grid.show()
    qtbot.waitExposed(grid)
    texts = [text for _, text in letters_of(grid.viewport())]
    assert texts.count(name) >= 4
    assert not any("…" in text for text in texts)
    assert grid.tiles.columns == 2
