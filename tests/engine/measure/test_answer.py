"""What outputs stand for, and when that is decided."""

import numpy as np
import pytest

from nnviz.engine.measure.answer import answer, class_desired, decided, how_sure

DIGITS = tuple("0123456789")


def outputs(**values):
    a = np.zeros(10)
    for label, value in values.items():
        a[int(label[1:])] = value
    return a


@pytest.mark.parametrize(
    ("a", "name"),
    [
        (outputs(), "undecided"),
        (outputs(_7=0.004), "undecided"),
        (outputs(_0=0.318, _6=0.2), "undecided"),
        (outputs(_7=0.958, _2=0.17), "7"),
        (outputs(_3=0.96, _8=0.6), "3"),
        (outputs(_3=0.96, _8=0.96), "undecided"),
        (outputs(_3=0.958, _8=0.96), "undecided"),
        (outputs(_3=0.5), "undecided"),
        (outputs(_3=np.nan), "undecided"),
        (outputs(_3=np.inf), "undecided"),
    ],
)
def test_an_answer_is_decided_where_one_output_stands_out_above_one_half(a, name):
    assert answer(a).name(DIGITS) == name


@pytest.mark.parametrize(("a", "name"), [(0.7, "yes"), (0.2, "no"), (0.5, "undecided")])
def test_a_single_output_has_two_classes(a, name):
    assert answer(np.array([a])).name(("no", "yes")) == name


def test_an_undecided_answer_says_why():
    assert (
        answer(outputs()).why_undecided(DIGITS)
        == "no output is above ½, the largest is that of “0”"
    )
    assert (
        answer(outputs(_3=1, _8=1)).why_undecided(DIGITS) == "“3” and “8” share the largest output"
    )
    assert answer(np.array([0.5])).why_undecided(("no", "yes")) == "the output is 0.5"
    assert answer(outputs(_3=np.nan)).why_undecided(DIGITS) == "not every output is a number"


def test_the_class_is_what_accuracy_counts_decided_or_not():
    assert answer(outputs(_4=0.2)).best == 4
    assert class_desired(outputs(_4=1.0)) == 4
    assert (class_desired(np.array([1.0])), class_desired(np.array([0.0]))) == (1, 0)
    assert decided(np.stack([outputs(), outputs(_1=0.9)])).tolist() == [False, True]


def test_only_outputs_of_softmax_are_probabilities():
    found = answer(outputs(_7=0.958))
    assert how_sure(found, "softmax") == "probability 95.8\u202f%"
    for activation in ("sigmoid", "linear", "tanh"):
        assert how_sure(found, activation) == "ŷ = 0.958"
