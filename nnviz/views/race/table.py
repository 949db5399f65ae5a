"""The race's table: a row for each racer with its name, η, what became of it, and C by step.

The columns are steps, the last one is now; as many earlier ones as have room
stand before it. A click on a racer's mark takes it out of the race or back in,
a click elsewhere in its row selects it.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.dataclass import dataclass
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.race.descent import all_racers
from nnviz.views.palette import DARK, Theme
from nnviz.views.race.items import RacerItems
from nnviz.views.race.marks import paint_mark
from nnviz.views.race.picture import COLUMNS, RacePicture, Racer
from nnviz.views.race.text import TABLE, rate_text
from nnviz.views.shared.sentence import fullest
from nnviz.views.shared.type_scale import Step, TypeScale, sized

HEAD = 1.5
"""Height of the line above the rows, in units of the letters' size."""
ROW = 2.75
"""Height of a row at most, in the same units."""
CHIP = 1.7
"""Width of the racers' marks."""
NAME = 7.8
"""Width of names, and of what stands below them together with half a column."""
COLUMN = 4.3
"""Width of a step's column."""
WIDER = 5.9
"""Its width where powers of ten are written."""
LEAST = CHIP + NAME + COLUMN + 0.4
"""Width in units at which one column has room."""
TALL = HEAD + 6 * 2.45
"""Height in units at which all rows have room."""
LOW = 2.1
"""Height of a row in units below which it has one line only: η and outcome are left out."""


def small_print(font: QFont, scale: TypeScale) -> QFont:
    """Return what is to the race's letters as labels are to a text, no smaller than a caption."""
    room = font.pixelSize() * Step.LABEL.value / Step.BODY.value
    return sized(font, scale.grown(Step.CAPTION, room))


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in the table: a racer's cost after a step."""

    racer: str
    step: int
    text: str


