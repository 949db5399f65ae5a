"""The main window: puts toolbar, panels and status line around the views.

Frames come in and are handed to the views that can be seen; a view shown later
gets the last one. Commands go out as messages. The window knows no thread and
no engine at work, so it can be tested with a list in place of a worker.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QMenu,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from nnviz.data.catalogue import DATASETS, available
from nnviz.engine.recipe import Recipe
from nnviz.engine.snapshot import Snapshot
from nnviz.errors import NnvizError
from nnviz.files.models import load_model, save_model
from nnviz.runtime import messages
from nnviz.runtime.messages import Failure, Loading, Message
from nnviz.views.palette import DARK, LIGHT, Theme
from nnviz.views.view import View, ViewSpec
from nnviz.window import look
from nnviz.window.commands import COMMANDS, DATA_MENU, HELP_MENU, VIEW_MENU
from nnviz.window.help_sheet import HelpSheet
from nnviz.window.panel import Dock, Panel
from nnviz.window.recipe_form import RecipeForm
from nnviz.window.settings import LAYOUT_VERSION, Settings
from nnviz.window.status import StatusLine
from nnviz.window.toolbar import PACES, Toolbar
from nnviz.window.turns import Turns

STATUS = "status"
"""The status line's name among the views that take turns."""
_AREAS = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}


