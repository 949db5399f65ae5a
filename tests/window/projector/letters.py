"""Measures the letters of all that a widget draws, by having it draw a vector picture of itself."""

import re
from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

_MATRIX = re.compile(r"matrix\(([^)]*)\)")
_TEXT = "{http://www.w3.org/2000/svg}text"


def letters_of(widget: QWidget) -> list[tuple[float, str]]:
    """Return every text that is drawn with the pixels of its letters, smallest first."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QSvgGenerator()
    picture.setOutputDevice(buffer)
    picture.setSize(widget.size())
    picture.setResolution(96)
    painter = QPainter(picture)
    widget.render(painter, QPoint())
    painter.end()
    found: list[tuple[float, str]] = []
    _collect(ElementTree.fromstring(bytes(buffer.data())), QTransform(), found)
    return sorted(found)


def _collect(node: ElementTree.Element, around: QTransform, found: list[tuple[float, str]]) -> None:
    matrix = _MATRIX.match(node.get("transform", ""))
    if matrix is not None:
        around = QTransform(*map(float, matrix[1].split(","))) * around
    if node.tag == _TEXT and (text := "".join(node.itertext()).strip()):
        height = (around.m21() ** 2 + around.m22() ** 2) ** 0.5
        size = next((a.get("font-size") for a in (node,) if a.get("font-size")), None)
        found.append((float(size or 0) * height, text))
    for child in node:
        _collect(child, around, found)
