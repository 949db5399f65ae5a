"""Session files: a whole run with its branches, saved and opened again bit for bit.

A session is a zip archive of `session.json` and one plain .npy entry for every
array. It is read with distrust: all sizes are checked before anything is read,
nothing is unpickled, and whatever is wrong ends as one sentence. Writing
replaces the old file only once the new one is complete.
"""

import json
import zipfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from numpy.typing import NDArray

from nnviz import __version__
from nnviz.data.disk import replace_file
from nnviz.data.naming import found_at
from nnviz.data.zipped_arrays import BrokenError, entries_of
from nnviz.engine.changes import Edit
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.record import BranchRecord, Keyframe, Session
from nnviz.errors import NnvizError
from nnviz.files.archives import LARGEST_JSON, holds, load, opened, read_json, write_array
from nnviz.files.saving import unwritten
from nnviz.files.session_arrays import Arrays
from nnviz.files.session_checks import check
from nnviz.files.session_json import from_plain, to_plain

FORMAT = 4
"""The format that is written; what older readers cannot make sense of needs a new number.

Format 1 did not say what the numbers of its data sets mean. In format 2 columns came to have
decimals, and evaluations RMSE and R², which its first readers take for damage. Format 4 says what
nnviz made its data sets from.
"""

_OLDEST = 1  # format that is read
_JSON = "session.json"


class SessionError(NnvizError):
    """A session file cannot be read or written; the message says why."""


class _UnwantedError(Exception):
    """Raised in the midst of writing what nobody wants any more."""


def save_session(
    path: Path,
    session: Session,
    *,
    part: Path | None = None,
    unwanted: Callable[[], bool] = lambda: False,
) -> bool:
    """Write a session; an existing file is replaced at the very end.

    Autosaves name the `part` in the same folder that it is written under until it is complete; they
    are the user's alone. Those of big nets take a second or more: before each array `unwanted` is
    asked whether to give it up.

    Returns:
        True when written; False when given up, with the old file intact.

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
                if unwanted():
                    raise _UnwantedError
                write_array(archive, name, array)

    try:
        replace_file(path, write, part=part, private=part is not None)
    except _UnwantedError:
        return False
    except OSError as error:
        raise SessionError(unwritten("The run", path, error)) from error
    return True


def is_session(path: Path) -> bool:
    """Tell whether a file is a session, whole or not, by what lies in it."""
    return holds(path, _JSON)


def load_session(path: Path) -> Session:
    """Read a session that `save_session` wrote.

    Raises:
        SessionError: the file is missing, broken, of a newer version or no session at all.
    """
    return load(path, "session", SessionError, partial(_read, path))


def recipe_of_session(path: Path) -> Recipe:
    """Return the recipe with which the run in a session file began: its net has the same layers.

    Raises:
        SessionError: the file cannot be read, or is no session.
    """
    return load_session(path).record.recipe


def session_view(path: Path) -> Mapping[str, Any]:
    """Read only what the window remembered in a session file, quickly.

    Raises:
        SessionError: the file cannot be read, or is no session.
    """
    view = load(path, "session", SessionError, partial(_read_view, path))
    return view if isinstance(view, Mapping) else {}


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
    new_name = found_at(old_name, new_name)
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
    moved_to = {names.name(mark.name): mark for mark in session.marks}
    kept = tuple(replace(mark, name=name) for name, mark in moved_to.items())
    return Session(renamed, kept)


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

    def change(self, change: Edit | None) -> Edit | None:
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
    with _archive(path, file) as archive:
        entries = _entries(path, archive, file)
        content = _content(path, archive, entries.pop(_JSON))
        _check_format(path, content["format"])
        arrays = Arrays(archive, entries, content["arrays"])
        session = from_plain(content, arrays.take, content["format"])
    arrays.finish()
    check(session)
    return session


def _read_view(path: Path, file: BinaryIO) -> object:
    with _archive(path, file) as archive:
        return _content(path, archive, _entries(path, archive, file)[_JSON]).get("view")


def _archive(path: Path, file: BinaryIO) -> AbstractContextManager[zipfile.ZipFile]:
    none = f"{path} is not a session saved by nnviz, or it is incomplete: choose another file."
    return opened(file, SessionError(none))


def _entries(path: Path, archive: zipfile.ZipFile, file: BinaryIO) -> dict[str, zipfile.ZipInfo]:
    entries = entries_of(archive, file)
    if _JSON not in entries:
        raise SessionError(f"{path} is not a session saved by nnviz: choose another file.")
    return entries


def _content(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> dict[str, Any]:
    """Read the plain values."""
    if entry.file_size > LARGEST_JSON:
        raise BrokenError(f"its {_JSON} is too large")
    with archive.open(entry) as packed:  # bounded, or a bomb that lies about its size goes off
        content = read_json(packed.read(entry.file_size), _JSON)
    if not isinstance(content, dict) or type(content.get("format")) is not int:
        raise SessionError(f"{path} is not a session saved by nnviz: choose another file.")
    return content


def _check_format(path: Path, version: int) -> None:
    if version > FORMAT:
        raise SessionError(
            f"{path} was saved by a newer version of nnviz: update nnviz to open it."
        )
    if version < _OLDEST:
        raise SessionError(
            f"{path} was saved by a version of nnviz too old for this one: open and save it with "
            "one in between."
        )
