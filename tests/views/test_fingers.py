"""Fingers on everything that is painted: one that stays presses the right button, one that moves
drags, and two zoom what can be zoomed."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from nnviz.views import VIEWS
from nnviz.views.race.view import RaceView
from nnviz.views.shared.accessible import items_of
from nnviz.views.view import DrawnWithFingers
from nnviz.window import long_press
from nnviz.window.long_press import LongPress
from tests.ports import ListedPorts
from tests.snapshots import make_snapshot
from tests.views.plane.conftest import trained
from tests.views.textbook import BACK, first_moment
from tests.waiting import until

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
TOUCHED = {
    *("network", "plane", "cost", "minibatch", "matrices", "activation", "race"),
}
"""Views that paint things which can be touched, in one of the moments at least."""


class Heard(QObject):
    """Notes what comes of fingers on a widget."""

    def __init__(self, widget):
        super().__init__(widget)
        self.pressed, self.dragged, self.menus = [], [], []
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self.pressed.append((event.button(), event.position().toPoint()))
        elif kind == QEvent.Type.MouseMove and event.buttons() & LEFT:
            self.dragged.append(event.position().toPoint())
        elif kind == QEvent.Type.ContextMenu:
            self.menus.append(event.pos())
            return True  # a menu would wait for a choice
        return False


@pytest.fixture(scope="module")
def moments():
    return make_snapshot(steps=30), trained("circles", 40), first_moment(BACK)


@pytest.fixture(scope="module")
def screen(qapp):
    return QTest.createTouchDevice()


@pytest.fixture
def fingers(qapp, monkeypatch):
    monkeypatch.setattr(long_press, "MILLISECONDS", 40)
    watch = LongPress(qapp)
    yield watch
    qapp.removeEventFilter(watch)
    watch.deleteLater()


@pytest.fixture
def shown(show, qtbot, moments):
    def shown(spec):
        """Every moment of a view."""
        for moment in moments:
            view = show(spec.view, size=(700, 520))
            view.join(ListedPorts())
            view.show_snapshot(moment)
            view.show_figures(moment)
            qtbot.waitExposed(view)
            yield view
            view.close()

    return shown


def touched(view):
    """What is painted in a view and can be touched: a widget, and where one of its items is."""
    for widget in (view, *view.findChildren(QWidget)):
        items = items_of(widget)
        if items is None or not widget.isVisible() or isinstance(widget, DrawnWithFingers):
            continue
        target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        for box in items.boxes().values():
            at = box.center().toPoint()
            under = QApplication.widgetAt(target.mapToGlobal(at))
            if target.rect().contains(at) and under is target:
                yield target, at
                break


@pytest.mark.parametrize("spec", VIEWS, ids=lambda spec: spec.id)
def test_a_finger_that_stays_presses_right_and_one_that_moves_drags(shown, screen, fingers, spec):
    tried = 0
    for view in shown(spec):
        for target, at in touched(view):
            heard = Heard(target)
            way = QPoint(8, 3)
            QTest.touchEvent(target, screen).press(0, at, target)
            for step in range(1, 6):
                QTest.touchEvent(target, screen).move(0, at + step * way, target)
            QTest.touchEvent(target, screen).release(0, at + 5 * way, target)
            assert (LEFT, at) in heard.pressed
            assert len(heard.dragged) >= 3
            assert RIGHT not in [button for button, _ in heard.pressed]

            QTest.touchEvent(target, screen).press(0, at, target)
            until(lambda heard=heard: bool(heard.menus))
            QTest.touchEvent(target, screen).release(0, at, target)
            assert (RIGHT, at) in heard.pressed
            assert heard.menus == [at]
            target.removeEventFilter(heard)
            tried += 1
    assert tried or spec.id not in TOUCHED


def pinch(screen, widget):
    """Move two fingers apart."""
    left, right = widget.rect().center() - QPoint(40, 0), widget.rect().center() + QPoint(40, 0)
    QTest.touchEvent(widget, screen).press(0, left, widget).press(1, right, widget)
    for way in range(10, 120, 10):
        step = QPoint(way, 0)
        QTest.touchEvent(widget, screen).move(0, left - step, widget).move(1, right + step, widget)
    QTest.touchEvent(widget, screen).release(0, left - step, widget).release(
        1, right + step, widget
    )


def test_two_fingers_zoom_the_race_and_one_turns_it(show, screen, qtbot):
    view = show(RaceView, size=(700, 520))
    view.show_snapshot(make_snapshot(steps=3))
    view.set_mode("3-D")
    scene = view.scene
    if scene is None:
        pytest.skip("there is no OpenGL")
    qtbot.waitUntil(scene.isVisible)
    before = scene.viewpoint
    pinch(screen, scene)
    assert scene.viewpoint.zoom > 1.3 * before.zoom
    before, at = scene.viewpoint, scene.rect().center()
    QTest.touchEvent(scene, screen).press(0, at, scene)
    for way in range(10, 80, 10):
        QTest.touchEvent(scene, screen).move(0, at + QPoint(way, 0), scene)
    QTest.touchEvent(scene, screen).release(0, at + QPoint(70, 0), scene)
    assert scene.viewpoint.turn != before.turn
