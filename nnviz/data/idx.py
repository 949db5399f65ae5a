"""MNIST's file format, IDX, read with distrust.

An IDX file is two zero bytes, a type code, the number of dimensions, the
dimensions as big-endian 32-bit counts and then the bytes themselves; it often
comes compressed with gzip. Most people's first contact with it is a download
that went wrong, so whatever is wrong ends as one sentence that says what to do.
"""

import gzip
import math
import zlib
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import DataError, Dataset, FloatArray, one_hot
from nnviz.data.description import PictureRule
from nnviz.data.picture_inputs import SAMPLE, rule_of

ByteArray = NDArray[np.uint8]

LARGEST = 1 << 28
"""Most bytes that one file may unpack to: 256 MiB, five times MNIST's largest."""

CLASSES = 10
DIGITS = tuple(str(digit) for digit in range(CLASSES))


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_BYTES = 0x08
_OTHER_TYPES = {
    0x09: "signed bytes",
    0x0B: "16-bit numbers",
    0x0C: "32-bit numbers",
    0x0D: "32-bit fractions",
    0x0E: "64-bit fractions",
}
_CHUNK = 1 << 20
_MOST_DIMENSIONS = 8
_AGAIN = "download it again"

_SUFFIXES = ("-idx{}-ubyte", ".idx{}-ubyte", "-idx{}-ubyte.gz", ".idx{}-ubyte.gz")


def read_idx(path: str | Path) -> ByteArray:
    """Read one IDX file of bytes, plain or gzip (told by its content, not by its name).

    Args:
        path: the file.

    Returns:
        The array in the file's own shape, uint8.

    Raises:
        DataError: the file cannot be read or is not a whole, plausible IDX file of bytes.
    """
    path = Path(path)
    if not path.exists():
        raise DataError(f"{path} does not exist: check the path.")
    if not path.is_file():
        raise DataError(f"{path} is not a file: give the path of one IDX file.")
    try:
        with path.open("rb") as raw:
            zipped = raw.read(2) == _GZIP
            raw.seek(0)
            if not zipped:
                return _parse(raw, path)
            with gzip.open(raw) as unpacked:
                return _parse(unpacked, path)
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        raise DataError(f"{path} is a damaged gzip file ({problem}): {_AGAIN}.") from problem
    except PermissionError as problem:
        raise DataError(f"{path} may not be read: change its permissions.") from problem
    except OSError as problem:
        raise DataError(f"{path} cannot be read: {problem.strerror or problem}.") from problem


def open_images(path: str | Path) -> ByteArray:
    """Read the images of one IDX file.

    Returns:
        (n, rows, columns) uint8, n at least 1; a file of one image gives n = 1.

    Raises:
        DataError: the file is not a good IDX file, or does not hold images.
    """
    array = read_idx(path)
    if array.ndim == 1:
        raise DataError(f"{path} holds labels, not images: give the images file.")
    if array.ndim == 2:
        array = array[np.newaxis]
    if array.ndim != 3:
        raise DataError(
            f"{path} has {array.ndim} dimensions where grey images have 3: give the images file."
        )
    if array.size == 0:
        raise DataError(f"{path} holds no images: give a file that does.")
    return array


def find_files(folder: str | Path) -> dict[str, Path]:
    """Find the four files of an MNIST-style folder under any of their usual names.

    Returns:
        Paths under the keys train-images, train-labels, t10k-images, t10k-labels.

    Raises:
        DataError: the folder or one of its files is missing.
    """
    folder = Path(folder)
    if not folder.exists():
        raise DataError(
            f"{folder} does not exist: give the folder that holds MNIST's four IDX files."
        )
    if not folder.is_dir():
        raise DataError(f"{folder} is a file: give the folder that holds MNIST's four IDX files.")
    return {
        part: _find(folder, part, dimensions)
        for part, dimensions in (
            ("train-images", 3),
            ("train-labels", 1),
            ("t10k-images", 3),
            ("t10k-labels", 1),
        )
    }


