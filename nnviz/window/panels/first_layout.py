"""The first layout: how panels stand until somebody moves one, in a window that is wide or narrow.

In a narrow window the network, this example, the cost and the pad stand, and all else is behind
their tabs. While nobody has moved a panel or dragged a border, the layout follows the width.
"""

from PySide6.QtCore import QByteArray, QEvent, QObject, QRect
from PySide6.QtWidgets import QMainWindow

from nnviz.views.shared.event_filter import hear
from nnviz.window.dock import Dock
from nnviz.window.docks import Docks

PRESSED = QEvent.Type.MouseButtonPress
NARROW = 1400
"""Pixels of the window's width at a factor of 1 below which it is narrow."""


class FirstLayout(QObject):
    """Knows the first layout for each kind of window, and whether it is still on screen.

    Attributes:
        untouched: True until a panel is floated or moved, or the border between two is dragged.
    """

    def __init__(self, window: QMainWindow, docks: Docks, layout_version: int) -> None:
        """Begin with docks that stand as they do at first in a wide window."""
        super().__init__(window)
        self._window, self._docks, self._version = window, docks, layout_version
        self._states = {False: window.saveState(layout_version)}
        self._shown = False
        self._before: dict[Dock, QRect] = {}
        self.untouched = True
        for dock in docks:
            dock.topLevelChanged.connect(self._moved)
        hear(window, [PRESSED, QEvent.Type.MouseButtonRelease], self._border_held)

    def state(self) -> QByteArray:
        """Return the first layout for the window as it is, as Qt writes it, to be restored at once.

        From now on this one is taken to be on screen, untouched.
        """
        self._shown, self.untouched = self._narrow, True
        if self._shown not in self._states:
            self._window.restoreState(self._states[False], self._version)
            self._docks.stand_in_two_columns()
            self._states[self._shown] = self._window.saveState(self._version)
        return self._states[self._shown]

    @property
    def outdated(self) -> bool:
        """Whether the layout on screen is untouched, and that for a window of another width."""
        return self.untouched and self._shown != self._narrow

    @property
    def _narrow(self) -> bool:
        return self._window.width() < self._docks.scale.space(NARROW)

    def _moved(self, floats: bool) -> None:
        if floats:  # whoever moves a panel takes it out first
            self.untouched = False

    def _border_held(self, _window: QObject, event: QEvent) -> bool:
        """Note that a border is dragged: only borders leave the mouse to the window itself."""
        if event.type() == PRESSED:
            self._before = self._places()
        else:
            self.untouched &= not self._before or self._before == self._places()
            self._before = {}
        return False

    def _places(self) -> dict[Dock, QRect]:
        return {dock: dock.geometry() for dock in self._docks}
