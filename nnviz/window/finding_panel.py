"""What is wrong with the run, why, and a button that does something about it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from nnviz.engine.training.findings import Finding
from nnviz.engine.training.remedies import Remedy
from nnviz.numbers import integer
from nnviz.views.palette import Theme
from nnviz.views.shared.buttons import open_above
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import TypeScale

NAMES = {
    "mismatched": "the cost does not fit the outputs",
    "unreachable": "the outputs cannot get there",
    "alike": "all neurons are alike",
    "dead": "dead ReLUs",
    "saturated": "saturated neurons",
    "stuck": "the net is stuck",
    "vanishing": "vanishing gradient",
    "exploding": "exploding gradient",
    "giant_steps": "steps too large",
    "penalised": "weights held at 0",
    "tiny_steps": "steps too small",
    "mistakes": "no faultless epoch",
}
"""What each kind of finding is called."""
WIDTH = 430
"""Width of the pop-up at a factor of 1."""


class FindingPanel(QFrame):
    """A pop-up that explains findings, each with its remedy as a button.

    It has the focus while it is open, so Tab, Space and Enter are its own, and Escape
    closes it.

    Signals:
        wanted(object): carry out this remedy.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        named(self, "finding_panel", said="What is wrong, and what helps")
        self.buttons: list[QPushButton] = []
        self._labels: list[QLabel] = []
        self._words: dict[QPushButton, str] = {}
        self._box = QVBoxLayout(self)
        self._scale = TypeScale()

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        self._scale = theme.scale
        space = theme.scale.space
        self._box.setContentsMargins(space(16), space(14), space(16), space(14))
        self._box.setSpacing(space(6))

    def explain(self, step: int, findings: Sequence[Finding]) -> None:
        """Write down what was found at a step."""
        self._clear()
        for number, finding in enumerate(findings):
            if number:
                self._box.addSpacing(self._scale.space(10))
            title = f"{NAMES[finding.kind]} · step {integer(step)}".capitalize()
            named(self._line(title), "finding_title")
            self._line(f"{_capital(finding.sentence)}.")
            if finding.action is None:
                self._line(f"→ {_capital(finding.remedy)}.")
                continue
            self._add_button(finding.remedy, finding.action)

    def tell(self, lines: Sequence[str]) -> None:
        """Write down what is no finding and needs no remedy."""
        self._clear()
        for line in lines:
            self._line(line)

    def open_above(self, place: QPoint) -> None:
        """Open with the lower right corner at a place of the screen."""
        screen = self.screen().availableGeometry()
        self.setFixedWidth(min(self._scale.space(WIDTH), screen.width()))
        for button, words in self._words.items():
            button.setText(self._in_lines(button, words))
        open_above(self, place - QPoint(self.width(), 0))
        first = self.buttons[0] if self.buttons else self
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def text(self) -> str:
        """All that it says, a line each."""
        return "\n".join(label.text() for label in self._labels)

    def event(self, event: QEvent) -> bool:
        """Keep every key from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button in focus with Enter, walk with the arrows, leave with Escape."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                for button in self.buttons:
                    if button.hasFocus():
                        button.click()
                        return
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            case Qt.Key.Key_Escape:
                self.close()
            case _:
                super().keyPressEvent(event)

    def _clear(self) -> None:
        self.buttons, self._labels, self._words = [], [], {}
        while (item := self._box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _line(self, text: str) -> QLabel:
        label = QLabel(text, self, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._box.addWidget(label)
        self._labels.append(label)
        return label

    def _add_button(self, words: str, remedy: Remedy) -> None:
        tip = "A change like any other: it can be undone (Ctrl+Z)."
        if remedy.anew:
            tip = "Begins a new run; this one can be gone back to."
        button = named(QPushButton(_capital(words), self), tip=tip)
        self._words[button] = button.text()
        button.clicked.connect(lambda: self._choose(remedy))
        self._box.addWidget(button)
        self.buttons.append(button)

    def _in_lines(self, button: QPushButton, words: str) -> str:
        """Return words in as many lines as a button needs for them, which wraps none itself."""
        button.ensurePolished()
        button.setText("")
        margins = self._box.contentsMargins()
        room = self.width() - margins.left() - margins.right() - button.sizeHint().width()
        measure, lines = button.fontMetrics().horizontalAdvance, [""]
        for word in words.split(" "):
            longer = f"{lines[-1]} {word}".strip()
            lines = [*lines, word] if measure(longer) > room else [*lines[:-1], longer]
        return "\n".join(line for line in lines if line)

    def _choose(self, remedy: Remedy) -> None:
        self.close()
        self.wanted.emit(remedy)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
