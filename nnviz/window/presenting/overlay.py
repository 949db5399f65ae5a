"""An overlay: a sheet that lies over a widget, hidden until it is wanted."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget


class Overlay(QWidget):
    """Lies over a widget, where that is and as large; it costs nothing while it is hidden.

    Attributes:
        above: another that lies in front of it, or None.
        lifted: called when it has come to the front: whatever is to be before it comes now.
    """

    above: "Overlay | None" = None
    lifted: Callable[[], object] = staticmethod(lambda: None)

    def __init__(self, beneath: QWidget, within: QWidget) -> None:
        """Make one, hidden.

        Args:
            beneath: what it lies over.
            within: around that, or that itself; it has no layout that takes in whatever comes.
        """
        super().__init__(within)
        self._beneath, self._within = beneath, within
        self.hide()

    @property
    def beneath(self) -> QWidget:
        """What it lies over."""
        return self._beneath

    def _place(self) -> None:
        within = self._within
        corner = QPoint() if within is self._beneath else self._beneath.mapTo(within, QPoint())
        self.setGeometry(corner.x(), corner.y(), self._beneath.width(), self._beneath.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Lie in front, and follow what is beneath from now on."""
        super().showEvent(event)
        self._beneath.installEventFilter(self)
        self._place()
        self._lift()

    def _lift(self) -> None:
        """Come to the front, behind those that lie above it."""
        self.raise_()
        self.lifted()
        if self.above is not None:
            self.above._lift()

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow nothing any more."""
        super().hideEvent(event)
        self._beneath.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the place and size of what is beneath."""
        if watched is self._beneath and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False
