"""Signals that can be watched: pulses that run along the edges, layer by layer.

After a step forwards each layer's activations travel to the next, and then the
errors travel back, each pulse as large as what its edge carries: |w·a| on the
way there, |w·δ| on the way back. After a phase only the layer in play moves. It
takes little more than half a second, then all is calm; while training runs by itself nothing moves.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QVariantAnimation
from PySide6.QtGui import QBrush, QPen
from PySide6.QtWidgets import QGraphicsEllipseItem

from nnviz.dataclass import dataclass
from nnviz.engine.network import views
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.views.network.board import Board
from nnviz.views.network.edges import ends
from nnviz.views.network.layout import Layout
from nnviz.views.network.picture import NetworkPicture
from nnviz.views.palette import STEPS
from nnviz.views.shared import motion

DOTS = 48
"""Most pulses at a time."""
MILLISECONDS = 600
"""How long signals can be watched."""
LEAST_SHARE = 0.05
"""Pulses of less than this share of the largest are left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Wave:
    """Pulses that run together from one layer to the next or, where they are errors, `back`.

    Attributes:
        corners: x₀, y₀, x₁, y₁ of each edge, (4, pulses).
        signal: what each carries, with its sign, as a share of the largest, (pulses,).
    """

    corners: Array
    signal: Array
    back: bool

    def places(self, share: float) -> tuple[Array, Array]:
        """Return where the pulses are when a share of the way is done: x and y, (pulses,) each."""
        t = 1 - share if self.back else share
        x0, y0, x1, y1 = self.corners
        return x0 + (x1 - x0) * t, y0 + (y1 - y0) * (3 * t * t - 2 * t**3)


def stepped(before: Snapshot | None, snapshot: Snapshot) -> bool:
    """Say whether the user has just gone on by one step or phase."""
    if before is None or before.run != snapshot.run:
        return False
    if (before.playing or snapshot.playing) and None in (before.phase, snapshot.phase):
        return False
    if snapshot.phase is not None:
        return snapshot.phase != before.phase and snapshot.step - before.step in (0, 1)
    return snapshot.step == before.step + 1 and before.phase is None


def waves_of(picture: NetworkPicture, place: Layout) -> list[Wave]:
    """Return the waves of a moment, in order; pulses run along no edges but those drawn.

    In one of its phases only that moves which the phase computes.
    """
    last = len(picture.snapshot.recipe.layers) - 1
    phase = None if picture.play is None else picture.play.phase
    there = [(gap, False) for gap in range(1, last + 1)]
    back = [(gap, True) for gap in range(last, 0, -1)]
    if phase is None:
        wanted = there + back
    elif phase.kind == "forward":
        wanted = [(phase.layer, False)]
    elif phase.kind == "backward":
        # The errors of a hidden layer come back through the weights out of it; those of the
        # output come from the cost, along no edge.
        wanted = [(phase.layer + 1, True)] if phase.layer < last else []
    else:
        wanted = []
    waves = (_wave(picture, place, gap, back=back) for gap, back in wanted)
    return [wave for wave in waves if wave is not None]


def _wave(picture: NetworkPicture, place: Layout, gap: int, *, back: bool) -> Wave | None:
    """Return the pulses through one gap, the strongest of it; None where nothing is carried."""
    edges, snapshot = picture.edges, picture.snapshot
    of_gap = np.flatnonzero(edges.layer == gap)
    source, target = edges.source[of_gap], edges.target[of_gap]
    w = views(snapshot.recipe, snapshot.theta_used)[0][gap - 1][source, target]
    delta = snapshot.focus.delta[gap - 1]
    signals = delta[target] if back else picture.activation(gap - 1)[source]
    with np.errstate(all="ignore"):
        carried = np.nan_to_num(w * signals, nan=0.0, posinf=0.0, neginf=0.0)
    size = np.abs(carried)
    largest = float(size.max(initial=0.0))
    if not largest:
        return None
    strongest = np.argsort(size, kind="stable")[-DOTS:]
    strongest = strongest[size[strongest] >= LEAST_SHARE * largest]
    corners = np.stack(ends(place, edges))[:, of_gap[strongest]]
    return Wave(corners, carried[strongest] / largest, back)


class Pulses:
    """The dots on the board."""

    def __init__(self, board: Board) -> None:
        self._signed = board.ink.signed
        unit = board.place.unit
        self._least, self._most = 0.16 * unit, 0.52 * unit
        self._rim = board.pen(board.ink.panel, 1.0, 0.07)
        self._hole = QBrush(board.ink.panel)
        self.dots = [board.put(QGraphicsEllipseItem(), self._rim) for _ in range(DOTS)]
        self._dress(None)

    def show(self, wave: Wave | None, share: float) -> None:
        """Show a wave after a share of the way, 0 to 1, or none."""
        if wave is not self._wave:
            self._dress(wave)
        if wave is None:
            return
        x, y = wave.places(share)
        for dot, *at in zip(self.dots, x.tolist(), y.tolist(), strict=False):
            dot.setPos(*at)

    def _dress(self, wave: Wave | None) -> None:
        self._wave = wave
        signals: NDArray[np.floating] = np.zeros(0) if wave is None else wave.signal
        for dot, signal in zip(self.dots, signals.tolist(), strict=False):
            # The area says the size, and hue and hole the sign; a faint dot could not be seen.
            radius = max(self._least, self._most * abs(signal) ** 0.5)
            dot.setRect(-radius, -radius, 2 * radius, 2 * radius)
            shade = max(abs(signal), 0.5) * (1 if signal > 0 else -1)
            brush = self._signed[round(shade * STEPS) + STEPS]
            dot.setBrush(brush if signal > 0 else self._hole)
            dot.setPen(self._rim if signal > 0 else QPen(brush, 0.7 * radius))
        for number, dot in enumerate(self.dots):
            dot.setVisible(number < len(signals))


class Signals(QObject):
    """Lets the waves run one after the other, once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pulses: Pulses | None = None
        self._waves: Sequence[Wave] = ()
        self._run = QVariantAnimation(self)
        self._run.setStartValue(0.0)
        self._run.setEndValue(1.0)
        self._run.setDuration(MILLISECONDS)
        self._run.valueChanged.connect(self.show_at)

    @property
    def running(self) -> bool:
        """Whether signals are on their way."""
        return self._run.state() == QVariantAnimation.State.Running

    def mount(self, pulses: Pulses | None) -> None:
        """Take on the dots of another board, or of none."""
        self.stop()
        self._pulses = pulses

    def start(self, waves: Sequence[Wave]) -> None:
        """Let waves run, and forget those before."""
        self.stop()
        if waves and not motion.rests():
            self._waves = waves
            self._run.start()

    def stop(self) -> None:
        """Let nothing move any more."""
        self._run.stop()
        self._waves = ()
        self.show_at(1.0)

    def show_at(self, share: float) -> None:
        """Show the signals after a share of the time, 0 to 1; at both ends there are none."""
        if self._pulses is None:
            return
        if not self._waves or not 0 < share < 1:
            self._pulses.show(None, 0.0)
            return
        number, part = divmod(share * len(self._waves), 1)
        self._pulses.show(self._waves[int(number)], part)
