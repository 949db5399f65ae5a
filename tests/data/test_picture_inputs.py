import numpy as np
import pytest
from PIL import Image

from nnviz.data.description import (
    AS_THEY_ARE,
    INK,
    NOTHING_KNOWN,
    SCALED,
    DataDescription,
    PictureRule,
)
from nnviz.data.digits_cache import load_digits
from nnviz.data.folders import load_pictures
from nnviz.data.handwriting import rasterise
from nnviz.data.picture_inputs import (
    BlankPictureError,
    has_mnist_form,
    picture_input,
    picture_stages,
    rule_of,
    strokes_stages,
)
from nnviz.data.pictures import read_picture
from tests.data.seen import strokes_to_image
from tests.sampled import sampled

SEVEN = [np.array([(0.20, 0.20), (0.70, 0.20), (0.40, 0.85)])]
DIGITS = DataDescription(image_shape=(28, 28), pictures=PictureRule())


def paper(size=100, strokes=SEVEN, place=(0.0, 0.0)):
    ink = rasterise([size * (stroke + place) for stroke in strokes], size, 0.09 * size)
    return (1 - ink).astype(np.float32)


def in_bytes(image):
    return np.rint(image * 255).astype(np.uint8)


def stripes(rng, slope):
    down, across = np.mgrid[:40, :40]
    wave = np.sin(0.8 * (across + slope * down) + rng.uniform(0, 6))
    return in_bytes((0.5 + 0.4 * wave + rng.normal(0, 0.04, wave.shape)).clip(0, 1))


def save_all(folder, pictures):
    for name, arrays in pictures.items():
        (folder / name).mkdir(parents=True)
        for place, array in enumerate(arrays):
            Image.fromarray(array).save(folder / name / f"{place:02}.png")


def rows_of(data):
    return {row.tobytes() for row in (*data.x_train, *data.x_test)}


def own_files(folder, data):
    return {
        picture_input(read_picture(path), data.description).tobytes()
        for path in folder.glob("*/*.png")
    }


# -- what was trained on is read as it was trained on -------------------------------------------


def test_whole_pictures_are_read_as_they_were_trained_on(tmp_path):
    rng = np.random.default_rng(0)
    save_all(tmp_path, {name: [stripes(rng, slope) for _ in range(8)] for name, slope in
                        (("steep", 0.1), ("slanted", 1.0))})  # fmt: skip
    data = load_pictures(tmp_path)
    assert data.pictures is not None
    assert data.pictures.way == SCALED
    assert own_files(tmp_path, data) == rows_of(data)


def test_ink_is_read_as_it_was_trained_on(tmp_path):
    rng = np.random.default_rng(0)
    save_all(tmp_path, {name: [in_bytes(paper(place=rng.uniform(-0.1, 0.1, 2))) for _ in range(6)]
                        for name in ("7", "seven")})  # fmt: skip
    data = load_pictures(tmp_path)
    assert data.pictures is not None
    assert data.pictures.way == INK
    assert own_files(tmp_path, data) == rows_of(data)


@pytest.mark.parametrize("turned", [False, True])
def test_prepared_pictures_stay_as_they_are(tmp_path, turned):
    digits = load_digits(train=60, test=10)
    pictures = in_bytes(digits.x_train.reshape(-1, 28, 28))
    if turned:
        pictures = 255 - pictures
    folder = tmp_path / "pictures"
    save_all(folder, {"a": pictures[:30], "b": pictures[30:]})
    data = load_pictures(folder)
    assert own_files(folder, data) == rows_of(data) == {row.tobytes() for row in digits.x_train}
    assert data.pictures is not None
    assert (data.pictures.way, data.pictures.turn) == (INK, turned)


# -- a picture of another kind ------------------------------------------------------------------


def test_a_digit_off_the_middle_is_prepared_whatever_its_size():
    wanted = picture_input(paper(), DIGITS)
    for size, place in ((28, (0.1, -0.1)), (32, (-0.1, 0.05)), (100, (0.1, 0.1))):
        grey = paper(size, place=place)
        for picture in (grey, 1 - grey, 1 - 0.75 * grey):  # the last: bright on a ground of 0.25
            row = picture_input(picture.astype(np.float32), DIGITS)
            assert np.corrcoef(row, wanted)[0, 1] > 0.9


def test_a_digit_of_mnist_s_form_is_known_by_box_and_centre():
    image = strokes_to_image([100 * stroke for stroke in SEVEN])
    assert has_mnist_form(image)
    np.testing.assert_array_equal(in_bytes(picture_stages(image, DIGITS).image), in_bytes(image))
    assert not has_mnist_form(np.roll(image, 3, axis=1))
    assert not has_mnist_form(np.roll(image, -2, axis=0))
    assert not has_mnist_form(60 / 255 + image * 195 / 255)
    assert not has_mnist_form(0.5 * image)
    small = np.zeros_like(image)
    small[7:21, 7:21] = image[::2, ::2]
    assert not has_mnist_form(small)


