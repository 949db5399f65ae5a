"""Arrays in zip archives (.npz), read with distrust: what data, networks and sessions share.

Sizes are checked before anything is read, headers are compared with a pattern instead of
being evaluated, nothing is unpickled, no array is allocated that the file does not
really hold.
"""

import os
import re
import zipfile
from math import prod
from typing import IO, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass

Shape = tuple[int, ...]

MAGIC = b"\x93NUMPY"
"""What the bytes of an array begin with."""

_LENGTHS = {b"\1\0": 2, b"\2\0": 4, b"\3\0": 4}
"""In how many bytes each version of .npy writes the length of its header."""
_LONGEST_HEADER = 4096
_HEADER = re.compile(
    r"\{'descr': (?:'([^'\\]{1,40})'|\[.*\]), 'fortran_order': (False|True), "
    r"'shape': \(((?:[0-9]{1,15}L?(?:, |,|(?=\))))*)\)(?:, |,)?\} *\n?"
)
_NUMBERS = re.compile(r"[<>|=]?[iufb][0-9]{1,2}")
_DENSEST = 1100  # deflate never packs more bytes into one
_PIECE = 1 << 20
_LONGEST_NAME = 80


class BrokenError(ValueError):
    """The inside of a file is not what it should be; the message says what, without an end."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the numbers of an array.

    Attributes:
        code: the number format, as in "<f4"; empty for records of several values.
        by_columns: whether the first index runs fastest (Fortran's order).
        shape: of the array.
        length: bytes of the header itself.
    """

    code: str
    by_columns: bool
    shape: Shape
    length: int

    @property
    def dtype(self) -> "np.dtype[Any] | None":
        """The dtype of its numbers; None where it holds none (text, objects, records)."""
        if not _NUMBERS.fullmatch(self.code):
            return None
        try:
            return np.dtype(self.code)
        except TypeError:
            return None


def entries_of(archive: zipfile.ZipFile, file: BinaryIO) -> dict[str, zipfile.ZipInfo]:
    """Return the entries of an archive, open for reading from a file, by name.

    Raises:
        BrokenError: two have one name, one is encrypted or packed in a way that neither nnviz nor
            NumPy ever does, or together they claim to be larger than the file.
    """
    infos = archive.infolist()
    entries = {info.filename: info for info in infos}
    if len(entries) != len(infos):
        raise BrokenError("it holds two entries of the same name")
    if sum(info.compress_size for info in infos) > os.fstat(file.fileno()).st_size:
        raise BrokenError("its entries claim to be larger than the file")
    for info in infos:
        name = _name(info)
        if info.flag_bits & 0x1:
            raise BrokenError(f"its entry {name} is encrypted, which arrays never are")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BrokenError(f"its entry {name} is compressed in a way that arrays never are")
        if info.file_size > _DENSEST * info.compress_size:
            raise BrokenError(f"its entry {name} claims to be larger than it can be")
    return entries


def read_header(file: IO[bytes], entry: zipfile.ZipInfo) -> Header:
    """Read the header of an array from its entry, open at its beginning.

    Raises:
        BrokenError: there is none.
    """
    none = BrokenError(f"its entry {_name(entry)} is no array")
    start = file.read(len(MAGIC) + 2)
    count = _LENGTHS.get(start[len(MAGIC) :])
    if count is None or not start.startswith(MAGIC):
        raise none
    packed = file.read(count)
    length = int.from_bytes(packed, "little")
    if len(packed) < count or length > _LONGEST_HEADER:
        raise none
    found = _HEADER.fullmatch(file.read(length).decode("latin-1"))
    if found is None:
        raise none
    shape = tuple(int(count.strip(" L")) for count in found[3].split(",") if count.strip())
    return Header(found[1] or "", found[2] == "True", shape, len(start) + len(packed) + length)


def read_content(file: IO[bytes], entry: zipfile.ZipInfo, header: Header) -> NDArray[Any]:
    """Read the numbers of an array, in the byte order of this machine.

    The entry is open right after its header, which is one of numbers.

    Raises:
        BrokenError: they are not all there, or more follows.
        zipfile.BadZipFile: its bytes are not those that were written.
    """
    dtype, incomplete = header.dtype, BrokenError(f"its entry {_name(entry)} is incomplete")
    if dtype is None:
        raise BrokenError(f"its entry {_name(entry)} holds no numbers")
    size = prod(header.shape) * dtype.itemsize
    if header.length + size != entry.file_size:
        raise incomplete
    flat = np.empty(prod(header.shape), dtype)
    content, done = flat.view(np.uint8).data, 0
    while done < size and (
        count := file.readinto(content[done : done + _PIECE])  # type: ignore[attr-defined]
    ):
        done += count
    if done != size or file.read(1):
        raise incomplete
    array = flat.reshape(header.shape, order="F" if header.by_columns else "C")
    return array.astype(dtype.newbyteorder("="), copy=False)


def _name(entry: zipfile.ZipInfo) -> str:
    return repr(entry.filename[:_LONGEST_NAME])
