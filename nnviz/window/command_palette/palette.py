"""The command palette: asks its sources for entries when it is opened, and does what is chosen."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.front import front_of
from nnviz.window.command_palette.entry import Entry
from nnviz.window.parts import Parts
from nnviz.window.settings import Settings

REMEMBERED = 12
"""Entries used last that come first."""

Source = Callable[[], Iterable[Entry]]
"""Returns entries as they are now, each time the palette is opened."""
Reader = Callable[[str], Iterable[Entry]]
"""Returns entries that what is typed says by itself: "η 0.5"."""


class CommandPalette(QObject):
    """Knows the sources of entries; whatever has some adds one, and nothing is built before Ctrl+K.

    Attributes:
        sources: in the order in which their entries are listed.
        readers: of what is typed.
    """

    def __init__(self, window: QWidget, settings: Settings, theme: Callable[[], Theme]) -> None:
        """Join it to a window; the settings remember what was used last."""
        super().__init__(window)
        self._window, self._settings, self._theme = window, settings, theme
        self.sources: list[Source] = []
        self.readers: list[Reader] = []

    def offer(self, parts: Parts) -> None:
        """List what the parts of the window have to offer, and read values of theirs."""

        def entries() -> Iterable[Entry]:
            from nnviz.window.command_palette import of_window

            return of_window.entries(parts)

        def said(typed: str) -> Iterable[Entry]:
            from nnviz.window.command_palette import of_window

            return of_window.said(parts, typed)

        self.sources.append(entries)
        self.readers.append(said)

    def open(self) -> None:
        """Show it over the window in front; the keys go back to whichever had them."""
        from nnviz.window.command_palette.dialog import PaletteDialog
        from nnviz.window.command_palette.matching import ranked

        entries = [entry for source in self.sources for entry in source()]

        def meant(typed: str) -> list[Entry]:
            said = [entry for read in self.readers for entry in read(typed)]
            return said + ranked(typed, entries, self._settings.recent_commands)

        before = QApplication.activeWindow() or self._window

        def chosen(entry: Entry) -> None:
            self._remember(entry)
            QTimer.singleShot(0, self, entry.do)  # once the keys are the window's again

        dialog = PaletteDialog(meant, chosen, self._theme(), front_of(self._window))
        dialog.left.connect(before.activateWindow)
        dialog.show()
        dialog.activateWindow()
        dialog.field.setFocus()

    def _remember(self, entry: Entry) -> None:
        others = [id for id in self._settings.recent_commands if id != entry.id]
        self._settings.recent_commands = [entry.id, *others][:REMEMBERED]
