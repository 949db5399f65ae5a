import numpy as np
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGraphicsRectItem

from nnviz.views.cost.labels import Room
from nnviz.views.cost.notes import Notes
from nnviz.views.cost.text import Note
from nnviz.views.palette import DARK


def test_a_note_stands_in_a_free_corner_and_is_never_left_out():
    high = [(np.array([0.0, 200.0]), np.array([10.0, 10.0]))]
    assert not Room(200, 100, high).take(100, 2, 90, 20)
    room = Room(200, 100, high)
    assert room.take(100, 70, 90, 20)
    assert not room.take(120, 60, 90, 20), "it is taken"


def test_a_name_without_room_is_left_out():
    y = np.arange(0.0, 100.0, 4.0)
    lines = [(np.array([0.0, 200.0]), np.array([level, level])) for level in y]
    assert Room(200, 100, lines).place([(100.0, 50.0)], 40, 12, 4) is None
    assert Room(30, 100, []).place([(10.0, 50.0)], 40, 12, 4) is None
    assert Room(200, 100, []).place([(100.0, 50.0)], 40, 12, 4) == (60.0, 34.0)


def test_a_note_that_must_lie_over_curves_hides_the_least_of_them(qapp):
    x = np.linspace(0.0, 400.0, 200)
    test = (x, 20.0 + 120.0 * (x > 200))  # high at first, low later
    dense = [(x, np.full(len(x), level)) for level in (60.0, 64.0, 68.0, 72.0)]
    room = Room(400, 160, [test, *dense, (x, 5.0 + 0 * x), (x, 100.0 + 0 * x), (x, 152.0 + 0 * x)])
    plot = QGraphicsRectItem()
    note = Notes(plot)
    note.dress(DARK, QFont(qapp.font()))
    note.place((Note("test with 5 other seeds", "98 % ± 1 %"),), room, 400, 160)
    assert note.isVisible()
    wide, high = note.boundingRect().width(), note.boundingRect().height()
    everywhere = [
        room.hidden(left, top, wide, high)
        for left in (2.0, (400 - wide) / 2, 400 - wide - 6)
        for top in (2.0, 158 - high)
    ]
    assert room.hidden(note.x(), note.y(), wide, high) <= min(everywhere)
    assert room.hidden(0, 58, 400, 16) > room.hidden(0, 98, 400, 16) > 0
