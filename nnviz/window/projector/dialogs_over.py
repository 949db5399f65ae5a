"""Dialogs over the stage: they take on its letters and colours, and give keys back to it.

Qt gives a window those of the application, whatever the window below it has; and with a style
sheet of the application letters are not handed down from a dialog to what stands in it.
"""

from PySide6.QtCore import QChildEvent, QEvent, QObject, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QDialog, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.event_filter import hear
from nnviz.views.shared.front import FollowsTheme

_GIVEN = "letters_of_the_stage"
"""A part's property: its letters were given here, and are given anew."""


class DialogsOver(QObject):
    """Dresses every dialog over a stage before it is shown, and what Qt adds to it as it comes."""

    def __init__(self, stage: QWidget) -> None:
        """Watch for dialogs."""
        super().__init__(stage)
        self._stage = stage
        hear(stage, (QEvent.Type.ChildPolished,), self._child_polished)

    def _child_polished(self, _stage: QObject, event: QEvent) -> bool:
        """Dress what is polished."""
        child = event.child() if isinstance(event, QChildEvent) else None
        if isinstance(child, QDialog):
            self.take_over(child)
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dress what is shown; undress what goes over to the desktop."""
        if isinstance(watched, QDialog):
            if event.type() == QEvent.Type.Show:
                self._dress(watched)
            elif event.type() == QEvent.Type.ParentChange:
                self._let_go(watched)
        return False

    def take_over(self, dialog: QDialog) -> None:
        """Dress a dialog from now on."""
        dialog.installEventFilter(self)
        self._dress(dialog)

    def follow(self, theme: Theme) -> None:
        """Let all of them take on the theme that the stage has taken on."""
        for dialog in self._open():
            self._dress(dialog)
            if isinstance(dialog, FollowsTheme):
                dialog.set_theme(theme)

    def close(self) -> None:
        """Close all of them: the stage goes."""
        for dialog in self._open():
            dialog.close()

    def _open(self) -> list[QDialog]:
        children = Qt.FindChildOption.FindDirectChildrenOnly
        found = self._stage.findChildren(QDialog, options=children)
        return [dialog for dialog in found if dialog.isVisible()]

    def _dress(self, dialog: QDialog) -> None:
        """Give a dialog letters and colours, but for parts that have some of their own."""
        font, palette = self._stage.font(), self._stage.palette()
        for part in (dialog, *dialog.findChildren(QWidget)):
            if not part.testAttribute(Qt.WidgetAttribute.WA_SetFont) or part.property(_GIVEN):
                part.setFont(font)
                part.setProperty(_GIVEN, True)
            if not part.testAttribute(Qt.WidgetAttribute.WA_SetPalette) or part.property(_GIVEN):
                part.setPalette(palette)

    def _let_go(self, dialog: QDialog) -> None:
        """Take back what was given."""
        dialog.removeEventFilter(self)
        for part in (dialog, *dialog.findChildren(QWidget)):
            if part.property(_GIVEN):
                part.setProperty(_GIVEN, None)
                part.setFont(QFont())
                part.setPalette(QPalette())


class KeysBack(QObject):
    """Gives the keys back to a stage that had them, once a dialog over the desktop has closed.

    Beside a stage on a screen of its own dialogs stand before whoever teaches; a window manager
    gives the keys to the window below them.
    """

    def __init__(self, window: QWidget, stage: QWidget) -> None:
        """Watch for dialogs over the desktop's window."""
        super().__init__(stage)
        self._stage = stage
        hear(window, (QEvent.Type.ChildPolished,), self._child_polished)

    def _child_polished(self, _window: QObject, event: QEvent) -> bool:
        """See what comes while the stage has the keys."""
        child = event.child() if isinstance(event, QChildEvent) else None
        if isinstance(child, QDialog) and self._stage.isActiveWindow():
            child.finished.connect(self._back)
        return False

    def _back(self) -> None:
        if self._stage.isVisible():
            self._stage.activateWindow()
