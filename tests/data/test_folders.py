import io
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from nnviz.data import folders, pictures
from nnviz.data.dataset import DataError
from nnviz.data.description import NOTHING_KNOWN, WAYS, DataDescription, PictureRule
from nnviz.data.folder_layout import holds_pictures
from nnviz.data.folders import load_pictures
from nnviz.data.handwriting import rasterise
from nnviz.data.local import read_path
from nnviz.data.picture_inputs import example_stages, picture_input
from nnviz.data.pictures import read_picture
from tests.data.seen import strokes_to_image
from tests.sampled import tried

SEVEN = [np.array([(20.0, 20), (70, 20), (40, 85)])]


def drawn(size=100, dark_on_light=True, strokes=SEVEN, pen=9):
    ink = rasterise(strokes, size, pen)
    return np.rint(255 * (1 - ink if dark_on_light else ink)).astype(np.uint8)


def save(path, array, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(array).save(path, **options)
    return path


def png_bytes(array, kind="PNG"):
    content = io.BytesIO()
    Image.fromarray(array).save(content, kind)
    return content.getvalue()


def small(value):
    return np.full((28, 28), value, dtype=np.uint8)


def complaint(call, *arguments):
    with pytest.raises(DataError) as caught:
        call(*arguments)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith(".")
    return text


def put_classes(folder, names=("3", "7"), count=10):
    rng = np.random.default_rng(0)
    made = {}
    for name in names:
        for place in range(count):
            picture = rng.integers(0, 100, (28, 28), dtype=np.uint8)
            picture[0] = picture[-1] = picture[:, 0] = picture[:, -1] = 0
            made[name, place] = picture
            save(folder / name / f"{place:02}.png", picture)
    return made


# -- folders ------------------------------------------------------------------------------------


def test_pictures_of_the_right_size_stay_as_they_are(tmp_path):
    made = put_classes(tmp_path)
    data = load_pictures(tmp_path)
    assert data.name == tmp_path.name
    assert data.class_names == ("3", "7")
    assert data.image_shape == (28, 28)
    assert (len(data.x_train), len(data.x_test)) == (16, 4)
    assert np.bincount(data.test_labels).tolist() == [2, 2]
    assert "as they are" in data.source
    rows = {bytes(np.rint(row * 255).astype(np.uint8)) for row in (*data.x_train, *data.x_test)}
    assert rows == {picture.tobytes() for picture in made.values()}


def test_the_seed_chooses_the_split(tmp_path):
    put_classes(tmp_path)
    one, again, other = (load_pictures(tmp_path, seed).fingerprint() for seed in (1, 1, 2))
    assert one == again != other


def test_train_and_test_folders(tmp_path):
    put_classes(tmp_path / "Train", count=5)
    put_classes(tmp_path / "test", ("7",), count=3)
    data = load_pictures(tmp_path)
    assert (len(data.x_train), len(data.x_test)) == (10, 3)
    assert data.test_labels.tolist() == [1, 1, 1]


def test_a_train_folder_alone_is_split(tmp_path):
    put_classes(tmp_path / "train")
    assert len(load_pictures(tmp_path).x_test) == 4


def test_classes_are_in_the_order_of_numbers(tmp_path):
    names = ("seven", "10", "2", "zebra", "Ant")
    put_classes(tmp_path, names, 2)
    assert load_pictures(tmp_path).class_names == ("2", "seven", "10", "Ant", "zebra")


def test_what_is_no_class_is_passed_over(tmp_path):
    put_classes(tmp_path)
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "3" / "Thumbs.db").write_bytes(b"?")
    (tmp_path / "3" / "._00.png").write_bytes(b"?")
    for name in (".git", "__MACOSX", "$RECYCLE.BIN", "@eaDir", "System Volume Information"):
        (tmp_path / name).mkdir()
    assert len(load_pictures(tmp_path).x_train) == 16


def test_dark_on_light_is_turned_around(tmp_path):
    for name, value in (("0", 255), ("1", 250)):
        for place in range(3):
            picture = small(value)
            picture[10:20, 10:20] = 30 * place
            save(tmp_path / name / f"{place}.png", picture)
    data = load_pictures(tmp_path)
    assert "dark and light exchanged" in data.source
    assert data.x_train[0][0] == 0
    assert data.x_train.max() == 1


