"""The race view: real clicks and sliders, exact steps back, the engine's numbers in its table."""

import itertools
import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from nnviz.engine.race.descent import all_racers, descend
from nnviz.engine.race.valleys import VALLEYS
from nnviz.numbers import read_numbers
from nnviz.views import VIEWS
from nnviz.views.palette import DARK, LIGHT, rgb
from nnviz.views.race import SPEC
from nnviz.views.race.controls import position_of, rate_at
from nnviz.views.race.marks import colour_of
from nnviz.views.race.text import number, place, rate_text
from nnviz.views.race.view import RaceView
from nnviz.views.surface3d import gl_context as gl_probe
from tests.sampled import sampled
from tests.views.grabbing import pixels

SIZES = [(340, 300), (470, 330), (320, 700), (900, 500), (1280, 720), (1500, 420)]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(qtbot, show):
    def shown(size=(700, 460)):
        view = show(RaceView, None, size)
        qtbot.waitExposed(view)
        return view

    return shown


@pytest.fixture
def view(shown):
    return shown()


def outcomes(view, name):
    view.refresh()
    return view.picture.racer(name).outcomes


def readings(view):
    view.refresh()
    return view.picture.reading


def count(picture, colour):
    return int((np.abs(picture.astype(int) - rgb(colour)).max(axis=-1) <= 2).sum())


