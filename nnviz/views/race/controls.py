"""What the race is steered with: play, steps, the start, and the learning rate of one racer."""

import math

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QLineEdit, QSlider, QToolTip, QWidget

from nnviz.engine.race.valleys import Valley
from nnviz.numbers import NumberError, read_number, read_numbers, rounded
from nnviz.views.palette import DARK, Theme
from nnviz.views.race.marks import colour_of
from nnviz.views.race.picture import RacePicture
from nnviz.views.race.state import FARTHEST
from nnviz.views.race.text import (
    BUTTONS,
    START,
    TIPS,
    place,
    rate_refused,
    rate_text,
    start_refused,
    step_text,
)
from nnviz.views.shared.buttons import panel_button
from nnviz.views.shared.styles import controls, label

DECADES = (-4, 1)
"""The slider reaches from ten to the first power to ten to the second, further where a surface
is so flat that it takes larger learning rates."""
NOTCHES = 40
"""Positions of the slider in each decade."""
ONE_ROW = 66
"""Width in units of the letters' size from which all controls stand in one row."""


def rate_at(position: int) -> float:
    """Return the learning rate of a slider's position, with two digits that count."""
    return rounded(10 ** (DECADES[0] + position / NOTCHES), 2)


def position_of(rate: float) -> int:
    """Return the slider's position that is nearest to a learning rate."""
    return round((math.log10(rate) - DECADES[0]) * NOTCHES)


def decades_above(valley: Valley) -> int:
    """Return the power of ten up to which the slider reaches on a surface."""
    return max(DECADES[1], math.floor(math.log10(valley.eta)) + 2)


