"""The runs panel in the whole program: runs that gave way are compared with the one on screen."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from nnviz.engine.run.seed_band import SeedBand
from tests.waiting import events_done
from tests.window.program import Program

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def program(qtbot, tmp_path):
    program = Program(qtbot, tmp_path)
    yield program
    program.quit()


def test_a_run_that_gave_way_is_listed_laid_over_saved_and_opened_again(program, qtbot, tmp_path):
    window = program.start()
    program.choose("xor")
    first = program.train(5)
    window.open_panel("runs")
    view = window.views["runs"]
    program.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    second = program.wait(lambda s: s.run != first.run)
    qtbot.waitUntil(lambda: view.shown is not None and len(view.shown.rows) >= 2, timeout=60_000)
    program.train(3)
    row = view.shown.rows[1]
    assert row.summary.recipe == second.recipe
    assert row.summary.step == 5
    cost = window.views["cost"]
    view.table.ticked.emit(1)
    qtbot.waitUntil(lambda: len(cost._shown.ghosts) == 1, timeout=60_000)
    assert cost._shown.ghosts[0].costs[-1] == row.summary.cost
    assert any(name.isVisible() for name in cost.plot.overlay.names)
    QTest.mouseClick(view.csv_button, LEFT)
    dialog = window.findChild(QFileDialog, "runs_csv")
    dialog.selectFile(str(tmp_path / "what was tried.csv"))
    dialog.accept()
    rows = list(csv.DictReader((tmp_path / "what was tried.csv").read_text().splitlines()))
    assert [one["step"] for one in rows] == ["3", "5"]
    assert float(rows[1]["cost"]) == row.summary.cost
    place = view.table.visualItemRect(view.table.item(1, 1)).center()
    QTest.mouseClick(view.table.viewport(), LEFT, pos=place)
    QTest.mouseDClick(view.table.viewport(), LEFT, pos=place)
    program.wait(lambda s: s.run not in (first.run, second.run) and s.step == 5)


def test_other_seeds_draw_their_band_beside_a_run_that_goes_on(program, qtbot):
    window = program.start()
    program.choose("moons")
    program.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    program.wait(lambda s: s.epoch == 1 and not s.playing)
    window.open_panel("runs")
    view, cost = window.views["runs"], window.views["cost"]
    bands = []
    program.app.bridge.on(SeedBand, bands.append)
    QTest.mouseClick(view.seeds_button, LEFT)
    qtbot.waitUntil(lambda: bool(bands) and bands[-1].over, timeout=60_000)
    events_done()
    assert len(cost._shown.seeds[0]) == 4
    assert cost.plot._seeds.isVisible()
    assert "5 other seeds" in cost.plot.overlay.note.text()
    program.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    program.wait(lambda s: s.run != bands[-1].run)
    program.train(2)
    qtbot.waitUntil(lambda: not cost.plot._seeds.isVisible(), timeout=60_000)
