"""The few buttons of the network view: what is shown, in its footer, and "fit" when zoomed."""

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from nnviz.numbers import fixed
from nnviz.views.network.edge_modes import MODES
from nnviz.views.network.facts import NetworkFacts
from nnviz.views.network.layout import Layout
from nnviz.views.network.shape_bar import ShapeBar
from nnviz.views.network.state import NetworkState
from nnviz.views.network.text import CHOOSER_TIP, FIT_TIP, SWITCHES
from nnviz.views.palette import Theme
from nnviz.views.shared.buttons import tool_button
from nnviz.views.shared.styles import controls
from nnviz.views.shared.type_scale import sized


class Controls(QObject):
    """A menu and switches in the footer, and a button in the corner while the drawing is enlarged.

    Signals:
        chosen(object): something else is wished for: fields of a `NetworkState` by their names.
        fit_wanted(): all of the drawing is to be seen.

    Attributes:
        modes: what edges can show, by id.
        switches: what is also shown or not, by the name of its field.
        shape: the bar in which the shape of the net is changed.
    """

    chosen = Signal(object)
    fit_wanted = Signal()

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._place: Layout | None = None
        self._short = ""
        menu = QMenu(view)
        menu.setToolTipsVisible(True)
        group = QActionGroup(menu)
        self.modes: dict[str, QAction] = {}
        for mode in MODES.values():
            action = self.modes[mode.id] = self._entry(menu, mode.label, mode.tip)
            action.triggered.connect(
                lambda _checked=False, id=mode.id: self.chosen.emit({"edges": id})
            )
            group.addAction(action)
        self.switches: dict[str, QAction] = {}
        self._buttons: dict[str, QToolButton] = {}
        for switch in SWITCHES:
            if switch.apart:
                menu.addSeparator()
            action = self.switches[switch.name] = self._entry(menu, switch.label, switch.tip)
            action.toggled.connect(lambda on, name=switch.name: self.chosen.emit({name: on}))
            if switch.short:
                button = self._buttons[switch.name] = tool_button(
                    switch.short, switch.tip, switch.tip, view
                )
                button.setObjectName(switch.name)
                button.setCheckable(True)
                button.clicked.connect(lambda on, action=action: action.setChecked(on))
                action.toggled.connect(button.setChecked)
        self.chooser = tool_button("", CHOOSER_TIP, CHOOSER_TIP, view)
        self.chooser.setObjectName("edges")
        self.chooser.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.chooser.setMenu(menu)
        self.fit = tool_button("", FIT_TIP, FIT_TIP, view)
        self.fit.setObjectName("fit")
        self.fit.clicked.connect(lambda: self.fit_wanted.emit())
        self.fit.hide()
        self.shape = ShapeBar(view)
        self.show_state(NetworkState())
        self.show_available(None)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        for button in (self.chooser, self.fit, *self._buttons.values()):
            button.setStyleSheet(controls(theme))
        self.shape.set_theme(theme)

    def show_state(self, state: NetworkState) -> None:
        """Show what is chosen."""
        self.modes[state.edges].setChecked(True)
        self._short = MODES[state.edges].short
        for name, action in self.switches.items():
            action.setChecked(getattr(state, name))

    def show_available(self, facts: NetworkFacts | None) -> None:
        """Show switches for what a network can show, and nothing else."""
        for name in ("all_edges", "fields", "maps"):
            there = facts is not None and name in facts.available
            self.switches[name].setVisible(there)
            self._buttons[name].setVisible(there)
        self.chooser.setVisible(facts is not None)

    def put(self, place: Layout) -> float:
        """Put the buttons where they belong; return the room taken in the footer."""
        self._place = place
        box, gap = place.footer, 0.4 * place.unit
        before = "edges: " if box.width > 44 * place.unit else ""
        self.chooser.setText(f"{before}{self._short} ▾")
        left = put(self.chooser, place, box.left, box.middle) + 2 * gap
        for button in self._buttons.values():
            if not button.isHidden():
                left += put(button, place, box.left + left, box.middle) + gap
        self._put_fit()
        return left + gap

    def show_zoom(self, zoom: float) -> None:
        """Say how near one looks, and offer to see everything again."""
        self.fit.setVisible(zoom != 1)
        self.shape.zoomed(zoom)
        text = f"fit · {fixed(zoom, 1)}×"
        if text != self.fit.text():
            self.fit.setText(text)
            self._put_fit()

    def _put_fit(self) -> None:
        place = self._place
        if place is not None:
            put(self.fit, place, place.footer.right, 1.3 * place.unit, align=1)

    @staticmethod
    def _entry(menu: QMenu, label: str, tip: str) -> QAction:
        action = menu.addAction(label)
        action.setCheckable(True)
        if tip:
            action.setToolTip(tip)
        return action


def put(button: QToolButton, place: Layout, left: float, middle: float, *, align: float = 0) -> int:
    """Put a button as wide as its common text on a drawing; return its width.

    `align` is the share of the button that lies to the left of `left`.
    """
    button.setFont(sized(button.font(), place.unit))
    width = button.fontMetrics().horizontalAdvance(button.text()) + place.scale.space(14)
    height = max(round(1.6 * place.unit), place.scale.target)
    width = max(width, place.scale.target)
    button.setGeometry(
        QRect(round(left - align * width), round(middle - height / 2), width, height)
    )
    return width
