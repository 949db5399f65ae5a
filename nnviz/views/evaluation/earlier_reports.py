"""Reports on the way: when they are made by themselves, and which of them is shown."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QSlider, QWidget

from nnviz.engine.measure.report import Report
from nnviz.views.palette import Theme

EVERY = {
    "at rest": (False, 0),
    "every epoch": (True, 0),
    "every 1\u202f000": (False, 1000),
}
"""When reports are made besides the moment on screen: (at the end of epochs, every so many)."""
TIP = (
    "When the test set is looked at besides the moment on screen, in the background:\n"
    "only at rest, after every epoch, or every 1\u202f000 minibatches. Click for the next choice."
)


class Past(QWidget):
    """One row: the choice, a step back, a slider over all reports, a step on.

    Attributes:
        reports: of the run, in order of step.
        picked: the one that is shown instead of the newest; None for none.

    Signals:
        every_chosen(bool, int): report after every epoch, or every so many minibatches.
        moved(): another report is to be shown.
    """

    every_chosen = Signal(bool, int)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reports: tuple[Report, ...] = ()
        self.picked: Report | None = None
        self._every = 0
        self.every = self._button("", TIP)
        self.every.clicked.connect(self._next_choice)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setToolTip("Reports made so far: at the right end the newest is shown")
        self.slider.valueChanged.connect(self._slid)
        self.back = self._button("◀", "The report before")
        self.on = self._button("▶", "The next report")
        self.back.clicked.connect(lambda: self.slider.setValue(self.slider.value() - 1))
        self.on.clicked.connect(lambda: self.slider.setValue(self.slider.value() + 1))
        self._word()

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    @property
    def choices(self) -> tuple[str, ...]:
        """When reports can be made by themselves, in the order of clicks."""
        return tuple(EVERY)

    def show_reports(self, reports: Sequence[Report], step: int) -> None:
        """Offer these reports.

        Args:
            reports: of the line on screen, in order of step.
            step: where the run stands: unless one is picked, the slider stands at its report.
        """
        self.reports = tuple(reports)
        if self.picked is not None and self.picked not in self.reports:
            self.picked = None
        shown = step if self.picked is None else self.picked.step
        place = bisect_right(self.reports, shown, key=lambda report: report.step) - 1
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(len(self.reports) - 1, 0))
        self.slider.setValue(max(place, 0))
        self.slider.blockSignals(False)
        self._enable()

    def let_go(self) -> None:
        """Show the newest again."""
        self.picked = None

    def _slid(self, place: int) -> None:
        last = place == len(self.reports) - 1
        self.picked = None if last else self.reports[place]
        self._enable()
        self.moved.emit()

    def _enable(self) -> None:
        several, place = len(self.reports) > 1, self.slider.value()
        self.slider.setEnabled(several)
        self.back.setEnabled(several and place > 0)
        self.on.setEnabled(several and place < len(self.reports) - 1)

    def _next_choice(self) -> None:
        self._every = (self._every + 1) % len(EVERY)
        self._word()
        self.every_chosen.emit(*list(EVERY.values())[self._every])

    def _word(self) -> None:
        self.every.setText(f"reports: {list(EVERY)[self._every]}")

    # -- how it looks ---------------------------------------------------------------------------

    def dress(self, theme: Theme, font: QFont) -> None:
        """Take on colours and letters."""
        self.setFont(font)
        for button in (self.every, self.back, self.on):
            button.setFont(font)
            button.setStyleSheet(
                f"QPushButton {{ background: {theme.raised}; color: {theme.text}; border: 1px"
                f" solid {theme.line}; border-radius: 5px; padding: 0; min-height: 0; }}"
                f"QPushButton:hover {{ border-color: {theme.dim}; }}"
                f"QPushButton:disabled {{ color: {theme.line}; }}"
            )

    def arrange(self, where: QRect) -> None:
        """Stand at this place."""
        self.setGeometry(where)
        metrics, high = QFontMetrics(self.font()), where.height()
        widest = max(metrics.horizontalAdvance(f"reports: {name}") for name in EVERY) + high // 2
        gap, left = high // 4, 0
        self.every.setGeometry(0, 0, widest, high)
        left = widest + 2 * gap
        self.back.setGeometry(left, 0, high, high)
        self.on.setGeometry(where.width() - high, 0, high, high)
        room = where.width() - high - gap - (left + high + gap)
        self.slider.setGeometry(left + high + gap, 0, max(room, 10), high)
