"""Texts along axes, of which none stands on another."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF

from nnviz.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A text of an axis, and where it is written."""

    text: str
    box: QRectF
    is_name: bool


def apart(
    wanted: Iterable[tuple[str, Iterable[QRectF], bool]], room: QRectF, gap: float
) -> list[Label]:
    """Return those texts that have room, none on another.

    Args:
        wanted: each text, the boxes it may have, the best first, and whether it is a name; the
            most important first.
        room: the picture, which no text leaves.
        gap: pixels between two texts side by side.
    """
    labels: list[Label] = []
    for text, boxes, is_name in wanted:
        for box in boxes:
            wide = box.adjusted(-gap, 0, gap, 0)
            if room.contains(box) and not any(wide.intersects(other.box) for other in labels):
                labels.append(Label(text, box, is_name))
                break
    return labels
