"""A lesson goes from scene to scene: predictions lock, come back, and are judged when seen."""

from dataclasses import replace
from math import isnan

import pytest

from nnviz.engine.selection import Selection
from nnviz.lessons.observed import Did
from nnviz.lessons.script import Glow, Script
from nnviz.messages.ui_state import UiState
from tests.lessons.lesson_files import GOOD
from tests.lessons.lesson_files import read as read
from tests.lessons.moments import moment, reported

NEURON = moment("neuron-12")
STEPPED = replace(NEURON, did=(Did("step", "forward 1"),))


@pytest.fixture
def script(read):
    script = Script(read())
    assert script.begin() is script.scene.changes
    script.entered(NEURON)
    return script


def go_to(script, id):
    """Go on to a scene, with play that is over."""
    while script.scene.id != id:
        script.play_ended()
        if script.question is not None:
            script.answer(1.0)
        script.on()
        script.entered(NEURON)


def test_a_scene_says_what_the_engine_says(script):
    assert script.text == "It gives 12."
    assert script.marks == (
        Glow("thing", "", Selection("neuron", 1, 0)),
        Glow("panel", "inspector"),
        Glow("command", "step"),
    )
    assert script.progress == (1, 3)


def test_what_plays_by_itself_ends_with_its_condition(script):
    assert script.play is script.scene.play
    assert not script.can_go_on
    script.see(moment("neuron-12", 5))
    assert script.play is None
    assert script.can_go_on


def test_what_plays_too_long_is_over_as_well(script):
    script.play_ended()
    assert script.play is None
    assert script.can_go_on


def test_nothing_is_judged_before_a_scene_has_arrived(script):
    go_to(script, "look")
    script.play_ended()
    changes = script.on()
    assert changes is script.scene.changes
    assert changes.goto == 0
    assert script.scene.id == "guess"
    assert not script.arrived
    script.answer(3.0)
    assert script.given.of(script.scene) is None
    assert script.allowed == frozenset()


def test_a_prediction_locks_and_is_shown_again_and_judged_when_it_is_seen(script):
    go_to(script, "guess")
    assert script.locked
    assert not script.can_go_on
    assert script.on() is None
    script.answer(9.0, "nine", 2.5)
    assert not script.locked
    assert script.can_go_on
    assert script.judged is None
    assert script.feedback == ""
    script.on()
    script.entered(NEURON)
    (prediction,) = script.predictions
    assert (prediction.words, prediction.right) == ("nine", None)
    assert script.judged is None
    script.see(STEPPED)
    assert script.can_go_on
    (prediction,) = script.predictions
    assert (prediction.right, prediction.correct) == (False, "12 units")
    assert script.feedback == "It is 12."


def test_what_was_predicted_is_judged_at_rest_by_what_is_measured_then(script):
    go_to(script, "guess")
    script.answer(1.0)
    script.on()
    script.entered(NEURON)
    seen = moment("neuron-12", 5, playing=True)
    script.see(replace(seen, did=STEPPED.did))
    script.play_ended()
    assert script.judged is None
    script.see(moment("neuron-12", 5))
    assert script.judged is not None


def test_feedback_is_that_of_the_mistake(script):
    go_to(script, "guess")
    script.answer(12.0)  # what it was before
    script.on()
    script.entered(moment("neuron-12", theta={0: 0.0}))
    script.see(replace(moment("neuron-12", theta={0: 0.0}), did=STEPPED.did))
    assert script.feedback == "It changes."
    assert script.judged.correct == "9 units"


def test_an_answer_can_be_changed_until_it_is_judged(script):
    go_to(script, "guess")
    script.answer(9.0)
    script.answer(12.4)  # within the tolerance
    script.on()
    script.entered(NEURON)
    script.see(STEPPED)
    assert script.judged.right
    script.back()
    script.entered(NEURON)
    script.answer(1.0)
    assert script.given.of(script.scene).value == 12.4


def test_what_was_remembered_is_from_before_the_changes(script):
    script.play_ended()
    script.on()
    script.entered(moment("neuron-12", theta={0: 0.0}))
    assert script.observing(NEURON).memory["before"] == 12.0


