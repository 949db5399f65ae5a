"""How the timeline is painted: everything in heights of its letters."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.views.palette import Theme
from nnviz.views.shared.sentence import fullest
from nnviz.views.shared.type_scale import sized
from nnviz.views.timeline import text
from nnviz.views.timeline.phases import Piece, row
from nnviz.views.timeline.picture import Group, PhaseRow

FLAG = 1.55
"""Width of a flag, in heights of a letter."""


def ticks(
    epoch_layout: EpochLayout,
    end: int,
    place_of: Callable[[int], float],
    room: Callable[[int], float],
) -> list[tuple[int, float]]:
    """Return the epochs to mark and where they begin, (epoch, x) in order, at whole epochs only."""
    found: list[tuple[int, float]] = []
    begins = [stretch.step for stretch in epoch_layout.stretches]
    for stretch, stop in zip(epoch_layout.stretches, [*begins[1:], end + 1], strict=True):
        stop = min(stop, end + 1)
        if stretch.start or stretch.step >= stop:
            continue
        first = round(stretch.epoch)
        last = first + (stop - 1 - stretch.step) // stretch.length
        wide = place_of(stretch.step + stretch.length) - place_of(stretch.step)
        every = 1
        while every * wide < room(last) and every <= last - first:
            every = rounder(every)
        for epoch in range(-(-first // every) * every, last + 1, every):
            x = place_of(stretch.step + (epoch - first) * stretch.length)
            if not found or x - found[-1][1] >= 0.5 * room(epoch):
                found.append((epoch, x))
    return found


def rounder(every: int) -> int:
    """Return the next larger number of the row 1, 2, 5, 10, 20, 50 and so on."""
    digits = str(every)
    step = {"1": 2, "2": 5, "5": 10}[digits[0]]
    return step * int(10 ** (len(digits) - 1))


class Painting:
    """One picture of the timeline; `level` is how far from the top its line runs."""

    def __init__(self, painter: QPainter, theme: Theme, level: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter, self._theme, self._level = painter, theme, level
        self._unit, self._pixel = painter.font().pixelSize(), theme.scale.line(1)
        self._edge = 2 * self._pixel
        self._metrics = QFontMetricsF(painter.font())
        self._taken: list[tuple[float, float]] = []

    def ground(self, rect: QRect) -> None:
        """Fill the panel's ground."""
        self._painter.fillRect(rect, QColor(self._theme.panel))

    def line(self, left: float, now: float, trained: float, right: float) -> None:
        """Draw the line: what is to come, what was trained, what lies before now."""
        theme = self._theme
        for colour, stop in ((theme.line, right), (theme.dim, trained), (theme.text, now)):
            pen = QPen(QColor(colour), max(4 * self._pixel, 0.36 * self._unit))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            self._painter.setPen(pen)
            self._painter.drawLine(QPointF(left, self._level), QPointF(stop, self._level))

    def words(self, wordings: Sequence[str], left: float, right: float) -> None:
        """Say below the line what to do, in the fullest wording that fits."""
        said = fullest(wordings, self._painter.font(), right - left)
        self._painter.setPen(QColor(self._theme.dim))
        self._painter.drawText(QPointF(left, self._level + 2.2 * self._unit), said)

    def ball(self, now: float) -> None:
        """Draw the ball, parted from the line by a thin ring of the ground."""
        self._painter.setPen(QPen(QColor(self._theme.panel), self._edge))
        self._painter.setBrush(QColor(self._theme.now))
        radius = 0.6 * self._unit + self._pixel
        self._painter.drawEllipse(QPointF(now, self._level), radius, radius)

    def forks(self, forks: Sequence[Group]) -> None:
        """Draw a short branch below the line where others leave it."""
        unit, level = self._unit, self._level + 0.25 * self._unit
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(QColor(self._theme.dim), max(1.6 * self._pixel, 0.13 * unit)))
        for fork in forks:
            path = QPainterPath(QPointF(fork.x, level))
            path.cubicTo(
                QPointF(fork.x + 0.2 * unit, level + 0.45 * unit),
                QPointF(fork.x + 0.4 * unit, level + 0.6 * unit),
                QPointF(fork.x + 0.8 * unit, level + 0.6 * unit),
            )
            path.lineTo(QPointF(fork.x + 1.4 * unit, level + 0.6 * unit))
            self._painter.drawPath(path)

    # -- the row of names above the line --------------------------------------------------------

    def names(
        self,
        flags: Sequence[Group],
        epoch_layout: EpochLayout,
        end: int,
        place_of: Callable[[int], float],
        right: float,
    ) -> None:
        """Draw flags and epochs, and name as many of them as have room.

        What people did comes first, then the epochs, then what the schedule did.
        """
        edge, wide = self._edge, FLAG * self._unit
        self._taken = [(flag.x - edge, flag.x + wide + edge) for flag in flags]
        width = right + 0.8 * self._unit
        for flag in flags:
            if any(mark.by_hand for mark in flag.marks):
                self._name_flag(flag, width)
        self._epochs(epoch_layout, end, place_of, width)
        for flag in flags:
            if not any(mark.by_hand for mark in flag.marks):
                self._name_flag(flag, width)
        for flag in flags:
            self._flag(flag)

    def _epochs(
        self, epoch_layout: EpochLayout, end: int, place_of: Callable[[int], float], width: float
    ) -> None:
        unit, theme = self._unit, self._theme

        def room(epoch: int) -> float:
            return self._metrics.horizontalAdvance(text.epoch(epoch)) + 1.3 * unit

        for epoch, x in ticks(epoch_layout, end, place_of, room):
            self._painter.setPen(QPen(QColor(theme.dim), max(self._pixel, unit / 13)))
            top = self._level - 0.8 * unit
            self._painter.drawLine(QPointF(x, top), QPointF(x, self._level - 0.4 * unit))
            name = text.epoch(epoch)
            wide = self._metrics.horizontalAdvance(name)
            # The last name may stand before its tick, any name behind a flag at its tick.
            near = 2 * self._edge
            behind = [stop + 0.35 * unit for start, stop in self._taken if 0 <= x - start <= near]
            before = [x - wide - 0.4 * unit] if x + wide > width else []
            for left in (x + 0.4 * unit, *behind, *before):
                if self._free(left, left + wide, width):
                    self._write(left, name, theme.dim)
                    break

    def _name_flag(self, flag: Group, width: float) -> None:
        gap = 0.35 * self._unit + self._edge
        behind = flag.x + FLAG * self._unit + gap
        for words in flag.wordings:
            wide = self._metrics.horizontalAdvance(words)
            # Near the right end there is room in front of the flag only.
            before = [flag.x - wide - gap] if behind + wide > width else []
            for left in (behind, *before):
                if self._free(left, left + wide, width):
                    self._write(left, words, self._theme.text)
                    return

    def _free(self, left: float, right: float, width: float) -> bool:
        gap = 0.3 * self._unit
        return (
            left >= 0
            and right <= width
            and all(right + gap <= start or stop + gap <= left for start, stop in self._taken)
        )

    def _write(self, left: float, words: str, colour: str) -> None:
        self._taken.append((left, left + self._metrics.horizontalAdvance(words)))
        self._painter.setPen(QColor(colour))
        self._painter.drawText(QPointF(left, self._baseline), words)

    @property
    def _baseline(self) -> float:
        return self._level - 0.95 * self._unit

    def _flag(self, flag: Group) -> None:
        unit, theme = self._unit, self._theme
        painter, x, high, wide = self._painter, flag.x, 1.05 * unit, FLAG * unit
        top = self._baseline + 0.16 * unit - high
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.plus))
        painter.drawRect(QRectF(x - 0.06 * unit, top, 0.12 * unit, self._level - top))
        notch = 0.0 if len(flag.marks) > 1 else 0.3 * unit
        corners = [(0, 0), (wide, 0), (wide - notch, high / 2), (wide, high), (0, high)]
        painter.drawPolygon(QPolygonF([QPointF(x + dx, top + dy) for dx, dy in corners]))
        if len(flag.marks) > 1:
            count = str(len(flag.marks)) if len(flag.marks) < 100 else "…"
            bold = sized(painter.font(), unit, bold=True)
            painter.save()
            painter.setFont(theme.scale.fitting(bold, count, wide - self._edge)[0])
            painter.setPen(QColor(theme.panel))
            painter.drawText(QRectF(x, top, wide, high), Qt.AlignmentFlag.AlignCenter, count)
            painter.restore()

    # -- the row of phases below the line -------------------------------------------------------

    def phases(self, phases: PhaseRow, now: float, width: float) -> None:
        """Draw the phases of a minibatch, about below the ball."""
        plain = self._painter.font()
        bold = sized(plain, self._unit, bold=True)
        colours = {"past": self._theme.text, "now": self._theme.now, "later": self._theme.dim}

        def wide(piece: Piece) -> float:
            metrics = QFontMetricsF(bold if piece.ink == "now" else plain)
            return metrics.horizontalAdvance(piece.text)

        margin = 0.6 * self._unit
        room = width - 2 * margin
        pieces = row(
            phases.phases, phases.now, phases.number, lambda found: sum(map(wide, found)), room
        )
        total = sum(map(wide, pieces))
        x = min(max(now - total / 2, margin), width - margin - total)
        for piece in pieces:
            self._painter.setFont(bold if piece.ink == "now" else plain)
            self._painter.setPen(QColor(colours[piece.ink]))
            self._painter.drawText(QPointF(x, self._level + 2.2 * self._unit), piece.text)
            x += wide(piece)
        self._painter.setFont(plain)
