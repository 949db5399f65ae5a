"""Presenting: what the stage has keys for besides its pages, and what a remote's two keys do.

A presenter's remote is a keyboard with few keys: PageDown and PageUp, B or ".", F5 and Escape.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPixmap

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.events import Failure, Notice
from nnviz.messages.ports import Ports
from nnviz.numbers import count
from nnviz.views.shared.file_dialog import ask_path
from nnviz.window.actions import refuse
from nnviz.window.projector import Page, Projector
from nnviz.window.settings import Settings
from nnviz.window.stepping import Stepping

if TYPE_CHECKING:
    from nnviz.window.presenting.tools import Tools
    from nnviz.window.projector.stage import Stage

ON_STAGE = (
    *("blank_black", "blank_white", "spotlight", "pen", "pen_colour", "undo_stroke"),
    *("erase_strokes", "magnify", "save_stage"),
)
"""Commands that need the stage."""
WHERE = "The stage has this: F5 shows it."


class Presenting(QObject):
    """Does what a presenter's keys wish, on the stage alone.

    Attributes:
        tools: over the stage, once that has been opened, else None.
        turns_pages: whether PageDown and PageUp turn pages on the stage; else they step.
    """

    def __init__(
        self,
        projector: Projector,
        actions: Mapping[str, QAction],
        stepping: Stepping,
        settings: Settings,
        ports: Ports,
    ) -> None:
        """Join it to a projector, whose stage is built when it is first wanted."""
        super().__init__(projector)
        self._projector, self._actions = projector, actions
        self._settings, self._ports = settings, ports
        self.tools: Tools | None = None
        self._moment: tuple[object, ...] = ()
        self._rests = False
        self._folder: Path | None = None
        self._remote = actions["remote"]
        self._remote.setCheckable(True)
        self._remote.setChecked(settings.remote_turns_pages)
        projector.built.connect(self._built)
        projector.opened.connect(self._opened)
        projector.left.connect(self._left)
        projector.turned.connect(self._turned)
        stepping.changed.connect(self._step_changed)
        ports.on(Snapshot, self._show_snapshot)
        self._allow(False)

    def _built(self, stage: "Stage") -> None:
        # Who never projects has none of it imported.
        from nnviz.window.presenting.tools import Tools

        self.tools = Tools(stage.board, stage)
        if stage.bar is not None:
            for overlay in (self.tools.magnifier, self.tools.pen, self.tools.spotlight):
                overlay.lifted = stage.bar.come_forward
        stage.dressed.connect(self.tools.set_theme)
        stage.left_first.append(self.tools.leave)
        stage.left_last.append(self.tools.magnifier.leave)
        stage.keys[Qt.Key.Key_Period.value] = self.tools.blank_black

    def _opened(self) -> None:
        if self.tools is not None:
            self.tools.begin()
        self._allow(True)

    def _left(self) -> None:
        if self.tools is not None:
            self.tools.end()
        self._allow(False)

    def _turned(self, _page: Page) -> None:
        if self.tools is not None:
            self.tools.start_afresh()

    def _allow(self, on: bool) -> None:
        for id in ON_STAGE:
            refuse(self._actions[id], "" if on else WHERE)

    def _show_snapshot(self, snapshot: Snapshot) -> None:
        """Let strokes go at the next step; over what plays they stay until it has been paused."""
        before, self._moment = self._moment, (snapshot.run, snapshot.step, snapshot.phase)
        rested, self._rests = self._rests, not snapshot.playing
        if self.tools is not None and rested and self._moment != before:
            self.tools.pen.erase()

    def _step_changed(self, granularity: str) -> None:
        """Say on the stage, where no button shows it, what a step is now."""
        if self._projector.on:
            self._ports.publish(Notice(f"A step is now one {granularity}."))

    def say_pace(self, pace: float | None) -> None:
        """Say on the stage, where no slider shows it, how fast training goes from now on."""
        if self._projector.on:
            many = None if pace is None else count(round(pace), "minibatch", "minibatches")
            said = "as fast as it can" if many is None else f"{many} a second"
            self._ports.publish(Notice(f"Speed: {said}."))

    # -- the remote -------------------------------------------------------------------------------

    @property
    def turns_pages(self) -> bool:
        """Whether PageDown and PageUp turn pages on the stage; else they step."""
        return self._remote.isChecked()

    def remote_changed(self) -> None:
        """Keep what PageDown and PageUp do, and say so."""
        turns = self.turns_pages
        self._settings.remote_turns_pages = turns
        self._settings.flush()
        what = "turn pages" if turns else "step"
        self._ports.publish(Notice(f"PageDown and PageUp {what} on the stage."))

    def deed(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Return what a key does while the stage is on, wherever the focus is; None for nothing."""
        if self.tools is None or not self._projector.on:
            return None
        if self.tools.pen.strokes and event.matches(QKeySequence.StandardKey.Undo):
            return self.tools.pen.undo  # what was done last, though not to the run
        if self.turns_pages and event.modifiers() in _PLAIN:
            pages = self._projector
            turns = {Qt.Key.Key_PageDown: pages.next_page, Qt.Key.Key_PageUp: pages.previous_page}
            return turns.get(Qt.Key(event.key()))
        return None

    def save(self) -> None:
        """Ask for a file, and save the picture with what is drawn on it."""
        if self.tools is None or self._projector.stage is None:
            return
        photo = self.tools.photograph()
        ask_path(
            self._projector.stage,
            "save_stage",
            "Save picture of the stage",
            lambda path: self._write(photo, path),
            kinds="Pictures (*.png)",
            save_as="stage.png",
            folder=self._folder,
        )

    def _write(self, photo: QPixmap, path: Path) -> None:
        self._folder = path.parent
        if photo.save(str(path), "PNG"):
            self._ports.publish(Notice(f"The picture is saved as {path.name}."))
        else:
            sentence = f"{path} cannot be written: choose another folder, or free some space."
            self._ports.publish(Failure(sentence))


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
