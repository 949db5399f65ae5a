"""Notes for whoever teaches: what the lesson says about a scene, and the scene that comes next.

They stand on the screen of the controls alone, never on the stage.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from nnviz.views.palette import Theme
from nnviz.views.shared.in_text import in_formula_letters
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step
from nnviz.window.lesson.sheet import scrolled
from nnviz.window.lesson.shown import Shown
from nnviz.window.lesson.words import Words

MOST, GAP = 170, 6
"""Pixels of the most height that they take below a lesson, and between parts, at a factor of 1."""


class Notes(QFrame):
    """The notes to a scene, and below them the text of the next."""

    def __init__(self, words: Words, theme: Callable[[], Theme]) -> None:
        super().__init__()
        named(self, "lesson_notes", said=words("notes"))
        self._words, self._theme = words, theme
        self._worn: Theme | None = None
        self.said, self.after = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for label in (self.said, self.after):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self._box.addWidget(label)
        self._box.addStretch(1)
        self.dress()

    def show_scene(self, shown: Shown) -> None:
        """Show what belongs to a scene."""
        words = self._words
        self.said.setText(in_formula_letters(shown.notes or words("no_notes"), words.language))
        after = shown.next_text
        self.after.setText(words("next_scene", text=after) if after else words("last_scene"))

    def changeEvent(self, event: QEvent) -> None:
        """Take on another theme with the window."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.dress()

    def dress(self) -> None:
        """Take on colours and sizes."""
        theme = self._theme()
        if theme == self._worn:
            return
        self._worn = theme
        self._box.setSpacing(theme.scale.space(GAP))
        for label, colour in ((self.said, theme.text), (self.after, theme.dim)):
            label.setFont(theme.scale.font(self.font(), Step.BODY))
            label.setStyleSheet(f"color: {colour}; background: transparent;")
        self.setStyleSheet("#lesson_notes { background: transparent; }")


class NotesFold(QWidget):
    """Notes that are folded away until they are wanted, for whoever teaches with one screen."""

    def __init__(self, words: Words, theme: Callable[[], Theme]) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self.notes = Notes(words, theme)
        self.button = named(QPushButton(), "lesson_notes_fold")
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.toggled.connect(self._fold)
        self._area = scrolled(self.notes)
        self._area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.button)
        self._box.addWidget(self._area)
        self._fold(False)

    def speak(self) -> None:
        """Say what the button does, in the language of now."""
        self._fold(self.button.isChecked())

    def _fold(self, out: bool) -> None:
        self.button.setToolTip(self._words("notes_tip"))
        self.button.setText(f"{self._words('notes')} {'▾' if out else '▸'}")
        self.button.setAccessibleName(self._words("notes"))
        self._area.setVisible(out)

    def show_scene(self, shown: Shown) -> None:
        """Show what belongs to a scene, where there is anything."""
        self.setVisible(not shown.finished and bool(shown.notes or shown.next_text))
        self.notes.show_scene(shown)

    def dress(self) -> None:
        """Take on colours and sizes."""
        self.notes.dress()
        space = self._theme().scale.space
        self._box.setSpacing(space(GAP))
        self._area.setMaximumHeight(space(MOST))
