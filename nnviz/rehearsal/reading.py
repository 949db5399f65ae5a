"""What a rehearsal reads: printed numbers against the engine's, and texts against their room."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from nnviz.lessons.values import Value

FULL_WORDS = {"true": True, "false": False}
ROUNDING = 0.5 + 1e-6
"""Of the last printed digit, how far a number may be away to be printed so."""


def reads_as(value: Value, printed: str) -> bool:
    """Tell whether a value reads as it is printed, to the last printed digit."""
    if printed in FULL_WORDS:
        return value is FULL_WORDS[printed] or (value == FULL_WORDS[printed])
    parts = [part.strip() for part in printed.split(",")]
    numbers = np.atleast_1d(np.asarray(value, np.float64)).ravel().tolist()
    return len(numbers) == len(parts) and all(map(_number_reads_as, numbers, parts))


def _number_reads_as(number: float, printed: str) -> bool:
    text = printed.replace("−", "-")
    mantissa, _, power = text.partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(power or 0)
    return abs(number - float(text)) <= ROUNDING * 10.0**-decimals


def clipped(around: QWidget) -> Iterator[str]:
    """Return the texts inside a widget that their room cuts off; what scrolls is not cut."""
    for part in around.findChildren(QWidget):
        if not part.isVisible() or not part.width():
            continue
        if isinstance(part, QLabel) and part.text():
            cut = _label_cut(part) or _out(part)
        elif isinstance(part, QAbstractButton) and part.text():
            cut = _button_cut(part) or _out(part)
        else:
            continue
        if cut:
            yield part.text()
    for area in around.findChildren(QScrollArea):
        inside = area.widget()
        if area.isVisible() and inside is not None and inside.width() > area.viewport().width():
            yield from _texts(area)  # nothing scrolls sideways


def scrolled_away(around: QWidget) -> Iterator[str]:
    """Return the texts inside a widget of which a part can only be seen by scrolling."""
    for area in around.findChildren(QScrollArea):
        if area.isVisible() and area.verticalScrollBar().maximum() > 0:
            yield from _texts(area)


def _texts(area: QScrollArea) -> Iterator[str]:
    """Return all that is written on what an area scrolls, as one text."""
    labels = area.findChildren(QLabel)
    yield " / ".join(one.text() for one in labels if one.isVisible() and one.text())


def _label_cut(label: QLabel) -> bool:
    inside = label.contentsRect()
    flags = int(Qt.TextFlag.TextWordWrap.value) if label.wordWrap() else 0
    room = QRect(0, 0, inside.width(), 10**6)
    needed = label.fontMetrics().boundingRect(room, flags, label.text())
    return needed.width() > inside.width() + 1 or needed.height() > inside.height() + 1


def _button_cut(button: QAbstractButton) -> bool:
    hint = button.minimumSizeHint()
    return button.width() < hint.width() or button.height() < hint.height()


def _out(part: QWidget) -> bool:
    """Tell whether it reaches out of what it stands in, where that does not scroll."""
    above = part.parentWidget()
    if above is None or isinstance(above.parentWidget(), QScrollArea):
        return False
    return not above.rect().adjusted(-1, -1, 1, 1).contains(part.geometry())
