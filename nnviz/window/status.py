"""The status line: step, epoch, cost, accuracy and speed, in figures that stay in place."""

from collections.abc import Mapping
from math import isnan
from time import perf_counter

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from nnviz.engine.measure.measured import cost_text, score_text
from nnviz.engine.run.names import sets_of
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.events import Loading
from nnviz.numbers import fixed, integer
from nnviz.views.palette import Theme
from nnviz.views.shared.named import named
from nnviz.views.shared.sentence import fullest
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.remark import Remark

STEP, EPOCH, MINIBATCH, TEST, RATE, FRAMES = range(6)
"""The parts of the line, from the left."""
LEFT_OUT = FRAMES, RATE, MINIBATCH, EPOCH
"""Parts that are left out where there is no room, the first one first."""
GAP = "  ·  "
"""Stands between two figures."""
BAR_WIDTH = 180
"""Width of the bar that fills while something takes long."""
NOTICE_MS = 8000
"""Milliseconds for which a passing sentence stays."""


class StatusLine(QStatusBar):
    """Says in words and numbers where training stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._text = named(_Yielding(Qt.AlignmentFlag.AlignLeft), "status_text")
        self.remark = Remark()
        self._loading = _Yielding()
        self._bar = QProgressBar(maximum=1000, textVisible=False)
        self._notice = named(_Yielding(), "notice")
        self._passing = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._passing.timeout.connect(self._notice_over)
        self.addWidget(self._text, 1)
        for part in (self._notice, self.remark, self._loading, self._bar):
            self.addPermanentWidget(part)
        for passing in (self._notice, self._loading, self._bar):
            passing.hide()
        self._told: dict[str, Loading] = {}
        self._frames = 0
        self._since = perf_counter()
        self._frame_rate = 0.0

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        self._bar.setFixedWidth(theme.scale.space(BAR_WIDTH))
        for passing in (self._notice, self._loading):
            passing.scale = theme.scale
        self.remark.set_theme(theme)

    @property
    def text(self) -> str:
        """What the line says."""
        return self._text.text()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say where training stands now."""
        parts = {
            STEP: f"step {integer(snapshot.step)}",
            EPOCH: f"epoch {fixed(snapshot.epoch, 2)}",
        }
        if not isnan(snapshot.minibatch_cost):
            parts[MINIBATCH] = f"minibatch cost {cost_text(snapshot.minibatch_cost)}"
        if measured := snapshot.measured:
            test, targets = measured.figures.test, snapshot.description.targets
            figures = [f"test cost {cost_text(test.cost)}"]
            if score := score_text(test, targets):
                figures.append(f"test {score}")
            parts[TEST] = GAP.join(figures) + measured.aside
        if snapshot.playing and snapshot.phase is None:  # phases are too few to count minibatches
            rate = snapshot.minibatches_per_second
            parts[RATE] = f"{integer(round(rate))} minibatches/s"
            if self._frame_rate:
                parts[FRAMES] = f"{fixed(self._frame_rate, 0)} frames/s"
        self._text.say(parts)
        self._text.setToolTip("\n".join((self.text, *sets_of(snapshot))))
        self.remark.show_snapshot(snapshot)

    def show_notice(self, sentence: str) -> None:
        """Say something in passing, in place of the remark; the line's tooltip keeps it."""
        self._notice.setText(sentence)
        for part in (self, self._notice):
            part.setToolTip(sentence)
        if not sentence:
            self._passing.stop()
            self._notice_over()
            return
        self._notice.show()
        self.remark.set_aside(True)
        self._passing.start()

    def _notice_over(self) -> None:
        self._notice.hide()
        self.remark.set_aside(False)

    def show_loading(self, loading: Loading) -> None:
        """Show how far something is that takes long, what began last; hide it again at its end."""
        if loading.fraction < 1:
            self._told[loading.who] = loading
        else:
            self._told.pop(loading.who, None)
        shown = [*self._told.values()][-1:]
        for last in shown:
            self._loading.setText(last.text)
            self._loading.setToolTip(last.text)
            self._bar.setValue(round(1000 * last.fraction))
        self._loading.setVisible(bool(shown))
        self._bar.setVisible(bool(shown))

    def count_frame(self, playing: bool) -> None:
        """Note that a frame was shown, for the rate; call it once a frame."""
        now = perf_counter()
        if not playing:
            self._frames, self._since, self._frame_rate = 0, now, 0.0
            return
        self._frames += 1
        if now - self._since >= 1:
            self._frame_rate = self._frames / (now - self._since)
            self._frames, self._since = 0, now


class _Yielding(QLabel):
    """A sentence that gives way where there is little room: parts of it or its end are left out.

    Attributes:
        scale: that in which its letters become smaller before its end is left out, or None.
    """

    scale: TypeScale | None = None
    _wordings: tuple[str, ...] = ()

    def __init__(self, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight) -> None:
        super().__init__()
        self._side = side

    def minimumSizeHint(self) -> QSize:
        """Ask for no width at all, so that a long sentence never widens the window."""
        return QSize(0, super().minimumSizeHint().height())

    def say(self, parts: Mapping[int, str]) -> None:
        """Say these parts; what is not in `LEFT_OUT` stays, what comes first in it goes first."""
        gone = [each for each in LEFT_OUT if each in parts]
        kept = [
            [said for each, said in parts.items() if each not in gone[:count]]
            for count in range(len(gone) + 1)
        ]
        self._wordings = tuple(map(GAP.join, kept))
        if super().text():
            self.update()  # a new text would have the whole window laid out anew
        else:
            self.setText(self._wordings[0])
        self.setAccessibleName(self._wordings[0])

    def text(self) -> str:
        """Return the whole sentence."""
        return self._wordings[0] if self._wordings else super().text()

    def shown(self, width: int, font: QFont | None = None) -> str:
        """Return what of it is shown in a width, in the label's letters or others."""
        font = font or self.font()
        text, metrics = fullest(self._wordings or (self.text(),), font, width), QFontMetrics(font)
        if metrics.horizontalAdvance(text) <= width:
            return text
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much of the sentence as there is room for."""
        painter, room, font = QPainter(self), self.contentsRect(), self.font()
        if self.scale is not None:
            font, _ = self.scale.fitting(font, self.text(), room.width())
        painter.setFont(font)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.shown(room.width(), font)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | self._side, shown)
