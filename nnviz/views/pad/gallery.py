"""What was drawn: small pictures with what the net read; a click puts one back on the pad."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.views.pad.ink_drawing import draw_picture
from nnviz.views.pad.part import Array, Part
from nnviz.views.pad.strokes import Sheet
from nnviz.views.palette import DARK

MOST = 24
"""Drawings of this session that are kept at hand."""
GAP = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One drawing of the gallery.

    Attributes:
        image: (28, 28), as the net sees it.
        sheet: what lay on the pad; empty where only the picture is known.
        read: what the net read it as; empty where it was not asked.
        label: what it was said to be; None where nobody said.
    """

    image: Array
    sheet: Sheet = field(default_factory=Sheet)
    read: str = ""
    label: int | None = None

    def same(self, other: "Entry") -> bool:
        """Tell whether it is the same drawing, to the grey values a file keeps."""
        return bool((np.rint(255 * self.image) == np.rint(255 * other.image)).all())

    @property
    def words(self) -> str:
        """What is said of it."""
        read = f"read as {self.read}" if self.read else "a kept drawing"
        return f"{read}, taught as a {self.label}" if self.label is not None else read


class Drawn:
    """The list of drawings, the newest first: those of this session, then those kept."""

    def __init__(self) -> None:
        self._recent: list[Entry] = []
        self._kept: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """Put a drawing in front; one that is there already moves, and keeps its label."""
        for known in self._recent:
            if known.same(entry):
                if entry.label is None:
                    entry = replace(entry, label=known.label)
                self._recent.remove(known)
                break
        self._recent = [entry, *self._recent][:MOST]

    def keep(self, entries: Sequence[Entry]) -> None:
        """Know the drawings that the store keeps, the newest first."""
        self._kept = list(entries)

    def entries(self) -> list[Entry]:
        """Return all, each once."""
        kept = (one for one in self._kept if not any(one.same(known) for known in self._recent))
        return [*self._recent, *kept]


class Gallery(Part):
    """Small pictures in rows, as many as there is room for.

    Signals:
        picked(object): the `Entry` that was clicked.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, largest: float = 72.0) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self._largest = largest
        self._over = -1
        self.setMouseTracking(True)
        self.setAccessibleName("What was drawn")

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show drawings, the newest first."""
        self.entries = list(entries)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at which all that there is room for on a popup stands well."""
        rows = -(-max(len(self.entries), 1) // 6)
        side = self._largest + GAP
        return QSize(round(6 * side), round(min(rows, 6) * side))

    def places(self) -> list[QRect]:
        """Return where pictures stand."""
        side = min(self._largest, self.height() - 1.0)
        if side < 12:
            return []
        across = max(1, int((self.width() + GAP) // (side + GAP)))
        down = max(1, int((self.height() + GAP) // (side + GAP)))
        return [
            QRect(
                round(place % across * (side + GAP)),
                round(place // across * (side + GAP)),
                round(side),
                round(side),
            )
            for place in range(min(len(self.entries), across * down))
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pictures, each with what it was read as, and marked where it was taught."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.entries:
            painter.setPen(QColor(self.theme.dim))
            text = "what you draw is kept here"
            painter.setFont(self.fitting(text, self.base() * 0.9, self.width()))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
            return
        for number, (box, entry) in enumerate(zip(self.places(), self.entries, strict=False)):
            frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setBrush(QColor("#000000"))
            bright = number == self._over
            painter.setPen(QPen(QColor(self.theme.now if bright else self.theme.line), 1))
            painter.drawRoundedRect(frame, 3, 3)
            # The digit fills most of its 28 pixels: the lower right corner is the name's.
            draw_picture(painter, entry.image, frame.adjusted(1, 1, -0.16 * box.width(), -3))
            self._letter(painter, frame, entry)

    def _letter(self, painter: QPainter, frame: QRectF, entry: Entry) -> None:
        """Write what it was said to be, else what it was read as, into the corner."""
        text = entry.read if entry.label is None else str(entry.label)
        if not text:
            return
        painter.setFont(self.sized(max(9.0, 0.34 * frame.height()), bold=True))
        painter.setPen(QColor(DARK.now if entry.label is not None else DARK.dim))
        corner = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(frame.adjusted(0, 0, -2, 1), corner, text[:2])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the picture under the pointer."""
        self._mark(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Mark none."""
        super().leaveEvent(event)
        self._mark(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the picture under the pointer."""
        number = self._at(event.position())
        if number >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(self.entries[number])

    def event(self, event: QEvent) -> bool:
        """Say what the picture under the pointer is."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self._at(QPointF(event.pos()))
            words = f"{self.entries[number].words}: click to put it back" if number >= 0 else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _at(self, position: QPointF) -> int:
        for number, box in enumerate(self.places()):
            if box.contains(position.toPoint()):
                return number
        return -1

    def _mark(self, number: int) -> None:
        if number != self._over:
            self._over = number
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor
            )
            self.update()
