"""The reader: prepares what lies on the sheet and lets the net of the moment answer it.

Every extension of a stroke goes the whole way at once, as does every new snapshot, but never more
often than the eye can use. When the pen is lifted nothing waits.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from nnviz.data.dataset import FloatArray
from nnviz.data.description import DataDescription
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.views.pad import pace
from nnviz.views.pad.picture import PICTURE, Reading, reads_pictures
from nnviz.views.pad.prepared import Preparation, description_of, only_dots
from nnviz.views.pad.strokes import Sheet


class Reader(QObject):
    """Answers a drawing whenever it or the net changes.

    Signals:
        answered(bool): there is another reading; True where the drawing is another one.

    Attributes:
        snapshot: the moment whose net reads; None before the first.
        reading: what it makes of the drawing.
        pace: says how often.
    """

    answered = Signal(bool)

    def __init__(self, sheet: Callable[[], Sheet], parent: QObject) -> None:
        """Read nothing yet.

        Args:
            sheet: returns what lies on the pad.
            parent: ends it.
        """
        super().__init__(parent)
        self.snapshot: Snapshot | None = None
        self.reading = Reading()
        self.pace = pace.Pace(self)
        self.pace.due.connect(self.answer)
        self._sheet = sheet
        self._preparation = Preparation()
        self._redrawn = False

    @property
    def description(self) -> DataDescription:
        """What the net was trained on, which decides what it is to see."""
        return description_of(self.snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Let the net of this moment read."""
        known, described = self.snapshot, self.description
        first = known is None or known.run != snapshot.run
        self.snapshot = snapshot
        self.reading = replace(self.reading, network=None, values=None)
        if self.description != described:  # other data may be prepared in another way
            self._redrawn = first = True
        if first:
            self.answer()
        elif self.reading.stages is not None or self._redrawn:
            self.pace.soon(pace.SNAPSHOT)

    def drawing_changed(self) -> None:
        """Answer another drawing, soon."""
        self._redrawn = True
        self.pace.soon(pace.STROKE)

    def finish(self) -> None:
        """Answer what has not been answered yet: nothing more will come."""
        if self._redrawn:
            self.answer()

    def answer(self) -> None:
        """Let the net of the moment read what lies on the sheet."""
        self.pace.begin()
        redrawn, self._redrawn = self._redrawn, False
        reading, snapshot = self.reading, self.snapshot
        if redrawn:
            sheet = self._sheet()
            stages = self._preparation.stages(sheet, self.description)
            reading = replace(reading, stages=stages, dots=only_dots(sheet))
        values, network = None, reading.network
        if snapshot is not None and reads_pictures(snapshot) and reading.stages is not None:
            network = network or snapshot.network()
            values = network.predict(reading.stages.image.reshape(1, -1))[0]
        self.reading = replace(reading, network=network, values=values)
        self.answered.emit(redrawn)
        self.pace.end()

    def read(self, picture: FloatArray) -> Sheet:
        """Return the sheet on which a picture, grey (rows, columns), lies.

        Raises:
            DataError: nothing stands out in it.
        """
        return self._preparation.read(picture, self.description)

    def row(self) -> Array:
        """Return what the net sees in a row, read-only; zeros where nothing lies on the sheet."""
        stages, shape = self.reading.stages, self.description.image_shape or PICTURE
        return _read_only((np.zeros(shape) if stages is None else stages.image).reshape(-1))

    def image(self) -> Array | None:
        """Return what the net sees, read-only; None where there is no ink."""
        stages = self.reading.stages
        return _read_only(stages.image) if stages is not None and stages.image.any() else None


def _read_only(image: NDArray[np.floating[Any]]) -> Array:
    copy = np.array(image, dtype=np.float32)
    copy.flags.writeable = False
    return copy
