"""The disk: whole files or none, and a plain word for what the system refuses.

A file is written under another name beside its place and moved there once it is complete.
Whoever reads the name finds the whole old file or the whole new one, also after a full disk, a
kill or a power cut in the middle of writing, and two programs that write at once do not mix.
"""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

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


@contextmanager
def reading(name: Path | str) -> Iterator[None]:
    """Turn what the system says while something is read into a sentence.

    Raises:
        DataError: it cannot be read.
    """
    try:
        yield
    except OSError as problem:
        raise DataError(f"{name} cannot be read: {problem.strerror or problem}.") from problem


@contextmanager
def writing(failed: str) -> Iterator[None]:
    """Turn what the system says while something is written into a sentence that begins so.

    Raises:
        DataError: it cannot be written; why, and what to do about it.
    """
    try:
        yield
    except SpecialFileError as problem:
        raise DataError(f"{failed}, {problem.strerror}: choose another name.") from problem
    except OSError as problem:
        other = f"{problem.strerror or problem}: check the disk and try again"
        raise DataError(f"{failed}, {_WORDS.get(problem.errno or 0, other)}.") from problem


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where they are missing.

    Raises:
        DataError: it cannot be made.
    """
    with writing(f"The folder {folder} cannot be made"):
        folder.mkdir(parents=True, exist_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file completely or not at all; one of that name is replaced.

    Raises:
        DataError: it cannot be written; what was there before is intact.
    """
    make_folder(path.parent)
    with writing(f"{path} cannot be written"):
        replace_file(path, lambda file: file.write(content), private=True)


def replace_file(
    path: Path,
    write: Callable[[BinaryIO], object],
    *,
    part: Path | None = None,
    private: bool = False,
) -> None:
    """Write a file under another name, then give it its own.

    Args:
        path: the file; where it is a symbolic link, what that points to.
        write: writes the whole content to an open file.
        part: the name it is written under, in the folder of `path`; a file of that name is
            overwritten. None for a new hidden name, so that several may write at once; a
            process that is killed then leaves that file behind.
        private: True where only the user is to read and write it.

    Raises:
        SpecialFileError: the name is that of a pipe, a device or a socket, which stays.
        OSError: the file cannot be written; the old one is intact, the part is removed.
    """
    target = Path(os.path.realpath(path))
    unfinished = part or target.with_name(f".{secrets.token_hex(8)}.part")
    for name in (target, unfinished):
        if special(name):
            raise SpecialFileError(name)
    try:
        with unfinished.open("wb" if part else "xb") as file:
            if private:
                unfinished.chmod(0o600)  # before anything is in it
            write(file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):  # the first error is the one to tell
            unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Have the new name itself survive a power cut, where folders can be opened for that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
