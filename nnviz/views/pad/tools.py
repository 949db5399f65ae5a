"""The pad's row of buttons: rub out, take back, clear, more, why, and what it is."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from nnviz.views.pad import hand_text
from nnviz.views.pad.button_row import ButtonRow
from nnviz.views.shared.type_scale import Step


class PadTools(ButtonRow):
    """The buttons; what they do is the view's. Those that have no room stand in the menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
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
        self.as_one = self.menu.addAction("Read as one digit")
        self.as_one.setCheckable(True)
        self.as_one.setToolTip("All that is drawn, where it was taken for several digits")
        self.in_network = self.menu.addAction("Show the drawing in the network")
        self.in_network.setCheckable(True)
        self.in_network.setChecked(True)

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

    def _open_menu(self) -> None:
        for button, action in self._in_menu.items():
            action.setText(button.text())
            action.setEnabled(button.isEnabled())
            action.setChecked(button.isChecked())
        self.menu.popup(self.more.mapToGlobal(self.more.rect().topLeft()))

    def _restyle(self) -> None:
        least, size = self._theme.scale.px(Step.CAPTION), self._largest()
        shown = list(self._buttons)
        texts = [button.text() for button in shown]
        while not self._fits(texts, size):
            if size > least:
                size -= 1
            elif len(shown) > 2:
                shown.remove(next(button for button in self._leaving if button in shown))
                texts = [button.text() for button in shown]
            else:
                break
        self._share_out(shown, texts, size)
        style = self._style(size)
        for button in self._buttons:
            button.setVisible(button in shown)
            if button in self._in_menu:
                self._in_menu[button].setVisible(button not in shown)
            if button.styleSheet() != style:
                button.setStyleSheet(style)
        self._row.activate()
