"""A dialog of rows: a grid that is scrolled, and buttons below; it is open beside the window."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nnviz.views.palette import Theme


class RowsDialog(QDialog):
    """Rows for whoever derives from it to fill, between what is put above and the buttons."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setModal(False)
        self._rows = QWidget()
        self._grid = QGridLayout(self._rows)
        self._grid.setColumnStretch(0, 1)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._box = QVBoxLayout(self)

    def _lay_out(
        self,
        parts: Sequence[QWidget],
        other: QPushButton,
        wanted: SignalInstance,
        close: QPushButton,
    ) -> None:
        """Stack parts, the scrolled rows among them, and below a button for what else is wanted."""
        self._scroll.setWidget(self._rows)  # not sooner: lists would be too narrow for their words
        for part in parts:
            self._box.addWidget(part, int(part is self._scroll))
        other.clicked.connect(wanted)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(other)
        buttons.addStretch(1)
        buttons.addWidget(close)
        self._box.addLayout(buttons)

    def _space(self, theme: Theme, right: int, across: int, down: int) -> None:
        """Follow the scale: the room right of the rows, and between them, in pixels at 1."""
        space = theme.scale.space
        self._box.setContentsMargins(space(20), space(18), space(20), space(16))
        self._box.setSpacing(space(12))
        self._grid.setContentsMargins(0, 0, space(right), 0)
        self._grid.setHorizontalSpacing(space(across))
        self._grid.setVerticalSpacing(space(down))
