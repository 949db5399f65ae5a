"""Dialogs over a stage that covers the window: there they stand, in its letters and colours."""

from datetime import datetime

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QMenu, QToolTip

from nnviz.data.catalogue import FETCHABLE
from nnviz.lessons.counts import Counts, QuestionCount, Said
from nnviz.messages.commands import Start
from nnviz.messages.events import DataMissing, Failure
from nnviz.views import VIEWS
from nnviz.views.palette import THEMES
from nnviz.views.shared.type_scale import PROJECTED
from nnviz.window import questions
from nnviz.window.lesson.counts_sheet import CountsSheet
from nnviz.window.lesson.words import Words
from nnviz.window.projector import BEHIND
from tests.sampled import sampled
from tests.views.test_contrast import unreadable
from tests.waiting import events_done, until
from tests.window.conftest import RECIPE
from tests.window.geometry import cut_off
from tests.window.projector.letters import letters_of

PLACE = QRect(0, 0, 1280, 720)
COMMANDS = (
    *("help", "preferences", "about", "words", "glossary", "command_palette"),
    *("save_page", "arrange_pages", "open", "open_table", "open_folder", "save_as"),
    *("save_model", "save_example", "save_stage"),
)
"""Commands that open a dialog."""
LOOKS = sampled([("beamer", 1.0), ("dark", 1.5)], every=2)
"""Themes of the stage, and how much it is enlarged."""


@pytest.fixture(scope="module", params=LOOKS, ids=str)
def shared(stage_of_module, request):
    """A window in a theme of its own, and the other one that its stage has."""
    theme, enlarged = request.param
    window = stage_of_module.window(VIEWS, (1280, 720))
    window.show_snapshot(stage_of_module.snapshot(steps=6))
    window.projector.set_theme(THEMES[theme], enlarged)
    if theme == "dark":
        window.appearance.keep_theme("light")
    yield window, THEMES[theme], enlarged
    stage_of_module.close()


@pytest.fixture
def projected(shared):
    """The window, covered by its stage; every test finds them alone, and the first page."""
    window, theme, enlarged = shared
    window.projector.set_theme(theme, enlarged)
    window.projector.show_page(0)
    window.projector.show_at(PLACE, covering=True, full=False)
    events_done()
    yield window
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.projector.close()
    events_done()


def dialog_over(window):
    """Return the one dialog that is open, wherever it is."""
    (found,) = [one for one in window.findChildren(QDialog) if one.isVisible()]
    return found


def judge(window, dialog):
    """A dialog over the stage is read from the back row, and lies within its picture."""
    stage = window.projector.stage
    events_done()
    assert dialog.parentWidget() is stage
    if not isinstance(dialog, QFileDialog):  # that has the screen, and names too long for it
        assert PLACE.contains(dialog.frameGeometry()), dialog.frameGeometry()
        assert cut_off(dialog) == []
    letters = letters_of(dialog)
    assert letters
    assert [one for one in letters if one[0] < PROJECTED - 0.01] == []
    assert unreadable(dialog) == []


@pytest.mark.parametrize("id", COMMANDS)
def test_what_a_command_opens(projected, id):
    projected.projector.stage.setFocus()
    action = projected.actions_by_id[id]
    assert action.isEnabled(), id
    action.trigger()
    events_done()
    judge(projected, dialog_over(projected))


def tell_failure(window):
    questions.tell_failure(window, Failure("It went wrong: do this.", "why"))


def ask_for_data(window):
    missing = DataMissing(Start(RECIPE), "/a/folder/with/a/table.csv", "It is gone.")
    questions.ask_for_data(window, missing, print)


def offer_recovery(window):
    questions.offer_recovery(window, datetime(2026, 11, 30, 5, 15), print)


def offer_download(window):
    window.downloads.offer(next(iter(FETCHABLE)))


def show_counts(window):
    said = Said("yes", 1, True), Said("no", 1, False)
    question = QuestionCount("lesson", "scene", 1, 1, 0, said, 3)
    counts = Counts(("a.answers",), (question,), ("c.answers: this is no file of answers.",))
    front = window.projector.front()
    CountsSheet(counts, Words(), window.projector.theme_in_front(), front).show()


