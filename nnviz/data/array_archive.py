"""Archives of arrays (.npz) as data sets, as Keras gives MNIST: x_train, y_train, x_test, y_test.

It is read with distrust: nothing is unpickled, sizes are checked before anything is
unpacked, and whatever is wrong ends as one sentence.
"""

import math
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy

from nnviz.data.class_names import find_names
from nnviz.data.dataset import DataError, Dataset
from nnviz.data.disk import special
from nnviz.data.foreign import foreign
from nnviz.data.idx import LARGEST, Numbers
from nnviz.data.labelled_images import Part, labelled_images

ENDING = ".npz"

_MEMBERS = (
    ("x_train", "y_train", "x_test", "y_test"),
    ("train_images", "train_labels", "test_images", "test_labels"),
    ("training_images", "training_labels", "test_images", "test_labels"),
)
_DENSEST = 1100  # deflate never packs more bytes into one
_LONGEST_HEADER = 4096
_PIECE = 1 << 20


def holds_images(path: Path) -> bool:
    """Tell whether a file is an archive of images with labels, by the names in it."""
    try:
        if special(path) or not path.is_file():
            return False
        with zipfile.ZipFile(path) as archive:
            names = {name.removesuffix(".npy").casefold() for name in archive.namelist()[:1000]}
    except Exception:  # whatever it is, it is no archive of images
        return False
    return any(members[0] in names or members[2] in names for members in _MEMBERS)


def load_archive(path: str | Path, seed: int = 0) -> Dataset:
    """Read an archive of grey images with labels.

    Args:
        path: the file, with x_train and y_train, and with x_test and y_test or without.
        seed: which images are held back where there are none to test with.

    Raises:
        DataError: it is damaged, or holds something else.
    """
    path = Path(path)
    try:
        if special(path):
            raise DataError(f"{path} is no ordinary file: give the name of an .npz file.")
        with zipfile.ZipFile(path) as archive:
            train, test = _parts(archive, path)
    except DataError:
        raise
    except MemoryError as problem:
        raise DataError(f"{path} does not fit into memory: give a smaller data set.") from problem
    except OSError as problem:
        raise DataError(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    except Exception as problem:  # hostile bytes make zipfile, zlib and NumPy fail in many ways
        told = _foreign(path) or f"{path} is damaged or no .npz archive: download it again."
        raise DataError(told) from problem
    both = [part.labels for part in (train, test) if part is not None]
    names, told = find_names(path.parent, both, path.name)
    notes = (f"its classes are called as {told} says",) if told else ()
    source = str(path.resolve())
    return labelled_images(
        train, test, name=path.name, source=source, notes=notes, names=names, seed=seed
    )


def _foreign(path: Path) -> str:
    with suppress(OSError):
        return foreign(path)
    return ""


def _parts(archive: zipfile.ZipFile, path: Path) -> tuple[Part, Part | None]:
    entries = {info.filename.removesuffix(".npy").casefold(): info for info in archive.infolist()}
    members = next((names for names in _MEMBERS if set(names[:2]) <= set(entries)), None)
    if members is None:
        there = ", ".join(sorted(entries)[:6]) or "nothing"
        raise DataError(
            f"{path} has no x_train and y_train, as Keras' mnist.npz does, but {there[:200]}: name "
            "the arrays so."
        )
    read = {name: _read(archive, entries[name], path) for name in members if name in entries}
    parts = [
        Part(
            _images(read[images], f"{images} in {path}"),
            _labels(read[labels], f"{labels} in {path}"),
            f"{images} in {path}",
            f"{labels} in {path}",
        )
        for images, labels in (members[:2], members[2:])
        if images in read and labels in read
    ]
    return parts[0], parts[1] if len(parts) > 1 else None


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> Numbers:
    """Read one array, its header checked before anything is allocated."""
    name = f"{entry.filename[:60]!r} in {path}"
    if entry.flag_bits & 0x1:
        raise DataError(f"{name} is encrypted: save the arrays without a password.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DataError(f"{name} is compressed in a way that NumPy never does: save it anew.")
    if entry.file_size > 8 * LARGEST or entry.file_size > _DENSEST * (entry.compress_size + 1):
        raise DataError(f"{name} claims {entry.file_size} bytes, more than nnviz takes.")
    with archive.open(entry) as file:
        version = npy.read_magic(file)
        readers: dict[tuple[int, int], Any] = {
            (1, 0): npy.read_array_header_1_0,
            (2, 0): npy.read_array_header_2_0,
        }
        if version not in readers:
            raise DataError(f"{name} is no array as NumPy saves them: save it anew.")
        shape, by_columns, dtype = readers[version](file, max_header_size=_LONGEST_HEADER)
        if dtype.hasobject or dtype.kind not in "iufb":
            raise DataError(
                f"{name} holds Python objects or text, not numbers: save numbers alone."
            )
        size = math.prod(shape) * dtype.itemsize
        if size > 8 * LARGEST or math.prod(shape) > LARGEST or size > entry.file_size:
            raise DataError(f"{name} claims to be larger than it is, or than nnviz takes.")
        content = bytearray()
        while len(content) < size and (piece := file.read(min(_PIECE, size - len(content)))):
            content += piece
        if len(content) < size:
            raise DataError(f"{name} is cut off: download the file again.")
    flat = np.frombuffer(content, dtype)
    array = flat.reshape(shape[::-1]).T if by_columns else flat.reshape(shape)
    return array.astype(dtype.newbyteorder("="), copy=False)


def _images(images: Numbers, name: str) -> Numbers:
    """Bring images to (n, rows, columns)."""
    if images.ndim == 4 and images.shape[-1] == 1:
        images = images[..., 0]
    if images.ndim == 4:
        raise DataError(
            f"{name} holds pictures in colour: give grey ones, or a folder of pictures."
        )
    if images.ndim == 2 and (side := math.isqrt(images.shape[1])) ** 2 == images.shape[1] > 1:
        images = images.reshape(len(images), side, side)
    if images.ndim != 3:
        raise DataError(f"{name} has {images.ndim} dimensions where grey images have 3.")
    return images


def _labels(labels: Numbers, name: str) -> Numbers:
    """Bring labels to (n,); rows with a single 1 become the place of it."""
    if labels.ndim == 2 and labels.shape[1] == 1:
        return labels[:, 0]
    if (
        labels.ndim == 2
        and ((labels == 0) | (labels == 1)).all()
        and (labels.sum(axis=1) == 1).all()
    ):
        places: Numbers = labels.argmax(axis=1)
        return places
    if labels.ndim != 1:
        raise DataError(f"{name} has {labels.ndim} dimensions where labels have 1.")
    return labels
