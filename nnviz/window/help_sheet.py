"""The help sheet: every command with its keys and what it does, and every symbol, from tables."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nnviz import __version__
from nnviz.engine.notation import symbols
from nnviz.window.commands import Command

MOST_OF_PARENT = 0.88
"""The largest share of the window's height that the sheet takes; beyond, it scrolls."""


class HelpSheet(QDialog):
    """Lists keys; closes on Escape."""

    def __init__(self, commands: Mapping[str, Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys and help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listing = QWidget()
        grid = QGridLayout(listing)
        grid.setContentsMargins(0, 0, 14, 0)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(7)
        for row, command in enumerate(commands.values()):
            keys = QKeySequence.listToString(
                [QKeySequence(keys) for keys in command.shortcuts[:1]],
                QKeySequence.SequenceFormat.NativeText,
            )
            name = QLabel(command.name or command.text)
            tip = QLabel(command.tip)
            tip.setObjectName("Dim")
            grid.addWidget(name, row, 0)
            grid.addWidget(QLabel(keys), row, 1)
            grid.addWidget(tip, row, 2)
        for row, (_, example, meaning) in enumerate(symbols(), len(commands)):
            means = QLabel(meaning)
            means.setObjectName("Dim")
            grid.addWidget(QLabel("Symbol" if row == len(commands) else ""), row, 0)
            grid.addWidget(QLabel(example), row, 1)
            grid.addWidget(means, row, 2)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(listing)
        scroll.setMinimumWidth(listing.sizeHint().width() + 12)
        about = QLabel(f"nnviz {__version__} · watch a neural network learn")
        about.setObjectName("Dim")
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(18)
        box.addWidget(scroll)
        box.addWidget(about)
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        wanted = listing.sizeHint().height() + 140
        room = round(MOST_OF_PARENT * parent.height()) if parent is not None else wanted
        self.resize(self.sizeHint().width(), min(wanted, room))
