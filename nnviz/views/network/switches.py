"""The switches of the network view in its footer: all edges at once, receptive fields, maps."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.views.network.buttons import put, small_button
from nnviz.views.network.edges import BUDGET
from nnviz.views.network.layout import Layout
from nnviz.views.network.maps import has_maps
from nnviz.views.network.overlays import Wishes
from nnviz.views.network.receptive_fields import has_fields
from nnviz.views.palette import Theme
from nnviz.views.shared.styles import controls


class Switches(QObject):
    """Small buttons that stay down, each with its entry in the menu.

    Signals:
        changed(): something else is wished for.

    Attributes:
        wishes: what is wished for.
        actions: by their ids: "crowd", "wall", "maps" and "signals".
    """

    changed = Signal()

    def __init__(self, view: QWidget, menu: QMenu) -> None:
        """Make the switches.

        Args:
            view: holds the buttons.
            menu: takes the entries.
        """
        super().__init__(view)
        self.wishes = Wishes()
        self.actions: dict[str, QAction] = {}
        self._buttons: dict[str, QToolButton] = {}
        menu.addSeparator()
        for name, short, label, tip in (
            (
                "crowd",
                "all",
                "All edges at once",
                "Draw every edge, the strongest in front",
            ),
            (
                "wall",
                "fields",
                "Receptive fields of the whole layer",
                "What each neuron of the first hidden layer looks for: its weights as a picture",
            ),
            (
                "maps",
                "maps",
                "Maps of the plane",
                "What each neuron answers at every point of the plane",
            ),
            (
                "signals",
                "",
                "Signals run along the edges after a step",
                "Activations forwards, then errors back, as large as what each edge carries",
            ),
        ):
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setToolTip(tip)
            action.setChecked(bool(getattr(self.wishes, name)))
            action.toggled.connect(lambda on, name=name: self._set(name, on))
            self.actions[name] = action
            if short:
                button = self._buttons[name] = small_button(view, tip, short)
                button.setCheckable(True)
                button.setChecked(action.isChecked())
                button.clicked.connect(lambda on, action=action: action.setChecked(on))

    def offer(self, snapshot: Snapshot | None) -> None:
        """Offer what a network can show, and nothing else."""
        offered = {"crowd": False, "wall": False, "maps": False}
        if snapshot is not None:
            weights = snapshot.recipe.parameters - sum(snapshot.recipe.layers[1:])
            offered["crowd"] = weights > BUDGET
            offered["wall"], offered["maps"] = has_fields(snapshot), has_maps(snapshot)
        for name, there in offered.items():
            self.actions[name].setVisible(there)
            self._buttons[name].setVisible(there)

    def place(self, place: Layout, left: float) -> float:
        """Put the buttons in the footer; return the room taken there, theirs included.

        Args:
            place: where things stand.
            left: room taken already.
        """
        box = place.footer
        for button in self._buttons.values():
            if not button.isHidden():
                left += put(button, place, box.left + left, box.middle) + 0.4 * place.unit
        return left + 0.4 * place.unit

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        for button in self._buttons.values():
            button.setStyleSheet(controls(theme))

    def _set(self, name: str, on: bool) -> None:
        setattr(self.wishes, name, on)
        # Both would stand in the same place: the one asked for last is shown.
        if on and name in ("crowd", "wall"):
            self.actions["wall" if name == "crowd" else "crowd"].setChecked(False)
        self._buttons_follow()
        self.changed.emit()

    def _buttons_follow(self) -> None:
        for name, button in self._buttons.items():
            button.setChecked(self.actions[name].isChecked())
