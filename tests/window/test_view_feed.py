"""The feed: nothing is held back at rest and at slow paces; at full speed views take turns."""

from dataclasses import replace

import pytest

from nnviz.window.drawing_budget import FRAMES, OWN_PROCESS, PACED, SHARED, DrawingBudget, Spent
from nnviz.window.redraw_scheduler import FEWEST
from nnviz.window.view_feed import ViewFeed
from tests.window.conftest import SPECS


class Clock:
    """Time that passes as a test says, and a processor that is busy all the while."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def spending(self, _training):
        return Spent(self.now, self.now)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def feed(stage, clock):
    window = stage.window()
    window.show_snapshot(stage.snapshot())  # until then the centre says what it waits for
    return ViewFeed(SPECS, window.views, window.status, window, clock, clock.spending)


def seen_by(feed):
    return [view.snapshots[-1] for view in feed._views.values()]


@pytest.mark.parametrize(
    ("changes", "pace"),
    [
        ({"playing": False}, None),
        ({"playing": True, "minibatches_per_second": 7.0}, None),
        ({"playing": True}, 1.0),
        ({"playing": True}, FRAMES - 1),
    ],
)
def test_the_budget_holds_nothing_back_at_rest_and_at_slow_paces(stage, clock, feed, changes, pace):
    """However much the processor has to do, and however soon moments follow one another."""
    for _ in range(5):
        clock.now += 0.001
        snapshot = stage.snapshot(steps=1, **changes)
        feed.snapshot = snapshot
        feed.show(pace)
        assert all(seen is snapshot for seen in seen_by(feed))
        assert f"step {snapshot.step}" in feed._status.text


def test_at_full_speed_all_in_sight_are_shown_four_times_a_second_at_least(stage, clock, feed):
    """With a processor that does nothing but draw."""
    moment = stage.snapshot(playing=True, steps=1)
    waits = []
    feed.paced.connect(waits.append)
    handed = {spec.id: [] for spec in SPECS}
    feed.handed = lambda _snapshot, ids: [handed[id].append(clock.now) for id in ids]
    begun = clock.now
    while clock.now < begun + 5:
        feed.snapshot = replace(moment, step=len(waits))
        feed.show(None)
        clock.now += waits[-1]
    for times in handed.values():
        assert len(times) >= 5 * FEWEST
    assert max(map(len, handed.values())) < len(waits) / 2  # they take turns


def test_after_full_speed_the_last_moment_is_everywhere(stage, clock, feed):
    for _ in range(10):
        clock.now += 0.02
        feed.snapshot = stage.snapshot(playing=True, steps=1)
        feed.show(None)
    clock.now += 0.02
    feed.snapshot = at_rest = stage.snapshot(playing=False)
    feed.show(None)
    assert all(seen is at_rest for seen in seen_by(feed))


def test_figures_are_shown_in_the_frames_of_the_status_line(stage, clock, feed, monkeypatch):
    shown, told = [], []
    for id, view in feed._views.items():
        monkeypatch.setattr(view, "show_figures", lambda _moment, id=id: shown.append(id))
    status = feed._status.show_snapshot
    monkeypatch.setattr(feed._status, "show_snapshot", lambda s: (told.append(s), status(s)))
    for step in range(200):
        feed.snapshot = stage.snapshot(playing=True, step=step)
        feed.show(None)
        clock.now += 0.02
    assert 0 < len(told) < 100
    assert len(shown) == len(told) * len(SPECS)
    feed.show_everywhere()
    assert shown[-len(SPECS) :] == [spec.id for spec in SPECS]


def test_a_pace_that_is_kept_leaves_more_to_drawing():
    budget = DrawingBudget(cores=2)
    budget.note(0.0, Spent(), PACED)
    budget.note(1.0, Spent(0.1, 0.1), PACED)
    assert budget.left == PACED.interpreter
    budget.note(2.0, Spent(0.2, 1.9), PACED)
    assert budget.left < PACED.interpreter, "what is computed beside it counts"
    budget.note(3.0, Spent(0.3, 1.9))
    assert budget.left <= SHARED.interpreter


@pytest.mark.parametrize(
    ("changes", "pace", "shares"),
    [
        ({"minibatches_per_second": 9000.0}, None, SHARED),
        ({"minibatches_per_second": 9000.0, "own_process": True}, None, OWN_PROCESS),
        ({"minibatches_per_second": 990.0}, 1000.0, PACED),
        ({"minibatches_per_second": 400.0}, 1000.0, SHARED),
    ],
)
def test_what_drawing_may_take_follows_from_what_it_takes_from_training(
    stage, feed, monkeypatch, changes, pace, shares
):
    asked = []
    due = feed._turns.due
    monkeypatch.setattr(
        feed._turns, "due", lambda *given: (asked.append(given[-1]), due(*given))[1]
    )
    feed.snapshot = replace(stage.snapshot(playing=True, steps=1), **changes)
    feed.show(pace)
    assert asked == [shares]
    assert SHARED.interpreter < OWN_PROCESS.interpreter < PACED.interpreter
