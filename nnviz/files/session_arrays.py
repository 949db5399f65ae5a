"""Arrays of session files: one plain .npy entry each, all sizes checked before one is read.

The header of every entry follows from its dtype and shape alone, so reading is
comparing: no header is parsed, nothing is unpickled, and no array is allocated
that the file does not really hold.
"""

import struct
import zipfile
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.numbers import integer

DTYPES = {"float32": "<f4", "float64": "<f8", "int64": "<i8"}
"""The number formats that occur, with their codes in .npy headers; bytes are little-endian."""

_MAGIC = b"\x93NUMPY\x01\x00"
_MOST_DIMENSIONS = 2

Shape = tuple[int, ...]


class BrokenError(ValueError):
    """The inside of a file is not what it should be; the message says what, without an end."""


def npy_header(dtype: str, shape: Shape) -> bytes:
    """Return what stands before the numbers in a .npy entry.

    Args:
        dtype: a key of `DTYPES`.
        shape: the array's shape.
    """
    fields = {"descr": DTYPES[dtype], "fortran_order": False, "shape": shape}
    text = repr(fields)
    used = len(_MAGIC) + 2 + len(text) + 1
    text += " " * (-used % 64) + "\n"
    return _MAGIC + struct.pack("<H", len(text)) + text.encode("ascii")


def write_array(archive: zipfile.ZipFile, name: str, array: NDArray[Any]) -> None:
    """Add an array to an archive, uncompressed.

    Args:
        archive: open for writing.
        name: of the entry.
        array: of a dtype in `DTYPES`.

    Raises:
        OSError: the archive cannot be written.
    """
    header = npy_header(array.dtype.name, array.shape)
    code = DTYPES[array.dtype.name]
    content = np.ascontiguousarray(array, dtype=code).reshape(-1).view(np.uint8).data
    info = zipfile.ZipInfo(name)  # without the time: the same session is the same file
    info.file_size = len(header) + content.nbytes
    with archive.open(info, "w") as entry:
        entry.write(header)
        entry.write(content)


def entries_of(archive: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    """Return the entries of an archive by name.

    Args:
        archive: open for reading.
        size: bytes of the whole file.

    Raises:
        BrokenError: two have one name, or together they claim to be larger than the file.
    """
    infos = archive.infolist()
    entries = {info.filename: info for info in infos}
    if len(entries) != len(infos):
        raise BrokenError("it holds two entries of the same name")
    if sum(info.compress_size for info in infos) > size:
        raise BrokenError("its entries claim to be larger than the file")
    return entries


class Arrays:
    """The arrays of an open archive, each to be taken once."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        entries: Mapping[str, zipfile.ZipInfo],
        table: Mapping[str, Any],
    ) -> None:
        """Check the sizes of all of them.

        Args:
            archive: open for reading.
            entries: its entries that should be arrays, by name.
            table: dtype and shape of each, as `save_session` wrote them.

        Raises:
            BrokenError: the two do not go together.
        """
        for name in sorted(entries.keys() ^ table.keys()):
            problem = "is missing" if name in table else "does not belong there"
            raise BrokenError(f"its entry {name[:80]!r} {problem}")
        self._archive = archive
        self._left: dict[str, tuple[zipfile.ZipInfo, str, Shape]] = {}
        for name, entry in entries.items():
            self._left[name] = (entry, *_declared(name, entry, table[name]))

    def take(self, name: str, dtype: str, shape: tuple[int | None, ...]) -> NDArray[Any]:
        """Read an array.

        Args:
            name: of its entry.
            dtype: what it has to be.
            shape: what it has to be; None where any length will do.

        Raises:
            BrokenError: it is missing, was taken before, or is of another dtype or shape.
            zipfile.BadZipFile: its bytes are not those that were written.
        """
        if name not in self._left:
            raise BrokenError(f"its entry {name!r} is missing")
        entry, found_dtype, found_shape = self._left.pop(name)
        fits = len(found_shape) == len(shape) and all(
            wanted in (None, found) for wanted, found in zip(shape, found_shape, strict=True)
        )
        if found_dtype != dtype or not fits:
            raise BrokenError(
                f"its entry {name!r} holds {_words(found_dtype, found_shape)} instead of "
                f"{_words(dtype, shape)}"
            )
        return _read(self._archive, entry, dtype, found_shape)

    def finish(self) -> None:
        """Make sure that every array was taken.

        Raises:
            BrokenError: one was not.
        """
        for name in self._left:
            raise BrokenError(f"its entry {name[:80]!r} does not belong there")


def _declared(name: str, entry: zipfile.ZipInfo, declared: Any) -> tuple[str, Shape]:
    """Check what is said of an entry against its size; return its dtype and shape."""
    dtype, lengths = declared
    if dtype not in DTYPES or len(lengths) > _MOST_DIMENSIONS:
        raise BrokenError(f"its entry {name[:80]!r} is of an unknown kind")
    for length in lengths:
        if type(length) is not int or length < 0:
            raise BrokenError(f"its entry {name[:80]!r} has an impossible shape")
    shape = tuple(lengths)
    expected = len(npy_header(dtype, shape)) + prod(shape) * np.dtype(dtype).itemsize
    if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size:
        raise BrokenError(f"its entry {name[:80]!r} is compressed, which nnviz never does")
    if entry.file_size != expected:
        raise BrokenError(
            f"its entry {name[:80]!r} has {integer(entry.file_size)} bytes instead of "
            f"{integer(expected)}"
        )
    return dtype, shape


def _read(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, dtype: str, shape: Shape
) -> NDArray[Any]:
    array = np.empty(shape, DTYPES[dtype])
    content = array.reshape(-1).view(np.uint8).data
    header = npy_header(dtype, shape)
    with archive.open(entry) as file:
        if file.read(len(header)) != header:
            raise BrokenError(f"its entry {entry.filename!r} is no array of that dtype and shape")
        done = 0
        while count := file.readinto(content[done:]):  # type: ignore[attr-defined]
            done += count
        if done != content.nbytes or file.read(1):
            raise BrokenError(f"its entry {entry.filename!r} is incomplete")
    return array.astype(np.dtype(dtype), copy=False)


def _words(dtype: str, shape: tuple[int | None, ...]) -> str:
    return f"{' × '.join('any' if n is None else f'{integer(n)}' for n in shape)} {dtype}"
