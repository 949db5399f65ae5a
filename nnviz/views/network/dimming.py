"""Dimming: the edges between layers that are not in play stand back behind a cover."""

from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsRectItem

from nnviz.views.network.board import Board

OPACITY = 0.86
"""How much of what lies behind is taken away."""


class Dimming:
    """Dims the edges of gaps between two layers: a translucent cover each, drawn where shown."""

    def __init__(self, board: Board) -> None:
        colour = QColor(board.ink.panel)
        colour.setAlphaF(OPACITY)
        place = board.place
        top, bottom = place.heading, place.footer.top
        self._covers = []
        for before, after in pairwise(place.columns):
            right = after.x - after.radius
            box = QRectF(before.out, top, right - before.out, bottom - top)
            cover = board.put(QGraphicsRectItem(box), brush=colour)
            cover.setVisible(False)
            self._covers.append(cover)

    def show(self, lit: frozenset[int] | None) -> None:
        """Dim every gap but those lit, 1 being the first; None lights all of them."""
        for number, cover in enumerate(self._covers, 1):
            cover.setVisible(lit is not None and number not in lit)
