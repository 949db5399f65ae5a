import numpy as np

from nnviz.views.cost.labels import Room


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