class RaceControls(QWidget):
    """A row of controls, or two where there is little room.

    Signals:
        step_wanted(int): go on by so many steps, or back.
        restart_wanted(): go back to the start.
        play_wanted(): play, or pause.
        start_typed(object): numbers were typed for the start.
        rate_wanted(float): the selected racer shall have this learning rate.
    """

    step_wanted = Signal(int)
    restart_wanted = Signal()
    play_wanted = Signal()
    start_typed = Signal(object)
    rate_wanted = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = DARK
        self._name = ""
        self._weights = 1
        self._coloured: tuple[Theme, str] | None = None
        self._low = False
        self._playing = False
        self._top = DECADES[1]
        self.restart = panel_button(BUTTONS["restart"][0], TIPS["restart"], self)
        self.back = panel_button(BUTTONS["back"][0], TIPS["back"], self)
        self.play = panel_button(BUTTONS["play"][0], TIPS["play"], self)
        self.forward = panel_button(BUTTONS["forward"][0], TIPS["forward"], self)
        self.restart.clicked.connect(self.restart_wanted)
        self.back.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.play.clicked.connect(self.play_wanted)
        self.forward.clicked.connect(lambda: self.step_wanted.emit(1))
        for button in (self.back, self.forward):
            button.setAutoRepeat(True)
        self.where = QLabel(self)
        self.where.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.start_label = QLabel("start", self)
        self.start = self._field(TIPS["start"])
        self.start.setAccessibleName(START)
        self.start.editingFinished.connect(self._start_edited)
        self.rate_label = QLabel(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setToolTip(TIPS["slide"])
        self.slider.setRange(0, (DECADES[1] - DECADES[0]) * NOTCHES)
        self.slider.setPageStep(NOTCHES // 4)
        self.slider.valueChanged.connect(lambda at: self.rate_wanted.emit(rate_at(at)))
        self.rate = self._field(TIPS["rate"])
        self.rate.editingFinished.connect(self._rate_edited)
        self.set_theme(DARK)

    def _field(self, tip: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setToolTip(tip)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return field

    def show_race(self, race: RacePicture) -> None:
        """Show where a race stands, and the learning rate of the selected racer."""
        racer = race.racer(race.selected)
        self._name = racer.name
        self._weights = race.valley.weights
        self._playing = race.playing
        self._name_buttons()
        self.back.setEnabled(race.step > 0)
        self.restart.setEnabled(race.step > 0)
        self.forward.setEnabled(race.step < race.steps)
        self.where.setText(step_text(race.step, race.steps))
        if not self.start.hasFocus():
            self.start.setText(place(race.start).strip("()"))
            self.start.setCursorPosition(0)
        if not self.rate.hasFocus():
            self.rate.setText(rate_text(racer.rate))
        named = f"η {racer.label}"
        self.rate_label.setText(named)
        for part in (self.slider, self.rate):
            part.setAccessibleName(named)
        self._top = decades_above(race.valley)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, (self._top - DECADES[0]) * NOTCHES)
            self.slider.setValue(position_of(racer.rate))
        self._colour()
        self.arrange()

    def _name_buttons(self) -> None:
        self.back.setText(BUTTONS["back"][self._low])
        self.forward.setText(BUTTONS["forward"][self._low])
        self.play.setText(BUTTONS["pause" if self._playing else "play"][self._low])

    def set_low(self, low: bool) -> None:
        """Do with one short row: the start can still be clicked, the step is in the table."""
        self._low = low
        for part in (self.where, self.start_label, self.start):
            part.setVisible(not low)
        self._name_buttons()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        self._colour()

    def _colour(self) -> None:
        theme = self._theme
        if self._coloured == (theme, self._name):
            return  # Qt takes its time for a style sheet
        self._coloured = theme, self._name
        ink = colour_of(self._name, theme) if self._name else theme.text
        self.setStyleSheet(controls(theme, padding=(0, 4), corner=4, accent=ink))
        for said in (self.where, self.start_label):
            said.setStyleSheet(label(theme))
        self.rate_label.setStyleSheet(label(theme, dim=False))

    def height_for(self, width: int, unit: int) -> int:
        """Return the height it wants in a width."""
        rows = 1 if self._low or width >= ONE_ROW * unit else 2
        return rows * self._line(unit) + (rows - 1) * (unit // 3)

    def set_letters(self, font: QFont) -> None:
        """Take on another size of letters."""
        for part in self.findChildren(QWidget):
            part.setFont(font)
        self.arrange()

    def arrange(self) -> None:
        """Put the parts in their places."""
        unit = self.play.font().pixelSize()
        if unit < 1:
            return
        line, gap = self._line(unit), unit // 3
        metrics = QFontMetrics(self.play.font())
        x = 0
        around = max(unit, self._theme.scale.space(13))  # padding and border
        wide = metrics.horizontalAdvance(BUTTONS["play"][0]) + around
        for button in (self.restart, self.back, self.play, self.forward):
            size = metrics.horizontalAdvance(button.text()) + around
            size = wide if button is self.play else size
            button.setGeometry(QRect(x, 0, size, line))
            x += size + gap
        after = x
        single = self._low or self.width() >= ONE_ROW * unit
        words = metrics.horizontalAdvance(step_text(888, 888)) + unit // 3
        left = x if single else max(x, self.width() - words)
        self.where.setGeometry(left, 0, min(words, self.width() - left), line)
        top = 0 if single else line + gap
        x = left + words + 2 * gap if single else 0
        if self._low:
            x = after
        for part, size in (
            (self.start_label, metrics.horizontalAdvance("start") + gap),
            (self.start, max(6 * unit, metrics.horizontalAdvance(self.start.text()) + around)),
            (self.rate_label, metrics.horizontalAdvance(self.rate_label.text()) + gap),
        ):
            if part.isHidden():
                continue
            x += gap if part is self.rate_label else 0
            part.setGeometry(x, top, size, line)
            x += size
        field = metrics.horizontalAdvance("0.00088") + around
        self.slider.setGeometry(x, top, max(self.width() - field - gap - x, 2 * unit), line)
        self.rate.setGeometry(self.width() - field, top, field, line)

    def _line(self, unit: int) -> int:
        return round(1.85 * unit) + 2

    def _start_edited(self) -> None:
        try:
            values = read_numbers(self.start.text(), self._weights)
            if any(abs(value) > FARTHEST for value in values):
                raise NumberError(start_refused(FARTHEST))
        except NumberError as error:
            self._say(self.start, str(error))
            values = ()
        self._give_back(self.start)
        self.start_typed.emit(values)

    def _rate_edited(self) -> None:
        largest = 10 ** (self._top + 1)
        try:
            rate = read_number(self.rate.text())
            if not 0 < rate <= largest:
                raise NumberError(rate_refused(largest))
        except NumberError as error:
            self._say(self.rate, str(error))
            rate = 0.0
        self._give_back(self.rate)
        self.rate_wanted.emit(rate)

    def _give_back(self, field: QLineEdit) -> None:
        """Let the next key be the race's, not the net's, unless Tab has gone on already."""
        around = self.parentWidget()
        if field.hasFocus() and around is not None:
            around.setFocus()

    def _say(self, field: QLineEdit, sentence: str) -> None:
        QToolTip.showText(field.mapToGlobal(QPoint(0, field.height())), sentence, field)
