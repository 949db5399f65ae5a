"""The parts of a window that a lesson drives."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from nnviz.dataclass import dataclass
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.views.palette import Theme
from nnviz.window.columns import Columns
from nnviz.window.docks import Docks
from nnviz.window.gate import Gate
from nnviz.window.late_views import LateViews
from nnviz.window.panels.enlarged import Enlarged
from nnviz.window.panels.first_layout import FirstLayout
from nnviz.window.projector import Projector
from nnviz.window.recipe import RecipeForm
from nnviz.window.run_requests import RunRequests
from nnviz.window.settings import Settings
from nnviz.window.stepping import Stepping
from nnviz.window.toolbar import Toolbar
from nnviz.window.ui_state_keeper import UiStateKeeper


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The parts of a window that a lesson drives.

    Attributes:
        gate: lets pass what is done.
        actions: the window's commands by id.
        toolbar, docks, columns, first_layout, enlarged: where everything stands.
        keeper: knows the state of the screen.
        views: in the panels.
        form: the recipe form.
        requests: knows the recipe on screen.
        stepping: what a step is.
        projector: its pages.
        settings: their folder keeps the progress, too.
        shown, selected, theme: return the last moment, what is selected, colours and sizes.
        select, enlarge, panel: select something, enlarge a panel, find one by its id.
        close_editor: closes the field of a weight that stands beside the pointer.
        start: begins the run that the window would have begun with.
    """

    gate: Gate
    actions: Mapping[str, QAction]
    toolbar: Toolbar
    docks: Docks
    columns: Columns
    first_layout: FirstLayout
    enlarged: Enlarged
    keeper: UiStateKeeper
    views: LateViews
    form: RecipeForm
    requests: RunRequests
    stepping: Stepping
    projector: Projector
    settings: Settings
    shown: Callable[[], Snapshot | None]
    selected: Callable[[], Selection | None]
    theme: Callable[[], Theme]
    select: Callable[[Selection | None], None]
    enlarge: Callable[[str], None]
    panel: Callable[[str], QWidget | None]
    close_editor: Callable[[], object]
    start: Callable[[], None]
