"""What stands at the left of all panels and is none of them, and the room that it takes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QToolBar


def taken_at_left(window: QMainWindow) -> int:
    """Return the width of what stands at the left of all panels; 0 where nothing does."""
    bars = window.findChildren(QToolBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    left = Qt.ToolBarArea.LeftToolBarArea
    at_left = [bar for bar in bars if bar.isVisible() and window.toolBarArea(bar) == left]
    return sum(max(bar.width(), bar.minimumWidth()) for bar in at_left)
