import gzip
import struct
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnviz.data import idx, idx_folder
from nnviz.data.dataset import DataError
from tests.data.idx_files import idx_bytes, put, put_mnist
from tests.mnist import MNIST
from tests.sampled import tried


def sentence_of(call, *arguments):
    """Return the text of the DataError that the call raises; it must be one sentence."""
    with pytest.raises(DataError) as caught:
        call(*arguments)
    text = str(caught.value)
    assert "\n" not in text
    assert text.endswith(".")
    return text


@settings(max_examples=tried(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    array=hnp.arrays(np.uint8, hnp.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=9)),
    zipped=st.booleans(),
)
def test_what_is_written_is_read(tmp_path, array, zipped):
    content = idx_bytes(array)
    path = put(tmp_path, "some.idx", gzip.compress(content) if zipped else content)
    read = idx.read_idx(path)
    assert read.dtype == np.uint8
    assert read.shape == array.shape
    np.testing.assert_array_equal(read, array)


GOOD = idx_bytes(np.arange(60).reshape(5, 3, 4))
DAMAGED_CRC = gzip.compress(GOOD)[:-8] + b"\1\2\3\4" + gzip.compress(GOOD)[-4:]
BAD_FILES = {
    "empty": (b"", "is empty"),
    "empty gzip": (gzip.compress(b""), "is empty"),
    "three bytes": (b"\0\0\x08", "cut off"),
    "ends in the dimensions": (GOOD[:9], "cut off"),
    "ends in the data": (GOOD[:-1], r"cut off: 59 of 60 bytes \(5 × 3 × 4\)"),
    "ends in the data, zipped": (gzip.compress(GOOD[:-1]), "cut off: 59 of 60"),
    "trailing byte": (GOOD + b"\0", "goes on after its 60 bytes"),
    "trailing byte, zipped": (gzip.compress(GOOD + b"\0"), "goes on after its 60 bytes"),
    "zipped twice": (gzip.compress(gzip.compress(GOOD)), "compressed twice.*gunzip"),
    "web page": (b"<!DOCTYPE html><html>403</html>", "web page.*download it again"),
    "web page, zipped": (gzip.compress(b"\n <html>Sign in</html>"), "web page"),
    "proxy's reply of 727 bytes": (b"Access denied by proxy".ljust(727), "not an IDX file"),
    "zip archive": (b"PK\x03\x04" + bytes(50), "zip archive"),
    "wrong first bytes": (b"\x93NUMPY\x01\x00" + bytes(50), "not an IDX file.*93 4e 55 4d"),
    "unknown type": (idx_bytes([1], type_code=0x0A), "type 10, 1 dimensions"),
    "pickle": (b"\x80\x02}q\x00.", "a Python pickle, not IDX.*'nnviz data fetch mnist'"),
    "pickle, zipped": (gzip.compress(b"\x80\x04\x95"), "a Python pickle, not IDX"),
    "no dimensions": (b"\0\0\x08\0\5", "type 8, 0 dimensions"),
    "too many dimensions": (b"\0\0\x08\xff" + bytes(1020), "type 8, 255 dimensions"),
    "huge dimensions": (
        b"\0\0\x08\x03" + struct.pack(">3I", 2**32 - 1, 2**32 - 1, 2**32 - 1),
        "4294967295 × 4294967295 × 4294967295 bytes, more than nnviz takes",
    ),
    "wrong checksum": (DAMAGED_CRC, "damaged gzip file"),
    "gzip cut off": (gzip.compress(GOOD)[:-9], "damaged gzip file"),
    "gzip header only": (gzip.compress(GOOD)[:12], "damaged gzip file"),
    "gzip of rubbish": (gzip.compress(GOOD)[:10] + b"\xff" * 40, "damaged gzip file"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_one_sentence(tmp_path, case):
    content, pattern = BAD_FILES[case]
    path = put(tmp_path, "train-images-idx3-ubyte.gz", content)
    with pytest.raises(DataError, match=pattern):
        idx.read_idx(path)
    assert str(path) in sentence_of(idx.read_idx, path)


SEEDS = [GOOD, gzip.compress(GOOD), idx_bytes([1, 2, 3]), b"\0\0\x08\x03", b"\x1f\x8b\x08"]


@settings(max_examples=tried(400), deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 90), st.binary(max_size=5), st.integers(0, 9)), max_size=4),
)
def test_any_bytes_are_an_array_or_one_sentence(tmp_path_factory, content, changes):
    for place, new, gone in changes:
        content = content[:place] + new + content[place + gone :]
    path = put(tmp_path_factory.getbasetemp(), "fuzz.idx", content)
    with suppress(DataError):
        array = idx.read_idx(path)
        assert array.nbytes <= idx.LARGEST


def test_a_gzip_bomb_is_not_unpacked(tmp_path):
    bomb = gzip.compress(idx_bytes(np.zeros(10)) + bytes(20_000_000))
    path = put(tmp_path, "bomb.gz", bomb)
    assert "goes on" in sentence_of(idx.read_idx, path)


