"""A show of hands: counted by clicks, digits and numbers, and shown beside the result."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication

from nnviz.lessons.answer_sheet import GivenAnswer
from nnviz.window.lesson.hands import hands_of
from nnviz.window.lesson.hands_answer import HandsAnswer
from tests.waiting import events_done
from tests.window.lesson.conftest import LESSON

STEPS = LESSON.replace("test_cost < before", "step >= 10").replace(
    "test_cost >= before", "step < 10"
)


@pytest.fixture
def asked(at):
    at.open(STEPS)
    at.go_to("guess")
    return at


def sheet(at):
    return at.player.screen.panel.sheet


def test_hands_are_counted_and_stand_as_the_answer_of_the_class(asked, qtbot):
    at = asked
    at.click(sheet(at).count)
    counter = sheet(at).answer
    assert isinstance(counter, HandsAnswer)
    assert not counter.take.isEnabled()
    at.click(counter.buttons[0])
    at.click(counter.more[0])
    at.click(counter.more[1])
    at.click(counter.less[1])
    at.key(Qt.Key.Key_2)
    assert at.shown.asked.hands == (2, 1)
    assert at.script.locked, "hands that are counted stand only once they are taken"
    counter.fields[1].setFocus()
    counter.fields[1].selectAll()
    qtbot.keyClicks(counter.fields[1], "17")
    assert at.shown.asked.hands == (2, 17)
    qtbot.keyClick(counter.fields[1], Qt.Key.Key_Return)
    assert not at.script.locked
    (given,) = at.script.given
    assert (given.hands, given.value) == ((2, 17), None)
    assert not counter.take.isVisible()
    assert not sheet(at).count.isVisible()
    at.click(counter.buttons[0])
    assert at.shown.asked.hands == (2, 17), "what stands is not counted on"


def test_the_bars_stand_beside_the_result_and_say_what_is_right(asked, qtbot):
    at = asked
    at.key(Qt.Key.Key_H)
    for key in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_Return):
        at.key(key)
    assert at.script.given.of(at.script.scene).hands == (2, 1)
    at.on()
    bars = sheet(at).hands
    assert [bar.count for bar in bars.bars] == [2, 1]
    assert bars.isVisible()
    assert not sheet(at).prediction.isVisible()
    qtbot.waitUntil(lambda: at.script.judged is not None, timeout=60_000)
    at.player.playback.look()
    assert at.shown.hands.right == (0,)
    assert sheet(at).feedback.text() == "Right is: Yes"
    assert list(at.player._record.answers) == [], "hands of a class are nobody's answer"


def test_the_right_choice_is_known_by_its_place_not_by_its_words():
    given = GivenAnswer(
        "guess", None, "It does\nIt does", correct="It does", hands=(3, 4), judged=True
    )
    assert hands_of(replace(given, right_choices=(1,))).right == (1,)


def test_h_leaves_the_counting_and_one_answer_can_be_given(asked):
    at = asked
    at.key(Qt.Key.Key_H)
    at.key(Qt.Key.Key_1)
    at.key(Qt.Key.Key_H)
    assert at.shown.asked.hands == ()
    at.key(Qt.Key.Key_2)
    assert at.shown.asked.answer == 1


def test_hands_are_counted_on_the_stage_by_fingers(asked, qtbot):
    at = asked
    projector = at.window.projector
    projector.show_at(QRect(0, 0, 1280, 720), covering=True, full=False)
    with qtbot.waitActive(projector.stage):
        projector.stage.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is projector.stage)
    qtbot.keyClick(projector.stage, Qt.Key.Key_H)
    strip = at.player.screen.strip
    counter = strip.asked.answer
    assert isinstance(counter, HandsAnswer)
    assert strip.height() == round(0.5 * projector.stage.height())
    events_done()
    for part in (*counter.less, *counter.more, *counter.fields, counter.take):
        assert part.isVisible()
        assert part.width() >= 40, part.objectName()
        assert part.height() >= 40, part.objectName()
    qtbot.mouseClick(counter.more[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(counter.take, Qt.MouseButton.LeftButton)
    assert at.script.given.of(at.script.scene).hands == (0, 1)
    assert strip.height() <= projector.stage.height() / 3
    at.on()
    assert strip.judged.hands.isVisible()
    assert not strip.said.hands.isVisible()
