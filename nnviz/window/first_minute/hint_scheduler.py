"""The hint scheduler: gives hints one by one, as a quiet line, at the moment when each helps."""

from collections.abc import Callable
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import UiState
from nnviz.window.banner import Banner
from nnviz.window.settings import Settings

QUIET = 45.0
"""Seconds between two hints at least, and from the start to the first."""
LOOK = 1.0
"""Seconds between two looks whether there is one to give."""


class HintScheduler(QObject):
    """Looks at every moment that is shown, and gives a hint where nothing else is suggested.

    Attributes:
        wanted: False where none is given; what is found by itself is noted nevertheless.
        busy: tells whether something else is being shown, so that a hint would disturb.
    """

    def __init__(
        self,
        banner: Banner,
        ui_state: Callable[[], UiState],
        pace: Callable[[], float | None],
        settings: Settings,
        ports: Ports,
        parent: QObject,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Join it to the banner in which hints are given; the clock returns seconds."""
        super().__init__(parent)
        self._banner, self._ui_state, self._pace = banner, ui_state, pace
        self._settings, self._ports, self._clock = settings, ports, clock
        self.wanted = False
        self.busy: Callable[[], bool] = lambda: False
        self._before: Snapshot | None = None  # first moment of the run before,
        self._first: Snapshot | None = None  # and of the one on screen
        self._next_look = self._next_hint = clock() + QUIET
        ports.on(Snapshot, self.show_snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Look at a moment, not at each of them."""
        if self._first is None or self._first.run != snapshot.run:
            self._before, self._first = self._first, snapshot
        now = self._clock()
        if not self.wanted or now < self._next_look:
            return
        self._next_look = now + LOOK
        from nnviz.window.first_minute.hints import Situation, known_hints, next_hint

        situation = Situation(snapshot, self._before, self._ui_state(), self._pace())
        given = self._settings.hints_given
        if found := known_hints(situation) - set(given):
            self._settings.hints_given = given = [*given, *sorted(found)]
        if now < self._next_hint or self._banner.suggests or self.busy():
            return
        hint = next_hint(situation, given)
        if hint is None:
            return
        self._next_hint = now + QUIET
        self._settings.hints_given = [*given, hint.id]
        do = hint.does(situation)
        take = partial(self._ports.send, do)
        self._banner.suggest(hint.sentence, hint.button, take, hint.stays, lasts=True)
