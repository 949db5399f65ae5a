"""The recorder: makes a lesson file of what is on screen, and opens it to be gone on with."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nnviz.dataclass import dataclass
from nnviz.engine.run.snapshot import Snapshot
from nnviz.errors import NnvizError
from nnviz.lessons.recording import Beginning, LessonFiles, Moment, beginning_of, write_lesson
from nnviz.messages.commands import Pause, SaveSession
from nnviz.messages.events import Failure, Saved
from nnviz.messages.ui_state import UiState
from nnviz.views.shared.file_dialog import ask_path
from nnviz.window.lesson.words import Words
from nnviz.window.parts import Parts
from nnviz.window.projector.pages import LESSON_PAGES, PAGES

KINDS = "(*.toml)"
NAME = "lesson.toml"


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    """A lesson that is to be written as soon as its session lies beside it."""

    files: LessonFiles
    moment: Moment
    beginning: Beginning


class Recorder(QObject):
    """Records what is on screen as a new lesson."""

    def __init__(
        self, window: QWidget, parts: Parts, open_lesson: Callable[[Path], object]
    ) -> None:
        """Join it to a window; `open_lesson` opens what was written."""
        super().__init__(window)
        self._window, self._parts, self._open = window, parts, open_lesson
        self._wish: _Wish | None = None
        parts.gate.on(Saved, self._saved)

    def ask(self, own_input: NDArray[np.floating] | None) -> None:
        """Ask for a file, and record in it what is on screen; training pauses.

        Args:
            own_input: what the net shows in place of an example, (inputs,); None for nothing.
        """
        shown = self._parts.shown()
        if shown is None:
            return
        if shown.playing:
            self._parts.gate.send(Pause())
        words = Words()
        ask_path(
            self._window,
            "new_lesson",
            words("new_lesson_title"),
            lambda path: self.record(path, own_input),
            kinds=f"{words('lesson_files')} {KINDS}",
            save_as=NAME,
        )

    def record(self, path: Path, own_input: NDArray[np.floating] | None = None) -> None:
        """Record what is on screen now as a lesson in a file, and open it."""
        shown = self._parts.shown()
        if shown is None:
            return
        moment = self._moment(shown, own_input)
        beginning = beginning_of(moment)
        files = LessonFiles.at(path, beginning)
        wish = _Wish(files, moment, beginning)
        if files.session is None:
            self._write(wish)
        else:
            self._wish = wish
            view = self._parts.keeper.state().to_dict()
            self._parts.gate.send(SaveSession(files.session, view, copy=True))

    def _moment(self, shown: Snapshot, own_input: NDArray[np.floating] | None) -> Moment:
        if shown.minibatch is None or shown.minibatch.alone:
            fits = own_input is not None and own_input.shape == (shown.recipe.layers[0],)
            own_input = own_input if fits else None
        else:
            own_input = None
        stage = self._parts.projector
        page = stage.page if stage.on else None
        if page is None:
            return Moment(shown, self._screen(), own_input)
        if any(page.id == one.id for one in (*PAGES, *LESSON_PAGES)):
            return Moment(shown, self._screen(), own_input, page.id)
        made = tuple((each.view, each.share) for each in page.views)  # nobody else has it
        return Moment(shown, self._screen(), own_input, stage=made)

    def _screen(self) -> UiState:
        """Return what is chosen on screen, of what can be seen: on the stage where that is on.

        What is as usual is left out: a lesson begins with it.
        """
        parts = self._parts
        ui, docks = parts.keeper.state(), {id for id, _ in parts.docks.items()}
        shut = docks - set(ui.open_panels or ())
        views = {id: kept for id, kept in ui.views.items() if id not in shut}
        usual = parts.keeper.usual()
        shown = replace(ui, views={**views, **parts.projector.chosen()}, selection=parts.selected())
        return shown.beyond(replace(usual, views={**usual.views, **parts.projector.usual()}))

    def _saved(self, saved: Saved) -> None:
        wish = self._wish
        if wish is not None and saved.copy and saved.path == wish.files.session:
            self._wish = None
            self._write(wish)

    def _write(self, wish: _Wish) -> None:
        try:
            write_lesson(wish.files, wish.moment, wish.beginning)
        except NnvizError as error:
            if (session := wish.files.session) is not None:
                session.unlink(missing_ok=True)  # it was for this lesson alone
            self._parts.gate.publish(Failure(str(error)))
        else:
            self._open(wish.files.path)
