"""The list of lessons for menus: each with a sentence, and how far one has come."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from nnviz.data.toml_tables import read_toml
from nnviz.dataclass import dataclass
from nnviz.errors import NnvizError
from nnviz.lessons import LESSONS
from nnviz.lessons.answer_book import AnswerBook
from nnviz.lessons.answers import NAME
from nnviz.lessons.lesson import Heading
from nnviz.lessons.texts import in_language
from nnviz.paths import resources
from nnviz.window.lesson.progress import ProgressFile
from nnviz.window.lesson.words import Words
from nnviz.window.settings import Settings
from nnviz.wording import given

FILE = "lessons.json"
"""The file of the progress, in the folder of the settings."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A lesson in a menu.

    Attributes:
        id: its id.
        path: its file.
        text: its number and title.
        sentence: what one can do afterwards, how long it takes, how far one is.
    """

    id: str
    path: Path
    text: str
    sentence: str


def progress_of(settings: Settings) -> ProgressFile:
    """Return what is kept of the progress in all lessons."""
    return ProgressFile(settings.pages_folder.parent / FILE, LESSONS)


def answers_of(settings: Settings) -> AnswerBook:
    """Return what is kept of the answers in all lessons."""
    return AnswerBook(settings.pages_folder.parent / NAME)


def listed(
    lessons: Mapping[str, Heading], settings: Settings, origin: str = "", language: str = ""
) -> Iterator[Listed]:
    """Return each of some lessons, in order; `origin` is where they come from, see `ProgressFile`.

    Raises:
        NnvizError: a file of a lesson is damaged.
    """
    words, progress = Words(language), progress_of(settings)
    language = words.language
    for number, (id, lesson) in enumerate(lessons.items(), 1):
        known = progress.of(id, origin)
        parts = [in_language(lesson.aim, language), words("minutes", count=lesson.minutes)]
        if known.done or known.scene:
            parts.append(words("done" if known.done else "begun"))
        text = f"{number}  {shown_title(lesson, language)}"
        yield Listed(id, lesson.path, text, "  ·  ".join(parts))


def is_lesson(path: Path) -> bool:
    """Tell whether a file is that of a lesson: it has scenes, or says what lessons say."""
    try:
        table = read_toml(path)
    except NnvizError:
        return False  # the reader of examples says what is wrong with it
    return "scene" in table or "needs" in table


def shown_title(lesson: Heading, language: str) -> str:
    """Return the title of a lesson; as its author wrote it, unless it is of nnviz itself."""
    title = in_language(lesson.title, language)
    return title if resources() in lesson.path.parents else given(title)
