"""The choice of words and signs as commands change it; it is kept for the next start."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from nnviz import wording
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.ports import Ports
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.front import come_over, front_of, theme_of
from nnviz.window.panel_window import PanelWindow
from nnviz.window.settings import Settings
from nnviz.wording import Choice

if TYPE_CHECKING:
    from nnviz.window.words.dialog import WordsDialog
    from nnviz.window.words.glossary import Glossary
    from nnviz.window.words.names import MarkedNames
    from nnviz.window.words.places import Places


class OtherWords(QObject):
    """Changes the words of all that is shown, and opens what tells of them.

    Signals:
        changed(): everything has to be laid out for its new words, and drawn anew.
    """

    changed = Signal()

    def __init__(
        self,
        window: PanelWindow,
        settings: Settings,
        snapshot: Callable[[], Snapshot | None],
        ports: Ports,
    ) -> None:
        """Begin with the words that were kept, before anything in the window is made."""
        super().__init__(window)
        self._window, self._settings = window, settings
        self._snapshot, self._ports = snapshot, ports
        self._dialog: WordsDialog | None = None
        self._glossary: Glossary | None = None
        self._theme = DARK
        self._places: Places | None = None
        self._names: MarkedNames | None = None
        if settings.words or wording.others_chosen():
            self._show_in(Choice.kept(settings.words))

    @property
    def choice(self) -> Choice:
        """What everything is called now."""
        return wording.choice()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        for dialog in (self._dialog, self._glossary):
            if dialog is not None and dialog.parentWidget() is self._window:
                dialog.set_theme(theme)

    def shown(self, snapshot: Snapshot) -> Snapshot:
        """Return a moment as views show it: names that people gave are left as they are."""
        if not wording.others_chosen():
            return snapshot
        if self._names is None:
            from nnviz.window.words.names import MarkedNames  # not needed with nnviz's own words

            self._names = MarkedNames()
        return self._names.of(snapshot)

    def choose(self, choice: Choice) -> None:
        """Show everything in these words, at once and everywhere, and remember them."""
        self._show_in(choice)
        if self._names is not None:
            self._names.forget()
        self.changed.emit()
        self._settings.words = dict(choice.wished)
        self._settings.flush()
        if self._glossary is not None:
            self._glossary.show_choice(choice)

    def open_dialog(self) -> None:
        """Let the words be chosen."""
        from nnviz.window.words.dialog import WordsDialog

        front = front_of(self._window)
        if self._dialog is None:
            self._dialog = WordsDialog(theme_of(front, self._theme), front)
            self._dialog.chosen.connect(self.choose)
            self._dialog.glossary_wanted.connect(self.open_glossary)
        self._dialog.show_choice(self.choice)
        come_over(self._dialog, front, self._theme)

    def open_glossary(self) -> None:
        """Explain every word, with what other books call it."""
        from nnviz.window.words.glossary import Glossary

        front = front_of(self._window)
        if self._glossary is None:
            self._glossary = Glossary(theme_of(front, self._theme), front)
            self._glossary.words_wanted.connect(self.open_dialog)
            self._glossary.show_wanted.connect(self.show_place)
        self._glossary.show_choice(self.choice)
        come_over(self._glossary, front, self._theme)

    @property
    def marked(self) -> bool:
        """Whether a place is marked."""
        return self._places is not None and self._places.mark is not None

    def show_place(self, concept: str) -> None:
        """Open the panel in which a concept stands, by its id, and mark it there."""
        from nnviz.window.words.places import Places

        if self._places is None:
            self._places = Places(self._window, self._snapshot, self._ports)
        self._places.show(concept, self._theme)

    @staticmethod
    def _show_in(choice: Choice) -> None:
        from nnviz.window.words.boundary import show_in  # not needed with nnviz's own words

        show_in(choice)
