from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from nnviz.engine.training.phases import Minibatch, Phase, phases_of
from nnviz.engine.training.trainer import Evaluation
from nnviz.views.cost import SPEC
from nnviz.views.cost.curves import MOST_GHOSTS, ghosts_of
from nnviz.views.cost.picture import Bounds
from nnviz.views.palette import DARK, THEMES, rgb
from nnviz.views.shared.type_scale import TypeScale
from tests.views.cost.conftest import haunted, look
from tests.views.grabbing import pixels
from tests.waiting import settled


def count(picture, colour, tolerance=30):
    return int((np.abs(picture.astype(int) - rgb(colour)).max(axis=2) <= tolerance).sum())


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
    for snapshot, words in ((None, "Data"), (make_snapshot(steps=0), "Press play")):
        view = show(snapshot)
        assert view.empty.isVisible()
        assert words in view.empty.text()
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
    assert "test 87.6\u202f%" in show(trained).legend.text()
    assert "train 90\u202f%" in show(trained).legend.text().replace("90.0", "90")
    nothing = tuple(replace(one, train_accuracy=np.nan, test_accuracy=np.nan)
                    for one in trained.evaluations)  # fmt: skip
    assert "%" not in show(replace(trained, evaluations=nothing)).legend.text()
    numbers = tuple(replace(one, test_rmse=2.5, test_r2=0.8) for one in nothing)
    assert "test RMSE 2.5" in show(replace(trained, evaluations=numbers)).legend.text()


def test_the_legend_says_when_its_figures_were_true(show, trained):
    assert "as of" not in show(trained).legend.text()
    later = replace(trained, step=70)
    assert "as of step 60" in show(later).legend.text()
    assert "before the change" in show(replace(trained, changed=True)).legend.text()


# -- validation and early stopping ---------------------------------------------------------------


def legend_of(view):
    return view.legend.text()


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("logarithmic", [True, False])
def test_validation_has_a_curve_of_its_own_at_the_steps_where_it_was_measured(
    show, validated, theme, logarithmic
):
    view = show(validated, theme=theme)
    view.log_button.setChecked(logarithmic)
    x, y = view.plot.validation.line
    assert x.tolist() == [one.epoch for one in validated.evaluations]
    costs = [one.validation_cost for one in validated.evaluations]
    assert y.tolist() == pytest.approx(np.log10(costs) if logarithmic else costs)
    assert count(pixels(view)[60:-40, 60:-20], theme.held_back) > 100
    assert count(pixels(view.legend), theme.held_back) > 3
    assert "\u25b2 validation" in legend_of(view)
    assert theme.held_back not in (theme.now, theme.text, theme.dim, theme.plus, theme.minus)


def test_the_validation_curve_follows_the_run_back_and_goes_with_it(show, validated):
    view = show(validated)
    early = replace(validated, step=30, epoch=1.5, evaluations=validated.evaluations[:2], waited=0)
    view.show_snapshot(early)
    assert view.plot.validation.line[0].tolist() == [0.0, 1.0]
    assert "validation" in legend_of(view)
    without = tuple(
        replace(one, validation_cost=np.nan, validation_accuracy=np.nan)
        for one in validated.evaluations
    )
    plain = replace(validated.recipe, validation_size=0, patience=0)
    view.show_snapshot(replace(validated, run=5, recipe=plain, evaluations=without))
    assert "validation" not in legend_of(view)
    assert count(pixels(view), DARK.held_back) == 0


def test_validation_is_made_room_for(show, validated):
    high = replace(validated.evaluations[-1], validation_cost=40.0)
    view = show(replace(validated, evaluations=(*validated.evaluations[:-1], high)))
    assert view.plot.getPlotItem().viewRange()[1][1] >= np.log10(40.0)


def test_where_early_stopping_stands_is_a_line_and_words(show, validated):
    view = show(validated)
    _, level = view.plot.lowest.line
    assert level.tolist() == pytest.approx([np.log10(0.3)] * 2)
    assert "early stopping: 2 of 5 epochs" in view.plot.overlay.note.text()
    never = replace(validated, recipe=replace(validated.recipe, patience=0), run=3)
    view.show_snapshot(never)
    assert not len(view.plot.lowest.line[0])
    assert not view.plot.overlay.note.isVisible()


