"""Colours of the network view, made once a theme.

Making a colour costs Qt's binding more than using it, so all are made once and
kept for as long as the theme stays.
"""

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QBrush, QColor

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.run.snapshot import Array
from nnviz.views.palette import Diverging, Theme, grey_levels
from nnviz.views.shared.type_scale import TypeScale

Indices = NDArray[np.intp]


@cache
def _brushes(theme: Theme) -> tuple[list[QBrush], list[QBrush]]:
    """Return all fills of values with a sign, and of those without one."""
    signed, greys = Diverging(theme).table, grey_levels(theme)
    first, second = ([QBrush(QColor(*row)) for row in t.tolist()] for t in (signed, greys))
    return first, second


class NetworkColours:
    """The colours of one theme as Qt wants them."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.panel = QColor(theme.panel)
        self.raised = QColor(theme.raised)
        self.text = QColor(theme.text)
        self.dim = QColor(theme.dim)
        self.now = QColor(theme.now)
        self.minus = QColor(theme.minus)
        self.diverging = Diverging(theme)
        self.signed, self.greys = _brushes(replace(theme, scale=TypeScale()))

    def brushes(self, activation: str) -> list[QBrush]:
        """Return all fills of neurons with an activation: grey where none can be negative."""
        return self.signed if ACTIVATIONS[activation].signed else self.greys

    def fills(self, activation: str, a: Array, largest: float) -> Indices:
        """Return which of the brushes each neuron takes; |a| = `largest` takes the full colour."""
        if ACTIVATIONS[activation].signed:
            return self.diverging.index(a, largest)
        share = np.nan_to_num(np.asarray(a, dtype=np.float64) / (largest or 1.0))
        return np.asarray(np.round(255 * np.clip(share, 0, 1)), dtype=np.intp)


def coloured(
    values: Array, activation: str, largest: float, ink: NetworkColours
) -> NDArray[np.uint8]:
    """Return outputs, of any shape, in the colours of circles: red, green and blue come last."""
    signed = ink.brushes(activation) is ink.signed
    table = ink.diverging.table if signed else grey_levels(ink.theme)
    return np.asarray(table[ink.fills(activation, values, largest)], np.uint8)
