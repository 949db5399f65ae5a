"""Dialogs about the program: help, preferences, versions; each is built when it is wanted."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.messages.commands import KeepRuns
from nnviz.messages.ports import Ports
from nnviz.views.view import ViewSpec
from nnviz.window.appearance import Appearance
from nnviz.window.commands import COMMANDS
from nnviz.window.projector import Projector
from nnviz.window.settings import Settings
from nnviz.window.words import OtherWords

CHOOSE = "Choose…"


class Dialogs:
    """Opens them over a window."""

    def __init__(
        self,
        window: QWidget,
        specs: Sequence[ViewSpec],
        appearance: Appearance,
        words: OtherWords,
        projector: Projector,
        settings: Settings,
        ports: Ports,
    ) -> None:
        """Join them to a window; the specs are of the views that help is about."""
        self._window, self._specs, self._appearance = window, specs, appearance
        self._words, self._projector = words, projector
        self._settings, self._ports = settings, ports

    def show_help(self) -> None:
        """Show what there is to do, and every key."""
        from nnviz.window.help import HelpSheet

        HelpSheet(COMMANDS, self._specs, self._appearance.theme.scale, self._window).open()

    def show_preferences(self) -> None:
        """Show what is kept for all runs, to change it."""
        from nnviz.window.preferences import PreferencesPage

        room = self._settings.room_for_runs
        more = [
            _more("words", self._words.open_dialog),
            _more("arrange_pages", self._projector.arrange_pages),
        ]
        PreferencesPage(self._appearance, room, self._keep_runs, more, self._window).open()

    def _keep_runs(self, size: int) -> None:
        self._settings.room_for_runs = size
        self._settings.flush()
        self._ports.send(KeepRuns(size))

    def show_about(self) -> None:
        """Show versions and licences."""
        from nnviz.window.preferences import AboutPage

        AboutPage(self._appearance.theme.scale, self._window).open()


def _more(id: str, does: Callable[[], None]) -> tuple[str, QWidget]:
    """Return a row of the preferences that opens a dialog of its own, as a command does."""
    button = QPushButton(CHOOSE)
    button.setToolTip(COMMANDS[id].tip)
    button.clicked.connect(lambda _checked=False: does())
    return COMMANDS[id].text.rstrip("…"), button
