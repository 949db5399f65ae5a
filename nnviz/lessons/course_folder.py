"""Course folders: lessons with their examples, sessions, data and drawings, opened as one.

A course is a folder, or a zip file of one, as it can be mailed. It is checked whole before any
lesson is read; a lesson that is damaged is told and does not keep the others from being used.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from nnviz.data.dataset import DataError
from nnviz.data.disk import reading
from nnviz.data.toml_tables import read_toml
from nnviz.dataclass import dataclass
from nnviz.lessons import course_archive
from nnviz.lessons.catalogue import ENDING, is_lesson
from nnviz.lessons.lesson import Heading
from nnviz.lessons.loader import LARGEST, read_heading
from nnviz.lessons.problems import Problem
from nnviz.numbers import integer
from nnviz.paths import cache_folder


@dataclass(frozen=True, slots=True, eq=False)
class CourseFolder:
    """A course that was opened.

    Attributes:
        path: what was opened, a folder or an archive.
        folder: where its lessons are.
        lessons: their headings by id, in the order of their files.
        problems: what is wrong with lessons that could not be read.
    """

    path: Path
    folder: Path
    lessons: Mapping[str, Heading]
    problems: tuple[Problem, ...] = ()


def is_course(path: Path) -> bool:
    """Tell whether a folder, or an archive, holds lessons."""
    if path.suffix.casefold() == course_archive.ENDING and path.is_file():
        return any(name.casefold().endswith(ENDING) for name in course_archive.names_in(path))
    try:
        return path.is_dir() and _lessons_in(path) is not None
    except (DataError, OSError):
        return False


def open_course(
    path: Path,
    unpack_into: Path | None = None,
    progress: Callable[[float], object] = lambda _fraction: None,
) -> CourseFolder:
    """Open a course.

    Args:
        path: a folder, or a zip file of one.
        unpack_into: where archives are unpacked; None for the user's folder of such things.
        progress: told how far it is, from 0 to 1; what it raises ends it.

    Raises:
        DataError: it is no course, it could do harm, or it cannot be read.
    """
    if path.is_dir():
        place = path
    else:
        place = course_archive.unpacked(path, unpack_into or cache_folder() / "courses", progress)
    with reading(path):
        _check_folder(path, place)
        folder = _lessons_in(place)
    if folder is None:
        raise DataError(f"{path} holds no lesson: put a lesson file ({ENDING}) into it.")
    lessons: dict[str, Heading] = {}
    problems: list[Problem] = []
    for file in _files(folder):
        progress(1.0)
        try:
            heading = read_heading(read_toml(file, LARGEST))
        except DataError as error:
            line = getattr(error, "line", 1)
            problems.append(Problem(file, line, getattr(error, "problem", str(error)), True))
            continue
        if heading.id in lessons:
            other = lessons[heading.id].path.name
            problems.append(Problem(file, 1, f"{other} has the same id: take another.", True))
        else:
            lessons[heading.id] = heading
    return CourseFolder(path, folder, lessons, tuple(problems))


def _lessons_in(folder: Path) -> Path | None:
    """Return the folder itself, or the only one in it, where lessons are; None where none are."""
    inside = [one for one in folder.iterdir() if one.is_dir() and not one.name.startswith(".")]
    places = [folder, *(inside if len(inside) == 1 else ())]
    return next((place for place in places if any(map(is_lesson, _files(place)))), None)


def _files(folder: Path) -> list[Path]:
    """Return the files of a folder that may be lessons, by name."""
    found = (path for path in folder.iterdir() if path.suffix.casefold() == ENDING)
    return sorted(path for path in found if path.is_file())[: course_archive.MOST_FILES]


def _check_folder(path: Path, place: Path) -> None:
    """Refuse a folder that is too large, or in which something leads out of it."""
    root = place.resolve()
    for number, one in enumerate(_walk(place, course_archive.DEEPEST), start=1):
        if number > course_archive.MOST_FILES:
            raise DataError(
                f"{path} holds more than {integer(course_archive.MOST_FILES)} files: a course is a "
                "folder of its own."
            )
        if one.is_symlink() and not one.resolve().is_relative_to(root):
            raise DataError(f"{one} leads out of the course: put the file itself there.")


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    """Go through a folder and those within, at most so deep; links are not followed."""
    for one in sorted(folder.iterdir()):
        yield one
        if depth > 1 and one.is_dir() and not one.is_symlink():
            yield from _walk(one, depth - 1)
