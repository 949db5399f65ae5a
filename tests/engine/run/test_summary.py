"""Run summaries: plain values that come back, also from files of earlier versions."""

import json
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.summary import POINTS, RunSummary, curve_of, differing
from nnviz.engine.training.evaluation import Evaluation

XOR = Recipe(dataset="xor", layers=(2, 3, 1))


def measured(step):
    return Evaluation(step, step / 10, 1 / (1 + step), 2 / (1 + step), 0.5, 0.6)


numbers = st.floats(allow_nan=True, allow_infinity=True)


@given(
    figures=st.tuples(numbers, numbers, numbers, numbers),
    curve=st.lists(st.tuples(numbers, numbers, numbers), max_size=POINTS),
    unit=st.text(max_size=5),
    known=st.booleans(),
)
def test_a_summary_comes_back_from_its_words(figures, curve, unit, known):
    points = np.array(curve, dtype=float).reshape(-1, 3)
    made = RunSummary(XOR if known else None, "xor", 12, *figures, unit=unit, curve=points)
    words = json.loads(json.dumps(made.words(), allow_nan=False))
    back = RunSummary.from_words(words)
    assert back is not None
    assert back.recipe == made.recipe
    assert (back.data, back.step) == ("xor", 12)
    for name in ("epoch", "cost", "accuracy", "rmse"):
        value = getattr(made, name)
        kept = value if np.isfinite(value) else nan
        assert getattr(back, name) == pytest.approx(kept, nan_ok=True, abs=0, rel=0)
    finite = np.where(np.isfinite(points), points, nan)
    assert np.array_equal(back.curve, finite, equal_nan=True)


@pytest.mark.parametrize(
    "words",
    [{}, {"data": 3, "step": 1}, {"data": "xor"}, {"data": "xor", "step": "7"}],
)
def test_words_that_tell_no_run_are_none(words):
    assert RunSummary.from_words(words) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"recipe": {"layers": "?"}}, {"recipe": 3}, {"recipe": {"unheard": 1}},
        {"curve": 3}, {"curve": [[1, 2]]}, {"curve": [[1, 2, 3]] * (POINTS + 1)}, {"cost": "low"},
        {"epoch": True}, {"unit": 3},
    ],
)  # fmt: skip
def test_what_is_broken_or_older_reads_as_unknown(broken):
    back = RunSummary.from_words({"data": "xor", "step": 7, **broken})
    assert back is not None
    assert back.recipe is None
    assert not len(back.curve)
    assert np.isnan([back.cost, back.epoch]).all()
    assert back.unit == ""


def test_the_curve_is_thinned_evenly_and_keeps_its_end():
    curve = curve_of([measured(step) for step in range(1, 1001)])
    assert len(curve) <= POINTS
    assert curve[-1].tolist() == [100.0, 1 / 1001, 2 / 1001]
    assert np.ptp(np.diff(curve[:, 0])) == pytest.approx(0)
    assert curve_of([]).shape == (0, 3)


def test_fields_that_differ_come_in_the_order_of_the_form():
    other = Recipe(dataset="xor", layers=(2, 3, 1), seed=3, learning_rate=0.5)
    assert differing([XOR, other]) == ("learning_rate", "seed")
    assert differing([XOR, XOR]) == differing([]) == ()
    assert RunSummary(XOR, "xor", 1, cost=inf).words().keys() >= {"recipe", "layers"}
