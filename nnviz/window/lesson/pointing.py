"""Pointing: a neuron, an output, an edge that is clicked, or a line that is drawn, as an answer."""

from PySide6.QtCore import QObject, Signal

from nnviz.engine.selection import Selection
from nnviz.lessons.functions import FUNCTIONS
from nnviz.lessons.judging import Answer
from nnviz.lessons.lesson import Question
from nnviz.lessons.observed import Observed
from nnviz.messages.ui_state import UiState
from nnviz.window.lesson.line_drawing import LineDrawing, field_in
from nnviz.window.lesson.words import Words
from nnviz.window.parts import Parts

PLANE = "plane"
"""The view in which lines are drawn."""


class Pointing(QObject):
    """Takes what hands point at, as long as a question wants that.

    Attributes:
        selection: what is pointed at; None for nothing.

    Signals:
        changed(): something else is pointed at.
    """

    changed = Signal()

    def __init__(self, parts: Parts, parent: QObject) -> None:
        """Begin with no question."""
        super().__init__(parent)
        self._parts = parts
        self._question: Question | None = None
        self._lines: list[LineDrawing] = []
        self.selection: Selection | None = None

    def begin(self, question: Question) -> None:
        """Take what is pointed at for an answer to a question."""
        self._question = question
        if question.kind == "line":
            self.lay_lines()

    def lay_lines(self) -> None:
        """Let lines be drawn over the planes in sight that none can be drawn over yet."""
        if self._question is None or self._question.kind != "line":
            return
        stage = self._parts.projector.stage
        for views in (self._parts.views, *([] if stage is None else [stage.views])):
            view = views.built.get(PLANE)
            plot = None if view is None else field_in(view)
            if plot is not None and plot.findChild(LineDrawing) is None:
                line = LineDrawing(plot, self._parts.theme())
                line.drawn.connect(self.changed)
                line.destroyed.connect(self._forget)
                self._lines.append(line)

    def _forget(self, gone: QObject) -> None:
        self._lines = [line for line in self._lines if line is not gone]

    def points(self, selection: Selection | None) -> bool:
        """Take a selection for what is pointed at, where one of its kind is asked for."""
        question, shown = self._question, self._parts.shown()
        if question is None or selection is None or question.kind != "point" or shown is None:
            return False
        last = len(shown.recipe.layers) - 1
        if question.point == "edge":
            fits = selection.kind == "parameter"
        elif question.point == "output":
            fits = selection.layer == last and selection.kind in ("neuron", "output")
        else:
            fits = selection.kind in ("neuron", "output")
        if fits and selection != self.selection:
            self.selection = selection
            self.changed.emit()
        return fits

    def answer(self) -> Answer | None:
        """Return what is pointed at or drawn; None for nothing."""
        if self.selection is not None:
            return self.selection
        return next((line.line for line in self._lines if line.line is not None), None)

    def said(self, words: Words) -> str:
        """Say what is pointed at, or what to do."""
        question, shown = self._question, self._parts.shown()
        if question is None:
            return ""
        if question.kind == "line":
            return words("draw_line")
        if self.selection is None or shown is None:
            return words(f"point_{question.point}")
        return words("pointed", thing=name_of(self.selection, Observed(shown, UiState())))

    def take(self) -> None:
        """Let what is pointed at stand: no more is asked."""
        self._question = None
        for line in self._lines:
            line.take()

    def end(self) -> None:
        """Take no more, and forget what was pointed at."""
        self._question = self.selection = None
        lines, self._lines = self._lines, []
        for line in lines:
            line.hide()
            line.deleteLater()


def name_of(thing: Selection, seen: Observed) -> str:
    """Return what sentences call a thing."""
    return str(FUNCTIONS["name"].call(seen, thing))
