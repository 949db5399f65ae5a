"""Dialogs about the program: help, preferences, versions; each is built when it is wanted.

They stand over the window in front, and look as it does.
"""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from nnviz.messages.commands import KeepRuns
from nnviz.messages.ports import Ports
from nnviz.views.shared.type_scale import TypeScale
from nnviz.views.view import ViewSpec
from nnviz.window.appearance import Appearance
from nnviz.window.commands import COMMANDS
from nnviz.window.projector import Projector
from nnviz.window.settings import Settings
from nnviz.window.words import OtherWords

CHOOSE = "Choose…"


class Dialogs:
    """Opens them.

    Attributes:
        rows: make more rows of the preferences, each a name and a control.
    """

    def __init__(
        self,
        specs: Sequence[ViewSpec],
        appearance: Appearance,
        words: OtherWords,
        projector: Projector,
        settings: Settings,
        ports: Ports,
    ) -> None:
        """Join them to what they tell of; the specs are of the views that help is about."""
        self._specs, self._appearance = specs, appearance
        self._words, self._projector = words, projector
        self._settings, self._ports = settings, ports
        self.rows: list[Callable[[], tuple[str, QWidget]]] = []

    @property
    def _front(self) -> QWidget:
        return self._projector.front()

    @property
    def _scale(self) -> TypeScale:
        return self._projector.theme_in_front().scale

    def show_help(self) -> None:
        """Show what there is to do, and every key."""
        from nnviz.window.help import HelpSheet

        HelpSheet(COMMANDS, self._specs, self._scale, self._front).open()

    def show_preferences(self) -> None:
        """Show what is kept for all runs, to change it."""
        from nnviz.window.preferences import PreferencesPage

        room = self._settings.room_for_runs
        more = [
            *(row() for row in self.rows),
            _more("words", self._words.open_dialog),
            _more("arrange_pages", self._projector.arrange_pages),
        ]
        keep = self._keep_runs
        PreferencesPage(self._appearance, room, keep, more, self._scale, self._front).open()

    def _keep_runs(self, size: int) -> None:
        self._settings.room_for_runs = size
        self._settings.flush()
        self._ports.send(KeepRuns(size))

    def show_about(self) -> None:
        """Show versions and licences."""
        from nnviz.window.preferences import AboutPage

        AboutPage(self._scale, self._front).open()


def _more(id: str, does: Callable[[], None]) -> tuple[str, QWidget]:
    """Return a row of the preferences that opens a dialog of its own, as a command does."""
    button = QPushButton(CHOOSE)
    button.setToolTip(COMMANDS[id].tip)
    button.clicked.connect(lambda _checked=False: does())
    return COMMANDS[id].text.rstrip("…"), button
