"""What comes with data that were asked for: the plane, which learns at once, or named panels."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import Play
from nnviz.messages.ports import Ports
from nnviz.window.data_panels import DataPanels
from nnviz.window.toolbar import PACES, Toolbar

PANEL = "plane"
"""The id of the panel that comes to the front."""
SEEN = PACES.index(200)
"""Position of the speed slider at which circles are learned in some three seconds."""


class DataStart(QObject):
    """Plays runs that were begun by choosing data of the plane, and opens what is for the data.

    A run that takes the place of one that plays plays on, as it is then only another net for the
    same points; whatever the user does about speed and pausing afterwards stays.
    """

    def __init__(self, toolbar: Toolbar, panels: DataPanels, ports: Ports, parent: QObject) -> None:
        super().__init__(parent)
        self._toolbar, self._panels_of_data, self._ports = toolbar, panels, ports
        self._wished = ""
        self._panels: tuple[str, ...] | None = None
        self._before: int | None = None  # where the slider stood

    def wish(self, dataset: str, panels: Sequence[str] | None = None) -> None:
        """Note that a data set was chosen, whose run is on its way; an example names panels."""
        self._wished, self._panels = dataset, None if panels is None else tuple(panels)

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
        if self._panels is not None:
            self._leave(self._panels)
            for panel in reversed(self._panels):  # of two at one place the first is in front
                self._panels_of_data.open(panel)
            return
        if not snapshot.planar:
            self._leave()
            return
        self._panels_of_data.close((PANEL,))
        self._panels_of_data.open(PANEL, large=True)
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

    def _leave(self, stay: Sequence[str] = ()) -> None:
        """Give back speed and room, where nobody has chosen others since."""
        before, self._before = self._before, None
        if before is not None and self._toolbar.slider.value() == SEEN:
            self._toolbar.show_pace(before)
        self._panels_of_data.close(stay)
