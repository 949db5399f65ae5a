"""The cost view at every size of letters: nothing is clipped, nothing overlaps."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from nnviz.engine.run.history import CostHistory
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.phases import Minibatch, Phase
from nnviz.engine.training.trainer import Evaluation
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import Step, TypeScale
from tests.sampled import sampled
from tests.views.cost.conftest import haunted, look
from tests.waiting import settled

FACTORS = (1.0, 1.5, 2.0, 2.5)
SIZES = ((320, 160), (320, 220), (460, 260), (900, 700))


def scaled(factor):
    return replace(DARK, scale=TypeScale(factor))


@pytest.fixture
def moment(validated):
    """Everything that the view can show: four curves, ghosts, notes, figures that are older."""
    recipe = replace(validated.recipe, shift=1.0)
    ghosts = [look(validated, n, [0.9 / n] * 30, 10 * n, name=f"η = {n}") for n in (1, 2, 3)]
    return haunted(replace(validated, recipe=recipe, step=70), *ghosts)


def axis_labels(view, axis):
    """Return what pyqtgraph draws beside an axis, as rectangles of the scene, and the words."""
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setFont(axis.style["tickFont"])
    _, _, drawn = axis.generateDrawSpecs(painter)
    painter.end()
    return [(axis.mapRectToScene(QRectF(rect)), words) for rect, _, words in drawn]


def written(view):
    """Return every text on the plot as a rectangle of the scene."""
    overlay = view.plot.overlay
    texts = [*overlay.names, overlay.label, overlay.note]
    found = [one.mapRectToScene(one.boundingRect()) for one in texts if one.isVisible()]
    for axis in (view.plot.x_axis, view.plot.y_axis):
        found += [rect for rect, _ in axis_labels(view, axis)]
        if axis.label.isVisible():
            found.append(
                axis.label.mapRectToScene(axis.label.boundingRect()).adjusted(4, 4, -4, -4)
            )
    return found


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("factor", sampled(FACTORS, every=3))
@pytest.mark.parametrize("log", [True, False])
def test_nothing_is_clipped_and_nothing_overlaps(show, moment, size, factor, log):
    view = show(moment, size, scaled(factor))
    view.restore({"log": log})
    view.grab()
    assert (view.width(), view.height()) == size
    texts = written(view)
    assert len(texts) >= 3
    room = QRectF(view.plot.rect()).adjusted(-1, -1, 1, 1)
    assert all(room.contains(text) for text in texts), texts
    for one, other in combinations(texts, 2):
        assert not one.adjusted(1, 1, -1, -1).intersects(other), (one, other)
    for axis in (view.plot.x_axis, view.plot.y_axis):
        assert axis_labels(view, axis)
    assert view.legend.sizeHint().width() <= view.legend.width() + 1
    assert view.legend.sizeHint().height() <= view.legend.height() + 1
    assert view.log_button.sizeHint().width() <= view.log_button.width()
    assert view.log_button.geometry().right() < view.legend.geometry().left()
    assert view.plot.getViewBox().height() > 1.2 * DARK.scale.px(Step.BODY)


@pytest.mark.parametrize("size", [(326, 88), (320, 130), (460, 260)], ids=str)
@pytest.mark.parametrize("factor", sampled([1.0, 1.5], every=2))
@pytest.mark.parametrize("cost", [0.04, 0.312, 0.9])
def test_what_the_ring_means_is_written_over_no_note(show, trained, size, factor, cost):
    nothing = np.zeros(0)
    minibatch = Minibatch(
        60, np.arange(10), nothing, nothing, (), (), (), nothing, cost, 1.0, nothing, nothing
    )
    history = CostHistory()
    history.extend(np.geomspace(0.6, 0.1, 62).tolist())
    ends = ((0, 2.0), (40, 0.08), (61, 0.07))
    found = tuple(Evaluation(step, step / 40, cost, cost, 0.9, 0.9) for step, cost in ends)
    moment = replace(
        trained,
        recipe=replace(trained.recipe, shift=1.0),
        minibatch=replace(minibatch, step=61),
        phase=Phase("cost"),
        curve=history.curve(),
        evaluations=found,
        epoch_layout=EpochLayout.of(400, 10),
        reached=61,
    )
    view = show(moment, size, scaled(factor))
    view.grab()
    assert view.plot.overlay.ring.isVisible()
    texts = written(view)
    assert all(QRectF(view.plot.rect()).adjusted(-1, -1, 1, 1).contains(text) for text in texts)
    for one, other in combinations(texts, 2):
        assert not one.adjusted(1, 1, -1, -1).intersects(other), (one, other)


@pytest.mark.parametrize("factor", FACTORS)
def test_letters_follow_the_scale_at_once(show, moment, factor):
    view = show(moment, (340, 220))
    view.set_theme(scaled(factor))
    least = scaled(factor).scale.px(Step.CAPTION)
    overlay = view.plot.overlay
    fonts = [view.log_button.font(), view.legend.font(), view.plot.y_axis.style["tickFont"]]
    fonts += [one.font() for one in (*overlay.names, overlay.label, overlay.note)]
    assert all(font.pixelSize() >= least for font in fonts)
    grown = view.log_button.font().pixelSize()
    view.set_theme(DARK)
    assert (grown > view.log_button.font().pixelSize()) == (factor > 1)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("factor", FACTORS)
def test_what_to_do_is_read_before_there_is_a_curve(show, size, factor):
    view = show(None, size, scaled(factor))
    metrics = QFontMetricsF(view.empty.font())
    assert max(metrics.horizontalAdvance(word) for word in view.empty.text().split()) < size[0]
    assert view.empty.heightForWidth(view.empty.width()) <= view.empty.height()


def test_the_axis_is_chosen_again(show, trained):
    view = show(trained)
    view.restore({"log": False})
    assert not view.log_button.isChecked()
    assert view.state() == {"log": False, "numbered": False}
    again = show(trained)
    again.restore(view.state())
    assert again.plot.getPlotItem().viewRange() == view.plot.getPlotItem().viewRange()
    for broken in ({"log": "no"}, {"log": None}, {"other": 1}, {"log": 0}):
        view.restore(broken)
        assert view.state() == {"log": False, "numbered": False}


@pytest.mark.parametrize("size", [(520, 560), (640, 600)], ids=str)
@pytest.mark.parametrize("enlarged", [1.0, 1.5])
def test_on_the_stage_no_mark_of_a_point_is_cut(show, trained, size, enlarged):
    theme = replace(DARK, scale=TypeScale.projected(720, enlarged))
    costs = (0.9, 0.029)
    evaluations = tuple(
        Evaluation(one.step, one.epoch, cost, cost, 0.9, 0.876)
        for one, cost in zip(
            trained.evaluations[:: len(trained.evaluations) - 1], costs, strict=True
        )
    )
    view = show(replace(trained, evaluations=evaluations), size, theme)
    for larger in (0, 60):
        view.resize(size[0] + larger, size[1])
        settled(view)
        box = view.plot.getViewBox()
        room = box.mapRectToScene(box.rect())
        for marks in (view.plot._train_marks, view.plot._test_marks):
            assert len(marks.line[0]) == 2
            half = marks._size / 2
            for x, y in zip(*marks.line, strict=True):
                at = box.mapViewToScene(QPointF(x, y))
                assert room.contains(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
