"""The rail of the lesson's strip on the stage: buttons for a finger, where else there are keys."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared import styles
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step
from nnviz.window.lesson.hands import toggled
from nnviz.window.lesson.shown import Shown
from nnviz.window.lesson.words import Words

APART = 4
"""Pixels between two buttons."""
COLUMNS = 2
"""In how many they stand: four, one below the other, are as high as the lowest strip."""


class StageRail(QWidget):
    """Leads on and back and out of the lesson, gives hints, and begins to count hands.

    Signals:
        on_wanted(), back_wanted(), hint_wanted(), next_wanted(), skip_wanted(), leave_wanted():
            that button was pressed.
        answered(object): hands are to be counted, or no longer, as a `HandsUp`.
    """

    on_wanted, back_wanted, hint_wanted, next_wanted = Signal(), Signal(), Signal(), Signal()
    skip_wanted, leave_wanted = Signal(), Signal()
    answered = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._shown: Shown | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(APART)
        self.back = self._button("‹", "rail_back", self.back_wanted)
        self.on = self._button("›", "rail_on", self.on_wanted)
        self.hint = self._button("?", "rail_hint", self.hint_wanted)
        self.hands = self._button("H", "rail_hands", None)
        self.hands.clicked.connect(self._count_hands)
        self.leave = self._button("×", "rail_leave", self.leave_wanted)
        self.skip = self._button("»", "rail_skip", self.skip_wanted)
        self.next = self._button("»", "rail_next", self.next_wanted)
        places = (self.back, self.on, self.hint, self.hands, self.leave, self.skip)
        for place, button in enumerate(places):
            self._grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        self._grid.addWidget(self.next, 0, 1)  # where there is nothing else to go on to
        self._grid.setRowStretch(len(places) // COLUMNS, 1)

    def _button(self, sign: str, name: str, wanted: SignalInstance | None) -> QPushButton:
        button = named(QPushButton(sign), name)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys are the stage's
        if wanted is not None:
            button.clicked.connect(lambda _checked=False: wanted.emit())
        return button

    def _count_hands(self) -> None:
        if self._shown is not None and self._shown.asked is not None:
            self.answered.emit(toggled(self._shown.asked))

    def show_scene(self, shown: Shown) -> None:
        """Show what can be done in a scene as it is now."""
        self._shown, over, asked = shown, shown.finished, shown.asked
        self.on.setVisible(not over)
        self.back.setEnabled(shown.can_go_back)
        self.hint.setVisible(not over and bool(shown.hints_left or shown.hints))
        self.hint.setEnabled(shown.hints_left > 0)
        self.next.setVisible(over and bool(shown.next_title))
        self.skip.setVisible(shown.can_skip)
        self.hands.setVisible(asked is not None and asked.may_count and asked.answer is None)
        counting = asked is not None and bool(asked.hands)
        for button, name, tip in (
            (self.on, "on", self._words("on_tip")),
            (self.back, "back", self._words("back_tip")),
            (self.hint, "hint", self._words("hint_tip", left=shown.hints_left)),
            (self.next, "next", self._words("next", title=shown.next_title)),
            (self.skip, "skip_ask", self._words("skip_tip")),
            (self.leave, "leave", self._words("leave_tip")),
            (self.hands, "hands", self._words("hands_stop_tip" if counting else "hands_tip")),
        ):
            button.setToolTip(tip)
            button.setAccessibleName(tip if name == "next" else self._words(name))

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours and sizes of the stage."""
        self.setStyleSheet(styles.controls(theme, step=Step.BODY, padding=(0, 0), corner=6))
        side = max(theme.scale.target, theme.scale.space(12))
        for button in self.findChildren(QPushButton):
            button.setFixedSize(side, side)
        self.setFixedWidth(COLUMNS * side + (COLUMNS - 1) * APART)
