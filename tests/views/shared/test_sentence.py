"""Words in as full a wording as has room: sentences and buttons side by side."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nnviz.views.palette import DARK
from nnviz.views.shared.buttons import fit_buttons, panel_button
from nnviz.views.shared.sentence import Sentence
from nnviz.views.shared.type_scale import Step, TypeScale

WORDINGS = ("as full a wording as there is, of many words", "a shorter wording", "short")


def dressed(qtbot, width, lines, factor=1.0, **how):
    sentence = Sentence(**how)
    qtbot.addWidget(sentence)
    scale = TypeScale(factor)
    sentence.dress(replace(DARK, scale=scale), scale.font(QFont(), Step.BODY), lines)
    sentence.resize(width, sentence.height())
    sentence.say(WORDINGS)
    return sentence


@pytest.mark.parametrize(("width", "said"), [(600, 0), (160, 1), (60, 2), (5, 2)])
def test_a_sentence_is_as_full_as_a_line_has_room(qtbot, width, said):
    sentence = dressed(qtbot, width, 1)
    assert sentence.text == WORDINGS[said]
    assert sentence.accessibleName() == WORDINGS[0]
    assert sentence.toolTip() == WORDINGS[0]


def test_what_was_shortened_is_said_in_full_above_the_rest_of_the_tip(qtbot):
    sentence = dressed(qtbot, 600, 1)
    sentence.say(WORDINGS, "more")
    sentence.show()
    assert sentence.toolTip() == "more"
    sentence.resize(60, sentence.height())
    assert sentence.toolTip() == f"{WORDINGS[0]}\nmore"


def test_only_a_steady_one_keeps_room_for_lines_that_it_does_not_need(qtbot):
    heights = [dressed(qtbot, 600, 3, steady=steady).height() for steady in (True, False)]
    assert heights[0] > 2 * heights[1]
    wrapped = dressed(qtbot, 160, 3, steady=False)
    assert wrapped.text == WORDINGS[0]
    assert wrapped.height() >= 2 * heights[1] - 2


def test_with_larger_letters_a_sentence_is_shorter_and_higher(qtbot):
    small, large = (dressed(qtbot, 330, 1, factor) for factor in (1.0, 2.5))
    assert small.text == WORDINGS[0]
    assert large.text != WORDINGS[0]
    assert large.height() > 2 * small.height()


def test_buttons_are_named_as_fully_as_all_that_are_in_sight_have_room(qtbot):
    panel = QWidget()
    qtbot.addWidget(panel)
    row = QHBoxLayout(panel)
    buttons = [panel_button("", "tip") for _ in range(3)]
    for button in buttons:
        row.addWidget(button)
    names = (
        ("a long name", "another name", "third"),
        ("a long name", "other", "3"),
        ("l", "o", "3"),
    )

    def width(words):
        for button, word in zip(buttons, words, strict=True):
            button.setText(word)
        return sum(button.sizeHint().width() for button in buttons if not button.isHidden())

    for said in names:
        fit_buttons(buttons, names, width(said) + 15, 5)
        assert tuple(button.text() for button in buttons) == said
    fit_buttons(buttons, names, 1, 5)
    assert buttons[0].text() == "l"
    needed = width(names[0])
    buttons[2].hide()
    assert width(names[0]) < needed - 10
    fit_buttons(buttons, names, needed - 1, 5)
    assert buttons[0].text() == names[0][0]
