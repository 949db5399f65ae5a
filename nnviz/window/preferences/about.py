"""About: the versions and licences of nnviz and of what it is made of."""

import platform
import re
from collections.abc import Iterator
from importlib import metadata

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
from nnviz.dataclass import dataclass
from nnviz.views.shared.type_scale import TypeScale

PACKAGE = "nnviz"
"""Whose dependencies are listed."""
OWN_LICENCE = "MIT"
FONT = "nnviz-math, a part of STIX Two Math"
"""The letters of formulas, which come with nnviz; resources/fonts says more."""
UNTOLD = "see the package"
LONGEST = 60
"""Letters of a licence's name: some packages write its whole text there."""
COPY, CLOSE = "Copy", "Close"
COPY_TIP = "Copy the list, for a report to the authors"


@dataclass(frozen=True, slots=True)
class Part:
    """A part that nnviz is made of: its name, version and licence."""

    name: str
    version: str
    licence: str


def parts() -> tuple[Part, ...]:
    """Return nnviz, Python, Qt, and every package that nnviz needs and that is installed."""
    return (
        Part(PACKAGE, __version__, OWN_LICENCE),
        Part("Python", platform.python_version(), "PSF-2.0"),
        Part("Qt", qVersion(), "LGPL-3.0-only"),
        *_packages(),
        Part(FONT, "", "OFL-1.1"),
    )


def _packages() -> Iterator[Part]:
    try:
        needed = metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:  # run from a folder, not installed
        return
    names = {
        match[0]: None
        for line in needed
        if "extra ==" not in line and (match := re.match(r"[A-Za-z0-9._-]+", line))
    }
    for name in names:
        try:
            told = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        yield Part(told["Name"], told["Version"], licence_of(told))


def licence_of(told: metadata.PackageMetadata) -> str:
    """Return the name of the licence as a package tells it, in one of three ways."""
    classifiers = told.get_all("Classifier") or []
    named = [one.rsplit("::", 1)[1].strip() for one in classifiers if one.startswith("License ::")]
    texts = (*(told.get_all("License-Expression") or []), *(told.get_all("License") or []))
    candidates = (*texts, ", ".join(named))
    fitting = (one.strip() for one in candidates if one and len(one.strip()) <= LONGEST)
    return next((one for one in fitting if one and "\n" not in one), UNTOLD)


class AboutPage(QDialog):
    """Lists versions and licences; closes on Escape."""

    def __init__(self, scale: TypeScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = scale.space
        self.setWindowTitle("About nnviz")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._parts = parts()
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
        wanted = listing.sizeHint().height() + space(140)
        self.resize(space(560), min(wanted, _room(parent)))

    def copy(self) -> None:
        """Copy the list as text."""
        lines = (f"{part.name} {part.version} ({part.licence})" for part in self._parts)
        QGuiApplication.clipboard().setText("\n".join(lines))


def _room(parent: QWidget | None) -> int:
    """Return the height that a dialog may take."""
    around = QGuiApplication.primaryScreen().availableGeometry() if parent is None else parent
    return round(0.9 * around.height())
