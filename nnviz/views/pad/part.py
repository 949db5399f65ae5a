"""What the parts of the pad have in common: the theme, and letters of any size."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import DARK, Theme

Array = NDArray[np.floating[Any]]

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SMALLEST = 8
"""Letters in pixels below which nothing is written."""


class Part(QWidget):
    """A part of the pad that paints itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self.theme = theme
        self.update()

    def sized(self, pixels: float, bold: bool = False) -> QFont:
        """Return the widget's font at another size."""
        font = QFont(self.font())
        font.setPixelSize(max(round(pixels), 7))
        font.setBold(bold)
        return font

    def base(self) -> float:
        """Size of the widget's font in pixels."""
        return float(QFontInfo(self.font()).pixelSize())

    def fitting(self, text: str, pixels: float, room: float, bold: bool = False) -> QFont:
        """Return the widget's font at the largest size up to `pixels` at which a text fits."""
        font = self.sized(max(pixels, SMALLEST), bold)
        while font.pixelSize() > SMALLEST and QFontMetricsF(font).horizontalAdvance(text) > room:
            font.setPixelSize(font.pixelSize() - 1)
        return font
