"""The type and space scale: the sizes of all letters, gaps and lines, times one factor.

A letter's size is a step of the scale, and only this module knows pixels of letters. A theme
carries its `TypeScale`, so whoever takes on colours takes on sizes with them, and two instances
of a view, one of them on a projector, may have a scale each.
"""

from enum import Enum
from math import ceil

from PySide6.QtGui import QFont, QFontMetricsF

from nnviz.dataclass import dataclass

LEAST, MOST = 1.0, 2.5
"""Smallest and largest factor."""
FACTORS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5)
"""The factors that larger and smaller letters go through."""
PROJECTED, OF_HEIGHT = 20, 720
"""Pixels of the smallest letters on a projector, and the height of the picture that has them."""

TARGET = 40
"""Pixels of what is touched on a projector, for a board that feels fingers."""
ROUNDING = 1e-6
"""What a quotient of whole numbers may be off by."""


def seen_height(height: int, ratio: float) -> float:
    """Return the height by which a projected picture is laid out: no letters are ever smaller.

    Args:
        height: of the picture, in Qt's pixels.
        ratio: pixels of the screen that each of these is shown as.
    """
    return max(height, OF_HEIGHT / ratio)


class Step(Enum):
    """A size of letters; the value is its height in pixels at a factor of 1."""

    CAPTION = 11
    LABEL = 12
    BODY = 14
    HEADING = 17
    DISPLAY = 28


@dataclass(frozen=True, slots=True)
class TypeScale:
    """The steps times a factor, from `LEAST` to `MOST`.

    Attributes:
        target: pixels that what a finger may touch has at least, each way.
    """

    factor: float = 1.0
    target: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "factor", min(max(float(self.factor), LEAST), MOST))

    @classmethod
    def projected(cls, height: int, enlarged: float = 1.0, ratio: float = 1.0) -> "TypeScale":
        """Return the scale of a projector's picture of a height, in which the back row reads all.

        It may be more than `MOST`: a picture of 1080 lines has smallest letters of 30 pixels. On a
        screen that shows each of Qt's pixels as `ratio` of its own, it is these that are seen.
        """
        scale = cls()
        smallest = PROJECTED * seen_height(height, ratio) / OF_HEIGHT
        if ratio != 1:
            smallest = ceil(smallest - ROUNDING)  # letters have whole pixels, and no fewer
        object.__setattr__(scale, "factor", smallest * enlarged / Step.CAPTION.value)
        object.__setattr__(scale, "target", ceil(TARGET / ratio))
        return scale

    def px(self, step: Step) -> int:
        """Return the height of a step's letters in pixels."""
        return round(step.value * self.factor)

    def space(self, pixels: float) -> int:
        """Return a gap or a fixed length, given for a factor of 1, in whole pixels."""
        return max(round(pixels * self.factor), 1 if pixels > 0 else 0)

    def line(self, pixels: float) -> float:
        """Return the width of a line, given for a factor of 1."""
        return pixels * self.factor

    def font(self, base: QFont, step: Step, *, bold: bool | None = None) -> QFont:
        """Return a base's font with a step's letters, figures of equal width, and bold as told."""
        return sized(base, self.px(step), bold=bold)

    def grown(self, step: Step, room: float, most: Step = Step.DISPLAY) -> int:
        """Return a step's letters in pixels, larger ones up to `most` where the room is."""
        return max(self.px(step), min(round(room), self.px(most)))

    def fitting(
        self, font: QFont, text: str, width: float, least: Step = Step.CAPTION
    ) -> tuple[QFont, bool]:
        """Return a font in which a text fits a width in one line, and whether it does.

        A new one is returned where the font is too large, down to the least letters.
        """
        needed, width = QFontMetricsF(font).horizontalAdvance(text), max(width, 0.0)
        smallest = min(self.px(least), font.pixelSize())
        size = font.pixelSize()
        while needed > width and size > smallest:
            # Letters grow evenly with their size, but for rounding.
            size = max(smallest, min(size - 1, int(size * width / needed)))
            font = sized(font, size)
            needed = QFontMetricsF(font).horizontalAdvance(text)
        return font, needed <= width


def sized(base: QFont, pixels: float, *, bold: bool | None = None) -> QFont:
    """Return a font with letters of so many pixels, taken from a scale, and even figures."""
    font = QFont(base)
    font.setPixelSize(max(1, round(pixels)))
    font.setFeature(QFont.Tag("tnum"), 1)
    if bold is not None:
        font.setBold(bold)
    return font
