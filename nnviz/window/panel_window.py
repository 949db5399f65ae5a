"""The window of panels: docks around a middle, fitted to its room and kept on its screen."""

from functools import partial

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QCursor, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from nnviz.views.palette import Theme
from nnviz.views.view import View, ViewSpec
from nnviz.window import placing, tab_order
from nnviz.window.columns import ARRANGED, Columns
from nnviz.window.dock import Dock
from nnviz.window.docks import Docks
from nnviz.window.panel import Panel
from nnviz.window.panels.enlarged import Enlarged, panel_around
from nnviz.window.panels.first_layout import FirstLayout
from nnviz.window.settings import LAYOUT_VERSION, Settings

LEAST = QSize(480, 400)
"""Pixels in which everything can be reached at a factor of 1: no screen is smaller."""


class Middle(QWidget):
    """The centre's panel, which grows, and below it what explains it.

    Attributes:
        box: its layout.
        panels: from the top.
        centre: the first of them, once it is there.
    """

    centre: Panel

    def __init__(self) -> None:
        super().__init__()
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.panels: list[Panel] = []
        self._leavable: list[View] = []

    def add(self, spec: ViewSpec, view: View) -> None:
        """Add a view that stands in the centre, or below it."""
        panel = Panel(spec.id, spec.title, view, self)
        if spec.place == "centre":
            self.centre = panel
            self.panels.insert(0, panel)
            self.box.insertWidget(0, panel, 1)
            self._leavable.append(view)
        else:
            # What explains the centre is left before the centre itself.
            self._leavable.insert(0, view)
            panel.ready()
            self.panels.append(panel)
            self.box.addWidget(panel)

    def leave(self) -> bool:
        """Leave one thing in a view, the innermost first; tell whether there was one."""
        return any(view.leave() for view in self._leavable)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self.box.setSpacing(theme.scale.space(8))
        for panel in self.panels:
            panel.set_theme(theme)


