"""The pages dialog: which pages the projector has and in what order; own ones are renamed and go.

Every change holds at once.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.errors import NnvizError
from nnviz.views.shared.front import within
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.projector.page_list import PageList

HOW = (
    "Tick what the projector shows; number keys follow this order, with Alt for your own pages. "
    "A built-in page keeps its name."
)
SURE = "Delete for good"
_DOWN = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_CHECKED, _PAGE = Qt.CheckState.Checked, Qt.ItemDataRole.UserRole


class PagesDialog(QDialog):
    """Lists the pages with a tick each, and what can be done with the marked one."""

    def __init__(
        self, pages: PageList, scale: TypeScale, changed: Callable[[], None], parent: QWidget
    ) -> None:
        """Show the pages of a list; `changed` is called when they are others."""
        super().__init__(parent)
        named(self, "pages_dialog")
        self.setWindowTitle("Pages of the projector")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pages, self._changed, self._filling = pages, changed, False
        tip = "Space ticks a page, Alt+↑ and Alt+↓ move it, F2 renames one of your own"
        self.rows = named(QListWidget(), "pages", tip=tip, said="pages of the projector")
        self.rows.itemChanged.connect(self._written)
        self.rows.currentRowChanged.connect(self._offer)
        self.rows.installEventFilter(self)
        self._problem = named(QLabel(wordWrap=True), "pages_problem")
        self.up = self._button(
            "Up", "Show the marked page earlier  [Alt+↑]", lambda: self._move(-1)
        )
        self.down = self._button(
            "Down", "Show the marked page later  [Alt+↓]", lambda: self._move(1)
        )
        self.rename = self._button("Rename", "Give your own page another name  [F2]", self._rename)
        self.delete = self._button("", "Let go of your own page: its file is removed", self._delete)
        close = self._button("Close", "All changes hold already  [Esc]", self.accept)
        close.setDefault(True)
        space = scale.space
        row = QHBoxLayout()
        row.setSpacing(space(6))
        for button in (self.up, self.down, self.rename, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        row.addSpacing(space(12))
        row.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(space(20), space(18), space(20), space(18))
        box.setSpacing(space(10))
        for part in (QLabel(HOW, wordWrap=True), self.rows, self._problem):
            box.addWidget(part)
        box.addLayout(row)
        self._problem.hide()
        self.resize(within(parent, space(480), space(430)))
        self._fill(0)

    def _button(self, text: str, tip: str, does: Callable[[], None]) -> QPushButton:
        button = named(QPushButton(text), tip=tip)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: does())
        return button

    def _fill(self, marked: int) -> None:
        """List the pages, and mark one by its place."""
        self._filling = True
        self.rows.clear()
        for page in self._pages.every:
            item = QListWidgetItem(page.shown)
            item.setData(_PAGE, page.id)
            flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled
            own = Qt.ItemFlag.ItemIsEditable if self._pages.is_own(page) else flags
            item.setFlags(flags | Qt.ItemFlag.ItemIsSelectable | own)
            shown = page in self._pages.pages
            item.setCheckState(_CHECKED if shown else Qt.CheckState.Unchecked)
            self.rows.addItem(item)
        self._filling = False
        self.rows.setCurrentRow(min(marked, self.rows.count() - 1))
        self._offer()

    def _offer(self, _row: int = 0) -> None:
        """Offer what can be done with the marked page."""
        row, item = self.rows.currentRow(), self.rows.currentItem()
        own = item is not None and bool(item.flags() & Qt.ItemFlag.ItemIsEditable)
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.rows.count() - 1)
        self.rename.setEnabled(own)
        self.delete.setEnabled(own)
        self.delete.setText("Delete")

    def _move(self, by: int) -> None:
        row, ids = self.rows.currentRow(), [page.id for page in self._pages.every]
        if row >= 0 and 0 <= row + by < len(ids):
            ids.insert(row + by, ids.pop(row))
            self._try(lambda: self._pages.arrange(ids, self._pages.hidden), row + by)

    def _rename(self) -> None:
        self.rows.editItem(self.rows.currentItem())

    def _delete(self) -> None:
        """Let go of the marked page at the second press: nothing brings it back."""
        if self.delete.text() != SURE:
            self.delete.setText(SURE)
            return
        row = self.rows.currentRow()
        page = self._pages.every[row]
        self._try(lambda: self._pages.delete(page), row)
        self.rows.setFocus()

    def _written(self, item: QListWidgetItem) -> None:
        """Take over a tick, or another name."""
        if self._filling:
            return
        row = self.rows.row(item)
        page, ids = self._pages.every[row], [one.id for one in self._pages.every]
        if item.text() != page.title:
            self._try(lambda: self._pages.rename(page, item.text()), row)
            return
        hidden = {one for one in self._pages.hidden if one != page.id}
        if item.checkState() != _CHECKED:
            hidden.add(page.id)
        self._try(lambda: self._pages.arrange(ids, hidden), row)

    def _try(self, change: Callable[[], object], row: int) -> None:
        """Make a change, or say why it cannot be made."""
        try:
            change()
        except NnvizError as problem:
            self._problem.setText(str(problem))
            self._problem.show()
        else:
            self._problem.hide()
            self._changed()
        # Not before the list has done with the row that is written.
        QTimer.singleShot(0, self, lambda: self._fill(row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the marked page by Alt and an arrow."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = _DOWN.get(Qt.Key(event.key()))
            if by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._move(by)
                return True
        return super().eventFilter(watched, event)
