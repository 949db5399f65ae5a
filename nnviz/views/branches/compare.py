"""A branch that was left behind, side by side with the one on screen.

Two moments are compared: the last step at which both were measured after they
parted, and the end of each. Where their minibatches differ in size they share
epochs rather than steps.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from nnviz.data.description import Column
from nnviz.engine.measure.measured import short_text
from nnviz.engine.run.snapshot import BranchLook
from nnviz.engine.training.evaluation import Evaluation
from nnviz.numbers import write
from nnviz.views.branches.rows import as_of, cost
from nnviz.views.palette import DARK, Theme


@dataclass(frozen=True, slots=True)
class Pair:
    """Both sides at one moment.

    Attributes:
        here: the branch on screen; None where it has not been measured.
        there: the other one, likewise.
    """

    here: Evaluation | None
    there: Evaluation | None


def at_shared_step(ghost: BranchLook, current: BranchLook) -> tuple[Pair, str]:
    """Return both at the last step after their parting at which both were measured.

    Returns:
        The figures, and what to call the moment: "step 2 400", or "epoch 4" where they
        share no step.
    """
    after = [
        [one for one in look.evaluations if one.step > ghost.leaves] for look in (current, ghost)
    ]
    for name, sides in (
        ("step", [{float(one.step): one for one in side} for side in after]),
        ("epoch", [{round(one.epoch, 3): one for one in side} for side in after]),
    ):
        here, there = sides
        if shared := here.keys() & there.keys():
            last = max(shared)
            return Pair(here[last], there[last]), f"{name} {write(last, 9)}"
    return Pair(None, None), "same step"


def at_ends(ghost: BranchLook, current: BranchLook) -> Pair:
    """Return the last figures of both."""
    last = [look.evaluations[-1] if look.evaluations else None for look in (current, ghost)]
    return Pair(*last)


def difference(ghost: BranchLook, between: str = " · ") -> str:
    """Say what makes the difference: "here: η 3 → 0.5 · there: nothing changed"."""
    sides = [("here", ghost.against), ("there", ghost.apart)]
    return between.join(f"{side}:\u00a0{_unbroken(words)}" for side, words in sides if words)


def _unbroken(words: str) -> str:
    """Let lines break between changes only, as far as they can."""
    return ", ".join(change.replace(" ", "\u00a0") for change in words.split(", "))


class Comparison(QWidget):
    """The table of both, with the change that made the difference above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._compact = self._wide = False
        self._sides: tuple[BranchLook, BranchLook, tuple[Column, ...]] | None = None
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.heads = [QLabel(text) for text in ("test", "", "at the end")]
        self.sides = [_Side("here", dashed=False), _Side("there", dashed=True)]
        self.cells = [[QLabel(), QLabel()], [QLabel(), QLabel()]]
        table = QGridLayout()
        table.setContentsMargins(0, 0, 0, 0)
        table.setHorizontalSpacing(10)
        table.setVerticalSpacing(3)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        for column, head in enumerate(self.heads):
            table.addWidget(head, 0, column, right if column else Qt.AlignmentFlag.AlignLeft)
        for row, side in enumerate(self.sides):
            table.addWidget(side, row + 1, 0, Qt.AlignmentFlag.AlignLeft)
            for column, cell in enumerate(self.cells[row]):
                cell.setAlignment(right)
                table.addWidget(cell, row + 1, column + 1, right)
        for column in (1, 2):
            table.setColumnStretch(column, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 0)
        box.setSpacing(4)
        box.addWidget(self.words)
        box.addLayout(table)

    def compare(
        self, ghost: BranchLook, current: BranchLook, targets: tuple[Column, ...] = ()
    ) -> None:
        """Show these two; the targets know the unit of what is predicted."""
        sides = (ghost, current, targets)
        if sides != self._sides:
            self._sides = sides
            self._fill()

    def dress(self, theme: Theme, font: QFont, *, compact: bool, wide: bool) -> None:
        """Take on colours, letters and as many lines as there is room for."""
        self._theme, self._compact, self._wide = theme, compact, wide
        small = QFont(font)
        small.setPixelSize(max(11, round(0.92 * font.pixelSize())))
        for label in (self.words, *self.heads, *self.sides):
            label.setFont(small)
            label.setStyleSheet(f"color: {theme.dim}; background: transparent;")
        for label in (cell for row in self.cells for cell in row):
            label.setFont(font)
            label.setStyleSheet(f"color: {theme.text}; background: transparent;")
        for side in self.sides:
            side.dress(theme)
        self._fill()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Part the table from the list by a thin line."""
        QPainter(self).fillRect(0, 0, self.width(), 1, QColor(self._theme.line))

    def _fill(self) -> None:
        if self._sides is None:
            return
        ghost, current, _ = self._sides
        self.words.setText(difference(ghost, " · " if self._wide else "\n"))
        self.words.setVisible(not self._compact and bool(self.words.text()))
        shared, name = at_shared_step(ghost, current)
        self.heads[1].setText(name)
        ends = at_ends(ghost, current)
        older = [as_of(current), as_of(ghost)]
        self.heads[2].setText("measured last" if any(older) else "at the end")
        for row, figures in enumerate((shared.here, shared.there)):
            self.cells[row][0].setText(self._figures(figures))
        for row, figures in enumerate((ends.here, ends.there)):
            self.cells[row][1].setText(self._figures(figures))
            self.cells[row][1].setToolTip(older[row])

    def _figures(self, figures: Evaluation | None) -> str:
        if figures is None:
            return "–"
        targets = self._sides[2] if self._sides else ()
        parts = [cost(figures.test_cost)]
        if score := short_text(figures.test, targets):
            parts.append(score)
        if self._compact:
            return parts[-1]
        return ("  " if self._wide else "\n").join(parts)


class _Side(QLabel):
    """The name of a side, behind a bit of its line."""

    def __init__(self, text: str, *, dashed: bool) -> None:
        super().__init__(text)
        self._dashed = dashed
        self._colour, self._dim = DARK.text, DARK.dim

    def dress(self, theme: Theme) -> None:
        """Take on other colours."""
        self._colour, self._dim = theme.text, theme.dim
        self.setContentsMargins(round(1.9 * self.font().pixelSize()), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, then the name."""
        painter = QPainter(self)
        unit = self.font().pixelSize()
        pen = QPen(QColor(self._dim if self._dashed else self._colour), max(1.6, unit / 7))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if self._dashed:
            pen.setDashPattern([3.2, 2.4])
        painter.setPen(pen)
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(1.5 * unit, middle))
        painter.end()
        super().paintEvent(event)
