"""Background jobs of the network view: all edges are drawn by a thread, and signals run."""

from PySide6.QtCore import QObject, Signal

from nnviz.views.network.all_edges_thread import AllEdgesThread, Finished
from nnviz.views.network.layout import Layout
from nnviz.views.network.picture import NetworkPicture
from nnviz.views.network.scene import NetworkScene
from nnviz.views.network.signals import Signals, waves_of


class BackgroundJobs(QObject):
    """What goes on besides, for whichever stage is up.

    Signals:
        drawn(): a picture of all edges has come.

    Attributes:
        desk: where pictures of all edges are ordered.
        flow: the signals.
    """

    drawn = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.flow = AllEdgesThread(self), Signals(self)
        self.desk.finished.connect(self.show_finished)
        self._stage: NetworkScene | None = None
        self._ordered_for: NetworkScene | None = None

    def mount(self, stage: NetworkScene | None) -> None:
        """Take on another stage, or none."""
        self.flow.mount(None if stage is None else stage.overlays.pulses)
        self._stage = stage

    def order(self, picture: NetworkPicture, largest: float | None, *, other: bool) -> None:
        """Order the picture of all edges if it is wished for.

        Args:
            picture: the moment.
            largest: the value of the full colour, or None for the largest of all.
            other: True where edges showed something else before.
        """
        stage = self._stage
        if stage is None:
            return
        all_edges, few = stage.overlays.all_edges, picture.edges.only is not None
        wanted = picture.state.all_edges and not few
        if other or not wanted:
            all_edges.hide()
        if not wanted:
            self.desk.stop()
            return
        order = all_edges.order(picture.recipe, picture.values, picture.step, largest)
        # While it plays a picture that is under way is finished, or none would ever be.
        urgent = not picture.playing or self._ordered_for is not stage
        self._ordered_for = stage
        self.desk.order(order, urgent=urgent)

    def let_flow(self, picture: NetworkPicture, place: Layout) -> None:
        """Let signals run along the edges, if they are wished for and edges are to be seen."""
        stage = self._stage
        if stage is not None and picture.state.signals and stage.overlays.single:
            self.flow.start(waves_of(picture, place))

    def rest(self) -> bool:
        """End whatever goes on; say whether a picture was under way."""
        self.flow.stop()
        busy = self.desk.busy
        self.desk.stop()
        return busy

    def show_finished(self, finished: Finished) -> None:
        """Show a picture of all edges."""
        if self._stage is not None:
            self._stage.overlays.all_edges.show(finished)
            self.drawn.emit()