@pytest.mark.parametrize("dark_on_light", [True, False])
def test_ink_on_plain_ground_is_prepared_as_on_the_pad(tmp_path, dark_on_light):
    for name in ("7", "9"):
        for place in range(3):
            save(tmp_path / name / f"{place}.png", drawn(90 + place, dark_on_light))
    data = load_pictures(tmp_path)
    assert "prepared as drawings are" in data.source
    expected = strokes_to_image(SEVEN, 9 / 65).ravel()
    for row in data.x_train:
        assert np.corrcoef(row, expected)[0, 1] > 0.97
        assert row.max() == 1


def test_photos_are_scaled_and_keep_their_shape(tmp_path):
    rng = np.random.default_rng(0)
    for name in ("cat", "dog"):
        for place in range(3):
            save(
                tmp_path / name / f"{place}.jpg", rng.integers(0, 90, (56, 112, 3), dtype=np.uint8)
            )
    data = load_pictures(tmp_path)
    assert "scaled to 28 × 28" in data.source
    image = data.x_train[0].reshape(28, 28)
    assert not image[:7].any()
    assert not image[21:].any()
    assert image[7:21].min() > 0.05


def test_progress_is_told_and_may_cancel(tmp_path):
    put_classes(tmp_path)
    told = []
    load_pictures(tmp_path, progress=lambda part, word: told.append((part, word)))
    assert told == [(0, "reading pictures")]


def test_folders_that_are_no_data_set(tmp_path, monkeypatch):
    assert "is not a folder" in complaint(load_pictures, tmp_path / "none")
    assert "has 0 folders of pictures" in complaint(load_pictures, tmp_path)
    put_classes(tmp_path, ("3",))
    assert "has 1 folders of pictures" in complaint(load_pictures, tmp_path)
    (tmp_path / "7").mkdir()
    assert "7 has no pictures" in complaint(load_pictures, tmp_path)
    put_classes(tmp_path)
    monkeypatch.setattr(folders, "MOST", 19)
    assert "has 20 pictures, more than nnviz takes (19)" in complaint(load_pictures, tmp_path)


def test_a_class_only_in_the_test_folder(tmp_path):
    put_classes(tmp_path / "train")
    put_classes(tmp_path / "test", ("3", "8"))
    assert "8 is a class that" in complaint(load_pictures, tmp_path)


def test_which_folders_hold_pictures(tmp_path):
    assert not holds_pictures(tmp_path)
    assert not holds_pictures(tmp_path / "none")
    put_classes(tmp_path / "a" / "train")
    assert not holds_pictures(tmp_path)
    assert holds_pictures(tmp_path / "a")
    assert holds_pictures(tmp_path / "a" / "train")


