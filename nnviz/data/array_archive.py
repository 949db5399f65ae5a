"""Archives of arrays (.npz) as data sets, as Keras gives MNIST: x_train, y_train, x_test, y_test.

It is read with distrust, as `zipped_arrays` does; whatever is wrong ends as one sentence.
"""

import math
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from nnviz.data.class_names import find_names
from nnviz.data.dataset import DataError, Dataset
from nnviz.data.disk import special
from nnviz.data.idx import LARGEST, Numbers
from nnviz.data.labelled_images import Part, labelled_images
from nnviz.data.unsupported_formats import unsupported_format
from nnviz.data.zipped_arrays import BrokenError, entries_of, read_content, read_header

_MEMBERS = (
    ("x_train", "y_train", "x_test", "y_test"),
    ("train_images", "train_labels", "test_images", "test_labels"),
    ("training_images", "training_labels", "test_images", "test_labels"),
)
_LARGEST = 8 * LARGEST  # bytes of one array: as many numbers of eight bytes each


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

    It has x_train and y_train, and x_test and y_test or not; the seed says which images are
    held back where there are none to test with.

    Raises:
        DataError: it is damaged, or holds something else.
    """
    path = Path(path)
    try:
        if special(path):
            raise DataError(f"{path} is no ordinary file: give the name of an .npz file.")
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            train, test, notes = _parts(archive, file, path)
    except DataError:
        raise
    except BrokenError as problem:
        raise DataError(f"{path} is damaged: {problem}; save or download it again.") from problem
    except MemoryError as problem:
        raise DataError(f"{path} does not fit into memory: give a smaller data set.") from problem
    except OSError as problem:
        raise DataError(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    except Exception as problem:  # hostile bytes make zipfile, zlib and NumPy fail in many ways
        told = ""
        with suppress(OSError):
            told = unsupported_format(path)
        told = told or f"{path} is damaged or no .npz archive: download it again."
        raise DataError(told) from problem
    both = [part.labels for part in (train, test) if part is not None]
    names, said = find_names(path.parent, both, path.name)
    notes = (*said, *notes)
    source = str(path.resolve())
    return labelled_images(
        train, test, name=path.name, source=source, notes=notes, names=names, seed=seed
    )


def _parts(
    archive: zipfile.ZipFile, file: BinaryIO, path: Path
) -> tuple[Part, Part | None, tuple[str, ...]]:
    """Read what is trained on, what is tested with, and say what is left out."""
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry_name, info in entries_of(archive, file).items():
        name = entry_name.removesuffix(".npy").casefold()
        if name in entries:
            raise BrokenError(f"it holds two arrays called {name[:60]}")
        entries[name] = info
    members = next((names for names in _MEMBERS if set(names[:2]) <= set(entries)), None)
    if members is None:
        there = ", ".join(sorted(entries)[:6]) or "nothing"
        raise DataError(
            f"{path} has no x_train and y_train, as Keras' mnist.npz does, but {there[:200]}: name "
            "the arrays so."
        )
    parts, notes = [], []
    for images, labels in (members[:2], members[2:]):
        if images in entries and labels in entries:
            parts.append(
                Part(
                    _images(_read(archive, entries[images], path), f"{images} in {path}"),
                    _labels(_read(archive, entries[labels], path), f"{labels} in {path}"),
                    f"{images} in {path}",
                    f"{labels} in {path}",
                )
            )
        elif alone := [name for name in (images, labels) if name in entries]:
            missing = labels if alone[0] == images else images
            notes.append(f"left out: {alone[0]}, because there is no {missing}")
    return parts[0], parts[1] if len(parts) > 1 else None, tuple(notes)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> Numbers:
    """Read one array, its header checked before anything is allocated."""
    name = f"{entry.filename[:60]!r} in {path}"
    with archive.open(entry) as file:
        header = read_header(file, entry)
        if header.dtype is None:
            raise DataError(
                f"{name} holds Python objects or text, not numbers: save numbers alone."
            )
        size = math.prod(header.shape) * header.dtype.itemsize
        if math.prod(header.shape) > LARGEST or size > min(_LARGEST, entry.file_size):
            raise DataError(f"{name} claims to be larger than it is, or than nnviz takes.")
        return read_content(file, entry, header)


def _images(images: Numbers, name: str) -> Numbers:
    """Bring images to (n, rows, columns)."""
    if images.ndim == 4 and 1 in (images.shape[1], images.shape[-1]):
        # One channel of colour, which comes last for some and first for others.
        images = images[..., 0] if images.shape[-1] == 1 else images[:, 0]
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
