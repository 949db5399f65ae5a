"""Every worked number of the syllabus is expected in some lesson, to its printed digits."""

import re

import pytest

from nnviz.lessons import load_lesson
from nnviz.lessons.checks import in_english

NUMBERS = {
    "shall-i-go-to-the-park": "−20",
    "what-a-neuron-does": "12",
    "from-neuron-to-layers": "15 23 18 13 163",
    "how-wrong-is-it": "0.3 0 0.5 0.2 0.1 0.7 0.9 0.8 3.5 2.33 2.5488",
    "rolling-downhill": "1.6",
    "chain-rule-by-hand": "0.0474258732 0.523695174 −0.952609652 0.249438539 −0.090353319 "
    "0.0214695353",
    "backpropagation": "0.593269992 0.596884378 0.751365070 0.772928465 0.298371109 0.082167041 "
    "0.000438568 0.149780716 0.199561432 0.249751144 0.299502287 0.358916480 0.408666186 "
    "0.511301270 0.561370121 0.291027774 0.280471447",
    "why-it-learns-slowly": "0.817574 0.093956 0.982014 0.933417 0.202848 0.779587",
    "learning-rate": "0.900000002 0.8552786433 0.8728876611",
    "local-minima": "0.95 0.88 0.827",
    "optimisers-race": "0.95 0.925 0.935 0.905 0.817 0.7793 0.683772254 0.5363303065 "
    "0.5973297309 0.900000002 0.8067820405 0.7471109387",
}
"""By the lesson that shows them."""


def expected_in(lesson):
    """All numbers that a rehearsal of a lesson asserts."""
    printed = (text for scene in lesson.scenes for one in scene.expect
               for text in (*one.each, one.printed))  # fmt: skip
    return {number for text in printed for number in re.findall(r"[−-]?\d+(?:\.\d+)?", text)}


@pytest.mark.parametrize("id", NUMBERS)
def test_its_numbers_are_expected(id):
    found = {number.replace("-", "−") for number in expected_in(load_lesson(id))}
    assert set(NUMBERS[id].split()) - found == set()


@pytest.mark.parametrize(
    ("id", "number"), [("what-a-neuron-does", "15"), ("backpropagation", "0.291027924")]
)
def test_what_is_printed_wrong_elsewhere_is_told(id, number):
    assert any(number in sentence for sentence in in_english(load_lesson(id)))
