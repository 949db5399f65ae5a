"""The few buttons of the network view: what edges show, in its footer, and "fit" when zoomed."""

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from nnviz.numbers import fixed
from nnviz.views.network.buttons import put, small_button
from nnviz.views.network.edge_modes import MODES, Mode
from nnviz.views.network.layout import Layout
from nnviz.views.palette import Theme
from nnviz.views.shared.styles import controls


class Controls(QObject):
    """A menu in the footer and a button in the corner.

    Signals:
        mode_chosen(object): edges are to show this `Mode`.
        numbers_chosen(bool): numbers beside the neurons are wanted or not.
        fixed_chosen(bool): the scale is to stay as it is or to follow the edges.
        fit_wanted(): all of the drawing is to be seen.
    """

    mode_chosen = Signal(object)
    numbers_chosen = Signal(bool)
    fixed_chosen = Signal(bool)
    fit_wanted = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._roomy, self._mode = True, MODES["weights"]
        self._place: Layout | None = None
        self.menu = QMenu(view)
        self.menu.setToolTipsVisible(True)
        group = QActionGroup(self.menu)
        self.modes: dict[str, QAction] = {}
        for mode in MODES.values():
            action = self.menu.addAction(mode.label)
            action.setCheckable(True)
            action.setToolTip(mode.tip)
            action.triggered.connect(lambda _checked=False, mode=mode: self._choose(mode))
            group.addAction(action)
            self.modes[mode.id] = action
        self.menu.addSeparator()
        self.fixed = self._toggle("Keep the scale fixed", self.fixed_chosen)
        self.numbers = self._toggle("Numbers beside the neurons (N)", self.numbers_chosen)
        self.chooser = small_button(view, "What edges show")
        self.chooser.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.chooser.setMenu(self.menu)
        self.fit = small_button(view, "See the whole network again (F)")
        self.fit.clicked.connect(lambda: self.fit_wanted.emit())
        self.fit.hide()
        self._choose(MODES["weights"])

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        for button in (self.chooser, self.fit):
            button.setStyleSheet(controls(theme))

    def place(self, place: Layout) -> float:
        """Put the buttons where they belong; return the room taken in the footer."""
        self._roomy, self._place = place.footer.width > 44 * place.unit, place
        self._name()
        box = place.footer
        width = put(self.chooser, place, box.left, box.middle)
        self._put_fit()
        return width + 0.8 * place.unit

    def show_zoom(self, zoom: float) -> None:
        """Say how near one looks, and offer to see everything again."""
        self.fit.setVisible(zoom != 1)
        text = f"fit · {fixed(zoom, 1)}×"
        if text != self.fit.text():
            self.fit.setText(text)
            self._put_fit()

    def _choose(self, mode: Mode) -> None:
        self.modes[mode.id].setChecked(True)
        self._mode = mode
        self._name()
        self.mode_chosen.emit(mode)

    def _name(self) -> None:
        before = "edges: " if self._roomy else ""
        self.chooser.setText(f"{before}{self._mode.short} ▾")

    def _put_fit(self) -> None:
        place = self._place
        if place is not None:
            put(self.fit, place, place.footer.right, 1.3 * place.unit, align=1)

    def _toggle(self, label: str, chosen: SignalInstance) -> QAction:
        action = self.menu.addAction(label)
        action.setCheckable(True)
        action.toggled.connect(chosen)
        return action
