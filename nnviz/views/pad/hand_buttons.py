"""The buttons while a hand is learned, in place of the pad's own."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.views.pad import hand_text
from nnviz.views.pad.button_row import ButtonRow
from nnviz.views.pad.hand_picture import DRAWN, Stage
from nnviz.views.pad.hand_state import HandState
from nnviz.views.shared.type_scale import Step


class ButtonState(NamedTuple):
    """What a button says, fully and in short, and whether it can be pressed."""

    wordings: Sequence[str]
    tip: str
    enabled: bool = True


class HandButtons(ButtonRow):
    """Go on, again, leave out, leave; what they do is the lesson's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.on = self._button(hand_text.NEXT, hand_text.NEXT_TIP)
        self.again = self._button(hand_text.AGAIN, hand_text.AGAIN_TIP)
        self.skip = self._button(hand_text.skip(0), hand_text.SKIP_TIP)
        self.anew = self._button(hand_text.ANEW, hand_text.ANEW_TIP)
        self.leave = self._button(hand_text.STOP, hand_text.LEAVE_TIP)
        self._buttons = (self.on, self.again, self.skip, self.anew, self.leave)
        self._wordings: dict[QPushButton, Sequence[str]] = {}

    def show_stage(self, stage: Stage, state: HandState, *, drawn: bool) -> None:
        """Show what can be done at a stage; `drawn` where something lies on the sheet."""
        wanted, shown = state.wanted, dict[QPushButton, ButtonState]()
        if stage in DRAWN:
            shown[self.on] = ButtonState((hand_text.NEXT,), hand_text.NEXT_TIP, drawn)
        elif stage is Stage.READY:
            shown[self.on] = ButtonState(hand_text.learn(len(state.hand)), hand_text.LEARN_TIP)
        else:
            shown[self.on] = ButtonState(hand_text.TEN_MORE, hand_text.TEN_TIP)
        if stage in (*DRAWN, Stage.READY):
            some = drawn or (bool(state.hand) and stage is not Stage.TRYING)
            shown[self.again] = ButtonState((hand_text.AGAIN,), hand_text.AGAIN_TIP, some)
        if stage not in DRAWN:
            shown[self.anew] = ButtonState((hand_text.ANEW,), hand_text.ANEW_TIP)
        elif wanted is not None:
            shown[self.skip] = ButtonState((hand_text.skip(wanted),), hand_text.SKIP_TIP)
        leave = hand_text.STOP if stage in DRAWN else hand_text.CLOSE
        shown[self.leave] = ButtonState((leave,), hand_text.LEAVE_TIP)
        self._apply(shown)

    def _apply(self, shown: dict[QPushButton, ButtonState]) -> None:
        for button in self._buttons:
            button.setVisible(button in shown)
        wordings: dict[QPushButton, Sequence[str]] = {}
        for button, state in shown.items():
            button.setToolTip(state.tip)
            button.setEnabled(state.enabled)
            wordings[button] = state.wordings
        if wordings != self._wordings:
            self._wordings = wordings
            self._restyle()

    def _restyle(self) -> None:
        """Choose the largest letters in which the full wordings fit, else the short ones."""
        if not self._wordings:
            return
        least, size = self._theme.scale.px(Step.CAPTION), self._largest()
        texts = [words[0] for words in self._wordings.values()]
        while not self._fits(texts, size) and size > least:
            size -= 1
        if not self._fits(texts, size):
            texts = [words[-1] for words in self._wordings.values()]
        self._share_out(list(self._wordings), texts, size)
        style = self._style(size)
        for button, text in zip(self._wordings, texts, strict=True):
            button.setText(text)
            if button.styleSheet() != style:
                button.setStyleSheet(style)
