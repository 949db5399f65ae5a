"""Answers that are classes: as many side by side as there is width for, and no key said twice."""

import pytest

from nnviz.rehearsal.reading import clipped
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import Step
from nnviz.window.lesson.sheet import Sheet, scrolled
from nnviz.window.lesson.shown import Asked, Shown
from nnviz.window.lesson.words import Words

DIGITS = tuple("0123456789")
CLOTHES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
           "Bag", "Ankle boot")  # fmt: skip


@pytest.fixture
def asks(qtbot):
    """Ask for a class in a panel of a width."""

    def asks(names, width):
        sheet = Sheet(Words())
        area = scrolled(sheet)
        qtbot.addWidget(area)
        area.resize(width, 500)
        area.show()
        qtbot.waitExposed(area)
        sheet.set_theme(DARK, Step.BODY)
        asked = Asked("which", "class", "Which one suffers most?", names)
        sheet.show_scene(Shown("A lesson", "which", "Predict", 1, 2, "Look.", asked=asked))
        qtbot.waitUntil(lambda: sheet.answer.buttons[-1].isVisible())
        return area, sheet

    return asks


@pytest.mark.parametrize("width", [200, 262, 600])
@pytest.mark.parametrize("names", [DIGITS, CLOTHES])
def test_they_stand_within_the_width(asks, qtbot, names, width):
    area, sheet = asks(names, width)
    qtbot.waitUntil(lambda: sheet.width() <= area.viewport().width())
    assert list(clipped(area)) == []
    area.resize(width + 200, 500)
    qtbot.waitUntil(lambda: sheet.width() == area.viewport().width())


def test_digits_stand_in_two_rows(asks, qtbot):
    _, sheet = asks(DIGITS, 262)
    qtbot.waitUntil(lambda: len({button.y() for button in sheet.answer.buttons}) == 2)
