from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from nnviz.engine.history import CostHistory
from nnviz.engine.trainer import Evaluation
from nnviz.views.cost_axis import Bounds, label, log_ticks, round_down, round_up
from nnviz.views.cost_view import MOST_POINTS, SPEC, CostView, band
from nnviz.views.palette import DARK, THEMES, rgb


@pytest.fixture
def show(qtbot):
    def show(snapshot, size=(460, 260), theme=DARK):
        view = CostView()
        qtbot.addWidget(view)
        view.resize(*size)
        view.set_theme(theme)
        if snapshot is not None:
            view.show_snapshot(snapshot)
        view.show()
        return view

    return show


@pytest.fixture
def trained(make_snapshot):
    """A moment with a curve that falls from 1 to 0.03 and a test cost well above it."""
    snapshot = make_snapshot(steps=60)
    history = CostHistory()
    history.extend(np.geomspace(1.0, 0.03, 60).tolist())
    per_epoch = snapshot.minibatches_per_epoch
    evaluations = tuple(
        Evaluation(step, step / per_epoch, 0.2, 0.5, 0.9, 0.876) for step in range(0, 61, per_epoch)
    )
    return replace(snapshot, curve=history.curve(), evaluations=evaluations)


def pixels(view):
    grabbed = view.grab().toImage()
    image = grabbed.convertToFormat(grabbed.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def count(picture, colour, tolerance=30):
    return int((np.abs(picture - rgb(colour)).max(axis=2) <= tolerance).sum())


def ticks(view):
    axis = view.plot.getPlotItem().getAxis("left")
    low, high = view.plot.getPlotItem().viewRange()[1]
    return [
        text
        for spacing, values in axis.tickValues(low, high, 200)
        for text in axis.tickStrings(values, 1.0, spacing)
    ]


@pytest.mark.parametrize("theme", THEMES.values(), ids=str)
def test_curves_have_their_colours(show, trained, theme):
    view = show(trained, theme=theme)
    picture = pixels(view)
    inside = picture[60:-40, 60:-20]
    assert (picture[0, -1] == rgb(theme.panel)).all()
    assert count(inside, theme.now) > 150  # a line through the whole plot
    assert count(inside, theme.text) > 150
    assert count(inside, theme.plus, 10) == 0  # blue and orange are for weights alone


def test_the_test_curve_stands_where_its_cost_is(show, trained):
    view = show(trained)
    picture = pixels(view)
    box = view.plot.getPlotItem().getViewBox()
    scene = box.mapViewToScene(QPointF(trained.epoch / 2, np.log10(0.5)))
    at = view.plot.mapFromScene(scene)
    place = view.plot.mapTo(view, at)
    patch = picture[place.y() - 2 : place.y() + 3, place.x() - 2 : place.x() + 3]
    assert count(patch, DARK.now, 60) > 0


def test_the_switch_changes_the_axis(qtbot, show, trained):
    view = show(trained)
    assert view.log_button.isChecked()
    assert ticks(view) == ["0.05", "0.1", "0.2", "0.5", "1"]
    logarithmic = pixels(view)
    qtbot.mouseClick(view.log_button, Qt.MouseButton.LeftButton)
    assert ticks(view) == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert (pixels(view) != logarithmic).any()
    low, high = view.plot.getPlotItem().viewRange()[1]
    assert (low, high) == (0.0, 1.0)


def test_before_the_first_minibatch_it_says_what_to_do(show, make_snapshot, trained):
    for snapshot in (None, make_snapshot(steps=0)):
        view = show(snapshot)
        assert view.empty.isVisible()
        assert "Press play" in view.empty.text()
        assert not view.plot.isVisible()
        assert count(pixels(view), DARK.dim) > 20
    view.show_snapshot(trained)
    assert not view.empty.isVisible()
    assert view.plot.isVisible()


def test_the_axes_hold_still_while_costs_come_in(show, trained):
    view = show(trained)
    ranges = set()
    for step in range(41, 60):
        curve = trained.curve
        part = curve.until(step)
        view.show_snapshot(replace(trained, step=step, epoch=step / 20, curve=part))
        ranges.add(str(view.plot.getPlotItem().viewRange()))
    assert len(ranges) <= 3


def test_a_reset_starts_afresh(show, trained, make_snapshot):
    view = show(trained)
    long = view.plot.getPlotItem().viewRange()[0][1]
    view.show_snapshot(make_snapshot(steps=2, run=1))
    assert view.plot.getPlotItem().viewRange()[0][1] < long / 2


def test_costs_that_are_no_numbers_leave_a_gap(show, trained):
    mean = np.array(trained.curve.mean)
    mean[30:] = np.nan
    mean[10], mean[11] = np.inf, 0.0
    curve = replace(trained.curve, mean=mean, low=mean, high=mean)
    broken = Evaluation(60, 3.0, np.nan, np.inf, 0.1, 0.1)
    view = show(replace(trained, curve=curve, evaluations=(*trained.evaluations, broken)))
    for checked in (True, False):
        view.log_button.setChecked(checked)
        assert count(pixels(view), DARK.now) > 50
    assert np.isfinite(view.plot.getPlotItem().viewRange()).all()
    nothing = replace(trained.curve, mean=mean[30:], low=mean[30:], high=mean[30:])
    nothing = replace(nothing, steps=trained.curve.steps[30:])
    view.show_snapshot(replace(trained, run=9, curve=nothing, evaluations=(broken,)))
    pixels(view)


def test_the_legend_tells_the_accuracy(show, trained):
    assert "test 87.6 %" in show(trained).legend.text()
    assert "%" not in show(replace(trained, class_names=())).legend.text()


def test_the_band_is_small_and_holds_every_extreme():
    draw = np.random.default_rng(0)
    history = CostHistory()
    costs = draw.random(50_000)
    history.extend(costs.tolist())
    curve = history.curve()
    x, y = band(curve, 600)
    assert len(x) == len(y) <= 2 * MOST_POINTS
    assert y.max() == curve.high.max()
    assert y.min() == curve.low.min()


def test_keys_and_wheel_pass_through(show, trained):
    view = show(trained)
    for part in (view, view.plot, view.log_button):
        assert part.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert view.plot.getPlotItem().getViewBox().state["mouseEnabled"] == [False, False]


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0.03, 1.0, 4, [0.03, 0.1, 0.3, 1.0]),
        (1e-4, 10.0, 7, [1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0]),
        (0.05, 0.1, 4, [0.05, 0.07, 0.1]),
    ],
)
def test_logarithmic_labels(low, high, most, expected):
    assert np.allclose(log_ticks(low, high, most), expected)


def test_labels_are_plain():
    assert [label(v) for v in (0.03, 0.1, 1.0, 250.0, 0.0)] == ["0.03", "0.1", "1", "250", "0"]
    assert label(1e-7) == "1e-07"


def test_round_bounds():
    assert [round_up(v) for v in (0.031, 1.0, 4.07, 93)] == pytest.approx([0.04, 1, 5, 100])
    assert [round_down(v) for v in (0.031, 1.0, 4.07, 93)] == pytest.approx([0.03, 1, 4, 80])
    bounds = Bounds()
    bounds.include(0.5, np.array([np.nan, 0.0, np.inf]))
    assert bounds.y(logarithmic=True) == (-1.0, 0.0)
    bounds.include(0.7, np.array([0.3]))
    assert bounds.y(logarithmic=False) == (0.0, pytest.approx(0.3))
    bounds.include(0.6, np.array([0.1]))
    assert bounds.end == pytest.approx(0.8)
    assert bounds.y(logarithmic=False) == (0.0, pytest.approx(0.3))


def test_the_spec_makes_the_view(qtbot):
    view = SPEC.view()
    qtbot.addWidget(view)
    assert isinstance(view, CostView)
