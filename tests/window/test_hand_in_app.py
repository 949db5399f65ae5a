"""A hand taught in the real window: from the menu to what it brought, and taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from nnviz.data.drawings import DrawingStore
from nnviz.engine.recipe import Recipe
from nnviz.views.pad.hand_picture import Stage
from nnviz.views.pad.hand_state import HandState
from nnviz.window.hand_entry import OTHER_DATA
from tests.window.test_teaching_in_app import draw

LEFT = Qt.MouseButton.LeftButton


def crooked(number):
    """Return places of a crooked line, another one for each number."""
    bend = 0.012 * number
    return (0.25, 0.25), (0.3 + bend, 0.35 + bend / 2), (0.6 - bend, 0.85)


@pytest.fixture
def app(app_at_rest):
    return app_at_rest


def test_a_hand_is_learned_compared_and_taken_back(qtbot, app):
    window, pad = app.window, app.window.views["pad"]
    window.start(Recipe())
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "digits", timeout=60_000)
    entry, lesson = window.actions_by_id["learn_hand"], pad.lesson
    qtbot.waitUntil(entry.isEnabled)
    lesson.state = HandState(each=1)
    before = {drawing.id for drawing in DrawingStore().kept().drawings}
    entry.trigger()
    qtbot.waitUntil(lambda: pad.isVisible() and lesson.sheet.isVisible())
    for number in range(10):
        draw(pad, crooked(number))
        QTest.keyClick(pad.canvas, Qt.Key.Key_Space)  # not the run's now
    assert lesson.picture.stage is Stage.READY
    assert window.snapshot.step == 0
    qtbot.mouseClick(lesson.buttons.on, LEFT)
    qtbot.waitUntil(lambda: window.snapshot.undo == "your handwriting: 10 digits")
    kept = [one for one in DrawingStore().kept().drawings if one.id not in before]
    assert sorted(one.label for one in kept) == list(range(10))
    DrawingStore().remove([one.id for one in kept])
    qtbot.waitUntil(lambda: window.snapshot.playing)  # by itself
    qtbot.waitUntil(lambda: lesson.picture.share == 1, timeout=60_000)
    qtbot.waitUntil(lambda: not window.snapshot.playing)
    qtbot.mouseClick(lesson.buttons.on, LEFT)
    for number in range(10, 20):
        draw(pad, crooked(number))
        qtbot.mouseClick(lesson.buttons.on, LEFT)
    assert lesson.picture.stage is Stage.TRIED
    assert len(lesson.state.before_tried) == 10
    assert "?" not in lesson.state.before_tried
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.recipe.taught == "none")
    qtbot.waitUntil(lambda: lesson.picture.stage is Stage.READY)
    QTest.keyClick(pad.canvas, Qt.Key.Key_Escape)
    assert not lesson.open
    lesson.state = HandState()


def test_it_is_offered_where_digits_are_read_alone(qtbot, app):
    entry = app.window.actions_by_id["learn_hand"]
    app.window.start(Recipe(dataset="xor", layers=(2, 3, 1)))
    qtbot.waitUntil(lambda: app.window.snapshot.recipe.dataset == "xor", timeout=60_000)
    qtbot.waitUntil(lambda: not entry.isEnabled())
    assert entry.toolTip() == OTHER_DATA


def test_it_opens_a_pad_that_was_closed_and_stays_open(qtbot, app):
    window, pad = app.window, app.window.views["pad"]
    window.dock("pad").close()
    window.start(Recipe(layers=(784, 8, 10)))
    entry = window.actions_by_id["learn_hand"]
    qtbot.waitUntil(entry.isEnabled, timeout=60_000)
    assert not pad.isVisible()
    entry.trigger()
    qtbot.waitUntil(lambda: pad.lesson.sheet.isVisible())
    window.actions_by_id["step"].trigger()
    qtbot.waitUntil(lambda: pad.reader.snapshot is not None and pad.reader.snapshot.step > 0)
    assert pad.lesson.open
    assert pad.lesson.picture.title[0].startswith("Draw a")
    pad.lesson.leave()
