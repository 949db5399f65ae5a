"""What is picked in one view is marked in all of them; what is changed there is sent."""

import pytest

from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.messages.commands import MakeEdit

WEIGHT = Selection("parameter", 1, 2, parameter=5)


def test_what_is_picked_in_one_view_is_marked_in_every_one(stage):
    window = stage.full_window()
    window.views["side"].picked.emit(WEIGHT)
    assert window.selection == WEIGHT
    assert [view.selections for view in window.views.values()] == [[WEIGHT]] * len(window.views)
    window.views["minibatch"].picked.emit(None)
    assert window.selection is None
    assert all(view.selections == [WEIGHT, None] for view in window.views.values())


def test_a_view_behind_another_knows_what_was_picked_when_it_comes_forward(stage):
    window = stage.full_window()
    window.views["middle"].picked.emit(WEIGHT)
    window.dock("branches").raise_()
    assert window.views["branches"].selections == [WEIGHT]


def test_a_selection_stays_until_another_net_has_no_such_number(stage):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    window.select(WEIGHT)
    window.show_snapshot(stage.snapshot(steps=2))
    assert window.selection == WEIGHT
    window.show_snapshot(stage.snapshot(run=2, recipe=Recipe(dataset="xor", layers=(2, 1, 1))))
    assert window.selection is None
    assert window.views["side"].selections == [WEIGHT, None]


@pytest.mark.parametrize(
    "edit",
    [
        MakeEdit("theta", (0.5,), (4,), dragging=True),
        MakeEdit("theta", (0.5, 1.0), (4, 6)),
        MakeEdit("learning_rate", 0.1),
    ],
    ids=str,
)
def test_what_is_changed_in_a_view_is_sent(stage, edit):
    window = stage.window()
    window.views["side"].wanted.emit(edit)
    assert stage.sent == [edit]
