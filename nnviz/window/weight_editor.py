"""The weight editor: a little frame near the pointer that sets one parameter by hand.

It stays open and follows the parameter while training goes on, so the effect of
a change can be watched. It blocks nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from nnviz.engine.notation import parameter_name
from nnviz.engine.run.snapshot import Snapshot
from nnviz.numbers import write
from nnviz.views.palette import Theme
from nnviz.views.shared.named import named
from nnviz.views.shared.number_field import NumberField
from nnviz.views.shared.type_scale import Step

MARGIN = 8
"""Pixels kept free between the frame and the edge of the window."""

FIELD = 124
"""Width of the field at a factor of 1: a float has up to twelve letters."""
FIELD_TIP = "Type another value: Enter takes it, Escape leaves it."


class WeightEditor(QFrame):
    """Shows one parameter and takes another value for it.

    Attributes:
        index: the entry of theta that it is open for, or was last.

    Signals:
        chosen(int, float): give this entry of theta this value.
    """

    chosen = Signal(int, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setObjectName("WeightEditor")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.index = 0
        self._layers: tuple[int, ...] = ()
        self._name = named(QLabel(), "weight_name")
        self._value = named(QLabel(), "weight_value")
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._refusal = named(QLabel(wordWrap=True), "weight_refusal")
        self._field = named(NumberField(), "weight_field", tip=FIELD_TIP, said="new value")
        self._field.changed.connect(lambda value: self.chosen.emit(self.index, value))
        self._field.refused.connect(self._refuse)
        tip = "Give it the value in the field (Enter)."
        take = self._button("Primary", "Set", tip, self._field.take)
        zero = self._button("weight_zero", "0", "Give it the value 0.", self._clear)
        close = self._button("weight_close", "×", "Close (Esc).", self.close)
        self._buttons = buttons = QHBoxLayout()
        for button in (self._field, take, zero):
            buttons.addWidget(button)
        self._grid = grid = QGridLayout(self)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._value, 0, 1)
        grid.addWidget(close, 0, 2)
        grid.addLayout(buttons, 1, 0, 1, 3)
        grid.addWidget(self._refusal, 2, 0, 1, 3)
        self.hide()

    def _button(self, name: str, text: str, tip: str, do: Callable[[], object]) -> QPushButton:
        button = named(QPushButton(text), name, tip=tip)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale: what stands over another window than the first has its own letters."""
        space, font = theme.scale.space, theme.scale.font(self.font(), Step.BODY)
        for part in (*self.findChildren(QLabel), *self.findChildren(QPushButton), self._field):
            part.setFont(font)
        self._field.setFixedWidth(space(FIELD))
        for touched in (self._field, *self.findChildren(QPushButton)):
            touched.setMinimumSize(theme.scale.target, theme.scale.target)
        self._buttons.setSpacing(space(6))
        self._grid.setContentsMargins(space(12), space(8), space(12), space(12))
        self._grid.setVerticalSpacing(space(8))
        if self.isVisible():
            self._place(self.pos() - QPoint(MARGIN, MARGIN))

    def edit(self, snapshot: Snapshot, index: int, near: QPoint) -> None:
        """Open for one entry of theta near a point, in the parent's coordinates."""
        self.index = index
        self._layers = snapshot.recipe.layers
        self._name.setText(parameter_name(snapshot.recipe, index))
        self._refusal.hide()
        self.show()
        self.show_snapshot(snapshot)
        self._place(near)
        self.raise_()
        self._field.begin_typing()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the parameter while open; close once the network has other layers."""
        if not self.isVisible():
            return
        if snapshot.recipe.layers != self._layers:
            self.close()
            return
        value = snapshot.theta[self.index]
        self._field.show_value(value)
        if (text := write(float(value))) != self._value.text():
            self._value.setText(text)

    def leave(self) -> bool:
        """Close it; tell whether it was open."""
        return self.isVisible() and self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the keys back to the run."""
        super().closeEvent(event)
        self._window.setFocus()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: Escape closes it."""
        return event.key() == Qt.Key.Key_Escape

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape; keep all other keys from the run."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _clear(self) -> None:
        self._field.setText("0")
        self._field.give(0.0)

    def _refuse(self, sentence: str) -> None:
        """Say in a sentence why not; empty when all is well."""
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))
        self._place(self.pos() - QPoint(MARGIN, MARGIN))

    def _place(self, near: QPoint) -> None:
        """Stand beside a point, wholly inside the parent."""
        self.adjustSize()
        room = self._window.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        x = min(near.x() + MARGIN, room.right() - self.width())
        y = min(near.y() + MARGIN, room.bottom() - self.height())
        self.move(max(room.left(), x), max(room.top(), y))
