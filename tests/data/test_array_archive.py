"""Archives of arrays: what Keras gives is read, whatever else is one sentence."""

import io
import os
import warnings
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.array_archive import holds_images, load_archive
from nnviz.data.dataset import DataError
from nnviz.data.local import read_path
from tests.sampled import tried


def arrays(train=9, test=4, shape=(6, 5)):
    rng = np.random.default_rng(0)
    return {
        "x_train": rng.integers(0, 256, (train, *shape), dtype=np.uint8),
        "y_train": np.resize(np.arange(3, dtype=np.uint8), train),
        "x_test": rng.integers(0, 256, (test, *shape), dtype=np.uint8),
        "y_test": np.resize(np.arange(3, dtype=np.uint8), test),
    }


def save(path, made, packed=True):
    (np.savez_compressed if packed else np.savez)(path, **made)
    return path


def sentence_of(path):
    with pytest.raises(DataError) as caught:
        load_archive(path)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith(".")
    assert path.name in text
    return text


@pytest.mark.parametrize("packed", [True, False])
def test_what_keras_gives_is_read(tmp_path, packed):
    made = arrays()
    path = save(tmp_path / "mnist.npz", made, packed)
    assert holds_images(path)
    data = read_path(path)
    assert data.image_shape == (6, 5)
    np.testing.assert_array_equal(np.rint(255 * data.x_train), made["x_train"].reshape(9, 30))
    assert data.test_labels.tolist() == made["y_test"].tolist()


def test_grey_values_to_16_are_read_as_in_a_table(tmp_path):
    made = arrays()
    made |= {name: made[name] // 16 + (made[name] == 255) for name in ("x_train", "x_test")}
    path = save(tmp_path / "digits.npz", made)
    data = load_archive(path)
    white = data.description.pictures.white
    assert white == 16
    np.testing.assert_allclose(data.x_train * white, made["x_train"].reshape(9, 30), atol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.uint16, np.int64])
def test_other_number_formats_and_orders(tmp_path, dtype):
    made = arrays()
    other = dict(made)
    for name in ("x_train", "x_test"):
        scale = 1 / 255 if dtype in (np.float32, np.float64) else 1
        other[name] = np.asfortranarray((made[name] * scale).astype(dtype))
    other["y_train"] = made["y_train"].astype(np.int64)[:, np.newaxis]
    other["y_test"] = np.eye(3)[made["y_test"]]
    data = load_archive(save(tmp_path / "other.npz", other))
    np.testing.assert_allclose(data.x_train * 255, made["x_train"].reshape(9, 30), atol=1e-4)
    assert data.train_labels.tolist() == made["y_train"].tolist()
    assert data.test_labels.tolist() == made["y_test"].tolist()


def test_without_test_images_a_fifth_is_held_back(tmp_path):
    made = arrays(train=30)
    path = save(tmp_path / "m.npz", {name: made[name] for name in ("x_train", "y_train")})
    assert (len(load_archive(path).x_train), len(load_archive(path).x_test)) == (24, 6)


def test_rows_of_a_square_are_pictures(tmp_path):
    made = arrays(shape=(36,))
    assert load_archive(save(tmp_path / "m.npz", made)).image_shape == (6, 6)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"x_train": np.array([{}] * 9, dtype=object)}, "Python objects or text"),
        ({"y_train": np.array(["a"] * 9)}, "Python objects or text"),
        ({"x_train": np.zeros(9, [("a", "f4"), ("b", "i4")])}, "Python objects or text"),
        ({"x_train": np.zeros((9, 4, 4, 3), np.uint8)}, "in colour"),
        ({"x_train": np.zeros((9, 3, 4, 4), np.uint8)}, "in colour"),
        ({"x_train": np.array(3)}, "0 dimensions"),
        ({"x_train": np.zeros((9, 2, 2, 2, 2), np.uint8)}, "5 dimensions"),
        ({"x_train": np.zeros((8, 6, 5), np.uint8)}, "8 images but"),
        ({"x_train": -np.ones((9, 6, 5))}, "which are no grey values"),
        ({"x_train": np.full((9, 6, 5), np.nan)}, "not finite"),
        ({"x_test": np.zeros((4, 3, 3), np.uint8)}, "different data sets"),
        ({"y_train": np.zeros((9, 4))}, "2 dimensions where labels have 1"),
    ],
)
def test_arrays_that_are_no_images_with_labels(tmp_path, changed, says):
    path = tmp_path / "bad.npz"
    np.savez(path, allow_pickle=True, **{**arrays(), **changed})
    assert says in sentence_of(path)


@pytest.mark.parametrize("turned", [lambda a: a[..., None], lambda a: a[:, None]])
def test_one_channel_of_colour_first_or_last(tmp_path, turned):
    made = arrays()
    channels = {**made, "x_train": turned(made["x_train"]), "x_test": turned(made["x_test"])}
    data = load_archive(save(tmp_path / "m.npz", channels))
    assert data.fingerprint() == load_archive(save(tmp_path / "grey.npz", made)).fingerprint()