def test_a_header_that_lies_costs_no_memory(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(idx, "_CHUNK", 1000)
    original = idx._read_at_most

    def watched(stream, size):
        content = original(stream, size)
        asked.append((size, len(content)))
        return content

    monkeypatch.setattr(idx, "_read_at_most", watched)
    path = put(tmp_path, "lie", b"\0\0\x08\x01" + struct.pack(">I", idx.LARGEST) + bytes(10))
    assert "cut off: 10 of" in sentence_of(idx.read_idx, path)
    assert asked == [(idx.LARGEST + 1, 10)]


def test_paths_that_are_no_file(tmp_path):
    assert "does not exist" in sentence_of(idx.read_idx, tmp_path / "none")
    assert "is not a file" in sentence_of(idx.read_idx, tmp_path)


@pytest.mark.parametrize(
    ("problem", "pattern"),
    [
        (PermissionError(13, "Permission denied"), "may not be read: change its permissions"),
        (OSError(5, "Input/output error"), "cannot be read: Input/output error"),
    ],
)
def test_a_file_that_the_system_withholds(tmp_path, monkeypatch, problem, pattern):
    path = put(tmp_path, "x.idx", GOOD)

    def refuse(*_args, **_kwargs):
        raise problem

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(DataError, match=pattern):
        idx.read_idx(path)


@pytest.mark.parametrize("pack", [lambda content: content, gzip.compress])
@pytest.mark.parametrize(
    "suffix", ["-idx{}-ubyte", ".idx{}-ubyte", "-idx{}-ubyte.gz", ".idx{}-ubyte.gz"]
)
def test_a_folder_under_any_of_the_usual_names(tmp_path, suffix, pack):
    made = put_mnist(tmp_path, suffix, pack)
    data = idx_folder.read_folder(tmp_path)
    assert data.name == tmp_path.name
    assert data.image_shape == (4, 5)
    assert data.class_names == tuple("0123456789")
    assert data.x_train.dtype == data.y_train.dtype == np.float32
    assert (data.y_train.sum(axis=1) == 1).all()
    expected = made["train"].reshape(7, 20).astype(np.float32) / np.float32(255)
    np.testing.assert_array_equal(data.x_train, expected)
    np.testing.assert_array_equal(
        data.x_test, made["t10k"].reshape(3, 20).astype(np.float32) / np.float32(255)
    )


def test_what_is_packed_is_read(tmp_path):
    array = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    packed = idx.idx_gz(array)
    assert packed == idx.idx_gz(array)
    np.testing.assert_array_equal(idx.read_idx(put(tmp_path, "a", packed)), array)


def test_labels_become_one_hot_rows(tmp_path):
    put_mnist(tmp_path)
    put(tmp_path, "t10k-labels-idx1-ubyte", idx_bytes([9, 0, 4]))
    assert idx_folder.read_folder(tmp_path).test_labels.tolist() == [9, 0, 4]


def test_no_folder(tmp_path):
    assert "does not exist" in sentence_of(idx_folder.read_folder, tmp_path / "none")
    assert "is a file" in sentence_of(idx_folder.read_folder, put(tmp_path, "x", b""))


@pytest.mark.parametrize("part", ["train-images", "train-labels", "t10k-images", "t10k-labels"])
def test_a_missing_file_is_named(tmp_path, part):
    put_mnist(tmp_path)
    next(tmp_path.glob(f"{part}*")).unlink()
    assert part in sentence_of(idx_folder.read_folder, tmp_path)


def test_exchanged_images_and_labels(tmp_path):
    put_mnist(tmp_path)
    images, labels = tmp_path / "train-images-idx3-ubyte", tmp_path / "train-labels-idx1-ubyte"
    spare = images.read_bytes()
    images.write_bytes(labels.read_bytes())
    labels.write_bytes(spare)
    assert "exchange the two names" in sentence_of(idx_folder.read_folder, tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "pattern"),
    [
        ("train-images-idx3-ubyte", idx_bytes([1, 2]), "magic 2049 where images.*2051"),
        ("train-labels-idx1-ubyte", idx_bytes(np.zeros((7, 4, 5))), "magic 2051 where labels"),
        ("train-labels-idx1-ubyte", idx_bytes([1, 2]), "has 7 images but .* has 2 labels"),
        ("t10k-images-idx3-ubyte", idx_bytes(np.zeros((3, 5, 4))), "4 × 5 but .* of 5 × 4"),
        ("t10k-images-idx3-ubyte", idx_bytes(np.zeros((0, 4, 5))), "holds no examples"),
        ("t10k-images-idx3-ubyte", idx_bytes(np.zeros((3, 4, 5, 3))), "magic 2052"),
    ],
)
def test_files_that_do_not_belong_together(tmp_path, name, content, pattern):
    put_mnist(tmp_path)
    path = put(tmp_path, name, content)
    with pytest.raises(DataError, match=pattern):
        idx_folder.read_folder(tmp_path)
    assert path.name in sentence_of(idx_folder.read_folder, tmp_path)


@pytest.mark.slow
def test_the_real_mnist():
    data = idx_folder.read_folder(MNIST)
    assert data.x_train.shape == (60_000, 784)
    assert data.x_test.shape == (10_000, 784)
    assert np.bincount(data.test_labels).tolist() == [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]  # fmt: skip
    assert data.x_train.min() == 0
    assert data.x_train.max() == 1
