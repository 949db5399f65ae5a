"""Question widgets: answer by a choice, a number, by pointing, or by a line that is drawn."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.numbers import write
from nnviz.views.palette import Theme
from nnviz.views.shared import styles
from nnviz.views.shared.named import named
from nnviz.views.shared.number_field import NumberField
from nnviz.views.shared.type_scale import Step
from nnviz.window.lesson.choice_button import ChoiceButton, Judged
from nnviz.window.lesson.shown import Asked
from nnviz.window.lesson.words import Words

CLASSES_IN_A_ROW = 5
GAP = 6
"""Pixels between two answers at a factor of 1."""


class AnswerWidget(QWidget):
    """Takes an answer to a question.

    Signals:
        answered(object): this is the answer.
    """

    answered = Signal(object)

    @property
    def columns(self) -> Sequence[int]:
        """In how many columns it can stand."""
        return (1,)

    def stand_in(self, columns: int) -> None:
        """Stand in so many columns."""

    def fit(self, width: int) -> None:
        """Stand in as many columns as usual, or as a width has room for."""

    def show_asked(self, asked: Asked, *, right: bool | None) -> None:
        """Show what stands, and how it was judged; None for not yet."""

    def take_digit(self, digit: int) -> bool:
        """Take the answer of a digit key; tell whether there is one."""
        return False

    def enter(self) -> bool:
        """Take what is pointed at, typed or drawn; tell whether there is anything."""
        return False

    def set_theme(self, theme: Theme, step: Step) -> None:
        """Take on colours, and letters of a step."""


class ChoiceAnswer(AnswerWidget):
    """One of several texts, each with the key of its number.

    Where it is brief, only what was chosen, and what is right, is left once an answer stands.
    """

    def __init__(self, asked: Asked, words: Words, *, across: int = 1, brief: bool = False) -> None:
        super().__init__()
        self._open, self._brief, self._usual = True, brief, across
        self._across = 0
        self.buttons: list[ChoiceButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        first = 0 if across > 1 else 1  # the key of a digit is that digit
        for at, text in enumerate(asked.choices):
            button = ChoiceButton(str(at + first), text, words.language)
            named(button, f"choice_{at}", said=text)
            button.clicked.connect(lambda _checked=False, at=at: self._chose(at))
            self.buttons.append(button)
        self._first = first
        self.stand_in(across)

    @property
    def _left(self) -> list[ChoiceButton]:
        return [button for button in self.buttons if not button.isHidden()] or self.buttons

    @property
    def columns(self) -> Sequence[int]:
        """In how many columns they can stand: short ones, as digits are, in many."""
        count = len(self._left)
        return range(min(self._usual, count), count + 1)

    def stand_in(self, columns: int) -> None:
        """Stand in so many columns of one width."""
        for button in self.buttons:
            self._grid.removeWidget(button)
        for place, button in enumerate(self._left):
            self._grid.addWidget(button, place // columns, place % columns)
        for column in range(max(self._across, columns)):
            self._grid.setColumnStretch(column, column < columns)
        self._across = columns

    def fit(self, width: int) -> None:
        """Stand in as many columns as usual, or as a width has room for."""
        gap = self._grid.spacing()
        widest = max(button.minimumSizeHint().width() for button in self.buttons)
        columns = max(min(self._usual, (width + gap) // (widest + gap)), 1)
        if columns != self._across:
            self.stand_in(columns)

    def _chose(self, at: int) -> None:
        if self._open:
            self.answered.emit(at)
        else:
            self.buttons[at].setChecked(not self.buttons[at].isChecked())  # as it was

    def take_digit(self, digit: int) -> bool:
        """Choose by the number."""
        at = digit - self._first
        if not (self._open and 0 <= at < len(self.buttons)):
            return False
        self.answered.emit(at)
        return True

    def show_asked(self, asked: Asked, *, right: bool | None) -> None:
        """Show the one that was chosen, and which is right."""
        self._open = asked.answer is None
        for at, button in enumerate(self.buttons):
            chosen = at == asked.answer
            button.setChecked(chosen)
            judged: Judged = ""
            if asked.right == at or (chosen and right):
                judged = "right"
            elif chosen and right is False:
                judged = "wrong"
            button.judge(judged)
            if self._brief:
                button.setVisible(self._open or chosen or at == asked.right)

    def set_theme(self, theme: Theme, step: Step) -> None:
        """Take on colours and sizes."""
        self._grid.setSpacing(theme.scale.space(GAP))
        for button in self.buttons:
            button.set_theme(theme, step)


class _TakenAnswer(AnswerWidget):
    """What is first set, and then taken for an answer by a button or Enter."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self.take = named(QPushButton(words("take")), "take", tip=words("take_tip"))
        self.take.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.take.clicked.connect(lambda _checked=False: self.enter())

    def set_theme(self, theme: Theme, step: Step) -> None:
        """Take on colours and sizes."""
        self._box.setSpacing(theme.scale.space(GAP))
        for label in self.findChildren(QLabel):
            label.setFont(theme.scale.font(self.font(), step))
        self.setStyleSheet(
            styles.controls(theme, step=step, padding=(4, 10), corner=6)
            + f"QLabel {{ {styles.label(theme, dim=False)} }}"
        )


