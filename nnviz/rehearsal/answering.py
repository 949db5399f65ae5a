"""Answers of the rehearsal: what the engine says is right, given with mouse and keys."""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from nnviz.engine.network import views
from nnviz.engine.selection import Selection
from nnviz.lessons.lesson import Choice, Question, Scene
from nnviz.lessons.observed import Observed
from nnviz.lessons.values import ExpressionError
from nnviz.numbers import editable
from nnviz.rehearsal.touching import LEFT, NONE, Touch
from nnviz.tour.guide import Guide, TourError
from nnviz.window.lesson.line_drawing import LineDrawing

ASIDE = 3.0
"""What is added to a number to be wrong."""


class Answering:
    """Answers questions in the lesson's own widgets."""

    def __init__(self, guide: Guide, touch: Touch, seen: Callable[[], Observed]) -> None:
        self._guide, self._touch, self._seen = guide, touch, seen

    def answer(
        self,
        question: Question,
        ahead: Scene | None,
        *,
        wrong: bool,
        known: Collection[int] = (),
    ) -> None:
        """Answer rightly, as far as that is known by now, or wrongly.

        Args:
            question: what is asked.
            ahead: the scene after it, which may bring about what is asked.
            wrong: whether to answer wrongly.
            known: places of the choices that have turned out to be right.
        """
        match question.kind:
            case "choice":
                self._press_digit(1 + self._choice(question, known, wrong=wrong))
            case "number":
                self._type_number(question, wrong=wrong)
            case "line":
                self._draw_line(question, ahead, wrong=wrong)
            case _:
                self._point(question, wrong=wrong)

    def _choice(self, question: Question, known: Collection[int], *, wrong: bool) -> int:
        judged = enumerate(question.choices)
        right = [at in known if known else self._is_right(choice) for at, choice in judged]
        wanted = [at for at, one in enumerate(right) if one is not wrong]
        return wanted[0] if wanted else 0

    def _is_right(self, choice: Choice) -> bool:
        if isinstance(choice.right, bool):
            return choice.right
        try:
            return choice.right.holds(self._seen())
        except ExpressionError:  # it is known only once it has been seen
            return False

    def _press_digit(self, digit: int) -> None:
        self._touch.press(Qt.Key(Qt.Key.Key_0.value + digit))

    def _value(self, question: Question) -> float:
        assert question.answer is not None
        try:
            value = float(question.answer.value(self._seen()))  # type: ignore[arg-type]
        except ExpressionError:
            return ASIDE
        return value if value == value else ASIDE

    def _type_number(self, question: Question, *, wrong: bool) -> None:
        value = self._value(question)
        off = ASIDE + 2 * abs(value) + question.tolerance
        field = self._touch.front.findChild(QLineEdit, "answer_number")
        if not isinstance(field, QLineEdit):
            raise TourError("There is no field for the number that is asked for.")
        field.setFocus()
        QApplication.processEvents()
        self._touch.type(editable(value + off if wrong else value))

    def _point(self, question: Question, *, wrong: bool) -> None:
        """Click what is asked for, then take it; a class has buttons with its number."""
        assert question.answer is not None
        if question.point == "class":
            self._press_digit(round(self._value(question)))
            return
        thing = question.answer.thing(self._seen())
        if thing is None:
            raise TourError("The question has no answer that could be pointed at.")
        take = self._touch.front.findChild(QAbstractButton, "take")
        self._touch.click(thing, lambda: take is not None and take.isEnabled())
        self._take()

    def _draw_line(self, question: Question, ahead: Scene | None, *, wrong: bool) -> None:
        """Draw the unit's own line, or one across it, with the mouse."""
        assert question.answer is not None
        unit = question.answer.thing(self._seen())
        front = self._touch.front
        self._guide.wait("a plane to draw the line in", lambda: bool(front.findChild(LineDrawing)))
        drawing = front.findChild(LineDrawing)
        if unit is None or drawing is None:
            raise TourError("There is no unit whose line could be drawn.")
        w, b = self._line_of(unit, ahead)
        foot = -b / float(w @ w) * w
        along = w / np.linalg.norm(w) if wrong else np.array([-w[1], w[0]]) / np.linalg.norm(w)
        places = [QPoint(*map(round, drawing.place_of(foot + far * along))) for far in (-0.4, 0.4)]
        QTest.mousePress(drawing, LEFT, NONE, places[0])
        QTest.mouseMove(drawing, (places[0] + places[1]) / 2)
        QTest.mouseMove(drawing, places[1])
        QTest.mouseRelease(drawing, LEFT, NONE, places[1])
        self._take()

    def _line_of(self, unit: Selection, ahead: Scene | None) -> tuple[NDArray[np.float64], float]:
        """Return the weights and the bias of a unit as the scene ahead sets them."""
        seen = self._seen()
        theta = np.array(seen.snapshot.theta, np.float64)
        for what, value in () if ahead is None else ahead.changes.edits:
            thing = what.thing(seen)
            if thing is not None:
                theta[thing.parameter] = float(value.value(seen))  # type: ignore[arg-type]
        weights, biases = views(seen.snapshot.recipe, theta)
        w = np.asarray(weights[unit.layer - 1][:, unit.neuron], np.float64)
        if not w.any():
            raise TourError("The unit has no line: its weights are 0.")
        return w, float(biases[unit.layer - 1][unit.neuron])

    def _take(self) -> None:
        """Let what is pointed at, or drawn, be the answer."""
        take = self._touch.front.findChild(QAbstractButton, "take")
        if not isinstance(take, QAbstractButton):
            raise TourError("There is no button that takes what is pointed at.")
        self._guide.wait("what is pointed at to be taken", take.isEnabled)
        QTest.mouseClick(take, LEFT)
