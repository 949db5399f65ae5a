"""The activation functions by hand: z is dragged and moved by keys, neurons are clicked."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap
from PySide6.QtTest import QTest

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.selection import Selection
from nnviz.messages.events import DrawingShown
from nnviz.messages.window_commands import Select
from nnviz.views.activation import SPEC
from nnviz.views.activation import plot as plots
from nnviz.views.activation.view import ActivationView
from nnviz.views.palette import DARK, LIGHT
from nnviz.views.shared.type_scale import TypeScale
from tests.ports import ListedPorts
from tests.sampled import sampled
from tests.views.activation.conftest import DEAD
from tests.views.grabbing import pixels
from tests.window.geometry import covered, cut_off

LEFT = Qt.MouseButton.LeftButton
NEURON = Selection("neuron", 1, 4)


@pytest.fixture
def view(show, sigmoids):
    view = show(ActivationView, sigmoids, (460, 460))
    view.select(NEURON)
    return view


def drag(plot, *places):
    """Press at the first place, move through the others, let go at the last."""
    first, *others = (place.toPoint() for place in places)
    QTest.mousePress(plot, LEFT, pos=first)
    for place in others:
        QTest.mouseMove(plot, place)
    QTest.mouseRelease(plot, LEFT, pos=others[-1] if others else first)


def test_dragging_moves_z_and_its_tangent(view):
    plot = view.plot
    places = plot.places()
    middle = places.values.center().y()
    drag(plot, QPointF(places.x(-3), middle), QPointF(places.x(1), middle))
    point = view.shown.first.point
    assert point.z == pytest.approx(1, abs=0.05)
    assert point.slope == pytest.approx(point.a * (1 - point.a))
    assert not view.shown.live
    assert view.follow.isEnabled()
    drag(plot, QPointF(places.x(0), middle), QPointF(-500, middle))
    assert view.shown.first.point.z == -view.shown.reach
    QTest.mouseClick(view.follow, LEFT)
    assert view.shown.live


def test_the_line_of_z_passes_behind_what_is_said_of_the_layer(show, sigmoids):
    view = show(ActivationView, sigmoids, (460, 460))
    view.select(NEURON)
    plot = view.plot
    places = plot.places()
    text = QRectF(places.caption)
    text.setWidth(QFontMetricsF(plot.font()).horizontalAdvance(view.shown.marks[0]) - 4)
    drag(plot, QPointF(text.center().x(), places.values.center().y()))
    seen = pixels(plot)
    across = int(plot.places().x(view.shown.first.point.z))
    assert text.left() < across < text.right()
    red, _, blue = seen.astype(int).transpose(2, 0, 1)
    now = red - blue > 40  # nothing else is yellow
    band = now[:, across - 2 : across + 3].any(axis=1)
    assert band[int(places.values.top()) + 5 : int(places.values.bottom()) - 5].all()
    assert not band[int(text.top()) + 1 : int(text.bottom()) - 1].any()


def test_keys_move_z(view):
    plot, press = view.plot, QTest.keyClick
    press(plot, Qt.Key.Key_Home)
    assert view.shown.first.point.z == 0
    press(plot, Qt.Key.Key_Right)
    assert view.shown.first.point.z == 0.1
    press(plot, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.shown.first.point.z == -0.9
    for _ in range(9):
        press(plot, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert view.shown.first.point.z == -view.shown.reach
    press(plot, Qt.Key.Key_End)
    assert view.shown.live
    press(plot, Qt.Key.Key_Home)
    assert view.leave()
    assert view.shown.live
    assert not view.leave()


def test_a_mark_is_clicked_and_keys_go_through_the_layer(view, qtbot):
    plot, ports = view.plot, ListedPorts()
    view.join(ports)
    places = plot.places()
    at = QPointF(places.x(float(view.shown.ticks[2])), places.strip.center().y())
    wanted = plot.neuron_at(at)
    QTest.mouseClick(plot, LEFT, pos=at.toPoint())
    assert ports.sent[-1] == Select(Selection("neuron", 1, wanted))
    assert view.shown.layer.neuron == wanted
    for _ in range(9):
        QTest.keyClick(plot, Qt.Key.Key_Up)
    assert ports.sent[-1] == Select(Selection("neuron", 1, 0))
    QTest.keyClick(plot, Qt.Key.Key_Down)
    assert ports.sent[-1] == Select(Selection("neuron", 1, 1))


def test_a_bar_is_clicked(show, relus):
    view = show(ActivationView, relus, (520, 420))
    view.select(Selection("neuron", 2, 0))
    box = view.plot.places().bar(2)
    assert not box.isEmpty()
    QTest.mouseClick(view.plot, LEFT, pos=box.center().toPoint())
    assert view.shown.layer.neuron == 2
    assert view.shown.live


def test_functions_are_chosen_and_kept(view):
    view.first.setFocus()
    view.first.setCurrentIndex(view.first.findData("elu"))
    view.first.activated.emit(view.first.currentIndex())
    view.second.setCurrentIndex(view.second.findData("relu"))
    view.second.activated.emit(view.second.currentIndex())
    assert view.shown.first.activation is ACTIVATIONS["elu"]
    assert view.shown.second.activation is ACTIVATIONS["relu"]
    assert view.shown.said[0].startswith("As ELU, neuron 5 of layer 1: z¹₅ = ")
    assert view.state() == {"shown": "elu", "second": "relu", "z": None}
    view.restore({"shown": "", "second": "", "z": 3})
    assert (view.first.currentData(), view.second.currentData()) == ("", "")
    assert view.shown.first.point.z == 3


def test_it_follows_selection_example_and_drawing(view, sigmoids, make_snapshot):
    ports = ListedPorts()
    view.join(ports)
    view.restore({"z": 2.0})
    view.select(Selection("neuron", 1, 0))
    assert view.shown.first.point.z == sigmoids.focus.z[0][0]
    ports.publish(DrawingShown(sigmoids.sample.x[7]))
    expected = (
        sigmoids.network().propagation(sigmoids.sample.x[7:8], sigmoids.sample.y[7:8]).z[0][0, 0]
    )
    assert view.shown.first.point.z == pytest.approx(expected)
    ports.publish(DrawingShown(None))
    assert view.shown.first.point.z == sigmoids.focus.z[0][0]


def test_marks_say_which_neuron_they_are(view, sigmoids):
    assert view.shown.tip(3) == f"neuron 4 of layer 1: z = {sigmoids.focus.z[0][3]:.4g}".replace(
        "-", "−"
    )


def test_it_is_in_the_table_under_its_name():
    assert (SPEC.id, SPEC.title, SPEC.open) == ("activation", "Activation functions", False)


class Recorder(QPainter):
    """Notes where texts are written."""

    written: list = []  # noqa: RUF012

    def drawText(self, box, flags, words):
        metrics = QFontMetricsF(self.font())
        rect = metrics.boundingRect(box, int(flags), words)
        if words:
            self.written.append((words, rect))
        super().drawText(box, flags, words)


@pytest.mark.parametrize("theme", sampled([DARK, LIGHT], every=2), ids=lambda theme: theme.name)
@pytest.mark.parametrize("factor", sampled([1.0, 1.5, 2.0, 2.5], every=3))
@pytest.mark.parametrize("size", [(240, 170), (320, 300), (420, 420), (1000, 700)])
@pytest.mark.parametrize("state", [{}, {"second": "leaky_relu", "z": 5.5}])
def test_nothing_is_clipped_and_nothing_overlaps(
    show, relus, monkeypatch, theme, factor, size, state
):
    monkeypatch.setattr(plots, "QPainter", Recorder)
    view = show(ActivationView, relus, size, replace(theme, scale=TypeScale(factor)))
    view.restore(state)
    for selection in (Selection("neuron", 1, DEAD), Selection("neuron", 2, 1)):
        view.select(selection)
        view.layout().activate()
        monkeypatch.setattr(Recorder, "written", [])
        image = QPixmap(view.size())
        view.render(image, QPoint())
        found = cut_off(view) + covered(view)
        assert not found, found
        assert len(Recorder.written) >= 4
        whole = QRectF(view.plot.rect())
        assert whole.height() >= 4 * view.plot.font().pixelSize()
        for words, rect in Recorder.written:
            assert whole.adjusted(-1, -1, 1, 1).contains(rect), (words, rect)
        for (words, one), (others, other) in combinations(Recorder.written, 2):
            both = one & other
            assert both.width() <= 1 or both.height() <= 0.4 * one.height(), (words, others)
        if view.formulas.isVisible():
            assert view.rect().contains(view.formulas.geometry())
            for x, y, box in view.formulas.places():
                set_in = QRectF(x, y - box.up, box.width, box.height)
                assert QRectF(view.formulas.rect()).contains(set_in)
        for sentence in (view.said, view.facts):
            if sentence.isVisible():
                assert view.rect().contains(sentence.geometry())
                assert sentence._needed(sentence.text).height() <= sentence.height() + 1


@pytest.mark.parametrize("entry", ACTIVATIONS.values(), ids=lambda entry: entry.name)
def test_a_function_and_its_slope_are_set_like_mathematics(show, relus, entry):
    view = show(ActivationView, relus, (900, 700))
    view.restore({"shown": entry.name})
    shown = view.formulas
    assert len(shown.places()) == 2
    assert shown.accessibleName() == f"{entry.formula}   {entry.derivative}"
    assert entry.use in shown.toolTip()
    assert "^" not in shown.text, "powers are raised"
    assert " / " not in shown.text, "quotients are fractions"


@pytest.mark.parametrize("size", [(300, 200), (420, 180), (700, 190)])
@pytest.mark.parametrize("entry", ACTIVATIONS.values(), ids=lambda entry: entry.name)
def test_in_a_low_panel_formulas_are_still_set_like_mathematics(show, relus, entry, size):
    view = show(ActivationView, relus, size)
    view.restore({"shown": entry.name})
    shown = view.formulas
    assert shown.isVisible()
    assert len(shown.places()) == 2 or size == (300, 200)
    assert "^" not in shown.text
