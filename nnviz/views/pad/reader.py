"""The reader: prepares what lies on the sheet and lets the net of the moment answer it.

Where several digits lie there the net answers all of them at once; one of them is looked at.

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
from nnviz.engine.measure.judgement import Judgement
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.views.pad.digits import Digit, DigitFinder
from nnviz.views.pad.picture import PICTURE, reads_pictures
from nnviz.views.pad.reading import Reading, Several
from nnviz.views.pad.strokes import Sheet

STROKE, SNAPSHOT = 0.012, 1 / 30
"""Seconds between two answers while drawing, and while only training changes them."""


def description_of(snapshot: Snapshot | None) -> DataDescription:
    """Say what the net of a moment was trained on, which decides what it is to see."""
    if snapshot is None:
        return NOTHING_KNOWN
    return replace(snapshot.description, image_shape=snapshot.image_shape)


class Reader(QObject):
    """Answers a drawing whenever it or the net changes.

    Signals:
        answered(bool): there is another reading; True where the drawing is another one.
    """

    answered = Signal(bool)

    def __init__(self, sheet: Callable[[], Sheet], parent: QObject) -> None:
        super().__init__(parent)
        self.snapshot: Snapshot | None = None
        self.digits: tuple[Digit, ...] = ()
        self.readings: tuple[Reading, ...] = ()
        self.as_one = False
        self._chosen: int | None = None
        self.answered_at = 0.0
        self._judged: Judgement | None = None
        self._data = ""  # of which data set the judgement speaks
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.answer)
        self._sheet = sheet
        self._finder = DigitFinder()
        self._redrawn = False

    @property
    def description(self) -> DataDescription:
        """What the net was trained on, which decides what it is to see."""
        return description_of(self.snapshot)

    @property
    def chosen(self) -> int:
        """The place of the digit that is looked at: the last written, unless another is chosen."""
        if self._chosen is not None and self._chosen < len(self.digits):
            return self._chosen
        lasts = [digit.last for digit in self.digits]
        return lasts.index(max(lasts)) if lasts else 0

    @property
    def digit(self) -> Digit | None:
        """The digit that is looked at; None where nothing lies on the sheet."""
        return self.digits[self.chosen] if self.digits else None

    @property
    def reading(self) -> Reading:
        """What the net makes of it."""
        return self.readings[self.chosen] if self.readings else Reading()

    @property
    def several(self) -> Several:
        """All digits on the sheet."""
        return Several(self.readings, tuple(digit.box for digit in self.digits), self.chosen)

    def look_at(self, place: int | None, *, as_one: bool = False) -> None:
        """Choose the digit that is looked at, None for the last written; or read all as one."""
        self._chosen, before, self.as_one = place, self.as_one, as_one
        if as_one != before:
            self._redrawn = True
            self.answer()
        else:
            self.answered.emit(True)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Let the net of this moment read."""
        known, described = self.snapshot, self.description
        first = known is None or known.run != snapshot.run
        self.snapshot = snapshot
        self.readings = tuple(replace(one, network=None, values=None) for one in self.readings)
        if first or self._data != snapshot.recipe.dataset:
            self._judged = None
        if self.description != described:  # other data may be prepared in another way
            self._redrawn = first = True
        if first:
            self.answer()
        elif self.readings or self._redrawn:
            self._answer_soon(SNAPSHOT)

    def show_judgement(self, judged: Judgement) -> None:
        """Say from now on how much readings deserve trust; of another run is out of date."""
        snapshot = self.snapshot
        if snapshot is not None and judged.run == snapshot.run:
            self._judged, self._data = judged, snapshot.recipe.dataset
            self.answer()

    def drawing_changed(self) -> None:
        """Answer another drawing, soon, and look at the digit that was written last."""
        self._redrawn, self._chosen = True, None
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
        snapshot, network = self.snapshot, self.reading.network
        if redrawn:
            self.digits = self._finder.find(self._sheet(), self.description, as_one=self.as_one)
        readings = [Reading(stages=digit.stages, dots=digit.dots) for digit in self.digits]
        if snapshot is not None and reads_pictures(snapshot) and readings:
            network = network or snapshot.network()
            rows = np.stack([digit.stages.image.reshape(-1) for digit in self.digits])
            values = network.predict(rows)
            judged = None if self._judged is None else self._judged.trust
            trust = [None] * len(rows) if judged is None else judged.of(rows, values).tolist()
            readings = [
                replace(one, network=network, values=said, trust=share)
                for one, said, share in zip(readings, values, trust, strict=True)
            ]
        self.readings = tuple(readings)
        self.answered.emit(redrawn)
        self.answered_at = time.perf_counter()

    def read(self, picture: FloatArray) -> Sheet:
        """Return the sheet on which a picture, grey (rows, columns), lies.

        Raises:
            DataError: nothing stands out in it.
        """
        self._finder.check(picture, self.description)
        return Sheet(picture=picture)

    def row(self) -> Array:
        """Return what the net sees in a row, read-only; zeros where nothing lies on the sheet."""
        digit, shape = self.digit, self.description.image_shape or PICTURE
        return _read_only((np.zeros(shape) if digit is None else digit.stages.image).reshape(-1))

    def image(self) -> Array | None:
        """Return what the net sees, read-only; None where there is no ink."""
        return None if self.digit is None else _inked(self.digit)

    def whole_image(self) -> Array | None:
        """Return all that lies there as one picture, read-only; None where there is no ink."""
        if len(self.digits) < 2:
            return self.image()
        found = DigitFinder().find(self._sheet(), self.description, as_one=True)
        return _inked(found[0])


def _inked(digit: Digit) -> Array | None:
    return _read_only(digit.stages.image) if digit.stages.image.any() else None


def _read_only(image: NDArray[np.floating[Any]]) -> Array:
    copy = np.array(image, dtype=np.float32)
    copy.flags.writeable = False
    return copy
