"""A lesson on the stage: a quarter of its height, large letters, a remote's keys, Escape asks."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

from tests.window.lesson.conftest import LESSON

LEAST = 24
"""Pixels of the letters of a scene at a height of 720."""


@pytest.fixture
def stage(at, qtbot):
    at.open()
    projector = at.window.projector
    projector.show_at(QRect(0, 0, 1280, 720), covering=True, full=False)
    with qtbot.waitActive(projector.stage):
        projector.stage.activateWindow()
    return projector.stage


def press(qtbot, stage, key):
    qtbot.keyClick(stage.focusWidget() or stage, key)


def test_it_has_a_quarter_of_the_height_and_letters_for_the_back_row(at, stage):
    strip = at.player.screen.strip
    assert strip.height() == round(0.25 * stage.height())
    assert strip.geometry().bottom() == stage.rect().bottom()
    assert not stage.strip.isVisible()
    for label in strip.findChildren(QLabel):
        if label.isVisible() and label.text() and label.objectName() != "lesson_line":
            assert label.fontInfo().pixelSize() >= LEAST, label.text()
    assert strip.said.text.text() == "A net at step 0, with 3 hidden neurons."


def test_a_remote_goes_through_it(at, stage, qtbot):
    press(qtbot, stage, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: at.scene == "click" and at.script.arrived, timeout=60_000)
    assert at.window.snapshot.step == 0, "PageDown steps no more"
    press(qtbot, stage, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: at.scene == "first" and at.script.arrived, timeout=60_000)


def test_digits_answer_before_they_turn_pages(at, stage, qtbot):
    at.go_to("guess")
    page = at.window.projector.page
    press(qtbot, stage, Qt.Key.Key_2)
    assert at.shown.asked.answer == 1
    assert at.window.projector.page == page
    buttons = at.player.screen.strip.asked.answer.buttons
    assert [button.isChecked() for button in buttons] == [False, True]
    press(qtbot, stage, Qt.Key.Key_2)
    assert at.window.projector.page.id == "why"


def test_a_choice_is_clicked_on_the_stage(at, stage, qtbot):
    at.go_to("guess")
    qtbot.mouseClick(at.player.screen.strip.asked.answer.buttons[0], Qt.MouseButton.LeftButton)
    assert at.shown.asked.answer == 0
    assert at.player.screen.panel.sheet.answer.buttons[0].isChecked()


def test_escape_asks_before_the_stage_is_left(at, stage, qtbot):
    found = []
    for _ in range(4):
        press(qtbot, stage, Qt.Key.Key_Escape)
        found = stage.findChildren(QMessageBox, "leave_lesson")
        if found:
            break
    assert stage.isVisible()
    (box,) = found
    leave = next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == "Leave")
    qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)
    assert at.player is None
    assert stage.isVisible()
    assert stage.strip.isVisible()


def test_what_is_chosen_on_the_stage_is_seen_and_what_a_scene_shows_is_shown_there(at, stage):
    projector = at.window.projector
    projector.show_page_of("network-activation")
    stage.views["activation"].restore({"second": "relu"})
    assert at.window.views["activation"].state()["second"] != "relu"
    assert at.player.observed().ui.views["activation"]["second"] == "relu"
    projector.choose({"activation": {"second": "tanh"}, "plane": {}})
    assert stage.views["activation"].state()["second"] == "tanh"
    assert at.player.observed().ui.views["activation"]["second"] == "tanh"
    at.window.views["activation"].restore({"second": "step"})
    assert at.player.observed().ui.views["activation"]["second"] == "step", "chosen last"


@pytest.fixture
def touch(qtbot, stage):
    def on(button):
        assert min(button.width(), button.height()) >= 40
        corners = button.rect().topLeft(), button.rect().bottomRight()
        assert all(stage.rect().contains(button.mapTo(stage, one)) for one in corners)
        assert button.toolTip()
        assert button.accessibleName()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    return on


def test_whatever_has_a_key_has_a_button_for_a_finger(at, stage, qtbot, touch):
    rail = at.player.screen.strip.rail
    assert not rail.back.isEnabled()
    touch(rail.on)
    qtbot.waitUntil(lambda: at.scene == "click" and at.script.arrived, timeout=60_000)
    touch(rail.hint)
    assert at.shown.hints == ("Look at the second column.",)
    touch(rail.back)
    qtbot.waitUntil(lambda: at.scene == "first" and at.script.arrived, timeout=60_000)
    assert not rail.hands.isVisible()
    at.go_to("guess")
    touch(rail.hands)
    assert at.shown.asked.hands == (0, 0)
    touch(rail.hands)
    assert at.shown.asked.hands == ()
    assert stage.focusWidget() not in rail.children()
    touch(rail.leave)
    (asks,) = stage.findChildren(QMessageBox, "leave_lesson")
    asks.close()
    assert at.player is not None


def test_whoever_knows_it_all_says_so_with_a_finger(at, stage, touch):
    rail = at.player.screen.strip.rail
    assert not rail.skip.isVisible()
    skip = '[scene.skip]\nask = "Known already?"\nanswer = "3"\nto = "guess"\n'
    second = '[[scene]]\nid = "click"'
    at.path.write_text(LESSON.replace(second, f"{skip}\n{second}"))
    at.qtbot.waitUntil(rail.skip.isVisible, timeout=60_000)
    touch(rail.skip)
    assert at.shown.asked.skips
    assert not rail.skip.isVisible()