def test_a_folder_that_may_not_be_read(tmp_path, monkeypatch):
    put_classes(tmp_path)

    def refuse(*_args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "cannot be read: Permission denied" in complaint(load_pictures, tmp_path)
    assert not holds_pictures(tmp_path)


# -- one picture ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_grey_and_colour(tmp_path, kind):
    for array in (small(51), np.stack([small(51)] * 3, axis=-1)):
        path = tmp_path / "p"
        path.write_bytes(png_bytes(array, kind))
        np.testing.assert_allclose(read_picture(path), 0.2, atol=0.01)


def test_sixteen_bits_black_and_white_and_palette(tmp_path):
    path = save(tmp_path / "p.png", np.full((5, 5), 13_107, dtype=np.uint16))
    np.testing.assert_allclose(read_picture(path), 0.2)
    Image.new("1", (5, 5), 1).save(path)
    assert (read_picture(path) == 1).all()
    Image.fromarray(small(255)).convert("P").save(path)
    assert (read_picture(path) == 1).all()


@pytest.mark.parametrize(("ink", "paper"), [(0, 1), (255, 0)])
def test_transparent_ground_is_the_one_that_ink_stands_out_from(tmp_path, ink, paper):
    array = np.zeros((10, 10, 4), dtype=np.uint8)
    array[4:6, 4:6] = (ink, ink, ink, 255)
    grey = read_picture(save(tmp_path / "p.png", array))
    assert grey[0, 0] == paper
    assert grey[5, 5] == ink / 255


def test_an_empty_transparent_picture(tmp_path):
    grey = read_picture(save(tmp_path / "p.png", np.zeros((4, 4, 4), dtype=np.uint8)))
    assert np.ptp(grey) == 0


def test_large_pictures_are_reduced(tmp_path):
    assert read_picture(save(tmp_path / "p.png", np.zeros((900, 400), np.uint8))).shape == (
        300,
        134,
    )


def chunk(kind, content):
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def bomb(width, height):
    """A small file that claims to be a huge picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


GOOD = png_bytes(drawn())
BAD = {
    "empty": (b"", "not a whole picture"),
    "cut off": (GOOD[: len(GOOD) // 2], "not a whole picture"),
    "text": (b"hello", "not a whole picture"),
    "ICO": (png_bytes(small(3), "ICO"), "not a whole picture"),
    "huge": (bomb(60_000, 60_000), "claims 60000 × 60000 pixels"),
    "a bit too large": (bomb(10_000, 5_001), "claims 10000 × 5001 pixels"),
    "too little in it": (bomb(1000, 1000), "not a whole picture"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_picture_is_one_sentence(tmp_path, case):
    content, says = BAD[case]
    put_classes(tmp_path)
    path = tmp_path / "3" / "04.png"
    path.write_bytes(content)
    text = complaint(load_pictures, tmp_path)
    assert says in text
    assert str(path) in text


def test_a_picture_file_that_is_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST", 100)
    (tmp_path / "p.png").write_bytes(bytes(101))
    assert "make the picture smaller" in complaint(read_picture, tmp_path / "p.png")
    assert "cannot be read" in complaint(read_picture, tmp_path / "none.png")


SEEDS = [GOOD, png_bytes(np.stack([drawn()] * 4, -1)), png_bytes(drawn(), "JPEG"), bomb(30, 30)]


@settings(max_examples=tried(300), deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=4), st.integers(0, 6)), max_size=5),
)
def test_any_bytes_are_a_picture_or_one_sentence(tmp_path_factory, content, changes):
    for place, new, gone in changes:
        content = content[:place] + new + content[place + gone :]
    path = tmp_path_factory.getbasetemp() / "fuzz.png"
    path.write_bytes(content)
    with suppress(DataError):
        grey = read_picture(path)
        assert np.isfinite(grey).all()
        for way in WAYS:
            description = DataDescription(image_shape=(28, 28), pictures=PictureRule(way))
            assert example_stages(grey, description).image.shape == (28, 28)


def test_a_phone_s_picture_lies_as_it_was_taken(tmp_path):
    """A camera turned on its side writes so into the file; 20 million pixels are no trouble."""
    array = np.full((2600, 3900), 200, dtype=np.uint8)
    array[300:500, 300:3600] = 20  # a bar near the upper edge as the sensor saw it
    turned = Image.Exif()
    turned[0x0112] = 6  # the picture is to be turned clockwise
    path = tmp_path / "phone.jpg"
    Image.fromarray(array).save(path, exif=turned)
    grey = read_picture(path)
    rows, columns = grey.shape
    assert rows > columns
    assert max(rows, columns) <= 320
    dark = grey < 0.4
    assert dark[:, columns // 2 :].sum() == dark.sum() > 0


def test_pixels_from_memory_become_the_same_as_a_file(tmp_path):
    array = np.zeros((10, 12, 4), dtype=np.uint8)
    array[4:6, 4:9] = (255, 255, 255, 255)
    kept = read_picture(save(tmp_path / "p.png", array))
    assert (pictures.from_pixels(array) == kept).all()
    text = complaint(pictures.from_pixels, np.zeros((0, 3, 4), dtype=np.uint8))
    assert "0 pixels" in text or "× 0" in text


# -- kinds of pictures --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ending", "options"),
    [
        (".bmp", {}),
        (".gif", {}),
        (".webp", {"lossless": True}),
        (".tif", {}),
        (".TIFF", {"compression": "tiff_deflate"}),
        (".pgm", {}),
        (".jfif", {"format": "JPEG", "quality": 95}),
    ],
)
def test_every_kind_is_read(tmp_path, ending, options):
    picture = drawn()
    path = save(tmp_path / f"seven{ending}", picture, **options)
    np.testing.assert_allclose(read_picture(path), picture / 255, atol=0.1)


@pytest.mark.parametrize("ending", [".gif", ".tif"])
def test_of_several_pictures_the_first_counts(tmp_path, ending):
    first, second = (Image.fromarray(small(value)) for value in (200, 20))
    path = tmp_path / f"two{ending}"
    first.save(path, save_all=True, append_images=[second])
    np.testing.assert_allclose(read_picture(path), 200 / 255, atol=1e-6)


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_printers_colours_are_grey_as_they_look(tmp_path, kind):
    Image.fromarray(small(200)).convert("RGB").convert("CMYK").save(tmp_path / "ink", kind)
    np.testing.assert_allclose(read_picture(tmp_path / "ink"), 200 / 255, atol=0.03)


@pytest.mark.parametrize("white", [255, 1023, 4095, 65_535])
def test_white_is_what_the_camera_s_bits_reach(tmp_path, white):
    picture = np.full((20, 20), white, dtype=np.uint16)
    picture[5:15, 8:12] = white // 4
    grey = read_picture(save(tmp_path / "deep.png", picture))
    assert grey[0, 0] == 1
    assert abs(grey[10, 10] - 0.25) < 0.01


def test_fractions_in_a_tiff_are_grey_as_they_are(tmp_path):
    picture = np.linspace(0, 1, 400, dtype=np.float32).reshape(20, 20)
    Image.fromarray(picture).save(tmp_path / "grey.tif")
    np.testing.assert_allclose(read_picture(tmp_path / "grey.tif"), picture, atol=1e-6)
    picture[3, 3] = np.nan
    Image.fromarray(picture).save(tmp_path / "grey.tif")
    assert "not a whole picture" in complaint(read_picture, tmp_path / "grey.tif")


@pytest.mark.parametrize(
    ("pen", "paper"),
    [((60, 90, 255), (40, 125, 40)), ((200, 30, 30), (30, 101, 30)), ((255, 255, 0), (255,) * 3)],
)
def test_a_pen_as_bright_as_its_ground_is_read_by_its_colour(tmp_path, pen, paper):
    ink = (drawn(200, dark_on_light=False, strokes=[2 * SEVEN[0]], pen=16) / 255)[..., np.newaxis]
    picture = np.rint(ink * pen + (1 - ink) * np.array(paper)).astype(np.uint8)
    grey = read_picture(save(tmp_path / "seven.png", picture))
    assert np.ptp(grey) > 0.4
    prepared = picture_input(grey, NOTHING_KNOWN)
    wanted = strokes_to_image(SEVEN).ravel()
    assert np.corrcoef(prepared, wanted)[0, 1] > 0.9


# -- what is left out, and what lies elsewhere --------------------------------------------------


def test_what_is_left_out_is_said_with_counts(tmp_path):
    put_classes(tmp_path, count=5)
    for place in range(4):
        (tmp_path / "3" / f"{place}.heic").write_bytes(b"?")
    (tmp_path / "7" / "clip.MP4").write_bytes(b"?")
    (tmp_path / "7" / ".hidden").write_bytes(b"?")
    save(tmp_path / "7" / "more" / "1.png", small(4))
    save(tmp_path / "loose.png", small(4))
    data = load_pictures(tmp_path)
    assert "10 pictures" in data.source
    told = "left out: 1 loose picture, 4 .heic, 1 .mp4, 1 picture in folders below the classes"
    assert data.notes == (told,)


def test_kinds_are_mixed_whatever_the_case_of_their_endings(tmp_path):
    for place, ending in enumerate((".PNG", ".bmp", ".Gif", ".tif", ".BMP")):
        for name in ("3", "7"):
            save(tmp_path / name / f"{place}{ending}", small(40 * place + int(name)))
    data = load_pictures(tmp_path)
    assert len(data.x_train) + len(data.x_test) == 10
    assert not data.notes


@pytest.mark.parametrize("names", [("train", "test"), ("Train",), ("train", "val")])
def test_loose_pictures_in_train_have_no_class(tmp_path, names):
    for name in names:
        save(tmp_path / name / "0.png", small(3))
    assert holds_pictures(tmp_path)
    said = complaint(load_pictures, tmp_path)
    assert f"lie loose in {' and '.join(sorted(names))}" in said
    assert "a folder a class into train" in said


def test_a_class_may_be_called_train(tmp_path):
    put_classes(tmp_path, ("train", "plane"), 5)
    assert load_pictures(tmp_path).class_names == ("plane", "train")


@pytest.mark.parametrize("name", ["val", "Validation", "valid", "eval"])
def test_a_validation_folder_takes_the_place_of_a_test_folder(tmp_path, name):
    put_classes(tmp_path / "train", count=5)
    put_classes(tmp_path / name, count=3)
    data = load_pictures(tmp_path)
    assert (len(data.x_train), len(data.x_test)) == (10, 6)
    assert f"its own {name} folder" in data.source


def test_beside_a_test_folder_one_for_validation_is_left_out(tmp_path):
    put_classes(tmp_path / "train", count=5)
    put_classes(tmp_path / "test", count=4)
    put_classes(tmp_path / "val", count=3)
    data = load_pictures(tmp_path)
    assert (len(data.x_train), len(data.x_test)) == (10, 8)
    assert "its own test folder" in data.source
    assert data.notes == ("left out: 6 pictures in val",)
    put_classes(tmp_path / "unsure", count=2)
    save(tmp_path / "more" / "0.png", small(3))
    told = "left out: 6 pictures in val, 1 picture in more, 4 pictures in unsure"
    assert load_pictures(tmp_path).notes == (told,)


@pytest.mark.parametrize("inner", ["unpacked", "unpacked/archive", "archive/data"])
def test_data_below_a_folder_are_named(tmp_path, inner):
    put_classes(tmp_path / inner / "train")
    (tmp_path / "__MACOSX" / inner / "a").mkdir(parents=True)
    said = complaint(read_path, tmp_path)
    assert said.endswith(f"nor pictures in a folder a class: choose {tmp_path / inner}.")
    assert load_pictures(tmp_path / inner).outputs == 2


def test_a_folder_of_tables_names_one(tmp_path):
    for name in ("b.csv", "a.tsv"):
        (tmp_path / name).write_text("a,b\n1,2\n")
    assert f"choose a file in it, such as {tmp_path / 'a.tsv'}." in complaint(read_path, tmp_path)


def test_loose_pictures_alone_are_told(tmp_path):
    save(tmp_path / "3_0.png", small(3))
    assert "its pictures lie loose, so put those of each class" in complaint(read_path, tmp_path)


def test_loose_pictures_in_test_are_left_out(tmp_path):
    put_classes(tmp_path / "train", count=5)
    save(tmp_path / "test" / "0.png", small(3))
    data = load_pictures(tmp_path)
    assert (len(data.x_train), len(data.x_test)) == (8, 2)
    assert data.notes == ("left out: 1 picture in test",)


def test_one_picture_a_class_is_trained_on_and_tested_with(tmp_path):
    for place, name in enumerate("0123"):
        save(tmp_path / name / "a.png", small(50 * place))
    data = load_pictures(tmp_path)
    assert data.train_labels.tolist() == data.test_labels.tolist() == [0, 1, 2, 3]
    assert "one of each class, trained on and tested with" in data.source


def test_copies_of_one_picture_a_class_are_trained_on_and_tested_with_too(tmp_path):
    for place, name in enumerate("01"):
        for copy in "ab":
            save(tmp_path / name / f"{copy}.png", small(50 * place))
    data = load_pictures(tmp_path)
    assert data.train_labels.tolist() == data.test_labels.tolist() == [0, 0, 1, 1]
    assert "one of each class, trained on and tested with" in data.source


def test_a_class_of_one_picture_is_trained_on(tmp_path):
    for name, number in (("0", 1), ("1", 2), ("2", 2)):
        for place in range(number):
            save(tmp_path / name / f"{place}.png", small(50 * int(name) + place))
    data = load_pictures(tmp_path)
    assert np.bincount(data.train_labels, minlength=3).min() == 1


def test_blank_pictures_of_ink_are_left_out(tmp_path):
    for name in ("7", "9"):
        for place in range(6):
            save(tmp_path / name / f"{place}.png", drawn(90 + place))
    save(tmp_path / "7" / "blank.png", np.full((90, 90), 250, dtype=np.uint8))
    data = load_pictures(tmp_path)
    assert data.x_train.any(axis=1).all()
    assert data.notes == ("left out: 1 picture in which nothing stands out",)


def test_a_class_of_blank_pictures_alone_is_refused(tmp_path):
    for name in ("7", "9"):
        for place in range(6):
            blank = np.full((90, 90), 250, dtype=np.uint8)
            save(tmp_path / name / f"{place}.png", blank if name == "9" else drawn(90 + place))
    said = complaint(load_pictures, tmp_path)
    assert f"{tmp_path / '9'} has only pictures in which nothing stands out" in said


def test_a_single_picture_is_told_from_a_data_set(tmp_path):
    save(tmp_path / "seven.png", drawn(90))
    assert "is one picture, not a data set" in complaint(read_path, tmp_path / "seven.png")


def test_a_class_of_other_files_says_what_they_are(tmp_path):
    put_classes(tmp_path)
    (tmp_path / "8").mkdir()
    (tmp_path / "8" / "0.heic").write_bytes(b"?")
    assert "only 1 .heic" in complaint(load_pictures, tmp_path)
