"""IDX files under any name, labels of any number format, and names of classes beside them."""

import gzip
import struct

import numpy as np
import pytest

from nnviz.data.class_names import read_names
from nnviz.data.dataset import DataError
from nnviz.data.description import AS_THEY_ARE, INK
from nnviz.data.digits_cache import load_digits
from nnviz.data.generator import generate
from nnviz.data.handwriting import PEN, prepare_strokes
from nnviz.data.idx import read_idx
from nnviz.data.idx_folder import find_files, holds_idx, read_folder
from nnviz.data.local import read_path
from nnviz.data.orientation import orientation
from tests.data.idx_files import idx_bytes, put
from tests.sampled import sampled

CODES = {0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}


def typed(array, code):
    array = np.asarray(array)
    head = bytes([0, 0, code, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return head + array.astype(CODES[code]).tobytes()


def noise(count, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, 4, 5), dtype=np.uint8)


def put_pair(folder, images, labels, count, values=(0, 1, 2), seed=0):
    made = noise(count, seed)
    put(folder, images, idx_bytes(made))
    put(folder, labels, idx_bytes(np.resize(values, count)))
    return made


@pytest.mark.parametrize(
    ("train", "test"),
    [
        (("training-images", "training-labels"), ("test-images", "test-labels")),
        (
            ("emnist-digits-train-images-idx3-ubyte", "emnist-digits-train-labels-idx1-ubyte"),
            ("emnist-digits-test-images-idx3-ubyte", "emnist-digits-test-labels-idx1-ubyte"),
        ),
        (("a.img", "a.lab"), ("b.img", "b.lab")),
        (("x-train.idx", "y-train.idx"), ("x-test.idx", "y-test.idx")),
        (("train_x", "train_y"), ("test_x", "test_y")),
        (("X_train.idx", "y_train.idx"), ("X_val.idx", "y_val.idx")),
    ],
)
def test_files_are_known_by_what_they_hold(tmp_path, train, test):
    made = put_pair(tmp_path, *train, 9)
    put_pair(tmp_path, *test, 4, seed=1)
    (tmp_path / "readme.txt").write_text("hello")
    assert holds_idx(tmp_path)
    assert [path.name for path in find_files(tmp_path).values()] == [*train, *test]
    data = read_path(tmp_path)
    assert (len(data.x_train), len(data.x_test)) == (9, 4)
    np.testing.assert_array_equal(np.rint(data.x_train * 255), made.reshape(9, 20))
    assert read_path(tmp_path / train[0]).fingerprint() == data.fingerprint()


def test_names_tell_labels_where_numbers_do_not(tmp_path):
    for part in ("train", "test"):
        put_pair(tmp_path, f"x_{part}.idx", f"y_{part}.idx", 6)
    found = [path.name for path in find_files(tmp_path).values()]
    assert found == ["x_train.idx", "y_train.idx", "x_test.idx", "y_test.idx"]


def test_a_pair_alone_is_split(tmp_path):
    put_pair(tmp_path, "digits.images.gz", "digits.labels.gz", 30)
    data = read_path(tmp_path)
    assert (len(data.x_train), len(data.x_test)) == (24, 6)
    assert "6 held back for testing" in data.source


def test_the_training_pair_alone_is_split_under_its_usual_names_too(tmp_path):
    put_pair(tmp_path, "train-images-idx3-ubyte", "train-labels-idx1-ubyte", 30)
    data = read_path(tmp_path)
    assert (len(data.x_train), len(data.x_test)) == (24, 6)
    assert "6 held back for testing" in data.source


def test_the_usual_training_pair_beside_tests_of_another_name(tmp_path):
    put_pair(tmp_path, "train-images-idx3-ubyte", "train-labels-idx1-ubyte", 30)
    put_pair(tmp_path, "test-images.idx", "test-labels.idx", 9, seed=1)
    data = read_path(tmp_path)
    assert (len(data.x_train), len(data.x_test)) == (30, 9)


def test_nothing_is_said_to_be_held_back_where_each_class_has_one(tmp_path):
    put_pair(tmp_path, "digits.images.gz", "digits.labels.gz", 3)
    data = read_path(tmp_path)
    assert (len(data.x_train), len(data.x_test)) == (3, 3)
    assert "held back" not in data.source
    assert "one of each class, trained on and tested with" in data.source


def test_several_data_sets_in_one_folder_are_refused(tmp_path):
    for name in ("letters", "balanced"):
        put_pair(tmp_path, f"{name}-train-images", f"{name}-train-labels", 9)
        put_pair(tmp_path, f"{name}-test-images", f"{name}-test-labels", 4)
    with pytest.raises(DataError, match=r"several data sets .*a folder of its own"):
        read_path(tmp_path)


def test_images_without_labels(tmp_path):
    put(tmp_path, "some.images", idx_bytes(noise(5)))
    put(tmp_path, "other.labels", idx_bytes([1, 2]))
    put(tmp_path, "third.labels", idx_bytes([1, 2, 3]))
    with pytest.raises(DataError, match=r"some\.images has no labels beside it \(5 of them"):
        read_path(tmp_path)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_labels_of_any_number_format(tmp_path, code, pack):
    put_pair(tmp_path, "train-images", "train-labels", 6)
    put_pair(tmp_path, "test-images", "test-labels", 3)
    put(tmp_path, "train-labels", pack(typed([0, 1, 2, 9, 1, 0], code)))
    data = read_folder(tmp_path)
    assert data.train_labels.tolist() == [0, 1, 2, 9, 1, 0]
    assert data.class_names == tuple("0123456789")


@pytest.mark.parametrize(
    ("labels", "says"),
    [([0, 1, 0.5], "holds fractions"), ([0, 1, np.nan], "holds fractions"), ([3, 3, 3], "alone")],
)
def test_labels_that_are_no_classes(tmp_path, labels, says):
    put_pair(tmp_path, "images", "labels", 3)
    put(tmp_path, "labels", typed(labels, 0x0D))
    if says == "alone":
        put(tmp_path, "labels-mapping.txt", b"3 67")
    with pytest.raises(DataError, match=says):
        read_folder(tmp_path)


def test_too_many_classes(tmp_path):
    put_pair(tmp_path, "images", "labels", 101, values=range(101))
    with pytest.raises(DataError, match=r"101 different labels, 0 to 100, .*\(100\)"):
        read_folder(tmp_path)


@pytest.mark.parametrize(("first", "last"), [(1, 26), (0, 46), (0, 61)])
def test_many_classes_without_names_are_called_by_their_numbers(tmp_path, first, last):
    put_pair(tmp_path, "train-images", "train-labels", 200, values=range(first, last + 1))
    data = read_folder(tmp_path)
    assert data.class_names == tuple(str(label) for label in range(first, last + 1))


def test_a_mapping_beside_the_data_gives_names(tmp_path):
    put_pair(tmp_path, "letters-train-images", "letters-train-labels", 200, values=range(1, 27))
    lines = [f"{label} {64 + label} {96 + label}" for label in range(1, 27)]
    put(tmp_path, "letters-mapping.txt", "\n".join(lines).encode())
    put(tmp_path, "digits-mapping.txt", b"0 48\n1 49\n")
    data = read_folder(tmp_path)
    assert data.class_names == tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert data.notes == ("its classes are called as letters-mapping.txt says",)


def test_names_that_do_not_fit_are_left_alone(tmp_path):
    put_pair(tmp_path, "images", "labels", 30, values=range(12))
    put(tmp_path, "class_names.txt", b"cat\ndog\n")
    data = read_folder(tmp_path)
    assert data.class_names == tuple(map(str, range(12)))
    told = "class_names.txt has no name for the labels 2, 3, 4, … and is passed over"
    assert data.notes == (told,)


@pytest.mark.parametrize(
    ("name", "content", "names"),
    [
        ("mapping.txt", "0 48\n1 65\n", {0: "0", 1: "A"}),
        ("classes.txt", "T-shirt/top\nAnkle boot\n", {0: "T-shirt/top", 1: "Ankle boot"}),
        ("labels.csv", "label,name\n0,cat\n1,big dog\n", {0: "cat", 1: "big dog"}),
        ("labels.csv", "3;cat\n5;dog\n", {3: "cat", 5: "dog"}),
        ("classes.json", '["cat", "dog"]', {0: "cat", 1: "dog"}),
        ("classes.json", '{"1": "cat", "2": "dog"}', {1: "cat", 2: "dog"}),
        ("classes.json", '{"cat": 0, "dog": 1}', {0: "cat", 1: "dog"}),
        ("classes.json", "{", {}),
        ("classes.json", "3", {}),
        ("classes.txt", "cat\ncat\n", {}),
        ("classes.txt", "cat\ndo\x00g\n", {}),
        ("classes.txt", "x" * 100, {}),
    ],
)
def test_files_of_names(tmp_path, name, content, names):
    (tmp_path / name).write_text(content)
    assert read_names(tmp_path / name) == names


# -- which way up -------------------------------------------------------------------------------


def put_digits(folder, turn=lambda image: image):
    digits = load_digits(train=300, test=60)
    for part, x, labels in (
        ("train", digits.x_train, digits.train_labels),
        ("test", digits.x_test, digits.test_labels),
    ):
        images = np.stack([turn(row.reshape(28, 28)) for row in x])
        put(folder, f"{part}-images", idx_bytes(np.rint(255 * images)))
        put(folder, f"{part}-labels", idx_bytes(labels))


@pytest.mark.parametrize(
    ("turn", "says"),
    [
        (lambda image: image.T, "mirrored along the diagonal, as EMNIST's do"),
        (lambda image: image[:, ::-1], "mirrored left to right"),
        (lambda image: image[::-1, ::-1], "upside down"),
        (lambda image: np.rot90(image), "turned to the left"),
    ],
)
def test_digits_that_lie_otherwise_are_said(tmp_path, turn, says):
    folder = tmp_path / "turned"
    folder.mkdir()
    put_digits(folder, turn)
    data = read_folder(folder)
    assert orientation(data) == says
    assert data.notes == (f"its digits lie {says}: a network trained on them cannot read drawings",)


def test_digits_that_lie_as_they_are_written_are_not_mentioned(tmp_path):
    folder = tmp_path / "straight"
    folder.mkdir()
    put_digits(folder)
    data = read_folder(folder)
    assert data.notes == ()
    assert data.pictures is not None
    assert (data.pictures.way, data.pictures.turn) == (INK, False)


def test_digits_dark_on_light_are_turned(tmp_path):
    folder = tmp_path / "dark"
    folder.mkdir()
    put_digits(folder, lambda image: 1 - image)
    data = read_folder(folder)
    assert data.x_train[0][0] == 0
    assert data.notes == ("its pictures are dark on light and turned to light on dark",)


def test_noise_is_neither_ink_nor_turned(tmp_path):
    put_pair(tmp_path, "images", "labels", 30)
    data = read_folder(tmp_path)
    assert data.notes == ()
    assert data.pictures is not None
    assert data.pictures.way == AS_THEY_ARE


LETTERS = {
    "A": "0,9 3,0 6,9 / 1,6 5,6", "B": "0,9 0,0 4,1 4,4 0,4 5,5 5,8 0,9",
    "C": "6,1 3,0 0,4 3,9 6,8",
    "D": "0,9 0,0 4,1 6,4 4,8 0,9", "E": "5,0 0,0 0,9 5,9 / 0,4 4,4", "F": "5,0 0,0 0,9 / 0,4 4,4",
    "G": "6,1 3,0 0,4 3,9 6,8 6,5 4,5", "H": "0,0 0,9 / 6,0 6,9 / 0,4 6,4", "I": "3,0 3,9",
    "J": "5,0 5,7 3,9 0,7", "K": "0,0 0,9 / 5,0 0,5 5,9", "L": "0,0 0,9 5,9",
    "M": "0,9 0,0 4,6 8,0 8,9", "N": "0,9 0,0 6,9 6,0", "O": "3,0 0,4 3,9 6,4 3,0",
    "P": "0,9 0,0 5,1 5,4 0,5", "Q": "3,0 0,4 3,9 6,4 3,0 / 4,7 7,10",
    "R": "0,9 0,0 5,1 5,4 0,5 5,9",
    "S": "6,1 3,0 0,2 6,7 3,9 0,8", "T": "0,0 6,0 / 3,0 3,9", "U": "0,0 0,7 3,9 6,7 6,0",
    "V": "0,0 3,9 6,0", "W": "0,0 2,9 4,3 6,9 8,0", "X": "0,0 6,9 / 6,0 0,9",
    "Y": "0,0 3,4 6,0 / 3,4 3,9",
    "Z": "0,0 6,0 0,9 6,9",
}  # fmt: skip
"""Capitals as strokes of a pen, x and y of their points."""


def written(letter, rng):
    """Write a letter as MNIST's digits are kept, a little differently every time."""
    strokes = [
        np.array([point.split(",") for point in stroke.split()], float)
        for stroke in LETTERS[letter].split("/")
    ]
    lean = rng.normal(0.15, 0.15)
    drawn = []
    for stroke in strokes:
        points = stroke + rng.normal(0, 0.35, stroke.shape)
        points[:, 0] -= lean * points[:, 1]
        drawn.append((points + 4) / 20)
    return prepare_strokes(drawn, PEN).image


def put_letters(folder, turn, labels, letters=tuple(LETTERS), each=6):
    folder.mkdir()
    rng = np.random.default_rng(5)
    chosen = [letter for _ in range(each) for letter in letters]
    images = np.stack([turn(written(letter, rng)) for letter in chosen])
    put(folder, "letters-images", idx_bytes(np.rint(255 * images)))
    numbers = np.array([labels[letter] for letter in chosen])
    put(folder, "letters-labels", idx_bytes(numbers))


def _mirrored(image):
    return image.T


def _straight(image):
    return image


@pytest.mark.parametrize(
    "naming", sampled(["mapped in both cases", "mapped", "from 1", "from 0"], every=3)
)
@pytest.mark.parametrize("turn", [_mirrored, _straight, np.rot90])
def test_letters_that_lie_otherwise_are_said(tmp_path, naming, turn):
    first = 0 if naming == "from 0" else 1
    folder = tmp_path / "letters"
    put_letters(folder, turn, {letter: first + place for place, letter in enumerate(LETTERS)})
    if naming.startswith("mapped"):
        both = naming == "mapped in both cases"
        lines = [f"{k} {64 + k}" + (f" {96 + k}" if both else "") for k in range(1, 27)]
        put(folder, "letters-mapping.txt", "\n".join(lines).encode())
    data = read_folder(folder)
    lie = {
        _mirrored: "mirrored along the diagonal, as EMNIST's do",
        _straight: "",
        np.rot90: "turned to the left",
    }[turn]
    assert orientation(data) == lie
    assert any("its letters lie" in note for note in data.notes) == bool(lie)


def test_digits_and_letters_are_said_together(tmp_path):
    folder = tmp_path / "both"
    labels = {letter: 10 + place for place, letter in enumerate("EFGKLR")}
    put_letters(folder, _mirrored, labels, tuple(labels), each=30)
    letters = read_idx(folder / "letters-images")
    digits, kinds = generate(200, np.random.default_rng(1))
    digits = digits.reshape(-1, 28, 28).transpose(0, 2, 1)
    put(folder, "letters-images", idx_bytes(np.concatenate([letters, digits])))
    put(
        folder,
        "letters-labels",
        idx_bytes(np.concatenate([read_idx(folder / "letters-labels"), kinds])),
    )
    names = [*"0123456789", *labels]
    put(folder, "mapping.txt", "".join(f"{k} {ord(n)}\n" for k, n in enumerate(names)).encode())
    said = "its digits and letters lie mirrored along the diagonal, as EMNIST's do"
    assert any(note.startswith(said) for note in read_folder(folder).notes)


@pytest.mark.parametrize("what", ["other things", "other letters", "digits"])
def test_what_is_only_called_letters_is_not_mentioned(tmp_path, what):
    folder, rng = tmp_path / "called", np.random.default_rng(2)
    places = rng.permutation(26) if what == "other letters" else np.arange(26)
    labels = {letter: int(place) for letter, place in zip(LETTERS, places, strict=True)}
    put_letters(folder, _mirrored, labels)
    if what != "other letters":
        kinds = read_idx(folder / "letters-labels")
        if what == "digits":
            shapes = generate(10, rng)[0].reshape(-1, 28, 28)
        else:
            shapes = [prepare_strokes([rng.random((4, 2))], PEN).image * 255 for _ in range(26)]
        images = np.stack([shapes[kind % len(shapes)] for kind in kinds])
        put(folder, "letters-images", idx_bytes(np.rint(images)))
    put(folder, "mapping.txt", "".join(f"{k} {65 + k}\n" for k in range(26)).encode())
    assert orientation(read_folder(folder)) == ""
