"""What the parts of the evaluation have in common: a title, letters, colours, a report."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from nnviz import numbers
from nnviz.engine.measure.report import Report
from nnviz.views.palette import DARK, Theme, rgb

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignCenter
LEAST = 9
"""Smallest letters in pixels."""


class Pane(QWidget):
    """One part of the evaluation.

    Attributes:
        theme: its colours.
        report: what it shows; None before the first.
        names: of the classes.
        shape: rows and columns of a picture; None where examples are no pictures.
        title: above it, a fuller wording first; empty for none.
        said: what it says in letters, in the order it was painted.
    """

    title: tuple[str, ...] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK
        self.report: Report | None = None
        self.names: tuple[str, ...] = ()
        self.shape: tuple[int, int] | None = None
        self.said: list[str] = []

    @property
    def unit(self) -> int:
        """Height of its letters in pixels."""
        return max(self.font().pixelSize(), LEAST)

    def show_report(
        self, report: Report | None, names: Sequence[str], shape: tuple[int, int] | None
    ) -> None:
        """Show a report; None for none."""
        self.report, self.names, self.shape = report, tuple(names), shape
        self.update()

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        self.theme = theme
        self.setFont(font)
        self.update()

    def room(self) -> QRectF:
        """Return what is left below the title."""
        top = 1.7 * self.unit if self.titles() else 0.0
        return QRectF(0, top, self.width(), max(self.height() - top, 0))

    def titles(self) -> tuple[str, ...]:
        """Return the title in wordings, the fullest first."""
        return self.title

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the title, and what there is below it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        self.said = []
        if self.report is None or not (self.report.classes or self.report.numbers):
            return
        if titles := self.titles():
            head = QRectF(0, 0, self.width(), 1.4 * self.unit)
            self.say(painter, head, titles, self.theme.text)
        self.paint(painter, self.report)

    def paint(self, painter: QPainter, report: Report) -> None:
        """Paint a report below the title."""
        raise NotImplementedError

    def say(
        self,
        painter: QPainter,
        room: QRectF,
        wordings: Sequence[str],
        colour: str,
        where: Qt.AlignmentFlag = LEFT,
    ) -> None:
        """Write the fullest wording that has room; cut the last one if even that has none."""
        metrics = QFontMetricsF(painter.font())
        width = room.width() + 0.5
        found = [text for text in wordings if metrics.horizontalAdvance(text) <= width]
        text = (
            found[0]
            if found
            else metrics.elidedText(wordings[-1], Qt.TextElideMode.ElideRight, width)
        )
        painter.setPen(QColor(colour))
        painter.drawText(room, int(where | Qt.TextFlag.TextDontClip), text)
        self.said.append(text)

    def name(self, label: int) -> str:
        """Return the name of a class."""
        return self.names[label] if 0 <= label < len(self.names) else str(label)


def percent(share: float, digits: int = 1) -> str:
    """Return a share as a percentage; a dash where there is none."""
    return numbers.percent(share, digits) if share == share else "–"


def ink_on(fill: str, theme: Theme) -> str:
    """Return which of a theme's two extremes reads better on a fill."""

    def light(colour: str) -> float:
        red, green, blue = ((int(part) / 255) ** 2.2 for part in rgb(colour))
        return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)

    def contrast(colour: str) -> float:
        one, two = sorted((light(colour) + 0.05, light(fill) + 0.05))
        return two / one

    return max((theme.text, theme.panel), key=contrast)


def letters(font: QFont, pixels: float, *, bold: bool = False) -> QFont:
    """Return letters of another height."""
    found = QFont(font)
    found.setPixelSize(max(LEAST, round(pixels)))
    if bold:
        found.setWeight(QFont.Weight.DemiBold)
    return found


def bar(painter: QPainter, box: QRectF, share: float, theme: Theme, rest: str = "") -> None:
    """Paint a bar that is filled up to a share, its rest in a colour of its own."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(rest or theme.raised))
    painter.drawRect(box)
    if share == share and share > 0:
        painter.setBrush(QColor(theme.text))
        painter.drawRect(QRectF(box.left(), box.top(), box.width() * share, box.height()))
