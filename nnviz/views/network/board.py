"""The board that the network view's figures stand on: a Qt scene, the places and the colours.

Qt paints a scene by itself, without Python and hence without Python's lock, so
that training goes on meanwhile. Python only changes what differs from the last
moment: each figure puts its items here once and later hands over new values.
"""

from collections.abc import Sequence
from copy import copy
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QGradient,
    QPainter,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import (
    QAbstractGraphicsShapeItem,
    QFrame,
    QGraphicsItem,
    QGraphicsPixmapItem,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsSimpleTextItem,
    QGraphicsView,
    QWidget,
)

from nnviz.views.network.colours import NetworkColours
from nnviz.views.network.layout import Box, Layout
from nnviz.views.palette import rgb
from nnviz.views.shared.picture_cache import image_of
from nnviz.views.shared.signs import hatched, rows_of
from nnviz.views.shared.type_scale import Step, sized

NO_PEN = QPen(Qt.PenStyle.NoPen)

Fill = QColor | QGradient
Shape = TypeVar("Shape", bound=QAbstractGraphicsShapeItem)


def canvas(scene: QGraphicsScene, parent: QWidget) -> QGraphicsView:
    """Return a bare view of a scene: the mouse belongs to its parent.

    It must stay Qt's own class: one overridden method would bring Python into each painting.
    """
    scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
    view = QGraphicsView(scene, parent)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.setInteractive(False)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    # Else whatever lies behind is painted too, and that is Python's.
    view.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    return view


class Line:
    """One line of text: left of a point, right of it or centred on it, at middle height."""

    def __init__(
        self,
        parent: QGraphicsScene | QGraphicsItem,
        font: QFont,
        colour: QColor,
        align: float,
    ) -> None:
        self._item = QGraphicsSimpleTextItem()
        add_to(parent, self._item)
        self._align = align
        self._shown: tuple[float, float, str] = (0.0, 0.0, "")
        self.style(font, colour)

    def style(self, font: QFont, colour: QColor) -> None:
        """Change the look."""
        self._metrics = QFontMetricsF(font)
        self._item.setFont(font)
        self._item.setBrush(colour)

    def write(self, x: float, y: float, text: str) -> None:
        """Show a text at a place."""
        if (x, y, text) == self._shown:
            return
        if text != self._shown[2]:
            self._item.setText(text)
        self._shown = x, y, text
        self._item.setPos(x - self._align * self.advance(text), y - self._metrics.height() / 2)

    def fitting(self, wordings: Sequence[str], room: float) -> str:
        """Return the first of some wordings that fits a width, or else the last."""
        if len(wordings) == 1:  # measuring takes longer than all else
            return wordings[0]
        fitting = (text for text in wordings if self.advance(text) <= room)
        return next(fitting, wordings[-1] if wordings else "")

    def write_fitting(self, x: float, y: float, wordings: Sequence[str], room: float) -> None:
        """Show the first of some wordings that fits a width, or else the last."""
        self.write(x, y, self.fitting(wordings, room))

    def squeeze(self, room: float) -> None:
        """Make the letters smaller where the text is wider than its room."""
        wide = self.advance(self._shown[2])
        self._item.setTransformOriginPoint(0, self._metrics.height() / 2)
        self._item.setScale(min(1.0, room / wide) if wide else 1.0)

    @property
    def box(self) -> QRectF:
        """Where its text stands, empty while there is none."""
        return self._item.mapRectToParent(self._item.boundingRect())

    def set_opacity(self, opacity: float) -> None:
        """Let the line stand back, or not any more."""
        self._item.setOpacity(opacity)

    def advance(self, text: str) -> float:
        """Return the width a text would take."""
        return self._metrics.horizontalAdvance(text) if text else 0.0


def add_to(parent: QGraphicsScene | QGraphicsItem, item: QGraphicsItem) -> None:
    """Put an item in front of all others of a scene, or of a part of it."""
    if isinstance(parent, QGraphicsScene):
        parent.addItem(item)
    else:
        item.setParentItem(parent)


