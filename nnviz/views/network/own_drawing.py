"""A drawing of the user's own on its way through the network, in place of an example.

It stays while it lies on the pad, also while training goes on, and gives way when a
minibatch is taken apart phase by phase or another example is asked for. Nobody knows
what it should be, so nothing is shown of it that would need that.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.engine.run.snapshot import Array

PAUSE_MS = 33
"""Least time between two pictures of a drawing that is just being drawn."""


class OwnDrawing(QObject):
    """The drawing that is shown, if any.

    Signals:
        changed(): another one has come, or it has been taken away.
        left(): it has given way to an example that is asked for.

    Attributes:
        picture: the drawing, (inputs,), or None.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.picture: Array | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.changed)

    def set(self, picture: Array | None) -> None:
        """Show this picture, (inputs,), from the next moment on; None to show none."""
        if picture is not None or self.picture is not None:
            self.picture = picture
            if not self._timer.isActive():
                self._timer.start()

    def clear(self) -> None:
        """Let it go until the next one comes."""
        if self.picture is not None:
            self.picture = None
            self.left.emit()
