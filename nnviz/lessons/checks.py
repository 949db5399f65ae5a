"""Checks: what is wrong with a lesson beyond single lines: its story, its rules, its numbers.

The rules are those that lessons are written by: commit before seeing, do more than watch, short
scenes, three hints, a transfer at the end.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from nnviz.data.toml_lines import Place
from nnviz.lessons.check_pages import check_pages
from nnviz.lessons.check_values import ValueCheck
from nnviz.lessons.expressions import Expression
from nnviz.lessons.lesson import Heading, Lesson, Look, Question, Scene, Text
from nnviz.lessons.loader import read_what_can_be_read
from nnviz.lessons.nodes import Call, Indexed, Named
from nnviz.lessons.problems import Known, Problem
from nnviz.lessons.texts import ENGLISH, missing
from nnviz.numbers import count

MOST_WORDS = 45
"""Most words of a scene's text."""
HINTS = 3
_HOLE = re.compile(r"\{[^{}]*\}")


def words_of(text: str) -> int:
    """Count the words of a text; what a placeholder brings is one."""
    return len(re.findall(r"[^\W_]+(?:[’'·.,][^\W_]+)*", _HOLE.sub(" x ", text)))


def check_file(path: Path, known: Known) -> list[Problem]:
    """Return what is wrong with a lesson file, line by line.

    Raises:
        DataError: there is no such file, or it cannot be read.
    """
    lesson, errors = read_what_can_be_read(path)
    if lesson is None:
        return [Problem(error.path, error.line, error.problem, True) for error in errors]
    return check(lesson, known)


def check(lesson: Lesson, known: Known) -> list[Problem]:
    """Return what is wrong with a lesson that could be read, line by line."""
    found = [
        *_Checks(lesson, known).problems(),
        *ValueCheck(lesson, known).problems(),
        *check_pages(lesson, known),
    ]
    return sorted(found, key=lambda problem: problem.line)


def _reaches(lessons: Mapping[str, Heading], goal: str) -> bool:
    """Tell whether a lesson is among those that it needs, directly or through others."""
    open_ids, seen = list(lessons[goal].needs), set[str]()
    while open_ids:
        id = open_ids.pop()
        if id == goal:
            return True
        if id not in seen and id in lessons:
            seen.add(id)
            open_ids += lessons[id].needs
    return False


