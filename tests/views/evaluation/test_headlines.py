"""The headline: a figure never stands without the step at which it was so."""

from dataclasses import replace

import pytest

from nnviz.views.evaluation.board import Headline
from nnviz.views.evaluation.picture import EvaluationPicture
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import FACTORS, TypeScale

ABOUT = ("60 test examples, as of step 600", "as of step 600", "step 600", "")
FIGURE = ("RMSE 12.34567 cm · R² −0.1234", "RMSE 12.34567 cm")


def said(qtbot, width, factor=1.0):
    theme = replace(DARK, scale=TypeScale(factor))
    headline = Headline()
    qtbot.addWidget(headline, before_close_func=lambda _: headline.hide())
    headline.set_theme(theme, 14)
    headline.show_picture(EvaluationPicture(figure=FIGURE, about=ABOUT))
    headline.resize(width, theme.scale.space(32))
    headline.grab()
    return headline.said


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("width", [230, 260, 300, 340, 500, 900])
def test_wherever_there_is_room_for_both_the_step_is_said(qtbot, width, factor):
    figure, about = said(qtbot, round(width * factor), factor)
    assert figure in FIGURE
    assert "step 600" in about


def test_with_room_everything_is_said(qtbot):
    assert said(qtbot, 900) == [FIGURE[0], ABOUT[0]]


def test_where_there_is_no_room_for_both_the_figure_stays(qtbot):
    (figure,) = said(qtbot, 120)
    assert figure.startswith("RMSE 12")
