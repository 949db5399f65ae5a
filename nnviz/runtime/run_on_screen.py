"""The run on screen: which run the worker works on, and how others take its place.

What gave way is kept in its file and, until the new run has moved on, in memory, so that undo
brings it back. A run can be put aside while others are only shown, and moments of those can be
marked and returned to.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nnviz.data.dataset import Dataset
from nnviz.dataclass import dataclass
from nnviz.engine.run.record import RunRecord
from nnviz.messages.commands import OpenSession, Start
from nnviz.messages.events import Notice, Opened
from nnviz.runtime.autosave_thread import AutosaveThread
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.measuring import SHORT
from nnviz.runtime.run import Run
from nnviz.runtime.run_factory import RunFactory

SAVED, AUTOSAVED = 64, 8
"""Keyframes in a session file, about: going back is quick when it is opened."""
MOST_REPLACED = 4
"""Runs that undo can bring back one after the other: each has its data in memory."""


class RunOnScreen:
    """Owns the run that is worked on, and those that can be gone back to.

    Attributes:
        run: it; None before there is one.
        view: what the window has of it: values that JSON can hold.
        unsaved: whether anything has been done to it since it was last written.
    """

    def __init__(
        self,
        factory: RunFactory,
        autosave_thread: AutosaveThread,
        mailbox: Mailbox,
        came: Callable[[Run], None],
    ) -> None:
        """Begin with none; `came` shows a run that has taken its place."""
        self._factory, self._autosave_thread = factory, autosave_thread
        self._mailbox, self._came = mailbox, came
        self._starts = Starts(self._set_aside)
        self._suspended: SuspendedRun | None = None
        self._bookmarks: dict[str, tuple[RunRecord, Mapping[str, Dataset]]] = {}
        self.run: Run | None = None
        self.view: Mapping[str, Any] = {}
        self.unsaved = False

    # -- another takes its place -------------------------------------------------------------------

    def begin(self, start: Start) -> None:
        """Begin a new run in its place; see `RunFactory.begin`."""
        begun, words = self._factory.begin(start, self.run)
        words = f"{start.sentence} {words}".strip()
        self._enter(begun)
        if begun.replaced:
            kept = ", File ▸ Recent runs as well" if self._autosave_thread.keeps_recent_runs else ""
            words = f"{words} Ctrl+Z brings the run before back{kept}."
        if words:
            self._tell(words.strip())
        if start.view is not None:
            self._mailbox.put_event(Opened(None, start.view, begun.number))

    def open(self, opening: OpenSession) -> None:
        """Go on with a run from a session file in its place; see `RunFactory.resume`."""
        kept = self._autosave_thread.on_its_way(opening.path) if opening.demonstration else None
        if kept is not None:  # a lesson that was left is taken up before it is on disk
            resumed, view = self._factory.again(*kept), kept[0].view
        else:
            mark = self._autosave_thread.mark(opening.path)
            resumed, session = self._factory.resume(opening)
            resumed.demonstration = opening.demonstration
            resumed.continues = mark or resumed.continues
            view = session.record.view
        self._enter(resumed)
        self.view = view
        self.unsaved = True  # the run on screen is the last one, if nothing is done with it
        file = None if opening.demonstration else opening.path
        self._mailbox.put_event(Opened(file, self.view, resumed.number))

    def _enter(self, run: Run) -> None:
        """Let a run take the place of the one on screen, which is kept."""
        self._starts.begin(run, self.run, self.view)
        self._come_in(run)

    def _set_aside(self, run: Run) -> None:
        self._autosave_thread.set_aside(run.record(self.view, AUTOSAVED), run.trainer.datasets)

    def _come_in(self, run: Run) -> None:
        self.run = run
        run.trainer.at_once = SHORT
        self.unsaved = False
        run.measuring.forget()
        self._came(run)

    def _tell(self, sentence: str) -> None:
        self._mailbox.put_event(Notice(sentence))

    # -- the one before comes back -----------------------------------------------------------------

    def bring_back(self, run: Run) -> bool:
        """Undo the beginning of a run that has not moved on; tell whether there was one before."""
        back = self._starts.take_back(run)
        if back is None:
            return False
        before, self.view = back
        self._factory.go_back_to(before)
        before.stays()
        self._come_in(before)
        self.unsaved = True
        self._tell("The run before is back.")
        return True

    def start_again(self, run: Run) -> bool:
        """Redo the beginning that undo took back last; tell whether there was one."""
        again = self._starts.again(run)
        if again is None:
            return False
        self._factory.go_back_to(again)
        self._enter(again)
        return True

    def moved_on(self, run: Run) -> None:
        """Let go of what a run has replaced, which is kept in its file."""
        self._starts.forget(run)

    # -- put aside, and marked ---------------------------------------------------------------------

    def put_aside(self) -> None:
        """Keep the run on screen in its file and in memory, and have none until another comes."""
        if self._suspended is None:
            if self.unsaved:
                self.autosave()
            self._suspended = SuspendedRun(self.run, self.view, self._starts)
            self._bookmarks = {}
            self.run, self._starts = None, Starts(self._set_aside)

    def give_back(self) -> None:
        """Let the run that was put aside take its place again; what came after it is let go."""
        aside, self._suspended = self._suspended, None
        if aside is None:
            return
        self._bookmarks = {}
        self.run, self.view, self._starts = None, aside.view, aside.starts
        if aside.run is not None:
            self._factory.go_back_to(aside.run)
            self._come_in(aside.run)

    def bookmark(self, run: Run, name: str) -> None:
        """Mark this moment of a run that is only shown, so that it can be returned to."""
        self._bookmarks[name] = run.record({}, AUTOSAVED), run.trainer.datasets

    def save_bookmark(self, name: str, path: Path) -> None:
        """Write a moment that was marked into a file, if there is one of that name."""
        if name in self._bookmarks:
            self._autosave_thread.save(path, *self._bookmarks[name], told=False)

    def return_to(self, name: str) -> None:
        """Return to a moment that was marked, while a run is put aside."""
        if name in self._bookmarks and self._suspended is not None:
            self._come_in(self._factory.again(*self._bookmarks[name]))

    # -- written -----------------------------------------------------------------------------------

    def save(self, run: Run, path: Path, view: Mapping[str, Any], *, copy: bool) -> None:
        """Have a run written into a session file, with what the window has of it."""
        self.view = view
        self._autosave_thread.save(path, run.record(view, SAVED), run.trainer.datasets, copy=copy)

    def autosave(self) -> None:
        """Hand the run to the autosave thread, if there is anything in it to lose."""
        run, self.unsaved = self.run, False
        if run is not None and run.worth_keeping:
            self._autosave_thread.autosave(run.record(self.view, AUTOSAVED), run.trainer.datasets)


class Starts:
    """Remembers the runs that were replaced last, and the start that undo took back last.

    One that a recipe alone brings back is no loss, but where the next took over its weights, or
    its table was typed.
    """

    def __init__(self, set_aside: Callable[[Run], None]) -> None:
        """Begin with none; what gives way to another is written to its file with `set_aside`."""
        self._set_aside = set_aside
        self._replaced: list[tuple[Run, Mapping[str, Any]]] = []  # each with its window's view
        self._taken_back: Run | None = None

    def begin(self, run: Run, before: Run | None, view: Mapping[str, Any]) -> None:
        """Let a run take the place of the one on screen, kept with what the window has of it."""
        self._taken_back = None
        if before is not None and not before.demonstration:
            if before.worth_keeping:
                self._set_aside(before)
            if before.worth_keeping or before.made_by_hand or run.takes_over:
                self._replaced = [*self._replaced, (before, view)][-MOST_REPLACED:]
        if self._replaced:
            run.replaced = f"what took the place of {self._replaced[-1][0].title()}"

    def take_back(self, run: Run) -> tuple[Run, Mapping[str, Any]] | None:
        """Return the run that this one replaced, and its window's view, if there is one."""
        if not self._replaced or not run.replaced:
            return None
        if run.worth_keeping:
            self._set_aside(run)
        before, view = self._replaced.pop()
        self._taken_back, before.again = run, f"the start of {run.title()}"
        return before, view

    def again(self, run: Run) -> Run | None:
        """Return the run whose start was taken back last, in favour of this one."""
        return self._taken_back if run.again else None

    def forget(self, run: Run) -> None:
        """Let go of the runs that undo or redo could bring back: the memory is needed."""
        self._replaced, self._taken_back = [], None
        run.replaced = run.again = ""


@dataclass(frozen=True, slots=True, eq=False)
class SuspendedRun:
    """A run that waits, put aside for others that are only shown.

    Attributes:
        run: it, or None where none was on screen.
        view: what the window had of it.
        starts: what undo and redo could have brought back.
    """

    run: Run | None
    view: Mapping[str, Any]
    starts: Starts