NARROW, LOW, WIDE = (300, 160), (450, 103), (1200, 700)


@pytest.mark.parametrize("size", [(220, 110), NARROW, LOW, (450, 189), WIDE])
@pytest.mark.parametrize("waits", [False, True])
def test_every_curve_is_named_and_explained_without_a_tip_at_any_width(
    show, validated, size, waits
):
    recipe = replace(validated.recipe, shift=1.0, patience=5 if waits else 0)
    view = show(replace(validated, recipe=recipe), size)
    said = legend_of(view)
    for name in ("\u2501 ", "train", "validation", "test"):
        assert name in said
    assert view.legend.isVisible()
    if size != (220, 110):
        assert view.legend.sizeHint().width() <= view.legend.width() + 1
    note = view.plot.overlay.note
    assert note.isVisible()
    words = " ".join(note.text().split())
    assert "\u2501 may lie above \u25cf" in words
    assert ("early stopping" in words) == waits
    if size[0] >= NARROW[0] and not (waits and size == LOW):  # there only what notes are about
        assert "\u2501 may lie above \u25cf: varied pictures are harder" in words
        assert ("early stopping: 2 of 5 epochs" in words) == waits
    box = view.plot.getPlotItem().getViewBox()
    if size[0] >= NARROW[0]:
        assert box.rect().contains(note.mapRectToParent(note.boundingRect()))
    plain = replace(recipe, shift=0.0, patience=0)
    view.show_snapshot(replace(validated, recipe=plain, run=4))
    assert not note.isVisible()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dropout": 0.5}, "dropout is harder"),
        ({"input_noise": 0.1}, "noisy inputs are harder"),
        ({"shift": 1.0, "dropout": 0.5}, "varied pictures and dropout are harder"),
    ],
)
def test_what_makes_minibatches_harder_than_whole_sets_is_said(show, validated, changes, words):
    view = show(replace(validated, recipe=replace(validated.recipe, **changes)), WIDE)
    note = view.plot.overlay.note
    assert note.isVisible()
    assert words in " ".join(note.text().split())
    assert "nothing is wrong" in view.legend.toolTip()


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", [(326, 128), WIDE])
def test_both_axes_have_titles_in_a_low_panel_too(show, validated, size, scale):
    view = show(validated, tuple(round(length * scale) for length in size))
    view.set_theme(replace(DARK, scale=TypeScale(scale)))
    settled(view)
    for side, title in (("bottom", "epoch"), ("left", "cost")):
        axis = view.plot.getPlotItem().getAxis(side)
        assert (axis.labelText, axis.label.isVisible()) == (title, True)
        blank = axis.label.document().documentMargin()
        box = axis.label.boundingRect().adjusted(blank, blank, -blank, -blank)
        below = 0.1 * box.height()  # what is blank below letters may be cut
        seen = QRectF(view.plot.rect()).adjusted(0, 0, 0, below)
        assert seen.contains(axis.label.mapRectToScene(box))


def test_a_low_panel_has_all_figures_and_a_wide_one_whole_names(show, validated):
    assert "test 87.6" in legend_of(show(validated, LOW))
    assert "validation 81.3" in legend_of(show(validated, LOW)).replace("81.2", "81.3")
    assert "train minibatch mean" in legend_of(show(validated, WIDE))


def test_keys_and_wheel_pass_through(show, trained):
    view = show(trained)
    assert view.focusPolicy() == Qt.FocusPolicy.NoFocus
    for part in (view.plot, view.log_button):
        assert part.focusPolicy() == Qt.FocusPolicy.TabFocus, "a click leaves the keys alone"
    assert view.plot.getPlotItem().getViewBox().state["mouseEnabled"] == [False, False]


def test_its_place_is_kept_as_large_as_it_needs(show, trained):
    view = show(trained)
    assert (view.minimumWidth(), view.minimumHeight()) == SPEC.least


# -- ghosts --------------------------------------------------------------------------------------


def place(view, epoch, cost):
    box = view.plot.getPlotItem().getViewBox()
    at = box.mapViewToScene(QPointF(epoch, np.log10(cost)))
    return view.plot.mapTo(view, view.plot.mapFromScene(at))


