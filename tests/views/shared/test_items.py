"""Items of a painted view: arrows go from one to the next by where they stand."""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from nnviz.views.shared.items import WAYS, Items, Said, nearest, towards

GRID = {
    (row, column): QRectF(20 * column, 30 * row, 10, 10) for row in range(4) for column in range(5)
}
LEFT, RIGHT, UP, DOWN = WAYS.values()


class Cells(Items):
    """A grid whose cells are pressed or gone to."""

    def __init__(self, widget):
        super().__init__(widget)
        self.at, self.pressed = None, []

    def boxes(self):
        return GRID

    def said(self, item):
        return Said(f"cell {item}", str(sum(item)))

    def current(self):
        return self.at

    def go_to(self, item):
        self.at = item

    def press(self, item):
        self.pressed.append(item)


class Sheet(QWidget):
    def __init__(self):
        super().__init__()
        self.items = Cells(self)
        self.resize(100, 120)

    def keyPressEvent(self, event):
        event.setAccepted(self.items.key(event))


@pytest.mark.parametrize(
    ("way", "there"), [(LEFT, (1, 1)), (RIGHT, (1, 3)), (UP, (0, 2)), (DOWN, (2, 2))]
)
def test_the_next_item_is_the_one_straight_on(way, there):
    assert towards(GRID, (1, 2), way) == there


def test_there_is_nothing_beyond_the_edge():
    assert towards(GRID, (0, 0), LEFT) is None
    assert towards(GRID, (3, 4), DOWN) is None


def test_something_straight_on_comes_before_what_is_nearer_but_aside():
    boxes = {"here": QRectF(0, 0, 2, 2), "on": QRectF(30, 0, 2, 2), "aside": QRectF(15, 14, 2, 2)}
    assert towards(boxes, "here", RIGHT) == "on"
    assert towards(boxes, "here", DOWN) == "aside"


def test_all_scattered_points_can_be_reached():
    points = {n: QRectF((n * 37) % 101, (n * 53) % 89, 1, 1) for n in range(40)}
    reached, left = {0}, [0]
    while left:
        at = left.pop()
        for way in WAYS.values():
            there = towards(points, at, way)
            if there is not None and there not in reached:
                reached.add(there)
                left.append(there)
    assert reached == set(points)


def test_the_first_key_goes_to_the_middle_and_enter_presses(qtbot):
    sheet = Sheet()
    qtbot.addWidget(sheet)
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.items.pressed == []
    qtbot.keyClick(sheet, Qt.Key.Key_Right)
    middle = sheet.items.at
    assert middle == nearest(GRID, QPointF(50, 60))
    qtbot.keyClick(sheet, Qt.Key.Key_Down)
    assert sheet.items.at == (middle[0] + 1, middle[1])
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert sheet.items.pressed == [sheet.items.at]


def test_keys_with_ctrl_are_not_theirs(qtbot):
    sheet = Sheet()
    qtbot.addWidget(sheet)
    qtbot.keyClick(sheet, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert sheet.items.at is None
