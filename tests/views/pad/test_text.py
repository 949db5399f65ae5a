"""The sentences of the pad."""

import numpy as np

from nnviz.engine.measure.answer import answer
from nnviz.views.pad import text

NAMES = tuple(map(str, range(10)))


def test_what_is_undecided_never_has_a_bare_trust_beside_it():
    outputs = np.array([0, 0, 0, 0, 0, 0.47, 0, 0.27, 0, 0.0])
    found = answer(outputs)
    assert not found.decided
    assert text.sure(found, "sigmoid", NAMES, 0.67) == (
        "undecided, 5 first, trust 67\u202f%", "5 first", "",
    )  # fmt: skip
    outputs[5] = 0.97
    decided = text.sure(answer(outputs), "sigmoid", NAMES, 0.93)
    assert decided[1:] == ("trust 93\u202f%", "93\u202f%", "")
