"""What augmentation is steered with: a slider for each strength, and its value with its unit."""

from functools import partial
from math import sqrt

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QSlider, QWidget

from nnviz.engine.recipe import Recipe, settings
from nnviz.numbers import rounded, write
from nnviz.views.augment import text
from nnviz.views.palette import Theme
from nnviz.views.shared import styles

NOTCHES = 100
"""Positions of a slider above 0; they lie closer together where strengths are small."""
WIDE, PITCH = 42, 1.6
"""Width from which on there are two columns, and height of a row, in heights of a letter."""
UNITS = {
    name: (100.0 if setting.unit == "%" else 1.0, setting.unit)
    for name, setting in settings().items()
    if setting.usual
}
"""By what a strength is multiplied to be read, and what is written behind it."""


def strength_at(name: str, position: int) -> float:
    """Return the strength of a slider's position, with two digits that count."""
    return rounded(settings()[name].high * (position / NOTCHES) ** 2, 2)


def position_of(name: str, strength: float) -> int:
    """Return the slider's position that is nearest to a strength."""
    return round(NOTCHES * sqrt(strength / settings()[name].high))


def in_words(name: str, strength: float) -> str:
    """Write a strength as it is read: "± 8 °"."""
    factor, unit = UNITS[name]
    return f"± {write(factor * strength, 3)} {unit}".rstrip() if strength else text.NONE


class Strengths(QWidget):
    """Six sliders, in two columns where there is room.

    Signals:
        chosen(str, float, bool): a field shall have this value; True where several such wishes
            are one.
    """

    moved = Signal()
    chosen = Signal(str, float, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values = dict.fromkeys(UNITS, 0.0)
        self.sliders: dict[str, QSlider] = {}
        self.labels: dict[str, QLabel] = {}
        self.figures: dict[str, QLabel] = {}
        table = settings()
        for name in UNITS:
            slider = self.sliders[name] = QSlider(Qt.Orientation.Horizontal, self)
            slider.setRange(0, NOTCHES)
            slider.setAccessibleName(table[name].label)
            slider.valueChanged.connect(partial(self._slid, name))
            slider.sliderReleased.connect(partial(self._released, name))
            self.labels[name] = QLabel(table[name].label, self)
            self.figures[name] = QLabel(in_words(name, 0.0), self)
            self.figures[name].setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            )
            for part in (slider, self.labels[name], self.figures[name]):
                part.setToolTip(table[name].help)

    def show_recipe(self, recipe: Recipe) -> None:
        """Set the sliders to a recipe's strengths; the one that is being dragged stays."""
        for name, slider in self.sliders.items():
            if not slider.isSliderDown():
                self.values[name] = float(getattr(recipe, name))
                with QSignalBlocker(slider):
                    slider.setValue(position_of(name, self.values[name]))
                self._write(name)
        self.moved.emit()

    def _slid(self, name: str, position: int) -> None:
        self.values[name] = strength_at(name, position)
        self._write(name)
        self.moved.emit()
        if not self.sliders[name].isSliderDown():  # by a key, the wheel or a click beside it
            self.chosen.emit(name, self.values[name], True)

    def _released(self, name: str) -> None:
        self.chosen.emit(name, self.values[name], False)

    def _write(self, name: str) -> None:
        self.figures[name].setText(in_words(name, self.values[name]))

    # -- how it looks ---------------------------------------------------------------------------

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        self.setFont(font)
        for name in UNITS:
            self.labels[name].setFont(font)
            self.labels[name].setStyleSheet(styles.label(theme))
            self.figures[name].setFont(font)
            self.figures[name].setStyleSheet(styles.label(theme, dim=False))
            self.sliders[name].setStyleSheet(styles.controls(theme))

    def columns(self, width: int) -> int:
        """Return how many sliders stand side by side in this width."""
        return 2 if width >= WIDE * self.font().pixelSize() else 1

    def height_for(self, width: int) -> int:
        """Return the height that all rows take."""
        return len(UNITS) // self.columns(width) * self._pitch

    @property
    def _pitch(self) -> int:
        return round(PITCH * self.font().pixelSize())

    def arrange(self, where: QRect) -> None:
        """Stand at this place."""
        self.setGeometry(where)
        columns, metrics = self.columns(where.width()), QFontMetrics(self.font())
        gap = metrics.averageCharWidth() * 2
        width = (where.width() - (columns - 1) * 2 * gap) // columns
        rows = len(UNITS) // columns
        word = max(metrics.horizontalAdvance(one.text()) for one in self.labels.values()) + 4
        figure = metrics.horizontalAdvance(text.WIDEST_FIGURE) + 4
        for at, name in enumerate(UNITS):
            column, row = divmod(at, rows)
            left, top = column * (width + 2 * gap), row * self._pitch
            self.labels[name].setGeometry(left, top, word, self._pitch)
            room = width - word - figure - 2 * gap
            self.sliders[name].setGeometry(
                left + word + gap, top, max(room, 2 * self._pitch), self._pitch
            )
            self.figures[name].setGeometry(left + width - figure, top, figure, self._pitch)
