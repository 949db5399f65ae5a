"""The cache in which Mesa, OpenGL on most Linux machines, keeps what it has compiled.

Mesa maps that file into memory; on a disk without room for it the whole process ends in a
bus error, so the cache is turned off there before OpenGL begins.
"""

import contextlib
import errno
import os
import sys
import tempfile
from pathlib import Path

SWITCH = "MESA_SHADER_CACHE_DISABLE"
ROOM = 8 * 2**20
"""Bytes that there must be room for: Mesa's index and what nnviz has compiled."""


def spare_full_disk() -> str:
    """Turn the cache off where its disk is full; return a sentence that says so, or none."""
    if sys.platform != "linux" or SWITCH in os.environ:
        return ""
    folder = _existing(_folder())
    if not _full(folder):
        return ""
    os.environ[SWITCH] = "true"
    return (
        f"The disk of {folder} is full, so OpenGL keeps no cache there and the first surface takes "
        "a moment longer: make room."
    )


def _folder() -> Path:
    """Return where Mesa keeps its cache, as Mesa looks for it."""
    if own := os.environ.get("MESA_SHADER_CACHE_DIR"):
        return Path(own)
    if cache := os.environ.get("XDG_CACHE_HOME"):
        return Path(cache)
    return Path(os.environ.get("HOME") or "/") / ".cache"


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    return next((one for one in (folder, *folder.parents) if one.is_dir()), Path("/"))


def _full(folder: Path) -> bool:
    """Tell whether a disk, or what the user may take of it, has no room; False where unknown."""
    try:
        # Asked by taking the room for a moment: a quota is not seen from outside.
        with tempfile.TemporaryFile(dir=folder) as file, contextlib.suppress(AttributeError):
            os.posix_fallocate(file.fileno(), 0, ROOM)
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return False
