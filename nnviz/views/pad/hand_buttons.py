"""The buttons while a hand is learned, in place of the pad's own."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.views.pad import hand_text
from nnviz.views.pad.button_row import ButtonRow
from nnviz.views.shared.type_scale import Step


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

    def offer(self, offered: dict[QPushButton, tuple[Sequence[str], str, bool]]) -> None:
        """Show these buttons: each with its wordings, its tip and whether it can be pressed."""
        for button in self._buttons:
            button.setVisible(button in offered)
        wordings: dict[QPushButton, Sequence[str]] = {}
        for button, (words, tip, enabled) in offered.items():
            button.setToolTip(tip)
            button.setEnabled(enabled)
            wordings[button] = words
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
