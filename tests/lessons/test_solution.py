"""A solution is read gesture by gesture; each entry of the table has one."""

import pytest

from nnviz.lessons.expressions import parse
from nnviz.lessons.solution import DEEDS, Deed, read_deed
from nnviz.lessons.values import ExpressionError


@pytest.mark.parametrize("kind", DEEDS)
def test_the_example_of_an_entry_is_read_as_that_entry(kind):
    pattern = DEEDS[kind]
    assert read_deed(pattern.example).kind == kind
    assert pattern.sentence


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("play", Deed("play", "play")),
        ("play 200", Deed("play 200", "play", value=parse("200", "number"))),
        ("goto 3", Deed("goto 3", "goto", value=parse("3", "number"))),
        ("draw 3", Deed("draw 3", "draw", words=("3",))),
        ("draw 3 small", Deed("draw 3 small", "draw", words=("3", "small"))),
        (
            "w[1][0,1] = before + 1",
            Deed(
                "w[1][0,1] = before + 1", "set", parse("w[1][0,1]", "thing"),
                parse("before + 1", "number"),
            ),
        ),
        (
            "b[1][0] = -1.5",
            Deed("b[1][0] = -1.5", "set", parse("b[1][0]", "thing"), parse("-1.5", "number")),
        ),
        ("x[0] = 8", Deed("x[0] = 8", "input", parse("x[0]", "thing"), parse("8", "number"))),
        ("select neuron(1,0)", Deed("select neuron(1,0)", "select", parse("neuron(1,0)", "thing"))),
        (
            "view activation second = relu",
            Deed("view activation second = relu", "view", words=("activation", "second", "relu")),
        ),
    ],
)  # fmt: skip
def test_gestures_are_taken_apart(text, deed):
    assert read_deed(text) == deed


@pytest.mark.parametrize("text", ["", "leap", "draw 12", "select 1", "w[1][0,1] = 'a'", "play x"])
def test_what_is_no_gesture_is_refused(text):
    with pytest.raises(ExpressionError):
        read_deed(text)
