"""The words around the network: headings, the caption of the example and the footer.

What is said of the edges is honest: how many are drawn, of how many there are.
"""

import itertools

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPolygonF

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.explain_symbols import Symbol
from nnviz.engine.explain_symbols import number as quantity
from nnviz.engine.snapshot import Snapshot
from nnviz.views.network_board import NO_PEN, Board, rect
from nnviz.views.network_layout import Layout
from nnviz.views.network_play import WEIGHTS, Subject
from nnviz.views.network_tips import number

ERRORS = (
    "neurons: errors δ, each layer by its own largest; edges: weights",
    "neurons: errors δ, each layer by its own largest",
    "errors δ, layer by layer",
    "errors δ",
)
"""What is said of neurons that show errors, the fullest wording first."""


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


class Headings:
    """Every layer's heading: that of a picture above its tile, others in one line.

    The layer in play has what is done there for a heading, and others make room for it.
    """

    def __init__(self, board: Board, snapshot: Snapshot) -> None:
        place = board.place
        self._place = place
        self._texts = []
        for layer, (x, text) in enumerate(headings(snapshot, place, board.font())):
            over = place.tile if layer == 0 else None
            y = place.heading if over is None else over.top - 0.9 * place.unit
            self._texts.append((x, y, text))
        self._lines = [board.line(0.5) for _ in self._texts]
        self._now = board.line(0.0, board.ink.now, board.font(bold=True))
        self.show((), None)

    def show(self, wordings: tuple[str, ...], layer: int | None) -> None:
        """Show all headings.

        Args:
            wordings: what is done, the fullest wording first; empty for nothing.
            layer: where; None for the network as a whole.
        """
        left, right, height = self._write_now(wordings, layer)
        gap = 0.8 * self._place.unit
        for at, (line, (x, y, text)) in enumerate(zip(self._lines, self._texts, strict=True)):
            half = line.advance(text) / 2 + gap
            hidden = wordings and (
                at == layer or (y == height and x + half > left and x - half < right)
            )
            line.write(x, y, "" if hidden else text)

    def _write_now(
        self, wordings: tuple[str, ...], layer: int | None
    ) -> tuple[float, float, float]:
        """Write what is done; return where it begins and ends, and its height."""
        place, room = self._place, self._place.footer
        if not wordings:
            self._now.write(0, 0, "")
            return 0.0, 0.0, 0.0
        most = 0.62 * room.width
        fitting = (text for text in wordings if self._now.advance(text) <= most)
        text = next(fitting, wordings[-1])
        width = self._now.advance(text)
        x, y = (room.left + room.right) / 2, place.heading
        if layer is not None:
            x, y = self._texts[layer][0], self._texts[layer][1]
        left = min(max(x - width / 2, room.left), room.right - width)
        self._now.write(left, y, text)
        return left, left + width, y