def test_bytes_of_other_machines(tmp_path):
    made = arrays()
    other = {name: array.astype(">u4", order="F") for name, array in made.items()}
    data = load_archive(save(tmp_path / "m.npz", other))
    assert data.x_train.dtype.isnative
    assert data.fingerprint() == load_archive(save(tmp_path / "plain.npz", made)).fingerprint()


@pytest.mark.parametrize(
    ("left", "said"), [("x_test", "x_test, because there is no y_test"), ("y_test", "y_test, be")]
)
def test_images_without_labels_are_said_to_be_left_out(tmp_path, left, said):
    made = arrays(train=30)
    kept = {name: made[name] for name in ("x_train", "y_train", left)}
    assert any(
        note.startswith(f"left out: {said}")
        for note in load_archive(save(tmp_path / "m.npz", kept)).notes
    )


@pytest.mark.parametrize("again", ["x_train.npy", "X_TRAIN.npy", "x_train"])
def test_two_arrays_of_one_name_are_refused(tmp_path, again):
    path = save(tmp_path / "m.npz", arrays())
    with zipfile.ZipFile(path, "a") as archive:
        content = archive.read("x_train.npy")
        with warnings.catch_warnings(action="ignore"):
            archive.writestr(again, content)
    assert "two " in sentence_of(path)


def test_an_archive_of_something_else_says_what_is_there(tmp_path):
    path = save(tmp_path / "net.npz", {"theta": np.zeros(3), "recipe": np.zeros(1)})
    assert not holds_images(path)
    assert "no x_train and y_train, as Keras' mnist.npz does, but recipe, theta" in sentence_of(
        path
    )


def entry(name, content, compress=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compress) as archive:
        made = arrays()
        for member, array in made.items():
            if member != name:
                inner = io.BytesIO()
                np.save(inner, array)
                archive.writestr(f"{member}.npy", inner.getvalue())
        archive.writestr(f"{name}.npy", content)
    return buffer.getvalue()


def head(shape):
    inner = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        inner, {"descr": "|u1", "fortran_order": False, "shape": shape}
    )
    return inner.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (head((1 << 40, 28, 28)) + bytes(50), "claims to be larger"),
        (head((9, 6, 5)) + bytes(50), "claims to be larger"),
        (head((9, 6, 5)) + bytes(300), "damaged"),
        (head((-1, 6, 5)) + bytes(50), "damaged"),
        (head((0, 10**30)), "damaged"),
        (bytes(30_000_000), "more than nnviz takes|damaged"),
        (b"\x93NUMPY\x01\x00\xff\xff" + b"(" * 60_000, "damaged"),
        (b"hello", "damaged"),
    ],
)
def test_headers_that_lie(tmp_path, content, says):
    path = tmp_path / "lie.npz"
    path.write_bytes(entry("x_train", content))
    with pytest.raises(DataError, match=says):
        load_archive(path)
    sentence_of(path)


def test_other_ways_of_packing_are_refused(tmp_path):
    path = tmp_path / "lzma.npz"
    path.write_bytes(entry("x_train", head((9, 6, 5)) + bytes(270), zipfile.ZIP_LZMA))
    assert "compressed in a way" in sentence_of(path)
    content = bytearray(entry("x_train", head((9, 6, 5)) + bytes(270)))
    for place in range(len(content) - 4):
        if content[place : place + 4] == b"PK\1\2":
            content[place + 8] |= 1  # the flag of encryption
    path.write_bytes(bytes(content))
    assert "encrypted" in sentence_of(path)


def test_a_pipe_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.npz")
    assert "no ordinary file" in sentence_of(tmp_path / "pipe.npz")
    assert not holds_images(tmp_path / "pipe.npz")


@settings(max_examples=tried(150), deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 255)), max_size=6), st.integers(0, 900)
)
def test_any_bytes_are_a_data_set_or_one_sentence(tmp_path_factory, changes, cut):
    path = tmp_path_factory.getbasetemp() / "fuzz.npz"
    np.savez_compressed(path, **arrays(train=4, test=2, shape=(2, 2)))
    content = bytearray(path.read_bytes())
    for place, value in changes:
        content[place % len(content)] = value
    path.write_bytes(bytes(content[: max(cut, 1)] if cut < 300 else content))
    with suppress(DataError):
        assert load_archive(path).image_shape == (2, 2)


@pytest.mark.parametrize(
    ("black", "white"), [(-1.0, 1.0), (-0.5, 0.5), (-128, 127), (-0.4241, 2.8215)]
)
def test_grey_values_that_begin_below_0_are_read_as_in_a_table(tmp_path, black, white):
    made = arrays(train=30)
    made["x_train"][:, 0, 0], made["x_train"][:, 0, 1] = 0, 255
    plain = load_archive(save(tmp_path / "plain.npz", made))
    shifted = {
        name: array / 255 * (white - black) + black if name.startswith("x") else array
        for name, array in made.items()
    }
    data = load_archive(save(tmp_path / "m.npz", shifted))
    np.testing.assert_allclose(data.train_inputs, plain.train_inputs, atol=1e-5)
    assert data.description.pictures.offset == pytest.approx(black)
    assert data.description.pictures.white == pytest.approx(white - black)
