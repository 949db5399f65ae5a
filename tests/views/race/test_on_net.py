"""Races on the live network in the race view: asked for with clicks, shown, and left alone."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nnviz.engine import Network
from nnviz.engine.race.descent import all_racers
from nnviz.engine.race.plane_race import racing
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind
from nnviz.messages.events import Racing
from nnviz.views.palette import DARK, LIGHT, rgb
from nnviz.views.race.controls import position_of
from nnviz.views.race.marks import colour_of
from nnviz.views.race.text import PLANES
from nnviz.views.race.view import RaceView
from nnviz.views.surface3d import gl_context as gl_probe
from tests.sampled import sampled
from tests.views.grabbing import colours, pixels

RECIPE = Recipe(dataset="tiny", layers=(16, 8, 4), learning_rate=2.0)
LEFT = Qt.MouseButton.LeftButton


class Stage:
    """A view, a network, and whoever answers."""

    def __init__(self, qtbot, show, make_snapshot, make_dataset, size=(700, 460)):
        self.data = make_dataset(16, 4)
        self.moment = make_snapshot(RECIPE, self.data, steps=30, watched=(130, 150))
        self.asked, self.cancelled, self.busy = [], [], []
        self.view = show(RaceView, None, size)
        self.view.race_wanted.connect(self.asked.append)
        self.view.race_cancelled.connect(lambda: self.cancelled.append(True))
        self.view.busy.connect(self.busy.append)
        qtbot.waitExposed(self.view)
        self.view.show_snapshot(self.moment)

    def answer(self, request=None):
        *_, answer = racing(request or self.asked[-1], self.data.x_test, self.data.y_test)
        self.view.show_answer(answer)
        return answer

    def choose(self, kind):
        """Choose a plane as a person does: with the keyboard in the list."""
        chooser = self.view.chooser
        chooser.setFocus()
        wanted = chooser.findData(kind)
        key = Qt.Key.Key_Down if wanted > chooser.currentIndex() else Qt.Key.Key_Up
        while chooser.currentIndex() != wanted:
            before = chooser.currentIndex()
            QTest.keyClick(chooser, key)
            assert chooser.currentIndex() != before

    def race_on(self, kind):
        self.choose(kind)
        self.answer()
        return self.view.race


@pytest.fixture
def stage(qtbot, show, make_snapshot, make_dataset):
    return Stage(qtbot, show, make_snapshot, make_dataset)


def count(picture, colour):
    return int((np.abs(picture.astype(int) - rgb(colour)).max(axis=-1) <= 2).sum())


def test_before_there_is_a_network_it_says_so(show):
    view = show(RaceView)
    view.show_surface(Kind.LINE)
    assert view.message.isVisible()
    assert view.message.text().startswith("There is no network yet")
    assert not view.map.isVisible()
    view.show_surface("two")
    assert not view.message.isVisible()
    assert view.map.isVisible()


def test_a_net_of_steps_has_no_race_and_one_that_follows_has(stage):
    steps = replace(RECIPE, output_activation="step")
    stage.view.show_snapshot(replace(stage.moment, recipe=steps))
    stage.choose(Kind.PARAMETERS)
    assert not stage.asked
    assert stage.view.message.text().startswith("Step units have no slope")
    stage.view.show_snapshot(stage.moment)
    stage.view.now.click()
    stage.answer()
    assert not stage.view.message.isVisible()


@pytest.mark.parametrize("theme", sampled([DARK, LIGHT], every=2), ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", Kind)
def test_every_plane_is_asked_for_raced_on_and_drawn(stage, kind, theme):
    view = stage.view
    view.set_theme(theme)
    stage.choose(kind)
    request = stage.asked[-1]
    assert (request.plane.kind, request.racers) == (kind, all_racers())
    assert np.array_equal(request.plane.theta, stage.moment.theta)
    assert view.message.text() == "running all six on this plane… 0\u202f%"
    assert stage.busy[-1]
    view.show_progress(Racing(request.generation, 0.42))
    assert view.message.text().endswith("42\u202f%")
    stage.answer()
    assert not stage.busy[-1]
    assert not view.message.isVisible()
    drawing = view.curve if kind is Kind.LINE else view.map
    assert drawing.isVisible()
    assert "step 30" in view.formula.text()
    for name in all_racers():
        view.race.choose([name])
        view.select_racer(name)
        assert count(pixels(drawing), colour_of(name, theme)) > 25, name
    view.race.choose(all_racers())
    view.refresh()
    if kind is not Kind.LINE:
        before = pixels(view.map)
        QTest.mouseClick(view.modes["3-D"], LEFT)
        assert view.scene.isVisible()
        assert view.scene.COSTS
        assert len(colours(pixels(view.scene))) > 60
        QTest.mouseClick(view.modes["2-D"], LEFT)
        assert np.array_equal(pixels(view.map), before)


def test_costs_in_the_table_are_the_networks_own(stage):
    race = stage.race_on(Kind.PARAMETERS)
    theta = stage.moment.theta.astype(np.float64)
    exact = replace(RECIPE, dtype="float64")
    for run in race.runs():
        for step in (0, 1, 40):
            theta[list(stage.moment.watched)] = run.path[step]
            cost = Network(exact, theta).cost(stage.data.x_test, stage.data.y_test)
            assert run.costs[step] == pytest.approx(cost, rel=1e-6)


def test_axes_have_the_weights_names_and_their_true_values(stage):
    race = stage.race_on(Kind.PARAMETERS)
    assert race.valley.names == ("w²₃,₁", "w²₃,₆")
    pixels(stage.view.map)
    assert stage.view.map._names == race.valley.names
    assert race.valley.present == pytest.approx(stage.moment.theta[[130, 150]].tolist())
    assert stage.view.formula.toolTip().startswith("The cost of this network")


def test_stepping_forwards_and_back_shows_the_same_pixels(stage):
    stage.race_on(Kind.PARAMETERS)
    view = stage.view
    before, step = pixels(view), view.race.step
    pictures = []
    for _ in range(3):
        QTest.mouseClick(view.controls.forward, LEFT)
        pictures.append(pixels(view))
    assert view.race.step == step + 3
    for picture in (*pictures[1::-1], before):
        QTest.mouseClick(view.controls.back, LEFT)
        assert np.array_equal(pixels(view), picture)
    assert len(stage.asked) == 1


def test_a_click_starts_all_of_them_there(stage):
    race = stage.race_on(Kind.PARAMETERS)
    view = stage.view
    at = view.map.area().center().toPoint() + QPoint(30, -20)
    QTest.mouseClick(view.map, LEFT, pos=at)
    request = stage.asked[-1]
    assert len(stage.asked) == 2
    assert request.valley is race.valley
    assert request.start == view.race.start
    assert set(request.racers) == set(all_racers())
    assert view.race is race  # still the old runs
    stage.answer()
    assert view.race is not race
    assert all(tuple(run.path[0].tolist()) == request.start for run in view.race.runs())
    assert (view.map.place_of(view.race.start) - at).manhattanLength() < 1.5
    assert not view.race.outdated()


def test_while_a_race_is_run_a_dragged_start_asks_once_more_and_no_oftener(stage):
    stage.race_on(Kind.PARAMETERS)
    view, area = stage.view, stage.view.map.area().toRect()
    QTest.mousePress(view.map, LEFT, pos=area.center())
    for far in (5, 10, 15, 20):
        QTest.mouseMove(view.map, area.center() + QPoint(far, 0))
    QTest.mouseRelease(view.map, LEFT, pos=area.center() + QPoint(20, 0))
    assert len(stage.asked) == 2
    last = view.race.start
    stage.answer()
    assert len(stage.asked) == 3
    assert stage.asked[-1].start == last
    stage.answer()
    assert len(stage.asked) == 3
    assert all(tuple(run.path[0].tolist()) == last for run in view.race.runs())


def test_a_start_can_be_typed(stage):
    stage.race_on(Kind.LINE)
    field = stage.view.controls.start
    QTest.mouseClick(field, LEFT)
    field.selectAll()
    QTest.keyClicks(field, "0.75")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert stage.asked[-1].start == (0.75,)
    stage.answer()
    assert stage.view.race.start == (0.75,)


def test_the_slider_runs_one_racer_again_and_keeps_the_others(stage):
    stage.race_on(Kind.RANDOM)
    view = stage.view
    QTest.mouseClick(view.table, LEFT, pos=QPoint(5, round(view.table.row("sgd").center().y())))
    QTest.mouseClick(view.table, LEFT, pos=view.table.row("adam").center().toPoint())
    before = {run.optimiser: run for run in view.race.known()}
    view.controls.slider.setValue(position_of(0.5))
    assert stage.asked[-1].racers == ("adam",)
    assert view.race.rates["adam"] == pytest.approx(0.5, rel=0.05)
    assert view.controls.slider.value() == position_of(0.5)
    stage.answer()
    after = {run.optimiser: run for run in view.race.known()}
    assert set(after) == set(all_racers())
    assert after["adam"].eta == view.race.rates["adam"]
    assert all((after[name] is before[name]) == (name != "adam") for name in all_racers())
    assert "sgd" not in view.race.racers  # was taken out, and its run is still known


def test_while_training_runs_the_race_stays_until_now_is_pressed(stage, make_snapshot):
    stage.race_on(Kind.PARAMETERS)
    view = stage.view
    assert not view.now.isEnabled()
    before = pixels(view.map)
    later = make_snapshot(RECIPE, stage.data, steps=80, watched=(130, 150), playing=True)
    view.show_snapshot(later)
    assert len(stage.asked) == 1
    assert "step 30" in view.formula.text()
    assert np.array_equal(pixels(view.map), before)
    assert view.now.isEnabled()
    QTest.mouseClick(view.now, LEFT)
    assert stage.asked[-1].plane.step == 80
    assert "step 30" in view.formula.text()
    stage.answer()
    assert "step 80" in view.formula.text()
    assert not view.now.isEnabled()


def test_the_plane_of_a_run_that_has_gone_is_asked_for_anew(stage):
    stage.choose(Kind.PARAMETERS)
    view, old = stage.view, stage.asked[-1]
    view.show_snapshot(replace(stage.moment, run=1))
    assert stage.asked[-1].plane.run == 1
    stage.answer(old)
    assert view.message.isVisible()
    stage.answer()
    assert not view.message.isVisible()


def test_stale_answers_are_dropped(stage):
    stage.choose(Kind.PARAMETERS)
    old, view = stage.asked[-1], stage.view
    view.show_surface("two")
    assert stage.cancelled
    stage.answer(old)
    assert view.race.valley.name == "two"
    view.show_progress(Racing(old.generation, 0.5))
    assert not view.message.isVisible()


def test_a_race_can_be_called_off(stage):
    stage.choose(Kind.PARAMETERS)
    view, request = stage.view, stage.asked[-1]
    view.call_off()
    assert stage.cancelled == [True]
    assert not stage.busy[-1]
    assert view.message.text().startswith("Called off")
    stage.answer(request)
    assert view.message.isVisible()
    QTest.mouseClick(view.now, LEFT)
    race = stage.answer().race
    start = race.start
    QTest.mouseClick(view.map, LEFT, pos=view.map.area().center().toPoint())
    view.call_off()
    assert view.race.start == start
    assert not view.message.isVisible()
    assert view.map.isVisible()


def test_a_net_that_has_diverged_gives_one_sentence(stage, with_theta):
    theta = stage.moment.theta.copy()
    theta[3] = np.nan
    stage.view.show_snapshot(with_theta(stage.moment, theta))
    stage.choose(Kind.RANDOM)
    stage.answer()
    view = stage.view
    assert view.message.text().startswith("The net has diverged")
    assert not any(part.isVisible() for part in (view.map, view.table, view.curve))
    assert not view.controls.isEnabled()
    assert view.now.isEnabled()
    pixels(view)
    view.show_snapshot(stage.moment)
    QTest.mouseClick(view.now, LEFT)
    stage.answer()
    assert view.map.isVisible()
    assert view.controls.isEnabled()


def test_a_weight_that_was_clicked_is_the_one_of_the_slice(stage):
    stage.view.select(Selection.of_weight(RECIPE, 1, 7, 3))
    stage.view.select(Selection("neuron", 1, 2))
    race = stage.race_on(Kind.LINE)
    assert race.valley.names == ("w¹₄,₈",)
    assert stage.view.mode() == "1-D"


def test_without_opengl_the_map_stands_alone(qtbot, show, monkeypatch, make_snapshot, make_dataset):
    monkeypatch.setattr(gl_probe, "shared_gl", lambda: None)
    stage = Stage(qtbot, show, make_snapshot, make_dataset)
    stage.race_on(Kind.PARAMETERS)
    stage.view.set_mode("3-D")
    assert stage.view.map.isVisible()
    assert "No OpenGL" in stage.view.map.toolTip()
    assert count(pixels(stage.view.map), colour_of("adam", DARK)) > 25


@pytest.mark.parametrize(
    "size", sampled([(340, 300), (438, 302), (320, 700), (878, 582), (1500, 420)], every=4)
)
@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_clipped_and_nothing_overlaps(
    qtbot, show, make_snapshot, make_dataset, size, kind
):
    stage = Stage(qtbot, show, make_snapshot, make_dataset, size)
    stage.race_on(kind)
    view = stage.view
    parts = [
        part
        for holder in (view.body, view.controls)
        for part in holder.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if part.isVisible() and part is not view.controls
    ]
    boxes = [part.rect().translated(part.mapTo(view, QPoint())) for part in parts]
    for nth, (part, box) in enumerate(zip(parts, boxes, strict=True)):
        assert view.rect().contains(box), part
        assert not any(box.intersects(other) for other in boxes[nth + 1 :]), part
        if isinstance(part, QPushButton | QLabel) and part.text():
            assert QFontMetrics(part.font()).horizontalAdvance(part.text()) <= box.width()
    assert "net at step 30 · 50 test images" in view.formula.text()
    metrics = QFontMetrics(view.chooser.font())
    label = PLANES[kind][0]
    assert metrics.horizontalAdvance(label) < view.chooser.width() - view.unit()
