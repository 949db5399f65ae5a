"""Long work: who is at something that takes long, and how it is called off."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from nnviz.messages import commands
from nnviz.messages.events import Busy, CalledOff
from nnviz.messages.ports import Ports

WALK = "a picture sent through"
"""What is called off once a picture on screen is sent through by phases."""
WORKER = "worker"
"""The training thread's name among those whose long work is called off."""


class LongWork(QObject):
    """Knows who works long, and lets them be called off."""

    def __init__(self, ports: Ports, action: QAction, parent: QObject) -> None:
        """Begin with nobody at work.

        Args:
            ports: tell who works, and take it to those who are called off.
            action: calls off; grey while there is nothing to.
            parent: owns it.
        """
        super().__init__(parent)
        self._ports, self._action = ports, action
        self._busy: set[object] = set()
        action.setEnabled(False)

    def join(self) -> None:
        """Hear of the long work of others."""
        self._ports.on(Busy, lambda told: self.note(told.who, told.busy))

    @property
    def busy(self) -> bool:
        """Whether there is anything to call off."""
        return bool(self._busy)

    def note(self, who: object, busy: bool) -> None:
        """Let Escape call off what takes long, as long as there is something."""
        (self._busy.add if busy else self._busy.discard)(who)
        self._action.setEnabled(bool(self._busy))

    def call_off(self) -> None:
        """Give up whatever takes long."""
        self._ports.publish(CalledOff())
        if WORKER in self._busy:
            self._ports.send(commands.Pause())
        elif WALK in self._busy:
            self._ports.send(commands.LookAway())
