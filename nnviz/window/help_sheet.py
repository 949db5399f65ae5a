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
        tips = []
        for row, command in enumerate(commands.values()):
            keys = QKeySequence.listToString(
                [QKeySequence(keys) for keys in command.shortcuts[:1]],
                QKeySequence.SequenceFormat.NativeText,
            )
            name = QLabel(command.name or command.text)
            tip = QLabel(command.tip)
            tip.setObjectName("Dim")
            tips.append(tip)
            grid.addWidget(name, row, 0)
            grid.addWidget(QLabel(keys), row, 1)
            grid.addWidget(tip, row, 2)
        for row, (_, example, meaning) in enumerate(symbols(), len(commands)):
            means = QLabel(meaning)
            means.setObjectName("Dim")
            tips.append(means)
            grid.addWidget(QLabel("Symbol" if row == len(commands) else ""), row, 0)
            grid.addWidget(QLabel(example), row, 1)
            grid.addWidget(means, row, 2)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(listing)
        wide = listing.sizeHint().width() + space(12)
        most = wide if parent is None else round(WIDEST * parent.width()) - 2 * space(24)
        if wide > most:
            grid.setColumnStretch(2, 1)
            for tip in tips:
                tip.setWordWrap(True)
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
