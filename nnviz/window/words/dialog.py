"""The dialog in which signs and words are chosen: one row a concept, and choices made at once."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nnviz.views.palette import Theme
from nnviz.views.shared.front import within
from nnviz.views.shared.named import named
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


class WordsDialog(QDialog):
    """Shows what everything is called, and lets it be called otherwise, at once.

    Signals:
        chosen(Choice): call everything so.
        glossary_wanted(): explain the words.
    """

    chosen = Signal(object)
    glossary_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("words")
        self.setWindowTitle(TITLE)
        self.setModal(False)
        self.boxes: dict[str, QComboBox] = {}
        self.sentence = verbatim(named(QLabel(wordWrap=True), "Dim"))
        tip = "Take the words and signs of one book, all at once."
        self.presets = verbatim(named(QComboBox(), "presets", tip=tip, said="Choices made at once"))
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setColumnStretch(0, 1)
        for column, head in enumerate(("", "sign", "word")):
            self._grid.addWidget(named(QLabel(head), "Dim"), 0, column)
        for row, concept in enumerate(offered(), 1):
            self._add(row, concept)
        for name in (*presets(), OWN_CHOICE):
            self.presets.addItem(name)
        self.presets.activated.connect(self._preset_chosen)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._rows)
        glossary = named(QPushButton("Glossary…"), tip="What every one of these words means.")
        glossary.clicked.connect(self.glossary_wanted)
        close = named(QPushButton("Close", default=True), tip="All changes hold already  [Esc]")
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(glossary)
        buttons.addStretch(1)
        buttons.addWidget(close)
        self._box = QVBoxLayout(self)
        self._box.addWidget(self.presets)
        self._box.addWidget(self._scroll, 1)
        self._box.addWidget(self.sentence)
        self._box.addLayout(buttons)
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
        self._box.setContentsMargins(space(20), space(18), space(20), space(16))
        self._box.setSpacing(space(12))
        self._grid.setContentsMargins(0, 0, space(12), 0)
        self._grid.setHorizontalSpacing(space(12))
        self._grid.setVerticalSpacing(space(6))
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