class Board:
    """Where figures put their items, the font in any size; what is put later stands in front.

    Attributes:
        ratio: pixels of the screen to one of ours.
        world: holds what is zoomed and shifted: all but what is pinned.
        pinned: holds what stays in its place, in front of the world.
    """

    def __init__(
        self,
        scene: QGraphicsScene,
        place: Layout,
        ink: NetworkColours,
        base: QFont,
        ratio: float = 1.0,
    ) -> None:
        self.scene, self.place, self.ink, self.base, self.ratio = scene, place, ink, base, ratio
        self.world, self.pinned = QGraphicsRectItem(), QGraphicsRectItem()
        for root in (self.world, self.pinned):
            root.setPen(NO_PEN)
            scene.addItem(root)

    def add(self, *items: QGraphicsItem) -> None:
        """Put items in front of all others."""
        for item in items:
            item.setParentItem(self.world)

    def put(self, item: Shape, pen: QPen = NO_PEN, brush: Fill | None = None) -> Shape:
        """Put a shape in front of all others, and return it."""
        item.setPen(pen)
        if brush is not None:
            item.setBrush(QBrush(brush))
        self.add(item)
        return item

    def part(self) -> "Board":
        """Return a board on this one, in front of what is there: shown or hidden as a whole."""
        part = copy(self)
        part.world = self.put(QGraphicsRectItem())
        return part

    def in_front(self) -> "Board":
        """Return a board in front of this one that stays in its place while this is zoomed."""
        front = copy(self)
        front.world = self.pinned
        return front

    def set_visible(self, visible: bool) -> None:
        """Show all that is zoomed of this part, or hide it."""
        self.world.setVisible(visible)

    def pen(self, colour: QColor, least: float, share: float = 0.0) -> QPen:
        """Return a pen so many pixels wide at a factor of 1, or a share of a unit if more."""
        return QPen(colour, max(self.line_width(least), share * self.place.unit))

    def line_width(self, pixels: float) -> float:
        """Return the width of a line given for a factor of 1."""
        return self.place.scale.line(pixels)

    def font(self, step: Step = Step.BODY, *, bold: bool = False) -> QFont:
        """Return the font in a step of this place, that of common text if left out."""
        return sized(self.base, self.place.letters(step), bold=bold)

    def line(
        self,
        align: float = 0.0,
        colour: QColor | None = None,
        font: QFont | None = None,
    ) -> Line:
        """Put an empty line in front of all others: dim, and in common text, if left out."""
        return Line(self.world, font or self.font(), colour or self.ink.dim, align)


class Pixels:
    """A picture on a board, made anew only where it is another one."""

    def __init__(self, board: Board, corner: QPointF, across: float, down: float) -> None:
        """Put a picture on a board: its upper left corner, and width and height of a pixel."""
        self.item = QGraphicsPixmapItem()
        self.item.setPos(corner)
        self._across, self._cell = across, down
        self._ratio, self._ground = board.ratio, rgb(board.ink.theme.panel)
        self.item.setTransform(QTransform.fromScale(across, down))
        board.add(self.item)
        self._shown = b""

    def show(self, pixels: NDArray[np.uint8], negative: NDArray[np.bool_] | None = None) -> None:
        """Show grey levels, (rows, columns), or colours, (rows, columns, 3).

        What is negative, (rows, columns), has gaps.
        """
        times = 1
        if negative is not None and negative.any():
            cell = self._cell * self._ratio
            pixels, times = hatched(pixels, negative, cell, self._ground), rows_of(cell)
        data = pixels.tobytes()
        if data != self._shown:
            self._shown = data
            self.item.setTransform(QTransform.fromScale(self._across, self._cell / times))
            self.item.setPixmap(QPixmap.fromImage(image_of(pixels)))


def rect(box: Box) -> QRectF:
    """Return a box as Qt wants it."""
    return QRectF(box.left, box.top, box.width, box.height)
