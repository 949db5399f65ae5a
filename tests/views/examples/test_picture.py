"""What the gallery of examples shows of a ranking, without a window."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.description import Column
from nnviz.engine.measure.ranking import rank
from nnviz.engine.recipe import Recipe
from nnviz.views.examples.picture import ARROW, caption_of, picture
from nnviz.views.examples.text import WAITING, numbers_of
from nnviz.views.shared.request_gate import same_examples
from nnviz.views.shared.tile_content import Word
from tests.snapshots import make_dataset, make_snapshot


@pytest.fixture(scope="module")
def data():
    return make_dataset(examples=200)


@pytest.fixture(scope="module")
def moment(data):
    return make_snapshot(steps=6, dataset=data, run=3)


@pytest.fixture(scope="module")
def ranking(moment, data):
    return rank(moment.network(), data, run=3, step=moment.step)


def test_without_a_ranking_it_says_that_they_are_sorted(moment):
    shown = picture(moment, None)
    assert (shown.thumbnails.count, shown.wordings, shown.place_of(0)) == (0, (WAITING,), -1)


def test_pictures_stand_in_the_order_of_the_ranking(moment, data, ranking):
    shown = picture(moment, ranking)
    assert shown.filtered
    assert shown.thumbnails.count == len(ranking.index)
    greys = shown.thumbnails.greys(range(3, 5))
    expected = (data.x_test[ranking.index[3:5]] * 255 + 0.5).astype(np.uint8)
    assert np.array_equal(greys, expected.reshape(-1, 28, 28))
    assert [shown.place_of(int(index)) for index in ranking.index] == list(range(50))
    assert shown.place_of(10_000) == -1


def test_a_caption_marks_what_is_misread_and_nothing_else(moment, ranking):
    names = moment.labels
    for place in range(len(ranking.index)):
        wanted, read = int(ranking.wanted[place]), int(ranking.read[place])
        first, second = caption_of(ranking, place, names)
        wrong = wanted != read
        assert first == (Word(names[wanted], "text" if wrong else "dim"),)
        assert second == (ARROW, Word(names[read], "minus" if wrong else "dim", wrong))
        assert picture(moment, ranking).thumbnails.caption(place) == (first, second)


def test_numbers_are_captions_without_a_verdict():
    data = make_dataset(4, 1)
    targets = (Column("height", "cm", 150.0, 12.5),)
    data = replace(data, y_train=data.y_train / 3, y_test=data.y_test / 3, targets=targets)
    moment = make_snapshot(Recipe(layers=(4, 3, 1), dataset="tiny"), data)
    ranking = rank(moment.network(), data)
    shown = picture(moment, ranking)
    assert not shown.filtered
    assert shown.thumbnails.greys is None
    desired, actual = numbers_of(ranking, 2)
    caption = shown.thumbnails.caption(2)
    assert caption == ((Word(desired),), (ARROW, Word(actual)))
    assert caption in shown.thumbnails.widest


def test_examples_are_other_ones_with_another_data_set_or_other_names(moment):
    assert same_examples(moment, replace(moment, step=9, run=8))
    assert not same_examples(moment, replace(moment, class_names=tuple("abcdefghij")))
    other = replace(moment.recipe, dataset="other")
    assert not same_examples(moment, replace(moment, recipe=other))
    assert moment.labels == tuple("0123456789")
    toy = make_snapshot(Recipe(dataset="xor", layers=(2, 3, 1)), load_dataset("xor"), 1)
    assert toy.labels == ("0", "1")
