"""The desktop before which the stage stands: what the projector needs of it, and how it rests."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from nnviz.dataclass import dataclass
from nnviz.engine.selection import Selection
from nnviz.views.palette import Theme
from nnviz.views.view import View
from nnviz.window.view_feed import ViewFeed

OF_THE_DESKTOP = (
    *("granularity_phase", "granularity_minibatch", "granularity_epoch"),
    *("go_to", "menu_bar", "browse", "enlarge", "restore_layout", "finding", "full_screen"),
    "learn_hand",
    *("theme", "larger", "smaller", "usual_size", "save_page"),
)
"""Commands that need the desktop, or whose keys mean something else on the stage."""
BEHIND = (
    *("go_to", "browse", "enlarge", "restore_layout", "finding", "full_screen"),
    *("learn_hand", "start_page", "guide"),
)
"""Commands that would do something behind a stage that covers the desktop."""


@dataclass(frozen=True, slots=True)
class Desktop:
    """What the projector needs of the window.

    Attributes:
        window: the window itself.
        actions: its commands by id.
        feed: of its views.
        usual: what is chosen in a view of it, by the view's id.
        selected: what is selected.
        pace: minibatches a second that are asked for.
        in_sight: its views that can be seen, by id, from the left.
        theme: how it looks.
    """

    window: QWidget
    actions: Mapping[str, QAction]
    feed: ViewFeed
    usual: Callable[[str], Mapping[str, Any]]
    selected: Callable[[], Selection | None]
    pace: Callable[[], float | None]
    in_sight: Callable[[], Mapping[str, View]]
    theme: Callable[[], Theme]

    @property
    def resting(self) -> bool:
        """Whether it draws nothing, as the stage covers it."""
        return self.feed.resting

    def rest(self, covered: bool) -> None:
        """Draw nothing while nobody sees it, and the last moment after that."""
        if covered != self.feed.resting:
            self.feed.resting = covered
            self.window.setUpdatesEnabled(not covered)
            if not covered:
                self.feed.show_everywhere()