class _Checks:
    """What is wrong with the story and the words of one lesson."""

    def __init__(self, lesson: Lesson, known: Known) -> None:
        self._lesson, self._known = lesson, known

    def _problem(self, sentence: str, *place: str | int, severe: bool = False) -> Problem:
        lesson = self._lesson
        return Problem(lesson.path, lesson.line(*place), sentence, severe)

    def problems(self) -> Iterator[Problem]:
        """Go through the lesson."""
        yield from self._heading()
        yield from self._look(self._lesson.start.look, "start", "look")
        ids: dict[str, int] = {}
        for place, scene in enumerate(self._lesson.scenes):
            if scene.id in ids:
                yield self._problem(
                    f"there are two scenes '{scene.id}': call one of them something else.",
                    *("scene", place, "id"),
                    severe=True,
                )
            ids.setdefault(scene.id, place)
        for place, scene in enumerate(self._lesson.scenes):
            yield from self._scene(place, scene, ids)
        yield from self._rules()
        yield from self._languages()

    def _heading(self) -> Iterator[Problem]:
        heading = self._lesson.heading
        if not heading.needs:
            return
        lessons = {**self._known.lessons, heading.id: heading}
        for place, id in enumerate(heading.needs):
            if self._known.lessons and id not in lessons:
                yield self._problem(
                    f"there is no lesson '{id}': choose one that 'nnviz lesson list' lists.",
                    *("needs", place),
                    severe=True,
                )
        if _reaches(lessons, heading.id):
            through = "" if heading.id in heading.needs else ", through others"
            yield self._problem(
                f"'{heading.id}' needs itself{through}: leave one out.", "needs", severe=True
            )

    def _scene(self, place: int, scene: Scene, ids: Mapping[str, int]) -> Iterator[Problem]:
        where: Place = ("scene", place)
        words = max(map(words_of, scene.text.values()), default=0)
        if words > MOST_WORDS:
            yield self._problem(
                f"the text has {count(words, 'word')}: leave some out, or make two scenes of it; "
                f"{MOST_WORDS} are the most.",
                *(*where, "text"),
            )
        if scene.kind == "predict" and scene.question is None:
            yield self._problem("a scene 'predict' needs a [scene.question].", *where)
        if scene.kind == "transfer" and scene.question is None and scene.done is None:
            yield self._problem(
                "a scene 'transfer' needs a [scene.question], or done where something is to be "
                "built.",
                *where,
            )
        if scene.kind == "do" and scene.done is None:
            yield self._problem("a scene 'do' needs to say when it is done: add done.", *where)
        does = scene.kind == "do" or (scene.kind == "transfer" and scene.question is None)
        if does and len(scene.hints) != HINTS:
            yield self._problem(
                f"a scene '{scene.kind}' in which something is done needs three hints: where to "
                "look, which one, in which direction.",
                *(*where, "hints"),
            )
        by_itself = scene.play is not None or bool(scene.solution)
        if scene.done is not None and not by_itself and not only_steps(scene.done):
            yield self._problem(
                "nobody can see how this is done: add a solution, such as "
                'solution = ["w[1][0,1] = 9"].',
                *(*where, "done"),
            )
        if scene.skip is not None and ids.get(scene.skip.to, place + 1) <= place:
            yield self._problem("skip leads back: name a later scene.", *(*where, "skip", "to"))
        if scene.skip is not None and scene.skip.to and scene.skip.to not in ids:
            yield self._problem(
                f"there is no scene '{scene.skip.to}': name a later one.",
                *(*where, "skip", "to"),
                severe=True,
            )
        yield from self._marks(scene, *where)
        yield from self._look(scene.changes.look, *(*where, "set", "look"))

    def _marks(self, scene: Scene, *where: str | int) -> Iterator[Problem]:
        known = {"panel": self._known.panels, "command": self._known.actions}
        for place, mark in enumerate(scene.marks):
            if mark.thing is None and known[mark.kind] and mark.id not in known[mark.kind]:
                yield self._unknown(mark.kind, mark.id, known[mark.kind], *where, "mark", place)

    def _look(self, look: Look, *where: str | int) -> Iterator[Problem]:
        panels, pages = self._known.panels, self._known.pages
        named = (
            *(("open_panels", id) for id in look.ui.open_panels or ()),
            *(("front", id) for id in look.ui.front),
            *(("views", id) for id in look.ui.views),
            *(("enlarged", id) for id in (look.ui.enlarged,) if id),
            *(("stage", id) for id, _ in look.stage),
        )
        for key, id in named:
            if panels and id not in panels:
                yield self._unknown("panel", id, panels, *where, key)
        if pages and look.page and look.page not in pages:
            yield self._unknown("page of the projector", look.page, pages, *where, "page")

    def _unknown(self, what: str, id: str, known: Iterable[str], *where: str | int) -> Problem:
        return self._problem(
            f"there is no {what} '{id}': choose one of {', '.join(sorted(known))}.",
            *where,
            severe=True,
        )

    def _rules(self) -> Iterator[Problem]:
        kinds = [scene.kind for scene in self._lesson.scenes]
        draft = self._lesson.heading.draft
        if "predict" not in kinds and not draft:
            yield self._problem("nobody predicts anything: add a scene 'predict'.", "scene")
        if "transfer" not in kinds and not draft:
            yield self._problem("nothing is carried over: end with a scene 'transfer'.", "scene")
        for place, pair in enumerate(pairwise(kinds), start=1):
            if pair == ("watch", "watch"):
                yield self._problem(
                    "two scenes 'watch' stand one after the other: let something be done between.",
                    *("scene", place, "kind"),
                )

    def _languages(self) -> Iterator[Problem]:
        texts = list(texts_of(self._lesson))
        there = (one for _, text in texts for one in text)
        languages = tuple(dict.fromkeys((*there, *self._known.languages)))
        for place, text in texts:
            for language in missing(text, languages):
                yield self._problem(
                    f"this text is not there in '{language}': English is shown in its place.",
                    *place,
                )


def only_steps(done: Expression) -> bool:
    """Tell whether going on step by step is enough for a condition, whatever else is done."""
    calls = {node.name for node in done.tree.walk() if isinstance(node, Call)}
    names = {node.name for node in done.tree.walk() if isinstance(node, Named | Indexed)}
    return calls <= {"stepped"} and names <= {"steps", "step", "epoch"}


def texts_of(lesson: Lesson) -> Iterator[tuple[Place, Text]]:
    """Return all that people read in a lesson, with its place in the file."""
    yield ("title",), lesson.heading.title
    yield ("aim",), lesson.heading.aim
    for place, scene in enumerate(lesson.scenes):
        where: Place = ("scene", place)
        yield (*where, "text"), scene.text
        yield (*where, "notes"), scene.notes
        for number, slider in enumerate(scene.sliders):
            yield (*where, "slider", number, "name"), slider.name
        for number, hint in enumerate(scene.hints):
            yield (*where, "hints", number), hint
        for key, question in (("question", scene.question), ("skip", scene.skip)):
            if question is not None:
                yield from _texts_of_question(question, (*where, key))


def _texts_of_question(question: Question, where: Place) -> Iterator[tuple[Place, Text]]:
    yield (*where, "ask"), question.ask
    yield (*where, "unit"), question.unit
    yield (*where, "right_feedback"), question.right_feedback
    for number, choice in enumerate(question.choices):
        yield (*where, "choices", number, "text"), choice.text
        yield (*where, "choices", number, "feedback"), choice.feedback
    for number, feedback in enumerate(question.feedback):
        yield (*where, "feedback", number, "text"), feedback.text


def in_english(lesson: Lesson) -> Iterator[str]:
    """Return all sentences of a lesson in English."""
    return (text[ENGLISH] for _, text in texts_of(lesson) if text)


def languages_of(lesson: Lesson) -> frozenset[str]:
    """Return the languages in which any text of a lesson is."""
    return frozenset(language for _, text in texts_of(lesson) for language in text)
