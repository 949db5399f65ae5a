"""The table itself: rows that scroll, their heads, keys, and what is copied."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from nnviz.numbers import plain
from nnviz.views.palette import Theme
from nnviz.views.parameters import text
from nnviz.views.parameters.cells import Cells
from nnviz.views.parameters.model import VALUE, ParametersModel
from nnviz.views.parameters.picture import COLUMNS, ParametersPicture
from nnviz.views.shared import styles
from nnviz.views.shared.number_cells import ENTER
from nnviz.views.shared.plain_table import EDITED, make_plain
from nnviz.views.shared.type_scale import Step, sized

Index = QModelIndex | QPersistentModelIndex
_SIDEWAYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})
ONE = COLUMNS.index("one")
MEASURED = 40
"""Rows whose texts are measured at a time."""


class ParametersTable(QTableView):
    """Every listed parameter in a row.

    Signals:
        asked(object): the `Selection` of a parameter that was clicked.
        edited(int, float): give this entry of theta this value.
        sorted_by(str): the head of this column was clicked.
    """

    asked = Signal(object)
    edited = Signal(int, float)
    sorted_by = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needed = [0] * len(COLUMNS)
        self._letters = self.font()
        self._overfull = False
        self.rows = ParametersModel(self)
        self.setModel(self.rows)
        make_plain(self, text.TABLE)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(EDITED)
        self.verticalHeader().hide()
        heads = self.horizontalHeader()
        heads.setSectionsClickable(True)
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.sectionClicked.connect(lambda section: self.sorted_by.emit(COLUMNS[section]))
        self.cells = Cells(self)
        self.cells.edited.connect(self.edited)
        self.setItemDelegate(self.cells)
        self.clicked.connect(self._ask)

    @property
    def editing(self) -> bool:
        """True while a value is being typed."""
        return self.state() == QAbstractItemView.State.EditingState

    def show_picture(self, picture: ParametersPicture) -> None:
        """Show other numbers."""
        before = self.rows.picture
        self.cells.picture = picture
        self.rows.show_picture(picture)
        if (
            before is None
            or self._shape(before) != self._shape(picture)
            or (not self._widen() and not self._overfull)
        ):
            self.fit()

    def _shape(self, picture: ParametersPicture) -> tuple[object, ...]:
        return (
            picture.recipe.layers,
            picture.recipe.parameter_names,
            picture.scope,
            picture.inputs,
        )

    def mark(self, entry: int, *, show: bool) -> None:
        """Mark the row of an entry of theta, −1 for none, and scroll there if it is to be shown."""
        self.cells.marked = entry
        shown = self.rows.picture
        row = -1 if shown is None or entry < 0 else shown.row_of(entry)
        if show and row >= 0:
            self.scrollTo(self.rows.index(row, 0))
        self.viewport().update()

    def dress(self, theme: Theme, letters: QFont) -> None:
        """Take on colours and letters."""
        self.cells.theme = theme
        self._letters = letters
        space = theme.scale.space
        self.setStyleSheet(
            styles.thin_scroll_bar(theme)
            + "QTableView { outline: none; }"
            + "QHeaderView { background: transparent; border: none; }"
            f"QHeaderView::section {{ background: {theme.panel}; color: {theme.dim};"
            f" border: none; border-bottom: {space(1)}px solid {theme.line};"
            f" padding: 0 {space(4)}px; }}"
        )
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(QFontMetrics(letters).height() + space(4))
        self.horizontalHeader().setFixedHeight(QFontMetrics(letters).height() + space(6))
        self.fit()

    def fit(self) -> None:
        """Give the columns the room of what they say, and more where there is more.

        Where there is less, names of inputs go, then letters are captions if that helps.
        """
        small = sized(self._letters, self.cells.theme.scale.px(Step.CAPTION))
        ways = (self._letters, True), (self._letters, False), (small, False), (self._letters, False)
        for letters, named in ways:
            self.setFont(letters)
            self.rows.letters, self.rows.named = letters, named
            self._needed = [0] * len(COLUMNS)
            self._overfull = not self._widen()
            if not self._overfull and not (named and self.isColumnHidden(ONE)):
                return

    def _widen(self) -> bool:
        """Let columns whose numbers became longer grow, and tell whether all have room.

        They shrink only where all is new.
        """
        shown = self.rows.picture
        metrics, gap = QFontMetrics(self.font()), self.cells.theme.scale.space(9)
        rows = set() if shown is None else self._seen_rows(len(shown.entries))
        for place in range(len(COLUMNS)):
            said = [self._head(place), *(self.rows.said(row, COLUMNS[place]) for row in rows)]
            widest = max(map(metrics.horizontalAdvance, said)) + gap
            self._needed[place] = max(self._needed[place], widest)
        room = self.viewport().width()
        # What is known of single examples gives way to their mean where there is no room for both.
        tight = shown is not None and shown.averaged and sum(self._needed) > room
        self.setColumnHidden(ONE, tight)
        seen = [place for place in range(len(COLUMNS)) if not (tight and place == ONE)]
        spare = room - sum(self._needed[place] for place in seen)
        for place in seen:
            wider = min(max(spare, 0) // len(seen), 3 * gap)
            self.setColumnWidth(place, self._needed[place] + wider)
        return spare >= 0

    def _seen_rows(self, rows: int) -> set[int]:
        """Return the rows that are seen, and some of which one may be the longest."""
        first = max(self.rowAt(0), 0)
        return {row for row in (*range(first, first + MEASURED), rows // 2, rows - 1) if row < rows}

    def _head(self, place: int) -> str:
        return str(self.rows.headerData(place, Qt.Orientation.Horizontal))

    # -- hands ------------------------------------------------------------------------------------

    def _ask(self, index: QModelIndex) -> None:
        shown = self.rows.picture
        if shown is not None and index.isValid():
            self.asked.emit(shown.selection(index.row()))

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: arrows sideways, F2, and those to copy and mark all."""
        copies = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)
        if any(map(event.matches, copies)):
            return True
        plain_key = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        return plain_key and event.key() in _SIDEWAYS | ENTER | {Qt.Key.Key_F2}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits a value and asks why of anything else; Ctrl+C copies."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in ENTER and not self.editing:
            if index.column() == VALUE:
                self.edit(index)
            else:
                self._ask(index)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the marked rows, or all, on the clipboard: tabs between columns, all digits."""
        shown = self.rows.picture
        if shown is None:
            return
        chosen = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        several = chosen if len(chosen) > 1 else range(len(shown.entries))
        lines = ["\t".join(text.HEADS[column][0] for column in COLUMNS)]
        for row in several:
            numbers = (shown.number(row, column) for column in COLUMNS[1:])
            cells = ("" if number is None else plain(number) for number in numbers)
            lines.append("\t".join((shown.name(row), *cells)))
        QGuiApplication.clipboard().setText("\n".join(lines))
