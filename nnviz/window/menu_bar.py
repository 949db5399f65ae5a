"""The menu bar: every command of the window, by what it is about."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from nnviz.window.actions import add_to, refuse
from nnviz.window.commands import COMMANDS, in_menu
from nnviz.window.recent_menu import RecentMenu, RecentSessions


class MenuBar(QMenuBar):
    """The menus, that of recent runs among them."""

    def __init__(
        self,
        window: QWidget,
        actions: Mapping[str, QAction],
        more: Sequence[QMenu],
        panels: Sequence[QAction],
    ) -> None:
        """Build the menus, of every command by id and of what shows and hides panels.

        More of them, made elsewhere, stand between those of the run and of the view.
        """
        super().__init__()
        self._actions = actions
        self._offered: dict[str, str] = {}
        for id in ("undo", "redo"):
            self.offer(id, "")  # until there is something to do
        files = self._menu("&File", in_menu("file"))
        self.recent = RecentMenu(window)
        files.insertMenu(actions["continue_last"], self.recent)
        self.sessions = RecentSessions(window)
        files.insertMenu(actions["save"], self.sessions)
        self._menu("&Edit", in_menu("edit"))
        self._menu("&Run", in_menu("run"))
        for menu in more:
            self.addMenu(menu)
        view_menu = self._menu("&View", ())
        view_menu.addActions(panels)
        view_menu.addSeparator()
        add_to(view_menu, in_menu("view"), actions)
        self._menu("&Present", in_menu("present"))
        self._menu("&Help", in_menu("help"))

    def _menu(self, title: str, ids: Sequence[str]) -> QMenu:
        """Add a menu with these commands."""
        menu = self.addMenu(title)
        menu.setToolTipsVisible(True)
        add_to(menu, ids, self._actions)
        return menu

    def offer(self, id: str, words: str) -> None:
        """Word undo or redo by what it would do; grey it where there is nothing to do."""
        if self._offered.get(id) == words:  # it is told with every moment
            return
        self._offered[id] = words
        action, name = self._actions[id], COMMANDS[id].text
        action.setText(f"{name} {words}".replace("&", "&&") if words else name)
        refuse(action, "" if words else f"There is nothing to {name.lower()}.")

    def open_first(self) -> None:
        """Open the first menu."""
        self.setFocus(Qt.FocusReason.MenuBarFocusReason)
        self.setActiveAction(self.actions()[0])
