"""The branches: every run that was left behind, to compare with, go back to or forget.

Going back and changing something leaves the old line as a ghost. Here all of
them are listed; the selected one is compared with the one on screen.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidgetItem, QVBoxLayout, QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import DropBranch, NameBranch, TakeBranch
from nnviz.messages.ui_state import read_state
from nnviz.views.branches import text
from nnviz.views.branches.picture import NONE, BranchesPicture, BranchesState, picture
from nnviz.views.branches.rows import NUMBER, Rows
from nnviz.views.branches.table import Table
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared import styles
from nnviz.views.shared.buttons import fit_buttons, panel_button
from nnviz.views.shared.type_scale import Step, sized
from nnviz.views.view import View

ACROSS, DOWN = 24, 14
"""How many letters the view is wide and high where they grow into their room."""
FEWEST_ACROSS, FEWEST_DOWN = 18, 11
"""How many at least, however large letters are wished."""
SMALL = 0.92
"""Room of the letters of all but names and figures, as a share of that of names."""
LOW, WIDE = 19, 24
"""Heights of a letter below which the table is compact, and from which it is wide."""
LEAST_LIST = 3.5
"""What the list keeps of a low view, in heights of a letter; else there is no table."""


class BranchesView(View):
    """The list of branches, and one of them beside the one on screen."""

    _state: BranchesState = BranchesState()
    wished = 240, 260

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = BranchesPicture()
        self.empty = QLabel(text.EMPTY)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.rows = Rows()
        self.rows.setAccessibleName(text.LIST)
        self.rows.taken.connect(self._take)
        self.rows.itemChanged.connect(self._renamed)
        self.rows.currentItemChanged.connect(self._select)
        self.table = Table()
        self.take_button = panel_button("", text.TAKE_TIP)
        self.take_button.clicked.connect(lambda: self._take(self.selected))
        self.rename_button = panel_button("", text.RENAME_TIP)
        self.rename_button.clicked.connect(self._edit)
        self.drop_button = panel_button("", text.DROP_TIP)
        self.drop_button.clicked.connect(lambda: self.wanted.emit(DropBranch(self.selected)))
        self._all_buttons = (self.take_button, self.rename_button, self.drop_button)
        self._buttons = QHBoxLayout()
        for button in (self.take_button, self.rename_button):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.drop_button)
        self._box = QVBoxLayout(self)
        self._box.addWidget(self.empty, 1)
        self._box.addWidget(self.rows, 1)
        self._box.addWidget(self.table)
        self._box.addLayout(self._buttons)
        self.set_theme(DARK)

    @property
    def selected(self) -> int:
        """Number of the selected branch; −1 for none."""
        item = self.rows.currentItem()
        return -1 if item is None else int(item.data(NUMBER))

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Select a branch again, where there is one of its number."""
        self._state = read_state(kept, self._state)
        self._redraw()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the branches of this moment."""
        self._snapshot = snapshot
        self._redraw()

    def _redraw(self) -> None:
        if self._snapshot is None:
            return
        before = self._shown
        shown = picture(self._snapshot, self._state, before)
        numbers = [row.number for row in shown.rows]
        same = numbers == [row.number for row in before.rows]
        if shown is before or (self.rows.editing and same):
            return
        self._shown, self._state = shown, BranchesState(shown.compared)
        self.rows.shown = {row.number: row for row in shown.rows}
        with QSignalBlocker(self.rows):
            if not same or before.run != shown.run:
                self._list()
            self._tell()
            if shown.compared in numbers and shown.compared != self.selected:
                self.rows.setCurrentRow(numbers.index(shown.compared))
        self.rows.scheduleDelayedItemsLayout()
        self.rows.viewport().update()
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = self.rows.theme = theme
        space = theme.scale.space
        self.setMinimumSize(space(200), space(110))
        self._buttons.setContentsMargins(space(6), 0, space(6), 0)
        self._buttons.setSpacing(space(6))
        self._box.setContentsMargins(0, 0, 0, space(2))
        self._box.setSpacing(space(4))
        self.rows.setMinimumHeight(space(40))
        self.empty.setStyleSheet(styles.label(theme))
        self.rows.setStyleSheet(styles.thin_scroll_bar(theme) + "QListWidget { outline: none; }")
        for button in self._all_buttons:
            button.setStyleSheet(styles.controls(theme, padding=(2, 7)))
        self._dress()

    # -- what is shown --------------------------------------------------------------------------

    def _dress(self) -> None:
        scale, width, height = self._theme.scale, self.width(), self.height()
        room = min(
            scale.line(min(width / ACROSS, height / DOWN)),
            min(width / FEWEST_ACROSS, height / FEWEST_DOWN),
        )
        font = sized(self.font(), scale.grown(Step.LABEL, room))
        small = sized(font, scale.grown(Step.CAPTION, SMALL * room))
        unit = font.pixelSize()
        for part in (self.empty, self.rows):
            part.setFont(font)
        self.rows.small = small
        for button in self._all_buttons:
            button.setFont(small)
        compact, wide = height < LOW * unit, width > WIDE * unit
        self.table.dress(self._theme, font, small, compact=compact, wide=wide)
        self.rows.scheduleDelayedItemsLayout()
        self._arrange()

    def _list(self) -> None:
        """List the branches anew."""
        self.rows.clear()
        for row in self._shown.rows:
            item = QListWidgetItem(row.name)
            item.setData(NUMBER, row.number)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.rows.addItem(item)

    def _tell(self) -> None:
        """Let the items say the same as the rows, for tooltips and readers of the screen."""
        for place, row in enumerate(self._shown.rows):
            item = self.rows.item(place)
            if item.toolTip() != row.tip:
                item.setText(row.name)
                item.setToolTip(row.tip)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, row.tip)

    def _arrange(self) -> None:
        """Show what the selected branch allows, as far as there is room."""
        shown = self._shown
        self.empty.setVisible(not shown.several)
        self.rows.setVisible(shown.several)
        ghost = shown.comparison is not None
        self.rename_button.setVisible(shown.several and shown.compared != NONE)
        for part in (self.take_button, self.drop_button):
            part.setVisible(ghost)
        gap = self._buttons.spacing()
        fit_buttons(self._all_buttons, text.BUTTONS, self.width() - gap, gap)
        if shown.comparison is not None:
            self.table.show_comparison(shown.comparison)
        below = self.table.sizeHint().height() + self.take_button.sizeHint().height()
        list_room = self.height() - below - 3 * self._box.spacing()
        least = LEAST_LIST * self.rows.font().pixelSize()
        self.table.setVisible(ghost and list_room >= least)

    # -- what is done ---------------------------------------------------------------------------

    def _select(self) -> None:
        self._state = BranchesState(self.selected)
        self._redraw()

    def _take(self, number: int) -> None:
        row = self._shown.row(number)
        if row is not None and not row.current:
            self.wanted.emit(TakeBranch(number))

    def _edit(self) -> None:
        item = self.rows.currentItem()
        if item is not None:
            self.rows.editItem(item)

    def _renamed(self, item: QListWidgetItem) -> None:
        row, name = self._shown.row(item.data(NUMBER)), item.text()
        if row is not None and name != row.name:
            with QSignalBlocker(self.rows):
                item.setText(row.name)  # until the run calls it so
            self.wanted.emit(NameBranch(row.number, name))
