"""The widget that counts a show of hands: a click on a choice, its digit, + and −, or a number."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton

from nnviz.numbers import integer
from nnviz.views.palette import Theme
from nnviz.views.shared import styles
from nnviz.views.shared.named import named
from nnviz.views.shared.number_field import FieldUndo
from nnviz.views.shared.type_scale import Step
from nnviz.window.lesson.answers import GAP, AnswerWidget
from nnviz.window.lesson.choice_button import ChoiceButton
from nnviz.window.lesson.hand_bars import HandBar
from nnviz.window.lesson.hands import MOST, HandsUp
from nnviz.window.lesson.shown import Asked
from nnviz.window.lesson.words import Words

FIELD = 34
"""Pixels of the width of a number at a factor of 1."""


class HandsAnswer(AnswerWidget):
    """Counts hands for each choice, and shows them once they stand."""

    def __init__(self, asked: Asked, words: Words) -> None:
        super().__init__()
        self._words, self._counts, self._open = words, asked.hands, True
        self.buttons: list[ChoiceButton] = []
        self.fields: list[QLineEdit] = []
        self.less: list[QPushButton] = []
        self.more: list[QPushButton] = []
        self.bars: list[HandBar] = []
        self._choices = asked.choices
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        for at, text in enumerate(asked.choices):
            self._add(at, text)
        self.take = named(QPushButton(), "hands_take", tip=words("hands_take_tip"))
        self.take.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.take.clicked.connect(lambda _checked=False: self.enter())
        self._grid.addWidget(self.take, 2 * len(asked.choices), 0, 1, 4)

    def _add(self, at: int, text: str) -> None:
        """Add a choice: its button, its bar, and what changes the number."""
        words = self._words
        button = ChoiceButton(str(at + 1), text, words.language)
        named(button, f"hands_choice_{at}", said=text)
        button.setToolTip(words("hands_more", choice=text))
        button.clicked.connect(lambda _checked=False: self._add_hands(at, 1))
        self.buttons.append(button)
        self.bars.append(HandBar(numbered=False))
        for sign, kept, tip, by in (
            ("−", self.less, "hands_less", -1),
            ("+", self.more, "hands_more", 1),
        ):
            said = words(tip, choice=text)
            small = named(QPushButton(sign), f"{tip}_{at}", tip=said, said=said)
            small.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            small.setAutoRepeat(True)
            small.clicked.connect(lambda _checked=False, by=by: self._add_hands(at, by))
            kept.append(small)
        said = words("hands_number", choice=text)
        field = named(QLineEdit(), f"hands_number_{at}", tip=said, said=said)
        field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        field.setValidator(QIntValidator(0, MOST, field))
        field.textEdited.connect(lambda typed: self._put(at, _number(typed)))
        field.returnPressed.connect(self.enter)
        FieldUndo(field)
        self.fields.append(field)

    def _lay(self, *, wide: bool) -> None:
        """Put what changes a number beside its choice where that is wide, else beside its bar."""
        for at, (button, bar) in enumerate(zip(self.buttons, self.bars, strict=True)):
            row = 2 * at
            self._grid.addWidget(button, row, 0, 1, 1 if wide else 4)
            self._grid.addWidget(bar, row + 1, 0)
            beside = (self.less[at], self.fields[at], self.more[at])
            for column, part in enumerate(beside, 1):
                self._grid.addWidget(part, row if wide else row + 1, column)

    def _add_hands(self, at: int, by: int) -> None:
        self.buttons[at].setChecked(False)
        if self._open:
            self._put(at, self._counts[at] + by)

    def _put(self, at: int, count: int) -> None:
        counts = list(self._counts)
        counts[at] = min(max(count, 0), MOST)
        self.answered.emit(HandsUp(tuple(counts)))

    def take_digit(self, digit: int) -> bool:
        """Add a hand to the choice of a number."""
        if not (self._open and 0 < digit <= len(self.buttons)):
            return False
        self._add_hands(digit - 1, 1)
        return True

    def enter(self) -> bool:
        """Let the hands stand, if any is up."""
        can = self._open and any(self._counts)
        if can:
            self.answered.emit(HandsUp(self._counts, taken=True))
        return can

    def show_asked(self, asked: Asked, *, right: bool | None) -> None:
        """Show the hands, and which choice is right."""
        self._open, self._counts = asked.answer is None, asked.hands
        total = sum(asked.hands)
        for at, count in enumerate(asked.hands):
            self.bars[at].show_count(count, total, said=self._choices[at])
            self.bars[at].numbered = not self._open
            self.bars[at].updateGeometry()
            self.buttons[at].judge("right" if asked.right == at else "")
            if not self.fields[at].text() or _number(self.fields[at].text()) != count:
                self.fields[at].setText(str(count))
            self.less[at].setEnabled(count > 0)
            self.more[at].setEnabled(count < MOST)
            for part in (self.less[at], self.fields[at], self.more[at]):
                part.setVisible(self._open)
        self.take.setText(self._words("hands_take", count=integer(total)))
        self.take.setEnabled(total > 0)
        self.take.setVisible(self._open)

    def set_theme(self, theme: Theme, step: Step) -> None:
        """Take on colours and sizes; what fingers touch is a choice's row of its own."""
        space = theme.scale.space
        self._grid.setSpacing(space(GAP))
        self._lay(wide=theme.scale.target > 0)
        for button in self.buttons:
            button.set_theme(theme, step)
        for bar in self.bars:
            bar.set_theme(theme, step)
        for field in self.fields:
            field.setFixedWidth(max(space(FIELD), theme.scale.target))
        self.setStyleSheet(styles.controls(theme, step=step, padding=(2, 4), corner=6))


def _number(typed: str) -> int:
    """Return what is typed as a number; 0 for what is none yet."""
    return int(typed) if typed.isdecimal() else 0
