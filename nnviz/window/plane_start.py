"""Data of the plane learn at once: in front of the user, at a pace at which learning is seen."""

from PySide6.QtCore import QObject

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import Play
from nnviz.messages.ports import Ports
from nnviz.window.docks import Docks
from nnviz.window.toolbar import PACES, Toolbar

PANEL = "plane"
"""The id of the panel that comes to the front."""
SEEN = PACES.index(200)
"""Position of the speed slider at which circles are learned in some three seconds."""


class PlaneStart(QObject):
    """Plays runs that were begun by choosing data of the plane, and shows the plane.

    A run that takes the place of one that plays plays on, as it is then only another net for the
    same points; whatever the user does about speed and pausing afterwards stays.
    """

    def __init__(self, toolbar: Toolbar, docks: Docks, ports: Ports, parent: QObject) -> None:
        super().__init__(parent)
        self._toolbar, self._docks, self._ports = toolbar, docks, ports
        self._wished = ""
        self._before: int | None = None  # where the slider stood
        self._opened = False

    def wish(self, dataset: str) -> None:
        """Note that a data set was chosen from the menu, whose run is on its way."""
        self._wished = dataset

    def goes_on(self, recipe: Recipe, shown: Snapshot | None) -> bool:
        """Tell whether a run that is asked for plays at once, as the one on screen does."""
        return (
            shown is not None
            and shown.playing
            and shown.planar
            and not recipe.untrainable
            and recipe.layers[-1] == shown.recipe.layers[-1]
        )

    def begun(self, snapshot: Snapshot) -> None:
        """Take note of the first moment of a run."""
        wished, self._wished = self._wished, ""
        if not wished or snapshot.recipe.dataset != wished:
            return
        if not snapshot.planar:
            self._leave()
            return
        if PANEL in self._docks.open_panels():
            self._docks.open(PANEL)
        elif PANEL in dict(self._docks.items()):
            self._opened = True
            self._docks.open_large(PANEL)
        if not snapshot.recipe.untrainable:
            self._slow_down()
        if not snapshot.untrainable:
            self._ports.send(Play())

    def _slow_down(self) -> None:
        """Choose the pace at which learning is seen, unless a slower one is chosen."""
        position = self._toolbar.slider.value()
        if position > SEEN:
            self._before = position
            self._toolbar.show_pace(SEEN)

    def _leave(self) -> None:
        """Give back speed and room, where nobody has chosen others since."""
        before, self._before = self._before, None
        if before is not None and self._toolbar.slider.value() == SEEN:
            self._toolbar.show_pace(before)
        if self._opened and PANEL in self._docks.open_panels():
            self._docks[PANEL].hide()
            self._docks.arrange()
        self._opened = False