class NumberAnswer(_TakenAnswer):
    """A number with its unit, read as everywhere in nnviz."""

    def __init__(self, asked: Asked, words: Words) -> None:
        super().__init__(words)
        self.field = named(NumberField(), "answer_number", said=asked.ask)
        self.field.setPlaceholderText(words("number_placeholder"))
        self.field.show_value(0.0)
        self._wrong = QLabel(wordWrap=True)
        self._unit = QLabel(asked.unit)
        self._unit.setVisible(bool(asked.unit))
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self._unit)
        row.addWidget(self.take)
        self._box.addLayout(row)
        self._box.addWidget(self._wrong)
        self._wrong.hide()
        self.field.changed.connect(lambda value, _dragged: self.answered.emit(value))
        self.field.refused.connect(self._refused)

    def _refused(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def enter(self) -> bool:
        """Take what is typed, or say why not."""
        if not self.field.isEnabled():
            return False
        if self.field.text().strip():
            self.field.take()
        else:
            self.field.setFocus()
        return True

    def show_asked(self, asked: Asked, *, right: bool | None) -> None:
        """Show the number that stands."""
        stands = asked.answer is not None
        self.field.setEnabled(not stands)
        self.take.setVisible(not stands)
        if isinstance(asked.answer, int | float):
            self.field.setText(write(asked.answer))


class PointedAnswer(_TakenAnswer):
    """What is pointed at in the window, or drawn in the plane."""

    def __init__(self, asked: Asked, words: Words) -> None:
        super().__init__(words)
        self._says = named(QLabel(wordWrap=True), "pointing")
        row = QHBoxLayout()
        row.addWidget(self._says, 1)
        row.addWidget(self.take, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(row)
        self._can_take = False

    def enter(self) -> bool:
        """Take what is pointed at."""
        if self._can_take:
            self.answered.emit(None)
        return self._can_take

    def show_asked(self, asked: Asked, *, right: bool | None) -> None:
        """Say what is pointed at."""
        stands = asked.answer is not None
        self._can_take = asked.can_take and not stands
        self._says.setText(asked.pointing)
        self._says.setVisible(not stands)
        self.take.setVisible(not stands)
        self.take.setEnabled(self._can_take)


def answer_widget(asked: Asked, words: Words, *, brief: bool = False) -> AnswerWidget:
    """Return what takes the answer to a question; a brief one leaves out what is over."""
    match asked.kind:
        case "choice":
            return ChoiceAnswer(asked, words, brief=brief)
        case "class":
            return ChoiceAnswer(asked, words, across=CLASSES_IN_A_ROW, brief=brief)
        case "number":
            return NumberAnswer(asked, words)
    return PointedAnswer(asked, words)