def shown_names(view):
    return [name for name in view.plot.overlay.names if name.isVisible()]


def rects(view):
    texts = [
        *shown_names(view),
        *([view.plot.overlay.label] if view.plot.overlay.label.isVisible() else []),
    ]
    return [text.mapRectToScene(text.boundingRect()) for text in texts]


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_a_ghost_is_a_dashed_dim_line_that_grows_out_of_the_main_one(show, trained, theme):
    ghost = look(trained, 1, [0.9] * 30, 20)
    view = show(haunted(trained, ghost), (700, 400), theme)
    left, right = place(view, 1.15, 0.9), place(view, 2.4, 0.9)
    strip = pixels(view)[left.y() - 2 : left.y() + 3, left.x() : right.x()].astype(int)
    dim = (np.abs(strip - rgb(theme.dim)).max(axis=2) < 40).any(axis=0)
    assert 0.4 < dim.mean() < 0.75
    assert 8 < np.count_nonzero(np.diff(dim)) < 100
    assert count(strip, theme.text) == 0
    line_x, line_y = view.plot.overlay.lines[0]
    assert line_x[0] == pytest.approx(1.0)  # the step at which they part
    assert line_y[0] == pytest.approx(np.log10(trained.curve.smoothed(1)[19]))
    assert line_x[-1] == pytest.approx(2.5)


def test_a_ghost_goes_by_its_own_epoch_layout(show, trained):
    view = show(haunted(trained, look(trained, 1, [0.9] * 8, 20, batch=50)))
    assert view.plot.overlay.lines[0][0][-1] == pytest.approx(3.0)


def test_bounds_include_ghosts_but_not_those_that_went_astray(show, trained):
    view = show(haunted(trained, look(trained, 1, [3.0] * 80, 20)))
    (_, right), (_, top) = view.plot.getPlotItem().viewRange()
    assert right >= 5
    assert 10**top >= 3
    view.show_snapshot(replace(haunted(trained, look(trained, 1, [1e9] * 80, 20)), run=7))
    assert 10 ** view.plot.getPlotItem().viewRange()[1][1] < 100
    view.show_snapshot(replace(haunted(trained), run=7))
    assert 10 ** view.plot.getPlotItem().viewRange()[1][1] < 2


def test_a_ghost_costs_nothing_while_training_goes_on(show, trained, monkeypatch):
    ghost = look(trained, 1, [0.9] * 30, 20)
    view = show(haunted(trained, ghost))
    smoothed = []
    monkeypatch.setattr(
        "nnviz.views.cost.curves.ghost_of", lambda look, _name: smoothed.append(look.number)
    )
    for step in range(50, 60):
        view.show_snapshot(replace(haunted(trained, ghost), step=step))
    assert smoothed == []
    monkeypatch.undo()
    first, _ = ghosts_of((ghost,))
    assert ghosts_of((ghost,), first)[0][0] is first[0]
    assert ghosts_of((replace(ghost, name="other"),), first)[0][0].name == "other"


def test_names_do_not_overlap_leave_the_plot_or_hide_the_curves(show, trained):
    ghosts = [
        look(trained, n, np.geomspace(0.9, 0.04 * n, 15 + 5 * n), 5 * n, name=f"η = {n}")
        for n in range(1, 7)
    ]
    for size in ((220, 110), (340, 220), (460, 260), (1200, 700)):
        for theme in THEMES.values():
            view = show(haunted(trained, *ghosts), size, theme)
            box = view.plot.getPlotItem().getViewBox()
            room = box.mapRectToScene(box.rect())
            found = rects(view)
            for over in (*view.plot.overlay.names, *view.plot.overlay._paths):
                over.setVisible(False)
            without = pixels(view)
            assert len(found) >= (1 if size[0] < 300 else 3)
            for n, one in enumerate(found):
                assert room.contains(one)
                assert not any(one.intersects(other) for other in found[n + 1 :])
                at = view.plot.mapTo(view, QPoint(round(one.left()), round(one.top())))
                wide, high = round(one.width()), round(one.height())
                below = without[at.y() : at.y() + high, at.x() : at.x() + wide]
                assert count(below, theme.text, 20) == 0
                assert count(below, theme.now, 20) == 0


