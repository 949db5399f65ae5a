"""Switches: buttons beside each other for choices of which several can be made."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import TypeScale

ACROSS = 4
"""Switches beside each other."""


class Switches(QWidget):
    """Buttons that are on or off, at least one of them on.

    Signals:
        changed(): another one is on, or one is off.
    """

    changed = Signal()

    def __init__(self, choices: tuple[tuple[str, str], ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.buttons: dict[str, QToolButton] = {}
        for place, (name, symbol) in enumerate(choices):
            tip = f"Give the network {symbol} of each point, or not."
            button = named(QToolButton(self), f"switch_{name}", tip=tip, said=symbol)
            button.setText(symbol)
            button.setCheckable(True)
            button.setProperty("switch", True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, button=button: self._clicked(button))
            row, column = divmod(place, ACROSS)
            self._grid.addWidget(button, row, column + 1)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.buttons[name] = button
        self.setFocusProxy(self.buttons[choices[0][0]])

    def put_behind(self, label: QLabel) -> None:
        """Stand behind a label, in the same row."""
        self._grid.addWidget(label, 0, 0)
        self._grid.setColumnStretch(0, 1)

    def set_scale(self, scale: TypeScale) -> None:
        """Follow the scale."""
        self._grid.setSpacing(scale.space(3))

    def chosen(self) -> tuple[str, ...]:
        """Return the names of those that are on, in their order."""
        return tuple(name for name, button in self.buttons.items() if button.isChecked())

    def choose(self, names: tuple[str, ...]) -> None:
        """Let these be on and no others."""
        for name, button in self.buttons.items():
            button.setChecked(name in names)

    def _clicked(self, button: QToolButton) -> None:
        if self.chosen():
            self.changed.emit()
        else:
            button.setChecked(True)  # the last one stays on
