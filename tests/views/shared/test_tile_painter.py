"""Captions of tiles: where two names have no room side by side, both can be told all the same."""

import pytest
from PySide6.QtGui import QFont

from nnviz.views.palette import DARK
from nnviz.views.shared.thumbnails import ThumbnailGrid
from nnviz.views.shared.tile_content import Thumbnails, Word
from nnviz.views.shared.tile_painter import CaptionPainter
from nnviz.views.shared.type_scale import Step
from tests.window.projector.letters import letters_of

WORDS = (Word("Iris-versicolor"), Word(" → ", "dim"), Word("Iris-virginica", "minus", bold=True))


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


def test_in_a_row_of_text_names_go_before_the_numbers(qtbot):
    grid = ThumbnailGrid("Rows")
    qtbot.addWidget(grid)
    grid.resize(300, 120)
    grid.dress(DARK, DARK.scale.font(QFont(), Step.BODY))
    numbers = "(1.1, −1.6, 0.31, 0.44, 0.8, −0.92)"
    rows = Thumbnails(1, text=lambda _: numbers, caption=lambda _: (WORDS,), widest=[(WORDS,)])
    grid.show_thumbnails(rows)
    grid.show()
    qtbot.waitExposed(grid)
    texts = {text for _, text in letters_of(grid.viewport())}
    whole = sum(len(word.text.strip()) for word in WORDS)
    names = [text for text in texts if not text.startswith("(")]
    assert len(names) == 3
    assert sum(map(len, names)) >= 0.7 * whole
    assert any(text.startswith("(1") for text in texts)
