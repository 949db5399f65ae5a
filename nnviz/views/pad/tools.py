"""The pad's row of buttons: rub out, take back, clear, more, why, and what it is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from nnviz.views.palette import DARK, Theme

GAP = 5
SMALLEST = 9


class PadTools(QWidget):
    """The buttons; what they do is the view's.

    Attributes:
        erase: changes between drawing and rubbing out.
        undo, clear: take the last change back, and everything off.
        more: opens `menu`.
        why: asks which pixels spoke for the answer.
        teach: says what the drawing is.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self.menu = QMenu(self)
        self.erase = self._button("erase", "Rub out parts of strokes; the pen's other end does too")
        self.undo = self._button("undo", "Take the last change of the pad back (Backspace)")
        self.clear = self._button("clear", "Take everything off the pad (right click, Delete)")
        self.more = self._button("⋯", "Pictures, earlier drawings and what the network shows")
        self.why = self._button("why?", "Which pixels spoke for the answer, and which against it")
        self.teach = self._button("it is a …", "Say what it is: it joins the training data")
        self.erase.setCheckable(True)
        self.more.setAccessibleName("More")
        self.more.clicked.connect(self._open_menu)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.setMinimumSize(1, 1)
        self._row.addWidget(button, max(len(text), 3))
        return button

    def name_why(self, text: str) -> None:
        """Say what the next press of the question's button does."""
        if text != self.why.text():
            self.why.setText(text)
            self._restyle()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as large as the width allows."""
        super().resizeEvent(event)
        self._restyle()

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().topLeft()))

    def _restyle(self) -> None:
        buttons = [self.erase, self.undo, self.clear, self.more, self.why, self.teach]
        size = max(SMALLEST, int(0.6 * self.height()))
        font = self.font()
        while True:
            font.setPixelSize(size)
            metrics = QFontMetricsF(font)
            widths = [metrics.horizontalAdvance(button.text()) + 12 for button in buttons]
            if size <= SMALLEST or sum(widths) + GAP * (len(buttons) - 1) <= self.width():
                break
            size -= 1
        for place, width in enumerate(widths):
            self._row.setStretch(place, round(width))
        theme = self._theme
        style = (
            f"QPushButton {{ background: {theme.raised}; color: {theme.text}; border: 1px solid "
            f"{theme.line}; border-radius: 4px; padding: 0px; min-height: 0px; min-width: 0px; "
            f"font-size: {size}px; }}"
            f"QPushButton:hover, QPushButton:focus {{ border-color: {theme.dim}; }}"
            f"QPushButton:checked {{ border-color: {theme.now}; color: {theme.now}; }}"
            f"QPushButton:disabled {{ color: {theme.dim}; background: {theme.panel}; }}"
        )
        for button in buttons:
            if button.styleSheet() != style:
                button.setStyleSheet(style)
