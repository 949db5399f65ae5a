"""The buttons while a hand is learned, in place of the pad's own."""

from collections.abc import Sequence

from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from nnviz.views.pad import hand_text
from nnviz.views.pad.tools import GAP, PADDING
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import panel_button
from nnviz.views.shared.styles import controls
from nnviz.views.shared.type_scale import Step, sized


class HandButtons(QWidget):
    """Go on, again, leave out, leave; what they do is the lesson's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.on = self._button(hand_text.NEXT, hand_text.NEXT_TIP)
        self.again = self._button(hand_text.AGAIN, hand_text.AGAIN_TIP)
        self.skip = self._button(hand_text.skip(0), hand_text.SKIP_TIP)
        self.anew = self._button(hand_text.ANEW, hand_text.ANEW_TIP)
        self.leave = self._button(hand_text.STOP, hand_text.LEAVE_TIP)
        self._buttons = (self.on, self.again, self.skip, self.anew, self.leave)
        self._wordings: dict[QPushButton, Sequence[str]] = {}

    def _button(self, text: str, tip: str) -> QPushButton:
        button = panel_button(text, tip, self)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setMinimumSize(1, 1)
        self._row.addWidget(button)
        return button

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

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as large and as fully as the width allows."""
        super().resizeEvent(event)
        self._restyle()

    def _restyle(self) -> None:
        """Choose the largest letters in which the shortest wordings fit, then the fullest words."""
        if not self._wordings:
            return
        scale, gap = self._theme.scale, self._theme.scale.space(GAP)
        least = scale.px(Step.CAPTION)
        size = scale.grown(Step.CAPTION, int(0.6 * self.height()))
        texts = [words[0] for words in self._wordings.values()]
        while self._width(texts, size) > self.width() and size > least:
            size -= 1
        if self._width(texts, size) > self.width():
            texts = [words[-1] for words in self._wordings.values()]
        style = controls(self._theme, padding=(0, 0), corner=4) + (
            f"QPushButton {{ font-size: {size}px; }}"
        )
        self._row.setSpacing(gap)
        for button, text in zip(self._wordings, texts, strict=True):
            button.setText(text)
            self._row.setStretch(self._row.indexOf(button), round(self._width([text], size)))
            if button.styleSheet() != style:
                button.setStyleSheet(style)

    def _width(self, texts: Sequence[str], size: int) -> float:
        metrics, scale = QFontMetricsF(sized(self.font(), size)), self._theme.scale
        beside = 2 * scale.space(PADDING)
        words = sum(metrics.horizontalAdvance(text) + beside for text in texts)
        return words + scale.space(GAP) * (len(texts) - 1)
