"""Reading what lies on the pad: prepared as MNIST was, answered by the net of the moment.

Every extension of a stroke goes the whole way (preparation, prediction, bars)
at once, as does every new snapshot, but never more often than the eye can use:
what comes in between waits for a timer and is then answered in one go. When the pen
is lifted nothing waits.
"""

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnviz.data.description import NOTHING_KNOWN, DataDescription
from nnviz.data.picture_inputs import PictureStages, example_stages, strokes_names, strokes_stages
from nnviz.engine.measure.answer import answer, class_name, how_sure
from nnviz.engine.network import Network
from nnviz.engine.run.snapshot import Snapshot
from nnviz.views.pad.answer import AnswerBars, Winner, kind_of_output
from nnviz.views.pad.canvas import PadCanvas
from nnviz.views.pad.layout import PadLayout, arrange
from nnviz.views.pad.part import Array
from nnviz.views.pad.stages import Stages
from nnviz.views.pad.tools import PadTools
from nnviz.views.palette import DARK, Theme
from nnviz.views.view import View

PICTURE = (28, 28)
"""Rows and columns of the pictures of a net whose data nobody knows."""
STROKE_INTERVAL = 0.012
SNAPSHOT_INTERVAL = 1 / 30
"""Seconds between two answers while drawing, and while only training changes them."""
INVITATION = "Draw a digit here, drop a picture or paste one"
DOT = 0.03
"""Part of the sheet that a dot may extend."""
NO_PICTURES = "This network does not read pictures: choose the digits data set."


