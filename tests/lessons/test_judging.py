"""An answer is right by the engine's number at the moment that shows it."""

from dataclasses import replace

import pytest

from nnviz.engine.selection import Selection
from nnviz.lessons.expressions import parse
from nnviz.lessons.judging import is_measured, judge, right_answer, right_choices
from nnviz.lessons.lesson import Choice, Feedback, Question
from nnviz.lessons.values import ExpressionError
from tests.lessons.moments import moment, reported

SEEN = moment("linear-163")
NUMBER = Question(
    {"en": "How much?"},
    "number",
    answer=parse("ŷ[0]", "number"),
    unit={"en": "points", "xx": "xoints"},
    feedback=(
        Feedback({"en": "The sum."}, parse("answer == sum(a[1])", "bool")),
        Feedback({"en": "No."}),
    ),
    right_feedback={"en": "Yes."},
)


def judged(question, answer, seen=SEEN):
    value = float(answer) if isinstance(answer, int | float) else answer
    return judge(question, answer, replace(seen, answer=value))


@pytest.mark.parametrize(
    ("tolerance", "relative", "answer", "right"),
    [
        (0, False, 163, True),
        (0, False, 163.0000001, True),
        (0, False, 163.001, False),
        (1, False, 164, True),
        (1, False, 164.1, False),
        (0.01, True, 164.6, True),
        (0.01, True, 165, False),
        (0, False, float("nan"), False),
    ],
)
def test_a_number_may_be_off_by_its_tolerance(tolerance, relative, answer, right):
    question = replace(NUMBER, tolerance=tolerance, relative=relative)
    assert judged(question, answer).right is right


def test_feedback_is_the_first_that_fits():
    assert judged(NUMBER, 163).feedback == {"en": "Yes."}
    assert judged(NUMBER, 69).feedback == {"en": "The sum."}
    assert judged(NUMBER, 5).feedback == {"en": "No."}
    assert judged(replace(NUMBER, feedback=()), 5).feedback == {}


def test_what_is_right_is_told_in_words():
    assert right_answer(NUMBER, SEEN) == {"en": "163 points", "xx": "163 xoints"}
    assert judged(NUMBER, 5).correct == right_answer(NUMBER, SEEN)


def test_choices_are_right_by_a_word_or_a_condition():
    question = Question(
        {"en": "Which?"},
        "choice",
        choices=(
            Choice({"en": "Few"}, parse("ŷ[0] < 100", "bool"), {"en": "Too few."}),
            Choice({"en": "Many"}, parse("ŷ[0] >= 100", "bool"), {"en": "Yes."}),
            Choice({"en": "Ever"}, False, {"en": "Never."}),
        ),
    )
    assert right_choices(question, SEEN) == (1,)
    assert judged(question, 1).right
    assert judged(question, 0).feedback == {"en": "Too few."}
    assert judged(question, 2).correct == {"en": "Many"}
    with pytest.raises(ExpressionError, match="only 3 choices"):
        judged(question, 3)


def pointing(point, answer):
    kind = "number" if point == "class" else "thing"
    return Question({"en": "Where?"}, "point", answer=parse(answer, kind), point=point)


def test_neurons_and_outputs_are_pointed_at():
    question = pointing("output", "output(argmax(abs(ŷ - y)))")
    seen = moment("table-of-a-6")
    worst = 9
    assert judged(question, Selection("output", 1, worst), seen).right
    assert judged(question, Selection("neuron", 1, worst), seen).right  # the circle of the output
    assert not judged(question, Selection("neuron", 1, 0), seen).right
    assert not judged(question, 9.0, seen).right
    assert right_answer(question, seen) == {"en": "C₀,₁₀"}


def test_edges_are_pointed_at():
    question = pointing("edge", "w[1][2,1]")
    assert judged(question, Selection.of_weight(SEEN.snapshot.recipe, 1, 1, 2)).right
    assert not judged(question, Selection.of_weight(SEEN.snapshot.recipe, 1, 2, 1)).right
    assert not judged(question, Selection("neuron", 1, 2)).right
    assert right_answer(question, SEEN) == {"en": "w¹₃,₂"}


def test_classes_are_pointed_at():
    seen = moment("bad-net-on-an-8")
    assert judged(pointing("class", "read"), 4.0, seen).right
    assert not judged(pointing("class", "read"), 8.0, seen).right


LINE = Question(
    {"en": "Where?"},
    "line",
    answer=parse("neuron(1, 0)", "thing"),
    tolerance=0.1,
    degrees=10.0,
    feedback=(Feedback({"en": "Here."}),),
)
AND = moment("and", theta={0: 1.0, 1: 1.0, 2: -1.5})  # x₁ + x₂ = 1.5


@pytest.mark.parametrize(
    ("drawn", "right"),
    [
        (((0.0, 1.5), (1.5, 0.0)), True),
        (((1.5, 0.0), (0.0, 1.5)), True),
        (((0.5, 1.0), (1.0, 0.5)), True),
        (((0.0, 1.6), (1.6, 0.0)), True),
        (((0.0, 1.7), (1.7, 0.0)), False),
        (((0.0, 1.3), (1.5, 0.0)), True),
        (((0.75, 0.0), (0.75, 1.5)), False),
        (((0.75, 0.75), (0.75, 0.75)), False),
        (((0.0, 0.0), (1.5, 1.5)), False),
    ],
)
def test_a_line_may_be_turned_and_moved_a_little(drawn, right):
    assert judged(LINE, drawn, AND).right is right
    assert right_answer(LINE, AND) == {}


def test_a_line_across_the_turn_of_directions():
    flat = moment("and", theta={0: 0.0, 1: 1.0, 2: -0.5})  # x₂ = 0.5
    assert judged(LINE, ((0.0, 0.51), (1.0, 0.49)), flat).right
    assert judged(LINE, ((0.0, 0.49), (1.0, 0.51)), flat).right


def test_a_line_needs_a_plane():
    with pytest.raises(ExpressionError, match="two inputs"):
        judged(LINE, ((0.0, 0.0), (1.0, 1.0)))
    nothing = moment("and")  # all weights 0: there is no line
    assert not judged(LINE, ((0.0, 0.0), (1.0, 1.0)), nothing).right


def test_what_a_report_says_is_waited_for():
    seen = moment("bad-net-on-an-8")
    right = parse("confused(8, 4) > confused(4, 8)", "bool")
    asked = Question({"en": "?"}, "choice", (Choice({"en": "8 as 4"}, right, {}),))
    assert not is_measured(asked, seen)
    assert is_measured(asked, reported(seen))
    assert judged(asked, 0, reported(seen)).right
    assert is_measured(NUMBER, seen)
