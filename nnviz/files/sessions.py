"""Session files: a whole run with its branches, saved and opened again bit for bit.

A session is a zip archive of `session.json` and one plain .npy entry for every
array. It is read with distrust: all sizes are checked before anything is read,
nothing is unpickled, and whatever is wrong ends as one sentence. Writing
replaces the old file only once the new one is complete.
"""

import json
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from numpy.typing import NDArray

from nnviz import __version__
from nnviz.data.reference import read_reference
from nnviz.engine.changes import Change
from nnviz.engine.recipe import Recipe
from nnviz.engine.record import BranchRecord, DataMark, Keyframe, Session
from nnviz.errors import NnvizError
from nnviz.files.atomic import replace_file, unwritten
from nnviz.files.session_arrays import Arrays, BrokenError, entries_of, write_array
from nnviz.files.session_checks import check
from nnviz.files.session_json import from_plain, to_plain

FORMAT = 1
"""The format that is written. What older readers cannot make sense of needs a new number."""
LARGEST_JSON = 1 << 25
"""Most bytes of the plain values, 32 MiB: thousands of branches."""

_JSON = "session.json"
_LONGEST_REASON = 300


class SessionError(NnvizError):
    """A session file cannot be read or written; the message says why."""


def save_session(path: Path, session: Session, *, part: Path | None = None) -> None:
    """Write a session.

    Args:
        path: where to; an existing file is replaced at the very end.
        session: left alone.
        part: the name it is written under until it is complete, in the same folder; None for
            a new one each time.

    Raises:
        SessionError: the folder is missing or read-only, the disk is full, or the session
            cannot be written; the old file is intact.
    """
    arrays: dict[str, NDArray[Any]] = {}
    try:
        content = to_plain(session, arrays.__setitem__)
        content["format"], content["nnviz"] = FORMAT, __version__
        content["arrays"] = {
            name: [array.dtype.name, list(array.shape)] for name, array in arrays.items()
        }
        text = json.dumps(content, allow_nan=False).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        raise SessionError(
            f"The run could not be saved as {path}: it holds something that a file cannot "
            f"({error}); save the network instead."
        ) from error
    if len(text) > LARGEST_JSON:
        raise SessionError(
            f"The run could not be saved as {path}: it has too many branches; forget some of them."
        )

    def write(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w") as archive:
            entry = zipfile.ZipInfo(_JSON)
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED)
            for name, array in arrays.items():
                write_array(archive, name, array)

    try:
        replace_file(path, write, part=part)
    except OSError as error:
        raise SessionError(unwritten("The run", path, error)) from error


def load_session(path: Path) -> Session:
    """Read a session that `save_session` wrote.

    Raises:
        SessionError: the file is missing, broken, of a newer version or no session at all.
    """
    try:
        if path.is_dir():
            raise SessionError(f"{path} is a folder: give the name of a session file.")
        if path.exists() and not path.is_file():
            raise SessionError(f"{path} is no ordinary file: give the name of a session file.")
        with path.open("rb") as file:
            return _read(path, file)
    except FileNotFoundError:
        raise SessionError(f"There is no file {path}: check the name.") from None
    except PermissionError as error:
        raise SessionError(f"{path} may not be read: change its permissions.") from error
    except OSError as error:
        raise SessionError(
            f"{path} cannot be read: {error.strerror or 'it is damaged'}; open another copy of it."
        ) from error
    except MemoryError as error:
        raise SessionError(
            f"{path} needs more memory than is free: close other programs and open it again."
        ) from error
    except SessionError:
        raise
    except NnvizError as error:
        reason = " ".join(str(error).split())
        if len(reason) > _LONGEST_REASON:
            reason = "open another copy of it."
        raise SessionError(f"{path} holds an impossible recipe: {reason}") from error
    except BrokenError as error:
        raise SessionError(f"{path} is damaged: {error}; open another copy of it.") from error
    except Exception as error:  # hostile bytes make zipfile, zlib and json fail in many ways
        raise SessionError(f"{path} is damaged or incomplete: open another copy of it.") from error