class MainWindow(QMainWindow):
    """The window.

    Attributes:
        views: every view by id.
        snapshot: the last snapshot shown, or None.

    Signals:
        closed(): the user has closed the window.
    """

    closed = Signal()

    def __init__(
        self,
        specs: Sequence[ViewSpec],
        send: Callable[[Message], None],
        settings: Settings,
        theme: Theme | None = None,
    ) -> None:
        """Build the window.

        Args:
            specs: the views; exactly one of them stands in the centre, others may stand
                below it.
            send: passes a message on to the worker.
            settings: what was kept from the last start.
            theme: overrides the theme kept in the settings.
        """
        super().__init__()
        self.setWindowTitle("nnviz")
        self.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks | QMainWindow.DockOption.AllowNestedDocks
        )
        # Keys belong to the run unless a row of the form is being edited; a click anywhere else
        # takes them back.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()
        self._send = send
        self._settings = settings
        self._theme = theme or settings.theme or look.system_theme()
        self.snapshot: Snapshot | None = None
        self._recipe = settings.recipe
        self._run = -1
        self.actions_by_id = {id: self._action(id) for id in COMMANDS}
        self.views: dict[str, View] = {}
        self._specs = {spec.id: spec for spec in specs}
        self._panels: list[Panel | Dock] = []
        self._docks: dict[str, Dock] = {}
        self._build_panels(specs)
        self.toolbar = Toolbar(self.actions_by_id)
        self._build_menus()
        self._place_toolbar()
        self.toolbar.pace_changed.connect(lambda pace: self._send(messages.Pace(pace)))
        self.status = StatusLine(self)
        self.setStatusBar(self.status)
        self.setContentsMargins(8, 8, 8, 0)
        self.resize(1600, 900)
        self._arrange()
        self._turns = Turns({**{spec.id: spec.rate for spec in specs}, STATUS: 5.0})
        self._first_layout = self.saveState(LAYOUT_VERSION)
        self._restore()
        self.set_theme(self._theme)

    # -- building ---------------------------------------------------------------------------

    def _action(self, id: str) -> QAction:
        command = COMMANDS[id]
        action = QAction(command.text, self)
        action.setObjectName(id)
        action.setShortcuts([QKeySequence(keys) for keys in command.shortcuts])
        # A floating panel is a window of its own: keys must work there too.
        action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        keys = f"  [{action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)}]"
        action.setToolTip(command.tip + (keys if command.shortcuts else ""))
        does = command.does
        if isinstance(does, str):
            action.triggered.connect(lambda _checked=False, name=does: getattr(self, name)())
        else:
            action.triggered.connect(lambda _checked=False, message=does: self._send(message))
        self.addAction(action)
        return action

    def _build_panels(self, specs: Sequence[ViewSpec]) -> None:
        self.form = RecipeForm()
        self.form.chosen.connect(self._start_new)
        self.form.refused.connect(lambda sentence: self.show_failure(Failure(sentence)))
        self._add_dock("recipe", "Recipe", "left", self.form)
        centre = QWidget()
        middle = QVBoxLayout(centre)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(8)
        self.setCentralWidget(centre)
        for spec in specs:
            view = spec.view()
            view.setObjectName(f"{spec.id}_view")
            view.installEventFilter(self)
            self.views[spec.id] = view
            if spec.place in ("centre", "below"):
                panel = Panel(spec.title, view)
                self._panels.append(panel)
                if spec.place == "centre":
                    self._centre = panel
                    middle.insertWidget(0, panel, 1)
                else:
                    panel.ready()
                    middle.addWidget(panel)
            else:
                self._add_dock(spec.id, spec.title, spec.place, view)

    def _add_dock(self, id: str, title: str, place: str, content: QWidget) -> None:
        dock = Dock(id, title, content)
        self.addDockWidget(_AREAS[place], dock)
        self._docks[id] = dock
        self._panels.append(dock)

    def _build_menus(self) -> None:
        self._data_menu = QMenu(self)
        self._data_menu.aboutToShow.connect(self._fill_data_menu)
        self._data_button = self.toolbar.add_menu("Data ▾", self._data_menu, "Choose the examples.")
        view_menu = QMenu(self)
        for dock in self._docks.values():
            view_menu.addAction(dock.toggleViewAction())
        view_menu.addSeparator()
        self._add_commands(view_menu, VIEW_MENU)
        self.toolbar.add_menu("View ▾", view_menu, "Panels and colours.")
        help_menu = QMenu(self)
        self._add_commands(help_menu, HELP_MENU)
        self.toolbar.add_menu("?", help_menu, "Keys and help.")

    def _place_toolbar(self) -> None:
        """Put the toolbar on top, with the same gap below it as between panels."""
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 8)
        box.addWidget(self.toolbar)
        self.setMenuWidget(holder)

    def _add_commands(self, menu: QMenu, ids: Sequence[str]) -> None:
        for id in ids:
            if id:
                menu.addAction(self.actions_by_id[id])
            else:
                menu.addSeparator()

    def _fill_data_menu(self) -> None:
        self._data_menu.clear()
        present = {row.name: row.present for row in available()}
        for name, source in DATASETS.items():
            action = self._data_menu.addAction(source.title)
            action.setToolTip(source.sentence)
            action.setCheckable(True)
            action.setChecked(name == self._recipe.dataset)
            if present[name]:
                action.triggered.connect(lambda _=False, name=name: self.choose_data(name))
            else:
                action.setText(f"{source.title}: choose its folder…")
                action.triggered.connect(lambda _=False: self.open_folder())
        self._data_menu.setToolTipsVisible(True)
        self._data_menu.addSeparator()
        self._add_commands(self._data_menu, DATA_MENU)

    def _arrange(self) -> None:
        """Give the panels their first sizes: the centre as large as can be."""
        right = [self._docks[id] for id, spec in self._specs.items() if spec.place == "right"]
        width = max(300, min(470, round(0.27 * self.width())))
        self.resizeDocks([self._docks["recipe"]], [220], Qt.Orientation.Horizontal)
        self.resizeDocks(right, [width] * len(right), Qt.Orientation.Horizontal)
        self.resizeDocks(right, [30, 36, 34][: len(right)], Qt.Orientation.Vertical)

    # -- what stays between starts ------------------------------------------------------------

    def _restore(self) -> None:
        layout = self._settings.layout
        if layout is not None:
            self.restoreGeometry(layout[0])
            self.restoreState(layout[1], LAYOUT_VERSION)
        position = self._settings.pace
        if 0 <= position < len(PACES):
            self.toolbar.slider.setValue(position)

    def layout_state(self) -> QByteArray:
        """Return where every panel stands, as Qt's own bytes."""
        return self.saveState(LAYOUT_VERSION)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep layout and settings, then let the window go."""
        self._settings.layout = (self.saveGeometry(), self.layout_state())
        self._settings.pace = self.toolbar.slider.value()
        self._settings.recipe = self._recipe
        self._settings.flush()
        self.closed.emit()
        super().closeEvent(event)

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a moment in the views that can be seen, in turns while training runs."""
        self._centre.ready()
        self.snapshot = snapshot
        if snapshot.run != self._run:
            self._run = snapshot.run
            self._recipe = snapshot.recipe
            self.form.show_recipe(snapshot.recipe)
            self._name_data(snapshot.recipe)
        for id in self._turns.due(perf_counter(), everything=not snapshot.playing):
            if id == STATUS:
                self.status.show_snapshot(snapshot)
            elif self.views[id].isVisible():
                self.views[id].show_snapshot(snapshot)
        self.status.count_frame(snapshot.playing)
        self.toolbar.set_playing(snapshot.playing, self._theme)

    def show_everywhere(self) -> None:
        """Show the last moment in every view, as for a photograph."""
        if self.snapshot is not None:
            for view in self.views.values():
                view.show_snapshot(self.snapshot)
            self.status.show_snapshot(self.snapshot)

    def show_loading(self, loading: Loading) -> None:
        """Show how far a data set is."""
        self.status.show_loading(loading)
        if loading.text:
            self._centre.wait_for(f"{loading.text}… {loading.fraction:.0%}")

    def show_failure(self, failure: Failure) -> None:
        """Tell the user what went wrong and what to do, without blocking anything."""
        if self.snapshot is None:
            self._centre.wait_for("Choose other data above, or start a new run at the left.")
        box = QMessageBox(QMessageBox.Icon.Warning, "nnviz", failure.sentence, parent=self)
        box.setObjectName("failure")
        box.setDetailedText(failure.details)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Give a view that has just been shown the last snapshot."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, View)
            and self.snapshot is not None
        ):
            watched.show_snapshot(self.snapshot)
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _name_data(self, recipe: Recipe) -> None:
        source = DATASETS.get(recipe.dataset)
        title = source.title if source else Path(recipe.dataset).name
        self._data_button.setText(f"Data: {title} ▾")

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours, everywhere."""
        self._theme = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.apply(app, theme)
        for panel in self._panels:
            panel.set_theme(theme)
        self.toolbar.set_theme(theme)
        for view in self.views.values():
            view.set_theme(theme)

    def _start_new(self, recipe: Recipe) -> None:
        # The next key is meant for the run, not for the row that was edited last.
        self.setFocus()
        self._send(messages.Start(recipe))

    # -- what commands do -------------------------------------------------------------------------

    def start(self, recipe: Recipe | None = None) -> None:
        """Ask for the first run: this recipe, or the one last used."""
        self._send(messages.Start(recipe or self._recipe))

    def toggle_playing(self) -> None:
        """Play, or pause."""
        playing = self.snapshot is not None and self.snapshot.playing
        self._send(messages.Pause() if playing else messages.Play())

    def go_faster(self) -> None:
        """Allow more minibatches a second."""
        self.toolbar.slider.setValue(self.toolbar.slider.value() + 1)

    def go_slower(self) -> None:
        """Allow fewer minibatches a second."""
        self.toolbar.slider.setValue(self.toolbar.slider.value() - 1)

    def choose_data(self, name: str) -> None:
        """Start a new run on another data set; the outer layers follow it."""
        self._send(messages.Start(replace(self._recipe, dataset=name), fit=True))

    def open_folder(self) -> None:
        """Ask for a folder of IDX files and train on it."""
        folder = QFileDialog.getExistingDirectory(self, "A folder with the four IDX files")
        if folder:
            self.choose_data(folder)

    def open_model(self) -> None:
        """Ask for a saved network and start from its weights."""
        name, _ = QFileDialog.getOpenFileName(self, "Open a network", "", "Networks (*.npz)")
        if name:
            self.open_model_file(Path(name))

    def open_model_file(self, path: Path) -> None:
        """Start from the weights of a saved network."""
        try:
            network = load_model(path)
        except NnvizError as error:
            self.show_failure(Failure(str(error)))
            return
        self._send(messages.Start(network.recipe, theta=network.theta))

    def save_model(self) -> None:
        """Ask for a name and save the network shown."""
        if self.snapshot is None:
            return
        network = self.snapshot.network()
        name, _ = QFileDialog.getSaveFileName(
            self, "Save this network", "network.npz", "Networks (*.npz)"
        )
        if not name:
            return
        try:
            save_model(Path(name), network)
        except NnvizError as error:
            self.show_failure(Failure(str(error)))

    def toggle_theme(self) -> None:
        """Change between the light and the dark look, and remember it."""
        self.set_theme(LIGHT if self._theme.name == DARK.name else DARK)
        self._settings.theme = self._theme

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop filling it."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def restore_layout(self) -> None:
        """Put every panel back where it stood at first."""
        self.restoreState(self._first_layout, LAYOUT_VERSION)
        self._arrange()

    def dock(self, id: str) -> Dock:
        """Return the dock of a view, or of the recipe form."""
        return self._docks[id]

    def show_help(self) -> None:
        """Show every key."""
        HelpSheet(COMMANDS, self).open()
