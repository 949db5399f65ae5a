"""The main window: puts toolbar, panels and status line around the views.

Frames come in and are handed to the views that can be seen; a view shown later
gets the last one. Whatever else comes in or goes out passes through the ports, to
which every view joins itself. The window knows no thread and no engine at work, so it
can be tested with a list in place of a worker.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from nnviz import numbers
from nnviz.data.catalogue import TARGET, referred
from nnviz.engine.changes import THETA, Value
from nnviz.engine.recipe import ALL, Recipe, RecipeError
from nnviz.engine.run.snapshot import Array, Snapshot, with_own
from nnviz.engine.selection import Selection
from nnviz.engine.taught import NONE
from nnviz.engine.training.remedies import Remedy
from nnviz.messages import commands
from nnviz.messages.events import (
    Busy,
    CalledOff,
    DataMissing,
    DrawingShown,
    Failure,
    Loading,
    Notice,
    Opened,
    PictureChosen,
    PictureDropped,
    RecipeTyped,
    Saved,
    Selected,
    StepWanted,
)
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import UiState
from nnviz.messages.window_commands import EditParameter, OpenPanel, Select, ShowUi
from nnviz.numbers import percent
from nnviz.views.palette import THEMES, Theme
from nnviz.views.shared.type_scale import FACTORS, TypeScale
from nnviz.views.view import View, ViewSpec
from nnviz.window import placing, questions, tab_order
from nnviz.window import theme as look
from nnviz.window.columns import Columns
from nnviz.window.commands import (
    COMMANDS,
    add_to,
    in_menu,
    make_actions,
)
from nnviz.window.data_menu import DataMenu
from nnviz.window.docks import FORM, Docks
from nnviz.window.downloads import Downloads
from nnviz.window.file_actions import FileActions
from nnviz.window.file_drop import FileDrop
from nnviz.window.help_sheet import HelpSheet
from nnviz.window.keys import FocusKeys, is_field, leave_field
from nnviz.window.offer_bar import OfferBar
from nnviz.window.panel import Dock, Panel
from nnviz.window.recent_menu import RecentMenu
from nnviz.window.recipe_form import RecipeForm
from nnviz.window.redraw_scheduler import FRAMES, RedrawScheduler
from nnviz.window.settings import LAYOUT_VERSION, Settings
from nnviz.window.status import StatusLine
from nnviz.window.stepping import Stepping
from nnviz.window.target_menu import TargetMenu
from nnviz.window.toolbar import Toolbar
from nnviz.window.ui_state_keeper import FIRST, UiStateKeeper
from nnviz.window.weight_editor import WeightEditor

LEAST = QSize(480, 400)
"""Pixels in which everything can be reached at a factor of 1: no screen is smaller."""
STATUS = "status"
"""The status line's name among the views that take turns."""
WALK = "a picture sent through"
"""What Escape calls off once a picture on screen is sent through by phases."""
WORKER = "worker"
"""The training thread's name among those whose long work Escape calls off."""


