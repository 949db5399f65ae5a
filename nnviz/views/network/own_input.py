"""One's own input: a drawing, or inputs set by hand, that stands in the place of the example."""

from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.data.features import FeatureInputs
from nnviz.engine.run.snapshot import Array
from nnviz.views.network.knobs import with_input

PAUSE_MS = 33
"""Least time between two pictures of a drawing that is just being drawn."""


class OwnInput(QObject):
    """The input of the user's own that is shown, if any.

    It stays also while training goes on, and gives way where another example is asked for.

    Attributes:
        values: what is shown in place of the example in focus, (inputs,); None for the example.

    Signals:
        changed(object): these values are shown from now on.
        due(): it is time to draw them.
    """

    changed = Signal(object)
    due = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.values: Array | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._tell)

    def show(self, values: Array | None) -> None:
        """Show values, (inputs,), in place of the example; None for the example again."""
        if values is not None or self.values is not None:
            self.values = values
            if not self._pause.isActive():
                self._pause.start()

    def set_one(self, k: int, value: float, example: Array, features: FeatureInputs | None) -> None:
        """Show the same, or else what the example is, (inputs,), with another value of one."""
        before = example if self.values is None else self.values
        self.show(with_input(before, k, value, features))

    def give_way(self) -> None:
        """Make room for another example, which is drawn once it is there."""
        if self.values is not None:
            self.values = None
            self.changed.emit(None)

    def _tell(self) -> None:
        self.changed.emit(self.values)
        self.due.emit()
