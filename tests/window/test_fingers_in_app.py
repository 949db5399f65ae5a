"""Fingers on every view of the whole program, on the desktop and on the stage."""

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from nnviz.engine.selection import Selection
from nnviz.messages.commands import StepEpoch
from nnviz.views import VIEWS
from nnviz.views.view import DrawnWithFingers
from nnviz.window import long_press
from nnviz.window.finger_scroll import FingerScroll, scrolled_by
from nnviz.window.long_press import LongPress
from tests.waiting import PATIENCE, calm, events_done, until

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
SLOW = {"evaluation": pytest.mark.slow}
"""A report on all digits is waited for there; its grid is that of the examples."""
SCROLLED = {"data", "parameters"}
"""Views that have more to show than fits into the window of this test."""


class Heard(QObject):
    """Notes what comes of fingers anywhere in the program; a menu would wait for a choice."""

    def __init__(self, qapp):
        super().__init__(qapp)
        self.pressed, self.dragged, self.menus = [], [], []
        qapp.installEventFilter(self)

    def eventFilter(self, watched, event):
        if not isinstance(watched, QWidget):
            return False
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self.pressed.append((watched, event.button()))
        elif kind == QEvent.Type.MouseMove and event.buttons() & LEFT:
            self.dragged.append(watched)
        elif kind == QEvent.Type.ContextMenu:
            self.menus.append(watched)
            return True
        return False

    def forget(self):
        self.pressed, self.dragged, self.menus = [], [], []


@pytest.fixture(scope="module")
def screen(qapp):
    return QTest.createTouchDevice()


@pytest.fixture
def heard(qapp, monkeypatch):
    # How long a finger stays is told by the test: a machine at work may be slow between two moves.
    monkeypatch.setattr(long_press, "MILLISECONDS", 10_000_000)
    heard = Heard(qapp)
    fingers = LongPress(qapp), FingerScroll(qapp)
    heard.stay = fingers[0].press
    yield heard
    for one in (*fingers, heard):
        qapp.removeEventFilter(one)
        one.deleteLater()


def after_an_epoch(app):
    """Let a program train an epoch of digits."""
    app.window.choose_data("digits")
    until(lambda: app.window.snapshot.recipe.dataset == "digits")
    app.bridge.send(StepEpoch())
    until(lambda: app.window.snapshot.step > 0 and not app.window.snapshot.playing, 10 * PATIENCE)


@pytest.fixture(scope="module")
def trained(app_of_module):
    after_an_epoch(app_of_module)
    return app_of_module


@pytest.fixture
def digits(trained):
    """A window after an epoch of digits; each test finds it without a stage, nothing enlarged."""
    window = trained.window
    yield window
    window.projector.close()
    window.select(None)
    if enlarged := window.ui_state().enlarged:
        window.enlarge(enlarged)
    events_done()


def touch(screen, widget, places):
    """Move a finger from place to place, and lift it at the last one."""
    QTest.touchEvent(widget, screen).press(0, places[0], widget)
    for place in places[1:]:
        QTest.touchEvent(widget, screen).move(0, place, widget)
    QTest.touchEvent(widget, screen).release(0, places[-1], widget)


def surface(view):
    """What is in the middle of a view, and where that is."""
    middle = view.mapToGlobal(view.rect().center())
    widget = QApplication.widgetAt(middle)
    assert view is widget or view.isAncestorOf(widget), view.objectName()
    return widget, widget.mapFromGlobal(middle)


def scrolling(view):
    """What a finger scrolls in a view, and the bar that tells it; None where nothing is."""
    for widget in view.findChildren(QWidget):
        if widget.isVisible() and widget.width() > 60 and widget.height() > 60:
            for bar, way in scrolled_by(widget):
                if way and bar.maximum() > 40:
                    return widget, bar
    return None


