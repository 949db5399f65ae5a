"""The reader: prepares what lies on the sheet and lets the net of the moment answer it.

Every extension of a stroke goes the whole way at once, as does every new snapshot, but never more
often than the eye can use. When the pen is lifted nothing waits.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from nnviz.data.dataset import FloatArray
from nnviz.data.description import NOTHING_KNOWN, DataDescription
from nnviz.data.picture_inputs import PictureStages, example_stages, picture_stages, strokes_stages
from nnviz.engine.measure.judgement import Judgement
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.views.pad.picture import PICTURE, Reading, reads_pictures
from nnviz.views.pad.strokes import Points, Sheet

DOT = 0.03
"""Part of the sheet that a dot may extend."""
STROKE, SNAPSHOT = 0.012, 1 / 30
"""Seconds between two answers while drawing, and while only training changes them."""


def description_of(snapshot: Snapshot | None) -> DataDescription:
    """Say what the net of a moment was trained on, which decides what it is to see."""
    if snapshot is None:
        return NOTHING_KNOWN
    return replace(snapshot.description, image_shape=snapshot.image_shape)


def only_dots(sheet: Sheet) -> bool:
    """Tell whether nothing but dots is drawn."""
    return bool(sheet.strokes) and sheet.picture is None and all(map(_is_dot, sheet.strokes))


def _is_dot(stroke: Points) -> bool:
    return float(np.ptp(stroke[:, :2], axis=0).max()) < DOT


class Reader(QObject):
    """Answers a drawing whenever it or the net changes.

    Signals:
        answered(bool): there is another reading; True where the drawing is another one.
    """

    answered = Signal(bool)

    def __init__(self, sheet: Callable[[], Sheet], parent: QObject) -> None:
        super().__init__(parent)
        self.snapshot: Snapshot | None = None
        self.reading = Reading()
        self.answered_at = 0.0
        self._judged: Judgement | None = None
        self._data = ""  # of which data set the judgement speaks
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.answer)
        self._sheet = sheet
        self._read: tuple[FloatArray, DataDescription, PictureStages] | None = None
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
        if first or self._data != snapshot.recipe.dataset:
            self._judged = None
        if self.description != described:  # other data may be prepared in another way
            self._redrawn = first = True
        if first:
            self.answer()
        elif self.reading.stages is not None or self._redrawn:
            self._answer_soon(SNAPSHOT)

    def show_judgement(self, judged: Judgement) -> None:
        """Say from now on how much readings deserve trust; of another run is out of date."""
        snapshot = self.snapshot
        if snapshot is not None and judged.run == snapshot.run:
            self._judged, self._data = judged, snapshot.recipe.dataset
            self.answer()

    def drawing_changed(self) -> None:
        """Answer another drawing, soon."""
        self._redrawn = True
        self._answer_soon(STROKE)

    def finish(self) -> None:
        """Answer what has not been answered yet: nothing more will come."""
        if self._redrawn:
            self.answer()

    def _answer_soon(self, interval: float) -> None:
        """Answer now, or when so many seconds have passed since the last answer."""
        wait = self.answered_at + interval - time.perf_counter()
        if wait <= 0:
            self.answer()
        elif not self._timer.isActive() or self._timer.remainingTime() > 1000 * wait:
            self._timer.start(max(1, round(1000 * wait)))

    def answer(self) -> None:
        """Let the net of the moment read what lies on the sheet."""
        self._timer.stop()
        redrawn, self._redrawn = self._redrawn, False
        reading, snapshot = self.reading, self.snapshot
        if redrawn:
            sheet = self._sheet()
            reading = replace(reading, stages=self._stages(sheet), dots=only_dots(sheet))
        values, network, trust = None, reading.network, None
        if snapshot is not None and reads_pictures(snapshot) and reading.stages is not None:
            network = network or snapshot.network()
            row = reading.stages.image.reshape(1, -1)
            values = network.predict(row)[0]
            if self._judged is not None and self._judged.trust is not None:
                trust = float(self._judged.trust.of(row, values[np.newaxis])[0])
        self.reading = replace(reading, network=network, values=values, trust=trust)
        self.answered.emit(redrawn)
        self.answered_at = time.perf_counter()

    def read(self, picture: FloatArray) -> Sheet:
        """Return the sheet on which a picture, grey (rows, columns), lies.

        Raises:
            DataError: nothing stands out in it.
        """
        description = self.description
        self._read = picture, description, picture_stages(picture, description)
        return Sheet(picture=picture)

    def _stages(self, sheet: Sheet) -> PictureStages | None:
        """Return the way of what lies on a sheet to the net, of a picture worked out once."""
        if sheet.empty:
            return None
        picture, description = sheet.picture, self.description
        if picture is not None:
            known = self._read
            if known is None or known[0] is not picture or known[1] != description:
                self._read = known = picture, description, example_stages(picture, description)
            return known[2]
        # A net knows strokes of one width, whatever the pressure: the pen's own is for the eye.
        return strokes_stages([stroke[:, :2] for stroke in sheet.strokes], description)

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
