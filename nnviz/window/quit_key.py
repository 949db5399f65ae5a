"""The quit key in dialogs: Qt keeps the keys of a window from whatever stands over it."""

from PySide6.QtCore import QChildEvent, QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from nnviz.views.shared.event_filter import hear


class QuitKey(QObject):
    """Lets the key that closes the program do so in every dialog over its windows."""

    def __init__(self, quit: QAction, window: QWidget) -> None:
        """Watch for dialogs over the window that an action closes."""
        super().__init__(window)
        self._quit = quit
        self.watch(window)

    def watch(self, window: QWidget) -> None:
        """Watch for dialogs over another window, too, such as a stage."""
        hear(window, (QEvent.Type.ChildPolished,), self._child_polished)

    def _child_polished(self, _window: QObject, event: QEvent) -> bool:
        child = event.child() if isinstance(event, QChildEvent) else None
        if isinstance(child, QDialog):
            child.addAction(self._quit)
        return False


def dismiss_dialogs(window: QWidget) -> None:
    """Leave every dialog over a window as Escape does, the last one first: it is closed."""
    for dialog in reversed(window.findChildren(QDialog)):
        if dialog.isVisible():
            dialog.reject()
