"""The guide: it points at what is there, one thing after the other, and never insists."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QPushButton

from nnviz.messages.commands import Play
from nnviz.views import VIEWS
from nnviz.window.first_minute.guide import beside
from nnviz.window.first_minute.guide_steps import STEPS
from tests.waiting import calm


@pytest.fixture
def window(stage):
    window = stage.window(VIEWS, (1280, 720))
    stage.ports.publish(stage.snapshot())
    window.actions_by_id["guide"].trigger()
    calm(window)
    return window


def test_every_step_has_something_to_point_at_and_is_beside_it(stage, window):
    guide, seen = window.first_minute.guide, []
    while window.first_minute.guide is not None:
        seen.append(guide.step)
        frame = guide.ring._frame
        assert frame is not None
        assert frame.parentWidget().isVisible(), STEPS[guide.step].target
        target = frame.parentWidget()
        place = QRect(target.mapTo(window, QPoint()), target.size())
        assert window.rect().contains(guide.geometry())
        assert not guide.geometry().contains(place)
        stage.press(Qt.Key.Key_Return)
        calm(window)
    assert seen == list(range(len(STEPS)))


def test_it_goes_back_and_ends_with_escape(stage, window):
    guide = window.first_minute.guide
    stage.press(Qt.Key.Key_Return)
    assert guide.step == 1
    back = next(b for b in guide.findChildren(QPushButton) if b.text() == "Back")
    stage.qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert guide.step == 0
    stage.press(Qt.Key.Key_Escape)
    calm(window)
    assert window.first_minute.guide is None
    assert QApplication.focusWidget() is window
    window.first_minute.show_around()
    window.take_keys()
    stage.press(Qt.Key.Key_Escape)  # wherever the keys are
    calm(window)
    assert window.first_minute.guide is None


def test_everything_else_goes_on_meanwhile(stage, window):
    stage.sent.clear()
    stage.qtbot.mouseClick(stage.button(window, "play"), Qt.MouseButton.LeftButton)
    assert Play() in stage.sent
    assert window.first_minute.guide is not None


def test_what_is_closed_is_passed_over(stage, window):
    window.first_minute.guide.end()
    calm(window)
    for id in ("pad", "cost", "minibatch"):
        window.dock(id).close()
    window.first_minute.show_around()
    guide, seen = window.first_minute.guide, []
    while window.first_minute.guide is not None:
        seen.append(STEPS[guide.step].target)
        guide.go_on()
        calm(window)
    assert not {"pad", "cost", "minibatch"} & set(seen)


def test_it_takes_two_minutes_to_read():
    words = sum(len(f"{step.title} {step.sentence}".split()) for step in STEPS)
    assert 180 < words < 360  # at some 150 words a minute


@pytest.mark.parametrize(
    "target", [QRect(10, 10, 80, 30), QRect(700, 500, 90, 90), QRect(300, 100, 300, 300)]
)
def test_the_card_stands_beside_its_target_within_the_window(target):
    room = QRect(0, 0, 800, 600)
    card = beside(target, QSize(200, 120), room, 10)
    assert room.contains(card)
    assert not card.intersects(target)


def test_a_target_without_room_beside_it_has_the_card_inside():
    room = QRect(0, 0, 800, 600)
    assert room.contains(beside(room, QSize(200, 120), room, 10))