def drag_slider(view, position):
    """Move the slider with the mouse: press its handle, pull, let go."""
    slider = view.controls.slider
    before, span = slider.value(), slider.maximum() - slider.minimum()
    usable = slider.width() - 12

    def at(value):
        return QPoint(6 + round(value / span * usable), slider.height() // 2)

    QTest.mousePress(slider, LEFT, pos=at(before))
    QTest.mouseMove(slider, at(position))
    QTest.mouseRelease(slider, LEFT, pos=at(position))


def test_it_is_a_view_that_is_not_open_at_first():
    assert SPEC in VIEWS
    assert (SPEC.id, SPEC.place, SPEC.open) == ("race", "right", False)


def test_the_run_does_not_touch_it(view, make_snapshot):
    before = pixels(view)
    view.show_snapshot(make_snapshot(steps=3))
    assert np.array_equal(pixels(view), before)


@pytest.mark.parametrize("theme", sampled([DARK, LIGHT], every=2), ids=lambda theme: theme.name)
@pytest.mark.parametrize("surface", VALLEYS)
def test_every_racer_is_seen_in_its_colour_on_every_surface(view, theme, surface):
    view.set_theme(theme)
    view.show_surface(surface)
    drawing = view.curve if surface == "square" else view.map
    assert drawing.isVisible()
    for name in all_racers():
        view.race.choose([name])
        view.select_racer(name)
        picture = pixels(drawing)
        assert count(picture, colour_of(name, theme)) > 40, name
        others = [colour_of(other, theme) for other in all_racers() if other not in (name, "sgd")]
        assert not any(count(picture, colour) > 8 for colour in others)


def test_a_click_sets_the_start_of_all(view):
    view.race.go_to(30)
    at = view.map.area().center().toPoint() + QPoint(40, -50)
    QTest.mouseClick(view.map, LEFT, pos=at)
    w1, w2 = view.race.start
    assert w1 > 0 < w2
    back = view.map.place_of(view.race.start)
    assert (back - at).manhattanLength() < 1
    assert view.race.step == 30
    for run in view.race.runs():
        assert run.path[0].tolist() == [w1, w2]
    assert list(read_numbers(view.controls.start.text(), 2)) == pytest.approx([w1, w2], abs=2e-3)


def test_the_learning_rate_and_the_start_are_typed_as_people_write_numbers(view):
    controls = view.controls
    for text, rate in (("0,25", 0.25), ("1/8", 0.125)):
        controls.rate.setText(text)
        controls.rate.editingFinished.emit()
        assert view.race.rates[view.selected] == rate
    controls.rate.setText("1,000")
    controls.rate.editingFinished.emit()
    assert view.race.rates[view.selected] == 0.125
    controls.start.setText("−0,5; 1/4")
    controls.start.editingFinished.emit()
    assert view.race.start == (-0.5, 0.25)


def test_dragging_moves_the_start_along(view):
    area = view.map.area().toRect()
    QTest.mousePress(view.map, LEFT, pos=area.center())
    for far in (20, 60, 5000):
        QTest.mouseMove(view.map, area.center() + QPoint(far, 0))
    QTest.mouseRelease(view.map, LEFT, pos=area.center() + QPoint(5000, 0))
    edge = view.map.place_at(view.map.area().bottomRight())[0]
    assert view.race.start[0] == pytest.approx(edge)


def test_a_click_on_the_curve_sets_the_one_weight(view):
    view.show_surface("square")
    at = view.curve.place_of(1.25, 1.25**2).toPoint()
    QTest.mouseClick(view.curve, LEFT, pos=at)
    assert view.race.start == pytest.approx((1.25,), abs=0.02)


@pytest.mark.parametrize(("text", "start"), [("1.5, -2", (1.5, -2)), ("(-3 0.25)", (-3, 0.25))])
def test_a_start_can_be_typed(view, text, start):
    QTest.mouseClick(view.controls.start, LEFT)
    view.controls.start.selectAll()
    QTest.keyClicks(view.controls.start, text)
    QTest.keyClick(view.controls.start, Qt.Key.Key_Return)
    assert view.race.start == start
    assert not view.controls.start.hasFocus()


def test_nonsense_leaves_the_start_as_it_was(view):
    before = view.race.start, view.controls.start.text()
    for text in ("here", "1", "1, 2, 3", "1e99, 0", ""):
        view.controls.start.setText(text)
        view.controls.start.editingFinished.emit()
        assert (view.race.start, view.controls.start.text()) == before


def test_the_slider_sets_the_rate_of_the_racer_that_is_selected(view):
    QTest.mouseClick(view.table, LEFT, pos=view.table.row("adam").center().toPoint())
    assert view.selected == "adam"
    before, picture = dict(view.race.rates), pixels(view.map)
    drag_slider(view, position_of(1.0))
    assert view.race.rates["adam"] == pytest.approx(1.0, rel=0.15)
    assert view.race.rates == {**before, "adam": view.race.rates["adam"]}
    assert (pixels(view.map) != picture).any()
    assert view.controls.rate.text() == rate_text(view.race.rates["adam"])


def test_a_rate_can_be_typed_exactly(view):
    for text, rate in (("0.123", 0.123), ("2e-4", 0.0002), ("-1", 0.0002), ("x", 0.0002)):
        QTest.mouseClick(view.controls.rate, LEFT)
        view.controls.rate.selectAll()
        QTest.keyClicks(view.controls.rate, text)
        QTest.keyClick(view.controls.rate, Qt.Key.Key_Return)
        assert view.race.rates["sgd"] == rate
    assert view.controls.rate.text() == "0.0002"


def test_crawling_converging_oscillating_and_diverging_are_named(view):
    view.show_surface("square")
    words = []
    for rate in (0.01, 0.1, 1.0, 1.1):
        view.race.set_rate("sgd", rate)
        words.append(outcomes(view, "sgd")[-1])
    assert words == ["crawls", "converges", "oscillates", "diverges"]
    view.show_surface("two")
    assert outcomes(view, "sgd")[0].startswith("converges, local minimum from step ")
    assert outcomes(view, "momentum")[0].startswith("converges from step ")


@pytest.mark.parametrize("mode", ["2-D", "3-D"])
@pytest.mark.parametrize("surface", sampled(["square", "two", "rosenbrock"], every=2))
def test_forwards_and_back_shows_the_same_pixels(view, surface, mode):
    view.show_surface(surface)
    view.set_mode(mode)
    before, step = pixels(view), view.race.step
    pictures = []
    for _ in range(3):
        QTest.mouseClick(view.controls.forward, LEFT)
        pictures.append(pixels(view))
    assert view.race.step == step + 3
    assert all((picture != before).any() for picture in pictures)
    for picture in (*pictures[1::-1], before):
        QTest.mouseClick(view.controls.back, LEFT)
        assert np.array_equal(pixels(view), picture)
    assert view.race.step == step


def test_the_table_has_the_engines_numbers(shown):
    view = shown((900, 420))
    view.show_surface("neuron")
    view.race.go_to(7)
    view.refresh()
    steps = view.table.steps()
    assert len(steps) > 1
    assert steps == list(range(8 - len(steps), 8))
    cells = {(cell.racer, cell.step): cell.text for cell in view.table.cells()}
    assert len(cells) == 6 * len(steps)
    valley = VALLEYS["neuron"]
    for name in all_racers():
        run = descend(valley, valley.start, name, view.race.rates[name])
        for step in steps:
            assert cells[name, step] == number(float(run.costs[step]))


def test_a_click_on_a_mark_takes_a_racer_out_and_back_in(view):
    at = QPoint(5, round(view.table.row("momentum").center().y()))
    QTest.mouseClick(view.table, LEFT, pos=at)
    assert "momentum" not in view.race.racers
    assert outcomes(view, "momentum") == ("not in the race",)
    assert view.selected == "sgd"
    QTest.mouseClick(view.table, LEFT, pos=at)
    assert view.race.racers == all_racers()
    for name in all_racers():
        at = QPoint(5, round(view.table.row(name).center().y()))
        QTest.mouseClick(view.table, LEFT, pos=at)
    assert view.race.racers == ()
    pixels(view)


def test_it_plays_to_the_end_pauses_and_begins_again(view, qtbot):
    view.show_surface("square")
    view.race.go_to(view.race.steps - 4)
    QTest.mouseClick(view.controls.play, LEFT)
    assert view.controls.play.text() == "pause"
    qtbot.waitUntil(lambda: view.race.step == view.race.steps)
    qtbot.waitUntil(lambda: view.controls.play.text() == "▶ play")
    assert not view.controls.forward.isEnabled()
    QTest.mouseClick(view.controls.play, LEFT)
    qtbot.waitUntil(lambda: 0 < view.race.step < view.race.steps)
    view.hide()
    assert not view._clock.isActive()
    view.show()
    QTest.mouseClick(view.controls.restart, LEFT)
    assert view.race.step == 0
    assert not view.controls.back.isEnabled()


def test_another_surface_has_its_own_start_and_rates(view):
    view.race.choose(["adam", "sgd"])
    view.race.set_rate("adam", 5.0)
    QTest.keyClick(view.chooser, Qt.Key.Key_Down)
    assert view.race.valley.name == "rosenbrock"
    assert view.race.start == VALLEYS["rosenbrock"].start
    assert view.race.rates["adam"] < 5
    assert view.race.racers == ("sgd", "adam")
    assert view.formula.text() == VALLEYS["rosenbrock"].formula


def test_partial_derivatives_of_a_formula_are_shown_where_there_is_room(shown):
    view = shown((900, 620))
    for surface, valley in VALLEYS.items():
        view.show_surface(surface)
        assert view.derivatives.isVisible()
        assert view.derivatives.text() == valley.slopes
        wide = QFontMetrics(view.derivatives.font()).horizontalAdvance(valley.slopes)
        assert wide <= view.derivatives.width()
        assert view.formula.toolTip().startswith(valley.slopes)
    view.show_surface("neuron")
    assert view.derivatives.isVisible()
    view.resize(460, 320)
    assert not view.derivatives.isVisible()


def test_diverged_racers_are_drawn_and_said_quietly(view):
    for surface, rate in (("rosenbrock", 0.1), ("square", 10.0), ("two", 3.0)):
        view.show_surface(surface)
        view.race.set_rate("sgd", rate)
        for step in (1, 5, view.race.steps):
            view.race.go_to(step)
            for mode in ("2-D", "3-D"):
                view.set_mode(mode)
                pixels(view)
        assert outcomes(view, "sgd")[-1] == "diverges"
    assert "diverged" in readings(view)[0]


def test_the_reading_says_slope_and_next_step(view):
    view.show_surface("square")
    view.race.go_to(0)
    assert readings(view)[0] == "SGD at w = −1.6: slope −3.20, next step 0.32"
    view.race.choose(["adam"])
    assert readings(view)[0] == "SGD is not in the race"


def test_the_third_dimension(view):
    QTest.mouseClick(view.modes["3-D"], LEFT)
    assert view.scene.isVisible()
    assert not view.map.isVisible()
    picture = pixels(view.scene)
    seen = [name for name in all_racers() if count(picture, colour_of(name, DARK)) > 5]
    assert len(seen) >= 4
    view.show_surface("square")
    assert view.curve.isVisible()
    assert not any(button.isVisible() for button in view.modes.values())


def test_without_opengl_the_map_stands_alone(shown, monkeypatch):
    monkeypatch.setattr(gl_probe, "shared_gl", lambda: None)
    view = shown()
    assert view.scene is None
    view.set_mode("3-D")
    assert view.map.isVisible()
    assert not any(button.isVisible() for button in view.modes.values())


@pytest.mark.parametrize("size", sampled([(300, 170), *SIZES], every=3), ids=str)
@pytest.mark.parametrize("surface", ["square", "long", "rosenbrock"])
def test_nothing_is_clipped_and_nothing_overlaps(shown, size, surface):
    view = shown(size)
    view.show_surface(surface)
    for name in all_racers():
        view.select_racer(name)
        parts = [
            part
            for holder in (view.body, view.controls)
            for part in holder.findChildren(
                QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
            )
            if part.isVisible() and part is not view.controls
        ]
        boxes = {part: part.rect().translated(part.mapTo(view, QPoint())) for part in parts}
        for nth, (part, box) in enumerate(boxes.items()):
            assert view.rect().contains(box), part
            others = list(boxes.values())[nth + 1 :]
            assert not any(box.intersects(other) for other in others), part
            if isinstance(part, QPushButton | QLabel | QLineEdit) and part.text():
                metrics = QFontMetrics(part.font())
                assert metrics.horizontalAdvance(part.text()) <= box.width(), part.text()
                assert metrics.height() <= box.height() + 1, part.text()
    metrics = QFontMetrics(view.chooser.font())
    assert (
        metrics.horizontalAdvance(view.chooser.currentText()) < view.chooser.width() - view.unit()
    )
    assert view.table.row("adam").bottom() <= view.table.height() + 1
    if size in SIZES:
        assert view.table.row("adam").height() >= 2.2 * view.unit()
        assert min(view.map.width(), view.map.height()) >= 120


def test_a_low_panel_says_what_became_of_the_racer_that_is_selected(shown):
    view = shown((326, 172))
    assert view.reading.text().startswith("SGD converges")
    view.select_racer("rmsprop")
    assert view.reading.text().startswith("RMSProp converges")
    assert view.table.row("adam").bottom() <= view.table.height() + 1
    assert view.table.row("adam").height() >= 1.3 * view.unit()
    metrics = QFontMetrics(view.reading.font())
    assert metrics.horizontalAdvance(view.reading.text()) <= view.reading.width()
    assert not view.controls.start.isVisible()
    step = view.race.step
    QTest.mouseClick(view.controls.forward, LEFT)
    assert view.race.step == step + 1
    view.resize(340, 300)
    assert view.controls.start.isVisible()


def test_letters_are_large_on_a_projector(shown):
    assert shown((1280, 720)).unit() >= 24
    assert shown((340, 300)).unit() >= 11


def test_numbers_are_short_and_true():
    cases = {
        0.0: "0", 0.9: "0.90", 12.345: "12.3", 1.2345: "1.23", 223.0: "223", 1234.5: "1\u202f234",
        -0.305: "−0.30", 0.0294: "0.029", 0.0012: "0.0012", 1.3e-4: "0.00013",
        1.3e-5: "1.3×10⁻⁵", 2.5e7: "2.5×10⁷", math.inf: "∞", math.nan: "–", 1e200: "∞",
    }  # fmt: skip
    for value, text in cases.items():
        assert number(value) == text
        assert len(text) <= 8
    assert [rate_text(rate) for rate in (0.9, 0.0005, 1.0, 0.000123, 10.0)] == [
        "0.9", "0.0005", "1", "0.000123", "10",
    ]  # fmt: skip
    assert place((-1.2, 1.0)) == "(−1.2, 1)"
    assert place((-0.0001,)) == "0"


def test_the_sliders_scale_goes_by_factors():
    for rate in (0.0001, 0.01, 0.1, 1.0, 10.0):
        assert rate_at(position_of(rate)) == pytest.approx(rate)


@pytest.mark.parametrize("width", [280, 322, 420, 700, 1100])
def test_every_number_of_the_table_is_written_whole(shown, width, monkeypatch):
    view = shown((width, 420))
    view.show_surface("square")
    view.go_to(85)  # where some costs are tiny
    assert any("×10" in cell.text for cell in view.table.cells())
    drawn = []
    before = QPainter.drawText

    def note(painter, box, flags, text):
        drawn.append((painter.fontMetrics().horizontalAdvance(text), box, text))
        before(painter, box, flags, text)

    monkeypatch.setattr(QPainter, "drawText", note)
    view.table.grab()
    texts = {cell.text for cell in view.table.cells()}
    numbers = [(size, box) for size, box, text in drawn if text in texts]
    assert len(numbers) >= len(view.table.cells())
    assert all(size <= box.width() and box.right() - size >= 0 for size, box in numbers)
    columns = sorted({box.right() for _, box in numbers})
    widest = max(size for size, _ in numbers)
    assert all(after - one > widest for one, after in itertools.pairwise(columns))


def test_the_end_of_a_race_tells_who_is_lowest(view, qtbot):
    view.go_to(view.race.steps - 1)
    with qtbot.waitSignal(view.over) as told:
        QTest.keyClick(view, Qt.Key.Key_Right)
    ends = {run.optimiser: run.costs[-1] for run in view.race.runs() if np.isfinite(run.costs[-1])}
    assert told.args == [min(ends, key=ends.get)]
    with qtbot.assertNotEmitted(view.over):
        QTest.keyClick(view, Qt.Key.Key_Right)  # it is there already
