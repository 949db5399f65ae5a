"""Saving: folders that are the user's alone, and what to say where the disk takes no file."""

import contextlib
from pathlib import Path

from nnviz.data.disk import SpecialFileError


def private_folder(folder: Path) -> None:
    """Make a folder that nobody but the user looks into, also where it is there already.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(OSError):  # a disk that knows no owners
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)


def unwritten(what: str, path: Path, problem: OSError) -> str:
    """Say that something, "The run" or "The network", could not be saved, why, and what to do."""
    if isinstance(problem, SpecialFileError):
        return (
            f"{what} could not be saved, because {path} is no ordinary file: choose another name."
        )
    return (
        f"{what} could not be saved as {path}: {problem.strerror or problem}; choose another place "
        "or make room."
    )
