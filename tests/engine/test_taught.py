"""Drawings taught to a run: examples of its own that replay, undo and stay out of every test."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnviz.data.dataset import Dataset, one_hot
from nnviz.engine import Recipe, Timeline, Trainer
from nnviz.engine.recipe import RecipeError
from nnviz.engine.run.verification import verify
from nnviz.engine.taught import (
    MOST,
    NONE,
    TaughtError,
    drawing,
    in_test_set,
    pack,
    takes_drawings,
    times,
    unpack,
    with_drawings,
    words,
)
from nnviz.engine.training.examples import choose
from tests.sampled import tried

RECIPE = Recipe(layers=(784, 8, 10), batch_size=10, seed=3)


def digits(name="digits", examples=230, classes=tuple("0123456789")):
    draw = np.random.default_rng(6)
    x = (draw.random((examples, 784)) < 0.2).astype(np.float32)
    y = one_hot(draw.integers(0, 10, examples), 10)
    cut = examples - 30
    return Dataset(name, x[:cut], y[:cut], x[cut:], y[cut:], classes, (28, 28))


def picture(seed):
    return (np.random.default_rng(seed).random((28, 28)) * 255).round() / 255


def taught(*labels):
    return pack([drawing(label, picture(seed)) for seed, label in enumerate(labels)])


@given(arrays(np.uint8, 784).filter(np.any), st.integers(0, 9))
def test_what_is_packed_is_read_back(pixels, label):
    one = drawing(label, pixels / 255)
    assert one.pixels == pixels.tobytes()
    assert unpack(pack([one])) == (one,)
    np.testing.assert_array_equal(np.rint(one.image() * 255), pixels)


@given(st.text(max_size=60))
def test_other_texts_are_refused_in_a_sentence(text):
    if text == NONE:
        return
    with pytest.raises(TaughtError, match="damaged"):
        unpack(text)


def test_a_text_that_unpacks_to_more_than_a_picture_is_refused():
    import base64
    import zlib

    bomb = base64.b64encode(zlib.compress(bytes(10_000_000), 9)).decode()
    with pytest.raises(TaughtError, match="damaged"):
        unpack(f"3:{bomb}")
    with pytest.raises(RecipeError, match="damaged"):
        replace(RECIPE, taught=f"3:{bomb}")


@pytest.mark.parametrize(
    ("label", "image", "sentence"),
    [(10, picture(0), "no digit"), (-1, picture(0), "no digit"),
     (3, np.zeros((28, 28)), "nothing drawn"), (3, np.ones((28, 27)), "28 × 28"),
     (3, np.full((28, 28), np.nan), "finite")],
)  # fmt: skip
def test_what_is_no_drawing_is_refused(label, image, sentence):
    with pytest.raises(TaughtError, match=sentence):
        drawing(label, image)


def test_the_same_drawing_twice_is_refused_and_another_label_takes_its_place():
    text = with_drawings(NONE, [drawing(7, picture(1))])
    with pytest.raises(TaughtError, match="as a 7 already"):
        with_drawings(text, [drawing(7, picture(1))])
    changed = with_drawings(with_drawings(text, [drawing(2, picture(2))]), [drawing(1, picture(1))])
    assert [one.label for one in unpack(changed)] == [2, 1]
    assert words(text, changed) == "2 drawings taught"
    assert words(text, with_drawings(text, [drawing(1, picture(1))])) == "a 1, not a 7"
    assert words(NONE, text) == "taught a 7"


def test_a_hand_is_taught_at_once_and_named_so():
    hand = [drawing(label, picture(seed)) for seed, label in enumerate((3, 1, 4, 1))]
    text = with_drawings(NONE, hand)
    assert unpack(text) == tuple(hand)
    assert words(NONE, text) == "your handwriting: 4 digits"
    more = with_drawings(text, [hand[2], drawing(5, picture(9)), drawing(9, picture(9))])
    assert unpack(more) == (*hand, drawing(9, picture(9)))  # the last word about a picture holds
    with pytest.raises(TaughtError, match="These very drawings are among"):
        with_drawings(text, hand[:2])
    corrected = with_drawings(text, [drawing(7, picture(0)), drawing(8, picture(8))])
    assert words(text, corrected) == "5 drawings taught"


def test_a_hand_that_would_be_too_many_is_refused_as_a_whole():
    text = with_drawings(NONE, [drawing(seed % 10, picture(seed)) for seed in range(80)])
    hand = [drawing(seed % 10, picture(100 + seed)) for seed in range(30)]
    with pytest.raises(TaughtError, match=r"80 drawings, and 30 more would be more than 100: take"):
        with_drawings(text, hand)
    assert len(unpack(with_drawings(text, hand[:20]))) == MOST


def test_there_is_an_end_to_it():
    text = NONE
    for seed in range(MOST):
        text = with_drawings(text, [drawing(seed % 10, picture(seed))])
    with pytest.raises(TaughtError, match=f"{MOST} drawings"):
        with_drawings(text, [drawing(1, picture(MOST))])
    assert len(text) < 200_000


def test_each_is_seen_often_but_never_takes_over():
    assert times(60_000, 1) == 300
    assert times(60_000, 100) * 100 <= 60_000 / 20
    assert times(50, 3) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_an_epoch_has_every_example_once_and_every_drawing_its_times(count):
    recipe = replace(RECIPE, taught=taught(*range(count)), batch_size=7)
    trainer = Trainer(recipe, digits())
    often = times(200, count)
    assert trainer.minibatches_per_epoch == -(-(200 + count * often) // 7)
    seen = []
    for step in range(trainer.minibatches_per_epoch):
        slot = trainer._data.batches.slot(step)
        rows = trainer._data.batches.rows(step)
        x, y = trainer._data.batches.x[slot], trainer._data.batches.y[slot]
        for row, inputs, wanted in zip(rows, x, y, strict=True):
            if row < 0:
                label = -1 - row
                np.testing.assert_array_equal(inputs, unpack(recipe.taught)[label].image())
                assert wanted.argmax() == label
            else:
                np.testing.assert_array_equal(inputs, trainer.x_train[row])
        seen += rows.tolist()
    expected = [*range(200), *(-1 - k for k in range(count) for _ in range(often))]
    assert sorted(seen) == sorted(expected)


def test_drawings_are_never_held_back_nor_mislabelled_nor_left_out():
    recipe = replace(
        RECIPE, taught=taught(4, 5), train_size=50, validation_size=40, label_noise=1.0
    )
    examples = choose(recipe, digits())
    assert len(examples.x_train) == 50
    assert examples.y_taught.argmax(axis=1).tolist() == [4, 5]
    for one in examples.x_taught:
        for other in (examples.x_train, examples.x_validation, digits().x_test):
            assert not (other == one).all(axis=1).any()


def test_it_is_learned_and_undone_to_the_last_bit():
    timeline, image = Timeline(RECIPE, digits()), picture(9)
    timeline.goto(30)
    before = timeline.network.theta.copy()
    timeline.edit("taught", with_drawings(NONE, [drawing(6, image)]))
    assert timeline.undoable.words(RECIPE) == "taught a 6"
    timeline.goto(400)
    assert timeline.network.predict(image.reshape(1, -1)).argmax() == 6
    after = timeline.network.theta.tobytes()
    timeline.goto(100)
    timeline.goto(400)
    assert timeline.network.theta.tobytes() == after
    assert verify(timeline) == -1
    assert timeline.undo()
    assert timeline.step_now == 30
    assert timeline.network.theta.tobytes() == before.tobytes()
    timeline.goto(60)
    straight = Timeline(RECIPE, digits())
    straight.goto(60)
    assert timeline.network.theta.tobytes() == straight.network.theta.tobytes()


def test_a_hand_is_one_edit_that_replays_and_is_undone_at_once():
    timeline = Timeline(RECIPE, digits())
    timeline.goto(20)
    hand = [drawing(label, picture(label)) for label in range(10)]
    timeline.edit("taught", with_drawings(NONE, hand))
    timeline.goto(300)
    after = timeline.network.theta.tobytes()
    assert [timeline.changes[-1].words(RECIPE)] == ["your handwriting: 10 digits"]
    assert timeline.current.change.name_of_branch(RECIPE) == "your handwriting: 10 digits"
    timeline.goto(10)
    timeline.goto(300)
    assert timeline.network.theta.tobytes() == after
    assert verify(timeline) == -1
    assert timeline.undo()
    assert (timeline.trainer.recipe.taught, timeline.step_now) == (NONE, 20)


def test_a_run_that_begins_with_drawings_is_the_same_as_one_changed_at_step_0():
    begun = Trainer(replace(RECIPE, taught=taught(1, 2)), digits())
    timeline = Timeline(RECIPE, digits())
    timeline.edit("taught", taught(1, 2))
    for _ in range(50):
        begun.step()
    timeline.goto(50)
    assert timeline.network.theta.tobytes() == begun.network.theta.tobytes()


def test_augmentation_varies_drawings_too():
    recipe = replace(RECIPE, taught=taught(1), shift=2.0, rotation=10.0)
    trainer = Trainer(recipe, digits())
    batches, varied = trainer._data.batches, []
    for step in range(trainer.minibatches_per_epoch):
        slot = batches.slot(step)
        varied += [batches.x[slot][at].copy() for at in np.flatnonzero(batches.rows(step) < 0)]
    plain = unpack(recipe.taught)[0].image()
    assert varied
    assert all(not np.array_equal(one, plain) for one in varied)


def test_data_that_would_be_tested_with_what_was_taught_are_refused():
    other = digits("other")
    timeline = Timeline(RECIPE, digits(examples=260))
    timeline.edit("taught", with_drawings(NONE, [drawing(6, other.x_test[3])]))
    before = timeline.trainer.state()
    with pytest.raises(RecipeError, match="test examples of other, which are never trained on"):
        timeline.edit("dataset", "other", dataset=other)
    assert timeline.trainer.recipe == before.recipe
    assert timeline.undo()
    timeline.edit("dataset", "other", dataset=other)
    with pytest.raises(RecipeError, match="never trained on"):
        Trainer(replace(RECIPE, taught=pack([drawing(6, other.x_test[3])])), other)


def test_only_digits_take_drawings():
    shirts = digits("fashion", classes=("shirt", *"123456789"))
    assert takes_drawings(digits())
    assert not takes_drawings(shirts)
    with pytest.raises(RecipeError, match="no digits of 28 × 28"):
        Trainer(replace(RECIPE, taught=taught(1)), shirts)
    with pytest.raises(RecipeError, match="784 inputs and 10 outputs"):
        Recipe(layers=(784, 5, 11), taught=taught(1))
    timeline = Timeline(RECIPE, digits())
    timeline.edit("taught", taught(1))
    with pytest.raises(RecipeError, match="take those back first"):
        timeline.edit("dataset", "fashion", dataset=shirts)
    assert timeline.trainer.dataset.name == "digits"
    timeline.step()


def test_a_test_picture_is_known_for_one():
    data = digits()
    assert in_test_set([drawing(1, picture(0)), drawing(3, data.x_test[5])], data)
    assert not in_test_set([drawing(3, data.x_train[5])], data)
    assert not in_test_set([], data)


def test_a_minibatch_says_which_of_its_examples_were_drawn():
    trainer = Trainer(replace(RECIPE, taught=taught(8), batch_size=100), digits())
    rows = []
    while not any(row < 0 for row in rows):
        minibatch = trainer.preview()
        rows = minibatch.rows.tolist()
        trainer.step()
    place = rows.index(-1)
    np.testing.assert_array_equal(minibatch.x[place], unpack(trainer.recipe.taught)[0].image())


walks = st.lists(
    st.one_of(
        st.tuples(st.just("teach"), st.integers(0, 5)),
        st.tuples(st.just("relabel"), st.integers(0, 5)),
        st.tuples(st.just("step"), st.integers(1, 9)),
        st.tuples(st.just("goto"), st.integers(0, 60)),
        st.tuples(st.just("batch_size"), st.sampled_from([3, 10, 64])),
        st.tuples(st.just("train_size"), st.sampled_from([0, 50])),
        st.tuples(st.just("shift"), st.sampled_from([0.0, 2.0])),
        st.tuples(st.just("undo"), st.none()),
        st.tuples(st.just("redo"), st.none()),
        st.tuples(st.just("take"), st.integers(0, 9)),
    ),
    max_size=12,
)


def move(timeline, kind, value):
    known = timeline.trainer.recipe.taught
    if kind in ("teach", "relabel"):
        one = drawing((value + (kind == "relabel")) % 10, picture(value))
        if one not in unpack(known):
            timeline.edit("taught", with_drawings(known, [one]))
    elif kind == "step":
        for _ in range(value):
            timeline.step()
    elif kind == "take":
        timeline.take(timeline.branches[value % len(timeline.branches)].number)
    elif kind in ("undo", "redo", "goto"):
        getattr(timeline, kind)(*([] if value is None else [value]))
    else:
        timeline.edit(kind, value)


@settings(max_examples=tried(40))
@given(walks)
def test_any_walk_with_drawings_equals_a_straight_run(walk):
    recipe, data = replace(RECIPE, layers=(784, 3, 10)), digits()
    timeline = Timeline(recipe, data, stride=5)
    for kind, value in walk:
        move(timeline, kind, value)
    straight, end = Timeline(recipe, data), timeline.step_now
    for change in timeline.changes:
        if change.step <= end:
            straight.goto(change.step)
            straight.edit(change.name, change.value)
    straight.goto(end)
    assert straight.network.theta.tobytes() == timeline.network.theta.tobytes()
    assert verify(timeline) == -1
