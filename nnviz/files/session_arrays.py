"""Arrays of session files: what a session says of each, checked before one is read.

The header of every entry follows from its dtype and shape alone, so all sizes are known
beforehand.
"""

import zipfile
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.zipped_arrays import BrokenError, Shape
from nnviz.files.archives import npy_header, read_array
from nnviz.numbers import integer

DTYPES = ("float32", "float64", "int64")
"""The number formats that occur in sessions."""

_MOST_DIMENSIONS = 2


class Arrays:
    """The arrays of an open archive, each to be taken once."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        entries: Mapping[str, zipfile.ZipInfo],
        table: Mapping[str, Any],
    ) -> None:
        """Check the sizes of all of them against the dtypes and shapes that `save_session` wrote.

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
        """Read an array; see `read_array`.

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
        return read_array(self._archive, entry, dtype, found_shape)

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


def _words(dtype: str, shape: tuple[int | None, ...]) -> str:
    return f"{' × '.join('any' if n is None else f'{integer(n)}' for n in shape)} {dtype}"
