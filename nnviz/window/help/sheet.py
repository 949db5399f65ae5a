"""The help sheet: what there is to do with its keys, by task, and a line that finds it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nnviz import __version__
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.views.view import ViewSpec
from nnviz.window.commands import Command
from nnviz.window.help.contents import Row, Section, contents, found

WIDEST, MOST_OF_PARENT = 0.96, 0.88
"""The largest shares of the window's width and height that it takes; then it breaks lines, and
scrolls."""
SEARCH, SEARCH_TIP = "Search: step, weight, colour, Ctrl+Z …", "Show only what holds these words."
NOTHING = "Nothing here says that. Fewer letters find more; Ctrl+K finds what can be done."


class HelpSheet(QDialog):
    """Lists what can be done and its keys; closes on Escape."""

    def __init__(
        self,
        commands: Mapping[str, Command],
        specs: Sequence[ViewSpec],
        scale: TypeScale,
        parent: QWidget | None = None,
    ) -> None:
        """Build it of commands, of the gestures in views, and of the symbols."""
        super().__init__(parent)
        space = scale.space
        self.setWindowTitle("Keys and help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = named(QLineEdit(), "help_search", tip=SEARCH_TIP, said="search the help")
        self.search.setPlaceholderText(SEARCH)
        self.search.textChanged.connect(self._find)
        most = None if parent is None else round(WIDEST * parent.width()) - 2 * space(24)
        self._listing = Listing(contents(commands, specs), scale, most)
        self._nothing = named(QLabel(NOTHING, wordWrap=True), "Dim")
        self._nothing.hide()
        self._scroll = scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._listing)
        scroll.setMinimumWidth(self._listing.wide)
        about = QLabel(f"nnviz {__version__} · watch a neural network learn")
        about.setObjectName("Dim")
        close = named(QPushButton("Close"), tip="Close the help  [Esc]")
        close.setAutoDefault(False)  # Enter is the search line's
        close.clicked.connect(self.accept)
        box = QVBoxLayout(self)
        box.setContentsMargins(space(24), space(20), space(24), space(20))
        box.setSpacing(space(14))
        for part in (self.search, scroll, self._nothing):
            box.addWidget(part, part is scroll)
        foot = QHBoxLayout()
        foot.addWidget(about, 1)
        foot.addWidget(close)
        box.addLayout(foot)
        wanted = self._listing.sizeHint().height() + space(140)
        room = round(MOST_OF_PARENT * parent.height()) if parent is not None else wanted
        self.resize(self._listing.wide + 2 * space(24), min(wanted, room))
        self.search.setFocus()

    def _find(self, typed: str) -> None:
        some = self._listing.show_only(typed)
        self._scroll.setVisible(some)
        self._nothing.setVisible(not some)
        self._scroll.verticalScrollBar().setValue(0)


class Listing(QWidget):
    """Sections one below the other, their rows in columns.

    Attributes:
        wide: the width it takes.
    """

    def __init__(self, sections: Sequence[Section], scale: TypeScale, most: int | None) -> None:
        """Build the labels; where they need more than the most, lines are broken."""
        super().__init__()
        self._sections = sections
        space = scale.space
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, space(14), 0)
        grid.setHorizontalSpacing(space(28))
        grid.setVerticalSpacing(space(7))
        font = scale.font(self.font(), Step.BODY)
        self._rows = [[_labels(row, font) for row in one.rows] for one in sections]
        all_rows = [labels for rows in self._rows for labels in rows]
        widths = [
            max(one.sizeHint().width() for one in each) for each in zip(*all_rows, strict=True)
        ]
        needed = sum(widths) + 2 * space(28) + space(14) + space(12)
        self.wide = needed if most is None else min(needed, most)
        below = needed - widths[2] > self.wide / 2  # else each would have a few words in a line
        self._headings = [QLabel(one.title) for one in sections]
        heading_font = scale.font(self.font(), Step.HEADING)
        line = 0
        for heading, rows in zip(self._headings, self._rows, strict=True):
            heading.setFont(heading_font)
            heading.setContentsMargins(0, space(10) if line else 0, 0, space(2))
            grid.addWidget(heading, line, 0, 1, 3)
            line += 1
            for name, keys, tip in rows:
                name.setWordWrap(below)
                tip.setObjectName("Dim")
                tip.setWordWrap(needed > self.wide)
                grid.addWidget(name, line, 0)
                grid.addWidget(keys, line, 1)
                place = (line + 1, 0, 1, 3) if below else (line, 2, 1, 1)
                grid.addWidget(tip, *place)
                line += 2
        grid.setColumnStretch(2, int(needed > self.wide))
        grid.setRowStretch(line, 1)

    def show_only(self, typed: str) -> bool:
        """Show the rows that hold what is typed, all for nothing; tell whether there is one."""
        some = False
        for section, heading, rows in zip(self._sections, self._headings, self._rows, strict=True):
            shown = found(section, typed)
            heading.setVisible(any(shown))
            some |= any(shown)
            for labels, here in zip(rows, shown, strict=True):
                for label in labels:
                    label.setVisible(here)
        return some


def _labels(row: Row, font: QFont) -> tuple[QLabel, QLabel, QLabel]:
    name, keys, tip = QLabel(row.name), QLabel(row.keys), QLabel(row.tip)
    for label in (name, keys, tip):
        label.setFont(font)  # they are measured before they stand in the dialog
    return name, keys, tip
