"""Mixtures: whose examples are in them, how many, in which order, and what does not go together."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.dataset import DataError, Dataset, Parts, as_given, one_hot
from nnviz.data.description import PictureRule
from nnviz.data.greys import Greys
from nnviz.data.mixture import mixed, read_shares
from nnviz.data.overlap import overlap

NAMES = ("0", "1", "2")


def pictures(name, train, test, seed=0, side=3, greys=True):
    """A data set of random pictures in three classes."""
    draw = np.random.default_rng((seed, len(name), train))
    codes = draw.integers(0, 256, (train + test, side * side), np.uint8)
    y = one_hot(draw.integers(0, 3, train + test), 3)
    return Dataset(
        name=name,
        x_train=as_given(Greys(codes[:train])) if greys else Greys(codes[:train])[:],
        y_train=y[:train],
        x_test=Greys(codes[train:])[:].copy(),
        y_test=y[train:],
        class_names=NAMES,
        image_shape=(side, side),
        source=f"the place of {name}",
        pictures=PictureRule(),
    )


def test_every_example_of_every_part_is_there_with_its_own_answer():
    parts = pictures("left", 9, 4), pictures("right", 5, 6)
    data = mixed(parts)
    assert (data.name, data.parts.names) == ("left+right", ("left", "right"))
    assert (data.class_names, data.image_shape) == (NAMES, (3, 3))
    assert data.description.pictures == PictureRule()
    for place, part in enumerate(parts):
        mine, tests = data.parts.train == place, data.parts.test == place
        assert np.array_equal(data.train_inputs.codes[mine], part.train_inputs.codes)
        assert np.array_equal(data.y_train[mine], part.y_train)
        assert np.array_equal(data.x_test[tests], part.x_test)
        assert np.array_equal(data.y_test[tests], part.y_test)
    assert overlap(data) == 0


def test_pictures_stay_bytes_wherever_they_can():
    left, right = pictures("left", 9, 4), pictures("right", 5, 4, greys=False)
    assert isinstance(mixed([left, right]).train_inputs, Greys)
    x = right.x_train.copy()
    x[0, 0] = 0.12345
    other = replace(right, x_train=x)
    data = mixed([left, other])
    assert data.train_inputs.dtype == np.float32
    assert np.array_equal(data.x_train[data.parts.train == 1], x)
    assert np.array_equal(data.x_train[data.parts.train == 0], left.x_train)


def test_any_stretch_has_of_each_part_what_the_whole_has():
    data = mixed([pictures("left", 300, 20), pictures("right", 100, 20)])
    for start in range(0, 400, 40):
        share = (data.parts.train[start : start + 40] == 1).mean()
        assert share == pytest.approx(0.25, abs=0.03)


@given(
    counts=st.lists(st.integers(1, 60), min_size=2, max_size=3),
    share=st.floats(0.05, 0.45),
    seed=st.integers(0, 3),
)
def test_shares_are_met_by_leaving_out_as_few_as_possible(counts, share, seed):
    parts = [pictures(f"part{place}", count, 1) for place, count in enumerate(counts)]
    shares = [share] * (len(parts) - 1)
    data = mixed(parts, shares, seed)
    found = np.bincount(data.parts.train, minlength=len(parts))
    wanted = np.array([1 - sum(shares), *shares])
    assert (found <= counts).all()
    assert (found == np.array(counts)).any(), "one of them gives all it has"
    assert np.abs(found - wanted * found.sum()).max() <= len(parts)
    again = mixed(parts, shares, seed)
    assert again.fingerprint() == data.fingerprint()
    for place, part in enumerate(parts):
        mine = data.train_inputs.codes[data.parts.train == place]
        assert len({row.tobytes() for row in mine}) == len(mine), "none comes twice"
        assert {row.tobytes() for row in mine} <= {r.tobytes() for r in part.train_inputs.codes}


def test_the_seed_says_which_are_left_out():
    parts = pictures("left", 50, 4), pictures("right", 50, 4)
    prints = {mixed(parts, (0.2,), seed).fingerprint() for seed in range(3)}
    assert len(prints) == 3


def test_it_says_what_it_is_made_of():
    left = replace(pictures("left", 9, 4), notes=("turned",))
    data = mixed([left, pictures("right", 5, 6)])
    assert data.notes == (
        "trained on 9 of left and 5 of right, tested with 4 of left and 6 of right",
        "turned (left)",
    )
    assert data.source == "left: the place of left; right: the place of right"
    three = mixed([left, pictures("right", 5, 6), pictures("third", 2, 1)])
    assert "trained on 9 of left, 5 of right and 2 of third, tested" in three.notes[0]


def test_parts_of_one_name_are_told_apart():
    assert mixed([pictures("a", 9, 4), pictures("a", 5, 6)]).parts.names == ("a (1)", "a (2)")


def test_borrowed_test_examples_are_said_to_be_no_part_s_own():
    large = pictures("digits", 30, 10)
    small = replace(pictures("drawings", 3, 4), own_tests=False)
    for order in ([small, large], [large, small]):
        data = mixed(order)
        assert len(data.x_test) == 10
        shares = dict(zip(data.parts.names, data.parts.accuracies(np.ones(10, bool)), strict=True))
        assert shares["digits"] == 1
        assert isnan(shares["drawings"])
        assert "tested with 10 of digits" in data.notes[0]
        assert "the place of drawings when alone" in data.source
    assert len(mixed([small, replace(small, name="more")]).x_test) == 8, "there are no others"


def test_accuracies_are_each_part_s_own():
    parts = Parts(("a", "b"), np.zeros(0, np.uint8), np.array([0, 1, 0, 1, 1], np.uint8))
    right = np.array([True, True, False, False, True])
    assert parts.accuracies(right) == (0.5, 2 / 3)
    assert Parts().accuracies(right) == ()


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"image_shape": None}, "the examples of other are no pictures"),
        ({"image_shape": (9, 1)}, "pictures of 3 × 3 pixels are no pictures of 9 × 1"),
        ({"class_names": ()}, "other has no classes"),
        ({"class_names": ("a", "b", "c")}, "first has the classes 0, 1, 2, but other a, b, c"),
        ({"pictures": PictureRule("as they are")}, "their pictures are prepared in different ways"),
    ],
)
def test_what_does_not_go_together_is_refused_in_one_sentence(other, why):
    first, second = pictures("first", 4, 2), replace(pictures("other", 4, 2), **other)
    with pytest.raises(DataError) as refused:
        mixed([first, second])
    assert str(refused.value) == f"first and other cannot be mixed: {why}."


def test_how_dark_a_file_is_makes_no_difference_once_it_is_read():
    turned = replace(pictures("turned", 4, 2), pictures=PictureRule(turn=True, white=1.0))
    assert mixed([pictures("first", 4, 2), turned]).parts.names == ("first", "turned")


def test_shares_are_read_as_people_write_them():
    assert read_shares([], ("a", "b")) == ()
    assert read_shares(["0.3"], ("a", "b")) == (0.3,)
    assert read_shares(["1/4", "0.5"], ("a", "b", "c")) == (0.25, 0.5)


@pytest.mark.parametrize(
    ("texts", "parts", "says"),
    [
        (["x"], ("a", "b"), "must be a number"),
        (["0"], ("a", "b"), "between 0 and 1"),
        (["1"], ("a", "b"), "leave some for a"),
        (["0.5", "0.5"], ("a", "b", "c"), "leave some for a"),
        (["0.5"], ("a", "b", "c"), "takes 2 shares, one for each part after the first, not 1"),
        (["0.1", "0.1"], ("a", "b"), "takes 1 share, one for each part after the first, not 2"),
    ],
)
def test_shares_that_are_none_are_refused_with_an_example(texts, parts, says):
    with pytest.raises(DataError, match=says) as refused:
        read_shares(texts, parts)
    assert f"for example {'+'.join(parts)}:share=0." in str(refused.value)
