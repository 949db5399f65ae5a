"""What can be done with own drawings: remove, take that back, say what they are, export."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from nnviz.data.drawings import Drawing
from nnviz.messages.data_commands import ExportDrawings, PutDrawings, RemoveDrawings
from nnviz.views.data import text
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.buttons import fit_buttons, panel_button
from nnviz.views.shared.file_dialog import ask_path

UNDOABLE = 50
"""Most changes that can be taken back."""


class DrawingsDesk(QWidget):
    """A row of buttons about the drawings that are picked.

    Signals:
        wanted(object): a command, to remove, put back or export drawings.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK
        self._picked: tuple[Drawing, ...] = ()
        self._all: tuple[Drawing, ...] = ()
        self._done: list[tuple[Drawing, ...]] = []
        self.remove = panel_button("", text.REMOVE_TIP)
        self.remove.clicked.connect(self.remove_picked)
        self.undo = panel_button("", text.UNDO_TIP)
        self.undo.clicked.connect(self.take_back)
        self.relabel = panel_button("", text.RELABEL_TIP)
        digits = QMenu(self)
        for digit in range(10):
            digits.addAction(str(digit)).triggered.connect(
                lambda _=False, digit=digit: self.call_it(digit)
            )
        self.relabel.setMenu(digits)
        self.export = panel_button("", text.EXPORT_TIP)
        kinds = QMenu(self)
        for kind, name in text.EXPORTS:
            kinds.addAction(name).triggered.connect(lambda _=False, kind=kind: self._ask(kind))
        self.export.setMenu(kinds)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button in self._buttons:
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._room = 10_000
        self.show_drawings((), ())

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.remove, self.relabel, self.undo, self.export

    def show_drawings(self, every: Sequence[Drawing], picked: Sequence[Drawing]) -> None:
        """Take note of which drawings there are, and which of them are picked."""
        self._all, self._picked = tuple(every), tuple(picked)
        self.remove.setEnabled(bool(self._picked))
        self.relabel.setEnabled(bool(self._picked))
        self.undo.setEnabled(bool(self._done))
        self.export.setEnabled(bool(self._all))
        self._label()

    def _label(self) -> None:
        gap = self.theme.scale.space(5)
        fit_buttons(self._buttons, text.action_wordings(len(self._picked)), self._room, gap)

    def remove_picked(self) -> None:
        """Ask for what is picked to be deleted; it can be taken back."""
        if self._picked:
            self._note()
            self.wanted.emit(RemoveDrawings(self._picked))

    def call_it(self, digit: int) -> None:
        """Ask for what is picked to be kept as another digit."""
        if self._picked:
            self._note()
            changed = tuple(replace(drawing, label=digit) for drawing in self._picked)
            self.wanted.emit(PutDrawings(changed))

    def take_back(self) -> None:
        """Ask for the drawings of the last change to be as they were."""
        if self._done:
            self.wanted.emit(PutDrawings(self._done.pop()))
            self.undo.setEnabled(bool(self._done))

    def _note(self) -> None:
        self._done = [*self._done, self._picked][-UNDOABLE:]

    def _ask(self, kind: str) -> None:
        """Ask for the folder to export to."""
        drawings = self._picked or self._all
        ask_path(
            self.window(),
            "export_drawings",
            text.folder_title(len(drawings)),
            lambda folder: self.wanted.emit(ExportDrawings(kind, folder, drawings)),
        )

    def dress(self, theme: Theme, font: QFont, style: str, room: int) -> None:
        """Take on colours and letters, in a room so wide."""
        self.theme, self._room = theme, room
        self._row.setSpacing(theme.scale.space(5))
        for button in self._buttons:
            button.setFont(font)
            button.setStyleSheet(style)
        self._label()
