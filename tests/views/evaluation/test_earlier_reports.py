"""Reports of steps before: offered, shown again, drawn as lines, and made by themselves."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from nnviz.engine.measure.report import report
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.trainer import Trainer
from nnviz.messages.commands import MakeReport, ReportEvery
from nnviz.views.evaluation import SPEC
from nnviz.views.evaluation.state import EVERY
from nnviz.views.palette import DARK, LIGHT, rgb
from tests.sampled import sampled
from tests.views.grabbing import pixels
from tests.waiting import calm
from tests.wishes import on_wish

STEPS = (0, 10, 20, 30)
SIZES = [(326, 210), (450, 283), (360, 620), (640, 400), (1000, 700)]


class Desk:
    """A view that shows a run with reports at some steps."""

    def __init__(self, qtbot, show, make_snapshot, make_dataset):
        self.qtbot, self.show_on_screen = qtbot, show
        data = make_dataset(784, 10, 200)
        recipe = Recipe(layers=(784, 12, 10), dataset="tiny")
        trainer, reports = Trainer(recipe, data), []
        for step in range(STEPS[-1] + 1):
            if step in STEPS:
                reports.append(report(trainer.network, data, run=3, step=step))
            trainer.step()
        self.reports = tuple(reports)
        self.asked = []
        self.now = replace(
            make_snapshot(recipe, data, steps=STEPS[-1], run=3), reports=self.reports
        )

    def open(self, size=(1000, 700), theme=DARK):
        view = self.view = self.show_on_screen(SPEC.view, None, size, theme)
        on_wish(view, MakeReport, lambda _: self.asked.append(1))
        self.qtbot.waitExposed(view)
        view.show_snapshot(self.now)
        return view

    def click(self, button):
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(qtbot, show, make_snapshot, make_dataset):
    return Desk(qtbot, show, make_snapshot, make_dataset)


def test_a_step_that_was_reported_on_is_shown_without_asking_again(desk):
    view = desk.open()
    assert view.report is desk.reports[-1]
    view.show_snapshot(replace(desk.now, step=10))
    assert view.report is desk.reports[1]
    calm(view)
    assert desk.asked == []
    view.show_snapshot(replace(desk.now, step=11))
    desk.qtbot.waitUntil(lambda: desk.asked == [1])


def test_buttons_and_slider_lead_through_the_reports_and_back_to_now(desk):
    view = desk.open()
    assert not view.past.on.isEnabled()
    for expected in desk.reports[-2::-1]:
        desk.click(view.past.back)
        assert view.report is expected
        assert view.matrix.shown.counts is expected.confusion
    assert not view.past.back.isEnabled()
    view.show_report(replace(desk.reports[-1]))  # what comes in does not take the picked one away
    assert view.report is desk.reports[0]
    view.past.slider.setValue(2)
    assert view.report is desk.reports[2]
    desk.click(view.past.on)
    assert view.state()["step"] is None
    assert view.report.step == STEPS[-1]


def test_a_report_that_another_line_does_not_have_is_let_go(desk):
    view = desk.open()
    desk.click(view.past.back)
    view.show_snapshot(replace(desk.now, reports=desk.reports[:2], step=10))
    assert view.state()["step"] is None
    assert view.report is desk.reports[1]


def test_a_report_made_at_rest_joins_the_others(desk):
    view = desk.open()
    view.show_snapshot(replace(desk.now, step=40))
    late = replace(desk.reports[-1], step=40)
    view.show_report(late)
    assert view.report is late
    assert view.past.reports == (*desk.reports, late)
    view.show_report(replace(late, step=35))  # asked for before, answered after: kept, not shown
    assert view.report is late
    assert [one.step for one in view.past.reports] == [*STEPS, 35, 40]


def test_the_choice_goes_round(desk):
    view, chosen = desk.open(), []
    on_wish(view, ReportEvery, lambda how: chosen.append((how.epoch, how.steps)))
    for _ in EVERY:
        desk.click(view.past.every)
    assert chosen == [(True, 0), (False, 1000), (False, 0)]


@pytest.mark.parametrize("theme", sampled([DARK, LIGHT], every=2), ids=lambda theme: theme.name)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_row_and_the_lines_are_whole_at_any_size(desk, size, theme):
    view = desk.open(size, theme)
    if view.pages["history"].isVisible():
        desk.click(view.pages["history"])
    past, course = view.past, view.charts["history"]
    assert past.isVisible()
    assert course.isVisible()
    assert not past.geometry().intersects(course.geometry())
    for part in (past, course):
        assert view.rect().contains(part.geometry())
    parts = (past.every, past.back, past.slider, past.on)
    assert all(past.rect().contains(part.geometry()) for part in parts)
    assert past.slider.width() >= 40
    for _ in EVERY:
        needed = QFontMetricsF(past.every.font()).horizontalAdvance(past.every.text())
        assert needed + 4 <= past.every.width()
        desk.click(past.every)
    shot = pixels(course).astype(int)
    assert "all" in course.said
    assert not any("…" in text for text in course.said)
    now = course.point(STEPS[-1], (1 + course.picture.history.low) / 2).toPoint()
    assert np.abs(shot[now.y() + 3, now.x() - 1 : now.x() + 2] - rgb(theme.now)).min() <= 40
    ends = course.point(STEPS[-1], desk.reports[-1].accuracy).toPoint()
    near = shot[max(ends.y() - 2, 0) : ends.y() + 3, max(ends.x() - 8, 0) : ends.x() - 2]
    assert (np.abs(near - rgb(theme.text)).max(axis=2) <= 60).any()


def test_an_earlier_report_is_shown_again(desk):
    view = desk.open()
    desk.click(view.past.back)
    kept = view.state()
    again = desk.open()
    again.restore(kept)
    assert again.report is desk.reports[-2]
    assert again.past.slider.value() == len(STEPS) - 2
    again.restore({"step": 12345})
    assert again.report is desk.reports[-1]
