"""Problems of lessons: each with its file, its line and what to do."""

from collections.abc import Collection, Mapping
from dataclasses import field
from pathlib import Path

from nnviz.dataclass import dataclass
from nnviz.lessons.lesson import Heading
from nnviz.lessons.nets import RecipeOfSession


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a lesson.

    Attributes:
        path: its file.
        line: from 1.
        sentence: what is wrong and what to do.
        severe: True where it cannot be played so, or a name in it means nothing; False where it
            breaks a rule that lessons are written by.
    """

    path: Path
    line: int
    sentence: str
    severe: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What there is besides lessons. What is empty is not checked against.

    Attributes:
        panels, actions: ids of the window's panels, and of its actions.
        pages: ids of the panels on each of the projector's pages, by its id.
        lessons: the lessons that may be needed, by id.
        of_session: returns the recipe in a session file.
        languages: those in which every text is to be there, besides the ones a lesson has.
    """

    panels: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    pages: Mapping[str, Collection[str]] = field(default_factory=dict)
    lessons: Mapping[str, Heading] = field(default_factory=dict)
    of_session: RecipeOfSession | None = None
    languages: tuple[str, ...] = ()
