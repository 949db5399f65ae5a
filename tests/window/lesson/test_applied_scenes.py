"""What scenes change, and by which moment what was predicted is judged."""

from dataclasses import replace

import numpy as np

from nnviz.engine import start_recipe
from nnviz.engine.run.snapshot import OWN
from nnviz.numbers import integer
from tests.window.conftest import WIDE

SIZE = WIDE
GOLF = """
id = "golf-in-a-test"
title = "Golf"
aim = "You can make a step."
minutes = 3
needs = []
tags = ["test"]

[start]
example = "w-squared"
[start.look]
granularity = "minibatch"

[[scene]]
id = "guess"
kind = "predict"
text = "From w = {w[1][0,0]}."
allow = ["step"]
[scene.question]
ask = "Where does the next step end?"
answer = "w[1][0,0]"
right_feedback = "At {w[1][0,0]}."
feedback = [{ text = "No, at {w[1][0,0]}." }]

[[scene]]
id = "see"
kind = "observe"
text = "Step once."
allow = ["step"]
done = "stepped('minibatch')"

[[scene]]
id = "own"
kind = "watch"
text = "An input of one's own goes through: {x[0]}."
set = { example = "neuron-12", input = [5, 7], look_through = true }

[[scene]]
id = "stays"
kind = "predict"
text = "Now comes 1 and 0."
remember = { before = "z[1][0]" }
[scene.question]
ask = "Does the sum stay as it is?"
judged = "observed"
choices = [
  { text = "Yes", right = "z[1][0] == before", feedback = "Still {before}." },
  { text = "No", right = "z[1][0] != before", feedback = "From {before} to {z[1][0]}." },
]

[[scene]]
id = "own-in-its-place"
kind = "observe"
text = "The sum was {before}; now it is {z[1][0]}."
set = { input = [1, 0] }

[[scene]]
id = "other-data"
kind = "watch"
text = "{layers[1]} hidden neurons."
set = { recipe = { dataset = "xor", layers = [2, 3, 1] } }

[[scene]]
id = "tested"
kind = "watch"
text = "How good is it?"
set = { look = { open_panels = ["network", "evaluation"], front = ["evaluation"] } }
"""


def test_a_prediction_is_judged_by_the_moment_after_the_step(at):
    player = at.open(GOLF)
    player.playback.answer(0.8)
    at.on()
    at.window.actions_by_id["step"].trigger()
    at.qtbot.waitUntil(lambda: at.script.judged is not None, timeout=60_000)
    assert at.script.judged.right
    assert at.script.feedback == "At 0.8."


def test_an_own_input_goes_through_before_its_answer_is_known(at):
    at.open(GOLF)
    at.go_to("own")
    snapshot = at.window.snapshot
    assert at.script.text == "An input of one's own goes through: 5."
    assert np.array_equal(snapshot.minibatch.x, [[5, 7]])
    assert snapshot.focus.index == OWN
    assert snapshot.phase.kind == "pick"


def test_a_prediction_is_judged_once_the_own_input_stands_in_place_of_a_walk(at):
    player = at.open(GOLF)
    at.go_to("stays")
    assert at.window.snapshot.minibatch is not None
    player.playback.answer(0)
    at.go_to("own-in-its-place")
    assert not at.script.judged.right
    assert at.script.feedback == "Still 44."
    assert at.window.snapshot.minibatch is None
    assert np.array_equal(player.observed().focus.x, [1, 0])


def test_other_data_bring_the_recipe_that_suits_them(at):
    at.open(GOLF)
    at.go_to("other-data")
    assert at.window.snapshot.recipe == replace(start_recipe("xor"), layers=(2, 3, 1))


def test_a_lesson_that_is_begun_on_the_stage_stands_there(at):
    at.window.actions_by_id["projector"].trigger()
    at.qtbot.waitUntil(lambda: at.window.projector.on)
    player = at.open(GOLF)
    assert player.screen.strip is not None
    assert player.screen.strip.isVisible()
    assert "From 𝑤 = 1." in player.screen.strip.said.text.text()


def test_a_panel_that_a_scene_opens_gets_what_it_asks_for(at):
    at.open(GOLF)
    at.go_to("tested")
    at.qtbot.waitUntil(lambda: at.window.views["evaluation"].report is not None)


PLAYED = """\
id = "played"
title = "Played"
aim = "Nothing plays where nobody may pause."
minutes = 1
tags = []

[start]
example = "w-squared"

[[scene]]
id = "play"
kind = "do"
text = "Play."
allow = ["play"]
done = "step >= 2"
hints = ["Where.", "Which.", "How."]

[[scene]]
id = "look"
kind = "watch"
text = "It stands at step {step}."
"""


def test_what_plays_comes_to_rest_before_a_scene_in_which_nobody_may_pause(at):
    at.open(PLAYED)
    at.window.actions_by_id["play"].trigger()
    at.qtbot.waitUntil(lambda: at.script.can_go_on, timeout=60_000)
    assert at.window.snapshot.playing
    at.on()
    assert not at.window.snapshot.playing
    assert at.script.text == f"It stands at step {integer(at.window.snapshot.step)}."
