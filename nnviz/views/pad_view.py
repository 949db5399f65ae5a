"""The drawing pad: strokes in, MNIST's preparation, the live net's answer beside it.

Every extension of a stroke goes the whole way (preparation, prediction, bars)
at once, as does every new snapshot, but never more often than the eye can use:
what comes in between waits for a timer and is then answered in one go.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.data.handwriting import Preparation, prepare_strokes
from nnviz.engine.network import Network
from nnviz.engine.snapshot import Snapshot
from nnviz.views.pad_answer import AnswerBars, Stages, Winner, kind_of_output, number
from nnviz.views.pad_canvas import PadCanvas
from nnviz.views.palette import DARK, Theme
from nnviz.views.view import View, ViewSpec

PICTURE = (28, 28)
"""What the preparation makes; a net must take such pictures to read drawings."""
STROKE_INTERVAL = 0.012
SNAPSHOT_INTERVAL = 1 / 30
"""Seconds between two answers while drawing, and while only training changes them."""
LOW = 230
"""Height in pixels below which the stages stand beside the winner."""
NARROW = 400
"""Width in pixels below which three columns are too many."""
INVITATION = "Draw a digit here"
NO_PICTURES = "This network does not read pictures: choose the digits data set."


class PadView(View):
    """A pad whose drawing the network of the last snapshot reads.

    Signals:
        drawn(object): the prepared picture, (784,) float32 read-only, whenever the
            drawing changes; all zeros when it is cleared.
    """

    drawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.canvas = PadCanvas(self)
        self.stages = Stages(self)
        self.winner = Winner(self)
        self.bars = AnswerBars(self)
        self.undo_button = QPushButton("undo", self)
        self.clear_button = QPushButton("clear", self)
        self.undo_button.setToolTip("Take the last stroke back")
        self.clear_button.setToolTip("Take everything off the pad (right click)")
        self.undo_button.clicked.connect(self.canvas.undo)
        self.clear_button.clicked.connect(self.canvas.clear)
        self.canvas.changed.connect(self._drawing_changed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._answer)
        self._answered = 0.0
        self._snapshot: Snapshot | None = None
        self._network: Network | None = None
        self._preparation: Preparation | None = None
        self._redrawn = False
        self.set_theme(DARK)
        self._answer()

    def sizeHint(self) -> QSize:
        """Return the size at which it stands in the right column."""
        return QSize(460, 240)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which everything can be read."""
        return QSize(280, 190)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Let the net of this moment read the drawing."""
        known = self._snapshot
        first = known is None or known.run != snapshot.run
        self._snapshot, self._network = snapshot, None
        if first:
            self._answer()
        elif not self.canvas.empty:
            self._soon(SNAPSHOT_INTERVAL)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours; the sheet stays white on black."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.setPalette(palette)
        for part in (self.canvas, self.stages, self.winner, self.bars):
            part.set_theme(theme)
        style = (
            f"QPushButton {{ background: {theme.raised}; color: {theme.text}; border: 1px solid "
            f"{theme.line}; border-radius: 4px; padding: 0px 4px; min-height: 0px; }}"
            f"QPushButton:hover, QPushButton:focus {{ border-color: {theme.dim}; }}"
            f"QPushButton:disabled {{ color: {theme.dim}; background: {theme.panel}; }}"
        )
        for button in (self.undo_button, self.clear_button):
            button.setStyleSheet(style)

    def set_strokes(self, strokes: Sequence[NDArray[np.floating[Any]]]) -> None:
        """Draw from a program, the same way as by hand.

        Args:
            strokes: arrays (points, 2), fractions of the pad's side, x right and y down.
        """
        self.canvas.set_strokes(strokes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the parts for the new size."""
        super().resizeEvent(event)
        places = arrange(self.width(), self.height(), self.fontMetrics().height())
        self.canvas.setGeometry(places.canvas)
        self.stages.setGeometry(places.stages)
        self.winner.setGeometry(places.winner)
        self.bars.setGeometry(places.bars)
        self.undo_button.setGeometry(places.undo)
        self.clear_button.setGeometry(places.clear)

    def _drawing_changed(self) -> None:
        self._redrawn = True
        self._soon(STROKE_INTERVAL)

    def _soon(self, interval: float) -> None:
        """Answer now, or when `interval` seconds have passed since the last answer."""
        wait = self._answered + interval - time.perf_counter()
        if wait <= 0:
            self._answer()
        elif not self._timer.isActive() or self._timer.remainingTime() > 1000 * wait:
            self._timer.start(max(1, round(1000 * wait)))

    def _answer(self) -> None:
        self._timer.stop()
        if self._redrawn:
            self._prepare()
        snapshot = self._snapshot
        readable = snapshot is None or snapshot.image_shape == PICTURE
        self.canvas.set_hint(INVITATION if readable else NO_PICTURES)
        self.undo_button.setDisabled(self.canvas.empty)
        self.clear_button.setDisabled(self.canvas.empty)
        if snapshot is None or not readable:
            self.bars.show_outputs((), None, True, "")
            self.winner.show_winner("", "" if readable else NO_PICTURES)
        else:
            self._show_answer(snapshot)
        self._answered = time.perf_counter()

    def _prepare(self) -> None:
        self._redrawn = False
        if self.canvas.empty:
            self._preparation = None
            self.stages.show_pictures([])
            image = np.zeros(PICTURE, dtype=np.float32)
        else:
            self._preparation = prepare_strokes(self.canvas.strokes)
            stages = self._preparation
            self.stages.show_pictures([stages.boxed, stages.scaled, stages.image])
            image = stages.image
        flat = np.array(image, dtype=np.float32).reshape(-1)
        flat.flags.writeable = False
        self.drawn.emit(flat)

    def _show_answer(self, snapshot: Snapshot) -> None:
        outputs = snapshot.recipe.layers[-1]
        names = snapshot.class_names or tuple(str(output) for output in range(outputs))
        percent, caption = kind_of_output(snapshot.recipe.output_activation)
        if self._preparation is None:
            self.bars.show_outputs(names, None, percent, caption)
            self.winner.show_winner("", "")
            return
        if self._network is None:
            self._network = snapshot.network()
        values = self._network.predict(self._preparation.image.reshape(1, -1))[0]
        self.bars.show_outputs(names, values, percent, caption)
        if not np.isfinite(values).all():
            self.winner.show_winner("?", "the outputs are not numbers")
            return
        best = int(np.argmax(values))
        written = number(float(values[best]), percent)
        self.winner.show_winner(names[best], f"{written} sure" if percent else f"a = {written}")


