from collections import defaultdict

import numpy as np
import pytest

from nnviz.data.digit_forms import chosen_forms, digit_forms
from nnviz.data.glyphs import forms

ALL = pytest.mark.parametrize("form", digit_forms(), ids=lambda form: f"{form.digit} {form.name}")


def test_the_shares_of_every_digit_sum_to_one():
    total = defaultdict(float)
    for form in digit_forms():
        assert form.share >= 0.02
        assert sum(way.share for way in form.ways) == pytest.approx(form.share)
        total[form.digit] += form.share
    assert total == {digit: pytest.approx(1) for digit in range(10)}


def test_every_digit_has_several_forms_with_names_of_their_own():
    names = [(form.digit, form.name) for form in digit_forms()]
    assert len(set(names)) == len(names)
    for digit in range(10):
        assert sum(form.digit == digit for form in digit_forms()) >= 4


def test_one_form_of_a_digit_stands_for_all_of_the_third_generation():
    for digit in range(10):
        (usual,) = chosen_forms([f"{digit} usual"])
        assert [way.control.tobytes() for way in usual.ways] == [
            way.control.tobytes() for way in forms()[digit]
        ]
        others = [form for form in digit_forms() if form.digit == digit and form is not usual]
        assert all(len(form.ways) == 1 for form in others)


@ALL
def test_a_reason_is_given_for_every_form(form):
    assert len(form.why) > 20
    assert form.why.endswith(".")


@ALL
def test_every_knob_moves_something_and_leaves_the_digit_near_its_square(form):
    if form.name == "usual":
        assert form.knobs.shape[0] == 0
        return
    (way,) = form.ways
    assert form.knobs.shape == (len(form.knobs), len(way.control), 2)
    assert len(form.knobs) >= 2
    for knob in form.knobs:
        assert np.abs(knob).max() >= 2
        for turn in (-1, 1):
            curve = way.curve @ (way.control + turn * knob)
            assert curve.min() > -25
            assert curve.max() < 125


def test_some_forms_can_be_chosen_or_left_out():
    assert chosen_forms() == digit_forms()
    low, flat = chosen_forms(["7 low bar", "3 flat above"])
    assert {low.name, flat.name} == {"low bar", "flat above"}
    rest = chosen_forms(without=["7 low bar"])
    assert len(rest) == len(digit_forms()) - 1
    assert low not in rest
    for bad in ({"names": ["7 no such"]}, {"without": ["7 no such"]}):
        with pytest.raises(KeyError, match="no such"):
            chosen_forms(**bad)
