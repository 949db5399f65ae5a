"""The large picture: what is said below it is whole, however narrow it is."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from nnviz.views.data.class_page import LargePicture
from nnviz.views.data.picture import LargeExample
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import Step, TypeScale
from tests.views.written import written

LINES = ("T-shirt/top", "Training image 60 000", "held back for testing")


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.5])
@pytest.mark.parametrize(("width", "height"), [(70, 60), (70, 200), (90, 150), (240, 200)])
def test_no_word_is_cut(qtbot, factor, width, height):
    scale = TypeScale(factor)
    large = LargePicture()
    qtbot.addWidget(large)
    large.dress(replace(DARK, scale=scale), scale.font(QFont(), Step.BODY))
    large.resize(round(factor * width), round(factor * height))
    large.show_example(LargeExample(np.zeros((28, 28), np.uint8), LINES))
    texts = written(large)
    words = " ".join(one.text for one in texts).split()
    assert words == " ".join(LINES).split()[: len(words)]
    assert words or height == 60
    for one in texts:
        assert one.pixels >= scale.px(Step.CAPTION)
        assert large.rect().toRectF().adjusted(-1, -1, 1, 1).contains(one.ink)
    if width == 240:  # in a line each
        assert [one.text for one in texts] == list(LINES)
        needed = 3 * QFontMetricsF(large.font()).height()
        assert texts[-1].ink.bottom() - texts[0].ink.top() < needed
