"""The letters of the race: they grow with its panel, and all its lengths are told in them."""

from PySide6.QtGui import QFont

from nnviz.views.shared.type_scale import Step, TypeScale, sized

ACROSS, UPWARDS = 34, 23
"""So many letters' sizes the panel is wide and high, where they can grow so far."""


def letters(base: QFont, scale: TypeScale, width: int, height: int) -> QFont:
    """Return the letters of a panel of a size."""
    room = min(width / ACROSS, height / UPWARDS)
    return sized(base, scale.grown(Step.CAPTION, room))


def small_print(font: QFont, scale: TypeScale) -> QFont:
    """Return what is to those letters as labels are to a text, no smaller than a caption."""
    room = font.pixelSize() * Step.LABEL.value / Step.BODY.value
    return sized(font, scale.grown(Step.CAPTION, room))
