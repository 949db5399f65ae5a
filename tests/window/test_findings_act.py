"""A finding opens, explains, and offers its remedy: by mouse and by keys, whatever it says."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.engine.training import health as watch
from nnviz.engine.training import remedies
from nnviz.engine.training.findings import Finding
from nnviz.engine.training.remedies import Remedy, Where
from nnviz.engine.training.state import ScheduleEvent
from nnviz.messages import commands
from nnviz.window.finding_panel import NAMES
from tests.sampled import sampled
from tests.waiting import events_done

LEFT = Qt.MouseButton.LeftButton
HALVE = Remedy((("learning_rate", 1.5),))
BACK = Remedy((("learning_rate", 1.5),), Where.BEST, 120)
ANEW = Remedy((("initialiser", "xavier"), ("activation", "tanh")))


def finding(action=BACK, kind="giant_steps", words="do as it says here"):
    return Finding(kind, "one step changes the weights by 70 %", words, True, action)


@pytest.fixture
def shown(stage, qtbot):
    """A window that shows findings, and all that leaves it."""

    def show(*findings, size=(1280, 720)):
        window = stage.full_window(size)
        window.show_snapshot(stage.snapshot(steps=3, findings=findings))
        qtbot.waitUntil(window.status.remark.isVisible)
        stage.sent.clear()
        return window

    return show


def test_every_kind_has_a_name():
    sources = [
        path.read_text("utf-8") for path in Path(watch.__file__).parent.glob("*_findings.py")
    ]
    assert set(re.findall(r'look\.finding\(\s*"(\w+)"', "".join(sources))) == set(NAMES)


@pytest.mark.parametrize(
    ("remedy", "sent"),
    [
        (HALVE, [commands.MakeEdit("learning_rate", 1.5)]),
        (BACK, [commands.EditAt(120, (("learning_rate", 1.5),))]),
    ],
)
def test_a_click_opens_it_and_another_does_what_helps(shown, stage, remedy, sent):
    window = shown(finding(remedy))
    remark = window.status.remark
    QTest.mouseClick(remark, LEFT)
    assert remark.panel.isVisible()
    assert "One step changes the weights by 70 %." in remark.panel.text
    assert "step 3" in remark.panel.text
    assert stage.sent == []
    QTest.mouseClick(remark.panel.buttons[0], LEFT)
    assert stage.sent == sent
    assert not remark.panel.isVisible()


def test_what_needs_a_new_run_begins_one(shown, stage):
    window = shown(finding(ANEW))
    window.status.remark.open()
    QTest.mouseClick(window.status.remark.panel.buttons[0], LEFT)
    (start,) = stage.sent
    expected = replace(stage.recipe, initialiser="xavier", activation="tanh")
    assert start.recipe == expected


def test_what_does_not_fit_the_recipe_is_refused_in_a_sentence(shown, stage):
    window = shown(finding(Remedy((("activation", ("tanh", "tanh", "tanh")),))))
    window.status.remark.open()
    QTest.mouseClick(window.status.remark.panel.buttons[0], LEFT)
    assert stage.sent == []
    box = stage.box(window, "failure")
    assert "activations" in box.text()
    box.close()


def test_words_decide_nothing(shown, stage):
    for words in ("halve η", "start again", "", "go back to step 7"):
        window = shown(finding(BACK, words=words))
        window.status.remark.open()
        QTest.mouseClick(window.status.remark.panel.buttons[0], LEFT)
        assert stage.sent == [commands.EditAt(120, BACK.edits)]
        window.close()


def test_by_keys_alone(shown, stage, qtbot):
    window = shown(finding(BACK))
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    panel = window.status.remark.panel
    assert panel.isVisible()
    qtbot.waitUntil(panel.buttons[0].hasFocus)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert stage.sent == []
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(panel.buttons[0].hasFocus)
    QTest.keyClick(panel.buttons[0], Qt.Key.Key_Return)
    assert stage.sent == [commands.EditAt(120, BACK.edits)]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_remark_in_focus_is_opened_and_nothing_is_trained(shown, stage, key):
    window = shown(finding(BACK))
    window.status.remark.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.status.remark, key)
    assert window.status.remark.panel.isVisible()
    for letter in (Qt.Key.Key_Right, Qt.Key.Key_1):
        QTest.keyClick(window.status.remark.panel, letter)
    assert stage.sent == []


@pytest.mark.parametrize("kind", sampled(NAMES, every=3))
def test_what_is_wrong_can_always_be_read(shown, kind):
    window = shown(finding(BACK, kind, "a sentence so long that no status line has room " * 5))
    events_done()
    remark = window.status.remark
    needed = remark.fontMetrics().horizontalAdvance(f"⚠ {NAMES[kind]}")
    assert remark.width() >= needed
    assert window.width() == 1280


def test_several_findings_have_a_button_each(shown, stage):
    window = shown(finding(BACK), finding(HALVE, "saturated"))
    remark = window.status.remark
    QTest.mouseClick(remark, LEFT)
    assert len(remark.panel.buttons) == 2
    QTest.mouseClick(remark.panel.buttons[1], LEFT)
    assert stage.sent == [commands.MakeEdit("learning_rate", 1.5)]


def test_a_change_of_the_schedule_is_explained_and_offers_nothing(shown, stage, qtbot):
    window = stage.full_window()
    edit = ScheduleEvent(500, "learning_rate", 3.0, 1.5, "the mean cost did not fall")
    window.show_snapshot(stage.snapshot(steps=3, edits=(edit,)))
    qtbot.waitUntil(window.status.remark.isVisible)
    QTest.mouseClick(window.status.remark, LEFT)
    assert "step 500: the mean cost did not fall" in window.status.remark.panel.text
    assert window.status.remark.panel.buttons == []


def test_where_all_is_well_there_is_nothing_to_open(stage, qtbot):
    window = stage.full_window()
    window.show_snapshot(stage.snapshot(steps=3))
    assert not window.status.remark.isVisible()
    window.status.remark.open()
    assert not window.status.remark.panel.isVisible()


def test_remedies_say_what_they_do():
    recipe = remedies.Recipe(learning_rate=3.0)
    assert HALVE.words(recipe, 3.0) == "halve η"
    assert BACK.words(recipe, 3.0) == "go back to step 120 and halve η"
    assert replace(BACK, step=0).words(recipe, 6.0) == "go back to the start and lower η to 1.5"
    assert ANEW.words(recipe, 3.0) == (
        "start again with Xavier start weights and tanh in hidden layers"
    )


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_a_long_remedy_stands_in_several_lines_and_is_whole(shown, size):
    words = "start anew with " + " and ".join(f"something number {n} that helps" for n in range(5))
    window = shown(finding(words=words), size=size)
    QTest.mouseClick(window.status.remark, LEFT)
    panel = window.status.remark.panel
    (button,) = panel.buttons
    assert button.text().replace("\n", " ").casefold() == words.casefold()
    wide = max(map(button.fontMetrics().horizontalAdvance, button.text().split("\n")))
    assert "\n" in button.text()
    assert wide < button.width()
    assert panel.rect().contains(button.geometry())
