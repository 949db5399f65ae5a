"""The reject curve against counting one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.measure.reject_curve import LEVELS, reject_curve


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=80))
def test_each_level_counts_what_deserves_at_least_so_much(examples):
    trust = np.array([sure for sure, _ in examples])
    right = np.array([good for _, good in examples], bool)
    curve = reject_curve(trust, right)
    assert len(curve.answered) == len(curve.right) == LEVELS + 1
    for level in (0, 1, LEVELS // 2, LEVELS):
        some = trust >= level / LEVELS - 1e-9 / LEVELS
        assert (curve.answered[level], curve.right[level]) == (some.sum(), right[some].sum())
        if some.any():
            assert curve.shares[level] == pytest.approx(some.mean())
            assert curve.accuracies[level] == pytest.approx(right[some].mean())
        else:
            assert np.isnan(curve.accuracies[level])
