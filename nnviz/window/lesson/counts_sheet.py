"""The counts sheet: what a class answered, question by question, over the files it handed in."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nnviz.errors import NnvizError
from nnviz.lessons import LESSONS, load_lesson
from nnviz.lessons.counts import Counts, QuestionCount, lines_of
from nnviz.lessons.lesson import Lesson
from nnviz.lessons.texts import unfilled
from nnviz.numbers import count, integer
from nnviz.views.palette import Theme
from nnviz.views.shared.front import within
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step
from nnviz.window.lesson.hand_bars import HandBars
from nnviz.window.lesson.listing import shown_title
from nnviz.window.lesson.shown import Hands
from nnviz.window.lesson.words import Words
from nnviz.wording import given

WIDTH, HEIGHT, INSIDE = 640, 560, 18
"""Pixels of the sheet and within its edges, at a factor of 1."""
MOST = 8
"""Most different answers to a question that have a bar; the rarest go together."""


class CountsSheet(QDialog):
    """Shows the counts beside the window until it is closed."""

    def __init__(self, counts: Counts, words: Words, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "answer_counts")
        self.setWindowTitle(words("counts_title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words, self._theme = words, theme
        self._lessons: dict[str, Lesson | None] = {}
        self.text = "\n".join(self._lines(counts))
        space = theme.scale.space
        rows = named(QFrame(), "answer_counts_rows")
        self._rows = QVBoxLayout(rows)
        self._rows.setContentsMargins(0, 0, space(12), 0)
        self._rows.setSpacing(space(5))
        self._label(self._files(counts), Step.HEADING)
        for problem in counts.problems:
            self._label(f"✗ {problem}")
        self.bars = [self._add(question) for question in counts.questions]
        self._rows.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(words("counts_title"))
        area.setWidget(rows)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(INSIDE)] * 4)
        box.setSpacing(space(10))
        box.addWidget(area, 1)
        box.addLayout(self._buttons())
        self.resize(within(parent, space(WIDTH), space(HEIGHT)))

    def _buttons(self) -> QHBoxLayout:
        words, row = self._words, QHBoxLayout()
        self.copy = named(QPushButton(words("copy")), "counts_copy", tip=words("copy_tip"))
        self.copy.clicked.connect(lambda _checked=False: self._copy())
        close = named(QPushButton(words("close")), "counts_close", tip=words("close_tip"))
        close.clicked.connect(self.accept)
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.copy.setText(self._words("copied"))

    def _files(self, counts: Counts) -> str:
        known, bad = count(len(counts.names), "file"), len(counts.problems)
        return self._words("counts_bad" if bad else "counts_files", files=known, bad=integer(bad))

    def _lines(self, counts: Counts) -> Iterator[str]:
        yield self._files(counts)
        yield from counts.problems
        for question in counts.questions:
            yield ""
            yield from lines_of(question)

    def _label(self, said: str, step: Step = Step.BODY, *, dim: bool = False) -> None:
        label, theme = QLabel(said, wordWrap=True), self._theme
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFont(theme.scale.font(self.font(), step, bold=step is Step.HEADING))
        colour = theme.dim if dim else theme.text
        label.setStyleSheet(f"color: {colour}; background: transparent;")
        self._rows.addWidget(label)

    # -- one question -----------------------------------------------------------------------------

    def _add(self, question: QuestionCount) -> HandBars:
        """Add a question: where it is asked, what it asks, how many are right, and the answers."""
        self._rows.addSpacing(self._theme.scale.space(12))
        lesson, ask = self._asked(question)
        self._label(f"{lesson}  ·  {given(question.scene)}", Step.LABEL, dim=True)
        if ask:
            self._label(ask)
        judged, said = question.right + question.wrong, []
        if judged:
            right, of = integer(question.right), integer(judged)
            said.append(self._words("counts_right", right=right, of=of))
        if question.open:
            said.append(self._words("counts_open", open=integer(question.open)))
        self._label("  ·  ".join(said))
        bars = HandBars()
        bars.set_theme(self._theme, Step.BODY)
        bars.show_hands(self._hands(question))
        self._rows.addWidget(bars)
        return bars

    def _hands(self, question: QuestionCount) -> Hands:
        most, rest = question.said[:MOST], question.said[MOST:]
        words = [said.words or self._words("counts_no_words") for said in most]
        counts = [said.count for said in most]
        if rest:
            words.append(self._words("counts_others", count=integer(len(rest))))
            counts.append(sum(said.count for said in rest))
        right = tuple(at for at, said in enumerate(most) if said.right)
        return Hands(tuple(words), tuple(counts), right)

    def _asked(self, question: QuestionCount) -> tuple[str, str]:
        """Return the lesson's title and what its scene asks, as far as the lesson is known."""
        lesson = self._lesson(question.lesson)
        if lesson is None:
            return given(question.lesson), ""
        language = self._words.language
        scene = next((one for one in lesson.scenes if one.id == question.scene), None)
        asks = None if scene is None else scene.question
        ask = "" if asks is None else unfilled(asks.ask, language)
        return shown_title(lesson.heading, language), ask

    def _lesson(self, id: str) -> Lesson | None:
        if id not in self._lessons:
            try:
                self._lessons[id] = load_lesson(id) if id in LESSONS else None
            except NnvizError:
                self._lessons[id] = None  # its counts are as good with its id
        return self._lessons[id]
