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
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.commands import Command

WIDEST, MOST_OF_PARENT = 0.96, 0.88
"""The largest shares of the window's width and height that it takes; then it breaks lines, and
scrolls."""


class HelpSheet(QDialog):
    """Lists keys; closes on Escape."""

    def __init__(
        self, commands: Mapping[str, Command], scale: TypeScale, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        space = scale.space
        self.setWindowTitle("Keys and help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listing = QWidget()
        grid = QGridLayout(listing)
        grid.setContentsMargins(0, 0, space(14), 0)
        grid.setHorizontalSpacing(space(28))
        grid.setVerticalSpacing(space(7))
        rows = []
        for command in commands.values():
            keys = QKeySequence.listToString(
                [QKeySequence(keys) for keys in command.shortcuts[:1]],
                QKeySequence.SequenceFormat.NativeText,
            )
            rows.append((command.name or command.text, keys, command.tip))
        for _, example, meaning in symbols():
            rows.append(("" if len(rows) > len(commands) else "Symbol", example, meaning))
        labels = [tuple(map(QLabel, row)) for row in rows]
        widths = [max(one.sizeHint().width() for one in each) for each in zip(*labels, strict=True)]
        wide = sum(widths) + 2 * space(28) + space(14) + space(12)
        most = wide if parent is None else round(WIDEST * parent.width()) - 2 * space(24)
        below = wide - widths[2] > most / 2  # else each would have a few words in a line
        for row, (name, key, tip) in enumerate(labels):
            tip.setObjectName("Dim")
            tip.setWordWrap(wide > most)
            grid.addWidget(name, 2 * row, 0)
            grid.addWidget(key, 2 * row, 1)
            if below:
                grid.addWidget(tip, 2 * row + 1, 0, 1, 3)
            else:
                grid.addWidget(tip, 2 * row, 2)
        grid.setColumnStretch(2, int(wide > most))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(listing)
        scroll.setMinimumWidth(min(wide, most))
        about = QLabel(f"nnviz {__version__} · watch a neural network learn")
        about.setObjectName("Dim")
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(space(24), space(20), space(24), space(20))
        box.setSpacing(space(18))
        box.addWidget(scroll)
        box.addWidget(about)
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        wanted = listing.sizeHint().height() + space(140)
        room = round(MOST_OF_PARENT * parent.height()) if parent is not None else wanted
        self.resize(min(wide, most) + 2 * space(24), min(wanted, room))
