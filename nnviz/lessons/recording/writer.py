"""The writer of new lessons: a file with one scene, to be gone on with in any editor."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.disk import replace_file, writing
from nnviz.data.toml_text import toml_key, toml_rows, toml_value
from nnviz.dataclass import dataclass
from nnviz.engine.notation import number_of
from nnviz.lessons.examples.look import look_lines
from nnviz.lessons.recording.beginning import Beginning, needs_own_files
from nnviz.lessons.recording.moment import Moment, selection_expression, weight_in_question
from nnviz.lessons.recording.samples import sample_scenes

SESSION = ".nnviz"
_HEAD = (
    "# A lesson, begun with what was on screen. Change it in any editor: whenever it is saved, the",
    "# lesson that is open is read anew. `nnviz lesson check FILE` says what is wrong with it, and",
    "# line for line what to do.",
)
_WITHOUT_DATA = (
    "# The data of this run are no part of the session: whoever opens the lesson needs them where",
    "# they are here.",
)
_TEXT = "Say here what there is to see. Numbers are asked of the net: this is step {step}."
_LONGEST_ID = 60
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class LessonFiles:
    """Where a new lesson goes, with what lies beside it.

    Attributes:
        path: the lesson's file.
        session: the session file that it starts with, new and beside it; None for none.
    """

    path: Path
    session: Path | None = None

    @staticmethod
    def at(path: Path, beginning: Beginning) -> "LessonFiles":
        """Return where a lesson goes; no session that is there already is written over."""
        if path.suffix.casefold() != ".toml":
            path = path.with_name(path.name + ".toml")
        if not beginning.session:
            return LessonFiles(path)
        id = lesson_id(path)
        names = (f"{id}{SESSION}", *(f"{id}-{number}{SESSION}" for number in range(2, _MOST)))
        places = (path.with_name(name) for name in names)
        return LessonFiles(path, next(place for place in places if not place.exists()))


def lesson_id(path: Path) -> str:
    """Return an id for the lesson in a file: small letters, digits and hyphens of its name."""
    return (
        "-".join(re.findall(r"[a-z0-9]+", path.stem.lower()))[:_LONGEST_ID].strip("-") or "lesson"
    )


def write_lesson(files: LessonFiles, moment: Moment, beginning: Beginning) -> None:
    """Write a lesson, and put beside it what it needs; its session lies there already.

    Raises:
        DataError: it cannot be written; why, and what to do.
    """
    content = ("\n".join(_lines(files, moment, beginning)) + "\n").encode("utf-8")
    for name, source in beginning.beside.items():
        _put_beside(source, files.path.parent / name)
    with writing(f"The lesson cannot be saved as {files.path}"):
        replace_file(files.path, lambda file: file.write(content))


def _put_beside(source: Path, place: Path) -> None:
    """Copy a file; one that is there already stays, and is to be the same."""
    with writing(f"{source.name} cannot be put beside the lesson as {place}"):
        if place.exists():
            if place.samefile(source) or place.read_bytes() == source.read_bytes():
                return
            raise DataError(f"{place} is in the way of the lesson's own: choose another folder.")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)


def _lines(files: LessonFiles, moment: Moment, beginning: Beginning) -> Iterator[str]:
    yield from _HEAD
    yield from ("", f"id = {toml_value(lesson_id(files.path))}  # never changes")
    yield f"title = {toml_value(files.path.stem)}"
    yield 'aim = "Say here what one can do afterwards."'
    yield from ("minutes = 5", "needs = []", "tags = []")
    yield "draft = true  # once it is whole, leave this line out: then its story is checked as well"
    yield from ("", "[start]", *_start(files, beginning))
    if beginning.session and needs_own_files(moment.snapshot.recipe.dataset):
        yield from _WITHOUT_DATA
    yield from ("", *_look(moment))
    yield from ("", "[[scene]]", 'id = "first"', 'kind = "watch"')
    yield f"text = {toml_value(_TEXT)}"
    yield from _set(moment, beginning)
    recipe, selection = moment.snapshot.recipe, moment.ui.selection
    yield from ("", *sample_scenes(weight_in_question(recipe, selection)))


def _start(files: LessonFiles, beginning: Beginning) -> Iterator[str]:
    if beginning.example:
        yield f"example = {toml_value(beginning.example)}"
    elif files.session is not None:
        yield f"session = {toml_value(files.session.name)}"
    else:
        fields = beginning.recipe.items()
        yield from (f"recipe.{key} = {toml_value(value)}" for key, value in fields)


def _look(moment: Moment) -> Iterator[str]:
    more: dict[str, object] = {
        "selection": selection_expression(moment.snapshot.recipe, moment.ui.selection)
    }
    if moment.example is not None:
        more["example"] = number_of(moment.example)
    if moment.page:
        more["page"] = moment.page
    if moment.stage:
        more["stage"] = [{"view": view, "share": share} for view, share in moment.stage]
    return look_lines("start.look", moment.ui, more)


def _set(moment: Moment, beginning: Beginning) -> Iterator[str]:
    """Write what the first scene sets: what was changed by hand, and what the net is shown."""
    own = moment.own_input
    if not (beginning.fields or beginning.edits or moment.walks or own is not None):
        return
    yield "[scene.set]"
    yield from (f"recipe.{key} = {toml_value(value)}" for key, value in beginning.fields.items())
    for name, value in beginning.edits.items():
        yield f"edits.{toml_key(name)} = {toml_value(value)}"
    if own is not None:
        columns = (moment.snapshot.image_shape or (1, own.size))[1]
        rows = np.asarray(own, np.float64).reshape(-1, columns).tolist()
        yield from toml_rows("input", rows, joined=True)
    if moment.walks:
        yield "look_through = true"
