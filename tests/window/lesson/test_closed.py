"""What a scene does not allow is closed to real clicks, wheels and keys, dim, and told."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from nnviz.engine.selection import Selection
from nnviz.messages.events import PictureDropped
from nnviz.messages.window_commands import EditParameter, Select
from nnviz.window.lesson.permitted import permitted
from tests.sampled import sampled
from tests.window.conftest import WIDE

SIZE = WIDE
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def closed(at):
    """Somebody in a scene in which things can be selected, and nothing else be done."""
    at.open()
    at.go_to("click")
    return at


def told(at):
    return at.player.playback._line.sentence == at.player.words("later")


def wheel(widget, by=120):
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        widget.mapToGlobal(middle),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_what_edges_show(closed):
    network = closed.window.views["network"]
    chooser, before = network.controls.chooser, network.state()
    closed.click(chooser)
    assert QApplication.activePopupWidget() is None
    assert told(closed)
    chooser.setFocus()
    QTest.keyClick(chooser, Qt.Key.Key_Down)
    assert QApplication.activePopupWidget() is None
    for key in (Qt.Key.Key_N, Qt.Key.Key_Return):
        network.setFocus()
        QTest.keyClick(network, key)
    QTest.mouseDClick(network, LEFT, pos=network.rect().center())
    assert network.state() == before


def test_what_is_closed_is_dim_and_says_when(closed, qtbot):
    chooser = closed.window.views["network"].controls.chooser
    qtbot.waitUntil(lambda: chooser.graphicsEffect() is not None)
    assert closed.window.toolbar.slider.graphicsEffect() is not None
    closed.player.leave()
    assert chooser.graphicsEffect() is None
    button = closed.window.views["network"].controls._buttons["all_edges"]
    before = button.isChecked()
    closed.click(button)
    assert button.isChecked() != before


@pytest.mark.parametrize(
    "id", sampled(["activation", "surface", "plane", "cost", "evaluation"], every=2)
)
def test_lists_and_buttons_of_panels(closed, id, qtbot):
    window = closed.window
    window._docks.open(id)
    qtbot.waitUntil(lambda: id in window.views.built)
    view = window.views[id]
    before = view.state()
    for control in view.findChildren(QToolButton):
        if control.isVisible():
            closed.click(control)
            wheel(control)
    for part in view.children():
        if part.isWidgetType() and part.isVisible():
            wheel(part)
    assert view.state() == before
    assert QApplication.activePopupWidget() is None


def test_speed_stays(closed):
    slider = closed.window.toolbar.slider
    before = slider.value()
    wheel(slider, -120)
    closed.click(slider)
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert slider.value() == before


def test_panels_stay_where_they_are(closed):
    window = closed.window
    dock = next(dock for _, dock in window._docks.items() if dock.isVisible())
    for button in dock.titleBarWidget().findChildren(QToolButton):
        closed.click(button)
    assert dock.isVisible()
    assert not dock.isFloating()
    assert not window._enlarged.id


def test_a_selection_that_is_refused_is_marked_nowhere(at):
    at.open()
    window, wanted = at.window, Selection("neuron", 2, 0)
    window.views["network"]._pick(wanted)
    assert window.selection != wanted
    assert window.views["network"].selection == window.selection


def test_why_selects_in_its_own_panel_alone(closed):
    recipe, command = closed.window.snapshot.recipe, Select(Selection("neuron", 1, 0))
    assert permitted(command, {"why"}, recipe, "inspector") is command
    assert permitted(command, {"why"}, recipe, "network") is None
    assert permitted(command, {"why", "select"}, recipe, "network") is command


def test_weights_are_typed_where_weights_may_be_changed(closed):
    recipe = closed.window.snapshot.recipe
    bias = recipe.parameters - 1
    assert permitted(EditParameter(0), {"weights"}, recipe) is not None
    assert permitted(EditParameter(bias), {"weights"}, recipe) is None
    assert permitted(EditParameter(bias), {"biases"}, recipe) is not None


def test_an_own_input_stays(at, qtbot):
    from tests.window.lesson.conftest import LESSON

    at.open(
        LESSON.replace("[start.look]", "[start.look]\npage = 'network'", 1).replace(
            'kind = "watch"', 'kind = "watch"\nset = { input = [0.25, 1.0] }', 1
        )
    )
    network = at.window.views["network"]
    qtbot.waitUntil(lambda: list(network._snapshot.focus.x) == [0.25, 1.0])
    for key in (Qt.Key.Key_X, Qt.Key.Key_Escape):
        network.setFocus()
        QTest.keyClick(network, key)
        qtbot.waitUntil(lambda: list(network._snapshot.focus.x) == [0.25, 1.0])
        own = at.player.playback._happenings.own_input
        assert own is not None
        assert list(own) == [0.25, 1.0]


def test_a_picture_that_is_dropped_is_not_read(closed):
    heard = []
    closed.window.gate.beyond.on(PictureDropped, heard.append)
    mime = QMimeData()
    mime.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    closed.window.drops.picture_dropped.emit(mime)
    assert heard == []
    assert told(closed)
    closed.player.leave()
    closed.window.drops.picture_dropped.emit(mime)
    assert len(heard) == 1


def test_keys_of_the_lesson_work_on_what_is_closed(closed, qtbot):
    closed.window.gate.send(Select(Selection("neuron", 1, 1)))
    chooser = closed.window.views["network"].controls.chooser
    chooser.setFocus()
    qtbot.waitUntil(lambda: closed.script.can_go_on)
    closed.on()
    assert closed.scene == "guess"
