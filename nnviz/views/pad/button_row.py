"""A row of buttons that share its width, written as large as it allows."""

from collections.abc import Sequence

from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import panel_button
from nnviz.views.shared.styles import controls
from nnviz.views.shared.type_scale import Step, sized

GAP = 5
PADDING = 6
"""Gap between buttons, and beside a button's text, at a factor of 1."""


class ButtonRow(QWidget):
    """The buttons; which of them are shown, and how they are called, is up to `_restyle`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def _button(self, text: str, tip: str) -> QPushButton:
        """Add a button."""
        button = panel_button(text, tip, self)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setMinimumSize(1, 1)
        self._row.addWidget(button, max(len(text), 3))
        return button

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as large as the width allows."""
        super().resizeEvent(event)
        self._restyle()

    def _restyle(self) -> None:
        """Name and dress the buttons for the width."""
        raise NotImplementedError

    def _largest(self) -> int:
        """Return the largest letters that the height allows."""
        return self._theme.scale.grown(Step.CAPTION, int(0.6 * self.height()))

    def _fits(self, texts: Sequence[str], size: int) -> bool:
        """Tell whether texts in letters of a size have room side by side."""
        gaps = self._theme.scale.space(GAP) * (len(texts) - 1)
        return sum(self._widths(texts, size)) + gaps <= self.width()

    def _widths(self, texts: Sequence[str], size: int) -> list[float]:
        metrics = QFontMetricsF(sized(self.font(), size))
        beside = 2 * self._theme.scale.space(PADDING)
        return [metrics.horizontalAdvance(text) + beside for text in texts]

    def _share_out(self, shown: Sequence[QPushButton], texts: Sequence[str], size: int) -> None:
        """Give each button room for its text."""
        self._row.setSpacing(self._theme.scale.space(GAP))
        for button, width in zip(shown, self._widths(texts, size), strict=True):
            self._row.setStretch(self._row.indexOf(button), round(width))

    def _style(self, size: int) -> str:
        """Return the buttons' style, with letters of a size."""
        return controls(self._theme, padding=(0, 0), corner=4) + (
            f"QPushButton {{ font-size: {size}px; }}"
            f"QPushButton:checked {{ background: {self._theme.raised};"
            f" border-color: {self._theme.now}; color: {self._theme.now}; }}"
        )
