"""Checks of expressions: each is asked for its value on the net that its scene begins with."""

from collections.abc import Iterator
from typing import Any

from nnviz.data.toml_lines import Place
from nnviz.engine.selection import Selection
from nnviz.errors import NnvizError
from nnviz.lessons.expressions import Expression
from nnviz.lessons.lesson import Changes, Lesson, Look, Question, Scene, Slider, Text
from nnviz.lessons.nets import Net, net_after, net_of
from nnviz.lessons.observed import Observed
from nnviz.lessons.problems import Known, Problem
from nnviz.lessons.texts import placeholders, written
from nnviz.lessons.values import ExpressionError, Value
from nnviz.numbers import count


class ValueCheck:
    """Goes through the scenes of a lesson with their nets and with what is remembered."""

    def __init__(self, lesson: Lesson, known: Known) -> None:
        self._lesson, self._known = lesson, known
        self._memory: dict[str, Value] = {}
        self._net: Net | None = None
        self._waiting: list[tuple[Question, Place]] = []

    def _problem(self, error: object, place: Place) -> Problem:
        return Problem(self._lesson.path, self._lesson.line(*place), str(error), True)

    def problems(self) -> Iterator[Problem]:
        """Return what has no value where it is to have one."""
        try:
            self._net = net_of(self._lesson.start, self._known.of_session)
        except NnvizError as error:
            yield self._problem(error, ("start",))
        if self._net is None:
            return
        yield from self._look(self._lesson.start.look, ("start", "look"))
        for place, scene in enumerate(self._lesson.scenes):
            yield from self._scene(scene, ("scene", place))
        yield from self._answers()

    def _scene(self, scene: Scene, where: Place) -> Iterator[Problem]:
        assert self._net is not None
        for name, expression in scene.remember.items():
            yield from self._value(expression, (*where, "remember", name))
            try:
                self._memory[name] = expression.value(self._seen())
            except ExpressionError:
                self._memory[name] = 0.0
        try:
            self._net = net_after(self._net, scene.changes)
        except NnvizError as error:
            yield self._problem(error, (*where, "set"))
        yield from self._changes(scene.changes, (*where, "set"))
        yield from self._texts((*where, "text"), scene.text)
        for number, hint in enumerate(scene.hints):
            yield from self._texts((*where, "hints", number), hint)
        if scene.play is not None:
            yield from self._value(scene.play.until, (*where, "play", "until"))
        if scene.done is not None:
            yield from self._value(scene.done, (*where, "done"))
        for number, mark in enumerate(scene.marks):
            if mark.thing is not None:
                yield from self._thing(mark.thing, (*where, "mark", number))
        for number, slider in enumerate(scene.sliders):
            yield from self._slider(slider, (*where, "slider", number, "of"))
        for number, deed in enumerate(scene.solution):
            if deed.thing is not None:
                yield from self._thing(deed.thing, (*where, "solution", number))
            if deed.value is not None:
                yield from self._value(deed.value, (*where, "solution", number))
        for expect in scene.expect:
            yield from self._value(expect.expression, (*where, "expect", expect.expression.source))
        for key, question in (("question", scene.question), ("skip", scene.skip)):
            if question is None:
                continue
            yield from self._asked(question, (*where, key))
            self._waiting.append((question, (*where, key)))
            if question.judged == "now":
                yield from self._answers()
        if scene.kind == "observe":
            yield from self._answers()

    def _slider(self, slider: Slider, place: Place) -> Iterator[Problem]:
        yield from self._thing(slider.of, place)
        try:
            found = slider.of.thing(self._seen())
        except ExpressionError:  # said already
            return
        if found is None or found.kind != "parameter":
            yield self._problem("a slider moves a weight or a bias: name one, as b[1][0].", place)

    def _seen(self, answer: Any = None) -> Observed:
        assert self._net is not None
        return self._net.observed(self._memory, answer)

    def _value(
        self, expression: Expression, place: Place, answer: Any = None, *, write: bool = False
    ) -> Iterator[Problem]:
        try:
            found = expression.value(self._seen(answer))
            if write:
                written(found)
        except ExpressionError as error:
            yield self._problem(error, place)

    def _thing(self, expression: Expression, place: Place) -> Iterator[Problem]:
        try:
            expression.thing(self._seen())
        except ExpressionError as error:
            yield self._problem(error, place)

    def _texts(self, place: Place, text: Text, answer: Any = None) -> Iterator[Problem]:
        for language, sentence in text.items():
            for hole in placeholders(sentence):
                at = (*place, language)
                yield from self._value(hole.expression, at, answer, write=True)

    def _look(self, look: Look, where: Place) -> Iterator[Problem]:
        if look.selection is not None:
            yield from self._thing(look.selection, (*where, "selection"))

    def _changes(self, changes: Changes, where: Place) -> Iterator[Problem]:
        assert self._net is not None
        for thing, value in changes.edits:
            place = (*where, "edits", thing.source)
            yield from self._value(value, place)
            try:
                found = thing.thing(self._seen())
                if found is None or found.kind != "parameter":
                    yield self._problem("only weights and biases can be set: w[1][0,0].", place)
            except ExpressionError as error:
                yield self._problem(error, place)
        for number, value in enumerate(changes.input):
            yield from self._value(value, (*where, "input", number))
        inputs = self._net.recipe.layers[0]
        if changes.input and len(changes.input) != inputs:
            yield self._problem(
                f"the net has {count(inputs, 'input')}: give as many.", (*where, "input")
            )
        yield from self._look(changes.look, (*where, "look"))

    def _asked(self, question: Question, where: Place) -> Iterator[Problem]:
        yield from self._texts((*where, "ask"), question.ask)
        for number, choice in enumerate(question.choices):
            yield from self._texts((*where, "choices", number, "text"), choice.text)

    def _answers(self) -> Iterator[Problem]:
        """Go through what is judged by now, on the net that shows what is right."""
        for question, where in self._waiting:
            yield from self._answer(question, where)
        self._waiting.clear()

    def _answer(self, question: Question, where: Place) -> Iterator[Problem]:
        answer: Any = 0.0
        if question.kind in ("point", "line") and question.point != "class":
            answer = Selection("neuron", 1, 0)
            assert question.answer is not None
            yield from self._thing(question.answer, (*where, "answer"))
        elif question.answer is not None:
            yield from self._value(question.answer, (*where, "answer"))
        yield from self._texts((*where, "right_feedback"), question.right_feedback, answer)
        for number, choice in enumerate(question.choices):
            place: Place = (*where, "choices", number)
            yield from self._texts((*place, "feedback"), choice.feedback, answer)
            if isinstance(choice.right, Expression):
                yield from self._value(choice.right, (*place, "right"), answer)
        for number, feedback in enumerate(question.feedback):
            place = (*where, "feedback", number)
            yield from self._texts((*place, "text"), feedback.text, answer)
            if feedback.when is not None:
                yield from self._value(feedback.when, (*place, "when"), answer)
