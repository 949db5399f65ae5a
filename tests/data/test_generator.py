import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.generator import generate
from nnviz.data.glyphs import forms
from nnviz.data.hand import Hand
from tests.data.seen import strokes_to_image
from tests.mnist import MNIST
from tests.sampled import tried


@settings(max_examples=tried(10))
@given(seed=st.integers(0, 2**63), count=st.integers(1, 60))
def test_same_seed_same_bytes(seed, count):
    first, first_labels = generate(count, np.random.default_rng(seed))
    second, second_labels = generate(count, np.random.default_rng(seed))
    assert first.tobytes() == second.tobytes()
    assert first_labels.tobytes() == second_labels.tobytes()


def test_another_seed_other_digits():
    first, _ = generate(50, np.random.default_rng(0))
    second, _ = generate(50, np.random.default_rng(1))
    assert first.tobytes() != second.tobytes()


def test_the_global_generator_is_left_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    generate(20, np.random.default_rng(0))
    np.testing.assert_array_equal(before, np.random.get_state()[1])  # noqa: NPY002


def test_shapes_types_and_balance():
    images, labels = generate(1003, np.random.default_rng(0))
    assert images.shape == (1003, 28, 28)
    assert images.dtype == labels.dtype == np.uint8
    counts = np.bincount(labels, minlength=10)
    assert counts.sum() == 1003
    assert counts.max() - counts.min() <= 1


def test_no_digits():
    images, labels = generate(0, np.random.default_rng(0))
    assert images.shape == (0, 28, 28)
    assert labels.shape == (0,)


def test_every_digit_is_black_on_white_and_in_the_middle():
    images, _ = generate(500, np.random.default_rng(0))
    assert (images.max(axis=(1, 2)) == 255).all()
    ink = images.sum(axis=(1, 2)) / 255 / 784
    assert (ink > 0.015).all()
    assert (ink < 0.5).all()
    place = np.arange(28)
    for axis in (1, 2):
        centre = images.sum(axis=axis) @ place / images.sum(axis=(1, 2))
        assert np.abs(centre - 14).mean() < 0.35


def test_the_order_says_nothing():
    images, labels = generate(2000, np.random.default_rng(0))
    first, second = labels[:1000], labels[1000:]
    assert np.abs(np.bincount(first) - np.bincount(second)).max() < 60
    ink = images.mean(axis=(1, 2))
    assert ink[:1000].mean() == pytest.approx(ink[1000:].mean(), rel=0.05)


def test_without_variation_a_digit_is_its_form():
    still = Hand(jitter=0, haste=0, slant=0, turn=0, stretch=0, middle=0, taper=0, warp=0,
                 tremor=0, pen=0)  # fmt: skip
    images, labels = generate(40, np.random.default_rng(0), hand=still)
    eights = images[labels == 8]
    from_forms = []
    for form in forms()[8]:
        lean = np.array([[1, 0], [-form.lean, 1]], dtype=np.float32)
        leaning = form.curve @ form.control @ lean
        strokes = [leaning[form.stroke == n] for n in range(form.stroke.max() + 1)]
        from_forms.append(strokes_to_image(strokes))
    for eight in eights:
        nearest = min(np.abs(eight / 255 - image).mean() for image in from_forms)
        assert nearest < 0.01


@pytest.mark.slow
def test_ink_and_stroke_width_are_mnist_s():
    from nnviz.data.idx import read_idx
    from nnviz.data.idx_folder import find_files

    files = find_files(MNIST)
    theirs = read_idx(files["train-images"])[:10_000] / 255
    ours = generate(10_000, np.random.default_rng(0))[0] / 255

    def width(images):
        edges = np.hypot(
            np.diff(images, axis=1, prepend=0)[:, :, :], np.diff(images, axis=2, prepend=0)
        )
        return (2 * images.sum(axis=(1, 2)) / edges.sum(axis=(1, 2))).mean()

    assert ours.mean() == pytest.approx(theirs.mean(), rel=0.08)
    assert width(ours) == pytest.approx(width(theirs), rel=0.08)
