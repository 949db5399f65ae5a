"""The number field: dragged, typed over, refused in a sentence."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolTip

from nnviz.numbers import read_number
from nnviz.views.shared.number_field import DraggedNumberField, step_of


@pytest.fixture
def field(qtbot):
    field = DraggedNumberField()
    qtbot.addWidget(field)
    field.resize(120, 24)
    field.show()
    field.show_value(1.25)
    field.said = []
    field.changed.connect(lambda value, dragging: field.said.append((value, dragging)))
    return field


def drag(field, *ways, shift=False):
    keys = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    kinds = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease

    def send(kind, x, button, buttons):
        point = QPointF(x, 10)
        event = QMouseEvent(kind, point, field.mapToGlobal(point), button, buttons, keys)
        {kinds[0]: field.mousePressEvent, kinds[1]: field.mouseMoveEvent,
         kinds[2]: field.mouseReleaseEvent}[kind](event)  # fmt: skip

    send(kinds[0], 50, left, left)
    for way in ways:
        send(kinds[1], 50 + way, none, left)
    send(kinds[2], 50 + (ways or (0,))[-1], left, none)


def test_dragging_sideways_changes_the_value(field):
    drag(field, 13, 23)
    assert field.said == [(1.35, True), (1.45, True), (1.45, True)]
    assert field.text() == "1.45"
    assert not field.typing


def test_dragging_with_shift_is_ten_times_finer(field):
    drag(field, 13, shift=True)
    assert field.said[-1][0] == pytest.approx(1.26)


def test_a_drag_to_the_left_takes_away_and_stays_finite(field):
    drag(field, -153)
    assert field.said[-1] == (-0.25, True)
    field.show_value(np.float32(3e38))
    drag(field, 800)
    assert field.said[-1] == (float(np.finfo(np.float32).max), True)


def test_while_dragging_the_field_does_not_follow_the_training(field):
    field.mousePressEvent(
        QMouseEvent(QEvent.Type.MouseButtonPress, QPointF(9, 9), QPointF(9, 9),
                    Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
                    Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    field.mouseMoveEvent(
        QMouseEvent(QEvent.Type.MouseMove, QPointF(22, 9), QPointF(22, 9),
                    Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton,
                    Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    field.show_value(7.0)
    assert field.text() == "1.35"


def test_typing_over_the_value(field, qtbot):
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert field.typing
    assert field.said == []
    qtbot.keyClicks(field, "-0,5")
    field.show_value(9.0)
    assert field.text() == "-0,5"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.said == [(-0.5, False)]
    assert (field.typing, field.text()) == (False, "−0.5")


def test_enter_without_typing_leaves_every_digit(field, qtbot):
    field.show_value(0.0432648733)
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not field.typing
    qtbot.keyClick(field, Qt.Key.Key_Return)  # Enter begins to type, too
    assert field.typing
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.said, field.typing) == ([], False)


def test_enter_without_typing_changes_nothing(field, qtbot):
    value = np.float32(0.0432648733)
    field.show_value(value)
    field.begin_typing()
    assert np.float32(read_number(field.text())) == value
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.said == []
    assert not field.typing
    field.begin_typing()
    field.setText("1/3")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.said == [(1 / 3, False)]


@pytest.mark.parametrize("text", ["abc", "nan", "inf", "", "1e99", "1,000"])
def test_what_is_no_number_is_refused(field, qtbot, text):
    field.show_value(np.float32(1.25))
    field.begin_typing()
    field.setText(text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.said == []
    assert field.property("refused")
    assert QToolTip.text().endswith(".")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), field.property("refused")) == ("1.25", False)


def test_keys_are_the_runs_while_nothing_is_typed(field, qtbot):
    qtbot.keyClicks(field, "5")
    assert field.text() == "1.25"


def test_a_pixel_is_worth_a_hundredth_of_the_value():
    assert [step_of(v) for v in (0, 1, -20, 340)] == [0.01, 0.01, 1.0, 10.0]