def test_only_the_latest_ghosts_are_drawn_and_the_rest_is_counted(show, trained):
    ghosts = [look(trained, n, [0.5] * 20, n, name=f"η = {n}") for n in range(1, 10)]
    view = show(haunted(trained, *ghosts))
    assert len(view.plot.overlay.lines) == MOST_GHOSTS
    middle = view.plot.rect().center()
    QToolTip.hideText()
    QApplication.sendEvent(
        view.plot.viewport(),
        QHelpEvent(QEvent.Type.ToolTip, middle, view.plot.mapToGlobal(middle)),
    )
    assert "3 older" in view.plot.toolTip()
    assert "η = 9" in view.plot.toolTip()
    assert "η = 3" not in view.plot.toolTip()
    assert QToolTip.text() == view.plot.toolTip()


def test_a_ghost_is_seen_before_the_first_minibatch_of_the_new_line(show, trained):
    ghost = look(trained, 1, [0.5] * 30, 0)
    view = show(replace(haunted(trained, ghost), step=0, epoch=0.0, curve=trained.curve.until(0)))
    assert view.plot.isVisible()
    assert [name.text() for name in shown_names(view)] == ["branch “η = 0.5”"]


def test_ghosts_change_although_the_step_stays(show, trained):
    ghost = look(trained, 1, [0.5] * 30, 20)
    view = show(haunted(trained, ghost))
    view.show_snapshot(haunted(trained, replace(ghost, name="slow")))
    assert shown_names(view)[0].text() == "branch “slow”"
    view.show_snapshot(haunted(trained))
    assert shown_names(view) == []


# -- the minibatch under way ---------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_the_minibatchs_cost_has_a_ring_once_it_is_known(show, trained, theme):
    rows = np.arange(10)
    nothing = np.zeros(0)
    minibatch = Minibatch(
        60, rows, nothing, nothing, (), (), (), nothing, 0.312, 1.0, nothing, nothing
    )
    view = show(replace(trained, minibatch=minibatch, phase=Phase("forward", 2)), theme=theme)
    assert not view.plot.overlay.ring.isVisible()
    known = False
    for phase in phases_of(trained.recipe):
        known = known or phase == Phase("cost")
        view.show_snapshot(replace(trained, minibatch=minibatch, phase=phase))
        assert view.plot.overlay.ring.isVisible() == known
        assert view.plot.overlay.label.isVisible() == known
    assert view.plot.overlay.label.text() == "this minibatch 0.312"
    at = place(view, 61 / 20, 0.312)
    patch = pixels(view)[at.y() - 9 : at.y() + 10, at.x() - 9 : at.x() + 10]
    assert count(patch, theme.now, 40) > 15
    assert count(patch[8:11, 8:11], theme.now, 40) == 0  # a ring, not a disc
    assert all(view.plot.rect().contains(one.toRect()) for one in rects(view))
    view.show_snapshot(trained)
    assert not view.plot.overlay.ring.isVisible()


def test_axes_have_titles_and_the_first_step_of_a_long_epoch_readable_labels(show, trained):
    view = show(trained)
    item = view.plot.getPlotItem()
    assert [item.getAxis(side).labelText for side in ("bottom", "left")] == ["epoch", "cost"]
    assert item.getAxis("bottom").label.isVisible()
    bounds = Bounds().including(1 / 5500, np.array([0.5]))
    assert bounds.end == 0.005
    assert bounds.including(0.3, np.array([0.5])).end == pytest.approx(0.3)


@pytest.mark.parametrize("size", [NARROW, LOW, WIDE])
def test_the_button_of_the_axis_is_whole_beside_the_legend(show, validated, size):
    view = show(validated, size)
    assert view.log_button.height() >= view.log_button.sizeHint().height()
    assert view.log_button.width() >= view.log_button.sizeHint().width()


def test_the_button_of_the_axis_stands_at_the_left_before_there_is_a_curve(show, trained):
    nothing = trained.curve.until(0)
    view = show(replace(trained, step=0, epoch=0.0, curve=nothing, evaluations=()))
    assert not view.legend.isVisible()
    pixels(view)
    assert view.log_button.x() < 20
