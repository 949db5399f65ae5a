"""Sliders of a scene: move a weight or a bias, several side by side where one is the other."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from nnviz.numbers import write
from nnviz.views.palette import Theme
from nnviz.views.shared import styles
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step
from nnviz.window.lesson.shown import Slid
from nnviz.window.lesson.words import Words

GAP, LEAST = 8, 60
"""Pixels between two parts, and of a slider's width at least, at a factor of 1."""


class Sliders(QWidget):
    """A row for each: what it is called, the slider, and its value.

    Signals:
        slid(int, float, bool): the slider of this place is to have this value; True while it is
            dragged on.
    """

    slid = Signal(int, float, bool)

    def __init__(self, words: Words) -> None:
        super().__init__()
        named(self, "lesson_sliders")
        self._words = words
        self._shown: tuple[Slid, ...] = ()
        self._style: tuple[Theme, Step] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.rows: list[tuple[QLabel, QSlider, QLabel]] = []
        self.hide()

    def show_sliders(self, shown: tuple[Slid, ...]) -> None:
        """Show where they stand now; the one that is held stays under the hand."""
        if shown == self._shown:
            return
        self._shown = shown
        while len(self.rows) < len(shown):
            self._add_row()
        for place, row in enumerate(self.rows):
            for part in row:
                part.setVisible(place < len(shown))
            if place < len(shown):
                self._show(shown[place], *row)
        self.setVisible(bool(shown))

    def _add_row(self) -> None:
        place = len(self.rows)
        name, value = QLabel(), QLabel()
        slider = named(QSlider(Qt.Orientation.Horizontal), "lesson_slider")
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.valueChanged.connect(partial(self._moved, place))
        slider.sliderReleased.connect(partial(self._released, place))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for column, part in enumerate((name, slider, value)):
            self._grid.addWidget(part, place, column)
        self.rows.append((name, slider, value))
        if self._style is not None:
            self.set_theme(*self._style)

    def _show(self, shown: Slid, name: QLabel, slider: QSlider, value: QLabel) -> None:
        name.setText(shown.name)
        value.setText(write(shown.value, 3))
        slider.setAccessibleName(f"{shown.name} {write(shown.value, 3)}")
        slider.setToolTip(self._words("slider_tip", what=shown.name))
        slider.setEnabled(shown.alive)
        if not slider.isSliderDown():
            with QSignalBlocker(slider):
                slider.setRange(0, shown.notches)
                slider.setValue(round((shown.value - shown.low) / shown.step))

    def _moved(self, place: int, notch: int) -> None:
        held = self.rows[place][1].isSliderDown()
        self.slid.emit(place, self._value(place, notch), held)

    def _released(self, place: int) -> None:
        self.slid.emit(place, self._value(place, self.rows[place][1].value()), False)

    def _value(self, place: int, notch: int) -> float:
        shown = self._shown[place]
        return shown.low + notch * shown.step

    def set_theme(self, theme: Theme, step: Step) -> None:
        """Take on colours, and letters of a step."""
        self._style = theme, step
        font, space = theme.scale.font(self.font(), step), theme.scale.space
        self._grid.setSpacing(space(GAP))
        for name, slider, value in self.rows:
            for label in (name, value):
                label.setFont(font)
                label.setStyleSheet(styles.label(theme, dim=False))
            slider.setStyleSheet(styles.controls(theme))
            slider.setMinimumSize(space(LEAST), theme.scale.target)
