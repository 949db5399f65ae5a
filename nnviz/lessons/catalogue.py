"""The catalogue of lessons: those that nnviz brings, read when somebody asks, and any by path."""

from collections.abc import Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path

from nnviz import paths
from nnviz.data.dataset import DataError
from nnviz.data.disk import there
from nnviz.data.toml_tables import read_toml
from nnviz.lessons.late_mapping import LateMapping
from nnviz.lessons.lesson import Heading, Lesson
from nnviz.lessons.loader import LARGEST, read_heading, read_lesson

ENDING = ".toml"


def folder() -> Path:
    """Return where the lesson files are that nnviz brings."""
    return paths.resource("lessons")


def is_lesson(path: Path) -> bool:
    """Tell whether a file is a lesson, good or damaged: one that has scenes."""
    try:
        return "scene" in read_toml(path, LARGEST)
    except DataError:
        return _begins_scenes(path)


def _begins_scenes(path: Path) -> bool:
    """Tell whether a file that is no TOML was to be a lesson, so that its mistake can be told."""
    with suppress(OSError), path.open("rb") as file:
        return path.is_file() and any(
            line.strip() == b"[[scene]]" for line in file.read(LARGEST).splitlines()
        )
    return False


def headings_in(folder: Path) -> Mapping[str, Heading]:
    """Return what a list says of the lessons in a folder, in the order of their files.

    Files that are damaged, or no lessons, are left out.
    """
    found: dict[str, Heading] = {}
    for path in sorted(folder.glob(f"*{ENDING}")):
        with suppress(DataError):
            file = read_toml(path, LARGEST)
            if "scene" in file:
                heading = read_heading(file)
                found.setdefault(heading.id, heading)
    return found


LESSONS: Mapping[str, Heading] = LateMapping(lambda: headings_in(folder()))
"""Every lesson that nnviz brings, by id; its files are read when it is first looked into."""


def lessons_around(*files: Path) -> Mapping[str, Heading]:
    """Return the lessons that those in files may need: nnviz's, and what lies beside the files.

    They are read when they are first looked for.
    """
    folders = dict.fromkeys(file.parent for file in files)
    beside = (headings_in(folder).items() for folder in folders)
    return LateMapping(lambda: {**LESSONS, **dict(chain.from_iterable(beside))})


def load_lesson(id_or_path: str | Path) -> Lesson:
    """Load a lesson: one of `LESSONS`, or any file.

    Raises:
        DataError: there is none, or its file is damaged; the sentence names file and line.
    """
    return read_lesson(lesson_file(id_or_path).resolve())


def lesson_file(id_or_path: str | Path) -> Path:
    """Return the file of a lesson: of one of `LESSONS`, or any.

    Raises:
        DataError: there is none.
    """
    name = str(id_or_path)
    if name.casefold().endswith(ENDING):
        if not there(Path(name)):
            raise DataError(f"{name} does not exist: check the path.")
        return Path(name)
    if name not in LESSONS and there(Path(name)):
        raise DataError(f"{name} is no lesson: name a .toml file, or a folder or zip with some.")
    if name not in LESSONS:
        raise DataError(f"There is no lesson '{name}': choose one that 'nnviz lesson list' lists.")
    return LESSONS[name].path
