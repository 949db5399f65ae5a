"""Background jobs of the network view: all edges are ordered, and signals run.

It joins the switches, the desk where pictures are ordered and the flow of signals to
whichever stage is up.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.views.network.all_edges_thread import AllEdgesThread, Finished
from nnviz.views.network.edges import Edges
from nnviz.views.network.layout import Layout
from nnviz.views.network.overlays import Wishes
from nnviz.views.network.scene import NetworkScene
from nnviz.views.network.signals import Signals, stepped, waves_of
from nnviz.views.network.switches import Switches


class BackgroundJobs(QObject):
    """What the stage does not do by itself.

    Signals:
        changed(): something else is wished for.
        drawn(): a picture of all edges has come.

    Attributes:
        switches: what is wished for.
        desk: where pictures of all edges are ordered.
        flow: the signals.
    """

    changed = Signal()
    drawn = Signal()

    def __init__(self, view: QWidget, menu: QMenu) -> None:
        super().__init__(view)
        self.switches = Switches(view, menu)
        self.switches.changed.connect(self.changed)
        self.desk, self.flow = AllEdgesThread(self), Signals(self)
        self.desk.finished.connect(self._show)
        self._stage: NetworkScene | None = None
        self._ordered_for: NetworkScene | None = None

    @property
    def wishes(self) -> Wishes:
        """What is wished for."""
        return self.switches.wishes

    def mount(self, stage: NetworkScene | None) -> None:
        """Take on another stage, or none."""
        self.flow.mount(None if stage is None else stage.extras.pulses)
        self._stage = stage

    def order(
        self, snapshot: Snapshot, vector: Array, largest: float | None, *, other: bool, few: bool
    ) -> None:
        """Order the picture of all edges if it is wished for.

        Args:
            snapshot: the moment.
            vector: what edges show, laid out like theta.
            largest: the value of the full colour, or None for the largest of all.
            other: True where edges showed something else before.
            few: True where only some edges are to be seen.
        """
        stage = self._stage
        if stage is None:
            return
        crowd = stage.extras.crowd
        if few or other or not self.wishes.crowd:
            crowd.hide()
        if few or not self.wishes.crowd:
            self.desk.stop()
            return
        order = crowd.order(snapshot.recipe, vector, snapshot.step, largest)
        # While it plays a picture that is under way is finished, or none would ever be.
        urgent = not snapshot.playing or self._ordered_for is not stage
        self._ordered_for = stage
        self.desk.order(order, urgent=urgent)

    def let_flow(
        self, before: Snapshot | None, snapshot: Snapshot, edges: Edges | None, place: Layout | None
    ) -> None:
        """Let signals run along the edges if the user has just gone on by a step.

        Args:
            before: the moment shown before.
            snapshot: the moment.
            edges: those drawn.
            place: where things stand.
        """
        if snapshot.playing:
            self.flow.stop()
        stage = self._stage
        if stage is None or edges is None or place is None or not self.wishes.signals:
            return
        if stage.extras.single and stepped(before, snapshot):
            self.flow.start(waves_of(snapshot, edges, place))

    def rest(self) -> bool:
        """End whatever goes on; say whether a picture was under way."""
        self.flow.stop()
        busy = self.desk.busy
        self.desk.stop()
        return busy

    def _show(self, finished: Finished) -> None:
        if self._stage is not None:
            self._stage.extras.crowd.show(finished)
            self.drawn.emit()
