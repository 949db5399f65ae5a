"""Names of widgets: for style sheets, for tests, for the pointer and for screen readers."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str = "", *, tip: str = "", said: str = "") -> W:
    """Return a widget with its name in style sheets, its tooltip and its accessible name."""
    widget.setObjectName(name)
    widget.setToolTip(tip)
    widget.setAccessibleName(said)
    return widget
