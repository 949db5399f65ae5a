"""All numbers at once in the whole program: the worked example to its digits, edits, undo, Why?."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from nnviz import numbers
from nnviz.messages.commands import StepPhase
from nnviz.views.matrices.cells import Cell as Place
from nnviz.views.matrices.cells import content, name, size_of
from nnviz.views.parameters.picture import COLUMNS


@pytest.fixture
def window(app, qtbot):
    """The window with the 2-2-2 net before its first step, and both panels in front."""
    window, menu = app.window, app.window.examples.menu
    menu.aboutToShow.emit()
    run = window.snapshot.run
    next(action for action in menu.actions() if action.data() == "backprop-222").trigger()
    qtbot.waitUntil(lambda: window.snapshot.run > run)
    numbers.set_digits(9)
    for id in ("parameters", "matrices"):
        window.open_panel(id)
        qtbot.waitUntil(lambda id=id: window.views.in_sight(id))
    window.show_everywhere()
    return window


def table(window):
    """The table as it is on screen, by the names of the parameters."""
    window.views["parameters"].show_snapshot(window.snapshot)
    model = window.views["parameters"].table.rows
    return {
        model.index(row, 0).data(): {
            column: model.index(row, place).data() for place, column in enumerate(COLUMNS) if place
        }
        for row in range(model.rowCount())
    }


def row_of(window, called):
    """The row of a parameter."""
    model = window.views["parameters"].table.rows
    return next(row for row in range(model.rowCount()) if model.index(row, 0).data() == called)


def board(window, layer, way):
    """The numbers of a layer's matrices, by their names."""
    view = window.views["matrices"]
    view.restore({"layer": layer, "way": way})
    view.show_snapshot(window.snapshot)
    shown, found = view.board.picture, {}
    rows, columns = size_of(shown)
    for row in range(rows):
        for column in range(columns):
            at = content(shown, Place(row, column))
            if at is not None:
                view.board.point(Place(row, column))
                found[name(shown, at)] = view.words.accessibleName()
    return found


def test_the_worked_example_phase_by_phase(app, window, qtbot):
    assert table(window)["w₅"]["mean"] == "0.0821670406"
    for phase in ("pick", "forward 1", "forward 2", "cost", "backward 2", "backward 1"):
        app.bridge.send(StepPhase())
        qtbot.waitUntil(lambda phase=phase: window.snapshot.phase is not None
                        and window.snapshot.phase.name == phase)  # fmt: skip
        shown = table(window)
        assert (shown["w₅"]["one"] != "") == phase.startswith("backward")
        assert (shown["w₁"]["one"] != "") == (phase == "backward 1")
        assert shown["w₅"]["mean"] == shown["w₅"]["new"] == ""
    assert board(window, 2, "forward")["ŷ₁"].endswith("0.75136507")
    assert board(window, 2, "backward")["δ²₁"].endswith("0.138498562")
    assert board(window, 1, "slopes")["∂C₀/∂w₁"].endswith("0.000438567734")
    for phase in ("average", "update"):
        app.bridge.send(StepPhase())
        qtbot.waitUntil(lambda phase=phase: window.snapshot.phase.name == phase)
    shown = table(window)
    assert [shown[f"w{place}"]["new"] for place in "₁₂₃₄₅₆₇₈"] == [
        "0.149780716", "0.199561432", "0.249751144", "0.299502287",
        "0.35891648", "0.408666186", "0.51130127", "0.561370121",
    ]  # fmt: skip


def test_a_row_asks_why_and_why_has_the_same_numbers(window, qtbot):
    shown, view = table(window), window.views["parameters"]
    row = row_of(window, "w₅")
    at = view.table.visualRect(view.table.rows.index(row, 1)).center()
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: window.selection is not None)
    assert window.selection == view.shown.selection(row)
    said = "\n".join(window.views["inspector"].page.copied)
    assert f"= {shown['w₅']['mean']}" in said
    assert view.table.cells.marked == window.selection.parameter


def test_a_value_that_is_typed_is_one_change_that_undo_takes_back(window, qtbot):
    view = window.views["parameters"]
    before = table(window)
    row = row_of(window, "w₅")
    view.table.setFocus()
    view.table.setCurrentIndex(view.table.rows.index(row, 1))
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    field = view.table.viewport().findChildren(QLineEdit)[-1]
    QTest.keyClicks(field, "2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.snapshot.undo))
    assert table(window)["w₅"]["value"] == "2"
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: bool(window.snapshot.redo))
    assert table(window) == before
