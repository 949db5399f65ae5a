"""The stop of the tour at the table: a table that is begun, pasted, edited and refused a word."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QTableView

from nnviz.data.typed_table import read_typed
from nnviz.messages.commands import MakeEdit
from nnviz.tour.guide import Guide
from nnviz.tour.run_stops import pause

PASTED = "\n".join(
    (
        "height\tarms\tage\ttall",
        *(f"{(15 + k) / 10}\t{(65 + 2 * k) / 100}\t{k / 4}\t{k // 3}" for k in range(6)),
    )
)
"""What a spreadsheet has on the clipboard."""
STEPS = 20
"""Epochs between two edits."""


def show_table(guide: Guide, prefix: str) -> None:
    """Type a table; photograph it begun, pasted and edited, and where it refuses a word."""
    window = guide.app.window
    before, said = window.ui_state(), QGuiApplication.clipboard().text()
    run = guide.at().run
    guide.press("new_table")
    guide.wait("a new table", lambda: guide.at().run > run)
    guide.show("table")
    guide.picture(f"{prefix}-14-table-1-new", window)
    grid = window.views["table"].findChild(QTableView)
    assert grid is not None
    run = guide.at().run
    QGuiApplication.clipboard().setText(PASTED)
    _paste(grid)
    guide.wait("a pasted table", lambda: guide.at().run > run)
    guide.press("play")
    guide.wait("training", lambda: guide.at().epoch >= STEPS)
    pause(guide)
    name = guide.at().recipe.dataset
    edited = read_typed(name).with_cells({(2, 0): 1.75})
    guide.app.bridge.send(MakeEdit("dataset", edited.name))
    guide.wait("an edit", lambda: guide.at().recipe.dataset != name)
    grid.setCurrentIndex(grid.model().index(3, 1))
    guide.settle()
    guide.picture(f"{prefix}-14-table-2-edited", window)
    guide.view_picture(f"{prefix}-14-table-3", "table")
    QGuiApplication.clipboard().setText("1\ttwo\n")
    _paste(grid)
    guide.settle()
    guide.view_picture(f"{prefix}-14-table-4-refused", "table")
    QGuiApplication.clipboard().setText(said)
    window.show_ui(before)
    guide.settle()
    guide.say("typed a table")


def _paste(grid: QTableView) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QApplication.sendEvent(grid, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_V, control))