class Caption:
    """Which example is shown, what it is and what the network takes it for."""

    def __init__(self, board: Board) -> None:
        place, ink = board.place, board.ink
        box, unit = place.caption, place.unit
        self._behind = board.scene.addRect(rect(box), NO_PEN, ink.panel)
        self._roomy = place.tile is not None
        for arrow, way in ((place.previous, -1), (place.following, 1)):
            x, y = arrow.left + arrow.width / 2, arrow.top + arrow.height / 2
            tip, back = way * 0.3 * unit, 0.38 * unit
            corners = [(x + tip, y), (x - tip, y - back), (x - tip, y + back)]
            board.scene.addPolygon(QPolygonF([QPointF(*at) for at in corners]), NO_PEN, ink.dim)
        self._box, self._middle = box, box.left + box.width / 2
        self._room = box.width - 2.1 * place.previous.width
        self._example, self._number = board.line(0.5), board.line(0.5)
        colours: tuple[QColor, ...] = (ink.dim, ink.now, ink.dim, ink.text)
        self._pieces = [board.line(0.0, colour) for colour in colours]

    def show(self, snapshot: Snapshot, *, known: bool = True) -> None:
        """Show the example's number and names.

        Args:
            snapshot: the moment.
            known: False where the network's answer is not to be told yet.
        """
        box, focus, names = self._box, snapshot.focus, snapshot.class_names
        what = "image" if snapshot.image_shape else "example"
        first, second = box.top + 0.25 * box.height, box.top + 0.75 * box.height
        if focus.place < 0 or snapshot.minibatch is None:
            of_test = f"test {what} {focus.index:,}"
            self._write_number(first, (of_test,), "")
        else:
            count = f"{focus.place + 1:,} of {len(snapshot.minibatch.rows):,}"
            wordings = (f"training {what} {focus.index:,}", f"{what} {focus.index:,}")
            both = tuple(f"{wording} · {count}" for wording in wordings)
            if self._roomy and self._example.advance(both[0]) > self._room:
                self._write_number(first, (count,), wordings[0])
                second += box.height / 2
            else:
                self._write_number(first, (*both, *_short(focus.index, count)), "")
        if names:
            words = ["a ", names[int(np.argmax(focus.y))], "", ""]
            if known and np.isfinite(focus.a[-1]).all():
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

    def _write_number(self, y: float, wordings: tuple[str, ...], below: str) -> None:
        """Write the first line in the fullest wording that fits, and one below it, if any."""
        box = self._box
        self._behind.setRect(box.left, box.top, box.width, (1.5 if below else 1.0) * box.height)
        fitting = (text for text in wordings if self._example.advance(text) <= self._room)
        self._example.write(self._middle, y, next(fitting, wordings[-1]))
        self._number.write(self._middle, y + box.height / 2, below)


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
        self._shown: tuple[object, ...] | None = None

    def show(self, drawn: int, total: int, largest: float, subject: Subject = WEIGHTS) -> None:
        """Show the counts and what stands at the ends of the scale.

        Args:
            drawn: edges drawn.
            total: weights of the network.
            largest: the value of the full colour.
            subject: what edges show.
        """
        size = _size(largest)
        if (drawn, total, size, subject) == self._shown:
            return
        self._shown = drawn, total, size, subject
        whole = not any(column.rest for column in self._place.columns)
        texts = footer_texts(drawn, total, whole=whole, strongest=subject.strongest)
        self._write(size, subject.legend, texts)

    def show_errors(self, largest: float, layer: int) -> None:
        """Show the scale of a layer's errors δ and say that each layer has its own."""
        size = _size(largest)
        if (size, layer) == self._shown:
            return
        self._shown = size, layer
        self._write(size, f"error {Symbol('δ', str(layer)).text}", ERRORS)

    def _write(self, size: str, legend: str, texts: tuple[str, ...]) -> None:
        """Write the scale with its ends, and the fullest text that has room beside it."""
        box, unit = self._place.footer, self._place.unit
        y = box.top + box.height / 2
        low, high = f"−{size}", f"+{size} {legend}"
        if size == "0":
            low, high = "0", f"0 {legend}"
        right = box.right - self._high.advance(high) - 0.5 * unit
        left = right - self._length
        self._low.write(left - 0.5 * unit, y, low)
        self._high.write(right + 0.5 * unit, y, high)
        self._scale.setPos(left, y)
        room = left - 1.5 * unit - self._low.advance(low) - box.left
        fitting = (text for text in texts if self._said.advance(text) <= room)
        self._said.write(box.left, y, next(fitting, ""))


def _short(index: int, count: str) -> tuple[str, ...]:
    """Return what is said of an example of a minibatch where there is little room."""
    return f"no. {index:,} · {count}", f"#{index:,} · {count}", count


def _size(largest: float) -> str:
    """Write the value at the end of a scale."""
    return quantity(largest, 3)


def footer_texts(
    drawn: int, total: int, *, whole: bool, strongest: str = WEIGHTS.strongest
) -> tuple[str, ...]:
    """Return what is said of the edges, the fullest wording first.

    Args:
        drawn: edges drawn.
        total: weights of the network.
        whole: True where every neuron is drawn.
        strongest: which edges are drawn where not all are.
    """
    if drawn == total:
        return (f"all {total:,} edges drawn",)
    count = f"{drawn:,} of {total:,} edges"
    which = f"{strongest} of " + ("each layer" if whole else "neurons shown")
    short = " ".join(strongest.split()[:2])
    return (f"{count} drawn, {which}", f"{count}, {which}", f"{count}, {short}", count)
