"""Fingers: a long press is the right button, a drag is a drag, two fingers zoom."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.engine.recipe import Recipe
from nnviz.views.network.view import NetworkView
from nnviz.views.pad.canvas import PadCanvas
from nnviz.window.long_press import LongPress
from tests.snapshots import make_dataset, make_snapshot


class Heard(QWidget):
    """Tells which buttons were pressed where, and whether a menu was asked for."""

    def __init__(self):
        super().__init__()
        self.pressed, self.released, self.menus = [], [], []
        self.resize(200, 120)

    def mousePressEvent(self, event):
        self.pressed.append((event.button(), event.position().toPoint()))

    def mouseReleaseEvent(self, event):
        inside = self.rect().contains(event.position().toPoint())
        self.released.append((event.button(), inside))

    def contextMenuEvent(self, event):
        self.menus.append(event.pos())


@pytest.fixture
def fingers(qapp):
    watch = LongPress(qapp)
    yield watch
    qapp.removeEventFilter(watch)
    watch.deleteLater()


@pytest.fixture
def heard(qtbot, fingers):
    widget = Heard()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture(scope="module")
def touch(qapp):
    """Give a function that begins what fingers do on a widget, all at once."""
    screen = QTest.createTouchDevice()
    return lambda widget: QTest.touchEvent(widget, screen)


AT = QPoint(60, 40)
RIGHT, LEFT = Qt.MouseButton.RightButton, Qt.MouseButton.LeftButton


def test_a_finger_that_stays_presses_the_right_button(touch, heard, qtbot):
    touch(heard).press(0, AT, heard)
    qtbot.waitUntil(lambda: bool(heard.menus))
    touch(heard).release(0, AT, heard)
    assert heard.menus == [AT]
    assert (RIGHT, AT) in heard.pressed
    assert (LEFT, True) not in heard.released, "nothing is clicked"


def test_a_finger_that_moves_or_goes_presses_nothing(touch, heard, fingers, qtbot):
    touch(heard).press(0, AT, heard)
    assert fingers._wait.isActive()
    touch(heard).move(0, AT + QPoint(QApplication.startDragDistance() + 20, 0), heard)
    assert not fingers._wait.isActive()
    touch(heard).release(0, AT, heard)
    touch(heard).press(0, AT, heard)
    touch(heard).release(0, AT, heard)
    assert not fingers._wait.isActive()
    assert heard.menus == []
    assert [button for button, _ in heard.pressed if button == RIGHT] == []


def test_two_fingers_are_no_long_press(touch, heard, fingers):
    touch(heard).press(0, AT, heard).press(1, AT + QPoint(40, 0), heard)
    assert not fingers._wait.isActive()
    touch(heard).release(0, AT, heard).release(1, AT + QPoint(40, 0), heard)
    assert not QApplication.mouseButtons()  # windows to come would wait for it


def test_a_finger_that_draws_is_left_alone(touch, qtbot, fingers):
    canvas = PadCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(200, 200)
    canvas.show()
    qtbot.waitExposed(canvas)
    touch(canvas).press(0, AT, canvas)
    assert not fingers._wait.isActive()
    touch(canvas).move(0, AT + QPoint(50, 0), canvas)
    touch(canvas).release(0, AT + QPoint(50, 0), canvas)
    assert len(canvas.strokes) == 1


@pytest.fixture
def network(qtbot, fingers):
    view = NetworkView()
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    data = make_dataset(inputs=4, outputs=2)
    view.show_snapshot(make_snapshot(Recipe(dataset="tiny", layers=(4, 3, 2)), data))
    qtbot.waitExposed(view)
    return view


def test_a_long_press_on_a_weight_edits_it(touch, network, qtbot):
    edited = []
    network.edge_picked.connect(edited.append)
    items = network._items
    edge, box = next((hit, box) for hit, box in items.boxes().items() if hit.kind == "edge")
    at = box.center().toPoint()
    touch(network).press(0, at, network)
    qtbot.waitUntil(lambda: bool(edited))
    touch(network).release(0, at, network)
    found = network.drawing.hit(box.center())
    assert edited == [found.parameter]
    assert edge.kind == found.kind


def test_two_fingers_zoom_the_network_and_one_shifts_it(touch, network, qtbot):
    camera = network.drawing.camera
    left, right = QPoint(400, 300), QPoint(500, 300)
    touch(network).press(0, left, network).press(1, right, network)
    for way in range(10, 160, 10):
        step = QPoint(way, 0)
        touch(network).move(0, left - step, network).move(1, right + step, network)
    touch(network).release(0, left - step, network).release(1, right + step, network)
    assert camera.zoom > 1.5
    before = camera.centre
    start = QPoint(30, 20)
    touch(network).press(0, start, network)
    for way in range(10, 120, 10):
        touch(network).move(0, start + QPoint(-way, 0), network)
    touch(network).release(0, start + QPoint(-110, 0), network)
    assert camera.centre != before
