"""The dialog in which signs and words are chosen: one row a concept, and choices made at once."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QPushButton,
    QWidget,
)

from nnviz.views.palette import Theme
from nnviz.views.shared.front import within
from nnviz.views.shared.named import named
from nnviz.window.words.rows_dialog import RowsDialog
from nnviz.window.words.texts import verbatim
from nnviz.wording import Choice, ClashError, Concept, concepts, preset, presets
from nnviz.wording.concepts import KINDS

TITLE = "Words of other books"
SAID = "Everything on screen is said in the signs and words chosen here; files stay as they are."
OWN_CHOICE = "a choice of your own"


def offered() -> Iterator[Concept]:
    """Yield the concepts of which there is something to choose."""
    for concept in concepts().values():
        if concept.meaning and any(len(concept.terms(kind)) > 1 for kind in KINDS):
            yield concept


class WordsDialog(RowsDialog):
    """Shows what everything is called, and lets it be called otherwise, at once.

    Signals:
        chosen(Choice): call everything so.
        glossary_wanted(): explain the words.
    """

    chosen = Signal(object)
    glossary_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__("words", TITLE, parent)
        self.boxes: dict[str, QComboBox] = {}
        self.sentence = verbatim(named(QLabel(wordWrap=True), "Dim"))
        tip = "Take the words and signs of one book, all at once."
        self.presets = verbatim(named(QComboBox(), "presets", tip=tip, said="Choices made at once"))
        for column, head in enumerate(("", "sign", "word")):
            self._grid.addWidget(named(QLabel(head), "Dim"), 0, column)
        for row, concept in enumerate(offered(), 1):
            self._add(row, concept)
        for name in (*presets(), OWN_CHOICE):
            self.presets.addItem(name)
        self.presets.activated.connect(self._preset_chosen)
        glossary = named(QPushButton("Glossary…"), tip="What every one of these words means.")
        close = named(QPushButton("Close", default=True), tip="All changes hold already  [Esc]")
        parts = self.presets, self._scroll, self.sentence
        self._lay_out(parts, glossary, self.glossary_wanted, close)
        self.set_theme(theme)

    def _add(self, row: int, concept: Concept) -> None:
        label = verbatim(QLabel())
        label.setText(concept.name)
        label.setToolTip(concept.meaning)
        self._grid.addWidget(label, row, 0)
        for column, kind in enumerate(KINDS, 1):
            terms = concept.terms(kind)
            if len(terms) < 2:
                continue
            box = verbatim(QComboBox())
            box.setAccessibleName(f"{concept.name}, {kind}")
            box.setToolTip(concept.meaning)
            for term in terms:
                box.addItem(term.replace("^L", "ᴸ"), term)
            box.activated.connect(partial(self._changed, f"{concept.id}.{kind}"))
            self.boxes[f"{concept.id}.{kind}"] = box
            self._grid.addWidget(box, row, column)

    def set_theme(self, theme: Theme) -> None:
        """Follow the scale."""
        space = theme.scale.space
        self._space(theme, 12, 12, 6)
        self._scroll.setMinimumWidth(self._rows.sizeHint().width() + space(12))
        wanted = self._rows.sizeHint().height() + space(170)
        self.resize(within(self.parentWidget(), self.sizeHint().width(), wanted))

    def show_choice(self, choice: Choice) -> None:
        """Show what is chosen."""
        for key, box in self.boxes.items():
            box.setCurrentIndex(max(box.findData(choice.wished.get(key)), 0))
        names = (number for number, name in enumerate(presets()) if preset(name) == choice)
        self.presets.setCurrentIndex(next(names, len(presets())))
        self.sentence.setText("\n".join(choice.yielded) or SAID)

    def wished(self) -> dict[str, str]:
        """Return the terms that the rows say."""
        return {key: str(box.currentData()) for key, box in self.boxes.items()}

    def _changed(self, key: str, _number: int) -> None:
        try:
            self._choose(Choice.of(self.wished()))
        except ClashError as clash:
            self.sentence.setText(str(clash))
            self.boxes[key].setFocus()

    def _preset_chosen(self, number: int) -> None:
        if number < len(presets()):
            self._choose(preset(presets()[number]))

    def _choose(self, choice: Choice) -> None:
        self.chosen.emit(choice)
        self.show_choice(choice)
