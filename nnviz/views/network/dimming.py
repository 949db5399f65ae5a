"""Dimming: what is not in play stands back behind a thin layer of the panel's own colour."""

from itertools import pairwise

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsRectItem

from nnviz.views.network.board import Board

OPACITY = 0.86
"""How much of what lies behind is taken away."""


class Dimming:
    """One veil a gap between two layers, over its edges; none is drawn unless it is shown."""

    def __init__(self, board: Board) -> None:
        colour = QColor(board.ink.panel)
        colour.setAlphaF(OPACITY)
        place = board.place
        top, bottom = place.heading, place.footer.top
        self._veils = []
        for before, after in pairwise(place.columns):
            right = after.x - after.radius
            box = QRectF(before.out, top, right - before.out, bottom - top)
            veil = board.put(QGraphicsRectItem(box), brush=colour)
            veil.setVisible(False)
            self._veils.append(veil)

    def show(self, lit: frozenset[int] | None) -> None:
        """Veil every gap but those lit, 1 being the first; None lights all of them."""
        for number, veil in enumerate(self._veils, 1):
            veil.setVisible(lit is not None and number not in lit)