class PadReading(View):
    """Sheet, stages and answer; a base of the pad.

    Signals:
        drawn(object): the prepared picture, (784,) float32 read-only, whenever the
            drawing changes; all zeros when it is cleared.
    """

    drawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = QColor(DARK.panel)
        self.canvas = PadCanvas(self)
        self.stages = Stages(self)
        self.winner = Winner(self)
        self.bars = AnswerBars(self)
        self.tools = PadTools(self)
        self.undo_button, self.clear_button = self.tools.undo, self.tools.clear
        self.undo_button.clicked.connect(self.canvas.undo)
        self.clear_button.clicked.connect(self.canvas.clear)
        self.tools.erase.toggled.connect(self._set_erasing)
        self.canvas.changed.connect(self._drawing_changed)
        self.canvas.finished.connect(self._drawing_finished)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._answer)
        self._answered = 0.0
        self._snapshot: Snapshot | None = None
        self._network: Network | None = None
        self._preparation: PictureStages | None = None
        self._read: tuple[Array, DataDescription, PictureStages] | None = None
        self._redrawn = False

    def sizeHint(self) -> QSize:
        """Return the size at which it stands in the right column."""
        return QSize(460, 240)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which everything can be read."""
        return QSize(280, 204)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Let the net of this moment read the drawing."""
        known, described = self._snapshot, self._description()
        first = known is None or known.run != snapshot.run
        self._snapshot, self._network = snapshot, None
        if self._description() != described:  # other data may be prepared in another way
            self._redrawn = first = True
        if first:
            self._answer()
        elif not self.canvas.empty:
            self._soon(SNAPSHOT_INTERVAL)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours; the sheet stays white on black."""
        self._ground = QColor(theme.panel)
        self.update()
        for part in (self.canvas, self.stages, self.winner, self.bars, self.tools):
            part.set_theme(theme)

    def set_strokes(self, strokes: Sequence[NDArray[np.floating[Any]]]) -> None:
        """Draw from a program, the same way as by hand.

        Args:
            strokes: arrays (points, 2), fractions of the pad's side, x right and y down.
        """
        self.canvas.set_strokes(strokes)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lay the ground: a palette of its own would be lost to the application's style sheet."""
        QPainter(self).fillRect(event.rect(), self._ground)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the parts for the new size."""
        super().resizeEvent(event)
        self._place(arrange(self.width(), self.height(), self.fontMetrics().height()))

    def _place(self, places: PadLayout) -> None:
        self.canvas.setGeometry(places.canvas)
        self.stages.setGeometry(places.stages)
        self.winner.setGeometry(places.winner)
        self.bars.setGeometry(places.bars)
        self.tools.setGeometry(places.tools)

    def _set_erasing(self, erasing: bool) -> None:
        self.canvas.erasing = erasing

    def _drawing_changed(self) -> None:
        self._redrawn = True
        self._soon(STROKE_INTERVAL)

    def _drawing_finished(self) -> None:
        """Answer what has not been answered yet: the pen is lifted, nothing more will come."""
        if self._redrawn:
            self._answer()

    def _soon(self, interval: float) -> None:
        """Answer now, or when `interval` seconds have passed since the last answer."""
        wait = self._answered + interval - time.perf_counter()
        if wait <= 0:
            self._answer()
        elif not self._timer.isActive() or self._timer.remainingTime() > 1000 * wait:
            self._timer.start(max(1, round(1000 * wait)))

    def _answer(self) -> None:
        self._timer.stop()
        redrawn = self._redrawn
        if redrawn:
            self._prepare()
        snapshot = self._snapshot
        readable = snapshot is None or snapshot.image_shape is not None
        self.canvas.set_hint(INVITATION if readable else NO_PICTURES)
        self.undo_button.setEnabled(self.canvas.can_undo)
        self.clear_button.setDisabled(self.canvas.empty)
        if snapshot is None or not readable:
            self.bars.show_outputs((), None, True, "")
            self.winner.show_winner("", "" if readable else NO_PICTURES)
        else:
            self._show_answer(snapshot)
        if redrawn:
            self.bars.repaint()  # before anything else that wants to be painted
        self._answered = time.perf_counter()

    def _prepare(self) -> None:
        self._redrawn = False
        description = self._description()
        if self.canvas.empty:
            self._preparation = None
            self.stages.show_stages(strokes_names(description))
            image = np.zeros(description.image_shape or PICTURE, dtype=np.float32)
        else:
            self._preparation = self._stages()
            self.stages.show_stages(self._preparation.names, self._preparation.pictures)
            image = self._preparation.image
        flat = np.array(image, dtype=np.float32).reshape(-1)
        flat.flags.writeable = False
        self.drawn.emit(flat)

    def _description(self) -> DataDescription:
        """Say what the net was trained on, which decides what it is to see."""
        snapshot = self._snapshot
        if snapshot is None:
            return NOTHING_KNOWN
        return replace(snapshot.description, image_shape=snapshot.image_shape)

    def _stages(self) -> PictureStages:
        """Return the way of what lies on the sheet to the net."""
        picture, description = self.canvas.sheet.picture, self._description()
        if picture is not None:
            known = self._read
            if known is None or known[0] is not picture or known[1] != description:
                self._read = known = picture, description, example_stages(picture, description)
            return known[2]
        # A net knows strokes of one width, whatever the pressure: the pen's own is for the eye.
        return strokes_stages([stroke[:, :2] for stroke in self.canvas.strokes], description)

    def _names(self, snapshot: Snapshot) -> tuple[str, ...]:
        """Return what the outputs are called."""
        outputs = snapshot.recipe.layers[-1]
        if len(snapshot.class_names) >= outputs:
            return snapshot.class_names
        return tuple(str(output) for output in range(outputs))

    def _show_answer(self, snapshot: Snapshot) -> None:
        names = self._names(snapshot)
        percent, caption = kind_of_output(snapshot.recipe.output_activation)
        if self._preparation is None:
            self.bars.show_outputs(names, None, percent, caption)
            self.winner.show_winner("", "")
            return
        values = self._net(snapshot).predict(self._preparation.image.reshape(1, -1))[0]
        self.bars.show_outputs(names, values, percent, caption)
        if not np.isfinite(values).all():
            self.winner.show_winner("?", "the outputs are not numbers")
            return
        if self._only_dots:
            self.winner.show_winner("?", "only a dot: draw more")
            return
        found = answer(values)
        if not found.decided:
            self.winner.setToolTip(f"Undecided: {found.why_undecided(names)}.")
            self.winner.show_winner("?", f"undecided, {class_name(found.best, names)} first")
            return
        self.winner.setToolTip("")
        sure = how_sure(found, snapshot.recipe.output_activation)
        self.winner.show_winner(found.name(names), sure)

    @property
    def _only_dots(self) -> bool:
        """True where nothing but dots is drawn, of which no net should make a digit."""
        strokes = self.canvas.strokes
        return (
            bool(strokes)
            and self.canvas.sheet.picture is None
            and all(float(np.ptp(stroke[:, :2], axis=0).max()) < DOT for stroke in strokes)
        )

    def _net(self, snapshot: Snapshot) -> Network:
        if self._network is None:
            self._network = snapshot.network()
        return self._network
