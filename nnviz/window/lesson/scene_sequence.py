"""The sequence of scenes: on from what a lesson starts with, and back to what a scene found."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from nnviz.engine.run.snapshot import Snapshot
from nnviz.lessons.left_off import Found, Phase
from nnviz.lessons.lesson import Changes
from nnviz.lessons.observed import Observed
from nnviz.lessons.script import Script
from nnviz.messages import commands
from nnviz.messages.command import Command
from nnviz.messages.events import DataMissing
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
        self._before: dict[str, Found] = {}  # the screen before each scene changed anything
        self._missing: Callable[[], None] | None = None  # where the run that is opened is not there
        parts.gate.on(DataMissing, self._lacks_run)

    def take_up(self, script: Script, run: Path, found: Found, missing: Callable[[], None]) -> None:
        """Let a scene begin as it began before the lesson was left.

        Args:
            script: stands before it.
            run: the file of the run that it found.
            found: how it found the screen.
            missing: is called where the file cannot be opened.
        """
        self._script, self._before, self._missing = script, {}, missing
        self._happenings.on = False
        self.changing.emit()
        opened = commands.OpenSession(run, demonstration=True)
        self._applying.take_up(opened, found, self._taken_up, self._lacks_run)

    def _taken_up(self) -> None:
        self._missing = None
        if self._script is not None:
            self.enter(self._script.begin())

    def _lacks_run(self, *_missing: DataMissing) -> None:
        missing, self._missing = self._missing, None
        if missing is not None and self._script is not None:
            self._applying.forget()
            missing()

    @property
    def found(self) -> Found | None:
        """How the scene that is on found the screen; None before it is entered."""
        return None if self._script is None else self._before.get(self._script.scene.id)

    def begin(self, script: Script) -> None:
        """Take the state that a lesson starts with, then let the scene begin it stands before."""
        self._script, self._before, self._missing = script, {}, None
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
        self._script = self._missing = None
        self._applying.forget()

    def _mark(self, place: int) -> None:
        """Remember run and screen as a scene finds them, to come back to."""
        if self._script is not None:
            id = self._script.lesson.scenes[place].id
            self._before[id] = Found(
                self._parts.keeper.state(), self._happenings.own_input, _phase(self._parts.shown())
            )
            self._send(commands.Bookmark(id))

    def enter(self, changes: Changes, *, marked: bool = False) -> None:
        """Let the scene begin that the script stands at; `marked` where it was before."""
        assert self._script is not None
        if not marked:
            self._mark(self._script.progress[0] - 1)
        self._happenings.on = False
        self.changing.emit()
        rest = "play" not in self._script.scene.allow
        self._applying.apply(changes, self.entered.emit, rest=rest)

    def enter_again(self, changes: Changes) -> None:
        """Let the scene begin as it was when it began before, with run and screen as it found."""
        assert self._script is not None
        id = self._script.scene.id
        if id not in self._before:
            self.enter(changes)
            return
        self._happenings.on = False
        enter = partial(self.enter, changes, marked=True)
        self._applying.take_up(commands.ReturnTo(id), self._before[id], enter)
        self.changing.emit()


def _phase(shown: Snapshot | None) -> Phase | None:
    if shown is None or shown.minibatch is None or shown.phase is None:
        return None
    return Phase(shown.phase.name, bool(shown.minibatch.alone))
