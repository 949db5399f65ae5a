"""Augmentation: what each kind does, and that a run with it can be replayed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset, one_hot
from nnviz.engine import Recipe, Timeline, Trainer
from nnviz.engine.changes import CHANGEABLE, VARIED
from nnviz.engine.recipe import RecipeError
from nnviz.engine.training.augment import POOL, Augmenter, augments
from nnviz.engine.training.augment import variants as variants_of
from nnviz.engine.training.framed import Framed
from tests.sampled import tried

KINDS = ("shift", "rotation", "scaling", "slant", "pen_width", "elastic")
STRONG = {"shift": 3.0, "rotation": 30.0, "scaling": 0.3, "slant": 0.5, "pen_width": 1.0,
          "elastic": 1.5}  # fmt: skip
SIDE = 20
PLAIN = Recipe(layers=(SIDE * SIDE, 4, 3), learning_rate=0.5)


def bar(rows=slice(5, 15), columns=slice(9, 12)):
    """Return a picture of an upright bar, (400,)."""
    picture = np.zeros((SIDE, SIDE), dtype=np.float32)
    picture[rows, columns] = 1
    return picture.ravel()


def pictures(count=37, seed=0):
    draw = np.random.default_rng(seed)
    x = draw.integers(0, 256, (count, SIDE * SIDE)).astype(np.float32) / 255
    y = one_hot(draw.integers(0, 3, count), 3)
    return Dataset("noise", x, y, x[:3].copy(), y[:3].copy(), image_shape=(SIDE, SIDE))


def one(picture):
    x = picture[np.newaxis].astype(np.float32)
    y = one_hot(np.array([0]), 3)
    return Dataset("one", x, y, x.copy(), y.copy(), image_shape=(SIDE, SIDE))


def variants(picture, count=200, **strengths):
    return variants_of(replace(PLAIN, **strengths), picture, (SIDE, SIDE), count)


def varied(recipe, x, step=0, size=37):
    """Return pictures as the minibatches of `size` from a step on would see them."""
    seen = np.empty_like(x)
    augmenter = Augmenter(recipe, Framed(x, (SIDE, SIDE)), size)
    augmenter.vary(np.arange(len(x)), step, seen)
    return seen


def centres(images):
    """Return the rows and columns of the centres of mass, (n,) each."""
    ink = images.sum(axis=(1, 2))
    place = np.arange(SIDE)
    return images.sum(axis=2) @ place / ink, images.sum(axis=1) @ place / ink


def leanings(images):
    """Return the sideways shift per row of the ink, (n,)."""
    row, column = centres(images)
    down = np.arange(SIDE) - row[:, np.newaxis]
    across = np.arange(SIDE) - column[:, np.newaxis]
    mixed = np.einsum("nrc,nr,nc->n", images, down, across)
    return mixed / np.einsum("nrc,nr->n", images, down**2)


strengths = st.fixed_dictionaries({name: st.floats(0, top) for name, top in STRONG.items()})


@settings(max_examples=tried(25), deadline=None)
@given(kinds=strengths, seed=st.integers(0, 2**63 - 1), step=st.integers(0, 10**6))
def test_same_seed_and_step_same_pixels_in_0_to_1(kinds, seed, step):
    recipe = replace(PLAIN, seed=seed, **kinds)
    first, second = (varied(recipe, pictures().x_train, step) for _ in range(2))
    assert first.tobytes() == second.tobytes()
    assert first.min() >= 0
    assert first.max() <= 1


@settings(max_examples=tried(15), deadline=None)
@given(step=st.integers(0, 200), size=st.integers(1, 12), steps=st.integers(1, 70))
def test_a_step_s_pixels_do_not_depend_on_what_is_worked_on_with_it(step, size, steps):
    recipe = replace(PLAIN, **STRONG)
    together = varied(recipe, np.tile(bar(), (size * steps, 1)), step, size)
    last = varied(recipe, np.tile(bar(), (size, 1)), step + steps - 1, size)
    assert last.tobytes() == together[-size:].tobytes()
    short = varied(recipe, np.tile(bar(), (1, 1)), step, size)
    assert short.tobytes() == together[:1].tobytes()


@settings(max_examples=tried(12), deadline=None)
@given(kinds=strengths, to=st.integers(0, 30), size=st.integers(1, 40), double=st.booleans())
def test_a_replay_is_bit_for_bit(kinds, to, size, double):
    recipe = replace(PLAIN, batch_size=size, dtype="float64" if double else "float32", **kinds)
    timeline = Timeline(recipe, pictures())
    timeline.goto(to)
    seen = timeline.network.theta.copy()
    timeline.goto(45)
    timeline.goto(to)
    assert timeline.network.theta.tobytes() == seen.tobytes()
    straight = Trainer(recipe, pictures())
    for _ in range(to):
        straight.step()
    assert straight.network.theta.tobytes() == seen.tobytes()


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_can_change_in_the_middle_of_a_run_and_be_replayed(name):
    assert name in CHANGEABLE
    assert name in VARIED
    trainer, plain = (Trainer(PLAIN, pictures()) for _ in range(2))
    for _ in range(6):
        trainer.step()
        plain.step()
    before = trainer.state()
    trainer.change(name, STRONG[name])
    for _ in range(5):
        trainer.step()
        plain.step()
    changed = trainer.network.theta.copy()
    assert not np.array_equal(changed, plain.network.theta)
    trainer.restore(before)
    for _ in range(5):
        trainer.step()
    np.testing.assert_array_equal(trainer.network.theta, plain.network.theta)


def test_strength_0_is_the_identity():
    assert not augments(PLAIN)
    data = pictures()
    shown = variants_of(PLAIN, data.x_train[5], (SIDE, SIDE), 3)
    assert shown.shape == (3, SIDE, SIDE)
    np.testing.assert_array_equal(shown.reshape(3, -1), data.x_train[[5, 5, 5]])


def test_moving_nothing_keeps_the_pictures():
    x = pictures().x_train
    np.testing.assert_allclose(varied(replace(PLAIN, shift=1e-9), x), x, rtol=1e-6)
    # The edge of a picture is a half-pixel from nothing, its corners too: nothing leaks in.
    x = np.ones_like(x)
    np.testing.assert_array_equal(varied(replace(PLAIN, pen_width=1e-9), x), 1)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_alone_makes_many_different_pictures(name):
    images = variants(bar(), **{name: STRONG[name]})
    assert len({image.tobytes() for image in images}) > 5


def test_shift_moves_evenly_both_ways_and_no_further():
    row, column = centres(variants(bar(), shift=2.0, count=500))
    for moved in (row - 9.5, column - 10):
        assert np.abs(moved).max() <= 2.01
        assert moved.mean() == pytest.approx(0, abs=0.2)
        assert moved.std() == pytest.approx(2 / np.sqrt(3), rel=0.1)


def test_rotation_turns_and_keeps_the_ink():
    images = variants(bar(), rotation=20.0)
    assert images.sum(axis=(1, 2)) == pytest.approx(np.full(200, 30), rel=0.12)
    turned = np.rad2deg(np.arctan(leanings(images)))
    assert np.abs(turned).max() == pytest.approx(20, abs=3)
    assert turned.mean() == pytest.approx(0, abs=2)


def test_scaling_changes_the_size():
    ink = variants(bar(), scaling=0.2).sum(axis=(1, 2)) / 30
    assert ink.min() == pytest.approx(0.8**2, abs=0.08)
    assert ink.max() == pytest.approx(1.2**2, abs=0.08)


def test_slant_leans_to_both_sides_and_keeps_height_and_ink():
    images = variants(bar(), slant=0.3)
    lean = leanings(images)
    assert lean.min() == pytest.approx(-0.3, abs=0.04)
    assert lean.max() == pytest.approx(0.3, abs=0.04)
    assert images.sum(axis=(1, 2)) == pytest.approx(np.full(200, 30), rel=0.05)
    assert not images[:, :4].any()
    assert not images[:, 16:].any()


def test_pen_width_makes_strokes_thicker_and_thinner():
    images = variants(bar(), pen_width=0.5)
    width = images[:, 10].sum(axis=1)
    assert width.min() == pytest.approx(2, abs=0.1)
    assert width.max() == pytest.approx(4, abs=0.1)
    assert (images[:, 10, 10] == 1).all()


def test_an_elastic_warp_bends_but_keeps_most_ink():
    images = variants(bar(slice(1, 19)), elastic=0.8)
    middle = (images @ np.arange(SIDE))[:, 5:15] / images.sum(axis=2)[:, 5:15]
    assert 0.1 < np.diff(middle, axis=1).std() < 1.0
    assert images.sum(axis=(1, 2)).mean() == pytest.approx(54, rel=0.1)


def test_training_sees_variants_and_evaluation_does_not():
    data = one(bar())
    trainer = Trainer(replace(PLAIN, shift=3.0, batch_size=1), data)
    first = trainer.preview().x
    trainer.step()
    assert not np.array_equal(first, trainer.preview().x)
    np.testing.assert_array_equal(trainer.x_train, data.x_train)


def test_variants_are_what_training_sees():
    recipe = replace(PLAIN, batch_size=1, **STRONG)
    shown = variants_of(recipe, bar(), (SIDE, SIDE), 4)
    trainer = Trainer(recipe, one(bar()))
    for variant in shown:
        np.testing.assert_array_equal(trainer.preview().x[0], variant.ravel())
        trainer.step()


@pytest.mark.parametrize("name", KINDS)
def test_only_pictures_can_be_varied(name):
    xor = load_dataset("xor")
    recipe = replace(Recipe(dataset="xor", layers=(2, 2, xor.outputs)), **{name: 0.1})
    with pytest.raises(RecipeError, match="no pictures"):
        Trainer(recipe, xor)


@pytest.mark.parametrize("name", KINDS)
def test_strengths_have_a_range(name):
    for value in (-0.1, 1000.0, float("nan")):
        with pytest.raises(RecipeError):
            replace(PLAIN, **{name: value})


def test_pictures_take_the_maps_of_the_pool_in_turn():
    recipe = replace(PLAIN, shift=1.0)
    x = np.tile(bar(), (2 * POOL + 7, 1))
    seen = varied(recipe, x, 3, 10)
    np.testing.assert_array_equal(seen[:POOL], seen[POOL : 2 * POOL])
    np.testing.assert_array_equal(seen[:7], seen[2 * POOL :])
    assert len({picture.tobytes() for picture in seen[:POOL]}) > 20


def test_chance_decides_about_every_picture_s_pen():
    recipe = replace(PLAIN, pen_width=0.5)
    seen = varied(recipe, np.tile(bar(), (2 * POOL, 1)), 3, 10)
    assert len({picture.tobytes() for picture in seen}) > 100
    assert not np.array_equal(seen[:POOL], seen[POOL:])


def test_a_few_pictures_get_the_maps_that_any_step_would_give_them():
    recipe = replace(PLAIN, **STRONG)
    few = Augmenter(recipe, Framed(bar()[np.newaxis], (SIDE, SIDE)), 1, most=12)
    seen = np.empty((12, SIDE * SIDE), np.float32)
    few.vary(np.zeros(12, np.intp), 0, seen)
    assert seen.tobytes() == varied(recipe, np.tile(bar(), (12, 1)), 0, 1).tobytes()


def test_a_frame_is_blank_and_grey_values_are_kept():
    x = pictures().x_train
    framed = Framed(x, (SIDE, SIDE))
    grey = framed.take(np.arange(len(x))).reshape(len(x), *framed.shape)
    np.testing.assert_allclose(grey[:, 1:-1, 1:-1].reshape(x.shape) / 255, x, rtol=1e-6)
    grey[:, 1:-1, 1:-1] = 0
    assert not grey.any()
