"""The loader of lesson files: strict, so that whatever is wrong is told with file and line.

A file cannot run anything, nor make the program read a file that does not lie beside it. What
spans scenes, or takes a net to be seen, is left to `checks`.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from nnviz.data.toml_tables import Table, TomlError, read_toml
from nnviz.lessons.expressions import Expression
from nnviz.lessons.facts import FACTS
from nnviz.lessons.functions import FUNCTIONS
from nnviz.lessons.gestures import GESTURES
from nnviz.lessons.lesson import ASKING, KINDS, Expect, Heading, Lesson, Mark, Play, Scene, Text
from nnviz.lessons.loader_changes import read_changes, read_start
from nnviz.lessons.loader_parts import (
    expression_of,
    read_count,
    read_expression,
    read_id,
    read_number,
    read_text,
    read_truth,
    text_of,
)
from nnviz.lessons.loader_questions import read_question
from nnviz.lessons.loader_sliders import read_sliders
from nnviz.lessons.pictures import read_picture
from nnviz.lessons.quantities import ALSO, QUANTITIES
from nnviz.lessons.solution import Deed, read_deed
from nnviz.lessons.values import ExpressionError
from nnviz.numbers import integer

LARGEST = 2**20
"""Most bytes of a lesson file."""
MOST_SCENES = 60
MOST_HINTS = 3
MOST = 200
"""Most marks, expectations and the like in one scene."""
_HEADING = ("id", "title", "aim", "minutes", "needs", "tags", "draft")
_SCENE = (
    *("id", "kind", "text", "remember", "set", "play", "allow", "done", "mark", "hints"),
    *("solution", "expect", "picture", "notes", "half", "question", "skip", "slider", "rests_at"),
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_MARK = re.compile(r"(panel|command)\(\s*[\"']?([a-z0-9_-]+)[\"']?\s*\)")
T = TypeVar("T")


def read_lesson(path: Path) -> Lesson:
    """Read a lesson.

    Raises:
        DataError: its file is damaged; the sentence names file and line and says what to do.
    """
    lesson, problems = read_what_can_be_read(path)
    if lesson is None:
        raise problems[0]
    return lesson


def read_what_can_be_read(path: Path) -> tuple[Lesson | None, list[TomlError]]:
    """Read a lesson, and return all that is wrong with its file; None where anything is.

    Raises:
        DataError: it cannot be read at all, as there is no such file.
    """
    problems: list[TomlError] = []

    def tried(read: Callable[[], T]) -> T | None:
        try:
            return read()
        except TomlError as error:
            problems.append(error)
            return None

    try:
        file = read_toml(path, LARGEST)
        tables = _scenes(file)
    except TomlError as error:
        return None, [error]
    heading = tried(lambda: read_heading(file))
    start = tried(lambda: read_start(file))
    observed = {place for place, one in enumerate(tables) if one.values.get("kind") == "observe"}
    scenes = []
    for place, table in enumerate(tables):
        seen_later = any(later > place for later in observed)
        if (scene := tried(lambda t=table, s=seen_later: _scene(t, s))) is not None:  # type: ignore[misc]
            scenes.append(scene)
    if problems or heading is None or start is None:
        return None, sorted(problems, key=lambda one: one.line)
    return Lesson(heading, start, tuple(scenes), file.lines), []


def read_heading(file: Table) -> Heading:
    """Return what a list says of the lesson in a file.

    Raises:
        DataError: it does not say so; the sentence names file and line.
    """
    file.only(*_HEADING, "start", "scene")
    file.need("minutes")
    return Heading(
        id=read_id(file),
        title=read_text(file, "title", needed=True),
        aim=read_text(file, "aim", needed=True),
        minutes=read_count(file, "minutes", 0, 1, 90),
        needs=file.names("needs"),
        tags=file.names("tags"),
        path=file.path,
        draft=read_truth(file, "draft"),
    )


def _scenes(file: Table) -> list[Table]:
    file.need("scene")
    tables = file.tables("scene")
    if not tables:
        file.refuse("there is no scene: begin one with [[scene]].", "scene")
    if len(tables) > MOST_SCENES:
        file.refuse(
            f"there are {integer(len(tables))} scenes: a lesson has at most {MOST_SCENES}.",
            *("scene", MOST_SCENES),
        )
    return tables


def _scene(table: Table, seen_later: bool) -> Scene:
    table.only(*_SCENE)
    table.need("kind")
    kind = table.text("kind")
    if kind not in KINDS:
        table.refuse(f"there is no scene '{kind}': choose one of {', '.join(KINDS)}.", "kind")
    if "question" in table and kind not in ASKING:
        table.refuse(f"a scene '{kind}' asks nothing: {', '.join(ASKING)} do.", "question")
    judged = "observed" if kind == "predict" and seen_later else "now"
    return Scene(
        id=read_id(table),
        kind=kind,
        text=read_text(table, "text", needed=True),
        remember=_remember(table.table("remember")),
        changes=read_changes(table),
        play=_play(table),
        allow=_allow(table),
        rests_at=read_count(table, "rests_at", 0, 0, 1_000_000),
        done=read_expression(table, "done", "bool"),
        marks=_marks(table),
        hints=_hints(table),
        solution=_solution(table),
        expect=_expect(table.table("expect")),
        sliders=read_sliders(table),
        picture=read_picture(table),
        notes=read_text(table, "notes"),
        half=read_truth(table, "half"),
        question=read_question(table, "question", judged),
        skip=read_question(table, "skip", "now"),
    )


def _remember(table: Table) -> dict[str, Expression]:
    taken = {*FACTS, *FUNCTIONS, *QUANTITIES, *ALSO, "layers", "recipe"}
    for name in table.values:
        if not _NAME.fullmatch(name) or name in taken:
            table.refuse(f"'{name}' cannot be remembered: choose another name.", name)
    return {name: expression_of(table, value, "any", name) for name, value in table.values.items()}


def _play(scene: Table) -> Play | None:
    if "play" not in scene:
        return None
    table = scene.table("play")
    table.only("until", "at", "limit")
    table.need("until")
    until = read_expression(table, "until", "bool")
    assert until is not None
    limit = read_count(table, "limit", 20_000, 1, 1_000_000)
    return Play(until, read_number(table, "at", 1e6), limit)


def _allow(table: Table) -> tuple[str, ...]:
    names = table.names("allow")
    for place, name in enumerate(names):
        if name not in GESTURES:
            known = ", ".join(GESTURES)
            table.refuse(f"there is no gesture '{name}': choose of {known}.", "allow", place)
    return names


def _marks(table: Table) -> tuple[Mark, ...]:
    found = []
    for place, text in enumerate(_short(table, "mark")):
        if named := _MARK.fullmatch(text.strip()):
            found.append(Mark("panel" if named[1] == "panel" else "command", named[2]))
        else:
            found.append(Mark("thing", thing=expression_of(table, text, "thing", "mark", place)))
    return tuple(found)


def _short(table: Table, key: str) -> tuple[str, ...]:
    names = table.names(key)
    if len(names) > MOST:
        table.refuse(f"'{key}' has at most {MOST} entries.", key)
    return names


def _hints(table: Table) -> tuple[Text, ...]:
    values = table.array("hints")
    if len(values) > MOST_HINTS:
        table.refuse(
            f"there are at most {MOST_HINTS} hints: where, which, in which direction.", "hints"
        )
    return tuple(text_of(table, value, "hints", place) for place, value in enumerate(values))


def _solution(table: Table) -> tuple[Deed, ...]:
    found = []
    for place, text in enumerate(_short(table, "solution")):
        try:
            found.append(read_deed(text))
        except ExpressionError as error:
            table.refuse(str(error), "solution", place)
    return tuple(found)


def _expect(table: Table) -> tuple[Expect, ...]:
    found = []
    for name, printed in table.values.items():
        each = printed if isinstance(printed, list) and printed else [printed]
        if not all(isinstance(one, str) for one in each):
            table.refuse(
                'what is expected stands as it is printed, in quotation marks: "12", or in '
                "brackets, one for each step.",
                name,
            )
        several = tuple(each) if isinstance(printed, list) else ()
        found.append(Expect(expression_of(table, name, "any", name), each[-1], several))
    return tuple(found)
