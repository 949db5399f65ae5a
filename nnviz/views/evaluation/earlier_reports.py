"""Reports on the way: when they are made by themselves, and which of them is shown."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QSlider, QWidget

from nnviz.engine.measure.report import Report
from nnviz.views.evaluation import text
from nnviz.views.evaluation.state import EVERY
from nnviz.views.palette import Theme
from nnviz.views.shared.buttons import panel_button
from nnviz.views.shared.styles import controls


class EarlierReports(QWidget):
    """One row: the choice, a step back, a slider over all reports, a step on.

    Signals:
        every_chosen(str): when reports are made by themselves, a key of `EVERY`.
        chosen(object): the step of the report to be shown; None for the newest.
    """

    every_chosen = Signal(str)
    chosen = Signal(object)
    choices = tuple(EVERY)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reports: tuple[Report, ...] = ()
        self._every = self.choices[0]
        self.every = panel_button("", text.EVERY_TIP, self)
        self.every.clicked.connect(self._next_choice)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setToolTip("Reports made so far: at the right end the newest is shown")
        self.slider.valueChanged.connect(self._slid)
        self.back = panel_button("◀", "The report before", self)
        self.on = panel_button("▶", "The next report", self)
        self.back.clicked.connect(lambda: self.slider.setValue(self.slider.value() - 1))
        self.on.clicked.connect(lambda: self.slider.setValue(self.slider.value() + 1))

    def show_reports(self, reports: Sequence[Report], step: int) -> None:
        """Offer reports in order of step; the slider stands at the last no later than `step`."""
        self.reports = tuple(reports)
        place = bisect_right(self.reports, step, key=lambda report: report.step) - 1
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(len(self.reports) - 1, 0))
            self.slider.setValue(max(place, 0))
        self._enable()

    def show_every(self, every: str) -> None:
        """Say when reports are made by themselves."""
        self._every = every
        self._arrange()

    def _slid(self, place: int) -> None:
        last = place == len(self.reports) - 1
        self._enable()
        self.chosen.emit(None if last else self.reports[place].step)

    def _enable(self) -> None:
        several, place = len(self.reports) > 1, self.slider.value()
        self.slider.setEnabled(several)
        self.back.setEnabled(several and place > 0)
        self.on.setEnabled(several and place < len(self.reports) - 1)

    def _next_choice(self) -> None:
        after = self.choices.index(self._every) + 1
        self.every_chosen.emit(self.choices[after % len(self.choices)])

    # -- how it looks ---------------------------------------------------------------------------

    def set_theme(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        style = controls(theme, padding=(0, 0))
        self.setFont(font)
        for button in (self.every, self.back, self.on):
            button.setFont(font)
            button.setStyleSheet(style)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything in its place."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Give the choice the room of its longest text, in the wording that leaves a slider."""
        metrics, high, wide = QFontMetricsF(self.font()), self.height(), self.width()
        gap = high // 4
        room = wide - 4.5 * high - 4 * gap  # with the two buttons and the least of a slider
        lengths = max(map(len, text.EVERY.values()))
        for place in range(lengths):
            wordings = {each: said[min(place, len(said) - 1)] for each, said in text.EVERY.items()}
            widest = max(map(metrics.horizontalAdvance, wordings.values()))
            if widest <= room:
                break
        self.every.setText(wordings[self._every])
        box = round(min(widest + high // 2, max(wide - 3 * high, high)))
        self.every.setGeometry(0, 0, box, high)
        left = box + 2 * gap
        self.back.setGeometry(left, 0, high, high)
        self.on.setGeometry(wide - high, 0, high, high)
        start = left + high + gap
        self.slider.setGeometry(start, 0, max(wide - high - gap - start, 1), high)
