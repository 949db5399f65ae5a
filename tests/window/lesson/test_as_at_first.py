"""A lesson begins with views as at first, whatever was chosen before; leaving gives that back."""

import json

import pytest

from nnviz.engine.selection import Selection
from nnviz.messages.events import Notice
from tests.waiting import calm

OWN = {
    "network": {"edges": "nudges", "numbers": True, "zoom": 2.0},
    "cost": {"log": False},
    "inspector": {"table": True},
    "evaluation": {"page": "noise", "threshold": 0.9},
    "plane": {"steps": True, "test": False},
}
"""What somebody has chosen who then opens a lesson."""
LESSON = """
id = "plain"
title = "Plain"
aim = "You can begin."
minutes = 1
needs = []
tags = []
draft = true
[start]
recipe = { dataset = "xor", layers = [2, 3, 1] }
[start.look]
page = "why"
[start.look.views.network]
numbers = true
[[scene]]
id = "first"
kind = "watch"
text = "A net."
"""


def chosen(window):
    """What is chosen in views that somebody has chosen something in, and how it is stepped."""
    state = window.ui_state()
    views = {id: {name: state.views[id][name] for name in own} for id, own in OWN.items()}
    return json.dumps([views, state.granularity, state.speed], sort_keys=True)


@pytest.fixture
def chosen_otherwise(at):
    """Choose all of it."""
    window = at.window
    for id, own in OWN.items():
        window.views[id].restore({**window.views[id].state(), **own})
    window.stepping.by_epoch()
    window.toolbar.show_pace(2)
    calm(window)
    return chosen(window)


def test_what_was_chosen_before_has_no_say_and_comes_back(at, chosen_otherwise):
    window, usual = at.window, at.window._ui.usual()
    at.open(LESSON)
    calm(window)
    state = window.ui_state()
    for id, own in OWN.items():
        wanted = {**usual.views[id], **({"numbers": True} if id == "network" else {})}
        assert {name: state.views[id][name] for name in own} == {n: wanted[n] for n in own}
    assert (state.granularity, state.speed) == (usual.granularity, usual.speed)
    window.views["cost"].log_button.toggle()
    window.stepping.by_phase()
    at.player.leave()
    calm(window)
    assert chosen(window) == chosen_otherwise


def test_pages_begin_as_they_are_in_the_list_and_come_back_as_they_were(at):
    window = at.window
    window.projector.open()
    window.projector.show_page_of("why")
    mine = {"network": {"edges": "nudges", "numbers": False}, "inspector": {"table": True}}
    window.projector.choose(mine)
    before = window.projector.chosen()
    usual = window.projector.usual()
    at.open(LESSON)
    calm(window)
    shown = window.projector.chosen()
    assert shown["network"]["numbers"]
    assert shown["network"]["edges"] == usual["network"]["edges"] != "nudges"
    assert not shown["inspector"]["table"]
    at.player.leave()
    calm(window)
    after = window.projector.chosen()
    for id, own in mine.items():
        assert {name: after[id][name] for name in own} == {n: before[id][n] for n in own}
    window.projector.close()


def test_what_was_selected_before_has_no_say(at):
    window = at.window
    window.select(Selection("neuron", 1, 1))
    at.open(LESSON)
    calm(window)
    assert window.selection is None
    at.player.leave()
    calm(window)
    assert window.selection == Selection("neuron", 1, 1)


def test_what_was_told_and_suggested_before_waits(at):
    window = at.window
    window.gate.publish(Notice("Something was saved."))
    window.banner.suggest("Have a look?", "Look", lambda: None, "Help", lasts=True)
    assert window.status._notice.isVisible()
    at.open(LESSON)
    assert not window.status._notice.isVisible()
    assert not window.banner.isVisible()
    at.player.leave()
    assert window.banner.isVisible()
    assert window.banner.text == "Have a look?"
