"""The keeper of the screen's state: collects it, shows one again, and tells when it has changed."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.messages.events import Selected, UiChanged
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import UiState
from nnviz.messages.window_commands import Select
from nnviz.window.docks import FORM, Docks
from nnviz.window.late_views import LateViews
from nnviz.window.recipe import RecipeForm
from nnviz.window.stepping import Stepping
from nnviz.window.toolbar import Toolbar

INTERVAL_MS = 2000
"""Milliseconds between two looks whether anything on screen has been chosen anew."""
FIRST = 0
"""In place of a run's number: whichever is on screen first."""

_log = logging.getLogger(__name__)


class UiStateKeeper(QObject):
    """Knows where everything that a `UiState` holds stands in the window.

    A view that has not been handed a moment of the run yet is restored at once, and again after it
    has been: what it can only choose with a net at hand, it chooses then.
    """

    def __init__(
        self,
        views: LateViews,
        form: RecipeForm,
        docks: Docks,
        stepping: Stepping,
        toolbar: Toolbar,
        ports: Ports,
        parent: QObject,
    ) -> None:
        """Begin to look after it; `UiChanged` tells it to whoever keeps it."""
        super().__init__(parent)
        self._views, self._docks, self._ports = views, docks, ports
        self._form = form
        self._stepping, self._toolbar = stepping, toolbar
        self._at_first = stepping.granularity, toolbar.slider.value()
        self._selection: Selection | None = None
        self._snapshot: Snapshot | None = None
        self._expected: UiState | None = None  # shown again with the first moment of its run,
        self._awaited: int | None = None  # which has this number
        self._again: dict[str, Mapping[str, Any]] = {}  # of views that have not seen this run yet
        self._told: dict[str, Any] = {}
        ports.on(Selected, self._selected)
        self._looking = QTimer(self, interval=INTERVAL_MS)
        self._looking.timeout.connect(self.tell)
        self._looking.start()

    def _selected(self, selected: Selected) -> None:
        self._selection = selected.selection

    def state(self) -> UiState:
        """Return what is on screen besides the run."""
        views = {id: _plain(id, self._views.state(id)) for id in self._views}
        views[FORM] = self._form.state()
        return UiState(
            self._selection,
            self._stepping.granularity,
            self._toolbar.slider.value(),
            self._docks.open_panels(),
            self._docks.front_panels(),
            {id: kept for id, kept in views.items() if kept},
        )

    def usual(self) -> UiState:
        """Return what is chosen where nobody has chosen anything; panels stay as they are."""
        granularity, speed = self._at_first
        views = {id: _plain(id, self._views.usual(id)) for id in self._views}
        return UiState(granularity=granularity, speed=speed, views=views)

    def show(self, state: UiState, run: int | None = None) -> None:
        """Show what a state says; what does not fit is passed over.

        Args:
            state: what is to be shown.
            run: number of the run that it belongs to, or `FIRST`; None for the one on screen. Where
                that is still to come, it is shown now as far as that can be, and again with it.
        """
        now = None if self._snapshot is None else self._snapshot.run
        self._expected = None if run in (None, now) else state
        self._awaited = run
        self._stepping.choose(state.granularity)
        self._toolbar.show_pace(state.speed)
        self._docks.show_panels(state.open_panels, state.front)
        self._form.restore(state.views.get(FORM, {}))
        known = {id: kept for id, kept in state.views.items() if id in self._views}
        for id, kept in known.items():
            self._views.restore(id, kept)
        self._again = {id: kept for id, kept in known.items() if not self._views.in_sight(id)}
        self._select(state)

    def _select(self, state: UiState) -> None:
        chosen, now = state.selection, self._snapshot
        if chosen is not None and (now is None or chosen.fits(now.recipe)):
            self._ports.send(Select(chosen))

    def handed(self, snapshot: Snapshot, ids: Sequence[str]) -> None:
        """Restore again those views that have just been handed their first moment of this run."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or before.run != snapshot.run:
            state, self._expected = self._expected, None
            if self._awaited not in (FIRST, snapshot.run):
                state = None
            self._again = {} if state is None else dict(state.views)
            if state is not None:
                self._select(state)
        for id in ids if self._again else ():
            if (kept := self._again.pop(id, None)) is not None:
                self._views.restore(id, kept)

    def tell(self) -> None:
        """Publish the state where it has changed since it was told last."""
        state = self.state()
        if (plain := state.to_dict()) != self._told:
            self._told = plain
            self._ports.publish(UiChanged(state))


def _plain(id: str, state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a view's state as a file gives it back; nothing where a file could not hold it."""
    try:
        plain: dict[str, Any] = json.loads(json.dumps(state, allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        _log.exception("The state of the view %s is no plain values", id)
        return {}
    return plain
