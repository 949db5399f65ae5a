"""The screen of a lesson: the panel at the left, the strip on the stage, marks, what is dimmed."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from nnviz.engine.selection import Selection
from nnviz.lessons.script import Script
from nnviz.window.dock import in_sight
from nnviz.window.docks import FORM
from nnviz.window.lesson.closed import Closed
from nnviz.window.lesson.marks import Marks
from nnviz.window.lesson.notes import Notes
from nnviz.window.lesson.panel import LessonBar, LessonPanel
from nnviz.window.lesson.permitted import Actions
from nnviz.window.lesson.places import Spot, of_command, of_thing, of_widget
from nnviz.window.lesson.sheet import scrolled
from nnviz.window.lesson.shown import Shown
from nnviz.window.lesson.stage_strip import StageStrip
from nnviz.window.lesson.words import Words
from nnviz.window.parts import Parts
from nnviz.window.projector.presenter import PresenterPanel
from nnviz.window.projector.stage import Stage

NOTES = 130
"""Pixels of the height of notes beside the presenter's own, at a factor of 1."""
DIMMED = {
    FORM: ("recipe", "eta"),
    "pad": ("draw", "teach"),
    "table": ("table",),
    "race": ("race",),
}
"""Panels that are all hands: dimmed where none of these gestures is alive."""


