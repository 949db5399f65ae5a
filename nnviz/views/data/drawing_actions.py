"""What can be done with own drawings: remove, take that back, say what they are, export."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QPushButton, QWidget

from nnviz.data.drawings import Drawing
from nnviz.numbers import integer
from nnviz.views.palette import DARK, Theme

UNDOABLE = 50
"""Most changes that can be taken back."""


class DrawingsDesk(QWidget):
    """A row of buttons about the drawings that are picked.

    Attributes:
        theme: its colours.

    Signals:
        removal_requested(object): delete these drawings.
        return_requested(object): keep these drawings, those that are there are replaced.
        export_requested(str, Path, object): write these as "idx" or "png" to a folder.
    """

    removal_requested = Signal(object)
    return_requested = Signal(object)
    export_requested = Signal(str, object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = DARK
        self._picked: tuple[Drawing, ...] = ()
        self._all: tuple[Drawing, ...] = ()
        self._done: list[tuple[Drawing, ...]] = []
        self.remove = self._button("remove", "Delete what is picked  [Del]")
        self.remove.clicked.connect(self.remove_picked)
        self.undo = self._button("undo", "Take the last change to the drawings back")
        self.undo.clicked.connect(self.take_back)
        self.relabel = self._button("it is a…", "Say which digit they are")
        digits = QMenu(self)
        for digit in range(10):
            digits.addAction(str(digit)).triggered.connect(
                lambda _=False, digit=digit: self.call_it(digit)
            )
        self.relabel.setMenu(digits)
        self.export = self._button("export…", "Write what is picked, or all, for other programs")
        kinds = QMenu(self)
        for kind, text in (("idx", "MNIST’s files (IDX)…"), ("png", "pictures by digit (PNG)…")):
            kinds.addAction(text).triggered.connect(lambda _=False, kind=kind: self._ask(kind))
        self.export.setMenu(kinds)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(5)
        for button in self._buttons:
            box.addWidget(button)
        box.addStretch(1)
        self.show_drawings((), ())

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    @property
    def _buttons(self) -> tuple[QPushButton, ...]:
        return self.remove, self.relabel, self.undo, self.export

    def show_drawings(self, every: Sequence[Drawing], picked: Sequence[Drawing]) -> None:
        """Take note of which drawings there are, and which of them are picked."""
        self._all, self._picked = tuple(every), tuple(picked)
        count = len(self._picked)
        self.remove.setText(f"remove {integer(count)}" if count > 1 else "remove")
        self.remove.setEnabled(count > 0)
        self.relabel.setEnabled(count > 0)
        self.undo.setEnabled(bool(self._done))
        self.export.setEnabled(bool(self._all))

    def remove_picked(self) -> None:
        """Ask for what is picked to be deleted; it can be taken back."""
        if self._picked:
            self._note()
            self.removal_requested.emit(self._picked)

    def call_it(self, digit: int) -> None:
        """Ask for what is picked to be kept as another digit."""
        if self._picked:
            self._note()
            changed = tuple(replace(drawing, label=digit) for drawing in self._picked)
            self.return_requested.emit(changed)

    def take_back(self) -> None:
        """Ask for the drawings of the last change to be as they were."""
        if self._done:
            self.return_requested.emit(self._done.pop())
            self.undo.setEnabled(bool(self._done))

    def _note(self) -> None:
        self._done = [*self._done, self._picked][-UNDOABLE:]

    def _ask(self, kind: str) -> None:
        """Ask for the folder to export to."""
        drawings = self._picked or self._all
        dialog = QFileDialog(self.window(), f"A folder for {integer(len(drawings))} drawings")
        dialog.setObjectName("export_drawings")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(
            lambda folder: self.export_requested.emit(kind, Path(folder), drawings)
        )
        dialog.open()

    def dress(self, theme: Theme, font: QFont, style: str) -> None:
        """Take on colours and letters."""
        self.theme = theme
        for button in self._buttons:
            button.setFont(font)
            button.setStyleSheet(style)
