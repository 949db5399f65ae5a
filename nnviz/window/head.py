"""The head of a window: its menus, and the toolbar with the buttons that open some of them."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from nnviz.window.commands import in_menu
from nnviz.window.course import Course
from nnviz.window.data_choice import DataChoice
from nnviz.window.menu_bar import MenuBar
from nnviz.window.opening import Opening
from nnviz.window.run_requests import RunRequests
from nnviz.window.settings import Settings
from nnviz.window.toolbar import Toolbar


class Head:
    """What stands above the panels.

    Attributes:
        toolbar: below the menus.
        menus: every command.
        data: the choice of data, in both.
        course: the lessons, in both.
    """

    def __init__(
        self,
        window: QMainWindow,
        actions: Mapping[str, QAction],
        panels: Sequence[QAction],
        opening: Opening,
        requests: RunRequests,
        settings: Settings,
    ) -> None:
        """Build it.

        Args:
            window: it stands in.
            actions: its commands by id.
            panels: what shows and hides a panel each.
            opening: opens what is chosen in menus.
            requests: starts runs on chosen data.
            settings: know what was opened before.
        """
        self.toolbar = Toolbar(actions)
        self.course = Course(window, self.toolbar)
        more = [actions[id] for id in in_menu("data")]
        self.data = DataChoice(window, self.toolbar, more, settings, requests, opening.downloads)
        menus = self.data.menu, opening.examples.menu, self.course.menu
        self.menus = MenuBar(window, actions, menus, panels)
        opening.join_menus(self.data.menu, self.menus.recent, self.menus.sessions, settings)
        self.toolbar.add_button("help", "?", actions["help"])
