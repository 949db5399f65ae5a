"""The plane view on screen: colours, marks, clicks, what the pointer reads, what is offered."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from nnviz.engine.selection import Selection
from nnviz.messages.commands import FocusOn
from nnviz.views import VIEWS
from nnviz.views.palette import DARK, THEMES, Diverging, rgb
from nnviz.views.plane import SPEC
from nnviz.views.plane.answer import Kind
from nnviz.views.plane.colours import STRENGTH, table
from nnviz.views.plane.state import OUTPUT
from nnviz.views.plane.view import PlaneView
from nnviz.views.shared.type_scale import TypeScale
from tests.sampled import sampled
from tests.views.grabbing import pixels

SIZE = (460, 420)


@pytest.fixture
def shown(show, qtbot):
    def shown(snapshot, size=SIZE, theme=DARK, **state):
        view = show(PlaneView, None, size, theme)
        view.restore(state)
        view.show_snapshot(snapshot)
        view.show_figures(snapshot)
        qtbot.waitExposed(view)
        view.grab()
        return view

    return shown


def at(view, x, y):
    """Where coordinates stand in the view's drawing."""
    plot = view.map if view.map.isVisible() else view.curves
    return QPoint(*np.round(plot.places_of(np.array([[x, y]]))[0]).astype(int).tolist())


def around_of(picture, place, radius):
    """The pixels around a place."""
    x, y = place.x(), place.y()
    return picture[y - radius : y + radius + 1, x - radius : x + radius + 1]


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_both_sides_of_the_line_have_their_colours(shown, trained, theme):
    snapshot = trained("blobs", 0, theta=(40.0, 0.0, 0.0))
    view = shown(snapshot, theme=theme, train=False, test=False)
    picture = pixels(view.map).astype(int)
    colours = Diverging(theme).colours([-STRENGTH, STRENGTH], 1.0).astype(int)
    for x, colour in ((-1.5, colours[0]), (1.5, colours[1])):
        place = at(view, x, 1.5)
        assert np.abs(picture[place.y(), place.x()] - colour).max() <= 3
    line = at(view, 0.0, 1.5)
    around = picture[line.y(), line.x() - 2 : line.x() + 3]
    assert np.abs(around - rgb(theme.text)).max(axis=1).min() < 90


def test_classes_differ_in_shape_and_sets_in_filling(shown, trained):
    snapshot = trained("and", 0, theta=(0.0, 0.0, 0.0), layers=(2, 1))
    corner = at(view := shown(snapshot, test=False), 1.0, 1.0)  # the one that is 1: a circle
    other = at(view, 1.0, 0.0)  # a square
    filled = pixels(view.map)
    assert (filled[corner.y(), corner.x()] == rgb(DARK.plus)).all()
    assert (filled[other.y(), other.x()] == rgb(DARK.minus)).all()
    radius = round(view.map.radius(4)) + 1
    circle, square = (
        (around == rgb(colour)).all(axis=2)
        for around, colour in (
            (around_of(filled, corner, radius), DARK.plus),
            (around_of(filled, other, radius), DARK.minus),
        )
    )
    assert (circle != square).sum() > 4
    view.switches["train"].click()
    view.switches["test"].click()
    hollow = pixels(view.map)
    assert (hollow[corner.y(), corner.x()] == rgb(DARK.panel)).all()
    assert view.state()["test"]
    assert not view.state()["train"]


def test_a_click_chooses_the_test_example_next_to_it(shown, trained, qtbot):
    snapshot = trained("circles")
    view, asked = shown(snapshot), []
    view.wanted.connect(asked.append)
    for index in (0, 17, 40):
        place = at(view, *snapshot.sample.points[index].tolist())
        qtbot.mouseClick(view.map, Qt.MouseButton.LeftButton, pos=place)
    points = view.map.places_of(np.asarray(snapshot.sample.points, float))
    for command, index in zip(asked, (0, 17, 40), strict=True):
        assert isinstance(command, FocusOn)
        assert np.hypot(*(points[command.index] - points[index])) < 1.5


def test_the_pointer_reads_coordinates_answer_and_class(shown, trained, three_classes, qtbot):
    view = shown(trained("circles", 60))
    qtbot.mouseMove(view.map, at(view, 1.0, -1.0))
    qtbot.waitUntil(lambda: bool(view.legend.said))
    assert view.legend.said.startswith("x₁ ")
    assert "ŷ 0." in view.legend.said
    assert view.legend.said.rsplit(" ", 1)[1] in ("orange", "blue")
    before = view.legend.said
    view.show_snapshot(trained("circles", 90))
    assert view.legend.said != before, "it follows training"
    qtbot.mouseMove(view.map, QPoint(1, 1))
    qtbot.waitUntil(lambda: not view.legend.said)
    many = shown(three_classes())
    qtbot.mouseMove(many.map, at(many, 0.0, 2.0))
    qtbot.waitUntil(lambda: "c wins" in many.legend.said)
    assert all(f"{name} " in many.legend.said for name in "abc")


