"""The view feed: hands moments of the run to the views that can be seen, in turns.

A view shown later gets the last moment then.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from time import perf_counter
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QDockWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.views.palette import Theme
from nnviz.views.view import ViewSpec
from nnviz.window.drawing_budget import FRAMES, OWN_PROCESS, PACED, SHARED, Shares, Spent
from nnviz.window.late_views import LateViews
from nnviz.window.redraw_scheduler import RedrawScheduler

STATUS = "status"
"""The status line's name among the views that take turns."""
KEPT = 0.95
"""Share of a chosen pace from which on training is said to keep it."""
STATUS_RATE = 5.0
"""Most times a second that its numbers change: more cannot be read."""


class Figures(Protocol):
    """A line that says where training stands."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say where training stands now."""

    def count_frame(self, playing: bool) -> None:
        """Note that a frame was shown; it is called once a frame."""


class ViewFeed(QObject):
    """Feeds the views and the status line.

    Signals:
        paced(float): seconds from one frame to the next from now on.

    Attributes:
        snapshot: the last moment that came in, or None.
        handed: called with a moment and the ids of the views that were handed it.
        as_shown: returns a moment as views are handed it.
        resting: True while nobody sees the views; none is handed anything then.
    """

    paced = Signal(float)

    def __init__(
        self,
        specs: Sequence[ViewSpec],
        views: LateViews,
        status: Figures,
        parent: QObject,
        clock: Callable[[], float] = perf_counter,
        spending: Callable[[float], Spent] = Spent.until_now,
    ) -> None:
        """Begin with nothing to show; the specs say how often each view draws at most.

        Args:
            specs: of all views.
            views: that are fed.
            status: the line that is fed as they are.
            parent: owns the feed.
            clock: seconds, which never go back.
            spending: what the processor has done, by what training says of itself.
        """
        super().__init__(parent)
        self._views, self._status = views, status
        self._clock, self._spending = clock, spending
        rates = {**{spec.id: spec.rate for spec in specs}, STATUS: STATUS_RATE}
        self._turns = RedrawScheduler(rates, {*(spec.id for spec in specs if spec.figures), STATUS})
        self.snapshot: Snapshot | None = None
        self.resting = False
        self.as_shown: Callable[[Snapshot], Snapshot] = lambda snapshot: snapshot
        self.handed: Callable[[Snapshot, Sequence[str]], None] = lambda _snapshot, _ids: None

    def came(self, id: str) -> None:
        """Hand a view that was built late the last moment, where it can be seen."""
        self._came_in_sight(id, self._views.in_sight(id))

    def watch(self, id: str, dock: QDockWidget | None) -> None:
        """Hand a view the last moment whenever it comes in sight: its dock, or it by itself."""
        if dock is not None:
            dock.visibilityChanged.connect(partial(self._came_in_sight, id))
        else:
            self._views[id].installEventFilter(self)

    def show(self, pace: float | None) -> None:
        """Show the last moment in the views that can be seen, in turns while training runs."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        if self.resting:
            self.handed(snapshot, ())
            return
        now, spent = self._clock(), self._spending(snapshot.worked)
        seen = [*filter(self._views.in_sight, self._views), STATUS]
        if _one_by_one(snapshot, pace):
            due = self._turns.draw_all(now, spent, seen)
        else:
            looked_at, shares = self._views.looked_at(), _shares(snapshot, pace)
            due = self._turns.due(now, spent, seen, looked_at, shares)
        if STATUS in due:
            self._status.show_snapshot(snapshot)
            self._show_figures(id for id in seen if id != STATUS)
        self._hand_out(id for id in due if id != STATUS)
        self._status.count_frame(snapshot.playing)
        self.paced.emit(self._turns.frame_interval)

    def show_everywhere(self) -> None:
        """Show the last moment in every view that can be seen, whether it is its turn or not."""
        if self.snapshot is not None:
            self._hand_out_with_figures(filter(self._views.in_sight, self._views))
            self._status.show_snapshot(self.snapshot)

    def draw_anew(self, theme: Theme) -> None:
        """Draw the last moment in every view from the ground up."""
        if self.snapshot is not None:
            for view in self._views.built.values():
                view.set_theme(theme)  # draws anew what else has not changed
            self._hand_out_with_figures(filter(self._views.in_sight, self._views))
            self._status.show_snapshot(self.snapshot)

    def _show_figures(self, ids: Iterable[str]) -> None:
        """Let views show how good the network is at the last moment."""
        if self.snapshot is not None:
            shown = self.as_shown(self.snapshot)
            for id in ids:
                self._views[id].show_figures(shown)

    def _hand_out_with_figures(self, ids: Iterable[str]) -> None:
        """Hand views the last moment, figures too."""
        ids = list(ids)
        self._hand_out(ids)
        self._show_figures(ids)

    def _hand_out(self, ids: Iterable[str]) -> None:
        """Hand views the last moment, if there is one."""
        if self.snapshot is not None:
            ids, shown = list(ids), self.as_shown(self.snapshot)
            for id in ids:
                self._views[id].show_snapshot(shown)
            self.handed(self.snapshot, ids)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give a view that has just been shown the last moment."""
        if event.type() == QEvent.Type.Show:
            shown = [id for id, view in self._views.built.items() if view is watched]
            self._hand_out_with_figures(shown)
        return super().eventFilter(watched, event)

    def _came_in_sight(self, id: str, in_sight: bool) -> None:
        """Give a view whose dock was shown, or came out from behind a tab, the last moment."""
        if in_sight and id in self._views.built:
            self._hand_out_with_figures((id,))


def _one_by_one(snapshot: Snapshot, pace: float | None) -> bool:
    """Tell whether moments come so slowly that every view can show each of them."""
    rate = snapshot.minibatches_per_second
    slow = (pace is not None and pace < FRAMES) or 0 < rate < FRAMES
    # Phases that play by themselves are slow enough, too.
    return slow or not snapshot.playing or snapshot.phase is not None


def _shares(snapshot: Snapshot, pace: float | None) -> Shares:
    """Return how much of the processor may be drawn with, by what that takes from training."""
    if pace is not None and snapshot.minibatches_per_second >= KEPT * pace:
        return PACED
    return OWN_PROCESS if snapshot.own_process else SHARED
