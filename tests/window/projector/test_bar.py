"""The stage's bar comes at the top edge or on F10, does what its buttons say, and goes."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from nnviz.messages.commands import Play
from nnviz.window.projector import page_list
from nnviz.window.projector.pages import Page, Shown
from tests.waiting import until

PAGES = (Page("one", "One", (Shown("middle"),)), Page("two", "Two", (Shown("side"),)))


@pytest.fixture
def projected(stage, monkeypatch):
    monkeypatch.setattr(page_list, "PAGES", PAGES)
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=2))
    window.projector.show_at(QRect(0, 0, 1280, 720), covering=True)
    until(lambda: window.projector.has_keys)
    return window


def button(bar, text):
    return next(one for one in bar.findChildren(QToolButton) if one.text() == text)


def come(bar):
    until(lambda: bar.isVisible() and bar.y() == 0)


def test_it_is_not_there_and_nothing_moves_when_it_comes(stage, projected):
    bar, board = projected.projector.stage.bar, projected.projector.stage.board
    assert not bar.isVisible()
    before = board.geometry()
    QTest.mouseMove(projected.projector.stage, QPoint(600, 300))
    QTest.mouseMove(projected.projector.stage, QPoint(600, 1))
    come(bar)
    assert board.geometry() == before
    rung = []
    bar._over.timeout.connect(lambda: rung.append(bar.y()))
    until(lambda: len(rung) > 1)
    assert bar.isVisible()  # as long as the pointer rests at the edge
    assert bar.y() == 0
    QTest.mouseMove(projected.projector.stage, QPoint(600, 400))
    until(lambda: not bar.isVisible())


def test_keys_reach_it_and_escape_leaves_it_before_the_stage(stage, projected):
    bar = projected.projector.stage.bar
    stage.press(Qt.Key.Key_F10)
    come(bar)
    assert bar.isAncestorOf(projected.projector.stage.focusWidget())
    stage.press(Qt.Key.Key_Escape)
    until(lambda: not bar.isVisible())
    assert projected.projector.on
    stage.press(Qt.Key.Key_Escape)
    until(lambda: not projected.projector.on)


def test_its_buttons_do_what_they_say(stage, projected):
    projector = projected.projector
    bar = projector.stage.bar
    bar.slide_in()
    button(bar, "›").click()
    assert projector.page.id == "two"
    assert bar.title.text() == "Two ▾"
    button(bar, "‹").click()
    button(bar, "play").click()
    assert any(isinstance(sent, Play) for sent in stage.sent)
    assert button(bar, "minibatch").isChecked()
    button(bar, "epoch").click()
    assert projected.stepping.granularity == "epoch"
    assert button(bar, "epoch").isChecked()
    assert not button(bar, "minibatch").isChecked()
    button(bar, "theme").click()
    assert projector.stage.theme.name == "dark"
    button(bar, "×").click()
    assert not projector.on


def test_its_menu_has_every_page_with_its_key(projected):
    bar = projected.projector.stage.bar
    bar.menu.aboutToShow.emit()
    entries = [action.text() for action in bar.menu.actions() if action.text()]
    more = ["Remote turns pages", "Save this page…", "Choose pages…"]
    assert entries == ["One\t1", "Two\t2", *more]
    bar.menu.actions()[1].trigger()
    assert projected.projector.page.id == "two"


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_all_of_it_has_room(projected, size):
    stage = projected.projector.stage
    stage.setWindowState(stage.windowState().WindowNoState)
    stage.setGeometry(0, 0, *size)
    until(lambda: stage.size().toTuple() == size)
    stage.bar.slide_in()
    come(stage.bar)
    assert stage.bar.minimumSizeHint().width() <= size[0]
