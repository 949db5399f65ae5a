"""The tabs of docks that stand behind one another: how closely they stand, and what they float."""

from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabBar

from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.panel import Dock

CLOSER = 20
"""Pixels that a narrow tab and the gap after it have less than others, at most."""

_CHANGES = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest)


class DockTabs(QObject):
    """Looks after the tab bars that Qt makes and takes away as docks are moved.

    Attributes:
        shortens: True where titles are shortened that have no room; False where the bar scrolls,
            as it should with more tabs than could be told apart by a few letters.
    """

    def __init__(self, window: QMainWindow, later: QTimer) -> None:
        """Begin with none.

        Args:
            window: has the tab bars.
            later: started where they have to be looked at again.
        """
        super().__init__(window)
        self._window, self._later = window, later
        self._bars: list[QTabBar] = []
        self._scale = TypeScale()
        self.shortens = True

    def set_scale(self, scale: TypeScale) -> None:
        """Follow the scale."""
        self._scale = scale

    def look(self) -> None:
        """Look after every tab bar there is now."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for bar in self._window.findChildren(QTabBar, options=direct):
            if bar not in self._bars:
                self._bars.append(bar)
                bar.setElideMode(Qt.TextElideMode.ElideNone)
                bar.tabBarDoubleClicked.connect(partial(self._float, bar))
                bar.setToolTip("Double-click a tab to make a window of it.")
                bar.installEventFilter(self)
            self._narrow(bar)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look after tabs that have come or gone, or whose width has been dragged."""
        if event.type() in _CHANGES and watched in self._bars:
            self._later.start()
        return False

    def _docks_of(self, bar: QTabBar) -> list[QDockWidget | None]:
        """Return the dock that each tab stands for: Qt keeps its address as the tab's data."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        docks = self._window.findChildren(QDockWidget, options=direct)
        by_address = {shiboken6.getCppPointer(dock)[0]: dock for dock in docks}
        return [by_address.get(bar.tabData(tab)) for tab in range(bar.count())]

    def _narrow(self, bar: QTabBar) -> None:
        """Set tabs closer where there is no room for all, and shorten them before any is lost."""
        around = self._window.rect()
        docks = [dock for dock in self._docks_of(bar) if dock is not None]
        widths = [dock.width() for dock in docks if around.contains(dock.geometry())]
        narrow = bool(bar.property("narrow"))
        wanted = bar.sizeHint().width() + narrow * self._scale.space(CLOSER) * bar.count()
        if not widths:  # not laid out yet
            return
        if (wanted > max(widths)) != narrow:
            bar.setProperty("narrow", not narrow)
            bar.style().unpolish(bar)
            bar.style().polish(bar)
            QApplication.sendEvent(bar, QEvent(QEvent.Type.StyleChange))
        crowded = bar.sizeHint().width() > max(widths)
        short = crowded and self.shortens
        elide = Qt.TextElideMode.ElideRight if short else Qt.TextElideMode.ElideNone
        if (elide, not short) != (bar.elideMode(), bar.usesScrollButtons()):
            bar.setElideMode(elide)  # the whole title is a tab's tip
            bar.setUsesScrollButtons(not short)

    def _float(self, bar: QTabBar, tab: int) -> None:
        dock = self._docks_of(bar)[tab] if tab >= 0 else None
        if isinstance(dock, Dock):
            dock.toggle_floating()
