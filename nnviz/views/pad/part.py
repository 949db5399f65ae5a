"""What the parts of the pad have in common: what is shown, the theme, and letters of its scale."""

from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from nnviz.views.pad.text import Wordings
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.type_scale import Step, sized

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

Shown = TypeVar("Shown")


class Part(QWidget, Generic[Shown]):
    """A part of the pad that paints itself."""

    def __init__(self, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown, self.theme = shown, DARK

    def show_picture(self, shown: Shown) -> None:
        """Show this from now on."""
        self.shown = shown
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self.theme = theme
        self.update()

    def px(self, step: Step) -> int:
        """Return the height of a step's letters in pixels."""
        return self.theme.scale.px(step)

    def sized(self, pixels: float, bold: bool = False) -> QFont:
        """Return the widget's font at another size, none smaller than the least."""
        return sized(self.font(), max(pixels, self.px(Step.CAPTION)), bold=bold)

    def fitting(
        self, wordings: Wordings, pixels: float, room: float, bold: bool = False
    ) -> tuple[QFont, str]:
        """Return the first wording that fits, and its letters, up to `pixels` large.

        The last one is cut where even that has no room.
        """
        font = wished = self.sized(pixels, bold)
        for text in wordings:
            font, fits = self.theme.scale.fitting(wished, text, room)
            if fits:
                return font, text
        cut = Qt.TextElideMode.ElideRight
        return font, QFontMetricsF(font).elidedText(wordings[-1], cut, room)

    def write(
        self,
        painter: QPainter,
        box: QRectF,
        written: tuple[QFont, str],
        colour: str,
        where: Qt.AlignmentFlag = LEFT,
    ) -> None:
        """Write words in their letters and a colour into a box, one line of them."""
        painter.setFont(written[0])
        painter.setPen(QColor(colour))
        painter.drawText(box, where, written[1])
