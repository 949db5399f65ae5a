"""Opening: files, examples and data from menus, dialogs and drops, and what was opened before."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages import commands
from nnviz.messages.events import PictureDropped
from nnviz.messages.ports import Ports
from nnviz.messages.ui_state import UiState
from nnviz.window.data_menu import DataMenu
from nnviz.window.downloads import Downloads
from nnviz.window.example_actions import ExampleActions
from nnviz.window.file_actions import FileActions
from nnviz.window.file_drop import FileDrop
from nnviz.window.recent_menu import RecentMenu, RecentSessions
from nnviz.window.run_requests import RunRequests
from nnviz.window.settings import Settings


class Opening(QObject):
    """Lets each of the ways in which something can be opened lead to who opens it.

    Attributes:
        files: opens what lies in a file or a folder, and saves.
        examples: starts them.
        downloads: fetches data.
    """

    def __init__(
        self,
        window: QWidget,
        ui_state: Callable[[], UiState],
        shown: Callable[[], Snapshot | None],
        requests: RunRequests,
        ports: Ports,
    ) -> None:
        """Join it to a window; `ui_state` and `shown` return what files are written of."""
        super().__init__(window)
        self._window, self._ports = window, ports
        self.files = FileActions(window, ui_state, ports)
        self.examples = ExampleActions(window, ui_state, shown, ports)
        self.downloads = Downloads(window, ports)
        self.files.data_chosen.connect(requests.choose_data)
        self.files.example_chosen.connect(self.examples.open)
        self.downloads.data_chosen.connect(requests.choose_data)

    def join_menus(
        self, data: DataMenu, recent: RecentMenu, sessions: RecentSessions, settings: Settings
    ) -> None:
        """Open what is chosen in menus; the settings know the sessions of before."""
        data.folder_wanted.connect(self.files.open_folder)
        recent.chosen.connect(self._open_run)
        sessions.source = lambda: settings.recent_sessions
        sessions.chosen.connect(self.files.open_path)
        self.files.session_known.connect(lambda path: settings.note_session(str(path)))

    def _open_run(self, path: Path) -> None:
        self._ports.send(commands.OpenSession(path))

    def take_drops(self, panels: Iterable[QWidget]) -> FileDrop:
        """Open what is dropped on the window, which is built by now, and on panels that float."""
        drops = FileDrop(self._window)
        drops.dropped.connect(self.files.open_path)
        drops.answers_dropped.connect(self.files.open_paths)
        drops.picture_dropped.connect(lambda mime: self._ports.publish(PictureDropped(mime)))
        for panel in panels:
            drops.watch(panel)
        return drops
