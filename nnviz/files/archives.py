"""Archives: zip files of plain .npy arrays and JSON, as networks and sessions are kept in.

They are read with distrust. Sizes are checked before anything is read, headers are compared with
what is wanted instead of being evaluated, nothing is unpickled, no array is
allocated that the file does not really hold, and whatever is wrong ends as one sentence.
"""

import json
import os
import re
import struct
import zipfile
from collections.abc import Callable
from math import prod
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.description import DescriptionError
from nnviz.data.disk import special
from nnviz.errors import NnvizError

LARGEST_JSON = 1 << 25
"""Most bytes of the plain values of a file, 32 MiB: thousands of branches."""

CODES = {"float32": "<f4", "float64": "<f8", "int64": "<i8", "uint8": "|u1"}
"""The number formats that occur, with their codes in .npy headers; bytes are little-endian."""

_MAGIC = b"\x93NUMPY"
_LENGTHS = {b"\1\0": "<H", b"\2\0": "<I", b"\3\0": "<I"}
"""How each version of .npy writes the length of its header."""
_LONGEST_HEADER = 4096
_HEADER = re.compile(
    r"\{'descr': '([^']{2,4})', 'fortran_order': False, "
    r"'shape': \(((?:[0-9]{1,15}(?:, |,|(?=\))))*)\)(?:, )?\} *\n"
)
_DENSEST = 1100  # deflate never packs more bytes into one
_PIECE = 1 << 20
_LONGEST_REASON = 300

Shape = tuple[int, ...]
_T = TypeVar("_T")


class BrokenError(ValueError):
    """The inside of a file is not what it should be; the message says what, without an end."""


def load(path: Path, what: str, error: type[NnvizError], read: Callable[[BinaryIO], _T]) -> _T:
    """Open a file and read it; whatever goes wrong becomes one sentence.

    Args:
        path: the file; pipes and devices, which may never end, are not opened.
        what: "session" or "network".
        error: what is raised.
        read: reads the open file.

    Raises:
        NnvizError: of the kind asked for.
    """
    try:
        if path.is_dir():
            raise error(f"{path} is a folder: give the name of a {what} file.")
        if special(path):
            raise error(f"{path} is no ordinary file: give the name of a {what} file.")
        with path.open("rb") as file:
            return read(file)
    except error:
        raise
    except FileNotFoundError:
        raise error(f"There is no file {path}: check the name.") from None
    except PermissionError as problem:
        raise error(f"{path} may not be read: change its permissions.") from problem
    except OSError as problem:
        reason = problem.strerror or "it is damaged"
        raise error(f"{path} cannot be read: {reason}; open another copy of it.") from problem
    except MemoryError as problem:
        raise error(
            f"{path} needs more memory than is free: close other programs and open it again."
        ) from problem
    except (BrokenError, DescriptionError) as problem:
        raise error(f"{path} is damaged: {problem}; open another copy of it.") from problem
    except NnvizError as problem:
        raise error(f"{path} holds an impossible recipe: {_reason(problem)}") from problem
    except Exception as problem:  # hostile bytes make zipfile, zlib and json fail in many ways
        raise error(f"{path} is damaged or incomplete: open another copy of it.") from problem


def _reason(problem: Exception) -> str:
    """Return what is wrong with a recipe, unless that is long or no text for a terminal."""
    reason = " ".join(str(problem).split())
    fine = len(reason) <= _LONGEST_REASON and reason.isprintable()
    return reason if fine else "open another copy of it."


def opened(file: BinaryIO, problem: NnvizError) -> zipfile.ZipFile:
    """Open an archive for reading.

    Args:
        file: open for reading.
        problem: what is raised where it is no archive.
    """
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise problem from error


def entries_of(archive: zipfile.ZipFile, file: BinaryIO) -> dict[str, zipfile.ZipInfo]:
    """Return the entries of an archive by name.

    Args:
        archive: open for reading.
        file: what it is read from.

    Raises:
        BrokenError: two have one name, one is encrypted or packed in a way that nnviz does not
            know, or together they claim to be larger than the file.
    """
    infos = archive.infolist()
    entries = {info.filename: info for info in infos}
    if len(entries) != len(infos):
        raise BrokenError("it holds two entries of the same name")
    if sum(info.compress_size for info in infos) > os.fstat(file.fileno()).st_size:
        raise BrokenError("its entries claim to be larger than the file")
    for info in infos:
        name = info.filename[:80]
        if info.flag_bits & 0x1:
            raise BrokenError(f"its entry {name!r} is encrypted, which nnviz never does")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BrokenError(f"its entry {name!r} is compressed in a way that nnviz never does")
        if info.file_size > _DENSEST * info.compress_size:
            raise BrokenError(f"its entry {name!r} claims to be larger than it can be")
    return entries


