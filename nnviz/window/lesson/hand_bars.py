"""Hand bars: how a class is divided among the choices of a question."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from nnviz.numbers import integer
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step
from nnviz.window.lesson.choice_button import SIGNS
from nnviz.window.lesson.shown import Hands

THICK, LEAST, GAP = 9, 60, 6
"""Pixels of a bar's height, of its least room, and between two parts, at a factor of 1."""


class HandBar(QWidget):
    """The hands for one choice: a bar as long as their share of all, and their number."""

    def __init__(self, *, numbered: bool = True) -> None:
        """Build it; where a field beside it says the number it has none of its own."""
        super().__init__()
        named(self, "hand_bar")
        self.count, self._total, self.numbered, self._theme = 0, 0, numbered, DARK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int, total: int, *, said: str) -> None:
        """Show so many hands among all, for what is said."""
        name = f"{said}: {integer(count)} of {integer(total)}"
        if name != self.accessibleName():
            self.count, self._total = count, total
            self.setAccessibleName(name)
            self.update()

    def set_theme(self, theme: Theme, step: Step) -> None:
        """Take on colours, and letters of a step."""
        self._theme = theme
        self.setFont(theme.scale.font(self.font(), step, bold=True))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a line."""
        space = self._theme.scale.space
        line = QFontMetrics(self.font()).height() if self.numbered else 0
        return QSize(space(LEAST), max(line, space(THICK)))

    def minimumSizeHint(self) -> QSize:
        """Need as much."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint bar and number."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        space, height = theme.scale.space, theme.scale.line(THICK)
        text, metrics = integer(self.count), QFontMetrics(self.font())
        behind = metrics.horizontalAdvance(integer(self._total)) + space(GAP)
        room = self.width() - (behind if self.numbered else 0)
        top = (self.height() - height) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.line))
        painter.drawRoundedRect(QRectF(0, top, room, height), height / 2, height / 2)
        if self.count:
            long = max(room * self.count / self._total, height)
            painter.setBrush(QColor(theme.now))
            painter.drawRoundedRect(QRectF(0, top, long, height), height / 2, height / 2)
        if self.numbered:
            painter.setPen(QColor(theme.text))
            aside = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect(), aside, text)


class HandBars(QWidget):
    """Every choice with its bar; the right one has the sign of what is right."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "hand_bars")
        self._shown: Hands | None = None
        self._theme, self._step = DARK, Step.BODY
        self.bars: list[HandBar] = []
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self.hide()

    def show_hands(self, hands: Hands | None) -> None:
        """Show them, or for None nothing."""
        if hands != self._shown:
            self._shown = hands
            for old in (*self.bars, *self._labels):
                old.hide()
                old.deleteLater()
            self.bars, self._labels = [], []
            if hands is not None:
                self._build(hands)
                self.set_theme(self._theme, self._step)
        self.setVisible(hands is not None)

    def _build(self, hands: Hands) -> None:
        for at, (choice, count) in enumerate(zip(hands.choices, hands.counts, strict=True)):
            sign = f" {SIGNS['right']}" if at in hands.right else ""
            label, bar = QLabel(choice + sign, wordWrap=True), HandBar()
            label.setTextFormat(Qt.TextFormat.PlainText)
            bar.show_count(count, sum(hands.counts), said=choice)
            self._grid.addWidget(label, at, 0)
            self._grid.addWidget(bar, at, 1)
            self._labels.append(label)
            self.bars.append(bar)

    def set_theme(self, theme: Theme, step: Step) -> None:
        """Take on colours, and letters of a step."""
        self._theme, self._step = theme, step
        self._grid.setSpacing(theme.scale.space(GAP))
        for at, label in enumerate(self._labels):
            right = self._shown is not None and at in self._shown.right
            label.setFont(theme.scale.font(self.font(), step, bold=right))
            label.setStyleSheet(f"color: {theme.text}; background: transparent;")
        for bar in self.bars:
            bar.set_theme(theme, step)
