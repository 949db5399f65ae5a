"""The sequence of scenes: on from what a lesson starts with, and back to what a scene found."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from nnviz.lessons.lesson import Changes
from nnviz.lessons.observed import Observed
from nnviz.lessons.script import Script
from nnviz.messages import commands
from nnviz.messages.commands import Command
from nnviz.messages.events import DrawingOffered
from nnviz.messages.ui_state import UiState
from nnviz.window.lesson.applying import Applying
from nnviz.window.lesson.happenings import Happenings
from nnviz.window.parts import Parts


class SceneSequence(QObject):
    """Lets scenes begin one after another, each on the run and the screen that it wants.

    Nothing that is done counts between a scene and the next.

    Signals:
        changing(): a scene was left, or begun with, and the next is being prepared.
        entered(): what the scene changes is on screen.
    """

    changing = Signal()
    entered = Signal()

    def __init__(
        self,
        parts: Parts,
        applying: Applying,
        happenings: Happenings,
        observed: Callable[[], Observed | None],
        send: Callable[[Command], None],
        parent: QObject,
    ) -> None:
        """Begin with no lesson; `send` passes the gate, `observed` is what expressions see."""
        super().__init__(parent)
        self._parts, self._applying, self._happenings = parts, applying, happenings
        self._observed, self._send = observed, send
        self._script: Script | None = None
        self._begins = 0
        self._before: dict[str, UiState] = {}  # the screen before each scene changed anything

    def begin(self, script: Script) -> None:
        """Take the state that a lesson starts with, then let the scene begin it stands before."""
        self._script, self._before = script, {}
        self._happenings.on = False
        earlier = script.lesson.scenes[: script.progress[0] - 1]
        self._begins = len(earlier)
        self.changing.emit()
        scenes = [scene.changes for scene in earlier]
        self._applying.begin(script.lesson.start, Changes(), partial(self._pass_through, scenes))

    def _pass_through(self, scenes: Sequence[Changes]) -> None:
        """Apply what the scenes before the one that was wanted change, then enter that."""
        if self._script is None:
            return
        place = self._begins - len(scenes)
        if (seen := self._observed()) is not None:
            self._script.pass_through(place, seen)
        if scenes:
            self._mark(place)
            self._applying.apply(scenes[0], partial(self._pass_through, scenes[1:]))
        else:
            self.enter(self._script.begin())

    def end(self) -> None:
        """Apply no further: the lesson is left."""
        self._script = None
        self._applying.forget()

    def _mark(self, place: int) -> None:
        """Remember run and screen as a scene finds them, to come back to."""
        if self._script is not None:
            id = self._script.lesson.scenes[place].id
            self._before[id] = self._parts.keeper.state()
            self._send(commands.Bookmark(id))

    def enter(self, changes: Changes, *, marked: bool = False) -> None:
        """Let the scene begin that the script stands at; `marked` where it was before."""
        assert self._script is not None
        if not marked:
            self._mark(self._script.progress[0] - 1)
        self._happenings.on = False
        self.changing.emit()
        self._applying.apply(changes, self.entered.emit)

    def enter_again(self, changes: Changes) -> None:
        """Let the scene begin as it was when it began before, with run and screen as it found."""
        assert self._script is not None
        id = self._script.scene.id
        if id not in self._before:
            self.enter(changes)
            return
        shown, before = self._parts.shown(), self._before[id]
        run = 0 if shown is None else shown.run
        self._happenings.on = False
        self._parts.gate.publish(DrawingOffered(None))
        self._send(commands.ReturnTo(id))

        def returned() -> None:
            self._parts.keeper.show(before)
            self._parts.select(before.selection)
            self.enter(changes, marked=True)

        self._applying.wait_for(lambda s: s.run > run, returned)
        self.changing.emit()