@pytest.mark.parametrize(
    "spec",
    [pytest.param(spec, marks=SLOW.get(spec.id, ())) for spec in VIEWS],
    ids=lambda spec: spec.id,
)
def test_every_panel(digits, screen, heard, spec):
    window = digits
    window.open_panel(spec.id)
    window.enlarge(spec.id)
    until(lambda: window.views[spec.id].settled() and window.settled())
    calm(window)
    view = window.views[spec.id]
    widget, at = surface(view)
    if isinstance(widget, DrawnWithFingers):  # a finger that stays there draws a point
        touch(screen, widget, [at, at + QPoint(9, 3), at + QPoint(25, 8)])
        assert widget in heard.dragged
        assert heard.menus == []
        assert RIGHT not in {button for _, button in heard.pressed}
        return

    QTest.touchEvent(widget, screen).press(0, at, widget)
    heard.stay()
    assert (widget, RIGHT) in heard.pressed
    QTest.touchEvent(widget, screen).release(0, at, widget)
    assert heard.menus[0] is widget

    heard.forget()
    found = scrolling(view)
    assert (found is not None) >= (spec.id in SCROLLED)
    if found is not None:
        target, bar = found
        before, at = bar.value(), target.rect().center()
        touch(screen, target, [at, at - QPoint(0, 12), at - QPoint(0, 30)])
        assert bar.value() == min(before + 30, bar.maximum())
        assert [one for one, _ in heard.pressed if one is target] == []
        bar.setValue(before)
    else:
        if not view.isVisible():
            return
        widget, at = surface(view)
        touch(screen, widget, [at, at + QPoint(9, 3), at + QPoint(25, 8), at + QPoint(40, 12)])
        assert widget in heard.dragged
        assert (widget, LEFT) in heard.pressed


def test_a_finger_that_is_lifted_where_it_came_down_clicks_in_a_list(digits, screen, heard):
    digits.open_panel("data")
    digits.enlarge("data")
    until(lambda: digits.views["data"].settled() and digits.settled())
    target, _ = scrolling(digits.views["data"])
    at = target.rect().center()
    touch(screen, target, [at])
    assert [button for one, button in heard.pressed if one is target] == [LEFT]


def test_a_finger_scrolls_why_on_the_stage_and_clicks_a_number_there(digits, screen, heard):
    digits.select(Selection("neuron", 1, 3))
    projector = digits.projector
    projector.show_at(QRect(0, 0, 1280, 500), covering=True, full=False)
    projector.show_page_of("why")
    until(lambda: all(view.settled() for view in projector.stage.board.shown))
    calm(projector.stage)
    target, bar = scrolling(projector.stage.views["inspector"])
    at = target.rect().center()
    touch(screen, target, [at, at - QPoint(0, 14), at - QPoint(0, 33)])
    assert bar.value() == 33
    assert [one for one, _ in heard.pressed if one is target] == []
    touch(screen, target, [at])
    assert [button for one, button in heard.pressed if one is target] == [LEFT]


def test_two_fingers_magnify_a_page_that_does_not_zoom_itself(digits, screen, heard):
    projector = digits.projector
    projector.show_at(QRect(0, 0, 1280, 720), covering=True, full=False)
    projector.show_page_of("cost")
    events_done()
    magnifier, board = digits.presenting.tools.magnifier, projector.stage.board
    plot = projector.stage.views["cost"]
    middle = plot.rect().center()
    left, right = middle - QPoint(40, 0), middle + QPoint(40, 0)
    QTest.touchEvent(plot, screen).press(0, left, plot)
    QTest.touchEvent(plot, screen).stationary(0).press(1, right, plot)
    for way in range(10, 50, 10):
        step = QPoint(way, 0)
        QTest.touchEvent(plot, screen).move(0, left - step, plot).move(1, right + step, plot)
    assert board.isVisible()
    assert 1.5 < magnifier.zoom < 2.1
    QTest.touchEvent(plot, screen).release(0, left - step, plot).release(1, right + step, plot)


def test_the_timeline_goes_along_with_a_finger(app, screen, heard):
    after_an_epoch(app)
    window, timeline = app.window, app.window.views["timeline"]
    last = window.snapshot.step
    y = timeline.rect().center().y()
    ends = [timeline.rect().width() * share // 10 for share in (7, 6, 4, 3)]
    wanted = timeline.step_at(ends[-1])
    assert wanted != last
    touch(screen, timeline, [QPoint(x, y) for x in ends])
    until(lambda: window.snapshot.step == wanted)
