"""A hand at mouse and keyboard, through the display server, which counts what it does.

One action is one click, one press of a key, or one text typed in one go; to move the pointer is
none.
"""

import subprocess

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QMenu

from tests.window.real_keys import press


class RealHand:
    """Clicks, presses and types; `actions` is how often."""

    def __init__(self):
        self.actions = 0

    def move(self, place):
        """Move the pointer to a place of the screen."""
        where = str(place.x()), str(place.y())
        subprocess.run(["xdotool", "mousemove", *where], check=True)

    def click(self, place):
        """Click the left button at a place of the screen."""
        self.move(place)
        subprocess.run(["xdotool", "click", "1"], check=True)
        self.actions += 1

    def press(self, key):
        """Press a key by its name in X."""
        press(key)
        self.actions += 1

    def type(self, text):
        """Type a text into what has the keys."""
        subprocess.run(["xdotool", "type", text], check=True)
        self.actions += 1


def place_of(widget, at=None):
    """Return where the middle of a widget, or a place in it, is on the screen."""
    return widget.mapToGlobal(widget.rect().center() if at is None else at)


def entry_of(menu, action):
    """Return where an entry of an open menu is on the screen."""
    box = menu.actionGeometry(action)
    return menu.mapToGlobal(QPoint(min(box.center().x(), box.left() + 60), box.center().y()))


def choose(hand, button, menu, text):
    """Click a button and, as soon as its menu is seen, one entry after the other, to a text's.

    A menu has a loop of its own until it is closed: what is clicked in it is clicked by a timer.
    """
    timer = QTimer(menu, interval=20)

    def look():
        shown = QApplication.activePopupWidget()
        if not isinstance(shown, QMenu) or not shown.windowHandle().isExposed():
            return
        for action in shown.actions():
            inside = action.menu()
            if action.text() == text:
                timer.stop()
                hand.click(entry_of(shown, action))
                return
            if inside is not None and any(one.text() == text for one in inside.actions()):
                if not inside.isVisible():
                    hand.click(entry_of(shown, action))
                return

    timer.timeout.connect(look)
    timer.start()
    hand.click(place_of(button))