class PanelWindow(QMainWindow):
    """A window that has panels, and knows where they and it stand."""

    _columns: Columns
    _first_layout: FirstLayout

    def __init__(self, settings: Settings) -> None:
        """Begin without panels; the settings remember where everything stood."""
        super().__init__()
        self._settings = settings
        self._docks = Docks(self)
        self._middle = Middle()
        self._enlarged = Enlarged(self)
        self._docks.asked_for.connect(self._enlarged.make_way_for)

    def _put_on_top(self, *parts: QWidget) -> None:
        """Put menus and toolbar on top, with the same gap below them as between panels."""
        holder = QWidget()
        self._top = QVBoxLayout(holder)
        for part in parts:
            self._top.addWidget(part)
        self.setMenuWidget(holder)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        space = theme.scale.space
        self.setContentsMargins(space(8), space(2), space(8), 0)
        self._top.setContentsMargins(0, 0, 0, space(8))
        self._top.setSpacing(space(2))
        self._docks.set_theme(theme)
        self._columns.set_theme(theme)
        self._middle.set_theme(theme)
        self._enlarged.set_theme(theme)

    # -- where it stands --------------------------------------------------------------------------

    def _fit_columns(self) -> None:
        """Fit the panels to the room from now on: all of them are there."""
        first, middle = FirstLayout(self, self._docks, LAYOUT_VERSION), self._middle
        self._columns = Columns(
            self, self._docks, middle.panels, middle, middle.box, first, LAYOUT_VERSION
        )
        self._first_layout = first
        for id, panel in self._panels().items():
            panel.enlarge_wanted.connect(partial(self.enlarge, id))
        for toggle in self._docks.toggles():
            toggle.triggered.connect(self._enlarged.back)

    def _take_first_place(self) -> None:
        """Stand where a window stands of which nothing was kept."""
        self.setMinimumSize(LEAST)
        self._screen = placing.screen_to_open_on(self._settings.last_screen)
        self.setGeometry(placing.first_place(self._screen.availableGeometry()))

    def _restore_place(self) -> bool:
        """Stand as on this screen before; tell whether it knows by itself which panels are open."""
        docks = dict(self._docks.items())
        for id, place in self._settings.floating.items():
            if id in docks:
                docks[id].floated_at = place
        screen = placing.screen_key(self._screen)
        layout = self._settings.layout_on(screen) or self._settings.layout
        if layout is not None:
            self.restoreGeometry(layout[0])
            placing.bring_into_sight(self, self.screen())
        if layout is None or layout[1].isEmpty():
            if self._first_layout.outdated:
                self._columns.restore_first()
            return False
        self._first_layout.untouched = False
        self._columns.restore(layout[1])
        return screen != self._settings.last_screen

    def _keep_place(self) -> None:
        # What nobody has touched is made anew for whichever width the window has then.
        arranged = self._columns.count == ARRANGED
        moved = not self._first_layout.untouched or (arranged and not self._docks.at_own_sides())
        state = self._columns.state() if moved else QByteArray()
        layout = (self.saveGeometry(), state)
        places = {id: dock.floated_at for id, dock in self._docks.items()}
        self._settings.floating = {id: place for id, place in places.items() if place is not None}
        self._settings.keep_layout(placing.screen_key(self.screen()), layout)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand wholly on the screen, now that the desktop has given it its frame."""
        super().showEvent(event)
        self._docks.note_tabs()  # before it is painted, so that no panel moves under its tab
        QTimer.singleShot(0, self, self._stay_in_sight)

    def _stay_in_sight(self) -> None:
        self._docks.raise_floating()
        if not self.windowState() & (
            Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen
        ):
            placing.bring_into_sight(self, self.screen())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put panels behind one another where they have no room below one another."""
        super().resizeEvent(event)
        self._columns.fit_soon()
        self._docks.fit_soon()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop filling it."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _leave_full_screen(self) -> bool:
        full = self.isFullScreen()
        if full:
            self.toggle_full_screen()
        return full

    def restore_layout(self) -> None:
        """Put every panel back where it stood at first."""
        self._enlarged.back()
        self._columns.restore_first()

    def dock(self, id: str) -> Dock:
        """Return the dock of a view, or of the recipe form."""
        return self._docks[id]

    def settled(self) -> bool:
        """Tell whether the panels stand where they are going to stand."""
        timers = (*self._columns.findChildren(QTimer), *self._docks.findChildren(QTimer))
        return not any(timer.isActive() for timer in timers)

    # -- panels and keys --------------------------------------------------------------------------

    def open_panel(self, id: str) -> None:
        """Show a panel, in front of those it shares its place with."""
        if id in dict(self._docks.items()):
            self._docks.open(id)
        else:
            self._enlarged.make_way_for(id)
            self._docks.bring_forward(id)  # it is never closed

    def panel(self, id: str) -> QWidget | None:
        """Return a panel, wherever it stands, or None."""
        docks = {**dict(self._docks.items()), **self._docks.alone}
        return docks.get(id) or next((p for p in self._middle.panels if p.id == id), None)

    def _panels(self) -> dict[str, Panel | Dock]:
        """Return every panel by its id."""
        return {**{panel.id: panel for panel in self._middle.panels}, **dict(self._docks.items())}

    def enlarge(self, id: str) -> None:
        """Let a panel fill the window, or its own window where it floats, or go back."""
        panel, here = self._panels().get(id), self._enlarged.id
        if isinstance(panel, Dock) and panel.isFloating():
            panel.toggle_filling()
        elif id == here:
            self._enlarged.back()
        elif panel is not None:
            self._enlarged.show_panel(panel)

    def toggle_enlarged(self) -> None:
        """Enlarge the panel with the focus, else below the pointer, else the centre; or go back."""
        for widget in (QApplication.focusWidget(), QApplication.widgetAt(QCursor.pos())):
            id = panel_around(widget)
            if id and (not self._enlarged.id or self._docks.floats(id)):
                self.enlarge(id)
                return
        self.enlarge(self._enlarged.id or self._middle.centre.id)

    def take_keys(self) -> None:
        """Let the keys belong to the run, wherever the focus is."""
        if not self.isActiveWindow():
            self.activateWindow()
        self.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on to the next thing in sight, toolbar first and then column by column."""
        return tab_order.go_on(self, forward=forward)