class MainWindow(QMainWindow):
    """The window.

    Attributes:
        views: every view by id.
        stepping: what a step is.
        files: opens and saves, and knows the file of the session on screen.
        downloads: asks before a data set is fetched, and shows how far it is.
        recent: the menu of recent runs.
        offer: offers to go on with the last run.
        snapshot: the last snapshot shown, or None.
        selection: what was picked last in any view, or None.

    Signals:
        closed(): the user has closed the window.
    """

    closed = Signal()

    def __init__(
        self,
        specs: Sequence[ViewSpec],
        ports: Ports,
        settings: Settings,
        theme: Theme | None = None,
    ) -> None:
        """Build the window.

        Args:
            specs: the views; exactly one of them stands in the centre, others may stand
                below it.
            ports: joins the window and its views to the rest.
            settings: what was kept from the last start.
            theme: overrides the theme kept in the settings.
        """
        super().__init__()
        # Keys belong to the run unless a row of the form is being edited; a click anywhere else
        # takes them back.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()
        self._ports, self._send = ports, ports.send
        self._settings = settings
        kept = settings.theme or look.system_theme()
        self._theme = theme or replace(kept, scale=settings.scale)
        numbers.set_digits(settings.digits)
        self.snapshot: Snapshot | None = None
        self.selection: Selection | None = None
        self._drawing: Array | None = None  # that the network shows in place of an example
        self._recipe = settings.recipe
        self.actions_by_id = make_actions(self, self._send)
        for id in ("cancel", "undo", "redo"):
            self.actions_by_id[id].setEnabled(False)  # until there is something to do
        self._keys = FocusKeys(self, lambda: bool(self._busy))
        self.stepping = Stepping(self.actions_by_id, self._send, self)
        self.files = FileActions(self, self._send, self.ui_state, self.show_failure)
        self.files.data_chosen.connect(self.choose_data)
        self.downloads = Downloads(self)
        self.downloads.data_chosen.connect(self.choose_data)
        self.views: dict[str, View] = {}
        self._busy: set[object] = set()
        self._panels: list[Panel] = []
        self._leavable: list[View] = []
        self._docks = Docks(self)
        self._build_panels(specs)
        self._columns = Columns(
            self, self._docks, self._panels, self._middle, self._middle_box, LAYOUT_VERSION
        )
        self._weights = WeightEditor(self)
        self._weights.chosen.connect(
            lambda i, value: self._send(commands.MakeEdit(THETA, (value,), (i,)))
        )
        self.menus = QMenuBar()
        self.toolbar = Toolbar(self.actions_by_id)
        self._build_menus()
        self._place_toolbar()
        self.toolbar.pace_changed.connect(lambda pace: self._send(commands.Pace(pace)))
        self.status = StatusLine(self)
        self.status.remedy_wanted.connect(self.carry_out)
        self.setStatusBar(self.status)
        self.setMinimumSize(LEAST)
        self._screen = placing.screen_to_open_on(settings.last_screen)
        self.setGeometry(placing.first_place(self._screen.availableGeometry()))
        self.set_theme(self._theme)
        self._docks.arrange()
        rates = {**{spec.id: spec.rate for spec in specs}, STATUS: 5.0}
        self._turns = RedrawScheduler(rates, {*(spec.id for spec in specs if spec.figures), STATUS})
        self.drops = FileDrop(self)
        self.drops.dropped.connect(self.files.open_path)
        for dock in self._docks:
            self.drops.watch(dock)
        self._first_layout = self.saveState(LAYOUT_VERSION)
        self._ui = UiStateKeeper(self.views, self._docks, self.stepping, self.toolbar, ports, self)
        self._restore()
        self.stepping.changed.connect(self._granularity_changed)
        self._join(ports)

    def _join(self, ports: Ports) -> None:
        """Say what the window itself takes, hears and tells; its views have joined themselves."""
        ports.take(Select, lambda wish: self.select(wish.selection))
        ports.take(EditParameter, lambda wish: self.edit_parameter(wish.index))
        ports.take(ShowUi, lambda wish: self.show_ui(wish.state))
        ports.take(OpenPanel, lambda wish: self.open_panel(wish.id))
        ports.on(Snapshot, self.show_snapshot)
        ports.on(Loading, self.show_loading)
        ports.on(Failure, self.show_failure)
        ports.on(Notice, self.show_notice)
        ports.on(Saved, self.show_saved)
        ports.on(Opened, self.show_opened)
        ports.on(DataMissing, self.ask_for_data)
        ports.on(DrawingShown, self._note_drawing)
        ports.on(Busy, lambda told: self._note_busy(told.who, told.busy))
        self.downloads.join(ports)
        self.form.typed.connect(lambda recipe: ports.publish(RecipeTyped(recipe)))
        self.files.picture_chosen.connect(lambda path: ports.publish(PictureChosen(path)))
        self.drops.picture_dropped.connect(lambda mime: ports.publish(PictureDropped(mime)))

    # -- building ---------------------------------------------------------------------------

    def _build_panels(self, specs: Sequence[ViewSpec]) -> None:
        self.form = RecipeForm()
        self.form.chosen.connect(self._start_new)
        self.form.changed.connect(self._change)
        self.form.refused.connect(lambda sentence: self.show_failure(Failure(sentence)))
        self._docks.add(FORM, "Recipe", "left", self.form)
        centre = QWidget()
        middle = QVBoxLayout(centre)
        middle.setContentsMargins(0, 0, 0, 0)
        self._middle, self._middle_box = centre, middle
        self.setCentralWidget(centre)
        self.offer = OfferBar(centre)
        for spec in specs:
            view = spec.view()
            view.setObjectName(f"{spec.id}_view")
            view.join(self._ports)
            self.views[spec.id] = view
            if spec.place in ("centre", "below"):
                view.installEventFilter(self)
                panel = Panel(spec.id, spec.title, view)
                if spec.place == "centre":
                    self._centre = panel
                    self._panels.insert(0, panel)
                    middle.insertWidget(0, panel, 1)
                    self._leavable.append(view)
                else:
                    # What explains the centre is left before the centre itself.
                    self._leavable.insert(0, view)
                    panel.ready()
                    self._panels.append(panel)
                    middle.addWidget(panel)
            else:
                self._docks.add(spec.id, spec.title, spec.place, view, open=spec.open)
                came = self._docks[spec.id].visibilityChanged
                came.connect(partial(self._came_in_sight, spec.id))

    def _build_menus(self) -> None:
        files = self._menu("&File", in_menu("file"))
        self.recent = RecentMenu(self)
        self.recent.chosen.connect(lambda path: self._send(commands.OpenSession(path)))
        files.insertMenu(self.actions_by_id["continue_last"], self.recent)
        self._menu("&Edit", in_menu("edit"))
        self._menu("&Run", in_menu("run"))
        self._targets = TargetMenu(self)
        self._targets.chosen.connect(self._choose_target)
        more = [self._targets.menuAction(), *(self.actions_by_id[id] for id in in_menu("data"))]
        self._data_menu = DataMenu(more, self, self._settings)
        self._data_menu.setTitle("&Data")
        self.menus.addMenu(self._data_menu)
        self._data_menu.downloading = lambda: self.downloads.running
        self._data_menu.download_wanted.connect(self.downloads.offer)
        self._data_menu.chosen.connect(self.choose_data)
        self._data_menu.train_on.connect(lambda name: self._edit("dataset", name))
        self._data_menu.folder_wanted.connect(self.open_folder)
        self._data_button = self.toolbar.add_menu(
            "data", "Data ▾", self._data_menu, "Choose the examples."
        )
        self._target_button = self.toolbar.add_menu(
            "target", "", self._targets, "What is predicted."
        )
        self._target_button.setAccessibleName("what is predicted")
        self.toolbar.show_button("target", False)
        view_menu = self._menu("&View", ())
        view_menu.addActions(self._docks.toggles())
        view_menu.addSeparator()
        add_to(view_menu, in_menu("view"), self.actions_by_id)
        self._menu("&Help", in_menu("help"))
        self.toolbar.add_button("help", "?", self.actions_by_id["help"])

    def _menu(self, title: str, ids: Sequence[str]) -> QMenu:
        """Add a menu to the menu bar, with these commands."""
        menu = self.menus.addMenu(title)
        menu.setToolTipsVisible(True)
        add_to(menu, ids, self.actions_by_id)
        return menu

    def _place_toolbar(self) -> None:
        """Put menus and toolbar on top, with the same gap below them as between panels."""
        holder = QWidget()
        box = QVBoxLayout(holder)
        self._top = box
        box.addWidget(self.menus)
        box.addWidget(self.toolbar)
        self.setMenuWidget(holder)

    # -- what stays between starts ------------------------------------------------------------

    def _restore(self) -> None:
        screen = placing.screen_key(self._screen)
        layout = self._settings.layout_on(screen) or self._settings.layout
        if layout is not None:
            self.restoreGeometry(layout[0])
            self._columns.restore(layout[1])
            placing.bring_into_sight(self, self.screen())
        state = self._settings.ui_state
        if layout is not None and screen != self._settings.last_screen:  # it knows them itself
            state = replace(state, open_panels=None)
        self._ui.show(state, run=FIRST)

    def ui_state(self) -> UiState:
        """Return what is on screen besides the run."""
        return self._ui.state()

    def show_ui(self, state: UiState) -> None:
        """Show what a state says; what it leaves out, or does not fit, stays as it is."""
        self._ui.show(state)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand wholly on the screen, now that the desktop has given it its frame."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._stay_in_sight)

    def _stay_in_sight(self) -> None:
        self._docks.raise_floating()
        if not self.windowState() & (
            Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen
        ):
            placing.bring_into_sight(self, self.screen())

    def event(self, event: QEvent) -> bool:
        """Look at the room again where a panel needs more, or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._columns.fit_soon()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put panels behind one another where they have no room below one another."""
        super().resizeEvent(event)
        self._columns.fit_soon()
        self._docks.fit_soon()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep layout and settings, then let the window go."""
        layout = (self.saveGeometry(), self._columns.state())
        self._settings.keep_layout(placing.screen_key(self.screen()), layout)
        self._ui.tell()
        self._settings.ui_state = self.ui_state()
        self._settings.recipe = replace(self._recipe, taught=NONE, trained=ALL)  # this run's own
        self._settings.flush()
        self.closed.emit()
        super().closeEvent(event)

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a moment in the views that can be seen, in turns while training runs."""
        self._centre.ready()
        before, self.snapshot = self.snapshot, snapshot
        if self.selection is not None and not self.selection.fits(snapshot.recipe):
            self.select(None)
        same_run = before is not None and before.run == snapshot.run
        self._show_recipe(snapshot, same_run=same_run)
        self._offer("undo", snapshot.undo)
        self._offer("redo", snapshot.redo)
        if same_run and before is not None and len(before.branches) < 2 <= len(snapshot.branches):
            self._docks.bring_forward("branches")
        self._note_busy(WALK, snapshot.minibatch is not None and bool(snapshot.minibatch.alone))
        self.files.show_snapshot(snapshot)
        self._weights.show_snapshot(snapshot)
        due = self._turns.due(perf_counter(), everything=self._one_by_one(snapshot))
        seen = [id for id in due if id != STATUS and self.views[id].in_sight()]
        if STATUS in due:
            self.status.show_snapshot(snapshot)
        self._hand_out(seen)
        self.status.count_frame(snapshot.playing)
        self.toolbar.set_playing(snapshot.playing)

    def _hand_out(self, ids: Iterable[str]) -> None:
        """Hand views the last moment, if there is one."""
        if self.snapshot is not None:
            ids = list(ids)
            for id in ids:
                self.views[id].show_snapshot(self.snapshot)
            self._ui.handed(self.snapshot, ids)

    def _one_by_one(self, snapshot: Snapshot) -> bool:
        """Tell whether moments come so slowly that every view can show each of them."""
        pace, rate = self.toolbar.pace, snapshot.minibatches_per_second
        slow = (pace is not None and pace < FRAMES) or 0 < rate < FRAMES
        # Phases that play by themselves are slow enough, too.
        return slow or not snapshot.playing or snapshot.phase is not None

    def _show_recipe(self, snapshot: Snapshot, *, same_run: bool) -> None:
        recipe, begun = snapshot.recipe, max(snapshot.step, snapshot.reached) > 0
        if begun:
            self.offer.hide()  # another run is under way
        if not same_run:
            self.form.show_recipe(recipe)
        self.form.follow(recipe, begun=begun, usual=snapshot.usual)
        if not same_run or recipe is not self._recipe:
            self._recipe = recipe
            self._data_button.setText(f"Data: {self._data_menu.set_current(recipe.dataset)} ▾")
            given = bool(referred(recipe.dataset).values(TARGET))
            said = self._targets.show_description(snapshot.description, given=given)
            self._target_button.setText(f"→ {said} ▾".replace("&", "&&") if said else "")
            self._target_button.setToolTip(self._targets.reason)
            self.toolbar.show_button("target", bool(said))

    def _offer(self, id: str, words: str) -> None:
        """Word undo or redo by what it would do; grey it where there is nothing to do."""
        action, name = self.actions_by_id[id], COMMANDS[id].text
        action.setText(f"{name} {words}".replace("&", "&&") if words else name)
        action.setEnabled(bool(words))

    def select(self, selection: Selection | None) -> None:
        """Let every view mark what was picked in one of them; None for nothing any more."""
        self.selection = selection
        self._ports.publish(Selected(selection))

    def show_everywhere(self) -> None:
        """Show the last moment in every view, as for a photograph."""
        if self.snapshot is not None:
            self._hand_out(self.views)
            self.status.show_snapshot(self.snapshot)

    def show_loading(self, loading: Loading) -> None:
        """Show how far a data set or a long way is."""
        self.status.show_loading(loading)
        self._note_busy(WORKER, loading.fraction < 1 and loading.stoppable)
        if loading.text:
            self._centre.wait_for(f"{loading.text}… {percent(loading.fraction, 0)}")

    def _note_busy(self, who: object, busy: bool) -> None:
        """Let Escape call off what takes long, as long as there is something."""
        (self._busy.add if busy else self._busy.discard)(who)
        self.actions_by_id["cancel"].setEnabled(bool(self._busy))

    def leave(self) -> None:
        """Leave one thing, the innermost first: field, running job, Why?, enlargement, full screen.

        What was left last gives its keys back to the run.
        """
        focused = QApplication.focusWidget()
        if focused is not None and is_field(focused):
            leave_field(focused)
            self.take_keys()
        elif self._weights.isVisible():
            self._weights.close()
        elif self._busy:
            self.call_off()
        elif any(view.leave() for view in self._leavable):
            pass
        elif self.isFullScreen():
            self.toggle_full_screen()
        else:
            self.take_keys()

    def take_keys(self) -> None:
        """Let the keys belong to the run, wherever the focus is."""
        if not self.isActiveWindow():
            self.activateWindow()
        self.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go on to the next thing in sight, toolbar first and then column by column."""
        return tab_order.go_on(self, forward=forward)

    def open_menu_bar(self) -> None:
        """Open the first menu."""
        self.menus.setFocus(Qt.FocusReason.MenuBarFocusReason)
        self.menus.setActiveAction(self.menus.actions()[0])

    def call_off(self) -> None:
        """Give up whatever takes long."""
        self._ports.publish(CalledOff())
        if WORKER in self._busy:
            self._send(commands.Pause())
        elif WALK in self._busy:
            self._send(commands.LookAway())

    def show_failure(self, failure: Failure) -> None:
        """Tell the user what went wrong and what to do, without blocking anything."""
        self._nothing_yet()
        questions.tell_failure(self, failure)

    def _nothing_yet(self) -> None:
        """Say what can be done where the first run could not be begun."""
        if self.snapshot is None:
            self._centre.wait_for("Choose other data above, or start a new run at the left.")

    def show_notice(self, notice: Notice) -> None:
        """Tell the user something in passing."""
        self.status.show_notice(notice.sentence)

    def _note_drawing(self, shown: DrawingShown) -> None:
        self._drawing = shown.picture

    def show_saved(self, saved: Saved) -> None:
        """Tell that a session has been written, and where."""
        self.files.saved(saved.path)
        self.status.show_notice(f"Saved {saved.path.name} in {saved.path.parent}.")

    def show_opened(self, opened: Opened) -> None:
        """Take on what the window remembered in a session that is on screen now."""
        self.files.opened(opened.path, opened.run)
        self.select(None)
        self._ui.show(UiState.from_dict(opened.view), run=opened.run)

    def ask_for_data(self, missing: DataMissing) -> None:
        """Ask where the data set is that a session needs, and open it again from there."""
        self._nothing_yet()
        questions.ask_for_data(self, missing, self._send)

    def offer_recovery(self, when: datetime, answer: Callable[[str], None]) -> None:
        """Offer to go on with the run that nnviz lost when it did not end properly.

        Args:
            when: when that run was last kept.
            answer: called once, with "continue", "later" (keep it) or "discard".
        """
        questions.offer_recovery(self, when, answer)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Give a view of the middle that has just been shown the last snapshot."""
        if event.type() == QEvent.Type.Show and isinstance(watched, View):
            self._hand_out(id for id, view in self.views.items() if view is watched)
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _came_in_sight(self, id: str, in_sight: bool) -> None:
        """Give a view whose dock was shown, or came out from behind a tab, the last snapshot."""
        if in_sight:
            self._hand_out((id,))

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes, everywhere."""
        self._theme = theme
        space = theme.scale.space
        self.setContentsMargins(space(8), space(2), space(8), 0)
        self._middle_box.setSpacing(space(8))
        self._top.setContentsMargins(0, 0, 0, space(8))
        self._top.setSpacing(space(2))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.apply(app, theme)
        self._docks.set_theme(theme)
        self._columns.set_theme(theme)
        for panel in self._panels:
            panel.set_theme(theme)
        for part in (self.toolbar, self.form, self.status, self.offer, self.downloads):
            part.set_theme(theme)
        self._keys.ring.set_theme(theme)
        for view in self.views.values():
            view.set_theme(theme)

    def _start_new(self, recipe: Recipe) -> None:
        # The next key is meant for the run, not for the row that was edited last.
        self.setFocus()
        if self._recipe.trained != ALL == recipe.trained:
            self.show_notice(Notice("All parameters train in the new run."))
        self._send(commands.Start(recipe))

    def _change(self, changes: Sequence[tuple[str, Value]]) -> None:
        self.setFocus()
        for name, value in changes:
            self._edit(name, value)

    def _edit(self, name: str, value: Value) -> None:
        self._send(commands.MakeEdit(name, value))

    def carry_out(self, remedy: Remedy) -> None:
        """Do what helps against a finding: change the run here, further back, or begin anew."""
        self.setFocus()
        if remedy.anew:
            try:
                self._start_new(remedy.applied(self._recipe))
            except RecipeError as error:
                self.show_failure(Failure(str(error)))
        elif remedy.step is None:
            self._change(remedy.edits)
        else:
            self._send(commands.EditAt(remedy.step, remedy.edits))

    def explain_finding(self) -> None:
        """Open what the status line remarks: what is wrong, why, and what helps."""
        self.status.remark.open()

    def _granularity_changed(self, granularity: str) -> None:
        if granularity == "phase":
            self._docks.bring_forward("minibatch")
        if self.snapshot is not None and self.snapshot.playing:
            self._send(commands.ByPhase(granularity == "phase"))  # on at once by what was chosen

    # -- what commands do -------------------------------------------------------------------------

    def start(self, recipe: Recipe | None = None) -> None:
        """Ask for the first run: this recipe, or the one last used."""
        self._send(commands.Start(recipe or self._recipe, fit=recipe is None))

    def toggle_playing(self) -> None:
        """Play, or pause."""
        playing = self.snapshot is not None and self.snapshot.playing
        self._send(commands.Pause() if playing else self._play())

    def _play(self) -> commands.Play:
        return commands.Play(by_phase=self.stepping.granularity == "phase")

    def look_through(self) -> None:
        """Send the picture on screen through the network phase by phase, without training."""
        if self.snapshot is None:
            return
        minibatch, shown = self.snapshot.minibatch, with_own(self.snapshot, self._drawing)
        if minibatch is not None and minibatch.alone == "drawing":
            picture: Array | None = self.snapshot.focus.x  # once more from the start
        else:
            picture = None if shown is self.snapshot else shown.focus.x
        self.stepping.by_phase()
        self._send(commands.LookThrough(picture))

    def choose_data(self, name: str) -> None:
        """Start a new run on another data set; the recipe follows it."""
        recipe = replace(self._recipe, dataset=name, taught=NONE, trained=ALL)
        self._send(commands.Start(recipe, fit=True))

    def _choose_target(self, columns: tuple[str, ...]) -> None:
        """Start a new run on the same table that predicts these columns; none to guess."""
        reference = referred(self._recipe.dataset).with_values(TARGET, columns)
        self.choose_data(str(reference))

    def open_folder(self) -> None:
        """Ask for a folder of IDX files or of pictures by class and train on it."""
        questions.ask_path(
            self, "data_folder", "A folder of IDX files or of pictures", self.choose_data
        )

    def browse(self) -> None:
        """Open the data browser."""
        self.open_panel("data")

    def open_panel(self, id: str) -> None:
        """Show a panel, in front of those it shares its place with."""
        self._docks[id].show()
        self._docks.bring_forward(id)

    def open_model_file(self, path: Path) -> None:
        """Start from the weights of a saved network."""
        self.files.open_network(path)

    def edit_parameter(self, index: int) -> None:
        """Open the weight editor beside the pointer for one entry of theta."""
        if self.snapshot is not None and 0 <= index < len(self.snapshot.theta):
            near = self.mapFromGlobal(QCursor.pos())
            self._weights.edit(self.snapshot, index, near)

    def type_step(self) -> None:
        """Let the timeline take a step or an epoch from the keyboard."""
        self.activateWindow()  # the keys may be those of a panel that floats
        self._ports.publish(StepWanted())

    def next_theme(self) -> None:
        """Take on the next theme, round and round, and remember it."""
        names = list(THEMES)
        theme = THEMES[names[(names.index(self._theme.name) + 1) % len(names)]]
        self.set_theme(replace(theme, scale=self._theme.scale))
        self._settings.theme = self._theme
        self._settings.flush()

    def larger(self) -> None:
        """Show letters, lines and gaps larger, and remember it."""
        above = [factor for factor in FACTORS if factor > self._theme.scale.factor]
        self._keep_scale(min(above, default=FACTORS[-1]))

    def smaller(self) -> None:
        """Show letters, lines and gaps smaller, and remember it."""
        below = [factor for factor in FACTORS if factor < self._theme.scale.factor]
        self._keep_scale(max(below, default=FACTORS[0]))

    def usual_size(self) -> None:
        """Show letters, lines and gaps at their usual size, and remember it."""
        self._keep_scale(FACTORS[0])

    def _keep_scale(self, factor: float) -> None:
        self.set_scale(factor)
        self._settings.scale = self._theme.scale
        self._settings.flush()
        self.show_notice(Notice(f"Letters and lines at {percent(self._theme.scale.factor, 0)}."))

    def set_scale(self, factor: float) -> None:
        """Show letters, lines and gaps at a factor of their usual size, at once and everywhere."""
        self.set_theme(replace(self._theme, scale=TypeScale(factor)))

    def more_digits(self) -> None:
        """Write numbers with one more digit where there is room."""
        self._write_digits(numbers.digits() + 1)

    def fewer_digits(self) -> None:
        """Write numbers with one digit fewer."""
        self._write_digits(numbers.digits() - 1)

    def _write_digits(self, wished: int) -> None:
        numbers.set_digits(wished)
        self._settings.digits = numbers.digits()
        self._settings.flush()
        if self.snapshot is not None:
            for view in self.views.values():
                view.set_theme(self._theme)  # draws anew what else has not changed
                view.show_snapshot(self.snapshot)
            self.status.show_snapshot(self.snapshot)
        self.show_notice(
            Notice(f"Numbers have up to {numbers.digits()} digits where there is room.")
        )

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop filling it."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def restore_layout(self) -> None:
        """Put every panel back where it stood at first."""
        self._columns.restore(self._first_layout)
        self._docks.arrange()

    def dock(self, id: str) -> Dock:
        """Return the dock of a view, or of the recipe form."""
        return self._docks[id]

    def show_help(self) -> None:
        """Show every key."""
        HelpSheet(COMMANDS, self._theme.scale, self).open()
