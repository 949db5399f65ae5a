"""The observer of a lesson: what there is to see, and what was done since it looked last."""

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject

from nnviz.engine.run.snapshot import with_own
from nnviz.lessons.observed import Did, Observed
from nnviz.messages.events import Selected
from nnviz.messages.ui_state import UiState
from nnviz.window.lesson.happenings import Happenings
from nnviz.window.parts import Parts

STALE = 0.1
"""Seconds for which the state of the screen is not read again while training plays."""


class Observer(QObject):
    """Sees the run, the screen, and what hands do.

    Attributes:
        happenings: notes what is done.
    """

    def __init__(self, parts: Parts, parent: QObject) -> None:
        """Begin to look."""
        super().__init__(parent)
        self._parts, self._selection = parts, parts.selected()
        self._chosen: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._views: dict[str, Mapping[str, Any]] = {}
        self._ui, self._read = self._screen(), perf_counter()
        self._did: list[Did] = []
        self.happenings = Happenings(parts.gate.beyond, self._did.append, self)
        parts.gate.on(Selected, self._selected)

    def _selected(self, selected: Selected) -> None:
        self._selection = selected.selection

    def seen(self, did: tuple[Did, ...] = ()) -> Observed | None:
        """Return what there is to see now; None before anything is on screen."""
        snapshot = self._parts.shown()
        if snapshot is None:
            return None
        now = perf_counter()
        if not snapshot.playing or now - self._read > STALE:
            self._ui, self._read = self._screen(), now
        ui = replace(self._ui, selection=self._selection)
        return Observed(with_own(snapshot, self.happenings.own_input), ui, did)

    def _screen(self) -> UiState:
        """Return the state of window and stage: in each view what was chosen last in either."""
        ui = self._parts.keeper.state()
        for place, views in (("window", ui.views), ("stage", self._parts.projector.chosen())):
            for id, chosen in views.items():
                if self._chosen.get((place, id)) != chosen:
                    self._chosen[place, id] = self._views[id] = chosen
        return replace(ui, views=dict(self._views))

    def look(self) -> Observed | None:
        """Return what there is to see, and what was done since this was asked last."""
        did, self._did[:] = tuple(self._did), []
        return self.seen(did)

    def forget(self) -> None:
        """Let what was done so far count no more, and note what is done from now on."""
        self._did.clear()
