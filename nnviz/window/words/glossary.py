"""The glossary: every concept with its sign and word, what other books call it, and what it is."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QWidget,
)

from nnviz.views.palette import Theme
from nnviz.views.shared.front import within
from nnviz.views.shared.named import named
from nnviz.window.words.rows_dialog import RowsDialog
from nnviz.window.words.texts import verbatim
from nnviz.wording import Choice, Concept, concepts
from nnviz.wording.concepts import KINDS

TITLE = "Glossary"
WIDTH, HEIGHT = 620, 700
"""Width of its rows, and its height at most, at a factor of 1."""


def explained() -> Iterable[Concept]:
    """Return the concepts that have an explanation."""
    return [concept for concept in concepts().values() if concept.meaning]


def pair(concept: Concept, choice: Choice) -> str:
    """Return what a concept is called: its word and its sign."""
    word = choice.words.get(concept.id, concept.name)
    sign = _written(choice.signs.get(concept.id, ""))
    return f"{word[:1].upper()}{word[1:]}  {sign}".rstrip()


def others(concept: Concept, choice: Choice) -> str:
    """Return what other books call it."""
    rest = [
        _written(term)
        for kind in KINDS
        for term in concept.terms(kind)
        if term != (choice.signs if kind == "sign" else choice.words).get(concept.id)
    ]
    return f"other books: {', '.join(rest)}" if rest else ""


class Glossary(RowsDialog):
    """Explains the words; it stays open beside the window, which shows where each stands.

    Signals:
        show_wanted(str): show where a concept stands on the screen, by its id.
        words_wanted(): let other words be chosen.
    """

    show_wanted = Signal(str)
    words_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("glossary", TITLE, parent)
        self.pairs: dict[str, QLabel] = {}
        self.others: dict[str, QLabel] = {}
        self.buttons: dict[str, QPushButton] = {}
        self._meanings: list[QLabel] = []
        for number, concept in enumerate(explained()):
            self._add(4 * number, concept)
        tip = "Choose the signs and words of another book."
        words = named(QPushButton("Words of other books…"), tip=tip)
        close = named(QPushButton("Close"), tip="Close the glossary  [Esc]")
        self._lay_out((self._scroll,), words, self.words_wanted, close)
        self.set_theme(theme)

    def _add(self, row: int, concept: Concept) -> None:
        self.pairs[concept.id] = verbatim(named(QLabel(wordWrap=True), "Term"))
        self.others[concept.id] = verbatim(named(QLabel(wordWrap=True), "Dim"))
        button = self.buttons[concept.id] = QPushButton("Show me")
        button.setToolTip("Open the panel where it stands, and mark it there.")
        button.setAutoDefault(False)
        button.clicked.connect(partial(self.show_wanted.emit, concept.id))
        meaning = QLabel(concept.meaning, wordWrap=True)
        self._meanings.append(meaning)
        self._grid.addWidget(self.pairs[concept.id], row, 0)
        self._grid.addWidget(button, row, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.others[concept.id], row + 1, 0)
        self._grid.addWidget(meaning, row + 2, 0, 1, 2)

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        space = theme.scale.space
        self._space(theme, 14, 16, 2)
        for number in range(len(self._meanings)):
            self._grid.setRowMinimumHeight(4 * number + 3, space(12))  # what parts it from the next
        size = within(self.parentWidget(), space(WIDTH) + 2 * space(20), space(HEIGHT))
        self._scroll.setMinimumWidth(size.width() - 2 * space(20))
        self.resize(size)

    def show_choice(self, choice: Choice) -> None:
        """Show what everything is called."""
        for concept in explained():
            self.pairs[concept.id].setText(pair(concept, choice))
            self.others[concept.id].setText(others(concept, choice))
            self.buttons[concept.id].setAccessibleName(f"Show me: {pair(concept, choice)}")


def _written(sign: str) -> str:
    return sign.replace("^L", "ᴸ")
