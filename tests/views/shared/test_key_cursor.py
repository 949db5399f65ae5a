"""The cursor of keys: arrows move it, two of them aslant, Space presses."""

import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent

from nnviz.views.shared.key_cursor import FINE, STEP, KeyCursor

AREA = QRectF(10, 20, 200, 100)
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def pressed(key, modifiers=NONE):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers)


def released(key):
    return QKeyEvent(QEvent.Type.KeyRelease, key, NONE)


@pytest.fixture
def cursor():
    cursor = KeyCursor()
    cursor.show()
    return cursor


def test_it_takes_keys_only_while_in_use(cursor):
    assert cursor.takes_key(pressed(Qt.Key.Key_Left))
    assert cursor.takes_key(pressed(Qt.Key.Key_Space))
    assert not cursor.takes_key(pressed(Qt.Key.Key_A))
    assert not cursor.takes_key(pressed(Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier))
    cursor.hide()
    assert not cursor.takes_key(pressed(Qt.Key.Key_Left))
    assert not cursor.moves(pressed(Qt.Key.Key_Left), AREA)


def test_arrows_move_it_by_steps_of_the_shorter_side(cursor):
    before = cursor.place(AREA)
    assert cursor.moves(pressed(Qt.Key.Key_Right), AREA)
    after = cursor.place(AREA)
    assert after.x() - before.x() == pytest.approx(100 * STEP)
    assert after.y() == pytest.approx(before.y())
    cursor.lets_go(released(Qt.Key.Key_Right))
    cursor.moves(pressed(Qt.Key.Key_Left, SHIFT), AREA)
    assert after.x() - cursor.place(AREA).x() == pytest.approx(100 * STEP * FINE)


def test_two_arrows_held_go_aslant(cursor):
    cursor.moves(pressed(Qt.Key.Key_Right), AREA)
    before = cursor.place(AREA)
    cursor.moves(pressed(Qt.Key.Key_Down), AREA)
    after = cursor.place(AREA)
    assert (after.x() - before.x(), after.y() - before.y()) == pytest.approx((100 * STEP,) * 2)


def test_it_stays_in_its_drawing(cursor):
    for _ in range(300):
        cursor.moves(pressed(Qt.Key.Key_Up), AREA)
    assert cursor.place(AREA).y() == AREA.top()