def test_a_lesson_that_goes_on_in_the_middle_knows_what_earlier_scenes_remember(read):
    script = Script(read(), at="see")
    for place in range(3):
        script.pass_through(place, NEURON)
    script.begin()
    script.entered(moment("neuron-12", theta={0: 0.0}))
    assert script.observing(NEURON).memory == {"before": 12.0}
    script.back()
    assert script.observing(NEURON).memory == {"before": 12.0}
    script.entered(NEURON)
    script.back()
    assert script.observing(NEURON).memory == {}


def test_the_scene_that_is_begun_with_remembers_what_was_before_its_changes(read):
    script = Script(read(), at="guess")
    script.pass_through(0, NEURON)
    script.pass_through(1, NEURON)
    script.begin()
    script.entered(moment("neuron-12", theta={0: 0.0}))
    assert script.observing(NEURON).memory == {"before": 12.0}


def test_what_was_done_counts_from_the_beginning_of_the_scene(script):
    script.see(STEPPED)
    go_to(script, "see")
    assert not script.can_go_on
    script.see(STEPPED)
    assert script.can_go_on
    script.see(NEURON)  # what was done once stays done
    assert script.can_go_on


def test_hints_come_one_by_one_and_the_last_lets_everybody_go_on(script):
    go_to(script, "see")
    assert script.hints_left == 3
    assert [script.hint() for _ in range(2)] == ["Where.", "Which."]
    assert not script.can_go_on
    assert script.hint() == "How."
    assert script.hint() == ""
    assert script.hints == ("Where.", "Which.", "How.")
    assert script.can_go_on


def test_back_forgets_what_the_scene_remembered(script):
    go_to(script, "guess")
    assert "before" in script.observing(NEURON).memory
    script.back()
    assert script.scene.id == "look"
    assert script.observing(NEURON).memory == {}
    assert script.back() is None


def test_the_last_scene_ends_the_lesson(script):
    go_to(script, "see")
    script.see(STEPPED)
    assert script.on() is None
    assert script.finished
    assert not script.can_go_on
    script.back()
    assert not script.finished
    assert script.scene.id == "see"


def test_gestures_are_those_of_the_scene(script):
    go_to(script, "see")
    assert script.allowed == {"step", "select"}


def test_a_prediction_locks_even_what_the_scene_allows(read):
    text = GOOD.replace('kind = "predict"', 'kind = "predict"\nallow = ["step", "select"]')
    script = Script(read(text), at="guess")
    script.begin()
    script.entered(NEURON)
    assert script.allowed == {"select"}
    script.answer(3.0)
    assert script.allowed == {"step", "select"}


CHOICES = """
[[scene]]
id = "pick"
kind = "transfer"
text = "Which?"
[scene.question]
ask = "Which is heavier?"
choices = [
  { text = "The first", right = "w[1][0,0] > w[1][0,1]", feedback = "It is {w[1][0,0]}." },
  { text = "The second", right = "w[1][0,1] > w[1][0,0]", feedback = "Yes, {w[1][0,1]}." },
]
[scene.skip]
ask = "What is its bias?"
answer = "b[1][0]"
to = "end"

[[scene]]
id = "between"
kind = "do"
text = "Between."

[[scene]]
id = "end"
kind = "do"
text = "The end."
"""


@pytest.fixture
def choosing(read):
    script = Script(read(GOOD + CHOICES), at="pick")
    script.begin()
    script.entered(NEURON)
    return script


RACED = """
[[scene]]
id = "race"
kind = "do"
text = "Race."

[[scene]]
id = "won"
kind = "do"
text = "{first} was lowest."
remember = { first = "race_won_by" }
"""


def test_what_was_done_in_a_scene_is_remembered_by_the_next(read):
    script = Script(read(GOOD + RACED), at="race")
    script.begin()
    script.entered(NEURON)
    script.see(replace(NEURON, did=(Did("race", "adam"),)))
    script.on()
    script.entered(NEURON)
    assert script.text == "Adam was lowest."