def read_folder(
    folder: str | Path,
    name: str = "",
    class_names: tuple[str, ...] = DIGITS,
    pictures: PictureRule | None = None,
) -> Dataset:
    """Read a folder with four MNIST-style IDX files.

    Args:
        folder: holds train-images, train-labels, t10k-images and t10k-labels.
        name: the data set's name; the folder's own name where empty.
        class_names: what the labels 0 to 9 stand for.
        pictures: how a raw picture becomes an input; judged by the examples where it is None.

    Returns:
        Grey values u8/255 in 0..1 as rows of rows·columns float32, labels as 10 outputs.

    Raises:
        DataError: a file is missing or bad, or the files do not belong together.
    """
    folder = Path(folder)
    files = find_files(folder)
    train, train_labels = _read_pair(files["train-images"], files["train-labels"])
    test, test_labels = _read_pair(files["t10k-images"], files["t10k-labels"])
    if train.shape[1:] != test.shape[1:]:
        raise DataError(
            f"{files['train-images']} has images of {_size(train)} but {files['t10k-images'].name} "
            f"of {_size(test)}: they belong to different data sets."
        )
    return Dataset(
        name=name or folder.resolve().name,
        x_train=grey(train),
        y_train=one_hot(train_labels, CLASSES),
        x_test=grey(test),
        y_test=one_hot(test_labels, CLASSES),
        class_names=class_names,
        image_shape=(train.shape[1], train.shape[2]),
        source=str(folder.resolve()),
        pictures=pictures
        or rule_of(np.divide(train[:: -(-len(train) // SAMPLE)], 255, dtype=np.float32)),
    )


def _judged(images: ByteArray) -> PictureRule:
    sample = images[:: -(-len(images) // SAMPLE)]
    return rule_of(np.divide(sample, 255, dtype=np.float32))


def grey(images: ByteArray) -> FloatArray:
    """Turn images of bytes (n, rows, columns) into rows (n, rows·columns) of 0..1, float32."""
    rows = images.reshape(len(images), -1)
    return np.divide(rows, np.float32(255), dtype=np.float32)


def idx_gz(array: ByteArray) -> bytes:
    """Return an array as the content of an IDX file, compressed; the same bytes every time."""
    head = bytes([0, 0, _BYTES, array.ndim]) + np.array(array.shape, dtype=">u4").tobytes()
    return gzip.compress(head + array.tobytes(), mtime=0)


def _parse(stream: _Readable, path: Path) -> ByteArray:
    head = stream.read(4)
    _check_head(head, path)
    count = head[3]
    words = stream.read(4 * count)
    if len(words) < 4 * count:
        raise DataError(f"{path} ends within its header, it is cut off: {_AGAIN}.")
    shape = tuple(int(size) for size in np.frombuffer(words, dtype=">u4"))
    size = math.prod(shape)
    if size > LARGEST:
        raise DataError(
            f"{path} claims {_times(shape)} bytes, more than nnviz takes ({LARGEST >> 20} MiB): "
            f"its header is damaged or it is not an image data set."
        )
    content = _read_at_most(stream, size + 1)
    if len(content) < size:
        raise DataError(
            f"{path} is cut off: {len(content)} of {size} bytes ({_times(shape)}) are there; "
            f"{_AGAIN}."
        )
    if len(content) > size:
        raise DataError(
            f"{path} goes on after its {size} bytes ({_times(shape)}): it is damaged or two files "
            f"were joined; {_AGAIN}."
        )
    return np.frombuffer(content, dtype=np.uint8).reshape(shape)


def _check_head(head: bytes, path: Path) -> None:
    if not head:
        raise DataError(f"{path} is empty: {_AGAIN}.")
    if head.startswith(_GZIP):
        raise DataError(f"{path} is compressed twice: unpack it once with gunzip.")
    if head.startswith(_ZIP):
        raise DataError(f"{path} is a zip archive: unpack it and give the files inside.")
    if head.lstrip().startswith(b"<"):
        raise DataError(
            f"{path} is a web page, not data (a sign-in page or an error answered instead): "
            f"{_AGAIN}."
        )
    if head[:2] != b"\0\0":
        raise DataError(
            f"{path} is not an IDX file (it begins with the bytes {head.hex(' ')}): {_AGAIN}."
        )
    if len(head) < 4:
        raise DataError(f"{path} ends within its header, it is cut off: {_AGAIN}.")
    if head[2] in _OTHER_TYPES:
        raise DataError(
            f"{path} holds {_OTHER_TYPES[head[2]]}, nnviz reads bytes (0..255): "
            f"convert it or give another file."
        )
    if head[2] != _BYTES or not 1 <= head[3] <= _MOST_DIMENSIONS:
        raise DataError(
            f"{path} is not an IDX file (its header says type {head[2]}, {head[3]} dimensions): "
            f"{_AGAIN}."
        )


def _read_at_most(stream: _Readable, size: int) -> bytearray:
    # Piece by piece, so that a header that lies about its size never costs memory.
    content = bytearray()
    while len(content) < size and (piece := stream.read(min(_CHUNK, size - len(content)))):
        content += piece
    return content


def _find(folder: Path, part: str, dimensions: int) -> Path:
    names = [part + suffix.format(dimensions) for suffix in _SUFFIXES]
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise DataError(
        f"{folder} has no {names[2]} (nor {names[0]}, nor {names[1]}): "
        f"put MNIST's four IDX files there."
    )


def _read_pair(images_path: Path, labels_path: Path) -> tuple[ByteArray, ByteArray]:
    images, labels = read_idx(images_path), read_idx(labels_path)
    if images.ndim == 1 and labels.ndim == 3:
        raise DataError(
            f"{images_path} holds labels and {labels_path.name} holds images: "
            f"exchange the two names."
        )
    for path, array, dimensions, what in (
        (images_path, images, 3, "images (magic 2051)"),
        (labels_path, labels, 1, "labels (magic 2049)"),
    ):
        if array.ndim != dimensions:
            raise DataError(
                f"{path} has magic {2048 + array.ndim} where {what} are expected: "
                f"give the right file that name."
            )
        if array.size == 0:
            raise DataError(f"{path} holds no examples: give a file that does.")
    if len(images) != len(labels):
        raise DataError(
            f"{images_path} has {len(images)} images but {labels_path.name} has {len(labels)} "
            f"labels: they do not belong together; download both again."
        )
    if labels.max() >= CLASSES:
        raise DataError(
            f"{labels_path} has the label {labels.max()}, nnviz knows 0..{CLASSES - 1}: "
            f"give a data set of ten classes."
        )
    return images, labels


def _times(shape: tuple[int, ...]) -> str:
    return " × ".join(str(size) for size in shape)


def _size(images: ByteArray) -> str:
    return f"{images.shape[1]} × {images.shape[2]}"
