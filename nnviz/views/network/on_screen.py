"""What the network view has on screen, for those who tell what hands mean there."""

from collections.abc import Callable

from nnviz.dataclass import dataclass
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.views.network.drawing import NetworkDrawing
from nnviz.views.network.state import NetworkState


@dataclass(frozen=True, slots=True, eq=False)
class OnScreen:
    """What is on screen; all but the drawing is asked for each time.

    Attributes:
        drawing: knows what lies where.
        moment: returns the moment that is shown, if any.
        selection: returns what is selected, if anything.
        state: returns what is chosen in the view.
    """

    drawing: NetworkDrawing
    moment: Callable[[], Snapshot | None]
    selection: Callable[[], Selection | None]
    state: Callable[[], NetworkState]