@pytest.mark.parametrize("way", [INK, SCALED, AS_THEY_ARE])
@pytest.mark.parametrize("size", [28, 50])
@pytest.mark.parametrize("value", [0.0, 0.4, 1.0])
def test_blank_pictures_are_refused(way, size, value):
    description = DataDescription(image_shape=(28, 28), pictures=PictureRule(way))
    with pytest.raises(BlankPictureError, match="Nothing stands out in this picture"):
        picture_input(np.full((size, size), value, dtype=np.float32), description)


def test_nothing_known_is_read_as_digits_are():
    np.testing.assert_array_equal(
        picture_input(paper(), NOTHING_KNOWN), picture_input(paper(), DIGITS)
    )


# -- other shapes and other forms ---------------------------------------------------------------


def test_small_pictures_are_filled_as_their_examples_are():
    """Digits of 8×8 that touch two rims, as those of an old survey do."""
    rng = np.random.default_rng(0)
    images = []
    for _ in range(40):
        strokes = [32 + 86 * (stroke - (0.45, 0.525)) + rng.uniform(-2, 2, 2) for stroke in SEVEN]
        ink = rasterise(strokes, 64, 8)
        images.append(ink.reshape(8, 8, 8, 8).mean(axis=(1, 3)))
    rule = rule_of(np.stack(images).astype(np.float32), white=16.0)
    assert (rule.way, rule.white, rule.plain) == (AS_THEY_ARE, 16.0, True)
    assert rule.fill > 0.8
    description = DataDescription(image_shape=(8, 8), pictures=rule)
    row = picture_input(paper(), description)
    assert np.corrcoef(row, images[0].ravel())[0, 1] > 0.8
    drawn = strokes_stages(SEVEN, description)
    assert drawn.image.shape == (8, 8)
    assert drawn.names[-1] == "8×8"


def test_things_that_are_no_strokes_are_read_as_a_whole():
    rng = np.random.default_rng(0)
    images = np.zeros((30, 28, 28), dtype=np.float32)
    for image in images:
        top, left = rng.integers(1, 5, 2)
        image[top:26, left : 28 - left] = rng.uniform(0.5, 1)
    rule = rule_of(images)
    assert (rule.way, rule.fill, rule.plain) == (AS_THEY_ARE, 0.0, True)
    shirt = np.full((60, 60), 0.9, dtype=np.float32)
    shirt[20:50, 15:45] = 0.1
    description = DataDescription(image_shape=(28, 28), pictures=rule)
    image = picture_stages(shirt, description).image
    assert image[0].max() < 0.15  # the light ground is turned
    assert image[14, 14] > 0.85


def test_photographs_are_no_ink():
    noise = np.random.default_rng(0).uniform(0, 1, (20, 28, 28)).astype(np.float32)
    assert rule_of(noise) == PictureRule(AS_THEY_ARE, fill=0.0, plain=False)


def test_drawings_are_prepared_or_seen_as_a_whole_sheet():
    prepared = strokes_stages(SEVEN, DIGITS)
    assert prepared.names == ("ink", "tight box", "20×20", "28×28")
    np.testing.assert_allclose(prepared.image, strokes_to_image(SEVEN), atol=1e-6)
    whole = DataDescription(image_shape=(28, 28), pictures=PictureRule(SCALED, True, fill=0.0))
    sheet = strokes_stages(SEVEN, whole)
    assert sheet.names == ("sheet", "28×28")
    rows, columns = np.nonzero(sheet.image > 0.5)
    assert abs(rows.min() - 0.2 * 28) < 2  # where it was drawn, as large as it was drawn
    assert abs(columns.max() - 0.7 * 28) < 2


@pytest.mark.parametrize("size", sampled([28, 32, 40], every=2))
@pytest.mark.parametrize("paper_grey", [0.0, 0.25])
@pytest.mark.parametrize("dark_on_light", [False, True])
def test_a_prepared_digit_anywhere_is_found_again(size, paper_grey, dark_on_light):
    """At the rim too, where it hides much of the ground that a picture is judged by."""
    rng = np.random.default_rng(0)
    likeness = []
    for wanted in load_digits(train=30, test=10).x_train:
        digit = wanted.reshape(28, 28)
        rows, columns = np.nonzero(digit)
        tight = digit[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        ink = np.zeros((size, size))
        top, left = (int(rng.integers(0, size - length + 1)) for length in tight.shape)
        ink[top : top + tight.shape[0], left : left + tight.shape[1]] = tight
        grey = paper_grey + (1 - paper_grey) * ink
        grey = 1 - grey if dark_on_light else grey
        row = picture_input(grey.astype(np.float32), DIGITS)
        likeness.append(np.corrcoef(row, wanted)[0, 1])
    assert min(likeness) > 0.6  # thin strokes a pixel beside each other are less alike
    assert np.mean(likeness) > 0.93
