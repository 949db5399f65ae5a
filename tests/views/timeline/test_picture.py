"""The picture of the timeline, without a window."""

from dataclasses import replace

from nnviz.engine.changes import THETA, Edit
from nnviz.engine.training.phases import Phase, phases_of
from nnviz.engine.training.state import ScheduleEvent
from nnviz.views.timeline.picture import grouped, picture
from tests.views.textbook import first_moment
from tests.views.timeline.conftest import ETA, branch


def test_it_says_where_the_run_stands_and_how_far_the_line_goes(moment):
    shown = picture(moment)
    assert (shown.step, shown.reached, shown.end) == (30, 50, 60)
    assert picture(replace(moment, reached=40)).end == 40
    assert picture(replace(moment, step=0, reached=0)).end == 20


def test_changes_by_hand_and_by_the_schedule_are_in_order(moment):
    cut = ScheduleEvent(4, "learning_rate", 1.0, 0.5, "The cost did not fall.")
    shown = picture(replace(moment, changes=(ETA,), edits=(cut,)))
    assert [(mark.step, mark.words, mark.by_hand) for mark in shown.changes] == [
        (4, "η 1 → 0.5", False),
        (10, "η 3 → 1", True),
    ]
    assert shown.changes[0].why == "The cost did not fall."


def test_edits_of_one_number_at_one_step_are_what_they_come_to(moment):
    back = replace(ETA, old=1.0, value=3.0)
    on = replace(ETA, old=1.0, value=0.5)
    weight = Edit(10, THETA, (0.5,), (0.2,), (4,))
    others = replace(weight, value=(0.0, 0.0), old=(1.0, 0.5), indices=(3, 4))

    def words(*edits):
        return [mark.words for mark in picture(replace(moment, changes=edits)).changes]

    assert words(ETA, back) == [], "what was only tried, as before a lesson, is no change"
    assert words(ETA, back, ETA) == ["η 3 → 1"]
    assert words(ETA, weight, on) == ["η 3 → 0.5", "w¹₅,₁: 0.2 → 0.5"]
    assert words(ETA, replace(on, step=11)) == ["η 3 → 1", "η 1 → 0.5"], "it trained between"
    assert words(weight, others, replace(weight, value=(0.2,), old=(0.0,))) == [
        *("w¹₅,₁: 0.2 → 0.5", "2 parameters → 0", "w¹₅,₁: 0 → 0.2"),
    ], "what other edits changed in between stays as it was done"


def test_flags_are_made_again_only_where_something_was_changed(moment):
    before = picture(replace(moment, changes=(ETA,)))
    later = picture(replace(moment, changes=(ETA,), step=31), before)
    assert later.changes is before.changes
    assert picture(moment, later).changes == ()


def test_branches_that_went_on_part_from_the_line(moment):
    looks = (
        branch(moment, 0, "original", 30, 30, current=True),
        branch(moment, 1, "slow", 14, 40),
        branch(moment, 2, "never went on", 25, 25),
    )
    assert [mark.step for mark in picture(replace(moment, branches=looks)).partings] == [14]


def test_a_minibatch_has_its_phases(moment):
    assert picture(moment).phase_row is None
    row = picture(replace(moment, phase=Phase("cost"))).phase_row
    assert row.number == 31
    assert row.phases == tuple(phases_of(moment.recipe))
    assert row.now == Phase("cost")


def test_a_weight_on_a_named_input_is_told_with_it():
    edits = (Edit(0, THETA, (2.0,), (1.0,), (1,)), Edit(0, THETA, (-2.0,), (-3.0,), (3,)))
    (flag,) = grouped(picture(replace(first_moment("park"), changes=edits)).changes, float, 9)
    whole = "w¹₁,₂ above 15 °C: 1 → 2, b¹₁: −3 → −2"
    assert flag.words == whole
    assert flag.wordings == (whole, "w¹₁,₂: 1 → 2, b¹₁: −3 → −2")
    assert "step 0: w¹₁,₂ above 15 °C: 1 → 2" in flag.tip
    (plain,) = grouped(picture(replace(first_moment("and"), changes=edits[:1])).changes, float, 9)
    assert plain.wordings == ("w₂: 1 → 2",), "a book has its own names"
