"""The headings above the layers, and what is done in the one in play."""

import itertools
import math

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.recipe import Recipe
from nnviz.numbers import integer
from nnviz.views.network.board import Board
from nnviz.views.network.layout import Layout


def headings(recipe: Recipe, place: Layout, font: QFont) -> list[tuple[float, str]]:
    """Return the middle and the words of each layer's heading, as long as fit side by side."""
    layers, names = recipe.layers, recipe.activations
    labels = [ACTIVATIONS[name].word for name in names]
    roles = ["input", *["hidden"] * (len(layers) - 2), "output"]
    metrics = QFontMetricsF(font)
    found: list[tuple[float, str]] = []
    for parts in (("role", "size", "name"), ("role", "size"), ("size",)):
        found = []
        for layer, column in enumerate(place.columns):
            words = {"role": roles[layer], "size": f"{integer(layers[layer])}"}
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
            return found
    # In a view too narrow even for that, what would touch the one before is left out.
    end, apart = -math.inf, []
    for x, text in found:
        half = metrics.horizontalAdvance(text) / 2
        free = x - half >= end + 0.4 * place.unit
        end = x + half if free else end
        apart.append((x, text if free else ""))
    return apart


class Headings:
    """Every layer's heading: that of a picture above its tile, others in one line.

    The layer in play has what is done there for a heading, and others make room for it.
    """

    def __init__(self, board: Board, recipe: Recipe) -> None:
        place = board.place
        self._place = place
        self._texts = []
        for layer, (x, text) in enumerate(headings(recipe, place, board.font())):
            over = place.tile if layer == 0 else None
            y = place.heading if over is None else over.top - 0.9 * place.unit
            self._texts.append((x, y, text))
        self._lines = [board.line(0.5) for _ in self._texts]
        self._now = board.line(0.0, board.ink.now, board.font(bold=True))
        self._shown: tuple[tuple[str, ...], int | None] = ((), None)
        self._covered: tuple[float, float] | None = None
        self.show((), None)

    @property
    def boxes(self) -> list[QRectF]:
        """Where they stand."""
        return [line.box for line in self._lines]

    def cover(self, span: tuple[float, float] | None) -> None:
        """Make room in the line for what stands from one place to another; None for nothing."""
        if span != self._covered:
            self._covered = span
            self.show(*self._shown)

    def show(self, wordings: tuple[str, ...], layer: int | None) -> None:
        """Show all headings, and what is done, the fullest wording first, in one layer or all."""
        self._shown = wordings, layer
        left, right, height = self._write_now(wordings, layer)
        gap = 0.8 * self._place.unit
        from_x, to_x = self._covered or (0.0, 0.0)
        for at, (line, (x, y, text)) in enumerate(zip(self._lines, self._texts, strict=True)):
            half = line.advance(text) / 2 + gap
            hidden = wordings and (
                at == layer or (y == height and x + half > left and x - half < right)
            )
            aside = y == self._place.heading and x + half > from_x and x - half < to_x
            line.write(x, y, "" if hidden or (aside and self._covered) else text)

    def _write_now(
        self, wordings: tuple[str, ...], layer: int | None
    ) -> tuple[float, float, float]:
        """Write what is done; return where it begins and ends, and its height."""
        place, room = self._place, self._place.footer
        if not wordings:
            self._now.write(0, 0, "")
            return 0.0, 0.0, 0.0
        most = 0.62 * room.width
        x, y = (room.left + room.right) / 2, place.heading
        if layer is not None:
            x, y = self._texts[layer][0], self._texts[layer][1]
        text = self._now.fitting(wordings, most)
        width = self._now.advance(text)
        left = min(max(x - width / 2, room.left), room.right - width)
        self._now.write(left, y, text)
        return left, left + width, y
