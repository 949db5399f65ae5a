"""The timeline at every size of letters: nothing is clipped, nothing overlaps."""

from dataclasses import replace
from itertools import combinations
from typing import ClassVar

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap
from PySide6.QtTest import QTest

from nnviz.engine.changes import THETA, Edit
from nnviz.engine.training.phases import phases_of
from nnviz.engine.training.state import ScheduleEvent
from nnviz.messages.commands import GoTo
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.views.timeline import view as timeline
from nnviz.views.timeline.view import TimelineView
from tests.views.textbook import first_moment
from tests.views.timeline.conftest import ETA, branch
from tests.wishes import on_wish

FACTORS = (1.0, 1.5, 2.0, 2.5)


class Recorder(QPainter):
    """Notes where texts are written."""

    written: ClassVar[list[tuple[str, QRectF]]] = []

    tight = False

    def drawText(self, place, *words):
        metrics = QFontMetricsF(self.font())
        if isinstance(place, QPointF):
            rect = metrics.tightBoundingRect(words[0]).translated(place)
            rect.setLeft(place.x())
            rect.setWidth(metrics.horizontalAdvance(words[0]))
        else:
            rect = metrics.tightBoundingRect(words[-1])
            rect.moveCenter(place.center())
            Recorder.tight |= rect.width() > place.width() + 1
        self.written.append((words[-1], rect))
        super().drawText(place, *words)


def scaled(factor):
    return replace(DARK, scale=TypeScale(factor))


@pytest.fixture
def written(monkeypatch):
    monkeypatch.setattr(timeline, "QPainter", Recorder)
    monkeypatch.setattr(Recorder, "written", [])
    monkeypatch.setattr(Recorder, "tight", False)
    return Recorder.written


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("width", [240, 600, 760])
def test_nothing_is_clipped_and_nothing_overlaps(show, moment, written, width, factor):
    view = show(TimelineView, None, (width, 66), scaled(factor))
    assert view.height() == max(66, round(62 * factor))
    cut = ScheduleEvent(45, "learning_rate", 1.0, 0.5, "The cost did not fall.")
    many = tuple(replace(ETA, step=20, value=float(n)) for n in range(120))
    looks = (branch(moment, 1, "η = 0.5", 50, 60),)
    for phase in phases_of(moment.recipe):
        view.show_snapshot(
            replace(moment, phase=phase, changes=(ETA, *many), edits=(cut,), branches=looks)
        )
        written.clear()
        image = QPixmap(view.size())
        view.render(image)
        assert len(written) >= 3
        whole = QRectF(view.rect())
        for words, rect in written:
            assert whole.contains(rect), (words, rect)
        for (words, one), (others, other) in combinations(written, 2):
            assert not one.adjusted(1, 0, -1, 0).intersects(other), (words, others)
            assert not one.intersects(QRectF(view.field.geometry())) or one.top() > view.level
    assert not Recorder.tight, "a count has room in its flag"
    wide = QFontMetricsF(view.field.font()).horizontalAdvance("step 9\u202f999\u202f999")
    assert wide + 10 * factor <= view.field.width()
    assert view.rect().contains(view.field.geometry())
    assert view.right - view.left > 3 * view.unit


@pytest.mark.parametrize("factor", FACTORS)
def test_the_strip_and_what_hands_hit_follow_the_scale_at_once(show, moment, factor):
    view = show(TimelineView, moment, (900, 66))
    view.set_theme(scaled(factor))
    assert view.sizeHint().height() == round(66 * factor)
    assert view.minimumHeight() == round(62 * factor)
    view.resize(view.width(), view.sizeHint().height())
    assert view.unit >= scaled(factor).scale.px(Step.LABEL)
    assert view.field.font().pixelSize() == view.unit
    view.show_snapshot(replace(moment, changes=(ETA,)))
    asked = []
    on_wish(view, GoTo, lambda to: None if to.rough else asked.append(to.step))
    flag = QPointF(view.place_of(10) + view.unit, view.level - 1.4 * view.unit)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=flag.toPoint())
    assert asked == [10]
    view.set_theme(DARK)
    assert view.minimumHeight() == 62


def test_a_flag_without_room_for_the_name_of_an_input_goes_without(show, written):
    edit = Edit(0, THETA, (2.0,), (1.0,), (1,))
    park, said = replace(first_moment("park"), changes=(edit,)), []
    for width in range(900, 239, -20):
        view = show(TimelineView, park, (width, 66))
        written.clear()
        view.render(QPixmap(view.size()))
        said += [words for words, _ in written if words.startswith("w¹")]
    assert list(dict.fromkeys(said)) == ["w¹₁,₂ above 15 °C: 1 → 2", "w¹₁,₂: 1 → 2"]
