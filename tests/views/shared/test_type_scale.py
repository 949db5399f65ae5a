"""The type and space scale: steps times a factor, and letters that fit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QPushButton

from nnviz.views.palette import DARK
from nnviz.views.shared.styles import controls
from nnviz.views.shared.type_scale import FACTORS, LEAST, MOST, Step, TypeScale, sized


def test_every_step_is_larger_than_the_one_before_at_every_factor():
    for factor in FACTORS:
        sizes = [TypeScale(factor).px(step) for step in Step]
        assert sizes == sorted(set(sizes))


@given(st.floats(-10, 10))
def test_a_factor_stays_between_the_ends(factor):
    assert LEAST <= TypeScale(factor).factor <= MOST


def test_everything_follows_the_factor():
    scale = TypeScale(2.0)
    assert scale.px(Step.BODY) == 2 * TypeScale().px(Step.BODY)
    assert scale.space(7) == 14
    assert scale.space(0) == 0
    assert TypeScale().space(0.2) == 1  # a gap never vanishes
    assert scale.line(1.5) == 3.0


def test_letters_grow_into_room_up_to_a_step():
    scale = TypeScale()
    assert scale.grown(Step.BODY, 5) == scale.px(Step.BODY)
    assert scale.grown(Step.BODY, 20) == 20
    assert scale.grown(Step.BODY, 500) == scale.px(Step.DISPLAY)
    assert scale.px(Step.DISPLAY) >= 24


@pytest.mark.parametrize("factor", FACTORS)
def test_a_text_is_written_as_large_as_fits_and_never_below_the_smallest_step(qapp, factor):
    scale = TypeScale(factor)
    wished = scale.font(QFont(), Step.HEADING)
    text = "∂C/∂w¹₁₁ of a long sentence"
    whole = QFontMetricsF(wished).horizontalAdvance(text)
    assert scale.fitting(wished, text, whole + 1) == (wished, True)
    smaller, fits = scale.fitting(wished, text, 0.8 * whole)
    assert fits
    assert QFontMetricsF(smaller).horizontalAdvance(text) <= 0.8 * whole
    smallest, fits = scale.fitting(wished, text, 1)
    assert not fits
    assert smallest.pixelSize() == scale.px(Step.CAPTION)
    tiny = sized(QFont(), 5)
    assert scale.fitting(tiny, text, 1)[0].pixelSize() == 5


def test_controls_take_their_letters_and_padding_from_the_scale(qtbot):
    button = QPushButton("Train")
    qtbot.addWidget(button)
    heights = []
    for factor in (1.0, 2.0):
        button.setStyleSheet(
            controls(replace(DARK, scale=TypeScale(factor)), step=Step.BODY, padding=(2, 5))
        )
        button.ensurePolished()
        assert button.font().pixelSize() == TypeScale(factor).px(Step.BODY)
        heights.append(button.sizeHint().height())
    assert 1.8 < heights[1] / heights[0] < 2.2
