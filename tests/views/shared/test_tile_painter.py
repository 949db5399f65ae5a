"""Captions of tiles: where two names have no room side by side, both can be told all the same."""

import pytest

from nnviz.views.palette import DARK
from nnviz.views.shared.tile_content import Word
from nnviz.views.shared.tile_painter import CaptionPainter
from nnviz.views.shared.type_scale import Step

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
