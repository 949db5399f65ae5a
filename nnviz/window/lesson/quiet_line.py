"""The quiet line: one sentence that the player says itself, and that goes after a while."""

from PySide6.QtCore import QObject, QTimer, Signal

LINE_MS = 5000
"""Milliseconds for which it says something."""


class QuietLine(QObject):
    """Says one sentence at a time.

    Attributes:
        sentence: what it says; empty for nothing.

    Signals:
        changed(): it says something else.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        """Begin silent."""
        super().__init__(parent)
        self.sentence = ""
        self._over = QTimer(self, singleShot=True, interval=LINE_MS)
        self._over.timeout.connect(self.clear)

    def say(self, sentence: str) -> None:
        """Say something for a while; "" for nothing any more."""
        if sentence != self.sentence:
            self.sentence = sentence
            self.changed.emit()
        self._over.stop()
        if sentence:
            self._over.start()

    def clear(self) -> None:
        """Say nothing any more."""
        self.say("")

    def stop(self) -> None:
        """Let it stand as it is: nobody looks any more."""
        self._over.stop()
