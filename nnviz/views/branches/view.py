"""The branches: every run that was left behind, to compare with, go back to or forget.

Going back and changing something leaves the old line as a ghost. Here all of
them are listed; the selected one is compared with the one on screen.
"""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nnviz.engine.run.snapshot import BranchLook, Snapshot
from nnviz.messages.commands import DropBranch, NameBranch, TakeBranch
from nnviz.messages.ports import Ports
from nnviz.views.branches.compare import Comparison
from nnviz.views.branches.rows import NUMBER, Rows, origin_of, whole_of
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.styles import thin_scroll_bar
from nnviz.views.view import View, ViewSpec

EMPTY = "Go back, change something, and the run that you leave stays here to compare with."


class BranchesView(View):
    """The list of branches, and one of them beside the one on screen.

    Signals:
        branch_taken(int): go back to the branch of this number.
        branch_renamed(int, str): call it so.
        branch_dropped(int): forget it.
    """

    branch_taken = Signal(int)
    branch_renamed = Signal(int, str)
    branch_dropped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(200, 110)
        self._theme = DARK
        self._run = -1
        self._looks: dict[int, BranchLook] = {}
        self.empty = QLabel(EMPTY)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.rows = Rows()
        self.rows.setAccessibleName("Branches")
        self.rows.setMinimumHeight(40)
        self.rows.taken.connect(self._take)
        self.rows.itemChanged.connect(self._renamed)
        self.rows.currentItemChanged.connect(self._select)
        self.comparison = Comparison()
        self.take_button = self._button("go back to it", "Train this branch on  [Enter]")
        self.take_button.clicked.connect(lambda: self._take(self.selected))
        self.rename_button = self._button("rename", "Give it another name  [F2]")
        self.rename_button.clicked.connect(self._edit)
        self.drop_button = self._button("forget", "Forget this branch for good")
        self.drop_button.clicked.connect(lambda: self.branch_dropped.emit(self.selected))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(6, 0, 6, 0)
        buttons.setSpacing(6)
        for button in (self.take_button, self.rename_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.drop_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 2)
        box.setSpacing(4)
        box.addWidget(self.empty, 1)
        box.addWidget(self.rows, 1)
        box.addWidget(self.comparison)
        box.addLayout(buttons)
        self.set_theme(DARK)
        self._arrange()

    def join(self, ports: Ports) -> None:
        """Have branches taken, named and dropped."""
        super().join(ports)
        self.branch_taken.connect(lambda number: ports.send(TakeBranch(number)))
        self.branch_renamed.connect(lambda number, name: ports.send(NameBranch(number, name)))
        self.branch_dropped.connect(lambda number: ports.send(DropBranch(number)))

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def sizeHint(self) -> QSize:
        """Ask for a panel's usual room."""
        return QSize(240, 260)

    @property
    def selected(self) -> int:
        """Number of the selected branch; −1 for none."""
        item = self.rows.currentItem()
        return -1 if item is None else int(item.data(NUMBER))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the branches of this moment."""
        looks = {look.number: look for look in snapshot.branches}
        targets = snapshot.description.targets
        same = looks == self._looks and (self._run, self.rows.targets) == (snapshot.run, targets)
        if same or (self.rows.editing and looks.keys() == self._looks.keys()):
            return
        before = self._looks if self._run == snapshot.run else {}
        self._run, self._looks = snapshot.run, looks
        self.rows.looks, self.rows.targets = looks, targets
        if list(before) != list(looks):
            self._list()
        # The one that was left just now is the one to compare with.
        left = [n for n, look in before.items() if look.current and n in looks]
        self._choose(next((n for n in left if not looks[n].current), self.selected))
        self._tell()
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = self.rows.theme = theme
        self.empty.setStyleSheet(f"color: {theme.dim}; background: transparent;")
        self.rows.setStyleSheet(thin_scroll_bar(theme) + "QListWidget { outline: none; }")
        for button in (self.take_button, self.rename_button, self.drop_button):
            button.setStyleSheet(
                f"QPushButton {{ background: {theme.raised}; color: {theme.text};"
                f" border: 1px solid {theme.line}; border-radius: 5px; padding: 2px 7px; }}"
                f"QPushButton:hover {{ border-color: {theme.dim}; }}"
                f"QPushButton:pressed {{ background: {theme.line}; }}"
            )
        self._style()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the panel's ground."""
        QPainter(self).fillRect(self.rect(), QColor(self._theme.panel))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let letters follow the size."""
        super().resizeEvent(event)
        self._style()

    # -- what is shown --------------------------------------------------------------------------

    def _style(self) -> None:
        unit = round(min(max(min(self.width() / 24, self.height() / 14), 12), 26))
        font = QFont(self.font())
        font.setPixelSize(unit)
        font.setFeature(QFont.Tag("tnum"), 1)
        for part in (self.empty, self.rows):
            part.setFont(font)
        small = QFont(font)
        small.setPixelSize(max(11, round(0.92 * unit)))
        for button in (self.take_button, self.rename_button, self.drop_button):
            button.setFont(small)
        compact, wide = self.height() < 19 * unit, self.width() > 24 * unit
        self.comparison.dress(self._theme, font, compact=compact, wide=wide)
        self.rows.scheduleDelayedItemsLayout()

    def _list(self) -> None:
        """List the branches anew; what was selected stays selected."""
        before = self.selected
        self.rows.blockSignals(True)
        self.rows.clear()
        for number, look in self._looks.items():
            item = QListWidgetItem(look.name)
            item.setData(NUMBER, number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.rows.addItem(item)
        self._choose(before)
        self.rows.blockSignals(False)

    def _choose(self, number: int) -> None:
        """Select a branch; where it is gone, the latest ghost."""
        numbers = list(self._looks)
        ghosts = [n for n in numbers if not self._looks[n].current]
        if number not in numbers:
            number = ghosts[-1] if ghosts else -1
        if number != self.selected and number in numbers:
            self.rows.setCurrentRow(numbers.index(number))

    def _tell(self) -> None:
        """Let the items say the same as the looks, for tooltips and readers of the screen."""
        self.rows.blockSignals(True)
        for row, look in enumerate(self._looks.values()):
            item = self.rows.item(row)
            words = f"{look.name}\n{origin_of(look)}\n{whole_of(look)}"
            if item.toolTip() != words:
                item.setText(look.name)
                item.setToolTip(words)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        self.rows.blockSignals(False)
        self.rows.scheduleDelayedItemsLayout()
        self.rows.viewport().update()

    def _arrange(self) -> None:
        """Show what the selected branch allows."""
        several = len(self._looks) > 1
        self.empty.setVisible(not several)
        self.rows.setVisible(several)
        look = self._looks.get(self.selected)
        ghost = several and look is not None and not look.current
        current = next((one for one in self._looks.values() if one.current), None)
        self.rename_button.setVisible(several and look is not None)
        for part in (self.take_button, self.drop_button):
            part.setVisible(ghost)
        self.comparison.setVisible(ghost and current is not None)
        if ghost and look is not None and current is not None:
            self.comparison.compare(look, current, self.rows.targets)

    # -- what is done ---------------------------------------------------------------------------

    def _select(self) -> None:
        self._arrange()

    def _take(self, number: int) -> None:
        look = self._looks.get(number)
        if look is not None and not look.current:
            self.branch_taken.emit(number)

    def _edit(self) -> None:
        item = self.rows.currentItem()
        if item is not None:
            self.rows.editItem(item)

    def _renamed(self, item: QListWidgetItem) -> None:
        look = self._looks.get(item.data(NUMBER))
        name = item.text()
        if look is not None and name != look.name:
            self.rows.blockSignals(True)
            item.setText(look.name)  # until the run calls it so
            self.rows.blockSignals(False)
            self.branch_renamed.emit(look.number, name)


SPEC = ViewSpec("branches", "Branches", "left", BranchesView, rate=3.0, figures=True)
