"""Chapters of the menu: the lessons of a course that somebody opened, and those of nnviz."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from nnviz.dataclass import dataclass
from nnviz.lessons import LESSONS
from nnviz.lessons.checks import check_needs
from nnviz.lessons.course_folder import CourseFolder, open_course
from nnviz.lessons.lesson import Heading, Lesson
from nnviz.lessons.loader import read_what_can_be_read
from nnviz.lessons.problems import Problem
from nnviz.messages.events import Failure
from nnviz.numbers import count

MOST_TOLD = 3
"""Most problems of a course that are told at once; the rest stands among the details."""


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """Lessons that belong together.

    Attributes:
        title: what stands above them; empty for nothing.
        lessons: their headings by id, in order.
        prefix: tells their ids from those of another chapter.
    """

    title: str
    lessons: Mapping[str, Heading]
    prefix: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class OpenedCourse:
    """A course that was opened.

    Attributes:
        title: the name of its folder, or of its archive.
        lessons: headings of those that can be played, by id, in order.
        problems: what is wrong with the rest.
    """

    title: str
    lessons: Mapping[str, Heading]
    problems: tuple[Problem, ...]

    def failure(self) -> Failure | None:
        """Return what is wrong, to be told; None where nothing is."""
        if not self.problems:
            return None
        lines = [str(problem) for problem in self.problems]
        left = len(lines) - MOST_TOLD
        more = [f"… and {count(left, 'more problem')}, in the details."] if left > 0 else []
        begun = f"“{self.title}” opens with {count(len(self.lessons), 'lesson')}; mend the rest:"
        told = "\n".join((begun, *lines[:MOST_TOLD], *more))
        return Failure(told, "\n".join(lines) if more else "")


def opened(path: Path) -> OpenedCourse:
    """Open a course, and read each of its lessons once, so that a damaged one is told now.

    Raises:
        NnvizError: it is none, or it could do harm; nothing of it is used.
    """
    course: CourseFolder = open_course(path)
    good: dict[str, Heading] = {}
    problems = list(course.problems)
    for id, heading in course.lessons.items():
        lesson, errors = read_what_can_be_read(heading.path)
        problems += [Problem(one.path, one.line, one.problem, True) for one in errors]
        if lesson is not None:
            good[id] = heading
    problems += check_needs(good.values())
    title = path.stem if path.is_file() else path.resolve().name
    return OpenedCourse(title, good, tuple(problems))


def chapters(course: OpenedCourse | None, own: str) -> Iterable[Chapter]:
    """Return all lessons there are: those of a course first, then nnviz's, under this title."""
    if course is not None:
        yield Chapter(course.title, course.lessons, f"{course.title}/")
    yield Chapter(own if course is not None else "", LESSONS)


def neighbours(path: Path, course: OpenedCourse | None) -> Mapping[str, Heading]:
    """Return the lessons among which the one of a file stands; none where it stands alone."""
    for chapter in chapters(course, ""):
        if any(heading.path.resolve() == path for heading in chapter.lessons.values()):
            return chapter.lessons
    return {}


def lesson_after(lesson: Lesson, lessons: Mapping[str, Heading]) -> Heading | None:
    """Return what is said of the lesson after one, among these; None where there is none."""
    ids = list(lessons)
    at = ids.index(lesson.id) + 1 if lesson.id in ids else len(ids)
    return lessons[ids[at]] if at < len(ids) else None
