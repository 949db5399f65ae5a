"""Stepping: how far one press of a step button or an arrow key goes.

A phase of a minibatch, a minibatch or an epoch, forwards and backwards alike.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup

from nnviz.messages import commands
from nnviz.messages.command import RunCommand
from nnviz.messages.ui_state import GRANULARITIES
from nnviz.window.actions import set_tip

_FORWARD: dict[str, tuple[RunCommand, str]] = {
    "phase": (commands.StepPhase(), "Do the next phase of the minibatch."),
    "minibatch": (commands.StepMinibatch(), "Train on one minibatch."),
    "epoch": (commands.StepEpoch(), "Train to the end of this epoch."),
}
_BACK: dict[str, tuple[RunCommand, str]] = {
    "phase": (commands.StepPhase(back=True), "Take the last phase back."),
    "minibatch": (commands.StepBack(), "Go back by one minibatch, exactly."),
    "epoch": (commands.StepBack(epoch=True), "Go back to the beginning of the epoch."),
}


class Stepping(QObject):
    """Turns steps into messages.

    Attributes:
        granularity: what a step is: one of `GRANULARITIES`.

    Signals:
        changed(str): another granularity was chosen.
    """

    changed = Signal(str)

    def __init__(
        self, actions: Mapping[str, QAction], send: Callable[[RunCommand], None], parent: QObject
    ) -> None:
        """Take charge, of all actions by id, of those that step and of the three that choose."""
        super().__init__(parent)
        self._actions = actions
        self._send = send
        group = QActionGroup(self)
        for name in GRANULARITIES:
            action = actions[f"granularity_{name}"]
            action.setCheckable(True)
            group.addAction(action)
        self.granularity = ""
        self.choose("minibatch")

    def choose(self, granularity: str) -> None:
        """Step by this from now on; a name that is none of `GRANULARITIES` is passed over."""
        if granularity not in GRANULARITIES:
            return
        self._actions[f"granularity_{granularity}"].setChecked(True)
        if granularity != self.granularity:
            self.granularity = granularity
            set_tip(self._actions["step"], _FORWARD[granularity][1])
            set_tip(self._actions["back"], _BACK[granularity][1])
            self.changed.emit(granularity)

    def by_phase(self) -> None:
        """Step by phases from now on."""
        self.choose("phase")

    def by_minibatch(self) -> None:
        """Step by minibatches from now on."""
        self.choose("minibatch")

    def by_epoch(self) -> None:
        """Step by epochs from now on."""
        self.choose("epoch")

    def by_next(self) -> None:
        """Step by the next of the three from now on, round and round."""
        place = GRANULARITIES.index(self.granularity)
        self.choose(GRANULARITIES[(place + 1) % len(GRANULARITIES)])

    def forward(self) -> None:
        """Go on by one step."""
        self._send(_FORWARD[self.granularity][0])

    def back(self) -> None:
        """Go back by one step."""
        self._send(_BACK[self.granularity][0])
