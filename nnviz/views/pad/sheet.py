"""The sheet of the pad: what lies on it, what it looks like, and what can be taken back.

Strokes are kept as fractions of the sheet's side, so a drawing survives any
change of size. Finished strokes are kept as a picture; only the one being drawn is
painted anew. Whatever changes the sheet can be taken back: a stroke, a rubbing out,
a clearing, a picture.
"""

from collections.abc import Sequence
from itertools import chain, product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnviz.views.pad.frames import NO_FRAMES, Frames, paint_frames
from nnviz.views.pad.ink_drawing import PAPER, draw_picture, draw_strokes
from nnviz.views.pad.strokes import Points, Sheet, cleaned
from nnviz.views.pad.text import Wordings
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.type_scale import Step, sized

HINT, NOTE = QColor(DARK.dim), QColor(DARK.text)
"""The sheet is black in every theme."""
ROUND = 6
"""Radius of the sheet's corners at a factor of 1."""
ERASER = 0.055
"""How far the eraser reaches, as a part of the sheet's side."""
REMEMBERED = 100
"""Most changes that can be taken back."""
NOTE_SECONDS = 6.0


class PadSheet(QWidget):
    """A square sheet; a base of the canvas, which is where hands draw.

    Signals:
        changed(): a stroke was begun or went on, or anything else changed what lies there.
        finished(): the pen was lifted.
        leaving(): what lies there is about to be taken away as a whole.
    """

    changed = Signal()
    finished = Signal()
    leaving = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint: Wordings = ("",)
        self.note = ""
        self._large = False
        self.frames = NO_FRAMES
        self._theme = DARK
        self._sheet = Sheet()
        self._past: list[Sheet] = []
        self._line: list[tuple[float, ...]] = []  # the stroke being drawn
        self._tool = ""  # what is down: "pen", "eraser" or nothing
        self._rubber: tuple[float, float] | None = None
        self._finished: QPixmap | None = None
        self._silence = QTimer(self, singleShot=True)
        self._silence.timeout.connect(lambda: self.say(""))

    # -- what lies there ------------------------------------------------------------------------

    @property
    def strokes(self) -> list[Points]:
        """The strokes so far, fractions of the side, x right, y down.

        (points, 2) each, or (points, 3) with the width as a factor where a pen was pressed.
        """
        drawn = [self._drawn()] if self._line else []
        return [*self._sheet.strokes, *drawn]

    @property
    def sheet(self) -> Sheet:
        """What lies there, to be kept and put back."""
        return Sheet(tuple(self.strokes), self._sheet.picture)

    @property
    def empty(self) -> bool:
        """Whether nothing lies there."""
        return self._sheet.empty and not self._line

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._past)

    def set_strokes(self, strokes: Sequence[NDArray[np.floating[Any]]]) -> None:
        """Replace the drawing by other strokes, as `strokes` returns them."""
        self.put(Sheet(cleaned(strokes)))

    def put(self, sheet: Sheet) -> None:
        """Replace what lies there."""
        self.lift()
        if sheet.empty and self._sheet.empty:
            return
        if not self._sheet.empty:
            self.leaving.emit()
        self._remember()
        self._sheet = sheet
        self._renew()

    def clear(self) -> None:
        """Take everything off the sheet."""
        self.put(Sheet())

    def undo(self) -> None:
        """Take the last change back."""
        self.lift()
        if self._past:
            self._sheet = self._past.pop()
            self._renew()

    def set_hint(self, text: Wordings, *, large: bool = False) -> None:
        """Set what an empty sheet says, in the fullest wording that has room."""
        if (text, large) != (self.hint, self._large):
            self.hint, self._large = text, large
            self.update()

    def set_frames(self, frames: Frames) -> None:
        """Draw frames around several digits."""
        if frames != self.frames:
            self.frames = frames
            self.update()

    def say(self, note: str) -> None:
        """Write a sentence across the sheet's foot for a while; nothing for none."""
        self.note = note
        self.setToolTip(note)
        self._silence.start(round(1000 * NOTE_SECONDS)) if note else self._silence.stop()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take on the theme's border and sizes; the sheet itself stays white on black."""
        self._theme = theme
        self._finished = None
        self.update()

    def lift(self) -> None:
        """Lift whatever is down."""
        tool, self._tool, self._rubber = self._tool, "", None
        if self._line:
            self._sheet = Sheet((*self._sheet.strokes, self._drawn()))
            self._line = []
        elif tool == "eraser" and self._past and self._past[-1] is self._sheet:
            self._past.pop()  # nothing was rubbed out
        if tool:
            self._finished = None
            self.update()
            self.finished.emit()

    def _remember(self) -> None:
        self._past = [*self._past[1 - REMEMBERED :], self._sheet]

    def _drawn(self) -> Points:
        return np.array(self._line, dtype=np.float64)

    def _renew(self) -> None:
        self._finished = None
        self.say("")  # what was said was about what lay here before
        self.changed.emit()

    # -- painting -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the finished strokes anew in the new size."""
        self._finished = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of font."""
        self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint sheet, strokes, eraser and what there is to say."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._finished is None:
            self._finished = self._draw_finished()
        painter.drawPixmap(0, 0, self._finished)
        if self._line:
            draw_strokes(painter, [self._drawn()], self.width())
        elif self.empty and not self.note:
            painter.setPen(HINT)
            wished = self._theme.scale.px(Step.BODY)
            if self._large:
                wished = max(wished, self.width() // 8)
            self._write(painter, self.hint, wished, middle=True)
        paint_frames(painter, self.frames, QRectF(self.rect()), self._theme, self.font())
        if self._rubber is not None:
            x, y = self._rubber
            reach = ERASER * self.width()
            painter.setPen(QPen(HINT, self._theme.scale.line(1.5)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x * self.width(), y * self.height()), reach, reach)
        if self.note:
            painter.setPen(NOTE)
            wished = max(self._theme.scale.px(Step.BODY), self.width() // 20)
            self._write(painter, (self.note,), wished)

    def _write(
        self, painter: QPainter, wordings: Wordings, pixels: float, *, middle: bool = False
    ) -> None:
        """Write over the sheet's foot, on a dark band, or in its middle; as large as has room."""
        scale, wrapped = self._theme.scale, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
        edge = scale.space(8)
        room = self.rect().adjusted(edge, edge, -edge, -edge)
        least, words = scale.px(Step.CAPTION), wordings[-1].split()
        sizes = range(max(round(pixels), least), least - 1, -1)
        # Else as many words as have room, the whole in the tool tip.
        cut = [f"{' '.join(words[:count])}…" for count in range(len(words), 0, -1)]
        for text, size in chain(product(wordings, sizes), product((*cut, ""), (least,))):
            painter.setFont(sized(self.font(), size))
            needed = painter.boundingRect(room, int(wrapped), text)
            if needed.height() <= room.height() and needed.width() <= room.width():
                break
        if middle:
            needed.moveCenter(room.center())
        else:
            needed.moveBottom(room.bottom())
            top = needed.top() - scale.line(6)
            ground = QColor(PAPER)
            ground.setAlpha(215)
            painter.fillRect(QRectF(1, top, self.width() - 2, self.height() - top - 1), ground)
        painter.drawText(needed, int(wrapped), text)

    def _draw_finished(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(QColor(self._theme.line), self._theme.scale.line(1)))
        painter.setBrush(PAPER)
        sheet = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        corner = self._theme.scale.space(ROUND)
        painter.drawRoundedRect(sheet, corner, corner)
        outline = QPainterPath()
        outline.addRoundedRect(sheet, corner, corner)
        painter.setClipPath(outline)
        if self._sheet.picture is not None:
            draw_picture(painter, self._sheet.picture, sheet)
        draw_strokes(painter, self._sheet.strokes, self.width())
        painter.end()
        return picture
