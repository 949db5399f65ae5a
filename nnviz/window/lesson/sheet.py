"""The sheet: a scene's text, its question, what was predicted, feedback and hints, from the top."""

from math import inf

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared import styles
from nnviz.views.shared.in_text import in_formula_letters
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step
from nnviz.window.lesson.answers import AnswerWidget, answer_widget
from nnviz.window.lesson.choice_button import SIGNS, Judged
from nnviz.window.lesson.hand_bars import HandBars
from nnviz.window.lesson.hands import toggled
from nnviz.window.lesson.hands_answer import HandsAnswer
from nnviz.window.lesson.shown import Asked, Shown
from nnviz.window.lesson.sliders import Sliders
from nnviz.window.lesson.words import Words

GAP = 10
"""Pixels between two parts at a factor of 1."""


class _Said(QLabel):
    """Words in as many lines as they need, in sight where there are any."""

    def __init__(self, name: str) -> None:
        super().__init__(wordWrap=True)
        named(self, name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def say(self, words: str, language: str) -> None:
        """Say this in a language; nothing takes no room."""
        if words != self.accessibleName():
            self.setAccessibleName(words)  # whoever hears it needs no formulas' letters
            self.setText(in_formula_letters(words, language))
        self.setVisible(bool(words))


class Sheet(QFrame):
    """Shows all of a scene but its place in the lesson.

    Attributes:
        answer: takes the answer, or None where nothing is asked.

    Signals:
        answered(object): an answer, as `AnswerWidget` gives it.
        slid(int, float, bool): a slider was moved, as `Sliders` tells it.
    """

    answered = Signal(object)
    slid = Signal(int, float, bool)

    def __init__(self, words: Words, *, brief: bool = False) -> None:
        """Build it; a brief one leaves out answers that are over once one stands."""
        super().__init__()
        named(self, "lesson_sheet")
        self._brief = brief
        self._words, self._theme, self._step = words, DARK, Step.BODY
        self.text, self.prediction = _Said("lesson_text"), _Said("lesson_prediction")
        self.ask, self.feedback = _Said("lesson_ask"), _Said("lesson_feedback")
        self.hints = [_Said(f"lesson_hint_{number}") for number in (1, 2, 3)]
        self.picture = named(QLabel(), "lesson_picture")
        self.hands, self.count = HandBars(), named(QPushButton(), "lesson_hands")
        self.count.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.count.clicked.connect(lambda _checked=False: self._count_hands())
        self._now: Asked | None = None
        self._drawn: object = None
        self.answer: AnswerWidget | None = None
        self._asked: tuple[object, ...] = ()
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.sliders = Sliders(words)
        self.sliders.slid.connect(self.slid)
        for part in (self.text, self.sliders, self.picture, self.prediction, self.hands):
            box.addWidget(part)
        self._asks = QHBoxLayout()
        self._asks.addWidget(self.ask, 1)
        box.addLayout(self._asks)
        box.addWidget(self.count, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.feedback)
        for hint in self.hints:
            box.addWidget(hint)
        box.addStretch(1)

    def show_scene(self, shown: Shown) -> None:
        """Show a scene as it is now."""
        words, language = self._words, self._words.language
        self.text.say(shown.text, language)
        self.sliders.show_sliders(shown.sliders)
        self._show_picture(shown)
        said = shown.prediction
        self.prediction.say(words("you_said", answer=said) if said else "", language)
        self.hands.show_hands(shown.hands)
        self._ask(shown.asked, shown.right)
        self.feedback.say(self._judged(shown), language)
        for number, label in enumerate(self.hints):
            label.say(shown.hints[number] if number < len(shown.hints) else "", language)

    def speak(self) -> None:
        """Ask anew in the language of now, with the next scene that is shown."""
        self._asked = ()

    def _judged(self, shown: Shown) -> str:
        if shown.right is None:
            return shown.feedback
        judged: Judged = "right" if shown.right else "wrong"
        return f"{SIGNS[judged]} {self._words(judged)} {shown.feedback}".strip()

    def _ask(self, asked: Asked | None, right: bool | None) -> None:
        """Show the question; another one than before has a widget of its own."""
        self.ask.say("" if asked is None else asked.ask, self._words.language)
        which = () if asked is None else _kind_of(asked)
        if which != self._asked:
            self._asked = which
            if self.answer is not None:
                self.answer.hide()
                self.answer.deleteLater()
                self.answer = None
            if asked is not None:
                if asked.hands:
                    self.answer = HandsAnswer(asked, self._words)
                else:
                    self.answer = answer_widget(asked, self._words, brief=self._brief)
                self.answer.answered.connect(self.answered)
                self.answer.set_theme(self._theme, self._step)
                self._box.insertWidget(self._box.indexOf(self._asks) + 1, self.answer)
                self._fit_answer()
                self.answer.show()
        if asked is not None and self.answer is not None:
            self.answer.show_asked(asked, right=right)
        self._now = asked
        may_count = asked is not None and asked.may_count
        # The stage is low: there its rail, or H, begins it, and a button ends it.
        low = self._theme.scale.target > 0
        self.count.setVisible(may_count and not (low and asked is not None and not asked.hands))
        if asked is not None and may_count:
            self.count.setText(self._words("hands_stop" if asked.hands else "hands"))
            self.count.setToolTip(self._words("hands_stop_tip" if asked.hands else "hands_tip"))

    def _fit_answer(self) -> None:
        """Let answers stand in the width that is seen; on the stage the strip divides it."""
        room = self.parentWidget()
        if self.answer is not None and room is not None and not self._brief:
            self.answer.fit(room.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let answers stand in another width."""
        super().resizeEvent(event)
        self._fit_answer()

    def _count_hands(self) -> None:
        if self._now is not None:
            self.answered.emit(toggled(self._now))

    def _show_picture(self, shown: Shown) -> None:
        wanted = (shown.picture, self.width(), self._theme.name)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        pixmap = QPixmap() if shown.picture is None else QPixmap(str(shown.picture))
        if not pixmap.isNull():
            room = max(min(self.width(), 2 * pixmap.width()), 1)
            smooth = Qt.TransformationMode.SmoothTransformation
            self.picture.setPixmap(pixmap.scaledToWidth(room, smooth))
        self.picture.setVisible(not pixmap.isNull())

    def height_in(self, width: int) -> float:
        """Return the height of all that stands on it in a width; infinite where a word is wider."""
        if self.answer is not None and (inside := self.answer.layout()) is not None:
            inside.invalidate()  # what changed in it is told only once events are worked off
            self.answer.updateGeometry()
        return inf if self.minimumSizeHint().width() > width else self.heightForWidth(width)

    def set_theme(self, theme: Theme, step: Step) -> None:
        """Take on colours, and letters of a step; those of the scene's text are never less."""
        self._theme, self._step = theme, step
        space = theme.scale.space
        self._box.setSpacing(space(GAP // 2 if self._brief else GAP))
        font = theme.scale.font(self.font(), step)
        for label in (self.prediction, self.feedback, *self.hints):
            label.setFont(font)
        self.text.setFont(theme.scale.font(self.font(), max(step, Step.BODY, key=_size)))
        self.ask.setFont(theme.scale.font(self.font(), step, bold=True))
        edge = f"border-left: {space(3)}px solid {{}}; padding-left: {space(8)}px;"
        plain = f"color: {theme.text}; background: transparent;"
        self.text.setStyleSheet(plain)
        self.ask.setStyleSheet(plain)
        self.prediction.setStyleSheet(plain + edge.format(theme.now))
        self.feedback.setStyleSheet(plain + edge.format(theme.text))
        for hint in self.hints:
            hint.setStyleSheet(
                f"color: {theme.dim}; background: transparent;" + edge.format(theme.line)
            )
        self.hands.set_theme(theme, step)
        self.sliders.set_theme(theme, step)
        if theme.scale.target:  # beside the question it costs no height
            self._asks.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        self.count.setStyleSheet(styles.controls(theme, step=step, padding=(2, 8), corner=6))
        if self.answer is not None:
            self.answer.set_theme(theme, step)
            self._fit_answer()


def _kind_of(asked: Asked) -> tuple[object, ...]:
    """Return what questions must have in common for one widget to take the answers to both."""
    return asked.scene, asked.kind, asked.choices, asked.skips, bool(asked.hands)


def _size(step: Step) -> int:
    return step.value


def scrolled(sheet: QWidget) -> QScrollArea:
    """Return what scrolls a sheet, or other text, that is too high for its room."""
    area = named(QScrollArea(), "lesson_scroll")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(sheet)
    return area
