"""The opened course: its lessons, each read and checked once: what is damaged is told at once."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from nnviz.dataclass import dataclass
from nnviz.lessons.check_values import ValueCheck
from nnviz.lessons.checks import check_needs, languages_of
from nnviz.lessons.course_archive import Progress, silent
from nnviz.lessons.course_folder import CourseFolder, open_course
from nnviz.lessons.lesson import Heading, Lesson
from nnviz.lessons.loader import read_what_can_be_read
from nnviz.lessons.nets import RecipeOfSession
from nnviz.lessons.problems import Known, Problem
from nnviz.messages.events import Failure
from nnviz.numbers import count

MOST_TOLD = 3
"""Most problems of a course that are told at once; the rest stands among the details."""
UNPACKING = 0.4
"""The share of the way after which the lessons are read."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenedCourse:
    """A course that was opened.

    Attributes:
        path: its folder, or its archive.
        title: the name of that.
        lessons: headings of those that can be played, by id, in order.
        problems: what is wrong with the rest, and what names in these mean nothing.
        languages: those in which any of its texts is.
    """

    path: Path
    title: str
    lessons: Mapping[str, Heading]
    problems: tuple[Problem, ...]
    languages: frozenset[str] = frozenset()

    def failure(self) -> Failure | None:
        """Return what is wrong, to be told; None where nothing is."""
        if not self.problems:
            return None
        lines = [str(problem) for problem in self.problems]
        left = len(lines) - MOST_TOLD
        more = [f"… and {count(left, 'more problem')}, in the details."] if left > 0 else []
        begun = f"“{self.title}” opens with {count(len(self.lessons), 'lesson')}; this is to mend:"
        told = "\n".join((begun, *lines[:MOST_TOLD], *more))
        return Failure(told, "\n".join(lines) if more else "")


def read_course(
    path: Path, progress: Progress = silent, of_session: RecipeOfSession | None = None
) -> OpenedCourse:
    """Open a course, and read and check each of its lessons once.

    Args:
        path: a folder, or an archive of one.
        progress: told how far it is, from 0 to 1; what it raises ends it.
        of_session: returns the recipe in a session file.

    Raises:
        NnvizError: it is none, or it could do harm; nothing of it is used.
    """
    text = f"Opening {path.name}"
    progress(0.0, text)
    course: CourseFolder = open_course(path, progress=lambda f: progress(UNPACKING * f, text))
    good: dict[str, Heading] = {}
    problems, languages = list(course.problems), set[str]()
    for number, (id, heading) in enumerate(course.lessons.items()):
        progress(UNPACKING + (1 - UNPACKING) * number / len(course.lessons), text)
        lesson, errors = read_what_can_be_read(heading.path)
        problems += [Problem(one.path, one.line, one.problem, True) for one in errors]
        if lesson is not None:
            good[id] = heading
            languages |= languages_of(lesson)
            problems += _unknown_names(lesson, of_session)
    problems += check_needs(good.values())
    title = path.stem if path.is_file() else path.resolve().name
    return OpenedCourse(path.resolve(), title, good, tuple(problems), frozenset(languages))


def _unknown_names(lesson: Lesson, of_session: RecipeOfSession | None) -> Iterator[Problem]:
    """Return what has no value in the net of its scene."""
    yield from ValueCheck(lesson, Known(of_session=of_session)).problems()
