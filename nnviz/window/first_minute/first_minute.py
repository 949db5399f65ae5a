"""The first minute: the start page over a demonstration, the guide, and hints later on."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QToolButton, QWidget

from nnviz.engine.network import Network
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages import commands
from nnviz.views.shared import motion
from nnviz.window.data_start import SEEN
from nnviz.window.docks import FORM
from nnviz.window.first_minute.hint_scheduler import HintScheduler
from nnviz.window.parts import Parts
from nnviz.window.recent_menu import sentence

if TYPE_CHECKING:
    from nnviz.window.first_minute.guide import Guide
    from nnviz.window.first_minute.start_page import Choice, StartPage

SLOWLY = 12.0
"""Minibatches a second of the demonstration."""
RUNS = 3
"""Recent runs on the page at most."""
MOST_PARAMETERS = 1_000_000
"""Parameters of the largest net that is shown as a demonstration on demand."""
PAD = "pad"
"""The panel on which digits are drawn."""


class FirstMinute(QObject):
    """Welcomes whoever comes for the first time, and whoever asks for it.

    Attributes:
        course: lets a lesson be chosen, below a button; None as long as there are none.
        others: tells whether something else leads whoever is there, so that no hints are given.
        page: the start page while it is open, else None.
        guide: the guide while it points at something, else None.
    """

    def __init__(self, window: QWidget, parts: Parts) -> None:
        """Join it to a window; nothing comes by itself before `welcome`."""
        super().__init__(window)
        self._window, self._parts = window, parts
        self._settings, self._ports = parts.settings, parts.gate
        self.course: Callable[[QWidget], object] | None = None
        self.others: Callable[[], bool] = lambda: False
        self.page: StartPage | None = None
        self.guide: Guide | None = None
        self._awaited = False
        self._run: int | None = None  # on screen while the page is open
        pace = parts.toolbar
        self.hints = HintScheduler(
            parts.banner, parts.keeper.state, lambda: pace.pace, parts.settings, parts.gate, self
        )
        self.hints.busy = lambda: (
            self.page is not None or self.guide is not None or parts.projector.on or self.others()
        )
        self._ports.on(Snapshot, self.show_snapshot)

    def welcome(self, *, first: bool) -> None:
        """Give hints from now on, and at a first start show the page over its demonstration."""
        self.hints.wanted = True
        self._awaited = first

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Open the page that waits for the first moment; leave it where another run has come."""
        if self._awaited:
            self._awaited = False
            self._settings.welcomed()
            if snapshot.demonstration:
                self._open(snapshot)
        elif self.page is not None and snapshot.run == self._run:
            self.page.keep_in_front()
        elif self.page is not None:
            if snapshot.demonstration:
                self._run = snapshot.run
                self._play()
            else:
                self._close()

    # -- the start page ---------------------------------------------------------------------------

    def open(self) -> None:
        """Show the start page; a run that has not begun is shown learning meanwhile."""
        snapshot = self._parts.shown()
        if self.page is not None or snapshot is None:
            return
        living = _is_as_drawn(snapshot) and not motion.rests()
        if living:
            self._parts.requests.start(snapshot.recipe, demonstration=True)
        self._open(snapshot, living=living)

    def _open(self, snapshot: Snapshot, *, living: bool = True) -> None:
        from nnviz.window.first_minute.start_page import StartPage

        self.end_guide()
        self._run = snapshot.run
        parts, choices, recent = self._parts, self._choices(), self._recent()
        self.page = StartPage(
            self._window,
            parts.middle.centre,
            choices,
            recent,
            parts.theme,
            living=living and not motion.rests(),
        )
        self.page.left.connect(self.leave)
        self.page.open()
        if snapshot.demonstration:
            self._play()

    def _play(self) -> None:
        """Let the demonstration learn, unless nothing is to move by itself."""
        if motion.rests():
            return
        self._ports.send(commands.Pace(SLOWLY))
        self._ports.send(commands.Play())

    def _choices(self) -> Sequence["Choice"]:
        from nnviz.window.first_minute.start_page import Choice

        def examples(button: QWidget) -> None:
            self._parts.opening.examples.menu.popup(button.mapToGlobal(QPoint(0, button.height())))

        found = [
            Choice("watch", "Watch it learn", "Train this network from the start.", self._watch),
            Choice("examples", "Examples ▾", "Worked examples of textbooks, exact.", examples),
        ]
        if (course := self.course) is not None:
            found.append(Choice("course", "Course", "Lessons, step by step.", course))
        return [
            *found,
            Choice("draw", "Draw a digit", "Draw, and see what it reads as it learns.", self._draw),
            Choice("open", "Open…", "A session, a network, an example or a table.", self._files),
            Choice("guide", "Show me around", "Two minutes that point at things.", self._around),
        ]

    def _recent(self) -> Sequence["Choice"]:
        from nnviz.window.first_minute.start_page import Choice

        def go_on(path: object, _button: QWidget) -> None:
            self._parts.recent.chosen.emit(path)

        return [
            Choice(
                f"run_{at}", sentence(run), f"Go on with {sentence(run)}.", partial(go_on, run.path)
            )
            for at, run in enumerate(self._parts.recent.source()[:RUNS])
        ]

    def leave(self) -> None:
        """Leave the page; what was shown as a demonstration begins anew, at rest."""
        snapshot = self._parts.shown()
        if snapshot is not None and snapshot.demonstration:
            self._parts.requests.start(snapshot.recipe)
        self._close()

    def make_way(self) -> None:
        """Leave page and guide for something else that leads."""
        self._awaited = False
        self.end_guide()
        if self.page is not None:
            self.leave()

    def _close(self) -> None:
        page, self.page, self._run = self.page, None, None
        if page is not None:
            page.end()
            self._ports.send(commands.Pace(self._parts.toolbar.pace))
            self._window.setFocus()

    def _watch(self, _button: QWidget) -> None:
        self.leave()
        if self._parts.toolbar.slider.value() > SEEN:
            self._parts.toolbar.show_pace(SEEN)
        self._ports.send(commands.Play())

    def _draw(self, button: QWidget) -> None:
        self._watch(button)
        self._parts.docks.open(PAD)

    def _files(self, _button: QWidget) -> None:
        self._parts.opening.files.open()

    def _around(self, _button: QWidget) -> None:
        self.leave()
        self.show_around()

    # -- the guide --------------------------------------------------------------------------------

    def show_around(self) -> None:
        """Point at one thing after the other, beginning with the first."""
        from nnviz.window.first_minute.guide import Guide

        if self.page is not None:
            self.leave()
        self.end_guide()
        self.guide = guide = Guide(self._window, self._target, self._parts.theme)
        guide.destroyed.connect(partial(self._guide_ended, guide))
        guide.begin()

    def end_guide(self) -> bool:
        """End the guide, wherever the keys are; tell whether it was there."""
        guide = self.guide
        if guide is not None:
            guide.end()
        return guide is not None

    def _guide_ended(self, guide: "Guide") -> None:
        if self.guide is guide:
            self.guide = None

    def _target(self, name: str) -> QWidget | None:
        """Return a part of the window by its name, brought into sight."""
        docks = dict(self._parts.docks.items())
        if name in docks and (name == FORM or not docks[name].isHidden()):
            self._parts.docks.bring_forward(name)
            return docks[name]
        found = self._parts.toolbar.findChild(QToolButton, name) or self._window.findChild(
            QWidget, name
        )
        return found if isinstance(found, QWidget) and found.isVisible() else None


def _is_as_drawn(snapshot: Snapshot) -> bool:
    """Tell whether a new run of the recipe is the same run: nothing was trained, set or loaded."""
    recipe = snapshot.recipe
    if snapshot.reached or snapshot.undo or snapshot.redo or snapshot.untrainable:
        return False
    if recipe.parameters > MOST_PARAMETERS or len(snapshot.branches) > 1:
        return False
    return np.array_equal(Network(recipe).theta, snapshot.theta)