def test_any_neuron_can_be_chosen_and_the_selected_one_offers_itself(shown, trained):
    view = shown(trained("circles"))
    entries = [view.chooser.itemText(row) for row in range(view.chooser.count())]
    assert entries[:4] == ["the output", "x₁", "x₂", "neuron 1 of layer 1"]
    assert len(entries) == 9
    view.select(Selection("neuron", 1, 4))
    assert view.chooser.itemText(1) == "selected: neuron 5 of layer 1"
    view.chooser.setCurrentIndex(1)
    view.chooser.activated.emit(1)
    assert view.state()["layer"] == 1
    assert view.state()["neuron"] == 4
    assert "neuron 5" in view.chooser.currentText()
    view.select(None)
    assert view.chooser.currentText() == "neuron 5 of layer 1"
    view.select(Selection("neuron", 0, 1))
    assert view.chooser.itemText(1) == "selected: x₂"
    view.chooser.setCurrentIndex(1)
    view.chooser.activated.emit(1)
    assert view.chooser.currentText() == "selected: x₂"
    kept = view.state()
    view.restore({"layer": OUTPUT, "neuron": 0})
    assert view.chooser.currentText() == "the output"
    view.restore(kept)
    assert view.chooser.currentText() == "selected: x₂"
    view.select(None)
    assert view.chooser.currentText() == "x₂"


def test_steps_are_ten_colours(shown, trained):
    view = shown(trained("circles", 60), train=False, test=False)
    area = view.map.area().toRect().adjusted(3, 3, -3, -3)

    def covered_by_ten():
        inside = pixels(view.map)[area.top() : area.bottom(), area.left() : area.right()]
        _, often = np.unique(inside.reshape(-1, 3), axis=0, return_counts=True)
        return np.sort(often)[-10:].sum() / often.sum()

    smooth = covered_by_ten()
    view.switches["steps"].click()
    assert smooth < 0.6 < 0.85 < covered_by_ten()
    assert len(np.unique(table(Kind.TWO, 2, DARK, steps=True), axis=0)) == 10


def test_a_curve_goes_through_its_points(shown, trained):
    snapshot = trained("sine", 80)
    view = shown(snapshot, shares=False, train=False, test=False)
    picture, x = pixels(view.curves), 1.0
    y = float(snapshot.network().predict([[x]])[0, 0])
    place = at(view, x, y)
    near = picture[place.y() - 1 : place.y() + 2, place.x()]
    assert (near == rgb(DARK.text)).all(axis=1).any()
    assert view.switches["shares"].isVisible()
    assert not view.switches["steps"].isVisible()
    thin = pixels(view.curves)
    view.switches["shares"].click()
    assert (pixels(view.curves) != thin).any()


def test_other_data_have_an_empty_state_that_says_what_to_do(shown, make_snapshot, trained):
    view = shown(make_snapshot(steps=0))
    assert view.empty.isVisible()
    assert "Data menu" in view.empty.text()
    assert not view.map.isVisible()
    assert not view.chooser.isVisible()
    view.show_snapshot(trained("circles"))
    assert view.map.isVisible()
    assert not view.empty.isVisible()
    view.show_snapshot(trained("sine"))
    assert view.curves.isVisible()
    assert not view.map.isVisible()


def test_a_moment_of_the_update_is_mapped_with_the_weights_before(shown, trained):
    view = shown(trained("circles"))
    before = view._shown
    view.show_snapshot(replace(trained("circles"), step=21))
    assert np.array_equal(view._shown.field.codes, before.field.codes)


def test_what_is_chosen_is_kept(shown, trained):
    kept = {"layer": 1, "neuron": 3, "steps": True, "train": False, "test": True, "shares": False}
    view = shown(trained("circles"), **kept)
    assert view.state() == kept
    assert view.switches["steps"].isChecked()
    assert not view.switches["train"].isChecked()
    view.restore({"layer": "x", "steps": 3, "test": None})
    assert view.state() == kept


@pytest.mark.parametrize("factor", sampled([1.0, 1.5, 2.0, 2.5], every=3))
@pytest.mark.parametrize("size", [(240, 240), (460, 300), (470, 420), (900, 800)])
@pytest.mark.parametrize("name", ["circles", "sine", "blobs"])
def test_nothing_is_clipped_at_any_size_of_letters(shown, trained, size, factor, name):
    theme = replace(DARK, scale=TypeScale(factor))
    view = shown(trained(name), size, theme)
    plot = view.map if view.map.isVisible() else view.curves
    assert plot.area().width() >= 8
    assert plot.area().height() >= 8
    boxes = [label.box for label in plot.labels()]
    assert all(plot.rect().toRectF().contains(box) for box in boxes)
    parts = [part for part in (view.strip, plot, view.legend, view.equation) if part.isVisible()]
    for above, below in zip(
        sorted(parts, key=lambda p: p.y()), sorted(parts, key=lambda p: p.y())[1:], strict=False
    ):
        assert above.geometry().bottom() <= below.y()


def test_it_is_among_the_views_and_draws_at_display_rate():
    assert SPEC in VIEWS
    assert SPEC.rate >= 30
    assert not SPEC.open
    assert not SPEC.figures, "only its strip has figures; its map need not wait for them"


@pytest.mark.parametrize("size", [(402, 210), (326, 300), (614, 511), (900, 300)])
def test_every_switch_and_tool_can_be_read(shown, trained, size):
    view = shown(trained("circles"), size)
    for button in (*view.switches.values(), *view.tools):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
