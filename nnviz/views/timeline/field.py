"""The field at the right end of the timeline: shows the step, and takes one that is typed.

It understands steps ("1234", "1,234"), epochs ("epoch 2.5", "e2.5") and "end".
Keys belong to it only while it is being typed in; otherwise they are the run's.
"""

import re

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.numbers import NumberError, read_number, read_whole
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared import styles
from nnviz.views.timeline import text
from nnviz.views.timeline.picture import TimelinePicture

_STEP = re.compile(r"(?:step|s)?\s*(\d{1,3}(?:[\s,.'’_]\d{3})+|\d+)")
_EPOCH = re.compile(
    r"(?:epochs?|pass(?:es)?|ep|e)\s*([\d.,].*)|([\d.,].*?)\s*(?:epochs?|pass(?:es)?)"
)


def read_step(typed: str, epoch_layout: EpochLayout, reached: int) -> int | None:
    """Return the step that typed words mean, or None; above `reached` if it is not trained yet."""
    words = " ".join(typed.lower().split())
    if words in ("end", "last"):
        return reached
    if words in ("start", "first"):
        return 0
    found = _STEP.fullmatch(words)
    if found:
        return min(int(re.sub(r"\D", "", found[1])), reached + 1)
    found = _EPOCH.fullmatch(words)
    try:
        if not found:
            step = read_whole(words)
            return min(step, reached + 1) if step >= 0 else None
        number = found[1] or found[2]
        epochs = read_whole(number) if number.isdecimal() else read_number(number)
    except NumberError:
        return None
    if epochs > float(epoch_layout.epochs(reached)) + 1e-9:
        return reached + 1
    begin, end = epoch_layout.step_of(int(epochs)), epoch_layout.step_of(int(epochs) + 1)
    return min(begin + round((epochs - int(epochs)) * (end - begin)), reached)


class StepField(QLineEdit):
    """Shows "step 24 412" and lets it be typed over; `chosen` tells a step that is trained."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(text.FIELD)
        self.setToolTip(text.FIELD_TIP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._epoch_layout = EpochLayout.of(1, 1)
        self._step = self._reached = 0
        self._beginning: tuple[str, ...] = text.NOTHING_TRAINED
        self._clicked_in = False
        self.returnPressed.connect(self._choose)
        self.set_theme(DARK)

    def show_step(self, shown: TimelinePicture) -> None:
        """Show where the run is, unless something is being typed."""
        self._step, self._reached = shown.step, shown.reached
        self._epoch_layout, self._beginning = shown.epoch_layout, shown.beginning
        if not self.hasFocus():
            self._restore()

    def begin_typing(self) -> None:
        """Take the keyboard; what is typed replaces the step."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self.setStyleSheet(styles.controls(theme, padding=(1, 5), quiet=True))

    def _choose(self) -> None:
        step = read_step(self.text(), self._epoch_layout, self._reached)
        if step is None:
            self._say(text.SENTENCE)
            return
        self.window().setFocus()
        if not self._reached:
            self._say(self._beginning[0])
            return
        self.chosen.emit(min(step, self._reached))
        if step > self._reached:
            self._say(text.last_of(self._reached))

    def _say(self, sentence: str) -> None:
        QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), sentence, self)

    def _restore(self) -> None:
        shown = text.step(self._step)
        if self.text() != shown:
            self.setText(shown)

    # -- keyboard and mouse ---------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep plain keys from the window's shortcuts while typing."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier
                | Qt.KeyboardModifier.AltModifier
                | Qt.KeyboardModifier.MetaModifier
            )
            if not held and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc give up."""
        if event.key() == Qt.Key.Key_Escape:
            self.window().setFocus()  # nowhere at all, Tab and panels would not know where they are
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember that a click has brought the keyboard here."""
        super().focusInEvent(event)
        self._clicked_in = event.reason() == Qt.FocusReason.MouseFocusReason

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select everything at the first click, so that typing replaces it."""
        super().mouseReleaseEvent(event)
        if self._clicked_in and not self.hasSelectedText():
            self.selectAll()
        self._clicked_in = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the step again."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._restore()
