from threading import Thread

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.digit_forms import chosen_forms, digit_forms
from nnviz.data.digit_writer import BLOCK, SHEET, DigitWriter, write_digits, write_strokes
from nnviz.data.hand import Hand
from nnviz.data.handwriting import prepare_strokes
from tests.data.seen import strokes_to_image
from tests.sampled import tried

ALL = pytest.mark.parametrize("form", digit_forms(), ids=lambda form: f"{form.digit} {form.name}")
STILL = Hand(jitter=0, haste=0, slant=0, turn=0, stretch=0, middle=0, taper=0, warp=0, tremor=0,
             pen=0)  # fmt: skip


def rng(seed=0):
    return np.random.default_rng(seed)


@settings(max_examples=tried(10))
@given(seed=st.integers(0, 2**63), count=st.integers(0, 60))
def test_same_seed_same_bytes(seed, count):
    first, first_labels = write_digits(count, rng(seed))
    second, second_labels = write_digits(count, rng(seed))
    assert first.tobytes() == second.tobytes()
    assert first_labels.tobytes() == second_labels.tobytes()
    assert first.shape == (count, 28, 28)
    assert first_labels.shape == (count,)
    counts = np.bincount(first_labels, minlength=10)
    assert counts.max() - counts.min() <= 1


def test_another_seed_other_digits_and_the_global_generator_is_left_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    assert write_digits(50, rng(0))[0].tobytes() != write_digits(50, rng(1))[0].tobytes()
    np.testing.assert_array_equal(before, np.random.get_state()[1])  # noqa: NPY002


def test_the_digits_of_a_block_do_not_depend_on_how_many_blocks_there_are():
    few, few_labels = write_digits(BLOCK, rng())
    more, more_labels = write_digits(BLOCK + 20, rng())
    np.testing.assert_array_equal(few, more[:BLOCK])
    np.testing.assert_array_equal(few_labels, more_labels[:BLOCK])


@settings(max_examples=tried(5))
@given(
    seed=st.integers(0, 2**63),
    asked=st.lists(st.lists(st.integers(0, 1049), max_size=20), max_size=6),
)
def test_digits_are_the_same_whichever_are_asked_for_first(seed, asked):
    count = BLOCK + 50
    at_once, labels = write_digits(count, rng(seed))
    writer = DigitWriter(count, rng(seed))
    np.testing.assert_array_equal(writer.labels, labels)
    for rows in (np.array(rows, np.intp) for rows in asked):
        writer.write(rows)
        np.testing.assert_array_equal(writer.images[rows], at_once[rows])
    writer.write(np.arange(count)[::-1])
    assert writer.done
    np.testing.assert_array_equal(writer.images, at_once)


def test_no_more_is_written_than_the_sheets_of_what_is_asked_for():
    writer = DigitWriter(3 * BLOCK, rng())
    assert writer.share == 0
    assert not writer.images.any()
    told = []
    writer.write(np.array([5, BLOCK + 7, 5]), lambda: told.append(writer.share))
    assert told == pytest.approx([SHEET / len(writer.labels), 2 * SHEET / len(writer.labels)])
    assert writer.images[[5, BLOCK + 7]].any(axis=(1, 2)).all()
    assert writer.images.any(axis=(1, 2)).sum() == 2 * SHEET
    writer.write(np.array([BLOCK + 7, 5]), lambda: told.append(writer.share))
    assert len(told) == 2


def test_threads_that_want_the_same_digits_find_all_of_them():
    writer = DigitWriter(600, rng(2))
    found = {}

    def look(name):
        rows = rng(name).permutation(600)
        for part in np.array_split(rows, 30):
            writer.write(part)
            assert writer.images[part].any(axis=(1, 2)).all()
        found[name] = writer.images.copy()

    threads = [Thread(target=look, args=(name,)) for name in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    at_once, _ = write_digits(600, rng(2))
    assert sorted(found) == [0, 1, 2]
    assert all(images.tobytes() == at_once.tobytes() for images in found.values())
    assert writer.done


def test_every_digit_is_black_on_white_and_in_the_middle():
    images, _ = write_digits(500, rng())
    assert (images.max(axis=(1, 2)) == 255).all()
    ink = images.sum(axis=(1, 2)) / 255 / 784
    assert (ink > 0.015).all()
    assert (ink < 0.5).all()
    place = np.arange(28)
    for axis in (1, 2):
        centre = images.sum(axis=axis) @ place / images.sum(axis=(1, 2))
        assert np.abs(centre - 14).mean() < 0.35


def test_a_digit_is_what_the_pad_makes_of_its_strokes():
    images, _ = write_digits(40, rng(3))
    drawn = write_strokes(40, rng(3).spawn(1)[0])
    for image, (strokes, pen) in zip(images, drawn, strict=True):
        np.testing.assert_allclose(image / 255, prepare_strokes(strokes, pen).image, atol=0.01)


@ALL
def test_each_form_can_be_written_alone(form):
    images, labels = write_digits(12, rng(), among=(form,))
    assert (labels == form.digit).all()
    assert len({image.tobytes() for image in images}) == 12
    drawn = write_strokes(12, rng(), among=(form,))
    strokes = {way.stroke.max() + 1 for way in form.ways}
    assert {len(each) for each, _ in drawn} <= strokes


@ALL
def test_without_variation_a_digit_is_its_form(form):
    still = type(form)(form.digit, form.name, form.share, form.why, form.ways, form.knobs[:0])
    images, _ = write_digits(6, rng(), hand=STILL, among=(still,))
    from_forms = []
    for way in form.ways:
        leaning = way.curve @ way.control @ np.array([[1, 0], [-way.lean, 1]], dtype=np.float32)
        strokes = [leaning[way.stroke == number] for number in range(way.stroke.max() + 1)]
        from_forms.append(strokes_to_image(strokes))
    for image in images:
        assert min(np.abs(image / 255 - wanted).mean() for wanted in from_forms) < 0.01


def unit(images):
    rows = images.reshape(len(images), -1).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def known():
    """Many digits of all forms, as rows of length 1, and their labels."""
    images, labels = write_digits(3000, rng(7))
    return unit(images), labels


@ALL
def test_most_of_a_form_is_more_like_its_own_digit_than_like_any_other(form, known):
    images, _ = write_digits(60, rng(1), among=(form,))
    rows, labels = known
    nearest = labels[(unit(images) @ rows.T).argmax(axis=1)]
    assert (nearest == form.digit).mean() > 0.5


def test_the_order_in_which_forms_are_given_does_not_matter():
    forms = chosen_forms(["7 low bar", "3 flat above", "9 like a g"])
    first, labels = write_digits(30, rng(), among=forms)
    second, same = write_digits(30, rng(), among=forms[::-1])
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(labels, same)


def test_forms_come_as_often_as_their_shares_say():
    low, usual = chosen_forms(["7 low bar"])[0], chosen_forms(["7 usual"])[0]
    drawn = write_strokes(1000, rng(), among=(usual, low))
    bars = [strokes[1][:, 1].mean() for strokes, _ in drawn if len(strokes) == 2]
    lowest = sum(bar > 8 for bar in bars) / 1000  # below the middle
    assert lowest == pytest.approx(low.share / (low.share + usual.share), abs=0.08)
