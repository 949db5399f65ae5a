"""Docks: where the panels around the centre stand at first, and which are in front.

The recipe form stands at the left; other panels of the left stand below it, one
in front of the other behind tabs. Those of the right stand below one another.
"""

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabWidget, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.dock import Dock, in_sight
from nnviz.window.dock_tabs import DockTabs

FORM = "recipe"
"""The id of the recipe form's dock."""
FORM_HEIGHT = 220
"""The form's height at a factor of 1 below which it rather has a tab."""
FORM_SHARE = 0.55
"""The form's share of the height at the left."""
LARGE, LARGE_WIDTH = 0.6, 0.33
"""The share of its side's height, and of the window's width, that a panel opened large has."""
GAP = 8
"""Pixels between two panels at a factor of 1."""
_UPRIGHT = Qt.Orientation.Vertical
_AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}


class Docks(QObject):
    """The docks of a window by id.

    Attributes:
        stacks: at each side where all stand behind one another for want of height, how they stood
            below one another before.
        alone: docks that have the panels of the centre, by id, while these stand behind tabs, too.
        tabs: their tab bars.
        folds: False where nothing is done about the height.
        scale: of letters and gaps.

    Signals:
        asked_for(str): a panel is to be seen.
    """

    asked_for = Signal(str)

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._docks: dict[str, Dock] = {}
        self._places: dict[str, str] = {}  # of those that are open at first
        self._sides: dict[str, str] = {}  # of all
        self.stacks: dict[str, list[list[Dock]]] = {}
        self.alone: dict[str, QDockWidget] = {}
        self.folds = True
        # What had no room below one another after all is not tried again until that differs.
        self._tried: dict[str, object] = {}
        self._refused: dict[str, object] = {}
        self.scale = TypeScale()
        self._latest: Dock | None = None
        self._front: tuple[str, ...] = ()
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)
        self._making_room = QTimer(self, singleShot=True, interval=0)
        self._making_room.timeout.connect(self._make_room)
        # Docks report that they are hidden while the window is being torn down, too: what is
        # done about it has to wait, and then never happens.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.note_tabs)
        self.tabs = DockTabs(window, self._soon)
        window.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks
        )
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)

    def __getitem__(self, id: str) -> Dock:
        return self._docks[id]

    def items(self) -> Iterable[tuple[str, Dock]]:
        """Return every dock with its id."""
        return self._docks.items()

    def __iter__(self) -> Iterator[Dock]:
        return iter(self._docks.values())

    def add(
        self, id: str, titles: Sequence[str], place: str, content: QWidget, *, open: bool = True
    ) -> None:
        """Put content into a dock of its own; the form comes first.

        One that is not open at first stands behind the dock before it, and comes to the front
        when it is opened.
        """
        dock = Dock(id, titles, content, self._window)
        tabbed = self._tabbed()
        self._window.addDockWidget(_AREAS[place], dock)
        if place == "left" and tabbed:
            self._window.tabifyDockWidget(tabbed[-1], dock)
        if not open:
            if place != "left" and (beside := self._at(place)):
                self._window.tabifyDockWidget(beside[-1], dock)
            dock.hide()
            dock.toggleViewAction().triggered.connect(partial(self.bring_forward, id))
        self._docks[id], self._sides[id] = dock, place
        if open:
            self._places[id] = place
        dock.visibilityChanged.connect(self._moved)
        dock.topLevelChanged.connect(self._moved)
        dock.topLevelChanged.connect(partial(self._came, dock))
        dock.toggleViewAction().triggered.connect(partial(self._came, dock))
        dock.dockLocationChanged.connect(self._moved)

    def arrange(self) -> None:
        """Give the panels their first sizes: the centre as large as can be."""
        window, right = self._window, self._at("right")
        space = self.scale.space
        width = max(space(300), min(space(470), round(0.27 * window.width())))
        left = max(space(220), min(space(300), round(0.156 * window.width())))
        window.resizeDocks([self._docks[FORM]], [left], Qt.Orientation.Horizontal)
        window.resizeDocks(right, [width] * len(right), Qt.Orientation.Horizontal)
        if self.stacks:
            return
        below = self._heads(right)
        heights = [30, 36, *[34] * len(right)] if len(below) == len(right) else [1] * len(right)
        window.resizeDocks(below, [1000 * share for share in heights[: len(below)]], _UPRIGHT)
        if tabbed := self._tabbed():
            tabbed[0].raise_()
            if form := self._heads([self._docks[FORM], tabbed[0]])[:-1]:
                shares = [round(1000 * FORM_SHARE), round(1000 * (1 - FORM_SHARE))]
                window.resizeDocks([*form, tabbed[0]], shares, _UPRIGHT)

    def _heads(self, docks: list[Dock]) -> list[Dock]:
        """Return those of some docks that stand behind none before them."""
        behind = self._window.tabifiedDockWidgets
        return [dock for n, dock in enumerate(docks) if not {*docks[:n]} & {*behind(dock)}]

    def stand_in_two_columns(self) -> None:
        """Put the form behind the tabs at the left, and at the right all but the last behind one.

        What is closed has its place there, too; those of the last place at the right stay below.
        """
        if tabbed := self._tabbed():
            self._put_behind_one_another("left", [tabbed[0], self._docks[FORM]])
            tabbed[0].raise_()
        *upper, last = self._at("right") or [self._docks[FORM]]
        if len(upper) < 2:
            return
        right = [self._docks[id] for id, where in self._sides.items() if where == "right"]
        for dock in right[1 : right.index(last)]:
            closed = dock.isHidden()
            self._window.addDockWidget(_AREAS["right"], dock, _UPRIGHT)
            self._window.tabifyDockWidget(right[0], dock)
            dock.setHidden(closed)
        right[0].raise_()

    def at_own_sides(self) -> bool:
        """Tell whether every panel is at the side where it stood at first."""
        area = self._window.dockWidgetArea
        return all(area(self._docks[id]) == _AREAS[side] for id, side in self._sides.items())

    def floats(self, id: str) -> bool:
        """Tell whether a panel is a window of its own."""
        dock = self._docks.get(id)
        return dock is not None and dock.isFloating()

    def raise_floating(self) -> None:
        """Put panels that are windows of their own in front of the main window."""
        for dock in self._docks.values():
            if dock.isFloating() and dock.isVisible():
                dock.raise_()

    def fit_soon(self) -> None:
        """Fit the panels to the window's height, once it has been laid out."""
        self._fitting.start()
        self._soon.start()

    def _fit(self) -> None:
        """Let panels at a side stand behind one another as long as a stack has no room."""
        if self._making_room.isActive():  # what was opened last has to come in front first
            return
        for place in ("left", "right") if self.folds else ():
            folded, stack = self.stacks.get(place, []), self._stack(place)
            if folded:
                groups = [[dock for dock in group if self._is_at(dock, place)] for group in folded]
                known = {dock for group in groups for dock in group}
                # What was opened since then stands behind the last.
                groups[-1] += [dock for group in stack for dock in group if dock not in known]
                stack = [group for group in groups if group]
            if not folded and not self._fits(stack):
                self._fold(place, stack)
            elif folded and self._fits(stack) and self._refused.get(place) != self._case(stack):
                self._tried[place] = self._case(stack)
                self._unfold(place, stack)

    def _make_room(self) -> None:
        """Put panels behind one another, too, where one was opened or put back without room."""
        if QApplication.mouseButtons():  # one is on its way
            self._making_room.start(100)
            return
        for place in ("left", "right") if self.folds else ():
            stack = self._stack(place)
            if not self._fits(stack):
                latest = self._latest
                front = latest if any(latest in group for group in stack) else None
                self._fold(place, self.stacks.get(place) or stack, front)
        self._fitting.start()
        if self._window.isVisible():
            front_ids, self._front = self._front, ()
            for id in front_ids:
                self.bring_forward(id)

    def _fits(self, stack: list[list[Dock]]) -> bool:
        """Tell whether these have room below one another; each is a panel and those behind it."""
        needed = sum(max(map(self._least, group), default=0) for group in stack)
        return len(stack) < 2 or needed + self.scale.space(GAP) * (len(stack) - 1) <= self.room()

    def _case(self, stack: list[list[Dock]]) -> object:
        """Return what decides whether docks have room, but for the content that they have now."""
        return self.room(), self.scale, frozenset(dock for group in stack for dock in group)

    def _least(self, dock: Dock) -> int:
        """Return the height that a dock needs below others, its title included."""
        least = max(dock.minimumSizeHint().height(), dock.minimumHeight()) + dock.folded_height()
        return max(least, self.scale.space(FORM_HEIGHT) if dock is self._docks[FORM] else 0)

    def room(self) -> int:
        """Return the height that panels have together."""
        window, top = self._window, self._window.menuWidget()
        above = top.sizeHint().height() if top is not None else 0
        margins = window.contentsMargins()
        below = window.statusBar().sizeHint().height() if window.statusBar().isVisible() else 0
        return window.height() - above - below - margins.top() - margins.bottom()

    def _is_at(self, dock: Dock, place: str) -> bool:
        there = self._window.dockWidgetArea(dock) == _AREAS[place]
        return there and not (dock.isHidden() or dock.isFloating())

    def _stack(self, place: str) -> list[list[Dock]]:
        """Return the docks that stand below one another at a side, with those behind each."""
        stack: list[list[Dock]] = []
        for dock in self._docks.values():
            if self._is_at(dock, place) and not any(dock in group for group in stack):
                behind = self._window.tabifiedDockWidgets(dock)
                others = [one for one in self._docks.values() if one in behind]
                stack.append([dock, *(one for one in others if self._is_at(one, place))])
        return stack

    def _fold(self, place: str, groups: list[list[Dock]], front: Dock | None = None) -> None:
        """Put all panels of a side behind one another; these groups come back with the room."""
        self.stacks[place] = groups
        # Content can need more without tabs than behind them: its height depends on its width.
        if self._tried.pop(place, None) == (case := self._case(self._stack(place))):
            self._refused[place] = case
        docks = [dock for group in self._stack(place) for dock in group]
        self._put_behind_one_another(place, docks)
        (front or docks[0]).raise_()

    def _put_behind_one_another(self, place: str, docks: list[Dock]) -> None:
        for before, dock in itertools.pairwise(docks):
            behind = self._window.tabifiedDockWidgets(dock)
            if before in behind:
                continue
            if behind:  # Qt 6.12 moves none that stands behind a tab already: it has to come out
                self._window.addDockWidget(_AREAS[place], dock, Qt.Orientation.Vertical)
            self._window.tabifyDockWidget(before, dock)

    def _unfold(self, place: str, stack: list[list[Dock]]) -> None:
        del self.stacks[place]
        seen = [dock for dock in self._docks.values() if in_sight(dock)]
        for group in stack[1:]:
            # Added anew: beside one behind tabs, Qt would only put it behind a tab again.
            self._window.addDockWidget(_AREAS[place], group[0], Qt.Orientation.Vertical)
            self._put_behind_one_another(place, group)
            next((dock for dock in group if dock in seen), group[0]).raise_()
        self.arrange()

    def open(self, id: str) -> None:
        """Show a dock, in front of those it shares its place with once all have their room."""
        self.asked_for.emit(id)
        self._latest = self._docks[id]
        self._docks[id].show()
        self.bring_forward(id)

    def open_large(self, id: str, share: float = LARGE_WIDTH) -> None:
        """Show a dock in front, with most of its side and a share of the window's width."""
        self.open(id)
        if self.stacks or not self.folds:
            return
        window, dock = self._window, self._docks[id]
        area, beside = window.dockWidgetArea(dock), [dock, *self._beside(dock)]
        others = [
            other
            for other in self._docks.values()
            if window.dockWidgetArea(other) == area and in_sight(other) and other not in beside
        ]
        if others:
            heights = [round(1000 * (1 - LARGE) / len(others))] * len(others)
            heights.append(round(1000 * LARGE))
            window.resizeDocks([*others, dock], heights, Qt.Orientation.Vertical)
        wide = [round(share * window.width())]
        window.resizeDocks([dock], wide, Qt.Orientation.Horizontal)

    def bring_forward(self, id: str) -> None:
        """Put a dock in front of those it shares its place with; a closed one stays closed."""
        dock = self._docks.get(id) or self.alone.get(id)
        if dock is not None and not dock.isHidden():
            dock.raise_()

    def open_panels(self) -> tuple[str, ...]:
        """Return the ids of the panels that are open, be it behind a tab."""
        return tuple(id for id, dock in self._docks.items() if not dock.isHidden())

    def front_panels(self) -> tuple[str, ...]:
        """Return the ids of the panels that stand in front of others at their place."""
        docks = {**self._docks, **self.alone}
        return tuple(id for id, dock in docks.items() if self._beside(dock) and in_sight(dock))

    def show_panels(self, open: Collection[str] | None, front: Sequence[str]) -> None:
        """Open exactly these panels, and put some in front of those at their place.

        Args:
            open: their ids; None leaves all as they are.
            front: ids of those in front; unknown and closed ones are passed over.
        """
        wanted = self.open_panels() if open is None else open
        for id, dock in self._docks.items():
            if dock.isHidden() == (id in wanted):
                dock.setVisible(id in wanted)
        self._front = tuple(front)  # again once there is room for all, which may need more tabs
        for id in front:
            self.bring_forward(id)
        self._making_room.start()

    def toggles(self) -> list[QAction]:
        """Return the actions that show and hide each dock."""
        return [dock.toggleViewAction() for dock in self._docks.values()]

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self.scale = theme.scale
        self.tabs.set_theme(theme)
        self.fit_soon()
        for dock in self._docks.values():
            dock.set_theme(theme)

    @Slot()
    def _moved(self) -> None:
        self._soon.start()
        self._making_room.start()

    def _came(self, dock: Dock, _how: bool = True) -> None:
        """Remember what was opened, floated or put back last: it stays in front."""
        self._latest = dock

    def note_tabs(self) -> None:
        """Let the tabs be the titles of docks behind one another; a double click floats one."""
        for dock in self._docks.values():
            dock.set_tabbed(bool(self._beside(dock)))
        self.tabs.look()

    def _beside(self, dock: QDockWidget) -> list[QDockWidget]:
        """Return the open docks that share their place with one."""
        if dock.isHidden() or dock.isFloating():
            return []
        others = self._window.tabifiedDockWidgets(dock)
        return [other for other in others if not (other.isHidden() or other.isFloating())]

    def _tabbed(self) -> list[Dock]:
        return [dock for dock in self._at("left") if dock.objectName() != FORM]

    def _at(self, place: str) -> list[Dock]:
        return [self._docks[id] for id, where in self._places.items() if where == place]