class Screen(QObject):
    """Shows a lesson in a window, and on its stage while that is on.

    Attributes:
        panel: at the left of all panels.
        strip: on the stage, once that was opened.
        notes: beside the presenter's own, once there was a screen for them.
        actions: of the window, of which some are grey.
        closed: keeps hands in panels from what the scene does not allow.
        marks: what glows.

    Signals:
        answered(object): an answer, from wherever the question stands.
        slid(int, float, bool): a slider was moved, as `Sliders` tells it.
    """

    answered = Signal(object)
    slid = Signal(int, float, bool)

    def __init__(
        self,
        window: QMainWindow,
        parts: Parts,
        words: Words,
        leave: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """Build it; `leave` asks whether to leave, as Escape does on the stage."""
        super().__init__(parent)
        self._window, self._parts, self._words, self._leave = window, parts, words, leave
        self._shown: Shown | None = None
        self.actions = Actions(parts.actions, parts.docks.toggles(), words("later"))
        self.closed = Closed(parts, self)
        self.marks = Marks(parts.theme, self)
        self.panel = LessonPanel(words, parts.theme)
        self.panel.sheet.answered.connect(self.answered)
        self.panel.sheet.slid.connect(self.slid)
        self.strip: StageStrip | None = None
        self.notes: Notes | None = None
        self._stage: Stage | None = None
        self._presenter: PresenterPanel | None = None
        self._bar: LessonBar | None = None
        parts.projector.opened.connect(self._show_on_stage)

    def open(self) -> None:
        """Come into the window, whose panels stand as at first."""
        if self._bar is not None:
            return
        parts = self._parts
        self._bar = LessonBar(self.panel, self._window)
        self._window.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self._bar)
        self._bar.leave_gap(parts.theme().scale.space(8))
        self._bar.show()
        parts.columns.restore_first()
        parts.docks[FORM].hide()

    def close(self) -> None:
        """Go away; all that was grey or dim is as it was."""
        self.marks.clear()
        self._dim(None)
        self.closed.open()
        self.actions.give_back()
        if self._bar is not None:
            self._window.removeToolBar(self._bar)
            self._bar.deleteLater()
            self._bar = None
        if self._presenter is not None and self.notes is not None:
            self._presenter.stand_below(None)
            self._presenter = self.notes = None
        if self._stage is not None and self.strip is not None:
            self._stage.left_last.remove(self._leave)
            self._stage.stand_below(None)
            self.strip.deleteLater()
            self._stage = self.strip = None

    def in_front(self) -> QWidget:
        """Return the window that has the keys: the stage, or the desktop."""
        stage = self._parts.projector.stage
        return stage if stage is not None and self._parts.projector.has_keys else self._window

    @property
    def active(self) -> bool:
        """Whether hands are at the desktop or on the stage, not in another window."""
        return self._window.isActiveWindow() or self._parts.projector.has_keys

    def speak(self) -> None:
        """Say everything anew, in the language that the player's words have now."""
        self.actions.give_back()
        self.actions = Actions(
            self._parts.actions, self._parts.docks.toggles(), self._words("later")
        )
        self.panel.speak()
        if self.strip is not None:
            self.strip.speak()
        self._shown = None

    def show(self, shown: Shown, allow: Collection[str]) -> None:
        """Show a scene as it is now, with these gestures alive."""
        self.actions.leave_alive(allow)
        self.closed.leave_alive(allow, self._words("later"))
        self._dim(allow)
        if shown != self._shown:
            self._shown = shown
            self.panel.show_scene(shown)
            if self.notes is not None:
                self.notes.show_scene(shown)
            if self.strip is not None:
                self.strip.show_scene(shown)
            elif self._parts.projector.on:  # it was on before the lesson was
                self._show_on_stage()

    def _show_on_stage(self) -> None:
        """Stand on the stage, too, which has just been opened."""
        stage = self._parts.projector.stage
        if stage is None or self._bar is None or self._shown is None:
            return
        if self.strip is None:
            self._stage, self.strip = stage, StageStrip(self._words)
            self.strip.answered.connect(self.answered)
            self.strip.said.slid.connect(self.slid)
            rail, panel = self.strip.rail, self.panel
            rail.on_wanted.connect(panel.on_wanted)
            rail.back_wanted.connect(panel.back_wanted)
            rail.hint_wanted.connect(panel.hint_wanted)
            rail.next_wanted.connect(panel.next_wanted)
            rail.skip_wanted.connect(panel.skip_wanted)
            rail.leave_wanted.connect(panel.leave_wanted)
            stage.dressed.connect(self.strip.set_theme)
            stage.stand_below(self.strip, self.strip.share)
            self.strip.grown.connect(self._let_strip_grow)
            stage.left_last.append(self._leave)
        if stage.theme is not None:
            self.strip.set_theme(stage.theme)
        self.strip.show_scene(self._shown)
        self._show_notes(self._shown)

    def _show_notes(self, shown: Shown) -> None:
        """Show the teacher's notes where the class has a screen of its own."""
        presenter = self._parts.projector.presenter
        if presenter is None:
            return
        if self.notes is None:
            self._presenter = presenter
            self.notes = Notes(self._words, self._parts.theme)
            area = scrolled(self.notes)
            area.setMinimumHeight(self._parts.theme().scale.space(NOTES))
            presenter.stand_below(area)
        self.notes.show_scene(shown)

    def _let_strip_grow(self) -> None:
        if self._stage is not None and self.strip is not None:
            self._stage.stand_below(self.strip, self.strip.share)

    def _dim(self, allow: Collection[str] | None) -> None:
        """Dim panels that are all hands where nothing can be done in them; None for no lesson."""
        built = {FORM: self._parts.form, **self._parts.views.built}
        for id, gestures in DIMMED.items():
            if id in built:
                alive = allow is None or not set(gestures).isdisjoint(allow)
                built[id].setEnabled(alive)

    def glowing(self, script: Script, pointed: Selection | None) -> list[Spot]:
        """Return the places that glow: what the scene marks, and what is pointed at."""
        parts = self._parts
        stages = [parts.projector.stage] if parts.projector.on else []
        views = [parts.views, *(stage.views for stage in stages if stage is not None)]
        found: list[Spot] = []
        for mark in script.marks:
            if mark.kind == "panel":
                large = parts.enlarged.id == mark.id
                found += of_widget(parts.enlarged if large else parts.panel(mark.id))
            elif mark.kind == "command":
                found += of_command(mark.id, self._window)
        for thing in (*(mark.thing for mark in script.marks), pointed):
            if thing is not None:
                found += [spot for each in views for spot in of_thing(thing, each.built)]
        return found

    def bring_into_sight(self, script: Script) -> None:
        """Open the panels that the scene marks, where they cannot be seen."""
        docks = dict(self._parts.docks.items())
        for mark in script.marks:
            if mark.kind == "panel" and mark.id in docks and not in_sight(docks[mark.id]):
                self._parts.docks.open(mark.id)
