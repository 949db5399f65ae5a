"""The table in the whole program: begun, typed, taken back, saved; another net where it grows."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.data.typed_table import FIRST, read_typed
from nnviz.files.sessions import load_session
from nnviz.messages.commands import OpenSession, SaveSession, StepMinibatch, Undo, Verify
from nnviz.messages.events import Notice
from tests.window.menus import entries_of

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


@pytest.fixture
def window(app, qtbot):
    """The window with a new table, whose panel is open."""
    menu = app.window.data_choice.menu
    menu.aboutToShow.emit()
    entries_of(menu)["New table…"].trigger()
    qtbot.waitUntil(lambda: app.window.snapshot.recipe.dataset == FIRST.name, timeout=60_000)
    qtbot.waitUntil(lambda: "table" in app.window.views, timeout=60_000)
    qtbot.waitUntil(lambda: app.window.views["table"].table is not None)
    return app.window


def table_now(window):
    return read_typed(window.snapshot.recipe.dataset)


def keys(window, view, text="", key=None, held=Qt.KeyboardModifier.NoModifier):
    for letter in text:
        QTest.keyClicks(view.window().focusWidget(), letter)
    if key is not None:
        QTest.keyClick(view.window().focusWidget(), key, held)


def train(app, qtbot, steps):
    last = app.window.snapshot.step
    for _ in range(steps):
        app.bridge.send(StepMinibatch())
    qtbot.waitUntil(lambda: app.window.snapshot.step == last + steps, timeout=60_000)


def put(window, qtbot, row, column, text):
    view = window.views["table"]
    view.grid.setFocus()
    view.grid.setCurrentIndex(view.grid.rows.index(row, column))
    before = window.snapshot.recipe.dataset
    keys(window, view, text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset != before, timeout=60_000)


def test_cells_are_edits_that_are_taken_back_kept_and_replayed(app, window, qtbot, tmp_path):
    assert window.snapshot.recipe.dtype == "float64"
    assert window.data_choice.button.text() == "Data: typed table, 2 rows ▾"
    train(app, qtbot, 3)
    put(window, qtbot, 1, 0, "1/4")
    assert table_now(window) == FIRST.with_cells({(1, 0): 0.25})
    assert window.snapshot.step == 3
    assert window.snapshot.undo == "cell x₁, row 2: 1 → 0.25"
    train(app, qtbot, 2)
    put(window, qtbot, 0, 2, "0,1")
    theta = window.snapshot.theta.copy()
    flags = [change.words(window.snapshot.recipe) for change in window.snapshot.changes]
    assert flags == ["cell x₁, row 2: 1 → 0.25", "cell y, row 1: 0 → 0.1"]
    app.bridge.send(Undo())
    qtbot.waitUntil(lambda: window.snapshot.undo == flags[0])
    app.bridge.send(Undo())
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == FIRST.name)
    assert window.snapshot.step == 3
    qtbot.waitUntil(lambda: window.views["table"].table == FIRST)
    for flag in flags:
        window.actions_by_id["redo"].trigger()
        qtbot.waitUntil(lambda flag=flag: window.snapshot.undo == flag)
    qtbot.waitUntil(lambda: window.snapshot.step == 5 and len(window.snapshot.changes) == 2)
    assert window.snapshot.theta.tobytes() == theta.tobytes()

    heard = []
    app.bridge.on(Notice, heard.append)
    app.bridge.send(Verify())
    qtbot.waitUntil(lambda: any("the same to the last bit" in one.sentence for one in heard))
    path = tmp_path / "run.nnviz"
    app.bridge.send(SaveSession(path, {}))
    qtbot.waitUntil(path.exists)
    name = window.snapshot.recipe.dataset
    assert load_session(path).record.now.state.recipe.dataset == name
    window.choose_data("xor")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "xor", timeout=60_000)
    app.bridge.send(OpenSession(path))
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == name, timeout=60_000)
    assert window.snapshot.theta.tobytes() == theta.tobytes()
    qtbot.waitUntil(lambda: window.views["table"].table == read_typed(name))


def test_another_column_is_a_new_start_that_keeps_hidden_layers_and_says_so(app, window, qtbot):
    train(app, qtbot, 2)
    run = window.snapshot.run
    heard = []
    app.bridge.on(Notice, heard.append)
    QTest.mouseClick(window.views["table"].column, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.snapshot.run != run, timeout=60_000)
    assert window.snapshot.recipe.layers == (3, 3, 1)
    said = " ".join(one.sentence for one in heard)
    assert "under File ▸ Recent runs" in said
    assert "3 inputs and 1 target now: layers 2,3,1 → 3,3,1" in said
    window.recent.aboutToShow.emit()
    qtbot.waitUntil(lambda: window.snapshot.undo != "")
    app.bridge.send(Undo())
    qtbot.waitUntil(lambda: window.snapshot.recipe.layers == (2, 3, 1), timeout=60_000)
    qtbot.waitUntil(lambda: window.views["table"].table == FIRST)


def test_a_pasted_table_is_brought_back_though_nothing_was_trained(app, window, qtbot):
    view = window.views["table"]
    view.grid.setFocus()
    view.grid.setCurrentIndex(view.grid.rows.index(0, 0))
    QGuiApplication.clipboard().setText("a\tb\tc\ty\n1,5\t2\t10\t0\n2,5\t4\t20\t1\n")
    keys(window, view, key=Qt.Key.Key_V, held=CONTROL)
    qtbot.waitUntil(lambda: window.snapshot.recipe.layers == (3, 3, 1), timeout=60_000)
    pasted = window.snapshot.recipe.dataset
    qtbot.waitUntil(lambda: view.table is not None and view.table.name == pasted)
    entries_of(view.menu_of(2))["Remove this column"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.recipe.layers == (2, 3, 1), timeout=60_000)
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == pasted, timeout=60_000)


def test_a_truth_table_is_edited_and_its_run_goes_on(app, window, qtbot):
    window.choose_data("and")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "and", timeout=60_000)
    view = window.views["table"]
    qtbot.waitUntil(lambda: view.table is not None and len(view.table.rows) == 4)
    train(app, qtbot, 2)
    put(window, qtbot, 2, 0, "0.5")
    assert window.snapshot.step == 2
    assert window.snapshot.undo == "cell x₁, row 3: 1 → 0.5"
    assert window.data_choice.button.text() == "Data: typed table, 4 rows ▾"


def test_rows_and_examples_go_together(app, window, qtbot):
    view = window.views["table"]
    view.grid.setFocus()
    view.grid.setCurrentIndex(view.grid.rows.index(1, 0))
    qtbot.waitUntil(lambda: window.snapshot.focus.index == 1)
    QGuiApplication.clipboard().setText("a\tb\ty\n1\t2\t0\n3\t4\t1\n5\t6\t1\n")
    keys(window, view, key=Qt.Key.Key_V, held=CONTROL)
    qtbot.waitUntil(lambda: len(table_now(window).rows) == 3)
    keys(window, view, key=Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.snapshot.focus.index == 2)
    assert window.snapshot.feature_names == ("a", "b")


def test_keys_of_the_table_are_no_shortcuts_of_the_window(window):
    view = window.views["table"]
    view.grid.setFocus()
    for key, text in (
        (Qt.Key.Key_1, "1"),
        (Qt.Key.Key_Right, ""),
        (Qt.Key.Key_Period, "."),
        (Qt.Key.Key_Delete, ""),
    ):
        press = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, text)
        press.ignore()
        assert view.grid.takes_key(press)
    QApplication.processEvents()


def test_the_first_edit_of_a_file_is_told_as_a_change_of_its_cell(app, window, qtbot, tmp_path):
    path = tmp_path / "flowers.csv"
    rows = "".join(f"{n / 10},{n % 7},{n % 2}\n" for n in range(30))
    path.write_text(f"height,width,kind\n{rows}")
    window.files.open_path(path)
    qtbot.waitUntil(lambda: str(path) in window.snapshot.recipe.dataset, timeout=60_000)
    view = window.views["table"]
    qtbot.waitUntil(lambda: view.table is not None and view.table.columns[0] == "height")
    train(app, qtbot, 2)
    file, value = window.snapshot.recipe.dataset, view.table.rows[3][0]
    put(window, qtbot, 3, 0, "9.5")
    said = f"cell height, row 4: {value:g} → 9.5"
    assert window.snapshot.undo == said
    assert window.actions_by_id["undo"].text().endswith(said)
    assert window.snapshot.changes[-1].words(window.snapshot.recipe) == said
    path.unlink()  # what was read is what counts
    app.bridge.send(Undo())
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == file, timeout=60_000)
    assert window.snapshot.redo == said
    assert window.snapshot.step == 2
