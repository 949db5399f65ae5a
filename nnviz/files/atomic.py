"""Atomic files: a new file takes the place of the old one only once it is complete.

Whoever reads the name finds the whole old file or the whole new one, also after
a full disk, a kill or a power cut in the middle of writing.
"""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from nnviz.data.disk import SpecialFileError, special


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


def private_folder(folder: Path) -> None:
    """Make a folder that nobody but the user looks into, also where it is there already.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(OSError):  # a disk that knows no owners
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)


def _sync_folder(folder: Path) -> None:
    """Have the new name itself survive a power cut, where folders can be opened for that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unwritten(what: str, path: Path, problem: OSError) -> str:
    """Say that something could not be saved, why, and what to do.

    Args:
        what: the first words of the sentence: "The run", "The network".
        path: where to.
        problem: what `replace_file` raised.
    """
    if isinstance(problem, SpecialFileError):
        return (
            f"{what} could not be saved, because {path} is no ordinary file: choose another name."
        )
    return (
        f"{what} could not be saved as {path}: {problem.strerror or problem}; choose another place "
        "or make room."
    )
