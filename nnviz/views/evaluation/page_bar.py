"""The row of buttons for the parts; one button with a menu where they have no room side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.views.evaluation.state import PAGES
from nnviz.views.evaluation.text import PAGE_NAMES, PAGE_TIPS
from nnviz.views.palette import Theme
from nnviz.views.shared.buttons import panel_button
from nnviz.views.shared.styles import controls


class PageBar(QWidget):
    """A button for each part, the one shown pressed; `chosen` tells which is to be shown."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = PAGES
        self.buttons = {
            name: panel_button(PAGE_NAMES[name], PAGE_TIPS[name], self) for name in PAGES
        }
        for name, button in self.buttons.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
        self.menu = panel_button("", "Show another part", self)
        choices = QMenu(self.menu)
        for name in PAGES:
            choices.addAction(PAGE_NAMES[name]).triggered.connect(
                lambda _=False, name=name: self.chosen.emit(name)
            )
        self.menu.setMenu(choices)

    def show_pages(self, names: Sequence[str], page: str) -> None:
        """Offer these parts, of which one is shown."""
        self._names = tuple(names)
        for action, name in zip(self.menu.menu().actions(), PAGES, strict=True):
            action.setVisible(name in names)
        for name, button in self.buttons.items():
            button.setChecked(name == page)
        self.menu.setText(f"{PAGE_NAMES[page]} ▾" if page else "")
        self._arrange()

    def set_theme(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        style = controls(theme, padding=(0, 0))
        for button in (*self.buttons.values(), self.menu):
            button.setFont(font)
            button.setStyleSheet(style)
        self.setFont(font)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons in their places."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        metrics = QFontMetricsF(self.font())
        needed = {name: metrics.horizontalAdvance(PAGE_NAMES[name]) for name in self._names}
        gap, high = max(1, self.height() // 8), self.height()
        spare = (self.width() - sum(needed.values())) / max(len(needed), 1) - gap
        together = spare >= 0.4 * max(self.font().pixelSize(), 1)
        left = 0.0
        for name, button in self.buttons.items():
            button.setVisible(together and name in needed)
            if button.isVisibleTo(self):
                wide = needed[name] + spare
                button.setGeometry(round(left), 0, round(wide), high)
                left += wide + gap
        self.menu.setVisible(not together)
        self.menu.setGeometry(0, 0, self.width(), high)