REPORTED = """
[[scene]]
id = "eights"
kind = "discuss"
text = "Eights."
[scene.question]
ask = "How often is an 8 read as a 4?"
answer = "confused(8, 4)"
right_feedback = "{confused(8, 4)} of them."
"""


def test_an_answer_is_judged_once_the_report_is_there_that_says_what_is_right(read):
    tested = moment("bad-net-on-an-8")
    script = Script(read(GOOD + REPORTED), at="eights")
    script.begin()
    script.entered(tested)
    script.answer(1.0)
    assert script.judged is None
    script.see(reported(tested))
    assert script.judged.right
    assert script.feedback == "1 of them."


def test_what_a_report_says_is_remembered_once_it_is_made(read):
    untested = moment("bad-net-on-an-8")
    text = GOOD.replace('before = "ŷ[0]"', 'before = "class_right(8)", row = "classes_right()"')
    script = Script(read(text), at="guess")
    script.begin()
    script.entered(untested)
    assert script.lacks_report
    assert isnan(script.memory["before"])
    script.see(reported(untested))
    assert script.memory["before"] == 0.75
    assert script.memory["row"][8] == 0.75
    assert not script.lacks_report
    script.see(moment("bad-net-on-an-8", theta={0: 9.0}))
    assert script.memory["before"] == 0.75


def test_a_report_on_another_net_is_not_remembered(read):
    untested = moment("bad-net-on-an-8")
    text = GOOD.replace('before = "ŷ[0]"', 'before = "class_right(8)"')
    script = Script(read(text), at="guess")
    script.begin()
    script.entered(untested)
    script.see(reported(moment("bad-net-on-an-8", theta={0: 9.0})))
    assert isnan(script.memory["before"])


def test_a_report_is_lacked_where_a_scene_reads_it(read):
    untested = moment("bad-net-on-an-8")
    script = Script(read(GOOD.replace("It gives {ŷ[0]}.", "{class_right(8)}")))
    script.begin()
    script.entered(untested)
    assert script.lacks_report
    plain = Script(read())
    plain.begin()
    plain.entered(untested)
    assert not plain.lacks_report


def test_a_question_outside_predictions_is_judged_at_once(choosing):
    assert choosing.locked
    choosing.answer(0, "The first")
    given = choosing.judged
    assert (given.right, given.feedback, given.correct) == (False, "It is 3.", "The second")
    assert choosing.can_go_on


def test_hands_are_counted_and_what_is_right_is_told_to_nobody(choosing):
    choosing.show_of_hands((4, 11))
    given = choosing.judged
    assert (given.right, given.feedback, given.correct) == (None, "", "The second")
    assert given.hands == (4, 11)
    assert given.right_choices == (1,)


def test_whoever_knows_it_skips(choosing):
    assert choosing.skip(5.0) is None
    assert choosing.judged.right is False
    assert choosing.scene.id == "pick"
    assert choosing.skip(1.0) is choosing.scene.changes
    assert choosing.scene.id == "end"


def test_what_has_no_value_is_noted_and_locks_nobody_in(read):
    script = Script(read(GOOD.replace("It gives {ŷ[0]}", "It gives {ŷ[7]}")))
    script.begin()
    script.entered(NEURON)
    assert script.text == "…"
    assert "scene 'look'" in script.problems[0]
    assert "no output 7" in script.problems[0]


def test_another_language_falls_back_to_english(read):
    script = Script(read(), "xx_YY", at="guess")
    script.begin()
    script.entered(NEURON)
    assert script.text == "Xhat?"
    assert script.said(script.question.ask) == "What comes out?"


def test_selecting_is_seen_on_the_screen(read):
    script = Script(
        read(GOOD.replace("stepped('forward') and", "selection == w[1][0,1] and")), at="see"
    )
    script.begin()
    script.entered(NEURON)
    assert not script.can_go_on
    wanted = Selection.of_weight(NEURON.snapshot.recipe, 1, 1, 0)
    script.see(replace(NEURON, ui=UiState(wanted)))
    assert script.can_go_on
