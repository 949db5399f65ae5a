"""The evaluation in the real window on the real threads: opened, answered, and put through."""

import pytest
from PySide6.QtCore import Qt

from nnviz.messages.commands import GoTo, MakeReport, Play
from nnviz.runtime import evaluation_thread
from tests.wishes import on_wish


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


def test_closed_it_asks_nothing_and_opened_it_shows_the_moment_on_screen(qtbot, app):
    window = app.window
    view, asked = window.views["evaluation"], []
    on_wish(view, MakeReport, lambda _: asked.append(window.snapshot.step))
    app.bridge.send(Play())
    qtbot.waitUntil(lambda: window.snapshot.step > 500)
    assert asked == []
    assert not view.isVisible()
    window.dock("evaluation").toggleViewAction().trigger()
    qtbot.waitUntil(lambda: view.report is not None and view.report.step > 0)
    window.actions_by_id["play"].trigger()
    qtbot.waitUntil(lambda: not window.snapshot.playing)
    qtbot.waitUntil(lambda: view.report.step == window.snapshot.step)
    app.bridge.send(GoTo(7))
    qtbot.waitUntil(lambda: view.report.step == window.snapshot.step == 7)
    assert view.report.examples == 4


def test_escape_calls_a_report_off_and_it_comes_after_the_next_step(qtbot, app, monkeypatch):
    def endless(network, *_given, **_more):
        while True:
            network.between()

    window = app.window
    view = window.views["evaluation"]
    monkeypatch.setattr(evaluation_thread, "LONG", -1.0)
    with monkeypatch.context() as patch:
        patch.setattr(evaluation_thread, "report", endless)
        window.dock("evaluation").toggleViewAction().trigger()
        qtbot.waitUntil(lambda: window.long_work.busy)
        qtbot.waitUntil(lambda: not view.settled())
        window.leave()
        qtbot.waitUntil(lambda: not window.long_work.busy)
        assert view.settled()
        assert view.report is None
    window.actions_by_id["step"].trigger()
    qtbot.waitUntil(lambda: view.report is not None and view.report.step == 1)


def test_an_example_of_a_cell_goes_through_the_network(qtbot, app):
    window = app.window
    view, examples = window.views["evaluation"], window.views["examples"]
    window.dock("evaluation").toggleViewAction().trigger()
    window.dock("examples").raise_()
    qtbot.waitUntil(lambda: view.report is not None)
    qtbot.waitUntil(lambda: examples.gallery.count == 4)
    view.pages["mistakes"].click()
    row, column = (int(at[0]) for at in view.report.confusion.nonzero())
    where = view.matrix.grid().box((row, column)).center().toPoint()
    qtbot.mouseClick(view.matrix, Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: view.gallery.count > 0)
    found = view.ranking
    assert found.total == view.report.confusion[row, column]
    assert examples.gallery.count == 4
    last = int(found.index[-1])
    where = view.gallery.box(view.gallery.count - 1).center().toPoint()
    qtbot.mouseClick(view.gallery.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(lambda: window.snapshot.focus.index == last)
