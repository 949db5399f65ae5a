"""The stamp of a data set: what tells, without reading it, whether its files have changed."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from nnviz.data.catalogue import DRAWINGS, home
from nnviz.data.drawings import DrawingStore
from nnviz.data.naming import parts_of, referred, source_of
from nnviz.data.typed_table import is_typed

Stamp = tuple[tuple[str, int, int], ...]
"""Name, time and bytes of every file, in order."""


def stamp(reference: str) -> Stamp:
    """Return the stamp of a data set; of one without files it is always the same."""
    if is_typed(reference):
        return ()
    files = (file for part in parts_of(referred(reference).name) for file in _files_of(part))
    return tuple(sorted(files))


def _files_of(name: str) -> Iterator[tuple[str, int, int]]:
    source = source_of(name)
    if source is None:
        return _files(Path(name))
    if name == DRAWINGS:
        return _files(DrawingStore().folder)
    return _files(home(name)) if source.needs_files else iter(())


def _files(path: Path) -> Iterator[tuple[str, int, int]]:
    """List a file, or all files of a folder; what cannot be looked at is left out."""
    try:
        if not path.is_dir():
            status = path.stat()
            yield path.name, status.st_mtime_ns, status.st_size
            return
    except OSError:
        return
    folders = [str(path)]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                    continue
                with suppress(OSError):  # a link that leads nowhere hides none of the others
                    status = entry.stat()
                    yield entry.path, status.st_mtime_ns, status.st_size
