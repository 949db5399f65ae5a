"""MNIST's file format, IDX, read with distrust.

An IDX file is two zero bytes, a type code, the number of dimensions, the
dimensions as big-endian 32-bit counts and then the bytes themselves; it often
comes compressed with gzip. Most people's first contact with it is a download
that went wrong, so whatever is wrong ends as one sentence that says what to do.
"""

import gzip
import math
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import DataError, FloatArray

ByteArray = NDArray[np.uint8]
Numbers = NDArray[Any]
_T = TypeVar("_T")

LARGEST = 1 << 28
"""Most bytes that one file may unpack to: 256 MiB, five times MNIST's largest."""

CLASSES = 10
DIGITS = tuple(str(digit) for digit in range(CLASSES))


class PickledError(DataError):
    """A file is a Python pickle, which nnviz does not read."""


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_BYTES = 0x08
_TYPES = {_BYTES: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
_PICKLE = b"\x80"  # followed by the version of the protocol
_PICKLED = (".pkl", ".pickle", ".pkl.gz", ".pickle.gz")
_CHUNK = 1 << 20
_MOST_DIMENSIONS = 8
_AGAIN = "download it again"


def read_idx(path: str | Path) -> Numbers:
    """Read one IDX file, plain or gzip (told by its content, not by its name).

    Returns:
        The array in the file's own shape, uint8 where the file holds bytes, else its own numbers.

    Raises:
        DataError: the file cannot be read or is not a whole, plausible IDX file.
    """
    return _opened(path, _parse)


def read_head(path: str | Path) -> tuple[str, tuple[int, ...]]:
    """Read the number format and the shape that an IDX file claims to have, not its numbers.

    Raises:
        DataError: as `read_idx`, where that is seen by the header.
    """
    return _opened(path, _head)


def _opened(path: str | Path, read: Callable[[_Readable, Path], _T]) -> _T:
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
                return read(raw, path)
            with gzip.open(raw) as unpacked:
                return read(unpacked, path)
    except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
        raise DataError(f"{path} is a damaged gzip file ({problem}): {_AGAIN}.") from problem
    except PermissionError as problem:
        raise DataError(f"{path} may not be read: change its permissions.") from problem
    except OSError as problem:
        raise DataError(f"{path} cannot be read: {problem.strerror or problem}.") from problem


def grey(images: ByteArray) -> FloatArray:
    """Turn images of bytes (n, rows, columns) into rows (n, rows·columns) of 0..1, float32."""
    rows = images.reshape(len(images), -1)
    return np.divide(rows, np.float32(255), dtype=np.float32)


def idx_gz(array: ByteArray) -> bytes:
    """Return an array as the content of an IDX file, compressed; the same bytes every time."""
    head = bytes([0, 0, _BYTES, array.ndim]) + np.array(array.shape, dtype=">u4").tobytes()
    return gzip.compress(head + array.tobytes(), mtime=0)


def _head(stream: _Readable, path: Path) -> tuple[str, tuple[int, ...]]:
    head = stream.read(4)
    _check_head(head, path)
    count = head[3]
    words = stream.read(4 * count)
    if len(words) < 4 * count:
        raise DataError(f"{path} ends within its header, it is cut off: {_AGAIN}.")
    return _TYPES[head[2]], tuple(int(size) for size in np.frombuffer(words, dtype=">u4"))


def _parse(stream: _Readable, path: Path) -> Numbers:
    code, shape = _head(stream, path)
    size = math.prod(shape) * np.dtype(code).itemsize
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
    numbers = np.frombuffer(content, dtype=code).reshape(shape)
    return numbers.astype(numbers.dtype.newbyteorder("="), copy=False)


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
    if head.startswith(_PICKLE) or path.name.casefold().endswith(_PICKLED):
        raise PickledError(
            f"{path} is a Python pickle, not IDX, and reading one can run any program: get the "
            "same digits with 'nnviz data fetch mnist'."
        )
    if head[:2] != b"\0\0":
        raise DataError(
            f"{path} is not an IDX file (it begins with the bytes {head.hex(' ')}): {_AGAIN}."
        )
    if len(head) < 4:
        raise DataError(f"{path} ends within its header, it is cut off: {_AGAIN}.")
    if head[2] not in _TYPES or not 1 <= head[3] <= _MOST_DIMENSIONS:
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


def _times(shape: tuple[int, ...]) -> str:
    return " × ".join(str(size) for size in shape)
