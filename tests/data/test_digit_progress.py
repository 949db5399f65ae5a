"""How far the making of digits is, told by every generation's writer; it may be called off."""

import numpy as np
import pytest

from nnviz.data.digits_cache import GENERATIONS
from tests.data.cancelling import Cancelled, cancel_at_half


@pytest.fixture(params=GENERATIONS)
def write(request):
    return GENERATIONS[request.param]


def test_progress_rises_to_one_and_is_told_often(write):
    told = []
    write(1200, np.random.default_rng(0), lambda part, word: told.append((part, word)))
    parts = [part for part, _ in told]
    assert parts == sorted(parts)
    assert parts[-1] == 1
    assert len(parts) >= 25
    assert all(word for _, word in told)


def test_progress_may_cancel(write):
    with pytest.raises(Cancelled):
        write(500, np.random.default_rng(0), cancel_at_half)
