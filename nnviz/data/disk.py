"""The disk: whole files or none, and a plain word for what the system refuses.

A file is written under a hidden name beside its place and moved there once it
is complete, so whoever reads the name never finds half of it, and two programs
that write at the same moment do not mix.
"""

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from nnviz.data.dataset import DataError

_WORDS = {
    errno.ENOSPC: "the disk is full: free some space and try again",
    errno.EDQUOT: "your share of the disk is used up: free some space and try again",
    errno.EACCES: "you may not write there: change its permissions or choose another folder",
    errno.EPERM: "you may not write there: change its permissions or choose another folder",
    errno.EROFS: "the disk is read-only: choose another folder",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
    errno.ENOTDIR: "a part of its path is a file, not a folder: choose another folder",
    errno.EEXIST: "a file of that name is in the way: remove it or choose another folder",
}


class SpecialFileError(OSError):
    """A name belongs to a pipe, a device or a socket: no file is to take its place."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EEXIST, "it is no ordinary file", str(path))


def special(path: Path) -> bool:
    """Tell whether a name, or what it links to, is neither an ordinary file nor a folder.

    A pipe or a device may never end, and would be gone for good where a file took its place.

    Raises:
        OSError: the system does not tell.
        ValueError: no file can have that name.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def there(path: Path) -> bool:
    """Tell whether a name belongs to a file, a folder or anything else.

    Raises:
        DataError: the system does not let us look, or no file can have that name.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise DataError(f"{path} cannot be read: {reason}.") from problem
    return True


def refusal(problem: OSError) -> str:
    """Say why the system does not write, and what to do about it."""
    if isinstance(problem, SpecialFileError):
        return f"{problem.strerror}: choose another name"
    word = _WORDS.get(problem.errno or 0)
    return word or f"{problem.strerror or problem}: check the disk and try again"


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where they are missing.

    Raises:
        DataError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise DataError(f"The folder {folder} cannot be made, {refusal(problem)}.") from problem


def write_whole(path: Path, content: bytes) -> None:
    """Write a file completely or not at all; one of that name is replaced.

    Raises:
        DataError: it cannot be written; what was there before is intact.
    """
    make_folder(path.parent)
    try:
        if special(path):
            raise SpecialFileError(path)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        finally:
            with contextlib.suppress(OSError):
                Path(beside).unlink(missing_ok=True)
    except OSError as problem:
        raise DataError(f"{path} cannot be written, {refusal(problem)}.") from problem
