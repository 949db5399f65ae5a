"""The pad's row of buttons: rub out, take back, clear, more, why, and what it is."""

from PySide6.QtGui import QAction, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from nnviz.views.pad import hand_text
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import panel_button
from nnviz.views.shared.styles import controls
from nnviz.views.shared.type_scale import Step, sized

GAP = 5
PADDING = 6
"""Gap between buttons, and beside a button's text, at a factor of 1."""


class PadTools(QWidget):
    """The buttons; what they do is the view's. Those that have no room stand in the menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.menu = QMenu(self)
        self.erase = self._button("erase", "Rub out parts of strokes; the pen's other end does too")
        self.undo = self._button("undo", "Take the last change of the pad back (Backspace)")
        self.clear = self._button("clear", "Take everything off the pad (right click, Delete)")
        self.more = self._button(
            "⋯", "Pictures, earlier drawings, your handwriting and what the network shows"
        )
        self.why = self._button("why?", "Which pixels spoke for the answer, and which against it")
        self.teach = self._button("it is a …", "Say what it is: it joins the training data")
        self.erase.setCheckable(True)
        self.more.setAccessibleName("More")
        self.more.clicked.connect(self._open_menu)
        self._buttons = (self.erase, self.undo, self.clear, self.more, self.why, self.teach)
        self._leaving = (self.undo, self.erase, self.teach, self.why)
        """Those that go into the menu where there is no room, the first one first."""
        self._in_menu = {button: self._in_its_place(button) for button in self._leaving}
        self.paste = self.menu.addAction("Paste a picture")
        self.paste.setToolTip("Ctrl+V over the pad")
        self.open_picture = self.menu.addAction("Open a picture…")
        self.album = self.menu.addAction("Earlier drawings…")
        self.album.setEnabled(False)
        self.hand = self.menu.addAction(hand_text.ENTRY)
        self.menu.setToolTipsVisible(True)
        self.allow_hand(allowed=False)
        self.menu.addSeparator()
        self.in_network = self.menu.addAction("Show the drawing in the network")
        self.in_network.setCheckable(True)
        self.in_network.setChecked(True)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = panel_button(text, tip, self)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setMinimumSize(1, 1)
        self._row.addWidget(button, max(len(text), 3))
        return button

    def _in_its_place(self, button: QPushButton) -> QAction:
        action = self.menu.addAction(button.text())
        action.setCheckable(button.isCheckable())
        action.triggered.connect(lambda _=False: button.click())
        return action

    def allow_hand(self, *, allowed: bool) -> None:
        """Say whether a hand can be learned, and why not."""
        self.hand.setEnabled(allowed)
        self.hand.setToolTip(hand_text.ENTRY_TIP if allowed else hand_text.NO_DIGITS)

    def set_question(self, text: str) -> None:
        """Say what the next press of the question's button does."""
        if text != self.why.text():
            self.why.setText(text)
            self._restyle()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as large as the width allows."""
        super().resizeEvent(event)
        self._restyle()

    def _open_menu(self) -> None:
        for button, action in self._in_menu.items():
            action.setText(button.text())
            action.setEnabled(button.isEnabled())
            action.setChecked(button.isChecked())
        self.menu.popup(self.more.mapToGlobal(self.more.rect().topLeft()))

    def _restyle(self) -> None:
        scale, gap = self._theme.scale, self._theme.scale.space(GAP)
        least, shown = scale.px(Step.CAPTION), list(self._buttons)
        size = scale.grown(Step.CAPTION, int(0.6 * self.height()))
        widths = self._widths(shown, size)
        while sum(widths) + gap * (len(shown) - 1) > self.width():
            if size > least:
                size -= 1
            elif len(shown) > 2:
                shown.remove(next(button for button in self._leaving if button in shown))
            else:
                break
            widths = self._widths(shown, size)
        self._row.setSpacing(gap)
        for button, width in zip(shown, widths, strict=True):
            self._row.setStretch(self._row.indexOf(button), round(width))
        style = controls(self._theme, padding=(0, 0), corner=4) + (
            f"QPushButton {{ font-size: {size}px; }}"
            f"QPushButton:checked {{ background: {self._theme.raised};"
            f" border-color: {self._theme.now}; color: {self._theme.now}; }}"
        )
        for button in self._buttons:
            button.setVisible(button in shown)
            if button in self._in_menu:
                self._in_menu[button].setVisible(button not in shown)
            if button.styleSheet() != style:
                button.setStyleSheet(style)
        self._row.activate()

    def _widths(self, buttons: list[QPushButton], size: int) -> list[float]:
        metrics = QFontMetricsF(sized(self.font(), size))
        beside = 2 * self._theme.scale.space(PADDING)
        return [metrics.horizontalAdvance(button.text()) + beside for button in buttons]
