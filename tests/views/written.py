"""What is written on a widget: every text with its letters and where its ink stands."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QPoint, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Written:
    """A text, the height of its letters in pixels, the box of its ink in the widget, its colour."""

    text: str
    pixels: float
    ink: QRectF
    colour: str = ""


def written(widget: QWidget) -> list[Written]:
    """Return every text that a widget and its children paint, in the order of painting."""
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    painter = QPainter(generator)
    widget.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.end()
    found: list[Written] = []
    _read(ElementTree.fromstring(bytes(buffer.data().data())), QTransform(), found, widget.font())
    return found


def _read(node: ElementTree.Element, outer: QTransform, found: list[Written], base: QFont) -> None:
    here = outer
    moved = node.get("transform", "")
    if moved.startswith("matrix("):
        a, b, c, d, e, f = map(float, moved[7:-1].split(","))
        here = QTransform(a, b, c, d, e, f) * outer
    if node.tag == f"{SVG}text" and node.text and node.text.strip():
        font = QFont(base)
        font.setFamily(node.get("font-family", "").strip("'\" "))
        font.setPixelSize(max(1, round(float(node.get("font-size", "1")))))
        font.setWeight(QFont.Weight(int(node.get("font-weight", "400"))))
        ink = QFontMetricsF(font).tightBoundingRect(node.text)
        ink.translate(float(node.get("x", "0")), float(node.get("y", "0")))
        box, colour = here.mapRect(ink), node.get("fill", "")
        found.append(Written(node.text, font.pixelSize(), box, colour))
    for child in node:
        _read(child, here, found, base)


def overlapping(texts: list[Written]) -> list[tuple[str, str]]:
    """Return the pairs of texts whose ink overlaps."""
    return [
        (one.text, other.text)
        for place, one in enumerate(texts)
        for other in texts[place + 1 :]
        if one.ink.adjusted(0.5, 0.5, -0.5, -0.5).intersects(other.ink)
    ]
