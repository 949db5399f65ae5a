"""The entry that lets somebody teach their handwriting, grey while the network reads no digits."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.taught import takes_drawings
from nnviz.messages.events import HandWanted
from nnviz.messages.ports import Ports
from nnviz.messages.window_commands import LearnHand
from nnviz.window.actions import refuse

OTHER_DATA = (
    "The network reads no digits of 28 × 28 pixels: choose nnviz's digits or MNIST, then it can "
    "learn a hand."
)


class HandEntry(QObject):
    """Joins the action to whoever lets people draw, and to the run."""

    def __init__(self, action: QAction, ports: Ports, parent: QObject) -> None:
        """Begin without a run."""
        super().__init__(parent)
        self._action = action
        self._allowed: bool | None = None
        self._allow(allowed=False)
        ports.take(LearnHand, lambda _: ports.publish(HandWanted()))
        ports.on(Snapshot, self.show_snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the data of the run."""
        self._allow(allowed=takes_drawings(snapshot))

    def _allow(self, *, allowed: bool) -> None:
        if allowed != self._allowed:
            self._allowed = allowed
            refuse(self._action, "" if allowed else OTHER_DATA)
