"""The timeline view: steps and places, real drags, clicks and keys, and every mark in its place."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from nnviz.engine.changes import THETA, Edit
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.phases import Phase, phases_of
from nnviz.engine.training.state import ScheduleEvent
from nnviz.messages.commands import GoTo
from nnviz.views.palette import DARK, LIGHT, rgb
from nnviz.views.timeline.paint import ticks
from nnviz.views.timeline.text import SENTENCE, TIP
from nnviz.views.timeline.view import TimelineView
from tests.views.grabbing import pixels
from tests.views.timeline.conftest import ETA, branch
from tests.waiting import until
from tests.wishes import on_wish


@pytest.fixture
def view(qtbot, show, moment):
    view = show(TimelineView, None, (800, 66))
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.field.clearFocus()  # as a window of its own it gives it away at once
    view.show_snapshot(moment)
    return view


def asked(view):
    calls = []
    on_wish(view, GoTo, lambda to: calls.append(("drag" if to.rough else "goto", to.step)))
    return calls


def at(view, step, above=0.0):
    return QPoint(round(view.place_of(step)), round(view.level - above * view.unit))


def tip_at(view, place):
    QToolTip.hideText()
    QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    return QToolTip.text()


# -- steps and places ----------------------------------------------------------------------------


def test_the_line_ends_with_the_epoch_being_trained(view, moment):
    assert view.end() == 60
    assert view.step_at(view.place_of(37)) == 37
    assert view.place_of(60) == view.right < view.field.x()
    view.show_snapshot(replace(moment, reached=40))
    assert view.end() == 40
    view.show_snapshot(replace(moment, reached=0, step=0))
    assert view.end() == 20


def test_epochs_may_change_their_length_along_the_run(view, moment):
    epoch_layout = moment.epoch_layout.changed(30, 200, 50)
    view.show_snapshot(replace(moment, epoch_layout=epoch_layout, step=32, reached=33))
    assert epoch_layout.step_of(2) == 32
    assert view.end() == 36
    places = dict(ticks(epoch_layout, 36, view.place_of, lambda _epoch: 20.0))
    assert places[1] == view.place_of(20)
    assert places[2] == view.place_of(32)
    assert places[3] == view.place_of(36)


def test_only_what_was_trained_can_be_reached(view):
    assert view.step_at(10_000) == 50
    assert view.step_at(-5) == 0


# -- clicks and drags ----------------------------------------------------------------------------


def test_a_click_goes_there_exactly_and_only_there(view):
    calls = asked(view)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 20))
    assert calls == [("goto", 20)]


def test_a_drag_shows_about_where_it_is_and_ends_exactly_where_it_is_let_go(view):
    calls = asked(view)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 30))
    for step in range(30, 9, -1):
        QTest.mouseMove(view, at(view, step))
        if step in (25, 20, 15):  # about three moves in the time of one answer
            told = len(calls)
            until(lambda told=told: len(calls) > told)
    assert {kind for kind, _ in calls} == {"drag"}
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 10))
    assert calls[-1] == ("goto", 10)
    steps = [step for _, step in calls]
    assert 3 <= len(steps) <= 8  # far fewer than moves
    assert steps == sorted(steps, reverse=True)


def test_rough_steps_come_at_display_rate(view, qtbot):
    calls = asked(view)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 0))
    for step in range(1, 50):
        QTest.mouseMove(view, at(view, step))
    assert len(calls) <= 3
    qtbot.waitUntil(lambda: ("drag", 49) in calls)  # the last place is not forgotten
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 49))
    assert calls[-1] == ("goto", 49)


def test_the_ball_waits_where_it_was_let_go(view, moment, qtbot):
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 12))
    view.show_snapshot(replace(moment, step=30))
    assert near(view, view.place_of(12), view.level, DARK.now)
    view.show_snapshot(replace(moment, step=12))
    view.show_snapshot(replace(moment, step=13))
    assert near(view, view.place_of(13), view.level, DARK.now)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 40))
    qtbot.waitUntil(lambda: near(view, view.place_of(13), view.level, DARK.now))


def test_nothing_can_be_asked_for_before_anything_was_trained(view, moment):
    calls = asked(view)
    view.show_snapshot(replace(moment, step=0, reached=0))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 30))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at(view, 10))
    QTest.mouseMove(view, at(view, 20))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at(view, 20))
    assert calls == []


# -- drawing -------------------------------------------------------------------------------------


def near(view, x, y, colour, reach=0):
    picture = pixels(view).astype(int)
    top, left = max(round(y) - reach, 0), max(round(x) - reach, 0)
    patch = picture[top : round(y) + reach + 1, left : round(x) + reach + 1]
    return bool((np.abs(patch - rgb(colour)).max(axis=2) < 12).any())


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_the_ball_is_at_now_and_the_line_says_what_was_trained(view, theme):
    view.set_theme(theme)
    assert near(view, view.place_of(30), view.level, theme.now)
    assert near(view, view.place_of(15), view.level, theme.text)
    assert near(view, view.place_of(40), view.level, theme.dim)
    assert near(view, view.place_of(57), view.level, theme.line)


# -- flags and forks -----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_a_change_has_a_flag_with_its_words(view, moment, theme):
    view.set_theme(theme)
    flag = QPoint(round(view.place_of(10) + 8), round(view.level - 1.4 * view.unit))
    before = pixels(view)
    assert not near(view, flag.x(), flag.y(), theme.plus)
    view.show_snapshot(replace(moment, changes=(ETA,)))
    assert near(view, flag.x(), flag.y(), theme.plus)
    words = QFontMetricsF(view.letters()).horizontalAdvance("η 3 → 1")
    left = round(flag.x() + 1.2 * view.unit)
    beside = slice(left, left + round(words))
    above = slice(0, round(view.level - 5))
    assert (pixels(view)[above, beside] != before[above, beside]).any(axis=2).sum() > 60
    assert (
        np.abs(pixels(view)[above, beside].astype(int) - rgb(theme.text)).max(axis=2) < 40
    ).any()


def test_flags_ahead_of_the_present_stay(view, moment):
    view.show_snapshot(replace(moment, changes=(replace(ETA, step=45),)))
    assert near(view, view.place_of(45) + 8, view.level - 1.4 * view.unit, DARK.plus)


def test_every_flag_says_what_happened_and_why(view, moment):
    cut = ScheduleEvent(40, "learning_rate", 1.0, 0.5, "The cost did not fall.")
    view.show_snapshot(replace(moment, changes=(ETA,), edits=(cut,)))
    assert tip_at(view, at(view, 10, 1.4) + QPoint(6, 0)) == "step 10: η 3 → 1"
    assert tip_at(view, at(view, 40, 1.4) + QPoint(6, 0)) == (
        "step 40: η 1 → 0.5\nThe cost did not fall."
    )
    assert tip_at(view, at(view, 25, 1.4)) == TIP


def test_a_click_on_a_flag_goes_to_its_step_exactly(view, moment):
    epoch_layout = EpochLayout.of(600_000, 10)
    change = replace(ETA, step=20_001)
    view.show_snapshot(
        replace(moment, epoch_layout=epoch_layout, reached=50_000, changes=(change,))
    )
    calls = asked(view)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(view, 20_001, 1.4) + QPoint(9, 0))
    assert calls == [("goto", 20_001)]


def test_flags_near_each_other_become_one_with_a_count(view, moment):
    changes = (ETA, replace(ETA, name="l2", value=0.1, old=0.0), replace(ETA, step=11))
    view.show_snapshot(replace(moment, changes=(*changes, replace(ETA, step=40))))
    assert [len(group.marks) for group in view.flags()] == [3, 1]
    assert tip_at(view, at(view, 10, 1.4) + QPoint(6, 0)).splitlines() == [
        "step 10: η 3 → 1", "step 10: L2 λ off → 0.1", "step 11: η 3 → 1",
    ]  # fmt: skip
    crowd = tuple(Edit(10, THETA, (1.0,), (0.0,), (n,)) for n in range(30))
    view.show_snapshot(replace(moment, changes=crowd))
    assert tip_at(view, at(view, 10, 1.4) + QPoint(6, 0)).splitlines()[-1] == "and 22 more"


def test_where_another_branch_leaves_there_is_a_mark_that_names_it(view, moment):
    looks = (
        branch(moment, 0, "original", 30, 30, current=True),
        branch(moment, 1, "η = 0.5", 14, 40),
        branch(moment, 2, "never went on", 25, 25),
    )
    view.show_snapshot(replace(moment, branches=looks))
    below = at(view, 14, -0.85) + QPoint(8, 0)
    assert near(view, below.x(), below.y(), DARK.dim, 2)
    assert tip_at(view, below) == "step 14: branch “η = 0.5” leaves here"
    assert [group.step for group in view.forks()] == [14]
    calls = asked(view)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=below)
    assert calls == [("goto", 14)]


# -- typing --------------------------------------------------------------------------------------


def typed(view, text):
    view.begin_typing()
    QTest.keyClicks(view.field, text)
    QTest.keyClick(view.field, Qt.Key.Key_Return)


def test_a_typed_step_is_gone_to(view):
    calls = asked(view)
    assert view.field.text() == "step 30"
    view.begin_typing()
    assert view.field.hasFocus()
    assert view.field.selectedText() == "step 30"
    QTest.keyClicks(view.field, "e1.5")
    assert calls == []
    QTest.keyClick(view.field, Qt.Key.Key_Return)
    assert calls == [("goto", 30)]
    assert not view.field.hasFocus()
    assert view.field.text() == "step 30"


def test_a_click_into_the_field_lets_it_be_typed_over(view):
    calls = asked(view)
    QTest.mouseClick(view.field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(view.field, "17")
    QTest.keyClick(view.field, Qt.Key.Key_Enter)
    assert calls == [("goto", 17)]


def test_esc_restores(view):
    calls = asked(view)
    view.begin_typing()
    QTest.keyClicks(view.field, "17")
    QTest.keyClick(view.field, Qt.Key.Key_Escape)
    assert view.field.text() == "step 30"
    assert not view.field.hasFocus()
    assert calls == []


def test_nonsense_stays_and_says_what_is_understood(view, moment):
    calls = asked(view)
    typed(view, "soon")
    assert view.field.text() == "soon"
    assert view.field.hasFocus()
    assert QToolTip.text() == SENTENCE
    view.show_snapshot(replace(moment, step=31))
    assert view.field.text() == "soon"
    assert calls == []


def test_a_step_beyond_what_was_trained_is_the_last_one(view):
    calls = asked(view)
    typed(view, "99,999")
    assert calls == [("goto", 50)]
    assert "50 steps" in QToolTip.text()


def test_keys_are_the_windows_unless_something_is_typed(view):
    assert view.focusPolicy() == Qt.FocusPolicy.TabFocus  # a click leaves the keys alone
    assert view.field.focusPolicy() == Qt.FocusPolicy.StrongFocus  # Tab comes by, too
    assert not view.field.hasFocus()
    pressed = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        action = view.addAction("key", key)
        action.triggered.connect(lambda _=False, key=key: pressed.append(key))
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert pressed == [Qt.Key.Key_Left]
    view.begin_typing()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Space, Qt.Key.Key_Escape):
        QTest.keyClick(view.field, key)
    assert pressed == [Qt.Key.Key_Left]
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert pressed == [Qt.Key.Key_Left, Qt.Key.Key_Home]


# -- phases --------------------------------------------------------------------------------------


def phase_row(view):
    return pixels(view)[round(view.level + 1.2 * view.unit) :].astype(int)


def has(picture, colour):
    return int((np.abs(picture - rgb(colour)).max(axis=2) < 25).sum())


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_phases_stand_below_the_line_only_where_a_minibatch_is_looked_at(view, moment, theme):
    view.set_theme(theme)
    assert has(phase_row(view), theme.now) == 0
    assert (phase_row(view)[:, : view.field.x()] == rgb(theme.panel)).all()
    view.show_snapshot(replace(moment, phase=Phase("backward", 2)))
    shown = phase_row(view)
    assert has(shown, theme.now) > 30
    columns = np.flatnonzero((np.abs(shown - rgb(theme.now)).max(axis=2) < 25).any(axis=0))
    assert has(shown[:, : columns[0]], theme.text) > 50
    assert has(shown[:, columns[-1] + 1 :], theme.text) == 0
    assert has(shown[:, columns[-1] + 1 :], theme.dim) > 20


def test_phases_before_the_first_step_stand_alone(view, moment):
    at_start = replace(moment, step=0, reached=0, phase=None)
    view.show_snapshot(at_start)
    assert has(phase_row(view), DARK.dim) > 50  # what to do
    view.show_snapshot(replace(at_start, phase=Phase("forward", 1)))
    alone = phase_row(view)
    view.show_snapshot(replace(at_start, reached=1, phase=Phase("forward", 1)))
    assert (phase_row(view)[:, : view.field.x()] == alone[:, : view.field.x()]).all()


@pytest.mark.parametrize("size", [(240, 62), (560, 62), (560, 66), (1904, 120)])
@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_nothing_is_clipped(view, moment, size, theme):
    view.set_theme(theme)
    view.resize(*size)
    changes = (ETA, replace(ETA, step=48))
    looks = (branch(moment, 1, "η = 0.5", 50, 60),)
    for phase in phases_of(moment.recipe):
        view.show_snapshot(replace(moment, phase=phase, changes=changes, branches=looks))
        picture = pixels(view)
        for edge in (picture[0], picture[-1], picture[:, 0], picture[:, -1]):
            assert (edge == rgb(theme.panel)).all()
    wide = QFontMetricsF(view.field.font()).horizontalAdvance("step 9\u202f999\u202f999")
    assert wide + 12 <= view.field.width()
