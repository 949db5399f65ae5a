"""A menu with a sentence under each entry: legible at every scale, all of it reached by keys."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QMainWindow

from nnviz.lessons import EXAMPLES
from nnviz.views.palette import DARK, LIGHT
from nnviz.views.shared.type_scale import FACTORS, Step, TypeScale
from nnviz.window import theme as look
from nnviz.window.sentence_menu import WRAP, SentenceMenu
from tests.views.grabbing import pixels


@pytest.fixture
def open_menu(qtbot, qapp):
    """Open a menu with all examples in a theme, and note what is chosen."""

    def open_menu(theme=DARK):
        look.apply(qapp, theme)
        window = QMainWindow()
        qtbot.addWidget(window)
        menu = SentenceMenu("Examples", window)
        menu.setObjectName("examples")
        menu.chosen, menu.held = [], window
        for id, one in EXAMPLES.items():
            menu.add(id, one.title, one.sentence, lambda id=id: menu.chosen.append(id))
        menu.set_theme(theme)
        menu.popup(QPoint(0, 0))
        qtbot.waitUntil(menu.isVisible)
        return menu

    yield open_menu
    qapp.setStyleSheet("")


def entries(menu):
    return [action.defaultWidget() for action in menu.actions()]


@pytest.mark.parametrize("factor", FACTORS)
def test_both_lines_have_room_at_every_scale_and_the_menu_fits_the_screen(open_menu, factor):
    theme = replace(LIGHT, scale=TypeScale(factor))
    menu = open_menu(theme)
    screen = menu.screen().availableGeometry()
    assert screen.contains(menu.frameGeometry())
    for entry in entries(menu):
        for place, step, words in zip(
            entry.places(), (Step.BODY, Step.LABEL), (entry.text, entry.sentence), strict=True
        ):
            assert entry.rect().contains(place)
            needed = QFontMetrics(theme.scale.font(entry.font(), step)).boundingRect(
                place, WRAP, words
            )
            assert needed.width() <= place.width()
            assert needed.height() <= place.height()


def test_the_sentence_is_quieter_than_the_text(open_menu):
    entry = entries(open_menu())[0]
    text, sentence = entry.places()
    seen = pixels(entry)

    def brightest(box):
        return seen[box.top() : box.bottom(), box.left() : box.right()].max(axis=(0, 1))

    assert (brightest(sentence) < brightest(text)).all()
    assert np.abs(brightest(sentence).astype(int) - seen[1, 1]).max() > 90  # but can be read


def test_keys_reach_every_entry_and_scroll_to_it(open_menu, qtbot):
    menu = open_menu(replace(DARK, scale=TypeScale(2.5)))
    for place, id in enumerate(EXAMPLES):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        assert menu.activeAction().data() == id
        shown = entries(menu)[place].geometry()
        assert menu.between_arrows().contains(shown)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert menu.chosen == [id]


def test_an_entry_under_the_pointer_is_raised_and_chosen_by_a_click(open_menu, qtbot):
    menu = open_menu()
    third = menu.actions()[2]
    before = pixels(third.defaultWidget())
    place = menu.actionGeometry(third).center()
    qtbot.mouseMove(menu, place)
    qtbot.waitUntil(lambda: menu.activeAction() is third)
    raised = pixels(third.defaultWidget())
    row = len(before) // 2
    assert (raised[row, 2] != before[row, 2]).any()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    assert menu.chosen == [list(EXAMPLES)[2]]


def test_screen_readers_say_the_sentence_too(open_menu):
    spoken = QAccessible.queryAccessibleInterface(open_menu()).child(0)
    name = spoken.text(QAccessible.Text.Name)
    first = next(iter(EXAMPLES.values()))
    assert first.title in name
    assert first.sentence in name
