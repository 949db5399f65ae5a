"""Archives: zip files of plain .npy arrays and JSON, as networks and sessions are kept in.

They are read with distrust, as `zipped_arrays` does, each array against the dtype and shape that
are wanted; whatever is wrong ends as one sentence.
"""

import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.disk import special
from nnviz.data.zipped_arrays import MAGIC, BrokenError, Shape, read_content, read_header
from nnviz.errors import NnvizError

LARGEST_JSON = 1 << 25
"""Most bytes of the plain values of a file, 32 MiB: thousands of branches."""

CODES = {"float32": "<f4", "float64": "<f8", "int64": "<i8", "uint8": "|u1"}
"""The number formats that occur, with their codes in .npy headers; bytes are little-endian."""

_LONGEST_REASON = 300

_T = TypeVar("_T")


def load(path: Path, what: str, error: type[NnvizError], read: Callable[[BinaryIO], _T]) -> _T:
    """Open a "session" or "network" file and read it; what goes wrong becomes one sentence.

    Pipes and devices, which may never end, are not opened.

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
    except BrokenError as problem:
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
    """Open an archive for reading; the problem is raised where it is none."""
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise problem from error


def holds(path: Path, entry: str) -> bool:
    """Tell whether a file, whatever its name, is an archive with an entry of this name."""
    try:
        if special(path):
            return False
        with zipfile.ZipFile(path) as archive:
            return entry in archive.namelist()
    except Exception:  # no file, no archive, or hostile bytes: whoever reads it says what is wrong
        return False


def npy_header(dtype: str, shape: Shape) -> bytes:
    """Return what stands before the numbers in a .npy entry of a dtype in `CODES`."""
    fields = {"descr": CODES[dtype], "fortran_order": False, "shape": shape}
    text = repr(fields)
    used = len(MAGIC) + 4 + len(text) + 1
    text += " " * (-used % 64) + "\n"
    return MAGIC + b"\1\0" + struct.pack("<H", len(text)) + text.encode("ascii")


def write_array(archive: zipfile.ZipFile, name: str, array: NDArray[Any]) -> None:
    """Add an array of a dtype in `CODES` to an archive, uncompressed.

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
    """Read an array of a dtype in `CODES`; None in a shape is any length.

    Raises:
        BrokenError: it is of another dtype or shape, or incomplete.
        zipfile.BadZipFile: its bytes are not those that were written.
    """
    with archive.open(entry) as file:
        header = read_header(file, entry)
        fits = len(header.shape) == len(shape) and all(
            wanted in (None, there) for wanted, there in zip(shape, header.shape, strict=True)
        )
        if header.code != CODES[dtype] or header.by_columns or not fits:
            name = entry.filename[:80]
            raise BrokenError(f"its entry {name!r} is no array of that dtype and shape")
        return read_content(file, entry, header)


def read_json(text: bytes, name: str) -> Any:
    """Read plain values of an entry, strict JSON in UTF-8.

    Raises:
        BrokenError: it is no JSON.
    """

    def refuse(constant: str) -> NoReturn:
        raise BrokenError(f"its {name} says {constant}, which is no JSON")

    try:
        return json.loads(text.decode("utf-8"), parse_constant=refuse)
    except json.JSONDecodeError as error:
        raise BrokenError(f"its {name} is not written as JSON") from error
