"""The picture of the branches view, without a window."""

from dataclasses import replace

import numpy as np

from nnviz.data.description import Column
from nnviz.views.branches import text
from nnviz.views.branches.picture import (
    NONE,
    BranchesState,
    Figures,
    as_of,
    at_shared_step,
    comparison_of,
    picture,
    result_of,
    row_of,
)

NOTHING = BranchesState()


def test_rows_say_where_a_branch_begins_how_far_it_went_and_how_good_it_is(moment):
    first, second, _ = moment.branches
    assert row_of(first).origin == "from the start"
    assert row_of(second).origin == "from step 600: η 3 → 1"
    assert row_of(first).extents == ("2\u202f400 steps · epoch 4",)
    assert row_of(second).extents == (
        "780 steps · epoch 1.3 · measured as of step 600",
        "780 steps · measured as of step 600",
        "780 steps · as of step 600",
        "780 steps\nas of step 600",
    )
    assert result_of(first) == "90.0\u202f%"
    nothing = tuple(replace(one, test_accuracy=np.nan) for one in first.evaluations)
    assert result_of(replace(first, evaluations=nothing)) == "0.100"
    numbers = tuple(replace(one, test_rmse=2.5, test_r2=0.8) for one in nothing)
    length = (Column("length", "cm"),)
    assert result_of(replace(first, evaluations=numbers), length) == "RMSE 2.5\u00a0cm"
    assert result_of(replace(first, evaluations=())) == ""
    assert (as_of(first), as_of(second)) == ("", "as of step 600")


def test_two_moments_are_compared(moment):
    ghost, other, current = moment.branches
    here, there, name = at_shared_step(ghost, current)
    assert name == "step 1\u202f800"
    assert (here.step, there.step) == (1800, 1800)
    assert (here.test_cost, there.test_cost) == (0.08, 0.12)
    shown = comparison_of(ghost, current)
    assert (shown.shared, shown.ends) == (name, text.AT_END)
    assert [figures.parts[0] for figures in shown.here] == ["0.0800", "0.0700"]
    assert [figures.parts[0] for figures in shown.there] == ["0.120", "0.100"]
    apart = comparison_of(other, current)  # before their parting they are one
    assert (apart.here[0], apart.there[0]) == (Figures(), Figures())
    assert (apart.shared, apart.ends) == (text.SAME_STEP, text.MEASURED_LAST)
    assert apart.there[1].older == "as of step 600"
    steps = tuple(replace(one, step=one.step + 7) for one in current.evaluations)
    here, there, name = at_shared_step(ghost, replace(current, evaluations=steps))
    assert (here.test_cost, there.test_cost) == (0.08, 0.12)
    assert name == "epoch 3"
    said = [words.replace("\u00a0", " ") for words in shown.differences]
    assert said == ["here: η 3 → 0.5", "there: nothing changed"]


def test_the_branch_that_was_left_just_now_is_compared(moment):
    shown = picture(moment, NOTHING)
    assert shown.compared == 4, "the latest that was left behind"
    first, second, third = moment.branches
    now = (replace(first, current=True), second, replace(third, current=False))
    assert picture(replace(moment, branches=now), BranchesState(4), shown).compared == 7
    assert picture(replace(moment, branches=now, run=9), BranchesState(4), shown).compared == 4


def test_what_was_chosen_is_compared_where_there_is_such_a_branch(moment):
    assert picture(moment, BranchesState(0)).compared == 0
    assert picture(moment, BranchesState(0)).comparison is not None
    assert picture(moment, BranchesState(7)).comparison is None, "it is the one on screen"
    assert picture(moment, BranchesState(500)).compared == 4
    alone = replace(moment, branches=moment.branches[2:])
    assert picture(alone, BranchesState(0)).compared == NONE
    assert not picture(alone, NOTHING).several


def test_nothing_new_is_the_same_picture(moment):
    shown = picture(moment, BranchesState(0))
    assert picture(replace(moment, step=3), BranchesState(0), shown) is shown
    assert picture(moment, BranchesState(4), shown) is not shown
