"""The window in front: dialogs stand over what is looked at, on the screen where that is.

A stage that covers the desktop's window is in front of it; on a screen of its own it is the
class's, and dialogs stay with whoever teaches.
"""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget

from nnviz.views.palette import Theme

MOST = 0.92
"""The largest share of a window, each way, that a dialog over it takes."""


@runtime_checkable
class KnowsFront(Protocol):
    """A window that may be covered by another of its own."""

    def front(self) -> QWidget:
        """Return the window in front: the one that covers it, or itself."""


@runtime_checkable
class Dressed(Protocol):
    """A window that has a theme of its own.

    Attributes:
        theme: as long as it wears one.
    """

    theme: Theme | None

    def take_over(self, dialog: QDialog) -> None:
        """Give a dialog, which stood over another window before, letters and colours."""


def front_of(widget: QWidget) -> QWidget:
    """Return the window in front where a widget belongs; without a main window its own."""
    at: QWidget | None = widget
    while at is not None:
        if isinstance(at, KnowsFront):
            return at.front()
        at = at.parentWidget()
    return widget.window()


def theme_of(front: QWidget, usual: Theme) -> Theme:
    """Return the theme that a window in front wears: its own, else the usual one."""
    own = front.theme if isinstance(front, Dressed) else None
    return own or usual


@runtime_checkable
class FollowsTheme(Protocol):
    """A dialog that follows theme and scale while it is open."""

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""


def come_over(dialog: QDialog, front: QWidget, usual: Theme) -> None:
    """Show a dialog over a window, wherever it stood before, in the theme that the window wears.

    Args:
        dialog: one that is kept, open or closed.
        front: the window.
        usual: the theme of a window that has none of its own.
    """
    if dialog.parentWidget() is not front:
        dialog.setParent(front, dialog.windowFlags())
        if isinstance(front, Dressed):
            front.take_over(dialog)
        if isinstance(dialog, FollowsTheme):
            dialog.set_theme(theme_of(front, usual))
    dialog.show()
    dialog.raise_()


def within(front: QWidget | None, width: int, height: int) -> QSize:
    """Return a size for a dialog, no larger than a window leaves it; any for None."""
    if front is None:
        return QSize(width, height)
    return QSize(min(width, round(MOST * front.width())), min(height, round(MOST * front.height())))
