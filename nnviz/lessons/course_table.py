"""The course as a table: how long and how easy its texts are, how often it asks and lets do."""

from collections.abc import Iterable, Iterator
from statistics import median

from nnviz.dataclass import dataclass
from nnviz.lessons.checks import in_english, words_of
from nnviz.lessons.lesson import Lesson
from nnviz.lessons.readability import grade
from nnviz.lessons.texts import ENGLISH
from nnviz.numbers import fixed

_HEADINGS = ("lesson", "scenes", "words", "most", "predictions", "gestures", "minutes", "grade")


@dataclass(frozen=True, slots=True)
class CourseRow:
    """What the table says of a lesson, or of all together.

    Attributes:
        id: of the lesson.
        scenes: how many it has.
        words, most: of the texts of its scenes, the median and the largest.
        predictions: scenes in which something is predicted or carried over.
        gestures: scenes that hands finish.
        minutes: how long it takes.
        grade: the school grade at which its texts are read.
    """

    id: str
    scenes: int
    words: float
    most: int
    predictions: int
    gestures: int
    minutes: int
    grade: float

    @property
    def cells(self) -> tuple[str, ...]:
        """What is printed."""
        numbers = self.scenes, round(self.words), self.most, self.predictions, self.gestures
        return (self.id, *map(str, (*numbers, self.minutes)), fixed(self.grade, 1))


def row_of(name: str, lessons: Iterable[Lesson]) -> CourseRow:
    """Return the row of one lesson, or of several together, under a name."""
    lessons = tuple(lessons)
    scenes = [scene for lesson in lessons for scene in lesson.scenes]
    words = [words_of(scene.text[ENGLISH]) for scene in scenes]
    return CourseRow(
        name,
        len(scenes),
        median(words),
        max(words),
        sum(
            scene.kind in ("predict", "transfer") and scene.question is not None for scene in scenes
        ),
        sum(scene.done is not None for scene in scenes),
        sum(lesson.heading.minutes for lesson in lessons),
        grade(text for lesson in lessons for text in in_english(lesson)),
    )


def table(lessons: Iterable[Lesson]) -> Iterator[str]:
    """Return the lines of the table: one for each lesson, then all together."""
    lessons = tuple(lessons)
    rows = [row_of(lesson.id, (lesson,)) for lesson in lessons]
    rows.append(row_of("all", lessons))
    lines = [_HEADINGS, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for first, *rest in lines:
        cells = (f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True))
        yield "  ".join((f"{first:<{widths[0]}}", *cells))
