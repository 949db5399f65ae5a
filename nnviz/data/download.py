"""Fetching a published data set, only ever when somebody asks for it.

Each file grows under the name `….part` and gets its own name only when its
SHA-256 is that of the published file, so nothing half-written or foreign is ever
taken for data. What has arrived is kept: the next try, at the same mirror, at
another one or another day, goes on from there.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from nnviz.data.dataset import DataError
from nnviz.data.disk import make_folder, writing
from nnviz.data.generator import Progress
from nnviz.data.mirrors import MirrorError, RangeRefusedError, host_of, request
from nnviz.data.published import PublishedFile, Release
from nnviz.numbers import fixed

TRIES = 4
"""Most requests to one mirror for one file, each going on where the last one stopped."""

_Told = Callable[[int], None]
_GZIP = b"\x1f\x8b"


def fetch(
    release: Release,
    folder: Path,
    progress: Progress | None = None,
    asking: Callable[[str], None] | None = None,
) -> int:
    """Fetch the files of a published data set that are not there yet; return how many these were.

    Args:
        release: which.
        folder: where they go; made if need be.
        progress: told the part done (0..1) and a word; may raise to cancel, which keeps what has
            arrived.
        asking: told the host of every mirror before it is asked; may raise to cancel, too.

    Raises:
        DataError: no mirror delivers, or the folder takes no files.
    """
    make_folder(folder)
    with _alone(folder, release.title):
        missing = [file for file in release.files if not is_published(folder / file.name, file)]
        _check_free(folder, missing, release.title)
        mirrors = list(release.mirrors)
        done = release.size - sum(file.size for file in missing)
        for file in missing:

            def told(arrived: int, file: PublishedFile = file, done: int = done) -> None:
                if progress:
                    amounts = f"{fixed(arrived / 1e6, 1)} of {fixed(file.size / 1e6, 1)} MB"
                    progress((done + arrived) / release.size, f"{file.name}, {amounts}")

            _Fetching(release, file, folder, told, asking).run(mirrors)
            done += file.size
    return len(missing)


def is_published(path: Path, file: PublishedFile) -> bool:
    """Tell whether a file is there and is the published one, byte for byte."""
    try:
        return path.stat().st_size == file.size and sha256(path) == file.sha256
    except OSError:
        return False


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Fetching:
    """One file on its way."""

    def __init__(
        self,
        release: Release,
        file: PublishedFile,
        folder: Path,
        told: _Told,
        asking: Callable[[str], None] | None,
    ) -> None:
        self._asking = asking
        self._release, self._file, self._folder, self._told = release, file, folder, told
        self._part = _part(folder, file)

    def run(self, mirrors: list[str]) -> None:
        """Fetch the file, or refuse; a mirror that delivers moves to the front of the list."""
        problems: list[MirrorError] = []
        for mirror in tuple(mirrors):
            try:
                self._from(mirror)
            except MirrorError as problem:
                problems.append(problem)
            else:
                mirrors.remove(mirror)
                mirrors.insert(0, mirror)
                return
        raise DataError(self._sentence(problems))

    def _from(self, mirror: str) -> None:
        """Fetch from one mirror, as long as each try brings the file further.

        Raises:
            MirrorError: it does not deliver.
        """
        host, size = host_of(mirror), self._file.size
        problem = MirrorError(f"{host} breaks off again and again")
        for _ in range(TRIES):
            start = self._arrived()
            if self._asking is not None:
                self._asking(host)
            try:
                if start < size:
                    self._append(mirror + self._file.name, start)
            except RangeRefusedError as refused:
                self._discard()
                problem = refused
                continue
            except MirrorError as broken:
                problem = broken
                if self._arrived() <= start:
                    raise
                continue
            arrived = self._arrived()
            if arrived < size:
                problem = MirrorError(f"{host} stops after {arrived} of {size} bytes")
                if arrived <= start:
                    raise problem
            elif self._finished():
                return
            else:
                problem = MirrorError(
                    f"{host} sends other bytes than the published ones (SHA-256 differs)"
                )
                if not start:
                    raise problem
                # What was there before may be to blame: the next try begins anew.
        raise problem

    def _append(self, url: str, start: int) -> None:
        """Ask for the rest of the file and write it down as it comes.

        Raises:
            MirrorError: it does not come, or is not this file; what has come is kept.
        """
        with request(url, start, self._file.size) as reply, self._opened(reply.start) as part:
            arrived = reply.start
            for piece in reply.pieces():
                if not arrived and not piece.startswith(_GZIP[: len(piece)]):
                    page = piece.lstrip().startswith(b"<")
                    what = "a web page" if page else "something else"
                    raise MirrorError(f"{reply.host} sends {what} instead of the file")
                arrived += len(piece)
                if arrived > self._file.size:
                    self._discard()
                    raise MirrorError(f"{reply.host} sends more than the file's bytes")
                with self._writing():
                    part.write(piece)
                self._told(arrived)

    @contextmanager
    def _opened(self, start: int) -> Iterator[BinaryIO]:
        """Open the unfinished file; from `start` on it is overwritten."""
        with self._writing():
            # Unbuffered: whatever happens next, what has arrived is in the file.
            part = self._part.open("r+b" if start else "wb", buffering=0)
        with part:
            part.seek(start)
            yield part

    def _finished(self) -> bool:
        """Give the whole file its name if it is the published one; else delete it."""
        with self._writing():
            if sha256(self._part) == self._file.sha256:
                self._part.replace(self._folder / self._file.name)
                return True
        self._discard()
        return False

    def _arrived(self) -> int:
        return _arrived(self._folder, self._file)

    def _discard(self) -> None:
        with self._writing():
            self._part.unlink(missing_ok=True)

    def _writing(self) -> AbstractContextManager[None]:
        return writing(f"{self._part} cannot be written")

    def _sentence(self, problems: list[MirrorError]) -> str:
        title, reasons = self._release.title, "; ".join(map(str, problems))
        if all(problem.unreachable for problem in problems):
            return (
                f"{title} cannot be fetched without the internet ({reasons}): connect and try "
                f"again, or copy its four files to {self._folder}."
            )
        return (
            f"{title}'s {self._file.name} could not be fetched ({reasons}): try again later, or "
            f"copy the four files to {self._folder}."
        )


def _part(folder: Path, file: PublishedFile) -> Path:
    return folder / f"{file.name}.part"


def _arrived(folder: Path, file: PublishedFile) -> int:
    """Return how many bytes of a file are there to go on from."""
    try:
        size = _part(folder, file).stat().st_size
    except OSError:
        return 0
    return size if size <= file.size else 0


@contextmanager
def _alone(folder: Path, title: str) -> Iterator[None]:
    """Keep a second nnviz from writing the same files at the same time."""
    lock = FileLock(folder / ".fetching.lock", timeout=0)
    with writing(f"{folder} takes no files"):
        try:
            lock.acquire()
        except Timeout as problem:
            raise DataError(
                f"{title} is being fetched by another nnviz already: wait until it is there."
            ) from problem
    try:
        yield
    finally:
        lock.release()


def _check_free(folder: Path, missing: list[PublishedFile], title: str) -> None:
    """Refuse to begin where it cannot end well: foreign files in the way, or no room."""
    for file in missing:
        if (folder / file.name).exists():
            raise DataError(
                f"{folder / file.name} is not {title}'s published file: move it elsewhere and "
                "fetch again."
            )
    wanted = sum(file.size - _arrived(folder, file) for file in missing)
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # then writing will tell
    if free < wanted:
        raise DataError(
            f"The disk of {folder} has {fixed(free / 1e6, 1)} MB left where {title} needs "
            f"{fixed(wanted / 1e6, 1)} MB: free some space and try again."
        )
