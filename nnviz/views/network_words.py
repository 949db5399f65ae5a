"""The words around the network: headings, the caption of the example and the footer.

What is said of the edges is honest: how many are drawn, of how many there are.
"""

import itertools

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPolygonF

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.snapshot import Snapshot
from nnviz.views.network_board import NO_PEN, Board, rect
from nnviz.views.network_layout import Layout
from nnviz.views.network_tips import number


def headings(snapshot: Snapshot, place: Layout, font: QFont) -> list[tuple[float, str]]:
    """Return the middle and the words of each layer's heading, as long as fit side by side."""
    layers, names = snapshot.recipe.layers, snapshot.recipe.activations
    labels = [ACTIVATIONS[name].label.removesuffix(" σ") for name in names]
    roles = ["input", *["hidden"] * (len(layers) - 2), "output"]
    metrics = QFontMetricsF(font)
    found: list[tuple[float, str]] = []
    for parts in (("role", "size", "name"), ("role", "size"), ("size",)):
        found = []
        for layer, column in enumerate(place.columns):
            words = {"role": roles[layer], "size": f"{layers[layer]:,}"}
            if 0 < layer < len(layers) - 1 or (layer and parts[0] == "size"):
                words["name"] = labels[layer - 1]
            text = " · ".join(words[part] for part in parts if part in words)
            half = metrics.horizontalAdvance(text) / 2
            x = column.x
            if layer == 0 and place.tile:
                x = place.tile.left + half
            x = min(max(x, place.footer.left + half), place.bars.right - half)
            found.append((x, text))
        edges = [
            (x - metrics.horizontalAdvance(t) / 2, x + metrics.horizontalAdvance(t) / 2)
            for x, t in found
        ]
        gaps = [b[0] - a[1] for a, b in itertools.pairwise(edges)]
        if min(gaps) > place.unit:
            break
    return found


def write_headings(board: Board, snapshot: Snapshot) -> None:
    """Write every layer's heading: that of a picture above its tile, others in one line."""
    place = board.place
    for layer, (x, text) in enumerate(headings(snapshot, place, board.font())):
        over = place.tile if layer == 0 else None
        y = place.heading if over is None else over.top - 0.9 * place.unit
        board.line(0.5).write(x, y, text)


class Caption:
    """Which example is shown, what it is and what the network takes it for."""

    def __init__(self, board: Board) -> None:
        place, ink = board.place, board.ink
        box, unit = place.caption, place.unit
        board.scene.addRect(rect(box), NO_PEN, ink.panel)
        for arrow, way in ((place.previous, -1), (place.following, 1)):
            x, y = arrow.left + arrow.width / 2, arrow.top + arrow.height / 2
            tip, back = way * 0.3 * unit, 0.38 * unit
            corners = [(x + tip, y), (x - tip, y - back), (x - tip, y + back)]
            board.scene.addPolygon(QPolygonF([QPointF(*at) for at in corners]), NO_PEN, ink.dim)
        self._box, self._middle = box, box.left + box.width / 2
        self._example = board.line(0.5)
        colours: tuple[QColor, ...] = (ink.dim, ink.now, ink.dim, ink.text)
        self._pieces = [board.line(0.0, colour) for colour in colours]

    def show(self, snapshot: Snapshot) -> None:
        """Show the example's number and names."""
        box, focus, names = self._box, snapshot.focus, snapshot.class_names
        what = "image" if snapshot.image_shape else "example"
        first, second = box.top + 0.25 * box.height, box.top + 0.75 * box.height
        self._example.write(self._middle, first, f"test {what} {focus.index:,}")
        if names:
            words = ["a ", names[int(np.argmax(focus.y))], "", ""]
            if np.isfinite(focus.a[-1]).all():
                words[2:] = [", read as ", names[int(np.argmax(focus.a[-1]))]]
        else:
            wanted = ", ".join(number(value) for value in focus.y[:3].tolist())
            words = ["wanted ", wanted, "", ""]
        widths = [line.advance(text) for line, text in zip(self._pieces, words, strict=True)]
        # Long names may reach out to the right, but never out of the view.
        x = max(self._middle - sum(widths) / 2, box.left)
        for line, text, width in zip(self._pieces, words, widths, strict=True):
            line.write(x, second, text)
            x += width


class Footer:
    """How many edges are drawn, and the scale of their colours."""

    def __init__(self, board: Board) -> None:
        self._place = board.place
        unit = board.place.unit
        self._said, self._low, self._high = board.line(), board.line(1.0), board.line()
        self._length = 7.0 * unit
        ramp = QLinearGradient(0, 0, self._length, 0)
        signed = board.ink.signed
        for i in range(0, len(signed), 8):
            ramp.setColorAt(i / (len(signed) - 1), signed[i].color())
        bar = QRectF(0, -0.25 * unit, self._length, 0.5 * unit)
        self._scale = board.scene.addRect(bar, NO_PEN, ramp)
        self._shown: tuple[int, int, str] | None = None

    def show(self, drawn: int, total: int, largest: float) -> None:
        """Show the counts and the weight at the ends of the scale."""
        size = f"{largest:.3g}"
        if (drawn, total, size) == self._shown:
            return
        self._shown = drawn, total, size
        box, unit = self._place.footer, self._place.unit
        y = box.top + box.height / 2
        low, high = f"−{size}", f"+{size} weight"
        right = box.right - self._high.advance(high) - 0.5 * unit
        left = right - self._length
        self._low.write(left - 0.5 * unit, y, low)
        self._high.write(right + 0.5 * unit, y, high)
        self._scale.setPos(left, y)
        room = left - 1.5 * unit - self._low.advance(low) - box.left
        whole = not any(column.rest for column in self._place.columns)
        texts = footer_texts(drawn, total, whole=whole)
        fitting = (text for text in texts if self._said.advance(text) <= room)
        self._said.write(box.left, y, next(fitting, ""))


def footer_texts(drawn: int, total: int, *, whole: bool) -> tuple[str, ...]:
    """Return what is said of the edges, the fullest wording first.

    Args:
        drawn: edges drawn.
        total: weights of the network.
        whole: True where every neuron is drawn.
    """
    if drawn == total:
        return (f"all {total:,} edges drawn",)
    count = f"{drawn:,} of {total:,} edges"
    which = "the strongest |w| of each layer" if whole else "the strongest |w| of neurons shown"
    return (f"{count} drawn, {which}", f"{count}, {which}", f"{count}, the strongest", count)
