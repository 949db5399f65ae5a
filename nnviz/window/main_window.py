"""The main window: puts toolbar, panels and status line around the views.

Frames come in and are handed to the views that can be seen; a view shown later
gets the last one. Whatever else comes in or goes out passes through the ports, to
which every view joins itself. The window knows no thread and no engine at work, so it
can be tested with a list in place of a worker.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz.data.naming import is_example
from nnviz.engine.changes import THETA
from nnviz.engine.recipe import ALL, Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.taught import NONE
from nnviz.messages import commands
from nnviz.messages.events import (
    Opened,
    Selected,
    StepWanted,
)
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import UiState
from nnviz.messages.window_commands import EditParameter, OpenPanel, Select, ShowUi
from nnviz.views.palette import Theme
from nnviz.views.shared import accessible
from nnviz.views.view import ViewSpec
from nnviz.window.actions import make_actions
from nnviz.window.appearance import Appearance
from nnviz.window.banner import Banner
from nnviz.window.command_palette import CommandPalette
from nnviz.window.course import first_deed
from nnviz.window.data_panels import DataPanels
from nnviz.window.data_start import DataStart
from nnviz.window.dialogs import Dialogs
from nnviz.window.docks import FORM
from nnviz.window.first_minute import FirstMinute
from nnviz.window.gate import Gate
from nnviz.window.hand_entry import HandEntry
from nnviz.window.head import Head
from nnviz.window.keys import FocusKeys
from nnviz.window.late_views import LateViews
from nnviz.window.leaving import Leaving, leave_inside
from nnviz.window.more_forms import MoreFormsSuggestion
from nnviz.window.opening import Opening
from nnviz.window.panel_window import PanelWindow
from nnviz.window.parts import Parts
from nnviz.window.presenting import PanelMagnifier, Presenting
from nnviz.window.projector import Desktop, Projector
from nnviz.window.quit_key import QuitKey, dismiss_dialogs
from nnviz.window.recipe import RecipeForm
from nnviz.window.run_requests import RunRequests
from nnviz.window.run_setup import RunSetup
from nnviz.window.settings import Settings
from nnviz.window.status import StatusLine
from nnviz.window.stepping import Stepping
from nnviz.window.telling import WALK, LongWork, Telling
from nnviz.window.training_actions import TrainingActions
from nnviz.window.ui_state_keeper import FIRST, UiStateKeeper
from nnviz.window.until_first_moment import UntilFirstMoment
from nnviz.window.view_feed import ViewFeed
from nnviz.window.weight_editor import WeightEditor
from nnviz.window.words import OtherWords


class MainWindow(PanelWindow):
    """The window: it has every part, and the parts know the ports rather than each other.

    Attributes:
        views: every view by id.
        selection: what was picked last in any view, or None.

    Signals:
        closed(): the user has closed the window.
        paced(float): seconds from one frame to the next from now on.
    """

    closed = Signal()
    paced = Signal(float)

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
        super().__init__(settings)
        # Keys belong to the run unless a row of the form is being edited; a click anywhere else
        # takes them back.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()
        self.gate = ports = Gate(ports)
        self._ports, self._send = ports, ports.send
        self.appearance = Appearance(self, settings, theme, self.set_theme, self._draw_anew, ports)
        self.words = OtherWords(self, settings, lambda: self.snapshot, ports)
        self.words.changed.connect(self._write_anew)
        self.appearance.wear(self.appearance.theme)
        self.selection: Selection | None = None
        self.actions_by_id = make_actions(self, self._send)
        self.long_work = LongWork(ports, self.actions_by_id["cancel"], self)
        self._keys = FocusKeys(self, lambda: self.long_work.busy)
        self.stepping = Stepping(self.actions_by_id, self._send, self)
        self._training = TrainingActions(self.actions_by_id, ports, self)
        self.requests = RunRequests(
            self, settings.recipe, self.stepping, lambda: self.snapshot, ports
        )
        self.opening = Opening(self, self.ui_state, lambda: self.snapshot, self.requests, ports)
        self.files, self.examples = self.opening.files, self.opening.examples
        self.downloads = self.opening.downloads
        self.views = LateViews(ports, self)
        self.status = StatusLine(self)
        self._feed = ViewFeed(specs, self.views, self.status, self)
        self._feed.paced.connect(self.paced)
        self._enlarged.changed.connect(self._feed.show_everywhere)
        self._build_panels(specs)
        self._fit_columns()
        self._magnifier = PanelMagnifier(self)
        self._weights = WeightEditor(self)
        self._weights.chosen.connect(
            lambda i, value: self._send(commands.MakeEdit(THETA, (value,), (i,)))
        )
        accessible.install()
        self._build_head(settings)
        self.toolbar.pace_changed.connect(lambda pace: self._send(commands.Pace(pace)))
        self.status.remark.panel.wanted.connect(self.requests.carry_out)
        self.setStatusBar(self.status)
        self.telling = Telling(self, self._middle.centre, self.status, lambda: self.snapshot, ports)
        self._take_first_place()
        self.set_theme(self.appearance.theme)
        self._docks.arrange()
        self.drops = self.opening.take_drops(self._docks)
        for dock in self._docks:
            dock.addActions(list(self.actions_by_id.values()))  # their keys work where it floats
        self.views.came = self._view_came
        HandEntry(self.actions_by_id["learn_hand"], ports, self)
        MoreFormsSuggestion(self.banner, self.requests, self._settings, ports, self)
        self._ui = UiStateKeeper(
            self.views, self.form, self._docks, self.stepping, self.toolbar, ports.beyond, self
        )
        self._feed.handed = self._ui.handed
        self._feed.as_shown = self.words.shown
        ports.take(Select, lambda wish: self.select(wish.selection))  # what was kept has one, too
        self._restore()
        self.projector = Projector(
            specs,
            settings,
            Desktop(
                self,
                self.actions_by_id,
                self._feed,
                self.views.state,
                lambda: self.selection,
                lambda: self.toolbar.pace,
                lambda: self.views.from_left(self),
                lambda: self.appearance.theme,
            ),
            ports,
        )
        self.presenting = Presenting(
            self.projector, self.actions_by_id, self.stepping, settings, ports
        )
        self._keys.everywhere = first_deed(self.course.deed, self.presenting.deed)
        self.toolbar.pace_changed.connect(self.presenting.say_pace)
        self.dialogs = Dialogs(specs, self.appearance, self.words, self.projector, settings, ports)
        self.projector.built.connect(QuitKey(self.actions_by_id["quit"], self).watch)
        parts = self._parts()
        self.command_palette = CommandPalette(self, settings, self.projector.theme_in_front)
        self.command_palette.offer(parts)
        self.first_minute = FirstMinute(self, parts)
        self._join_course(parts)
        self._leaving = Leaving(self._to_leave(parts), self.take_keys)
        self.stepping.changed.connect(self._granularity_changed)
        self._join(ports)

    def front(self) -> QWidget:
        """Return the window that dialogs stand over: the stage where it covers this one."""
        return self.projector.front()

    @property
    def snapshot(self) -> Snapshot | None:
        """The last snapshot shown, or None."""
        return self._feed.snapshot

    def _join(self, ports: Ports) -> None:
        """Say what the window itself takes, hears and tells; its views have joined themselves."""
        ports.take(EditParameter, lambda wish: self.edit_parameter(wish.index))
        ports.take(ShowUi, lambda wish: self.show_ui(wish.state))
        ports.take(OpenPanel, lambda wish: self._show_view(wish.id))
        ports.on(Snapshot, self.show_snapshot)
        ports.on(Opened, self.show_opened)

    def _parts(self) -> Parts:
        """Return the parts that this window has, for who leads through it."""
        examples, data = self.examples.menu, self.data_choice.menu
        return Parts(
            self.gate,
            self._settings,
            self.actions_by_id,
            self.toolbar,
            self._middle,
            self._docks,
            self._columns,
            self._first_layout,
            self._enlarged,
            self.banner,
            self.status.remark,
            self._ui,
            self.views,
            self.form,
            self.requests,
            self.opening,
            self.recent,
            ((examples, "Example"), (data, "Data"), (self.recent, "Recent run")),
            self.stepping,
            self.projector,
            lambda: self.snapshot,
            lambda: self.selection,
            lambda: self.appearance.theme,
            self.select,
            self.enlarge,
            self.panel,
            self._weights.leave,
            self.start,
        )

    def _join_course(self, parts: Parts) -> None:
        self.course.join(parts)
        self.command_palette.sources.append(self.course.entries)
        self.dialogs.rows.append(self.course.language_row)
        self.first_minute.course = self.course.choose
        self.course.opening.connect(self.first_minute.make_way)
        self.long_work.walk_stays = lambda: self.course.player is not None
        self.first_minute.others = lambda: self.course.player is not None

    def _build_panels(self, specs: Sequence[ViewSpec]) -> None:
        self.form = RecipeForm()
        self._docks.add(FORM, ("Recipe",), "left", self.form)
        self.setCentralWidget(self._middle)
        for spec in specs:
            if spec.place in ("centre", "below"):
                self._middle.add(spec, self.views.add(spec))
                self._feed.watch(spec.id, None)
            else:
                late = spec.late or not spec.open
                content = self.views.place(spec) if late else self.views.add(spec)
                self._docks.add(spec.id, spec.titles, spec.place, content, open=spec.open)
                self._feed.watch(spec.id, self._docks[spec.id])
        self.banner = Banner(self._middle.centre)

    def _build_head(self, settings: Settings) -> None:
        actions, shown = self.actions_by_id, lambda: self.snapshot
        head = Head(self, actions, self._docks.toggles(), self.opening, self.requests, settings)
        self.toolbar, self.menus, self.recent = head.toolbar, head.menus, head.menus.recent
        self.data_choice, self.course = head.data, head.course
        self._put_on_top(self.menus, self.toolbar)
        panels = DataPanels(self._docks)
        self.data_start = DataStart(self.toolbar, panels, self._ports, self)
        self.examples.wished.connect(self.data_start.wish)
        self._setup = RunSetup(
            self.form,
            self.data_choice,
            self.data_start,
            self.banner,
            self.requests,
            self.examples.usual,
            shown,
            self._ports,
        )

    # -- what stays between starts ------------------------------------------------------------

    def _restore(self) -> None:
        state = self._settings.ui_state
        if self._restore_place():
            state = replace(state, open_panels=None)
        self._ui.show(state, run=FIRST)

    def ui_state(self) -> UiState:
        """Return what is on screen besides the run."""
        return self._ui.state()

    def show_ui(self, state: UiState) -> None:
        """Show what a state says; what it leaves out, or does not fit, stays as it is."""
        if state.enlarged is not None or state.front:
            self._enlarged.back()
        self._ui.show(state)
        if state.enlarged:
            self.enlarge(state.enlarged)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Note that the window is on screen: what may come later comes now."""
        super().paintEvent(event)
        self._magnifier.hear()
        self.views.painted()

    def settled(self) -> bool:
        """Tell whether the panels stand where they are going to stand, with their views."""
        return super().settled() and self.views.settled()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep layout and settings, then let the window go."""
        dismiss_dialogs(self)
        self.course.close()
        self.projector.close()
        self._keep_place()
        self._ui.tell()
        self._settings.ui_state = self.ui_state()
        # What is taught and which parameters train are this run's own.
        self._settings.recipe = replace(self.requests.recipe, taught=NONE, trained=ALL)
        self._settings.flush()
        self.hide()  # at once: what threads have still to write may take seconds
        self.closed.emit()
        super().closeEvent(event)

    def _view_came(self, id: str) -> None:
        """Let a view that was built late take part."""
        self.drops.watch(self.views[id])
        self._feed.came(id)
        self._docks.fit_soon()  # it may need more room than its empty place

    # -- what comes in --------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a moment in the views that can be seen, in turns while training runs."""
        self._middle.centre.ready()
        before, self._feed.snapshot = self.snapshot, snapshot
        if self.selection is not None and not self.selection.fits(snapshot.recipe):
            self.select(None)
        same_run = before is not None and before.run == snapshot.run
        self._setup.show_snapshot(snapshot, same_run=same_run)
        self.menus.offer("undo", snapshot.undo)
        self.menus.offer("redo", snapshot.redo)
        if same_run and before is not None and len(before.branches) < 2 <= len(snapshot.branches):
            self._docks.bring_forward("branches")
        walks = snapshot.minibatch is not None and bool(snapshot.minibatch.alone)
        self.long_work.note(WALK, walks)
        self.files.show_snapshot(snapshot)
        self._weights.show_snapshot(snapshot)
        self._feed.show(self.toolbar.pace)
        self.projector.show_snapshot(self.words.shown(snapshot))
        self.toolbar.set_playing(snapshot.playing)
        self._training.show_snapshot(snapshot)
        self.views.moment_shown()

    def select(self, selection: Selection | None) -> None:
        """Let every view mark what was picked in one of them; None for nothing any more."""
        self.selection = selection
        self._ports.publish(Selected(selection))

    def show_everywhere(self) -> None:
        """Show the last moment in every view that can be seen, as for a photograph."""
        self._feed.show_everywhere()

    def leave(self) -> None:
        """Leave one thing, the innermost first; see `_to_leave`."""
        self._leaving.leave()

    def _to_leave(self, parts: Parts) -> tuple[Callable[[], object], ...]:
        """Return what leaves one thing each: running job, Why?, enlargement, stage, full screen."""
        projector = self.projector
        return (
            self._weights.leave,
            self.long_work.leave,
            lambda: projector.has_keys and projector.leave(),
            self.first_minute.end_guide,
            partial(leave_inside, self, parts),
            self._magnifier.leave,
            self._enlarged.back,
            self.course.leave,
            projector.leave,
            self._leave_full_screen,
        )

    def show_opened(self, opened: Opened) -> None:
        """Take on what the window remembered in a session, or what an example shows."""
        self.files.opened(opened.path, opened.run)
        self.select(None)
        self._enlarged.back()
        self._ui.show(UiState.from_dict(opened.view), run=opened.run)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes, everywhere."""
        self.appearance.wear(theme)
        super().set_theme(theme)
        for part in (
            self.toolbar,
            self.form,
            self.status,
            self.banner,
            self.downloads,
            self._weights,
            self._magnifier,
            self.examples.menu,
            self.words,
        ):
            part.set_theme(theme)
        self._keys.ring.set_theme(theme)
        self.views.set_theme(theme)

    def set_scale(self, factor: float) -> None:
        """Show letters, lines and gaps at a factor of their usual size, at once and everywhere."""
        self.appearance.set_scale(factor)

    def _write_anew(self) -> None:
        self.set_theme(self.appearance.theme)
        self._draw_anew()
        self.projector.draw_anew()
        self._docks.fit_soon()  # titles are as long as their words

    def _draw_anew(self) -> None:
        self._feed.draw_anew(self.appearance.theme)

    def _granularity_changed(self, granularity: str) -> None:
        if granularity == "phase":
            self._docks.bring_forward("minibatch")
        if self.snapshot is not None and self.snapshot.playing:
            self._send(commands.ByPhase(granularity == "phase"))  # on at once by what was chosen

    def take_keys(self) -> None:
        """Let the keys belong to the run, on the stage where that has them."""
        if self.projector.has_keys:
            self.projector.take_keys()
        else:
            super().take_keys()

    # -- what commands do -------------------------------------------------------------------------

    def start(self, recipe: Recipe | None = None, *, demonstration: bool = False) -> None:
        """Ask for the first run: this recipe, or the one last used; an example as its file is.

        For a demonstration it is one that is never kept.
        """
        if self.snapshot is None:
            UntilFirstMoment(self, self._ports)
        if recipe is None and is_example(self.requests.recipe.dataset):
            self.examples.open(self.requests.recipe.dataset)
        else:
            self.requests.start(recipe, demonstration=demonstration)

    def expect_run(self) -> None:
        """Keep panels empty until the run of a file or an example is there."""
        if self.snapshot is None:
            UntilFirstMoment(self, self._ports, unknown=True)

    def choose_data(self, name: str) -> None:
        """Start a new run on another data set; the recipe follows it."""
        self.requests.choose_data(name)

    def edit_parameter(self, index: int) -> None:
        """Open the weight editor beside the pointer for one entry of theta."""
        if self.projector.has_keys and self.projector.stage is not None:
            self.projector.stage.edit_parameter(index)
        elif self.snapshot is not None and 0 <= index < len(self.snapshot.theta):
            near = self.mapFromGlobal(QCursor.pos())
            self._weights.edit(self.snapshot, index, near)

    def _show_view(self, id: str) -> None:
        if self.projector.has_keys:
            self.projector.show_view(id)
        else:
            self.open_panel(id)

    def type_step(self) -> None:
        """Let the timeline take a step or an epoch from the keyboard."""
        self.activateWindow()  # the keys may be those of a panel that floats
        self._ports.publish(StepWanted())
