"""The parts of a window that have entries in the palette."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from nnviz.dataclass import dataclass
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.ports import Ports
from nnviz.window.docks import Docks
from nnviz.window.late_views import LateViews
from nnviz.window.panel import Panel
from nnviz.window.projector import Projector
from nnviz.window.recipe import RecipeForm


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The parts of a window that have entries.

    Attributes:
        actions: its commands by id.
        docks: its panels, besides those of the middle.
        middle: the panels that stay where they are.
        views: in them.
        form: the recipe form.
        recipe: returns the recipe of the run on screen.
        shown: returns the last moment shown.
        menus: that list more than commands, and what one of their entries is called.
        projector: has pages.
        ports: what is to be done goes there.
    """

    actions: Mapping[str, QAction]
    docks: Docks
    middle: Sequence[Panel]
    views: LateViews
    form: RecipeForm
    recipe: Callable[[], Recipe]
    shown: Callable[[], Snapshot | None]
    menus: Sequence[tuple[QMenu, str]]
    projector: Projector
    ports: Ports
