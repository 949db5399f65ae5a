"""What the parts of the pad have in common: the theme, and letters of its scale."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QWidget

from nnviz.views.pad.text import Wordings
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.type_scale import Step, sized

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Part(QWidget):
    """A part of the pad that paints itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK

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
        return fitting(self.theme, self.sized(pixels, bold), wordings, room)


def fitting(theme: Theme, wished: QFont, wordings: Sequence[str], room: float) -> tuple[QFont, str]:
    """Return the first wording that fits, in the wished letters or smaller ones; see `Part`."""
    font = wished
    for text in wordings:
        font, fits = theme.scale.fitting(wished, text, room)
        if fits:
            return font, text
    cut = Qt.TextElideMode.ElideRight
    return font, QFontMetricsF(font).elidedText(wordings[-1], cut, room)