def npy_header(dtype: str, shape: Shape) -> bytes:
    """Return what stands before the numbers in a .npy entry.

    Args:
        dtype: a key of `CODES`.
        shape: the array's shape.
    """
    fields = {"descr": CODES[dtype], "fortran_order": False, "shape": shape}
    text = repr(fields)
    used = len(_MAGIC) + 4 + len(text) + 1
    text += " " * (-used % 64) + "\n"
    return _MAGIC + b"\1\0" + struct.pack("<H", len(text)) + text.encode("ascii")


def write_array(archive: zipfile.ZipFile, name: str, array: NDArray[Any]) -> None:
    """Add an array to an archive, uncompressed.

    Args:
        archive: open for writing.
        name: of the entry.
        array: of a dtype in `CODES`.

    Raises:
        OSError: the archive cannot be written.
    """
    header = npy_header(array.dtype.name, array.shape)
    code = CODES[array.dtype.name]
    content = np.ascontiguousarray(array, dtype=code).reshape(-1).view(np.uint8).data
    info = zipfile.ZipInfo(name)  # without the time: the same content is the same file
    info.file_size = len(header) + content.nbytes
    with archive.open(info, "w") as entry:
        entry.write(header)
        entry.write(content)


def read_array(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, dtype: str, shape: tuple[int | None, ...]
) -> NDArray[Any]:
    """Read an array.

    Args:
        archive: open for reading.
        entry: one of `entries_of`.
        dtype: what it has to be, a key of `CODES`.
        shape: what it has to be; None where any length will do.

    Raises:
        BrokenError: it is of another dtype or shape, or incomplete.
        zipfile.BadZipFile: its bytes are not those that were written.
    """
    name = entry.filename[:80]
    with archive.open(entry) as file:
        header = _header(file)
        if header is None:
            raise BrokenError(f"its entry {name!r} is no array")
        code, found, length = header
        fits = len(found) == len(shape) and all(
            wanted in (None, there) for wanted, there in zip(shape, found, strict=True)
        )
        if code != CODES[dtype] or not fits:
            raise BrokenError(f"its entry {name!r} is no array of that dtype and shape")
        size = prod(found) * np.dtype(dtype).itemsize
        if length + size != entry.file_size:
            raise BrokenError(f"its entry {name!r} is incomplete")
        array = np.empty(found, code)
        content = array.reshape(-1).view(np.uint8).data
        done = 0
        while done < size and (
            count := file.readinto(content[done : done + _PIECE])  # type: ignore[attr-defined]
        ):
            done += count
        if done != size or file.read(1):
            raise BrokenError(f"its entry {name!r} is incomplete")
    return array.astype(np.dtype(dtype), copy=False)


def _header(file: Any) -> tuple[str, Shape, int] | None:
    """Return code, shape and length of a .npy header, None where there is none that we know."""
    start = file.read(len(_MAGIC) + 2)
    written = _LENGTHS.get(start[len(_MAGIC) :])
    if written is None or not start.startswith(_MAGIC):
        return None
    packed = file.read(struct.calcsize(written))
    length = struct.unpack(written, packed)[0]
    if length > _LONGEST_HEADER:
        return None
    found = _HEADER.fullmatch(file.read(length).decode("latin-1"))
    if found is None:
        return None
    shape = tuple(int(count) for count in found[2].split(",") if count.strip())
    return found[1], shape, len(start) + len(packed) + length


def read_json(text: bytes, name: str) -> Any:
    """Read plain values.

    Args:
        text: strict JSON in UTF-8.
        name: of the entry that holds it.

    Raises:
        BrokenError: it is no JSON.
    """

    def refuse(constant: str) -> NoReturn:
        raise BrokenError(f"its {name} says {constant}, which is no JSON")

    try:
        return json.loads(text.decode("utf-8"), parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise BrokenError(f"its {name} is not written as JSON") from error
