"""The tabs of docks that stand behind one another: only whole titles, and what they float.

Where not all have room they stand closer, in smaller letters; then some say a shorter title; and
what has no room even so is in the list that a button at the end of the bar opens.
"""

from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QMenu, QTabBar, QToolButton

from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.named import named
from nnviz.window.dock import Dock
from nnviz.window.panel import Panel, enlarge_tip
from nnviz.window.theme import TABS, icon

SIDE = 22
"""Pixels that each button at the end of a bar has."""
ICON = 13
"""Pixels of its icon."""

_CHANGES = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest)
_WAYS = ((False, False), (False, True), (True, False), (True, True))
"""Whether titles are short, and tabs narrow, until all have room."""


class DockTabs(QObject):
    """Looks after the tab bars that Qt makes and takes away as docks are moved."""

    def __init__(self, window: QMainWindow, later: QTimer) -> None:
        """Begin with none.

        Args:
            window: has the tab bars.
            later: started where they have to be looked at again.
        """
        super().__init__(window)
        self._window, self._later = window, later
        self._more: dict[QTabBar, QToolButton] = {}
        self._enlarge: dict[QTabBar, QToolButton] = {}
        self._theme, self._scale = DARK, DARK.scale

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme, self._scale = theme, theme.scale
        for button in filter(shiboken6.isValid, self._enlarge.values()):
            self._dress(button)

    def look(self) -> None:
        """Look after every tab bar there is now."""
        for bar in [bar for bar in self._more if not shiboken6.isValid(bar)]:
            del self._more[bar], self._enlarge[bar]
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        alone = set(self._window.findChildren(Dock, options=direct))
        for bar in self._window.findChildren(QTabBar, options=direct):
            if bar not in self._more:
                bar.setElideMode(Qt.TextElideMode.ElideNone)
                bar.tabBarDoubleClicked.connect(partial(self._float, bar))
                bar.currentChanged.connect(self._look_soon)
                bar.setToolTip("Double-click a tab to make a window of it.")
                bar.installEventFilter(self)
                self._enlarge[bar] = self._enlarging(bar)
                self._more[bar] = self._button(bar)
            alone -= set(self.docks_of(bar))
            self._fit(bar)
        for dock in alone:
            dock.shorten(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look after tabs that have come or gone, or whose width has been dragged."""
        if event.type() in _CHANGES and watched in self._more:
            self._look_soon()
        return False

    def _look_soon(self, _tab: int = 0) -> None:
        self._later.start()

    def docks_of(self, bar: QTabBar) -> list[QDockWidget | None]:
        """Return the dock that each tab stands for: Qt keeps its address as the tab's data."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        docks = self._window.findChildren(QDockWidget, options=direct)
        by_address = {shiboken6.getCppPointer(dock)[0]: dock for dock in docks}
        return [by_address.get(bar.tabData(tab)) for tab in range(bar.count())]

    def _fit(self, bar: QTabBar) -> None:
        """Write titles as large and as long as all have room, and put into the list what has not.

        Qt has a bar scroll that is too narrow for its tabs, and never makes it wider for them.
        """
        around = self._window.rect()
        docks = self.docks_of(bar)
        seen = [dock.width() for dock in docks if dock and around.contains(dock.geometry())]
        if not seen:  # not laid out yet
            return
        side = self._scale.space(SIDE)
        room, wide = max(seen) - side, [0]
        self._place(bar, self._enlarge[bar], room)
        front = docks[bar.currentIndex()] if bar.currentIndex() >= 0 else None
        self._enlarge[bar].setToolTip(enlarge_tip(_title(front, short=False)))
        for short, narrow in _WAYS:
            titles = [_title(dock, short=short) for dock in docks]
            wide = [self._width(bar, title, narrow) for title in titles]
            if sum(wide) <= room:
                break
        for tab, dock in enumerate(docks):
            if isinstance(dock, Dock):
                dock.shorten(short)
                bar.setTabToolTip(tab, dock.titles[0])
        changed = narrow != bool(bar.property("narrow"))
        if changed:
            bar.setProperty("narrow", narrow)
            bar.style().unpolish(bar)
            bar.style().polish(bar)
        if self._show_whole(bar, wide, room) or changed:  # it would stay scrolled
            QApplication.sendEvent(bar, QEvent(QEvent.Type.StyleChange))

    def _show_whole(self, bar: QTabBar, wide: list[int], room: int) -> bool:
        """Show the front tab, those that have room beside it, and the button if any has not.

        Returns:
            whether others are shown than before.
        """
        button, side = self._more[bar], self._scale.space(SIDE)
        crowded, front = sum(wide) > room, bar.currentIndex()
        left, others = room - wide[front] - side * crowded, False
        for tab, width in enumerate(wide):
            shown = tab == front or width <= left
            left -= width * (shown and tab != front)
            others |= shown != bar.isTabVisible(tab)
            bar.setTabVisible(tab, shown)
        button.setVisible(crowded)
        self._place(bar, button, room - side)
        return others

    def _place(self, bar: QTabBar, button: QToolButton, left: int) -> None:
        edge = self._scale.space(2)
        button.setGeometry(left, edge, self._scale.space(SIDE), bar.height() - 2 * edge)

    def _width(self, bar: QTabBar, title: str, narrow: bool) -> int:
        """Return the width of a tab, as the style sheet has it."""
        step, beside, gap = TABS[narrow]
        letters = QFontMetrics(self._scale.font(bar.font(), step)).size(0, title)
        space = self._scale.space
        return letters.width() + 2 * (space(beside) + space(1)) + space(gap)

    def _button(self, bar: QTabBar) -> QToolButton:
        button = QToolButton(bar)
        button.setObjectName("more_tabs")
        button.setText("»")
        button.setToolTip("All panels that stand here")
        button.setAccessibleName(button.toolTip())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.aboutToShow.connect(partial(self._list, bar, menu))
        button.setMenu(menu)
        return button

    def _enlarging(self, bar: QTabBar) -> QToolButton:
        """Return the button that enlarges the panel in front: a tab takes the place of its own."""
        button = named(QToolButton(bar), "enlarge_tab", said="Enlarge this panel")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._want_enlarged, bar))
        self._dress(button)
        button.show()
        return button

    def _dress(self, button: QToolButton) -> None:
        size = self._scale.space(ICON)
        button.setIcon(icon("enlarge", self._theme.dim))
        button.setIconSize(QSize(size, size))

    def _want_enlarged(self, bar: QTabBar) -> None:
        dock = self.docks_of(bar)[bar.currentIndex()]
        panel = dock if isinstance(dock, Dock) or dock is None else dock.widget()
        if isinstance(panel, Dock | Panel):
            panel.enlarge_wanted.emit()

    def _list(self, bar: QTabBar, menu: QMenu) -> None:
        menu.clear()
        for tab, dock in enumerate(self.docks_of(bar)):
            action = QAction(_title(dock, short=False), menu, checkable=True)
            action.setChecked(tab == bar.currentIndex())
            action.triggered.connect(partial(bar.setCurrentIndex, tab))
            menu.addAction(action)

    def _float(self, bar: QTabBar, tab: int) -> None:
        dock = self.docks_of(bar)[tab] if tab >= 0 else None
        if isinstance(dock, Dock):
            dock.toggle_floating()


def _title(dock: QDockWidget | None, *, short: bool) -> str:
    if isinstance(dock, Dock):
        return dock.titles[-1 if short else 0]
    return dock.windowTitle() if dock else ""