def relocated(session: Session, old_name: str, new_name: str) -> Session:
    """Return the same session with one of its data sets called differently everywhere.

    Args:
        session: left alone.
        old_name: what it calls the data set; nothing changes where it knows none of that name.
        new_name: what to call it: a name of the catalogue or the path of a folder; it is read with
            the options of the old name unless it has some.

    Raises:
        SessionError: another of its data sets is called that.
        RecipeError: the new name is empty.
    """
    marks = {mark.name: mark for mark in session.marks}
    moved = marks.get(old_name)
    if moved is None:
        return session
    new_name = str(read_reference(old_name).with_default(new_name))
    taken = marks.get(new_name)
    if taken is not None and taken.fingerprint != moved.fingerprint:
        raise SessionError(
            f"{new_name} cannot stand for {old_name}, because this run was trained on both: "
            "choose the folder that holds the missing data."
        )
    names = _Renamed(old_name, new_name)
    record = session.record
    renamed = replace(
        record,
        recipe=names.recipe(record.recipe),
        branches=tuple(names.branch(branch) for branch in record.branches),
        now=names.keyframe(record.now),
    )
    kept = {names.name(mark.name): mark.fingerprint for mark in session.marks}
    return Session(renamed, tuple(DataMark(*item) for item in kept.items()))


class _Renamed:
    """The parts of a record with another name for a data set."""

    def __init__(self, old_name: str, new_name: str) -> None:
        self._old, self._new = old_name, new_name

    def name(self, name: str) -> str:
        return self._new if name == self._old else name

    def recipe(self, recipe: Recipe) -> Recipe:
        return replace(recipe, dataset=self.name(recipe.dataset))

    def keyframe(self, frame: Keyframe) -> Keyframe:
        state = replace(frame.state, recipe=self.recipe(frame.state.recipe))
        return Keyframe(state, frame.changes)

    def change(self, change: Change | None) -> Change | None:
        if change is None or change.name != "dataset":
            return change
        return replace(change, value=self.name(str(change.value)), old=self.name(str(change.old)))

    def branch(self, branch: BranchRecord) -> BranchRecord:
        return replace(
            branch,
            change=self.change(branch.change),
            keyframes=tuple(self.keyframe(frame) for frame in branch.keyframes),
        )


def _read(path: Path, file: BinaryIO) -> Session:
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise SessionError(
            f"{path} is not a session saved by nnviz, or it is incomplete: choose another file."
        ) from error
    with archive:
        entries = entries_of(archive, os.fstat(file.fileno()).st_size)
        if _JSON not in entries:
            raise SessionError(f"{path} is not a session saved by nnviz: choose another file.")
        content = _content(path, archive, entries.pop(_JSON))
        return _reader(path, content["format"])(archive, entries, content)


def _content(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> dict[str, Any]:
    """Read the plain values."""
    if entry.file_size > LARGEST_JSON:
        raise BrokenError(f"its {_JSON} is too large")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BrokenError(f"its {_JSON} is compressed in a way that nnviz never does")
    with archive.open(entry) as packed:  # bounded, or a bomb that lies about its size goes off
        text = packed.read(entry.file_size)
    try:
        content = json.loads(text.decode("utf-8"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise BrokenError(f"its {_JSON} is not written as JSON") from error
    if not isinstance(content, dict) or type(content.get("format")) is not int:
        raise SessionError(f"{path} is not a session saved by nnviz: choose another file.")
    return content


def _refuse(constant: str) -> NoReturn:
    raise BrokenError(f"its {_JSON} says {constant}, which is no JSON")


Reader = Callable[[zipfile.ZipFile, Mapping[str, zipfile.ZipInfo], Mapping[str, Any]], Session]


def _reader(path: Path, version: int) -> Reader:
    if version > max(_READERS):
        raise SessionError(
            f"{path} was saved by a newer version of nnviz: update nnviz to open it."
        )
    if version not in _READERS:
        raise SessionError(
            f"{path} was saved by a version of nnviz too old for this one: open and save it with "
            "one in between."
        )
    return _READERS[version]


def _read_1(
    archive: zipfile.ZipFile,
    entries: Mapping[str, zipfile.ZipInfo],
    content: Mapping[str, Any],
) -> Session:
    arrays = Arrays(archive, entries, content["arrays"])
    session = from_plain(content, arrays.take)
    arrays.finish()
    check(session)
    return session


_READERS: dict[int, Reader] = {1: _read_1}
"""What reads each format; a format that is not listed any more is too old."""
