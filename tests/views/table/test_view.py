"""The table with real clicks and keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from nnviz.data import load_dataset
from nnviz.data.typed_data import dataset_of, table_of
from nnviz.data.typed_table import TypedTable, read_typed
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.history import CostHistory
from nnviz.engine.run.start import start_recipe
from nnviz.engine.training.trainer import Trainer
from nnviz.messages.commands import FocusOn, MakeEdit, ShowData, Start
from nnviz.messages.events import DataInUse, Failure
from nnviz.views.palette import DARK, LIGHT
from nnviz.views.shared.type_scale import TypeScale
from nnviz.views.table.view import TableView
from tests.snapshots import snapshot_of

PLAIN = Qt.KeyboardModifier.NoModifier
BUTTON, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
TABLE = TypedTable(("height", "b", "y"), (2,), ((1, 2, 0), (1.5, 4, 1), (0.25, 1, 1)))


def moment(table, **more):
    recipe = start_recipe(table.name)
    return replace(snapshot_of(Trainer(recipe, dataset_of(table)), CostHistory()), **more)


@pytest.fixture
def view(show):
    view = show(TableView, moment(TABLE), (620, 320))
    view.sent = []
    view.wanted.connect(view.sent.append)
    view.window().activateWindow()
    view.grid.setFocus()
    return view


def click(view, row, column, *, twice=False):
    at = view.grid.visualRect(view.grid.rows.index(row, column)).center()
    QTest.mouseClick(view.grid.viewport(), BUTTON, pos=at)
    if twice:
        QTest.mouseDClick(view.grid.viewport(), BUTTON, pos=at)


def keys(view, text="", key=None, held=Qt.KeyboardModifier.NoModifier):
    for letter in text:  # to whatever has the focus by then
        if letter.isascii():
            QTest.keyClicks(view.window().focusWidget(), letter)
        else:  # QTest knows no key for it
            press = QKeyEvent(QEvent.Type.KeyPress, ord(letter), PLAIN, letter)
            QApplication.sendEvent(view.window().focusWidget(), press)
    if key is not None:
        QTest.keyClick(view.window().focusWidget(), key, held)


def here(view):
    index = view.grid.currentIndex()
    return index.row(), index.column()


def edited(view):
    return [read_typed(command.value) for command in view.sent if isinstance(command, MakeEdit)]


def heads_at(view, column, share):
    heads = view.grid.heads
    x = heads.sectionViewportPosition(column) + heads.sectionSize(column) // 2
    return QPoint(x, round(heads.height() * share))


@pytest.mark.parametrize(
    ("typed", "value"),
    [("0.25", 0.25), ("0,25", 0.25), ("1/4", 0.25), ("−3", -3), ("2.5e-3", 0.0025)],
)
def test_a_number_typed_into_a_cell_is_an_edit_of_the_run(view, typed, value):
    click(view, 2, 1)
    keys(view, typed, Qt.Key.Key_Return)
    (table,) = edited(view)
    assert table == TABLE.with_cells({(2, 1): value})
    assert view.grid.rows.index(2, 1).data() == {-3: "−3", 0.0025: "0.0025"}.get(value, "0.25")


def test_enter_goes_down_tab_goes_right_and_arrows_anywhere(view):
    click(view, 0, 1)
    keys(view, "7", Qt.Key.Key_Return)
    assert here(view) == (1, 1)
    keys(view, "8", Qt.Key.Key_Tab)
    assert here(view) == (1, 2)
    keys(view, key=Qt.Key.Key_Tab)
    assert here(view) == (2, 0)
    keys(view, key=Qt.Key.Key_Backtab, held=SHIFT)
    assert here(view) == (1, 2)
    keys(view, key=Qt.Key.Key_Left)
    keys(view, key=Qt.Key.Key_Up)
    assert here(view) == (0, 1)
    last = edited(view)[-1]
    assert last.rows == ((1, 7, 0), (1.5, 8, 1), (0.25, 1, 1)), "faster than the run, both are kept"


def test_a_word_is_refused_in_a_sentence_and_nothing_is_lost(view):
    click(view, 1, 0, twice=True)
    keys(view, "abc", Qt.Key.Key_Return)
    assert view.problem.isVisible()
    assert view.problem.text().startswith("'abc' is not a number")
    assert view.grid.busy
    keys(view, key=Qt.Key.Key_Escape)
    assert view.table == TABLE
    click(view, 1, 0)
    keys(view, key=Qt.Key.Key_Delete)
    assert view.problem.text().startswith("A cell needs a number")
    assert not edited(view)
    keys(view, "3", Qt.Key.Key_Return)
    assert not view.problem.isVisible()


def test_a_word_in_a_target_cell_is_a_class(view):
    click(view, 0, 2)
    keys(view, "low", Qt.Key.Key_Return)
    assert edited(view)[-1].classes == ("low", "1")
    assert view.grid.rows.index(0, 2).data() == "0 low"
    keys(view, "high", Qt.Key.Key_Return)
    assert edited(view)[-1].classes == ("low", "high")
    assert view.grid.rows.index(1, 2).data() == "1 high"
    click(view, 0, 0)
    keys(view, "w")
    assert not view.grid.busy, "a letter on an input is a shortcut"
    click(view, 0, 2)
    keys(view, "mid", Qt.Key.Key_Return)
    (start,) = [one for one in view.sent if isinstance(one, Start)]  # it needs another output
    assert read_typed(start.recipe.dataset).classes == ("low", "high", "mid")


def test_a_word_that_cannot_be_a_class_is_said(view):
    click(view, 0, 2)
    keys(view, "2.5", Qt.Key.Key_Return)
    click(view, 1, 2)
    keys(view, "cat", Qt.Key.Key_Return)
    assert "can be no class" in view.problem.text()
    assert view.problem.isVisible()


def test_a_name_is_typed_over_the_head(view):
    QTest.mouseDClick(view.grid.heads.viewport(), BUTTON, pos=heads_at(view, 0, 0.25))
    keys(view, "tall", Qt.Key.Key_Return)
    assert view.table.columns == ("tall", "b", "y")
    QTest.mouseClick(view.grid.heads.viewport(), BUTTON, pos=heads_at(view, 1, 0.25))
    view.grid.setFocus()
    keys(view, key=Qt.Key.Key_F2)
    keys(view, "tall", Qt.Key.Key_Return)
    assert view.problem.text().startswith("Two columns are called 'tall'")
    assert view.table.columns == ("tall", "b", "y")


def test_the_head_s_menu_switches_inserts_and_removes(view, qtbot):
    QTest.mouseClick(view.grid.heads.viewport(), BUTTON, pos=heads_at(view, 1, 0.8))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    first = menu.actions()[0]
    assert first.text() == "Make it a target"
    QTest.mouseClick(menu, BUTTON, pos=menu.actionGeometry(first).center())
    start = view.sent[-1]
    assert isinstance(start, Start)
    assert start.fit
    assert read_typed(start.recipe.dataset).targets == (1, 2)
    assert view.table.targets == (1, 2)
    view.menu_of(2).actions()[0].trigger()
    assert view.table.targets == (1,)
    view.menu_of(1).actions()[0].trigger()
    assert view.problem.text().startswith("'b' is the only target")
    view.menu_of(0).actions()[-1].trigger()
    assert view.table.columns == ("b", "y")


def test_rows_and_columns_are_added_and_removed(view):
    click(view, 0, 0)
    QTest.mouseClick(view.more, BUTTON)
    assert view.table.rows == (TABLE.rows[0], (0, 0, 0), *TABLE.rows[1:])
    assert here(view) == (1, 0)
    assert len(edited(view)) == 1, "more examples are an edit"
    QTest.mouseClick(view.fewer, BUTTON)
    assert view.table == TABLE
    QTest.mouseClick(view.column, BUTTON)
    assert view.table.columns == ("height", "b", "x₃", "y")
    assert isinstance(view.sent[-1], Start), "another input is another net"


def test_cells_go_through_the_clipboard(view):
    QGuiApplication.clipboard().setText("p\tq\tr\n1\t2\t3\n4\t5\t6\n")
    click(view, 0, 0)
    keys(view, key=Qt.Key.Key_V, held=Qt.KeyboardModifier.ControlModifier)
    assert view.table.columns == ("p", "q", "r")
    assert view.table.rows == ((1, 2, 3), (4, 5, 6))
    keys(view, key=Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    keys(view, key=Qt.Key.Key_C, held=Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "p\tq\tr\n1\t2\t3\n4\t5\t6"
    before = view.table
    QGuiApplication.clipboard().setText("1\t2\t3\n" * 10_000)
    keys(view, key=Qt.Key.Key_V, held=Qt.KeyboardModifier.ControlModifier)
    assert "save them as a CSV file" in view.problem.text()
    assert view.table == before


def test_the_scaling_is_chosen(view):
    view.scaling.setFocus()
    keys(view, key=Qt.Key.Key_Down)
    (table,) = edited(view)
    assert table.scale == "standard"


def test_a_row_puts_its_example_in_focus_and_the_other_way_round(view):
    click(view, 2, 1)
    assert view.sent == [FocusOn(2)]
    shown = moment(TABLE)
    view.show_snapshot(replace(shown, focus=replace(shown.focus, index=1)))
    assert here(view) == (1, 1)
    assert view.grid.cells.focus == 1
    assert view.sent == [FocusOn(2)], "that is no wish"


def test_undo_of_the_run_shows_the_table_before(view):
    click(view, 0, 0)
    keys(view, "9", Qt.Key.Key_Return)
    view.show_snapshot(moment(TABLE))  # on its way
    assert view.table.rows[0][0] == 9
    view.show_snapshot(moment(view.table))
    assert view.table.rows[0][0] == 9
    view.show_snapshot(moment(TABLE))
    assert view.table == TABLE


def test_what_the_run_refuses_is_taken_back(view):
    click(view, 0, 0)
    keys(view, "9", Qt.Key.Key_Return)
    view._failed(Failure("It cannot be."))
    assert view.table == TABLE


def test_other_small_data_become_a_typed_table_once_they_are_changed(show):
    data = load_dataset("and")
    recipe = Recipe(dataset="and", layers=(2, 3, 1))
    view = show(TableView, snapshot_of(Trainer(recipe, data), CostHistory()), (620, 320))
    asked = []
    view.wanted.connect(asked.append)
    view._asked = False
    view._keep_up()
    assert asked == [ShowData()]
    view._show_data(DataInUse(data))
    assert view.table == table_of(data)
    view.grid.setFocus()
    click(view, 2, 0)
    keys(view, "0.5", Qt.Key.Key_Return)
    assert MakeEdit("dataset", table_of(data).with_cells({(2, 0): 0.5}).name) in asked


def test_another_table_begins_at_its_first_cell(view):
    click(view, 2, 1)
    other = TypedTable(("p", "q"), (1,), ((1, 2), (3, 4), (5, 6)))
    view.show_snapshot(moment(other, run=7))
    assert here(view) == (0, 0)


def test_pictures_are_no_table(show, make_snapshot):
    view = show(TableView, make_snapshot(), (620, 320))
    assert view.table is None
    assert not view.grid.isVisible()
    assert not view.more.isVisible()


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("factor", [1.0, 2.5])
def test_it_is_drawn_in_every_theme_and_size(view, theme, factor):
    view.set_theme(replace(theme, scale=TypeScale(factor)))
    view.resize(view.minimumSize())
    assert not view.grab().isNull()


def test_the_park_s_eight_rows_are_seen_at_once_in_the_first_layout(show):
    table = table_of(load_dataset("park"))
    view = show(TableView, moment(table), (346, 272))  # as in a window of 1280 × 720
    grid = view.grid
    assert grid.viewport().rect().contains(grid.visualRect(grid.rows.index(7, 3)))
    assert not grid.horizontalScrollBar().isVisible()
    assert view.about.text == "8 rows, 3 inputs, 1 target."
    view.resize(900, 500)
    assert view.about.text != "8 rows, 3 inputs, 1 target."
    assert grid.columnWidth(3) > grid.columnWidth(0)
