"""The guide: hands and eyes of the tour, which press, wait and photograph.

It uses the very buttons and messages that a person would, waits for what they
bring about on the worker thread, and ends in one sentence where that never comes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from nnviz.app import App
from nnviz.data.overview import Overview
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report
from nnviz.engine.run.snapshot import Snapshot
from nnviz.errors import NnvizError
from nnviz.messages.events import Failure
from nnviz.messages.ui_state import UiState
from nnviz.numbers import integer

PATIENCE = 120.0
"""Seconds after which something that should have happened is given up."""

FRAME = 20
"""Milliseconds in which the window handles what came from other threads, and draws it."""

LONGEST = 5 * FRAME
"""Milliseconds that one of these counts at most: a machine that is busy, or slept, is no reason to
give up."""

ANSWERS = Report, Ranking, Overview
"""Kinds of answers that the tour waits for."""

SOON = 1000
"""Milliseconds from which on a timer is no pause before drawing, but the end of a message."""

A = TypeVar("A")


class TourError(NnvizError):
    """The tour could not show something; the message says what."""


class Guide:
    """Drives one window and photographs it; the pictures so far are `written`."""

    def __init__(self, app: App, out: Path, patience: float = PATIENCE) -> None:
        """Meet a program, with a folder for the pictures, and so many seconds of patience."""
        self.app, self._patience = app, patience
        self._out = out
        self._failure: Failure | None = None
        self._loop: QEventLoop | None = None
        self._interrupted = False
        self.written: list[Path] = []
        self._answers: dict[type, list[Any]] = {kind: [] for kind in ANSWERS}
        app.bridge.on(Failure, self._failed)
        for kind, heard in self._answers.items():
            app.bridge.on(kind, heard.append)

    def _failed(self, failure: Failure) -> None:
        self._failure = failure

    def wait(self, what: str, happened: Callable[[], bool]) -> None:
        """Let the window live until something has happened.

        What counts is how long the window lived, not how late its machine let it.

        Raises:
            TourError: it did not happen in time, or the worker failed.
        """
        clock, waited = QElapsedTimer(), 0
        while not happened():
            clock.start()
            self.live(FRAME)
            waited += min(clock.elapsed(), LONGEST)
            if self._failure is not None:
                raise TourError(self._failure.sentence)
            if waited > 1000 * self._patience:
                patience = integer(round(self._patience))
                raise TourError(f"The tour waited {patience} s in vain for {what}.")

    def live(self, milliseconds: int) -> None:
        """Let the window live for a while.

        Raises:
            KeyboardInterrupt: the guide was interrupted.
        """
        self._loop = loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        if not self._interrupted:
            loop.exec()
        if self._interrupted:
            raise KeyboardInterrupt

    def interrupt(self) -> None:
        """End as soon as Qt is out of the way: what is raised within its events is lost."""
        self._interrupted = True
        if self._loop is not None:
            self._loop.quit()

    def leave(self) -> None:
        """Close the window and let it go: one that stays is dressed with every other to come."""
        window = self.app.window
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)

    def press(self, command: str) -> None:
        """Do what a button, a menu entry or a key does."""
        self.app.window.actions_by_id[command].trigger()

    def picture(self, name: str, widget: QWidget) -> None:
        """Write a picture of a widget.

        Raises:
            TourError: the picture cannot be written.
        """
        path = self._out / f"{name}.png"
        self.app.window.show_everywhere()
        if not widget.grab().save(str(path)):
            raise TourError(f"The picture {path} could not be written: choose another folder.")
        self.written.append(path)

    def settle(self) -> None:
        """Wait until every view in sight has what it asked for, and draws no more: smooth edges.

        Twice, a frame apart: what comes last may be the reason to ask and to draw anew.
        """
        window = self.app.window
        for _ in range(2):
            self.live(FRAME)
            self.wait("the panels to stand still", window.settled)
            self.wait(
                "what the views ask for",
                lambda: all(
                    view.settled() and calm(view)
                    for view in window.views.built.values()
                    if view.in_sight()
                ),
            )

    def show(self, id: str, **chosen: object) -> None:
        """Show a view with these things chosen, in front of all it shares its place with."""
        window = self.app.window
        opened = window.ui_state().open_panels or ()
        window.show_ui(UiState(open_panels=(*opened, id), front=(id,), views={id: chosen}))
        self.settle()

    @contextmanager
    def coming_back(self) -> Iterator[None]:
        """Leave what is on screen as it was before."""
        before = self.app.window.ui_state()
        yield
        self.app.window.select(before.selection)
        self.app.window.show_ui(before)
        self.settle()

    def answer(self, what: str, kind: type[A], wanted: Callable[[A], bool]) -> A:
        """Wait for an answer of a kind in `ANSWERS` and return it, the newest that is wanted."""
        heard: list[A] = self._answers[kind]
        self.wait(what, lambda: any(map(wanted, heard)))
        return next(each for each in reversed(heard) if wanted(each))

    def view_picture(self, name: str, id: str) -> None:
        """Write a picture of a view."""
        self.picture(name, self.app.window.views[id])

    def at(self) -> Snapshot:
        """Return the moment on screen.

        Raises:
            TourError: there is none.
        """
        snapshot = self.app.window.snapshot
        if snapshot is None:
            raise TourError("The run was never shown.")
        return snapshot

    def say(self, what: str) -> None:
        """Print what was done."""
        print(what, flush=True)


def calm(view: QWidget) -> bool:
    """Tell whether nothing in a view waits for a moment's rest, as smooth edges do."""
    return not any(
        timer.isActive() and timer.isSingleShot() and timer.interval() < SOON
        for timer in view.findChildren(QTimer)
    )
