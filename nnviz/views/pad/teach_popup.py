"""Telling the net what a drawing is: ten large buttons, one a digit."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from nnviz.views.pad.text import WHAT_IS_IT, teaches
from nnviz.views.palette import Theme
from nnviz.views.shared.buttons import open_above
from nnviz.views.shared.styles import label, popup
from nnviz.views.shared.type_scale import Step

ACROSS = 5
"""Buttons in a row."""


class TeachPopup(QFrame):
    """Ten digits to choose from; the keys 0 to 9 and the arrows do as well."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("teach_popup")
        self._grid = grid = QGridLayout(self)
        self._words = QLabel(WHAT_IS_IT, self)
        grid.addWidget(self._words, 0, 0, 1, ACROSS)
        self.buttons = [QPushButton(str(digit), self) for digit in range(10)]
        for digit, button in enumerate(self.buttons):
            button.setAccessibleName(f"It is a {digit}")
            button.setToolTip(teaches(digit))
            button.installEventFilter(self)
            button.clicked.connect(lambda _=False, digit=digit: self._choose(digit))
            grid.addWidget(button, 1 + digit // ACROSS, digit % ACROSS)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        scale = theme.scale
        size, side = scale.px(Step.HEADING), scale.space(42)
        self._grid.setSpacing(scale.space(6))
        self._words.setFont(scale.font(self.font(), Step.BODY))
        self._words.setStyleSheet(label(theme))
        self.setStyleSheet(
            popup(theme, self.objectName())
            + f"QPushButton {{ background: {theme.raised}; color: {theme.text}; border: "
            f"{scale.space(2)}px solid {theme.line}; border-radius: {scale.space(6)}px; "
            f"font-size: {size}px; font-weight: bold; "
            f"min-width: {side}px; min-height: {side}px; }}"
            f"QPushButton:hover, QPushButton:focus {{ border-color: {theme.now}; }}"
        )

    def open_at(self, place: QPoint, guess: int) -> None:
        """Open with its lower left corner at a place of the screen, the guess in focus."""
        open_above(self, place)
        self.buttons[guess].setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys of the button in focus, whose own way with arrows is another."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by a digit's key, Enter or Space; go on with arrows or Tab; leave with Escape."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -ACROSS,
            Qt.Key.Key_Down: ACROSS,
        }
        key, text = Qt.Key(event.key()), event.text()
        if text.isascii() and text.isdigit():
            self._choose(int(text))
        elif key in steps:
            self._go(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._focused())
        elif key == Qt.Key.Key_Escape:
            self.hide()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._go(1 if key == Qt.Key.Key_Tab else -1)

    def _focused(self) -> int:
        return next((place for place, one in enumerate(self.buttons) if one.hasFocus()), 0)

    def _go(self, by: int) -> None:
        place = (self._focused() + by) % len(self.buttons)
        self.buttons[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, digit: int) -> None:
        self.hide()
        self.chosen.emit(digit)
