"""Columns: where the window is too small for all panels side by side, they go behind tabs.

As arranged they stand in columns at both sides of the centre. With less room all of them stand at
the left, and with still less the panels of the centre stand among them: one tab, one panel, the
whole window. Room is what is left of it at the scale of letters, so a small screen and large
letters come to the same. With the room the panels come back where they were.
"""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QVBoxLayout, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.event_filter import hear
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.dock import Dock
from nnviz.window.docks import FORM, GAP, Docks
from nnviz.window.panel import Panel
from nnviz.window.panels.first_layout import FirstLayout
from nnviz.window.panels.room_at_left import taken_at_left

ARRANGED, BESIDE, ALONE = 3, 2, 1
"""As arranged; all at one side of the centre; one panel at a time."""
SLACK = 16
"""Pixels at a factor of 1 that must be left over before panels come back."""
SHARE = 0.425
"""The share of the width that panels have which all stand at the left."""
_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea


class Columns(QObject):
    """Fits the columns of a window to its width.

    Attributes:
        count: `ARRANGED`, `BESIDE` or `ALONE`.
    """

    def __init__(
        self,
        window: QMainWindow,
        docks: Docks,
        panels: Sequence[Panel],
        middle: QWidget,
        box: QVBoxLayout,
        first: FirstLayout,
        layout_version: int,
    ) -> None:
        """Begin as arranged.

        Args:
            window: the window.
            docks: its docks.
            panels: what stands in the centre, from the top.
            middle: the widget in the centre, which has them.
            box: its layout; the first panel grows.
            first: how they stand at first.
            layout_version: of what Qt writes about the window.
        """
        super().__init__(window)
        self._window, self._docks, self._version = window, docks, layout_version
        self._panels, self._middle, self._box = panels, middle, box
        self._first = first
        self._scale = TypeScale()
        self._changed = False  # the scale has, and panels have not been given sizes since
        self._factor = self._scale.factor  # at which panels stood as arranged
        self.count = ARRANGED
        self._roomy, self._noted = QByteArray(), QSize()
        self._sides: dict[str, Qt.DockWidgetArea] = {}
        self._stacks: dict[str, list[list[Dock]]] = {}
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.fit)
        hear(window, [QEvent.Type.LayoutRequest], self._laid_out)
        for dock in docks:
            dock.visibilityChanged.connect(self.fit_soon)
            dock.topLevelChanged.connect(self.fit_soon)
            dock.dockLocationChanged.connect(self.fit_soon)

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        self._changed |= theme.scale != self._scale
        self._scale = theme.scale
        self.fit_soon()

    def _laid_out(self, _window: QObject, _event: QEvent) -> bool:
        """Look at the room again where a panel needs more, or less.

        A window that overrode `event` would paint all of itself with the interpreter locked, and
        training would wait.
        """
        self.fit_soon()
        return False

    @Slot()
    def fit_soon(self) -> None:
        """Fit them once the window has been laid out."""
        self._soon.start(0)

    def state(self) -> QByteArray:
        """Return how the panels stand where there is room, as Qt writes it."""
        return self._window.saveState(self._version) if self.count == ARRANGED else self._roomy

    def restore_first(self) -> None:
        """Put the panels as they stand at first in a window of this width."""
        self.restore(self._first.state())
        self._docks.arrange()

    def restore(self, state: QByteArray) -> None:
        """Put the panels as a state says, and behind tabs again where they have no room so."""
        self._leave()
        self.count = ARRANGED
        self._docks.stacks = {}
        self._window.restoreState(state, self._version)
        self._note()
        self._roomy, self._noted = state, QSize()  # the window may be too small for it
        self.fit_soon()

    def fit(self) -> None:
        """Take as many columns as there is room for."""
        if QApplication.mouseButtons():  # a panel may be on its way
            self._soon.start(100)
            return
        fitting = next(count for count in (ARRANGED, BESIDE, ALONE) if self._has_room(count))
        if fitting == self.count == ARRANGED and self._first.outdated:
            open, front = self._docks.open_panels(), self._docks.front_panels()
            self.restore_first()
            self._docks.show_panels(open, front)
            return
        if fitting == self.count:
            if self._changed and fitting == ARRANGED:
                self._docks.arrange()
                self._noted = QSize()
            self._changed = False
            self._docks.fit_soon()
            if fitting == ARRANGED and self._window.size() != self._noted:
                self._note()
            return
        open, front = self._docks.open_panels(), self._docks.front_panels()
        if self.count == ARRANGED and not self._sides:
            self._note()
            self._factor = 0.0  # they never had room: their sizes are given once they have
        elif self.count == ARRANGED and self._window.size() == self._noted:
            self._note()
        self._leave()
        self.count = fitting
        if fitting == ARRANGED:
            self._come_back()
        else:
            self._docks.stacks = {}
            self._go_left(alone=fitting == ALONE)
        self._docks.folds = fitting != ALONE
        centre = self._panels[0].id
        self._docks.show_panels(open, (centre,) if fitting == ALONE else front)
        self._docks.fit_soon()

    def _note(self) -> None:
        """Note how the panels stand as arranged, before they are squeezed."""
        side = self._window.dockWidgetArea
        self._roomy = self._window.saveState(self._version)
        self._sides = {id: side(dock) for id, dock in self._docks.items()}
        self._stacks, self._factor = self._docks.stacks, self._scale.factor
        self._noted = self._window.size()

    def _has_room(self, count: int) -> bool:
        """Tell whether so many columns have room, with something over where they are to be more."""
        window, space = self._window, self._scale.space
        over = space(SLACK) if count > self.count else 0
        margins = window.contentsMargins()
        width = window.width() - margins.left() - margins.right() - over - taken_at_left(window)
        panels = [panel.least() for panel in self._panels]
        high = sum(size.height() for size in panels) + space(GAP) * (len(panels) - 1)
        wide = max((size.width() for size in panels), default=0)
        if count == ALONE:
            return True
        sides: dict[Qt.DockWidgetArea, int] = {}
        for id, dock in self._docks.items():
            if dock.isHidden() or dock.isFloating():
                continue
            side = _LEFT if count == BESIDE else self._side(id, dock)
            least = max(dock.minimumSizeHint().width(), dock.minimumWidth())
            sides[side] = max(sides.get(side, 0), least)
        beside = sum(sides.get(side, -space(GAP)) + space(GAP) for side in (_LEFT, _RIGHT))
        return wide + beside <= width and high <= self._docks.room() - over

    def _side(self, id: str, dock: Dock) -> Qt.DockWidgetArea:
        here = self._window.dockWidgetArea(dock)
        return here if self.count == ARRANGED else self._sides.get(id, here)

    def _go_left(self, *, alone: bool) -> None:
        """Put all docks at the left, behind the panels of the centre where one stands alone."""
        window = self._window
        docks = [dock for _, dock in self._docks.items() if not dock.isFloating()]
        for dock in docks:
            window.removeDockWidget(dock)
        row: list[QDockWidget] = []
        if alone:
            self._middle.hide()
            self._docks.alone = {panel.id: _alone(panel) for panel in self._panels}
            row += self._docks.alone.values()
        form = self._docks[FORM]
        row += docks if alone or form not in docks else [dock for dock in docks if dock is not form]
        if not alone and form in docks:
            window.addDockWidget(_LEFT, form)
            form.show()
        for place, one in enumerate(row):
            if place:
                window.tabifyDockWidget(row[place - 1], one)
            else:
                window.addDockWidget(_LEFT, one, Qt.Orientation.Vertical)
            one.show()
        row[0].raise_()
        if not alone:
            wide = [round(SHARE * (window.width() - taken_at_left(window)))]
            window.resizeDocks([row[0]], wide, Qt.Orientation.Horizontal)

    def _leave(self) -> None:
        """Put the panels of the centre back where they belong."""
        for place, panel in enumerate(self._panels if self._docks.alone else ()):
            panel.set_tabbed(False)
            self._box.insertWidget(place, panel, 0 if place else 1)
            panel.show()
            dock = self._docks.alone.pop(panel.id)
            self._window.removeDockWidget(dock)
            dock.deleteLater()
        self._middle.show()

    def _come_back(self) -> None:
        floating = [(dock, dock.geometry()) for _, dock in self._docks.items() if dock.isFloating()]
        self._window.restoreState(self._roomy, self._version)
        self._docks.stacks = self._stacks
        if self._factor != self._scale.factor:
            self._docks.arrange()
        for dock, geometry in floating:
            dock.setFloating(True)
            dock.setGeometry(geometry)


def _alone(panel: Panel) -> QDockWidget:
    """Return a dock that has a panel of the centre as long as it stands behind a tab."""
    dock = QDockWidget(panel.titles[0])
    dock.setObjectName(f"{panel.id}_alone")
    dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
    dock.setTitleBarWidget(QWidget())
    panel.set_tabbed(True)
    dock.setWidget(panel)
    return dock
