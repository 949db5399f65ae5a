"""The opened course: its lessons, each read and checked once: what is damaged is told at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from nnviz.dataclass import dataclass
from nnviz.lessons.catalogue import LESSONS, lessons_around
from nnviz.lessons.checks import check, languages_of
from nnviz.lessons.course_archive import Progress, silent
from nnviz.lessons.course_folder import CourseFolder, open_course
from nnviz.lessons.lesson import Heading, Lesson
from nnviz.lessons.loader import read_what_can_be_read
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
        opens = f"“{self.title}” opens with {count(len(self.lessons), 'lesson')}"
        return _to_mend(opens, self.problems)


def read_course(
    path: Path, progress: Progress = silent, known: Known | None = None
) -> OpenedCourse:
    """Open a course, and read and check each of its lessons once.

    Args:
        path: a folder, or an archive of one.
        progress: told how far it is, from 0 to 1; what it raises ends it.
        known: what there is besides lessons.

    Raises:
        NnvizError: it is none, or it could do harm; nothing of it is used.
    """
    text = f"Opening {path.name}"
    progress(0.0, text)
    course: CourseFolder = open_course(path, progress=lambda f: progress(UNPACKING * f, text))
    known = replace(known or Known(), lessons={**LESSONS, **course.lessons})
    good: dict[str, Heading] = {}
    problems, languages = list(course.problems), set[str]()
    for number, (id, heading) in enumerate(course.lessons.items()):
        progress(UNPACKING + (1 - UNPACKING) * number / len(course.lessons), text)
        lesson, errors = read_what_can_be_read(heading.path)
        problems += [Problem(one.path, one.line, one.problem, True) for one in errors]
        if lesson is not None:
            good[id] = heading
            languages |= languages_of(lesson)
            problems += _severe(lesson, known)
    title = path.stem if path.is_file() else path.resolve().name
    return OpenedCourse(path.resolve(), title, good, tuple(problems), frozenset(languages))


def failure_of(lesson: Lesson, known: Known) -> Failure | None:
    """Return what is wrong with a lesson that is opened alone, to be told; None where nothing is.

    What breaks no more than a rule of writing is left to `nnviz lesson check`.
    """
    around = replace(known, lessons=lessons_around(lesson.path))
    return _to_mend(f"“{lesson.path.name}” opens", _severe(lesson, around))


def _severe(lesson: Lesson, known: Known) -> list[Problem]:
    """Return what cannot be, or means nothing, in a lesson that could be read."""
    return [problem for problem in check(lesson, known) if problem.severe]


def _to_mend(opens: str, problems: Sequence[Problem]) -> Failure | None:
    if not problems:
        return None
    lines = [str(problem) for problem in problems]
    left = len(lines) - MOST_TOLD
    more = [f"… and {count(left, 'more problem')}, in the details."] if left > 0 else []
    told = "\n".join((f"{opens}; this is to mend:", *lines[:MOST_TOLD], *more))
    return Failure(told, "\n".join(lines) if more else "")
