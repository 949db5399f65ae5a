"""The weight editor: one parameter, its value live, and another value by hand."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from nnviz.engine import Recipe
from nnviz.engine.changes import THETA
from nnviz.messages import commands
from nnviz.numbers import read_number
from nnviz.numbers import write as number
from nnviz.window.weight_editor import WeightEditor
from tests.sampled import sampled


@pytest.fixture
def opened(stage):
    """A window whose editor is open for entry 4: w¹₂,₂."""
    window = stage.window()
    window.show_snapshot(stage.snapshot(steps=2))
    window.edit_parameter(4)
    return window


def editor(window):
    return window.findChild(WeightEditor)


def part(window, kind, name):
    return editor(window).findChild(kind, name)


def write(qtbot, window, text):
    field = part(window, QLineEdit, "weight_field")
    field.selectAll()
    field.insert(text)  # as pasted: Qt's own key presses know no true minus sign
    qtbot.keyClick(field, Qt.Key.Key_Return)


def edit(value, index=4):
    return commands.MakeEdit(THETA, (value,), (index,))


def test_it_names_the_parameter_and_follows_its_value(stage, opened):
    assert part(opened, QLabel, "weight_name").text() == "w¹₂,₂"
    shown = part(opened, QLabel, "weight_value")
    first = stage.snapshot()
    assert shown.text() == number(float(first.theta[4]))
    later = stage.snapshot(steps=30, playing=True)
    opened.show_snapshot(later)
    assert later.theta[4] != first.theta[4]
    assert shown.text() == number(float(later.theta[4]))
    assert editor(opened).isVisible()


def test_a_number_and_the_two_buttons_change_it(stage, qtbot, opened):
    assert part(opened, QLineEdit, "weight_field").hasFocus()
    stage.press(Qt.Key.Key_7)  # what stands in the field is replaced at once
    qtbot.mouseClick(part(opened, QPushButton, "Primary"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part(opened, QPushButton, "weight_zero"), Qt.MouseButton.LeftButton)
    write(qtbot, opened, "−0.5")
    write(qtbot, opened, "1,25")
    write(qtbot, opened, "-1/4")
    write(qtbot, opened, "8,5×10⁻⁵")
    wanted = [7.0, 0.0, -0.5, 1.25, -0.25, 8.5e-5]
    assert stage.sent == [edit(value) for value in wanted]
    assert editor(opened).isVisible()
    assert opened.stepping.granularity == "minibatch", "a figure typed chose a granularity"


def test_enter_without_typing_neither_rounds_the_weight_nor_records_a_change(stage, qtbot, opened):
    field = part(opened, QLineEdit, "weight_field")
    assert np.float32(read_number(field.text())) == stage.snapshot().theta[4], "all its digits"
    for _ in range(2):
        stage.press(Qt.Key.Key_Return)
        qtbot.mouseClick(part(opened, QPushButton, "Primary"), Qt.MouseButton.LeftButton)
    assert stage.sent == []
    write(qtbot, opened, "0.123456789012")
    qtbot.keyClick(field, Qt.Key.Key_Return)  # what was typed is there with all of its digits
    assert stage.sent == [edit(0.123456789012)] * 2


@pytest.mark.parametrize(
    "text", sampled(["abc", "", "nan", "inf", "1e39", "1.2.3", "1,250", "1/0"], every=2)
)
def test_the_impossible_is_refused_in_its_own_frame(stage, qtbot, opened, text):
    field = part(opened, QLineEdit, "weight_field")
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    write(qtbot, opened, text)
    refusal = part(opened, QLabel, "weight_refusal")
    assert refusal.isVisible()
    assert "write" in refusal.text()
    assert editor(opened).height() >= editor(opened).sizeHint().height()
    assert stage.sent == []
    write(qtbot, opened, "2")
    assert not refusal.isVisible()
    assert stage.sent == [edit(2.0)]


def test_escape_closes_it_and_the_window_goes_on(stage, qtbot, opened):
    stage.press(Qt.Key.Key_Escape)
    assert not editor(opened).isVisible()
    stage.press(Qt.Key.Key_Right)
    assert stage.sent == [commands.StepMinibatch()], "the keys are the run's again"
    opened.edit_parameter(12)
    assert part(opened, QLabel, "weight_name").text() == "b²₁"
    qtbot.mouseClick(part(opened, QPushButton, "weight_close"), Qt.MouseButton.LeftButton)
    assert not editor(opened).isVisible()


def test_it_closes_when_the_network_is_another(stage, opened):
    recipe = Recipe(dataset="xor", layers=(2, 1))
    moment = stage.snapshot(run=2, recipe=recipe, theta=np.zeros(3, np.float32))
    opened.show_snapshot(moment)
    assert not editor(opened).isVisible()
    opened.edit_parameter(3)  # there is no such entry any more
    assert not editor(opened).isVisible()


@pytest.mark.parametrize("corner", [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0), (0.5, 0.4)])
def test_it_stands_near_the_pointer_and_wholly_inside(stage, corner):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    place = QPoint(round(corner[0] * window.width()), round(corner[1] * window.height()))
    QCursor.setPos(window.mapToGlobal(place))
    window.edit_parameter(0)
    frame = editor(window).geometry()
    assert window.rect().contains(frame)
    far = frame.center() - place
    assert abs(far.x()) <= frame.width()
    assert abs(far.y()) <= frame.height() + 20


def test_without_a_run_there_is_nothing_to_edit(stage):
    window = stage.window()
    window.edit_parameter(0)
    assert not editor(window).isVisible()
