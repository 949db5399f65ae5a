"""The parts of a window, for those who lead through it: lessons, first minute, command palette."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.dataclass import dataclass
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.views.palette import Theme
from nnviz.window.banner import Banner
from nnviz.window.columns import Columns
from nnviz.window.docks import Docks
from nnviz.window.gate import Gate
from nnviz.window.late_views import LateViews
from nnviz.window.opening import Opening
from nnviz.window.panel_window import Middle
from nnviz.window.panels.enlarged import Enlarged
from nnviz.window.panels.first_layout import FirstLayout
from nnviz.window.projector import Projector
from nnviz.window.recent_menu import RecentMenu
from nnviz.window.recipe import RecipeForm
from nnviz.window.remark import Remark
from nnviz.window.run_requests import RunRequests
from nnviz.window.settings import Settings
from nnviz.window.stepping import Stepping
from nnviz.window.toolbar import Toolbar
from nnviz.window.ui_state_keeper import UiStateKeeper


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The parts of a window.

    Attributes:
        gate: lets pass what is done.
        settings: what is kept between starts; their folder keeps progress, too.
        actions: the window's commands by id.
        toolbar, middle, docks, columns, first_layout, enlarged: where everything stands.
        banner: the line in which hints and other suggestions are given.
        remark: says in the status line what is wrong, and what helps.
        keeper: knows the state of the screen.
        views: in the panels.
        form: the recipe form.
        requests: knows the recipe on screen, and starts runs.
        opening: starts examples, and opens files.
        recent: knows the recent runs.
        menus: that list more than commands, and what one of their entries is called.
        stepping: what a step is.
        projector: its pages.
        shown, selected, theme: return the last moment, what is selected, colours and sizes.
        select, enlarge, panel: select something, enlarge a panel, find one by its id.
        close_editor: closes the field of a weight that stands beside the pointer.
        start: begins the run that the window would have begun with.
    """

    gate: Gate
    settings: Settings
    actions: Mapping[str, QAction]
    toolbar: Toolbar
    middle: Middle
    docks: Docks
    columns: Columns
    first_layout: FirstLayout
    enlarged: Enlarged
    banner: Banner
    remark: Remark
    keeper: UiStateKeeper
    views: LateViews
    form: RecipeForm
    requests: RunRequests
    opening: Opening
    recent: RecentMenu
    menus: Sequence[tuple[QMenu, str]]
    stepping: Stepping
    projector: Projector
    shown: Callable[[], Snapshot | None]
    selected: Callable[[], Selection | None]
    theme: Callable[[], Theme]
    select: Callable[[Selection | None], None]
    enlarge: Callable[[str], None]
    panel: Callable[[str], QWidget | None]
    close_editor: Callable[[], object]
    start: Callable[[], None]
