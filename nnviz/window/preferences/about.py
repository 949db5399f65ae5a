"""About: the versions and licences of nnviz and of what it is made of."""

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nnviz import __version__
from nnviz.files.versions import parts
from nnviz.views.shared.front import within
from nnviz.views.shared.type_scale import TypeScale

COPY, CLOSE = "Copy", "Close"
COPY_TIP = "Copy the list, for a report to the authors"


class AboutPage(QDialog):
    """Lists versions and licences; closes on Escape."""

    def __init__(self, scale: TypeScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = scale.space
        self.setWindowTitle("About nnviz")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._parts = parts(qVersion())
        head = QLabel(f"nnviz {__version__} · watch a neural network learn")
        head.setWordWrap(True)
        listing = QWidget()
        grid = QGridLayout(listing)
        grid.setContentsMargins(0, 0, space(14), 0)
        grid.setHorizontalSpacing(space(20))
        grid.setVerticalSpacing(space(5))
        for row, part in enumerate(self._parts):
            for column, said in enumerate((part.name, part.version, part.licence)):
                label = QLabel(said)
                label.setWordWrap(column != 1)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                if column:
                    label.setObjectName("Dim")
                grid.addWidget(label, row, column)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        scroll = QScrollArea()
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(listing)
        copy, close = QPushButton(COPY), QPushButton(CLOSE)
        copy.setToolTip(COPY_TIP)
        copy.clicked.connect(self.copy)
        close.setToolTip("Close this list  [Esc]")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(space(24), space(20), space(24), space(20))
        box.setSpacing(space(14))
        box.addWidget(head)
        box.addWidget(scroll, 1)
        box.addLayout(buttons)
        self.resize(within(parent, space(560), listing.sizeHint().height() + space(140)))

    def copy(self) -> None:
        """Copy the list as text."""
        lines = (f"{part.name} {part.version} ({part.licence})" for part in self._parts)
        QGuiApplication.clipboard().setText("\n".join(lines))