def find_a_picture(window):
    window.projector.show_view("pad")
    window.projector.stage.views["pad"].open_picture()


@pytest.mark.parametrize(
    "opens",
    [tell_failure, ask_for_data, offer_recovery, offer_download, show_counts, find_a_picture],
)
def test_what_opens_by_itself(projected, opens):
    opens(projected)
    events_done()
    judge(projected, dialog_over(projected))


def letters_too_small(widget):
    return [one for one in letters_of(widget) if one[0] < PROJECTED - 0.01]


def test_menus_and_lists_of_every_page(projected):
    stage, seen = projected.projector.stage, 0
    projected.projector.show_bar()
    for number in range(len(projected.projector.pages)):
        projected.projector.show_page(number)
        events_done()
        for menu in stage.findChildren(QMenu):
            menu.popup(stage.mapToGlobal(PLACE.center()))
            events_done()
            if menu.isVisible():
                seen += 1
                assert letters_too_small(menu) == []
                assert unreadable(menu) == []
            menu.hide()
        for box in stage.findChildren(QComboBox):
            if box.isVisible() and box.count():
                seen += 1
                box.showPopup()
                events_done()
                assert letters_too_small(box.view().window()) == []
                assert unreadable(box.view()) == []
                box.hidePopup()
    assert seen > 5


def test_the_weight_editor_and_tips(projected):
    stage = projected.projector.stage
    stage.edit_parameter(0)
    stage.weights._refuse("This is no number: type one such as 0.25 or 1/4.")
    events_done()
    assert letters_too_small(stage.weights) == []
    assert cut_off(stage.weights) == []
    assert unreadable(stage.weights) == []
    QToolTip.showText(stage.mapToGlobal(PLACE.center()), "What it does  [K]", stage.weights)
    (tip,) = [one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel")]
    assert letters_too_small(tip) == []
    assert unreadable(tip) == []
    QToolTip.hideText()


def test_what_stays_open_is_at_home_wherever_it_is_opened_next(projected):
    projector, glossary = projected.projector, projected.actions_by_id["glossary"]
    glossary.trigger()
    judge(projected, dialog_over(projected))
    projector.close()
    events_done()
    assert [one for one in projected.findChildren(QDialog) if one.isVisible()] == []
    glossary.trigger()
    dialog = dialog_over(projected)
    assert dialog.parentWidget() is projected
    assert letters_of(dialog)[-1][0] == 14
    dialog.close()
    projector.show_at(PLACE, covering=True, full=False)
    glossary.trigger()
    judge(projected, dialog_over(projected))
    projector.next_theme()
    projector.larger()
    judge(projected, dialog_over(projected))


@pytest.mark.parametrize("id", [*COMMANDS[:3], "open", "command_palette"])
def test_beside_a_stage_on_another_screen_they_stand_before_the_teacher(projected, id):
    projector = projected.projector
    projector.close()
    projector.show_at(QRect(1300, 0, 600, 400), covering=False, full=False)
    projector.stage.activateWindow()
    projected.actions_by_id[id].trigger()
    events_done()
    dialog = [one for one in projected.findChildren(QDialog) if one.isVisible()][-1]
    assert dialog.parentWidget() is projected
    assert letters_of(dialog)[-1][0] < PROJECTED


def test_the_palette_offers_nothing_that_would_be_done_behind_the_stage(projected):
    projected.projector.stage.activateWindow()
    until(lambda: projected.projector.has_keys)
    projected.command_palette.open()
    events_done()
    listed = {entry.id for entry in dialog_over(projected).entries()}
    assert listed.isdisjoint(f"action:{id}" for id in BEHIND)
    assert {"action:play", "action:help", "action:menu_bar"} <= listed


def test_keys_go_back_to_a_stage_on_another_screen(projected):
    projector = projected.projector
    projector.close()
    projector.show_at(QRect(1300, 0, 600, 400), covering=False, full=False)
    projector.stage.activateWindow()
    until(lambda: projector.has_keys)
    projected.actions_by_id["about"].trigger()
    (dialog,) = [one for one in projected.findChildren(QDialog) if one.isVisible()]
    dialog.activateWindow()
    until(dialog.isActiveWindow)
    dialog.accept()
    until(lambda: projector.has_keys)
