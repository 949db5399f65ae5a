"""The table view: a small data set as a spreadsheet; what is changed in it is an edit of the run.

A typed table is read from the name of the data set, any other is asked for. A change
that keeps the number of inputs and targets goes on with the run; another begins a new one.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from nnviz.data.dataset import DataError, Dataset
from nnviz.data.description import NONE, RANGE, STANDARD
from nnviz.data.typed_table import TypedTable, is_typed
from nnviz.engine.parameter_names import NONE as NO_NAMES
from nnviz.engine.recipe import ALL
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.taught import NONE as NOTHING_TAUGHT
from nnviz.messages.commands import FocusOn, MakeEdit, ShowData, Start
from nnviz.messages.events import DataInUse, Failure
from nnviz.messages.ports import Ports
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared import styles
from nnviz.views.shared.buttons import fit_buttons, panel_button
from nnviz.views.shared.sentence import Sentence
from nnviz.views.shared.type_scale import Step
from nnviz.views.table import class_words, clipboard, edits, text
from nnviz.views.table.grid import TableGrid
from nnviz.views.table.pending import Pending
from nnviz.views.table.picture import NO_TABLE, TablePicture, of_typed, picture
from nnviz.views.view import View

LEAST = 240, 130
"""Width and height at a factor of 1 that have to do."""
ROOMY = 300
"""Height at a factor of 1 from which rows leave room for more than a line below them."""
Change = Callable[[TypedTable], TypedTable]


class TableView(View):
    """A spreadsheet of the examples.

    Attributes:
        shown: what is shown, with what was changed last.
    """

    wished = 380, 300

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._asked = False
        self._pending = Pending()
        self.grid = TableGrid()
        self.more = panel_button(text.ROW, text.ROW_TIP)
        self.fewer = panel_button(text.NO_ROW, text.NO_ROW_TIP)
        self.column = panel_button(text.COLUMN, text.COLUMN_TIP)
        self.head = panel_button(text.HEAD, text.HEAD_TIP)
        self.scaling = QComboBox()
        self.scaling.setAccessibleName(text.SCALING)
        self.scaling.setToolTip(text.SCALING_TIP)
        self.scaling.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for scale in (NONE, STANDARD, RANGE):
            self.scaling.addItem(text.SCALES_SHORT[scale], scale)
        self.about, self.problem = Sentence(steady=False), QLabel()
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._bar, self._below = QHBoxLayout(), QVBoxLayout()
        for part in self._controls[:-1]:
            self._bar.addWidget(part)
        self._bar.addStretch(1)
        self._bar.addWidget(self.scaling)
        self._below.addWidget(self.problem)
        self._below.addWidget(self.about)
        self._box = QVBoxLayout(self)
        self._box.addLayout(self._bar)
        self._box.addWidget(self.grid, 1)
        self._box.addLayout(self._below)
        self._connect()
        self._show(TablePicture())
        self.set_theme(DARK)

    @property
    def _controls(self) -> tuple[QWidget, ...]:
        return self.more, self.fewer, self.column, self.head, self.scaling

    def _connect(self) -> None:
        grid = self.grid
        self.more.clicked.connect(self.add_row)
        grid.row_wanted.connect(self.add_row)
        self.fewer.clicked.connect(self.remove_rows)
        self.column.clicked.connect(self.add_column)
        self.head.clicked.connect(
            lambda: self._open_menu(
                grid.currentIndex().column(),
                self.head.mapToGlobal(QPoint(0, self.head.height())),
            )
        )
        grid.heads.menu_wanted.connect(self._open_menu)
        grid.heads.renamed.connect(
            lambda at, name: self.change(lambda table: edits.renamed(table, at, name))
        )
        grid.cells.typed.connect(
            lambda row, column, value: self.change(
                lambda table: class_words.with_number(table, row, column, value)
            )
        )
        grid.cells.named.connect(
            lambda row, column, word: self.change(
                lambda table: class_words.with_class(table, row, column, word)
            )
        )
        grid.cells.refused.connect(self._say)
        grid.emptied.connect(lambda: self._say(text.EMPTY))
        grid.pasted.connect(
            lambda row, column, said: self.change(
                lambda table: clipboard.pasted(table, row, column, said)
            )
        )
        grid.row_chosen.connect(self._focus_on)
        self.scaling.activated.connect(
            lambda _row: self.change(
                lambda table: replace(table, scale=str(self.scaling.currentData()))
            )
        )

    def join(self, ports: Ports) -> None:
        """Hear what the data set is, and what cannot be done."""
        super().join(ports)
        ports.on(DataInUse, self._show_data)
        ports.on(Failure, self._failed)

    # -- what comes in ----------------------------------------------------------------------------

    @property
    def table(self) -> TypedTable | None:
        """Its cells; None where there is no table."""
        return self.grid.rows.table

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the data set of this moment, and which row is in focus."""
        before, self._snapshot = self._snapshot, snapshot
        name = snapshot.recipe.dataset
        same_run = before is not None and before.run == snapshot.run
        mine = self._pending.expects(name)
        if not self._pending.arrived(name, self._name) and same_run:
            return
        if name != self._name or not same_run:
            self._name = name
            self._asked = False
            self._take_data(name)
            if self.table is not None and not mine and not same_run:
                self.grid.go_to(0, 0)
        self._show_focus()
        self._keep_up()

    def _take_data(self, name: str) -> None:
        """Show a typed table; have other data sent, but for pictures."""
        shown = picture(name, None)
        if shown is None and self._snapshot is not None and self._snapshot.image_shape is not None:
            shown = NO_TABLE
        if shown is not None:
            self._asked = True
            self._show(shown)

    def _keep_up(self) -> None:
        if self._name and not self._asked and self.in_sight():
            self._asked = True
            self.wanted.emit(ShowData())

    def _show_data(self, used: DataInUse) -> None:
        """Show data that are no typed table."""
        shown = picture(self._name, used.dataset)
        if shown is not None and not is_typed(self._name) and self._fits(used.dataset):
            self._show(shown)
            self._show_focus()

    def _fits(self, dataset: Dataset) -> bool:
        snapshot = self._snapshot
        ends = (dataset.inputs, dataset.outputs)
        return snapshot is not None and ends == (
            snapshot.recipe.layers[0],
            snapshot.recipe.layers[-1],
        )

    def _failed(self, _failure: Failure) -> None:
        """Show what the run has, where it refused what was sent."""
        if self._pending.refused():
            self._asked = False
            self._take_data(self._name)
            self._keep_up()

    def _show(self, shown: TablePicture) -> None:
        table = shown.table
        problem = self.problem.text() if table == self.table else ""
        self.shown = shown
        self.grid.show_table(table)
        self.grid.setVisible(table is not None)
        for part in self._controls:
            part.setVisible(table is not None)
        self._dress()
        if table is not None:
            with QSignalBlocker(self.scaling):
                self.scaling.setCurrentIndex(self.scaling.findData(table.scale))
            self.fewer.setEnabled(len(table.rows) > 1)
        self._say(problem)

    def _say(self, problem: str) -> None:
        """Say what is wrong, or else what the table is."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.about.setVisible(not problem)
        self.about.say(self.shown.about)

    # -- what is done -----------------------------------------------------------------------------

    def change(self, do: Change) -> None:
        """Change the table, or say why not; nothing is lost where it cannot be."""
        table = self.table
        if table is None or self._snapshot is None:
            return
        try:
            changed = do(table)
        except DataError as error:
            self._say(str(error))
            return
        if changed == table and is_typed(self._name):
            self._say("")
            return
        self._say("")
        self._pending.send(changed)
        self._show(of_typed(changed))
        if changed.shape == table.shape:
            self.wanted.emit(MakeEdit("dataset", changed.name))
            return
        recipe = replace(
            self._snapshot.recipe,
            dataset=changed.name,
            taught=NOTHING_TAUGHT,
            trained=ALL,
            parameter_names=NO_NAMES,
        )
        gone = text.GONE if self._snapshot.reached else ""
        self.wanted.emit(Start(recipe, fit=True, sentence=gone))

    def add_row(self) -> None:
        """Add a row below the present one, and go there."""
        at = self.grid.currentIndex()
        row = max(at.row(), 0)
        self.change(lambda table: edits.with_row(table, row))
        if self.table is not None and row + 1 < len(self.table.rows):
            self.grid.setFocus()
            self.grid.setCurrentIndex(self.grid.rows.index(row + 1, 0))

    def remove_rows(self) -> None:
        """Remove the marked rows."""
        rows, _ = self.grid.marked()
        self.change(lambda table: edits.without_rows(table, rows))

    def add_column(self) -> None:
        """Add an input behind the last one."""
        self.change(lambda table: edits.with_column(table, table.inputs[-1] + 1))

    def menu_of(self, at: int) -> QMenu:
        """Return the menu of what can be done with a column."""
        menu, table = QMenu(self), self.grid.rows.known
        role = text.AS_INPUT if at in table.targets else text.AS_TARGET
        for name, do in (
            (role, lambda: self.change(lambda t: edits.switched(t, at))),
            (text.RENAME, lambda: self.grid.heads.rename(at)),
            (text.BEFORE, lambda: self.change(lambda t: edits.with_column(t, at))),
            (text.AFTER, lambda: self.change(lambda t: edits.with_column(t, at + 1))),
            (text.REMOVE, lambda: self.change(lambda t: edits.without_column(t, at))),
        ):
            menu.addAction(name).triggered.connect(do)
        return menu

    def _open_menu(self, at: int, place: QPoint) -> None:
        if self.table is not None and at >= 0:
            menu = self.menu_of(at)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)

    # -- the row in focus -------------------------------------------------------------------------

    def _focus_on(self, row: int) -> None:
        """Look at the example of a row, where the run can: it is one that is tested with."""
        example, snapshot = self.shown.example_of(row), self._snapshot
        if example >= 0 and snapshot is not None and snapshot.focus.index != example:
            self.wanted.emit(FocusOn(example))

    def _show_focus(self) -> None:
        snapshot = self._snapshot
        if snapshot is not None:
            walking = snapshot.minibatch is not None
            self.grid.show_focus(-1 if walking else self.shown.row_of(snapshot.focus.index))

    # -- how it looks -----------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        space = theme.scale.space
        self.setMinimumSize(*map(space, LEAST))
        for box in (self._bar, self._below):
            box.setContentsMargins(space(6), 0, space(6), 0)
            box.setSpacing(space(4))
        self._box.setContentsMargins(0, space(2), 0, space(2))
        self._box.setSpacing(space(4))
        letters = theme.scale.font(self.font(), Step.LABEL)
        for part in self._controls:
            part.setFont(letters)
            part.setStyleSheet(styles.controls(theme, padding=(1, 5)))
        caption = theme.scale.font(self.font(), Step.CAPTION)
        self.problem.setFont(caption)
        self.problem.setStyleSheet(f"color: {theme.minus}; background: transparent;")
        self.grid.dress(theme, letters)
        self._dress()

    def _dress(self) -> None:
        """Say as much as there is room for, on the buttons too."""
        space = self._theme.scale.space
        room = self.width() - self.scaling.sizeHint().width() - space(16)
        lines = 3 if self.table is None or self.height() >= space(ROOMY) else 1
        self.about.dress(self._theme, self._theme.scale.font(self.font(), Step.CAPTION), lines)
        buttons = (self.more, self.fewer, self.column, self.head)
        fit_buttons(buttons, text.BUTTONS, room, space(4))
