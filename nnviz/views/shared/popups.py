"""Where a window that pops up stands: above a place of the screen, and never beyond its edges."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget


def open_above(popup: QWidget, place: QPoint) -> None:
    """Show a popup with its lower left corner at a place of the screen, moved where it must be."""
    popup.adjustSize()
    screen = popup.screen().availableGeometry()
    x = max(min(place.x(), screen.right() - popup.width()), screen.left())
    y = max(min(place.y(), screen.bottom()) - popup.height(), screen.top())
    popup.move(x, y)
    popup.show()
