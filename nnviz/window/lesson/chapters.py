"""Chapters of the menu: the lessons of a course that somebody opened, and those of nnviz."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from nnviz.dataclass import dataclass
from nnviz.lessons import LESSONS
from nnviz.lessons.lesson import Heading, Lesson
from nnviz.lessons.opened_course import OpenedCourse


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """Lessons that belong together.

    Attributes:
        title: what stands above them; empty for nothing.
        lessons: their headings by id, in order.
        prefix: tells their ids from those of another chapter.
        origin: where they come from, the path of a course or of a file; empty for nnviz.
    """

    title: str
    lessons: Mapping[str, Heading]
    prefix: str = ""
    origin: str = ""


def chapters(course: OpenedCourse | None, own: str) -> Iterable[Chapter]:
    """Return all lessons there are: those of a course first, then nnviz's, under this title."""
    if course is not None:
        yield Chapter(course.title, course.lessons, f"{course.title}/", str(course.path))
    yield Chapter(own if course is not None else "", LESSONS)


def chapter_of(path: Path, course: OpenedCourse | None) -> Chapter:
    """Return the chapter in which the lesson of a file stands; one without any if it is alone."""
    for chapter in chapters(course, ""):
        if any(heading.path.resolve() == path for heading in chapter.lessons.values()):
            return chapter
    return Chapter("", {}, origin=str(path))


def lesson_after(lesson: Lesson, lessons: Mapping[str, Heading]) -> Heading | None:
    """Return what is said of the lesson after one, among these; None where there is none."""
    ids = list(lessons)
    at = ids.index(lesson.id) + 1 if lesson.id in ids else len(ids)
    return lessons[ids[at]] if at < len(ids) else None
