"""Syllables and grades of plain English."""

import pytest

from nnviz.lessons.readability import grade, syllables

COUNTED = """
    the=1 neuron=2 make=1 learned=1 takes=1 little=2 started=2 boxes=2 number=2 weights=1
    table=2 circle=2 together=3 output=2 area=3 idea=3 used=1 loudest=2 being=2 valley=2
    multiplied=3 sigmoid=2 three=1 see=1 biases=3 layers=2 edges=2 slopes=1 station=2
    why=1 you=1 only=2
"""
WORDS = {word: int(beats) for word, _, beats in (one.partition("=") for one in COUNTED.split())}


@pytest.mark.parametrize("word", WORDS)
def test_syllables(word):
    assert syllables(word) == WORDS[word]


def test_the_grade_is_that_of_the_formula():
    assert grade(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    both = grade(["The cat sat.", "The table stood on the carpet. It fell!"])
    assert both == pytest.approx(0.39 * 11 / 3 + 11.8 * 13 / 11 - 15.59)


def test_what_is_no_sentence_counts_for_nothing():
    assert grade(["The cat sat on the mat.", "Neither"]) == grade(["The cat sat on the mat."])
    assert grade(["It is {cost:3}."]) == grade(["It is 3."])
    assert grade([]) != grade([])
