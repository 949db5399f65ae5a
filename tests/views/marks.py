"""What is drawn on a widget in the colours of marks, and how far each stands out from around it."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QPoint, QRectF
from PySide6.QtGui import QPainter, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from nnviz.views.palette import Theme, rgb
from tests.views.eyes import contrasts
from tests.views.grabbing import pixels
from tests.views.written import SVG

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
PICTURE = "picture"
"""In place of the colour of what is drawn as a picture."""
FEWEST = 6
"""Pixels that a mark has of its own colour at least, to be judged: of others all are mixed."""
RING = 1.5
"""How many times as wide as a mark a ring around it is at most."""
AROUND, SHARE = 6, 0.1
"""Pixels around a mark that are looked at, and the least share of them that it stands out from."""


@dataclass(frozen=True)
class Drawn:
    """A shape in one colour, and the box in which it stands."""

    colour: str
    box: QRectF


def drawn(widget: QWidget) -> list[Drawn]:
    """Return every line and every filled shape that a widget and its children paint."""
    buffer, generator = QBuffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    painter = QPainter(generator)
    widget.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.end()
    root = ElementTree.fromstring(bytes(buffer.data().data()))
    found: list[Drawn] = []
    for one in _read(root, QTransform(), "none", "none"):
        if one.colour == PICTURE:  # what it covers is not seen
            found = [before for before in found if not one.box.contains(before.box)]
        else:
            found.append(one)
    return found


def _read(node: ElementTree.Element, outer: QTransform, stroke: str, fill: str) -> Iterator[Drawn]:
    here, moved = outer, node.get("transform", "")
    if moved.startswith("matrix("):
        here = QTransform(*map(float, moved[7:-1].split(","))) * outer
    stroke, fill = node.get("stroke", stroke), node.get("fill", fill)
    if (box := _box(node)) is not None:
        for colour in {stroke, fill} - {"none"}:
            yield Drawn(colour, here.mapRect(box))
    if node.tag == f"{SVG}image":
        sides = (float(node.get(name, "0")) for name in ("x", "y", "width", "height"))
        yield Drawn(PICTURE, here.mapRect(QRectF(*sides)))
    for child in node:
        yield from _read(child, here, stroke, fill)


def _box(node: ElementTree.Element) -> QRectF | None:
    kind = node.tag.removeprefix(SVG)
    if kind == "path":
        numbers = [float(found) for found in NUMBER.findall(node.get("d", ""))]
        points = np.array(numbers[: len(numbers) // 2 * 2]).reshape(-1, 2)
    elif kind in ("polyline", "polygon"):
        points = np.array([*map(float, NUMBER.findall(node.get("points", "")))]).reshape(-1, 2)
    elif kind in ("rect", "circle", "ellipse", "line"):
        at = {name: float(found) for name, found in node.items() if NUMBER.fullmatch(found)}
        x, y = at.get("x", at.get("cx", at.get("x1", 0.0))), at.get("y", at.get("cy", 0.0))
        if kind == "rect":
            return QRectF(x, y, at.get("width", 0.0), at.get("height", 0.0))
        wide, high = at.get("rx", at.get("r", 0.0)), at.get("ry", at.get("r", 0.0))
        if kind == "line":
            y = at.get("y1", 0.0)
            return QRectF(x, y, at.get("x2", x) - x, at.get("y2", y) - y).normalized()
        return QRectF(x - wide, y - high, 2 * wide, 2 * high)
    else:
        return None
    if not len(points):
        return None
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return QRectF(left, top, right - left, bottom - top)


def colours_of_marks(theme: Theme) -> set[str]:
    """Return the colours that say something; others are grounds, borders and grids."""
    own = (theme.text, theme.dim, theme.plus, theme.minus, theme.now, *theme.racers)
    return set(own)


def unseen(widget: QWidget, theme: Theme, least: float) -> list[tuple[str, object, float]]:
    """Return the marks of a widget that do not stand out, with what is around them.

    What stands in a ring of what is chosen is seen by that. A mark stands out if it does from so
    many of the pixels around it, those of its own border among them.
    """
    picture, found = pixels(widget), []
    shapes = [*_marks(drawn(widget), theme)]
    rings = [one.box for one in shapes if one.colour == theme.now]
    alone = [one for one in shapes if not any(_rings(ring, one.box) for ring in rings)]
    for one in sorted({(one.colour, _whole(one.box)) for one in alone}):
        own, (left, top, right, bottom) = rgb(one[0]), one[1]
        part = picture[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
        mine = (part == own).all(axis=2)
        if np.count_nonzero(mine) < FEWEST:
            continue
        ring = _wider(mine, AROUND) & ~mine
        if not ring.any():
            continue
        share = float(np.mean(contrasts(own, part[ring]) >= least))
        if share < SHARE:
            found.append((one[0], one[1], round(share, 2)))
    return found


def _rings(ring: QRectF, box: QRectF) -> bool:
    """Tell whether a ring goes closely round a box."""
    return ring.contains(box) and box.width() < ring.width() <= RING * box.width()


def _marks(shapes: Iterable[Drawn], theme: Theme) -> Iterator[Drawn]:
    wanted = colours_of_marks(theme)
    return (one for one in shapes if one.colour in wanted)


def _whole(box: QRectF) -> tuple[int, int, int, int]:
    left, top = int(box.left()) - 8, int(box.top()) - 8
    return left, top, int(box.right()) + 9, int(box.bottom()) + 9


def _wider(mask: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """Return a mask with so many pixels around it each way."""
    wide = mask.copy()
    for _ in range(by):
        grown = wide.copy()
        grown[1:] |= wide[:-1]
        grown[:-1] |= wide[1:]
        grown[:, 1:] |= wide[:, :-1]
        grown[:, :-1] |= wide[:, 1:]
        wide = grown
    return wide