class RaceTable(QWidget):
    """The table; a click on a racer's mark is `toggled`, one beside it `selected`."""

    selected = Signal(str)
    toggled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._race: RacePicture | None = None
        self._items = RacerItems(self)
        self.setAccessibleName(TABLE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def shown(self) -> RacePicture | None:
        """What is shown."""
        return self._race

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        self.update()

    def show_race(self, race: RacePicture) -> None:
        """Show a race; the selected row is marked."""
        self._race = race
        self._items.told_anew()
        self.update()

    def steps(self) -> list[int]:
        """Return the steps that have a column, now last."""
        return [] if self._race is None else self._last_steps(self._race, self._column(self._race))

    def _last_steps(self, race: RacePicture, column: float) -> list[int]:
        """Return the steps whose columns, so many units wide, have room; now at least."""
        room = int((self.width() / self._unit() - CHIP - NAME - 0.4) / column)
        first = max(race.step - min(max(room, 1), COLUMNS) + 1, 0)
        return list(range(first, race.step + 1))

    def _column(self, race: RacePicture) -> float:
        """Return how many units wide the columns are, so that every number has room."""
        metrics, room = QFontMetricsF(self.font()), (COLUMN - 0.4) * self._unit()
        cells = self._cells(race, self._last_steps(race, COLUMN))
        wide = any(metrics.horizontalAdvance(cell.text) > room for cell in cells)
        return WIDER if wide else COLUMN

    def cells(self) -> list[Cell]:
        """Return the numbers of the table, row by row."""
        return [] if self._race is None else self._cells(self._race, self.steps())

    def _cells(self, race: RacePicture, steps: list[int]) -> list[Cell]:
        return [
            Cell(racer.name, step, text)
            for racer in race.racers
            if racer.racing
            for step, text in zip(steps, racer.costs[-len(steps) :], strict=True)
        ]

    def two_lines(self) -> bool:
        """Tell whether rows have room for what became of a racer."""
        return self.row(all_racers()[0]).height() >= LOW * self._unit()

    def row(self, name: str) -> QRectF:
        """Return where a racer's row stands, in pixels."""
        unit = self._unit()
        tall = min(ROW * unit, (self.height() - HEAD * unit) / len(all_racers()))
        return QRectF(0, HEAD * unit + all_racers().index(name) * tall, self.width(), tall)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a racer, or take it out of the race or back in."""
        name = self._racer_at(event.position())
        if name and event.button() == Qt.MouseButton.LeftButton:
            on_mark = event.position().x() < CHIP * self._unit()
            (self.toggled if on_mark else self.selected).emit(name)

    def event(self, event: QEvent) -> bool:
        """Say what a racer does."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            name = self._racer_at(QPointF(event.pos()))
            entry = OPTIMISERS.get(name)
            text = ""
            if entry is not None:
                text = f"{entry.label}: {entry.formula}\n{entry.use}"
                if event.pos().x() < CHIP * self._unit():
                    text += "\nClick: out of the race, or back in"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the table."""
        race = self._race
        if race is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit, theme, small = self._unit(), self._theme, self._small()
        column = self._column(race)
        steps = self._last_steps(race, column)
        right = self.width() - 0.4 * unit
        columns = {
            step: right - (len(steps) - 1 - place) * column * unit
            for place, step in enumerate(steps)
        }
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        for step, edge in columns.items():
            now = step == race.step
            painter.setPen(QColor(theme.text if now else theme.dim))
            text = f"C, step {step}" if now and len(steps) == 1 else f"{step}"
            box = QRectF(edge - 3 * COLUMN * unit, 0, 3 * COLUMN * unit, HEAD * unit)
            painter.drawText(box, align, text)
        if len(steps) > 1:
            edge = columns[steps[0]] - QFontMetricsF(small).horizontalAdvance(f"{steps[0]}")
            painter.setPen(QColor(theme.dim))
            box = QRectF(0, 0, edge - 0.8 * unit, HEAD * unit)
            painter.drawText(box, align, "C after step")
        texts = {(cell.racer, cell.step): cell.text for cell in self._cells(race, steps)}
        for racer in race.racers:
            self._paint_row(painter, race, racer, columns, texts)

    def _paint_row(
        self,
        painter: QPainter,
        race: RacePicture,
        racer: Racer,
        columns: dict[int, float],
        texts: dict[tuple[str, int], str],
    ) -> None:
        unit, theme, box = self._unit(), self._theme, self.row(racer.name)
        if racer.name == race.selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(box.adjusted(0, 0.5, 0, -0.5), 0.4 * unit, 0.4 * unit)
        half = box.height() / (2 if self.two_lines() else 1)
        shift = 0.1 * unit if self.two_lines() else 0.0
        upper = QRectF(box.left(), box.top() + shift, box.width(), half)
        lower = upper.translated(0, half - 0.2 * unit)
        at = QPointF(0.85 * unit, box.center().y())
        paint_mark(painter, at, 0.42 * unit, racer.name, theme, filled=racer.racing)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        ink = QColor(theme.text if racer.racing else theme.dim)
        painter.setFont(self.font())
        painter.setPen(ink)
        painter.drawText(upper.adjusted(CHIP * unit, 0, 0, 0), left, racer.label)
        for step, edge in columns.items():
            painter.setPen(QColor(theme.text if step == race.step else theme.dim))
            cell = QRectF(edge - WIDER * unit, upper.top(), WIDER * unit, upper.height())
            painter.drawText(cell, right, texts.get((racer.name, step), ""))
        if not self.two_lines():
            return
        painter.setFont(self._small())
        painter.setPen(QColor(theme.dim))
        below = lower.adjusted(CHIP * unit, 0, -0.4 * unit, 0)
        rate = f"η {rate_text(racer.rate)}"
        painter.drawText(below, left, rate)
        metrics = QFontMetricsF(painter.font())
        room = below.width() - metrics.horizontalAdvance(rate) - 0.6 * unit
        painter.setPen(ink)
        painter.drawText(below, right, fullest(racer.outcomes, painter.font(), room))

    def _racer_at(self, at: QPointF) -> str:
        return next((name for name in all_racers() if self.row(name).contains(at)), "")

    def _unit(self) -> float:
        return float(QFontInfo(self.font()).pixelSize())

    def _small(self) -> QFont:
        """Return the font of what stands below the names and over the columns."""
        return small_print(self.font(), self._theme.scale)
