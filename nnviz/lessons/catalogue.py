"""The catalogue of lessons: those that nnviz brings, read when somebody asks, and any by path."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from nnviz import paths
from nnviz.data.dataset import DataError
from nnviz.data.disk import there
from nnviz.data.toml_tables import read_toml
from nnviz.lessons.lesson import Heading, Lesson
from nnviz.lessons.loader import LARGEST, read_heading, read_lesson

ENDING = ".toml"


def folder() -> Path:
    """Return where the lesson files are that nnviz brings."""
    return paths.resource("lessons")


class _Lessons(Mapping[str, Heading]):
    """The headings of all lessons by id, in the order of their files; none is read before."""

    @cached_property
    def _headings(self) -> dict[str, Heading]:
        files = sorted(folder().glob(f"[0-9]*{ENDING}"))
        found = [read_heading(read_toml(path, LARGEST)) for path in files]
        return {one.id: one for one in found}

    def __getitem__(self, id: str) -> Heading:
        return self._headings[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._headings)

    def __len__(self) -> int:
        return len(self._headings)


LESSONS: Mapping[str, Heading] = _Lessons()
"""Every lesson that nnviz brings, by id; its files are read when it is first looked into."""


def load_lesson(id_or_path: str | Path) -> Lesson:
    """Load a lesson: one of `LESSONS`, or any file.

    Raises:
        DataError: there is none, or its file is damaged; the sentence names file and line.
    """
    name = str(id_or_path)
    if name.casefold().endswith(ENDING):
        path = Path(name).resolve()
        if not there(path):
            raise DataError(f"{path} does not exist: check the path.")
        return read_lesson(path)
    if name not in LESSONS:
        raise DataError(f"There is no lesson '{name}': choose one that 'nnviz lesson list' lists.")
    return read_lesson(LESSONS[name].path)
