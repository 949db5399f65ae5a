"""Course archives: a course as a zip file, checked whole before a byte of it is unpacked.

Names may lead nowhere but into the folder that is made, nothing is a link, and no entry unpacks
into more than it says, which is bounded. What is no part of a course is left packed.
"""

import hashlib
import lzma
import secrets
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from nnviz.data.dataset import DataError
from nnviz.data.disk import make_folder, reading, writing
from nnviz.data.naming import TABLES
from nnviz.lessons.loader_parts import file_name
from nnviz.lessons.pictures import ENDINGS as PICTURES
from nnviz.numbers import integer

ENDING = ".zip"
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, RuntimeError, ValueError, OverflowError),
)
"""What reading an archive may end with that is damaged, or packed in a way nobody asked for."""
KINDS = (".toml", ".nnviz", *TABLES, *PICTURES)
"""How files of a course end: lessons and examples, sessions, own data, drawings."""
MOST_FILES = 500
LARGEST_ARCHIVE, LARGEST_FILE, LARGEST = 200 * 2**20, 100 * 2**20, 300 * 2**20
"""Most bytes of an archive, of one file in it, and of all together once they are unpacked."""
DEEPEST = 4
"""Most folders in each other, the file's own name among them."""
_DENSEST = 1100  # deflate never packs more bytes into one
_PIECE = 2**20
_JUNK = ("__MACOSX", "Thumbs.db", "desktop.ini")
"""What systems add by themselves."""


Progress = Callable[[float, str], None]
"""Told how far something is, from 0 to 1, and what it is; what it raises ends it."""


def silent(_fraction: float, _text: str) -> None:
    """Tell nobody."""


def unpacked(
    path: Path, into: Path, progress: Callable[[float], object] = lambda _fraction: None
) -> Path:
    """Return the folder in which an archive is unpacked: a new one, or one that is there already.

    Args:
        path: the archive.
        into: the folder in which all such folders are.
        progress: told how far it is, from 0 to 1; what it raises ends it, and nothing is left.

    Raises:
        DataError: it is no archive of a course, or it cannot be unpacked; nothing is left of it.
    """
    with reading(path), path.open("rb") as file:
        place = into / _fingerprint(path, file, progress)
        if place.is_dir():
            return place
        try:
            with zipfile.ZipFile(file) as archive:
                entries = list(_checked(path, archive))
                _unpack(path, archive, entries, place, progress)
        except DataError:
            raise  # it says what is wrong itself, though it is a ValueError
        except DAMAGED as error:
            raise DataError(f"{path} is damaged: ask for the file anew ({error}).") from None
    return place


def names_in(path: Path) -> tuple[str, ...]:
    """Return the names of all that is in an archive; none where it is no archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(archive.namelist()[:MOST_FILES])
    except (OSError, *DAMAGED):
        return ()


def _fingerprint(path: Path, file: BinaryIO, progress: Callable[[float], object]) -> str:
    """Return a name for what is in a file: the same content has the same."""
    found, size = hashlib.sha256(), 0
    while piece := file.read(_PIECE):
        progress(0.0)
        found.update(piece)
        if (size := size + len(piece)) > LARGEST_ARCHIVE:
            raise DataError(
                f"{path} is larger than {integer(LARGEST_ARCHIVE // 2**20)} MB: leave data out."
            )
    return found.hexdigest()[:32]


def _checked(path: Path, archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """Return what is to be unpacked, once all that is in the archive has been checked."""
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise DataError(
            f"{path} holds {integer(len(infos))} files, and a course has at most "
            f"{integer(MOST_FILES)}: leave some out."
        )
    seen: set[str] = set()
    for info in infos:
        _check(path, info)
        if (name := info.filename.casefold()) in seen:
            raise DataError(f"{path} holds two files {info.filename!r}: leave one out.")
        seen.add(name)
    if sum(info.file_size for info in infos) > LARGEST:
        raise DataError(
            f"{path} unpacks into more than {integer(LARGEST // 2**20)} MB: leave data out."
        )
    return (info for info in infos if _wanted(info))


def _check(path: Path, info: zipfile.ZipInfo) -> None:
    """Refuse an entry that could do harm."""
    what = f"{path}, {info.filename[:80]!r}"
    parts = PurePosixPath(info.filename).parts
    leads_out = info.filename.startswith("/") or ".." in parts or not parts
    if leads_out or any(sign in info.filename for sign in "\\:\0") or len(parts) > DEEPEST:
        raise DataError(f"{what}: the name leads out of the course: pack the folder anew.")
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise DataError(f"{what} is a link: put the file itself there.")
    if info.flag_bits & 0x1:
        raise DataError(f"{what} is encrypted: pack the folder without a password.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DataError(f"{what} is packed in an unusual way: pack the folder as plain zip.")
    if info.file_size > LARGEST_FILE or info.file_size > _DENSEST * max(info.compress_size, 1):
        raise DataError(f"{what} is too large, or claims to be: leave it out.")


def _wanted(info: zipfile.ZipInfo) -> bool:
    """Tell whether an entry is a part of a course; what is not stays packed."""
    path = PurePosixPath(info.filename)
    hidden = any(part in _JUNK or not file_name(part) for part in path.parts)
    return not info.is_dir() and not hidden and path.suffix.casefold() in KINDS


def _unpack(
    path: Path,
    archive: zipfile.ZipFile,
    entries: list[zipfile.ZipInfo],
    place: Path,
    progress: Callable[[float], object],
) -> None:
    """Unpack entries into a new folder: all of them, or none."""
    make_folder(place.parent)
    done, whole = 0, max(sum(info.file_size for info in entries), 1)

    def go_on(size: int) -> None:
        nonlocal done
        done += size
        progress(min(done / whole, 1.0))

    unfinished = place.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with writing(f"{path} cannot be unpacked"):
            unfinished.mkdir()
            for info in entries:
                target = unfinished / PurePosixPath(info.filename)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(info) as source, target.open("xb") as file:
                    _copy(source, file, info.file_size, go_on)  # type: ignore[arg-type]
            unfinished.rename(place)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _copy(source: BinaryIO, file: BinaryIO, size: int, go_on: Callable[[int], object]) -> None:
    """Copy so many bytes; `go_on` is told of each piece.

    Raises:
        zipfile.BadZipFile: there are more or fewer.
    """
    while piece := source.read(min(_PIECE, size + 1)):
        size -= len(piece)
        if size < 0:
            break
        file.write(piece)
        go_on(len(piece))
    if size:
        raise zipfile.BadZipFile("a file in it is not as large as it says")
