"""Garbage: what Python has to search for is searched for on the GUI thread alone.

Python searches on whichever thread happens to ask for memory. A widget that was found by the
training thread would be taken down there, beneath Qt's feet; and training would wait meanwhile.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 500
"""Milliseconds between two looks at how much there may be."""


class GarbageSearch(QTimer):
    """Searches now and then, as deep as Python itself would, in place of it."""

    def __init__(self, parent: QObject) -> None:
        """Begin: from now on nobody else searches; what is there already stays."""
        super().__init__(parent)
        gc.freeze()
        gc.disable()
        self.setInterval(EVERY)
        self.timeout.connect(self.look)
        self.start()

    def look(self) -> int:
        """Search as deep as it is time for; return what was found."""
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (now, most) in enumerate(counts) if now > most]
        return gc.collect(max(due)) if due else 0
