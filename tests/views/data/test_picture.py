"""What the data browser shows, without a window."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.description import PictureRule
from nnviz.data.drawings import DrawingStore, Kept
from nnviz.data.mixture import mixed
from nnviz.data.overview import look_over
from nnviz.views.data.picture import MINE, TEST, DataState, large, picture
from nnviz.views.data.text import WAITING, about_class, action_wordings, part_wordings
from tests.snapshots import make_dataset


@pytest.fixture(scope="module")
def overview():
    return look_over(make_dataset(examples=200))


@pytest.fixture
def kept(tmp_path):
    store = DrawingStore(tmp_path)
    image = np.zeros((28, 28))
    image[4:24, 12:16] = 1
    for label in (3, 5, 3, 3):
        store.add(label, image)
    return store.kept()


def test_before_anything_is_known_it_says_that_it_looks():
    shown = picture(None, None, DataState())
    assert (shown.page, shown.book, shown.wordings) == ("classes", None, (WAITING,))
    assert large(shown, 0).greys is None
    assert picture(None, None, DataState(MINE, 3)).book is None


def test_an_opened_class_has_its_examples_and_the_chosen_one_is_large(overview):
    rows = np.flatnonzero(overview.test.labels == 4)
    shown = picture(overview, None, DataState(TEST, 4, int(rows[2])))
    assert shown.page == "class"
    assert shown.listed == tuple(rows)
    assert (shown.current, shown.row(shown.current)) == (2, rows[2])
    greys = shown.thumbnails.greys(range(3))
    expected = (overview.test.x[rows[:3]] * 255 + 0.5).astype(np.uint8).reshape(-1, 28, 28)
    assert np.array_equal(greys, expected)
    assert shown.thumbnails.tip(0) == f"4, Test image {rows[0] + 1}"
    example = large(shown, 2)
    assert np.array_equal(example.greys, expected[2])
    assert example.testable
    assert not large(picture(overview, None, DataState(label=4)), 0).testable


@pytest.mark.parametrize("label", [-1, 10, -7])
def test_a_class_that_is_not_there_is_not_open(overview, label):
    shown = picture(overview, None, DataState(label=label))
    assert (shown.page, shown.listed) == ("classes", ())


def test_of_drawings_the_first_that_is_picked_still_is_large(kept):
    drawings = kept.drawings
    threes = [drawing for drawing in drawings if drawing.label == 3]
    state = DataState(MINE, 3)
    assert picture(None, kept, state).current == 0
    assert picture(None, kept, state, {threes[1].id, threes[2].id}).current == 1
    left = Kept(tuple(drawing for drawing in drawings if drawing is not threes[1]))
    assert picture(None, left, state, {threes[1].id}).current == 0
    none = picture(None, Kept(()), state)
    assert (none.page, none.listed, none.current) == ("class", (), -1)
    assert picture(None, kept, state).drawings_at({2, 0}) == (threes[0], threes[2])


def test_tables_are_points_or_columns(overview):
    toy = look_over(load_dataset("xor"))
    assert picture(toy, None, DataState()).page == "scatter"
    draw = np.random.default_rng(1).random((200, 5)).astype(np.float32)
    data = replace(overview.dataset, x_train=draw, x_test=draw[:50], image_shape=None)
    assert picture(look_over(data), None, DataState()).page == "columns"


def test_names_of_buttons_get_shorter(overview, kept):
    fullest, *_, shortest = part_wordings(overview, kept)
    assert fullest == ("training 200", "test 50", "my drawings 4")
    assert shortest == ("train", "test", "mine")
    for wordings in (part_wordings(overview, kept), action_wordings(3)):
        lengths = [sum(map(len, words)) for words in wordings]
        assert lengths == sorted(lengths, reverse=True)
    assert "3" in action_wordings(3)[-1][0], "how many go is said in any room"
    assert about_class("3", 0)[0] == "3: none yet"


def test_examples_of_a_mixture_say_where_they_come_from():
    half = replace(make_dataset(examples=100), pictures=PictureRule())
    data = mixed(
        [replace(half, name="mnist"), replace(half, name="digits", x_test=1 - half.x_test)]
    )
    found = look_over(data)
    for part, origin in (("train", data.parts.train), (TEST, data.parts.test)):
        shown = picture(found, None, DataState(part, 4))
        names = [large(shown, place).lines[-1] for place in range(len(shown.listed))]
        assert names == [f"from {data.parts.names[origin[row]]}" for row in shown.listed]
        assert set(names) == {"from mnist", "from digits"}
        assert shown.thumbnails.tip(0).endswith(names[0])
