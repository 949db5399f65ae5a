import numpy as np
import pytest

from nnviz.data.dataset import DataError
from nnviz.data.digits_cache import load_digits
from nnviz.data.tables import load_table
from nnviz.files.descriptions import from_plain, to_plain
from tests.data.test_tables import write
from tests.sampled import sampled

COUNT = 30


@pytest.fixture(scope="module")
def digits():
    """Grey values 0..255 of digits, (n, 784), and their classes."""
    data = load_digits(seed=1, train=COUNT, test=20)
    return np.rint(data.x_train * 255).astype(int), data.train_labels


def pictures(tmp_path, values, labels, names="pixel{}", first="label"):
    header = [first] * bool(first) + [names.format(place) for place in range(values.shape[1])]
    rows = [",".join(f"{value:g}" for value in row) for row in values]
    if first:
        rows = [f"{label},{row}" for label, row in zip(labels, rows, strict=True)]
    if not names:
        header = []
    text = "\n".join([*([",".join(header)] if header else []), *rows]) + "\n"
    return write(tmp_path, text)


def survey(low, high, count=200, seed=0):
    return np.random.default_rng(seed).integers(low, high + 1, (count, 64))


def test_grey_values_to_255_to_16_and_to_1_are_the_same_pictures(tmp_path, digits):
    values, labels = digits
    plain = load_table(pictures(tmp_path, values, labels))
    assert plain.image_shape == (28, 28)
    assert plain.pictures.white == 255
    assert not plain.pictures.turn
    unit = load_table(pictures(tmp_path, values / 255, labels))
    assert (unit.image_shape, unit.pictures.white) == ((28, 28), 1)
    np.testing.assert_allclose(unit.x_train, plain.x_train, atol=1e-5)
    sixteen = load_table(pictures(tmp_path, np.rint(values / 255 * 16), labels))
    assert sixteen.pictures.white == 16
    ink = load_table(pictures(tmp_path, (values > 127).astype(int), labels))
    assert (ink.image_shape, ink.pictures.white) == ((28, 28), 1)


@pytest.mark.parametrize("white", [255, 1])
def test_dark_on_light_is_turned_and_told(tmp_path, digits, white):
    values, labels = digits
    plain = load_table(pictures(tmp_path, values, labels))
    dark = load_table(pictures(tmp_path, (255 - values) * white / 255, labels))
    assert dark.pictures.turn
    assert dark.notes == ("its pictures are dark on light and turned to light on dark",)
    assert plain.notes == ()
    np.testing.assert_allclose(dark.x_train, plain.x_train, atol=1e-5)


def test_pixels_are_found_without_names_and_without_a_header(tmp_path, digits):
    values, labels = digits
    for names in ("c{}", "1x{}", ""):
        data = load_table(pictures(tmp_path, values, labels, names))
        assert data.image_shape == (28, 28)
        assert len(data.class_names) == 10
        assert data.target_choices == ()
        assert data.target_reason


def test_answers_of_a_survey_are_columns(tmp_path):
    for low, high in ((1, 5), (0, 1), (0, 10), (1, 16), (0, 255)):
        values = survey(low, high)
        labels = ["left" if row[0] > row[1] else "right" for row in values]
        data = load_table(pictures(tmp_path, values, labels, "q{}"))
        assert data.image_shape is None
        assert len(data.columns) == 64
    data = load_table(pictures(tmp_path, survey(0, 10), ["a", "b"] * 100, "p{}"))
    assert data.image_shape is None


def test_columns_that_rise_and_fall_together_are_no_pictures(tmp_path):
    draw = np.random.default_rng(2)
    walk = np.cumsum(draw.normal(size=(100, 100)), axis=1)
    factor = draw.normal(size=(100, 1)) + 0.3 * draw.normal(size=(100, 100))
    standard = [(values - values.mean()) / values.std() for values in (walk, factor)]
    unit = [(values - values.min()) / np.ptp(values) for values in (walk, factor)]
    for values in (*unit, *(2 * values - 1 for values in unit), *standard):
        data = load_table(pictures(tmp_path, values, ["ab"[n % 2] for n in range(100)], "c{}"))
        assert data.image_shape is None


@pytest.mark.parametrize("names", ["pixel{}", "c{}", ""])
def test_pixels_without_a_label_ask_what_is_predicted(tmp_path, digits, names):
    values, labels = digits
    path = pictures(tmp_path, values, labels, names, first="")
    with pytest.raises(DataError, match="784 pixels a row and no label, so nothing says what"):
        load_table(path)


def test_small_pictures(tmp_path, digits):
    values, labels = digits
    small = values.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)
    data = load_table(pictures(tmp_path, np.rint(small), labels, "c{}"))
    assert data.image_shape == (14, 14)


SHIFTED = {
    "from -1 to 1": (lambda values: values / 127.5 - 1),
    "around 0": (lambda values: values / 255 - 0.5),
    "signed bytes": (lambda values: values - 128),
    "standardised": (lambda values: (values / 255 - 0.1307) / 0.3081),
}


@pytest.mark.parametrize("kind", sampled(SHIFTED, every=3))
@pytest.mark.parametrize("names", ["pixel{}", ""])
def test_greys_that_begin_below_0_are_the_same_pictures(tmp_path, digits, kind, names):
    values, labels = digits
    plain = load_table(pictures(tmp_path, values, labels))
    data = load_table(pictures(tmp_path, SHIFTED[kind](values), labels, names))
    assert data.image_shape == (28, 28)
    assert data.pictures.offset == pytest.approx(SHIFTED[kind](0), abs=1e-5)
    assert (data.pictures.way, data.pictures.plain) == (plain.pictures.way, plain.pictures.plain)
    np.testing.assert_allclose(data.x_train, plain.x_train, atol=1e-5)
    assert from_plain(to_plain(data.description)) == data.description
    dark = load_table(pictures(tmp_path, SHIFTED[kind](255 - values), labels, names))
    assert dark.pictures.turn
    np.testing.assert_allclose(dark.x_train, plain.x_train, atol=1e-5)


def test_pixels_that_were_each_standardised_are_columns(tmp_path, digits):
    values, labels = digits
    apart = (values - values.mean(axis=0)) / np.maximum(values.std(axis=0), 1)
    assert load_table(pictures(tmp_path, apart, labels)).image_shape is None


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("where", ["named", "first", "last"])
def test_pictures_in_colour_are_told(tmp_path, digits, mixed, where):
    values, labels = digits
    small = values.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)
    planes = np.stack([small, 0.5 * small, 255 - small], axis=2 if mixed else 1)
    colour = np.rint(planes.reshape(len(small), -1)).astype(int)
    if where == "named":
        path = pictures(tmp_path, colour, labels)
    else:
        rows = [
            [label, *row] if where == "first" else [*row, label]
            for label, row in zip(labels, colour, strict=True)
        ]
        path = write(tmp_path, "\n".join(",".join(map(str, row)) for row in rows) + "\n")
    data = load_table(path)
    assert data.notes[0].startswith("its rows look like pictures of 14 × 14 in colour but are read")
    assert len(data.class_names) == 10
    assert len(data.columns) == 588
