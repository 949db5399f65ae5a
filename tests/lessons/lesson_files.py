"""A small lesson as text, for tests to damage, and what reads it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nnviz.lessons.lesson import Lesson
from nnviz.lessons.loader import read_lesson

GOOD = """\
id = "two-weights"
title = { en = "Two weights", xx = "Xwo xeights" }
aim = "You can name the heavier one."
minutes = 5
needs = ["what-a-neuron-does"]
tags = ["neuron"]

[start]
example = "neuron-12"
train = 3

[start.look]
selection = "w[1][0,0]"
granularity = "phase"
page = "why"

[[scene]]
id = "look"
kind = "watch"
text = "It gives {ŷ[0]}."
play = { until = "step >= 5", at = 10 }
mark = ["neuron(1, 0)", "panel(inspector)", "command(step)"]

[[scene]]
id = "guess"
kind = "predict"
text = { en = "What if {w[1][0,0]} were 0?", xx = "Xhat?" }
remember = { before = "ŷ[0]" }
set.recipe = { learning_rate = 1 }
set.goto = 0
set.edits = { "w[1][0,0]" = 0, "b[1][0]" = "-b[1][0]" }
[scene.question]
ask = "What comes out?"
answer = "ŷ[0]"
tolerance = 0.5
unit = "units"
feedback = [
  { when = "answer == before", text = "It changes." },
  { text = "It is {ŷ[0]:2}." },
]

[[scene]]
id = "see"
kind = "observe"
text = "It is {ŷ[0]}."
allow = ["step", "select"]
done = "stepped('forward') and not changed('w[1][0,1]')"
hints = ["Where.", { en = "Which.", xx = "Xhich." }, "How."]
expect = { "ŷ[0]" = "8" }
notes = "Ask why."
solution = ["step"]
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Lesson]:
    """Read a lesson from the text of its file."""

    def read(text: str = GOOD) -> Lesson:
        path = tmp_path / "01-two-weights.toml"
        path.write_text(text, "utf-8")
        return read_lesson(path)

    return read