@dataclass(frozen=True, slots=True)
class Places:
    """Where the pad's parts stand, in pixels."""

    canvas: QRect
    stages: QRect
    winner: QRect
    bars: QRect
    undo: QRect
    clear: QRect


def arrange(width: int, height: int, line: int) -> Places:
    """Divide the pad among its parts.

    Wide: sheet | stages, winner, buttons | bars. Otherwise the stages and buttons go
    below the sheet, and where the pad is tall, winner and bars go below those.

    Args:
        width: of the pad, in pixels.
        height: of the pad, in pixels.
        line: height of a line of text, in pixels.
    """
    margin = gap = max(6, min(14, width // 40))
    room_x, room_y = width - 2 * margin, height - 2 * margin
    button = line + 6
    if width >= 1.75 * height and width >= NARROW:
        side = min(room_y, int(0.44 * room_x))
        rest = room_x - side - 2 * gap
        column = min(int(0.4 * rest), 2 * room_y // 3)
        x = margin + side + gap
        strip = min((column - 8) // 3 + 1, room_y // 4)
        winner_top = margin + strip + gap
        return Places(
            QRect(margin, margin, side, side),
            QRect(x, margin, column, strip),
            QRect(x, winner_top, column, room_y - strip - button - 2 * gap),
            QRect(x + column + gap, margin, rest - column, room_y),
            *_buttons(x, margin + room_y - button, column, button),
        )
    if height <= 1.1 * width:
        low = room_y < LOW
        strip = 0 if low else room_y // 7
        side = min(
            room_y - button - strip - (1 if low else 2) * gap, int((0.5 if low else 0.58) * room_x)
        )
        x = margin + side + gap
        rest = room_x - side - gap
        winner = 2 * room_y // 9 if low else min(room_y // 5, 140)
        stages = QRect(margin, margin + side + gap, side, strip)
        name = QRect(x, margin, rest, winner)
        if low:
            # Beside the winner, so that the sheet keeps the height.
            part = min(3 * winner + 8, int(0.4 * rest))
            stages = QRect(x + rest - part, margin, part, (part - 8) // 3 + 1)
            name = QRect(x, margin, rest - part - gap, winner)
        bars = QRect(x, margin + winner + gap // 2, rest, room_y - winner - gap // 2)
        foot = margin + side + gap + (0 if low else strip + gap)
        return Places(
            QRect(margin, margin, side, side),
            stages,
            name,
            bars,
            *_buttons(margin, foot, side, button),
        )
    side = min(room_x, room_y // 2)
    x, y = margin + (room_x - side) // 2, margin + side + gap
    half = (room_x - gap) // 2
    below = room_y - side - gap
    strip = min((half - 8) // 3 + 1, below // 4)
    return Places(
        QRect(x, margin, side, side),
        QRect(margin, y, half, strip),
        QRect(margin, y + strip + gap, half, below - strip - button - 2 * gap),
        QRect(margin + half + gap, y, half, below),
        *_buttons(margin, y + below - button, half, button),
    )


def _buttons(x: int, y: int, width: int, height: int) -> tuple[QRect, QRect]:
    """Place undo and clear side by side."""
    each = min((width - 6) // 2, 110)
    return QRect(x, y, each, height), QRect(x + each + 6, y, each, height)


SPEC = ViewSpec("pad", "Draw a digit", "right", PadView, rate=8.0)
