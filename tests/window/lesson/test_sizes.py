"""The lesson panel in small and large windows, letters of every size, every theme: all has room."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from nnviz.views.palette import THEMES
from nnviz.window.lesson.choice_button import ChoiceButton
from tests.sampled import sampled
from tests.waiting import calm, events_done

SIZES = (1280, 720), (1920, 1080)
FACTORS = 1.0, 1.5, 2.0, 2.5
IN_ALL = "dark"
"""The theme in which all of them are looked at; others have other colours, and are no larger."""
ENDS = "ends"
"""The smallest and the largest of all, in that theme: the others lie between them."""


def cut_off(panel):
    """What has less room in the panel than it needs."""
    for button in panel.findChildren(QPushButton):
        if button.isVisible() and button.sizeHint().width() > button.width():
            yield button.text()
    for label in panel.findChildren(QLabel):
        if label.isVisible() and label.heightForWidth(label.width()) > label.height():
            yield label.text()
    for choice in panel.findChildren(ChoiceButton):
        if choice.isVisible() and choice.heightForWidth(choice.width()) > choice.height():
            yield choice.text()


@pytest.mark.parametrize("theme", sampled((ENDS, *THEMES), every=1 + len(THEMES)))
def test_nothing_is_cut_off(at, theme):
    window, player = at.window, at.open()
    panel = player.screen.panel
    window.set_theme(THEMES[IN_ALL if theme == ENDS else theme])
    at.go_to("guess")
    at.player.playback.on()  # says what is missing, in the quiet line
    whole = theme == IN_ALL
    for factor in FACTORS if whole else (FACTORS[0], FACTORS[-1]):
        window.set_scale(factor)
        for size in SIZES if whole else SIZES[:1]:
            window.resize(*size)
            calm(window)
            events_done()
            assert panel.font().pixelSize() != 0
            assert list(cut_off(panel)) == [], (size, factor)
            assert window.rect().contains(panel.mapTo(window, panel.rect().bottomRight()))
            assert panel.width() <= 0.4 * window.width()
            for button in (panel.on, panel.back, panel.close_button):
                assert panel.rect().contains(button.geometry()), (size, factor)
