"""The strip beside the plane: its numbers, its caption and its curves."""

import numpy as np
import pytest

from nnviz.views.palette import DARK, rgb
from nnviz.views.plane.loss_strip import LossStrip
from nnviz.views.plane.losses import Losses
from tests.views.grabbing import pixels


@pytest.mark.parametrize("size", [300, 500])
def test_a_curve_at_its_highest_is_no_line_under_the_caption(qtbot, size):
    strip = LossStrip()
    qtbot.addWidget(strip)
    strip.dress(DARK, wide=False)
    strip.resize(size, strip.height())
    flat = np.ones(3)
    words = ("train 1", "test 1")
    strip.show_losses(Losses(np.arange(3.0), flat, flat, (words,), ("cost, epochs",)))
    right = pixels(strip)[:, size // 2 :].astype(int)
    curve = np.abs(right - rgb(DARK.now)).max(axis=2) < 60
    caption = np.abs(right - rgb(DARK.dim)).max(axis=2) < 40
    first = np.flatnonzero(curve.any(axis=1))[0]
    last = np.flatnonzero(caption[:first].any(axis=1))[-1]
    assert first - last > 4, "the foot of its letters and the curve"
