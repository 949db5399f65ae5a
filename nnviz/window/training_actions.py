"""Training actions: play, step and epoch, greyed where a network can only be looked at.

Their tooltips then say why, and so does the status line where one of their keys is pressed.
"""

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.events import Notice
from nnviz.messages.ports import Ports
from nnviz.window.actions import refuse

TRAINING = "play", "step", "epoch"
"""Commands that train."""
LOOKING = "play", "step"
"""Those of them that also lead an example through the layers, which trains nothing."""


class TrainingActions(QObject):
    """Lets actions train only what can be trained."""

    def __init__(self, actions: Mapping[str, QAction], ports: Ports, window: QWidget) -> None:
        """Take charge of the actions that train, among all of a window by id."""
        super().__init__(window)
        self._actions = {id: actions[id] for id in TRAINING}
        self._refused: dict[str, str] = dict.fromkeys(TRAINING, "")
        self._ports = ports
        self._keys = {
            id: [self._key(id, keys, window) for keys in action.shortcuts()]
            for id, action in self._actions.items()
        }

    def _key(self, id: str, keys: QKeySequence, window: QWidget) -> QShortcut:
        """Return what answers a key in place of an action that is refused, whose own is dead."""
        key = QShortcut(keys, window)
        key.setEnabled(False)
        key.activated.connect(lambda: self._ports.publish(Notice(self._refused[id])))
        return key

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Refuse or allow, as the recipe on screen can be trained; a walk needs no training."""
        why = snapshot.untrainable
        walks = snapshot.minibatch is not None and bool(snapshot.minibatch.alone)
        for id in TRAINING:
            self._refuse(id, "" if walks and id in LOOKING else why)

    def _refuse(self, id: str, why: str) -> None:
        if why == self._refused[id]:
            return
        self._refused[id] = why
        refuse(self._actions[id], why)
        for key in self._keys[id]:
            key.setEnabled(bool(why))
