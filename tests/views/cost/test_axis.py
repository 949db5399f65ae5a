import numpy as np
import pytest

from nnviz.views.cost.axis import CostAxis, coarser, linear_ticks, log_ticks
from nnviz.views.cost.picture import Bounds, round_down, round_up


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0.03, 1.0, 4, [0.03, 0.1, 0.3, 1.0]),
        (1e-4, 10.0, 7, [1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0]),
        (0.05, 0.1, 4, [0.05, 0.07, 0.1]),
    ],
)
def test_logarithmic_labels(low, high, most, expected):
    assert np.allclose(log_ticks(low, high, most), expected)


def test_labels_are_plain(qapp):
    costs = [0.03, 0.1, 1.0, 250.0, 0.0, 1e-7]
    plain = ["0.03", "0.1", "1", "250", "0", "1×10⁻⁷"]
    assert CostAxis("left").tickStrings(costs, 1.0, 1.0) == plain


def test_round_bounds():
    assert [round_up(v) for v in (0.031, 1.0, 4.07, 93)] == pytest.approx([0.04, 1, 5, 100])
    assert [round_down(v) for v in (0.031, 1.0, 4.07, 93)] == pytest.approx([0.03, 1, 4, 80])
    bounds = Bounds().including(0.5, np.array([np.nan, 0.0, np.inf]))
    assert bounds.costs(log=True) == (0.1, 1.0)
    bounds = bounds.including(0.7, np.array([0.3]))
    assert bounds.costs(log=False) == (0.0, pytest.approx(0.3))
    bounds = bounds.including(0.6, np.array([0.1]))
    assert bounds.end == pytest.approx(0.8)
    assert bounds.costs(log=False) == (0.0, pytest.approx(0.3))
    assert bounds.costs(log=True) == (pytest.approx(0.1), pytest.approx(0.3))


def test_linear_labels_are_multiples_of_round_spacings():
    assert linear_ticks(-0.01, 0.31, 0.1) == pytest.approx([0.0, 0.1, 0.2, 0.3])
    spacings = [0.1]
    for _ in range(4):
        spacings.append(coarser(spacings[-1]))
    assert spacings == pytest.approx([0.1, 0.2, 0.5, 1.0, 2.0])
