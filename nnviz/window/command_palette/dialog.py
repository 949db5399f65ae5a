"""The dialog of the command palette: a line to type in, and below it what is meant."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from nnviz.views.palette import Theme
from nnviz.views.shared import styles
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import Step
from nnviz.window.command_palette.entry import Entry
from nnviz.window.command_palette.rows import ENTRY, RowPainter
from nnviz.wording import said

WIDTH, MOST_OF_WIDTH = 720, 0.94
"""Its width at a factor of 1, and its largest share of the window's."""
ROWS = 9
"""Entries in sight at most."""
MOST_OF_HEIGHT = 0.8
FROM_TOP = 0.08
"""The gap above it, as a share of the window's height."""
PLACEHOLDER = "What to do: an action, a panel, an example, data, “η 0.5”, “step 1200”"
HINT = "↑ ↓ choose   ·   Enter does it   ·   Esc leaves"
NOTHING = "Nothing is called so. Fewer letters find more, and initials do: “gts” is “Go to step…”."

_Index = QModelIndex | QPersistentModelIndex
_TO_LIST = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class EntryModel(QAbstractListModel):
    """The entries that are meant, as rows of a list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Take the place of what was shown."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 as Qt declares it
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return title, tip, and what a screen reader says of a row."""
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return said(entry.title)
        if role == Qt.ItemDataRole.ToolTipRole:
            return said(entry.said)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            texts = said(entry.title), entry.kind, entry.keys, said(entry.said)
            return ", ".join(filter(None, texts))
        return entry if role == ENTRY else None


class PaletteDialog(QDialog):
    """Lists what is meant, and has done what is chosen; it closes where another window comes.

    Signals:
        left(): it has closed, and the keys are to go where they were.
    """

    left = Signal()

    def __init__(
        self,
        meant: Callable[[str], Sequence[Entry]],
        chosen: Callable[[Entry], None],
        theme: Theme,
        parent: QWidget,
    ) -> None:
        """Build it over a window.

        Args:
            meant: returns the entries for what is typed, best first.
            chosen: called with the one that is to be done.
            theme: colours and sizes.
            parent: the window it stands over.
        """
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._meant, self._chosen, self._theme = meant, chosen, theme
        named(self, "command_palette", said="Command palette")
        self.setWindowTitle("Command palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        space = theme.scale.space
        self.field = named(QLineEdit(), "palette_field", tip=HINT, said="what to do")
        self.field.setPlaceholderText(PLACEHOLDER)
        self.field.setFont(theme.scale.font(self.font(), Step.HEADING))
        self.field.textChanged.connect(self._look)
        self.field.installEventFilter(self)
        self._model = EntryModel(self)
        self.list = named(QListView(), "palette_list", said="what is meant")
        self.list.setModel(self._model)
        self.list.setItemDelegate(RowPainter(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._do)
        self._nothing = named(QLabel(NOTHING, wordWrap=True), "Dim")
        hint = named(QLabel(HINT), "Dim")
        for words in (self._nothing, hint):
            words.setFont(theme.scale.font(self.font(), Step.LABEL))
        self.setStyleSheet(
            f"#command_palette {{ background: {theme.panel}; border: {space(1)}px solid "
            f"{theme.dim}; }}" + styles.thin_scroll_bar(theme)
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(12)] * 4)
        box.setSpacing(space(8))
        for part in (self.field, self.list, self._nothing, hint):
            box.addWidget(part, part is self.list)
        self._place(parent)
        self._look("")

    def _place(self, window: QWidget) -> None:
        space = self._theme.scale.space
        around = window.size()
        width = min(space(WIDTH), round(MOST_OF_WIDTH * around.width()))
        row = self.list.sizeHintForRow(0) if self._model.entries else space(46)
        height = min(ROWS * row + space(120), round(MOST_OF_HEIGHT * around.height()))
        self.resize(max(width, space(320)), max(height, space(240)))
        corner = QPoint((around.width() - self.width()) // 2, round(FROM_TOP * around.height()))
        self.move(window.mapToGlobal(corner))

    def _look(self, typed: str) -> None:
        self._model.show(self._meant(typed))
        found = bool(self._model.entries)
        self.list.setVisible(found)
        self._nothing.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self._model.index(0))

    def current(self) -> Entry | None:
        """Return the entry that Enter does; None where nothing is meant."""
        row = self.list.currentIndex().row()
        return self._model.entries[row] if 0 <= row < len(self._model.entries) else None

    def entries(self) -> Sequence[Entry]:
        """Return all that are listed, best first."""
        return self._model.entries

    def _do(self) -> None:
        entry = self.current()
        if entry is not None and not entry.refusal:
            self.reject()
            self._chosen(entry)

    def reject(self) -> None:
        """Close and give the keys back, as on Escape."""
        self.left.emit()
        super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let keys of the list work while the line has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _TO_LIST:
                self._move(key)
                return True
            if key in _ENTER:
                self._do()
                return True
            if key == Qt.Key.Key_K and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.reject()  # the key that opened it
                return True
        return super().eventFilter(watched, event)

    def _move(self, key: Qt.Key) -> None:
        """Go on to another row; beyond the last comes the first."""
        rows = len(self._model.entries)
        if not rows:
            return
        page = max(self.list.viewport().height() // max(self.list.sizeHintForRow(0), 1) - 1, 1)
        now = self.list.currentIndex().row()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            row = (now + (1 if key == Qt.Key.Key_Down else -1)) % rows
        else:
            row = min(max(now + (page if key == Qt.Key.Key_PageDown else -page), 0), rows - 1)
        self.list.setCurrentIndex(self._model.index(row))

    def changeEvent(self, event: QEvent) -> None:
        """Leave where another window is gone to: it is no place to stay."""
        super().changeEvent(event)
        left = not self.isActiveWindow() and QApplication.activeWindow() is not None
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and left:
            QTimer.singleShot(0, self, super().reject)
