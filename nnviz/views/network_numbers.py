"""Numbers beside the neurons: bias b, weighted sum z and error δ, as far as they are known."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from nnviz.engine.known import known_after
from nnviz.engine.network import views
from nnviz.engine.snapshot import Snapshot
from nnviz.views.network_board import NO_PEN, Board, Line
from nnviz.views.network_layout import READABLE
from nnviz.views.network_tips import short, small


class Numbers:
    """Beside every neuron that has room for it, on a patch of the panel's colour."""

    def __init__(self, board: Board) -> None:
        place = board.place
        ground = QColor(board.ink.panel)
        ground.setAlphaF(0.8)
        self._columns: list[tuple[int, list[int], list[list[Line]], bool]] = []
        self._at: dict[int, tuple[float, float]] = {}
        last = len(place.columns) - 1
        for layer, column in enumerate(place.columns):
            if layer == 0:
                continue
            size = min(0.95 * place.unit, max(0.9 * column.spacing, READABLE))
            font = board.font(size)
            stacked = column.spacing > 3.4 * size
            every = max(1, int(np.ceil(1.05 * size / column.spacing)))
            align = 1.0 if layer == last else 0.0
            gap = column.radius + 0.45 * place.unit
            x = column.x - gap if layer == last else column.x + gap
            neurons = list(range(column.first, column.first + column.shown, every))
            rows = []
            for neuron in neurons:
                y = column.height_of(neuron)
                width, height = (5.0 if stacked else 9.5) * size, (3.5 if stacked else 1.1) * size
                left = x - width if align else x
                board.rect(QRectF(left, y - height / 2, width, height), NO_PEN, ground)
                lines = [board.line(align, font=font) for _ in range(3 if stacked else 1)]
                rows.append(lines)
            self._columns.append((layer, neurons, rows, stacked))
            self._at[layer] = x, 1.15 * size
        self._place = place

    def show(self, snapshot: Snapshot) -> None:
        """Show the example's numbers, and none that the phase has not come to yet."""
        recipe, focus = snapshot.recipe, snapshot.focus
        _, biases = views(recipe, snapshot.theta)
        known = None if snapshot.phase is None else known_after(recipe, snapshot.phase)
        for layer, neurons, rows, stacked in self._columns:
            has_z = known is None or layer <= known.activations
            has_delta = known is None or layer >= known.errors
            x, step = self._at[layer]
            for neuron, lines in zip(neurons, rows, strict=True):
                z = short(float(focus.z[layer - 1][neuron])) if has_z else "–"
                delta = small(float(focus.delta[layer - 1][neuron])) if has_delta else "–"
                bias = short(float(biases[layer - 1][neuron]))
                texts = [f"z {z}", f"b {bias}", f"δ {delta}"]
                y = self._place.columns[layer].height_of(neuron)
                if not stacked:
                    lines[0].write(x, y, f"{texts[0]}  {texts[2]}")
                    continue
                for i, (line, text) in enumerate(zip(lines, texts, strict=True)):
                    line.write(x, y + (i - 1) * step, text)
