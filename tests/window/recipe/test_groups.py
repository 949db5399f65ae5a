"""Groups of the recipe form: they fold, say what is changed in them, and bring defaults back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton

from nnviz.engine.recipe import Recipe, settings
from nnviz.engine.recipe_settings import group_of
from nnviz.engine.run.start import start_recipe
from nnviz.engine.settings import GROUPS
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.recipe import LiveSteps, RecipeForm
from nnviz.window.theme import apply
from tests.waiting import settled
from tests.window.recipe.groups import head, open_groups

BASICS = ["layers", "activation", "output_activation", "cost", "learning_rate", "batch_size"]
USUAL = start_recipe("digits")


@pytest.fixture
def form(qtbot):
    form = RecipeForm()
    qtbot.addWidget(form)
    form.resize(270, 620)
    form.set_theme(DARK)
    form.show()
    qtbot.waitExposed(form)
    form.follow(USUAL, begun=True, usual=USUAL)
    return form


def shown(form):
    names = settings()
    return [name for name in names if (row := row_of(form, name)) and row.isVisible()]


def row_of(form, name):
    return form.findChild(QLineEdit, name) or form._fields.editors.get(name)


def mark(form, name):
    return form.findChild(QToolButton, f"restore_{name}")


def marked(form, name):
    found = mark(form, name)
    return found is not None and found.isVisible()


def said(form, group):
    return form.findChild(QLabel, f"changed_{group}").text()


def write(qtbot, form, name, text):
    field = form.findChild(QLineEdit, name)
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    field.selectAll()
    qtbot.keyClicks(field, text)


# -- folding ------------------------------------------------------------------------------------


def test_folded_it_shows_what_every_run_must_say(form):
    assert shown(form) == BASICS
    assert all(head(form, group.name).isVisible() for group in GROUPS if group.folds)


def test_a_head_opens_and_folds_its_group(form, qtbot):
    button = head(form, "regularisation")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert set(shown(form)) == {*BASICS, "l2", "l1", "dropout", "patience"}
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert shown(form) == BASICS


def test_every_field_that_is_typed_is_in_a_group_that_opens(form):
    form.follow(replace(USUAL, optimiser="adamw"), begun=True, usual=USUAL)
    open_groups(form)
    for name, setting in settings().items():
        if name != "dataset" and setting.typed:
            row = row_of(form, name)
            assert row.isVisible() == form.fields()[name]
    assert group_of("beta1").name == "optimiser"


def test_a_field_that_is_asked_for_opens_its_group(form):
    form.edit_field("rotation")
    assert row_of(form, "rotation").isVisible()
    assert head(form, "augmentation").isChecked()


def test_what_is_opened_comes_into_sight_in_little_room(form, qtbot):
    form.resize(270, 300)
    settled(form)
    head(form, "augmentation").click()
    area = form._fields.viewport()
    for part in (head(form, "augmentation"), row_of(form, "input_noise")):
        assert area.rect().contains(part.rect().translated(part.mapTo(area, part.rect().topLeft())))
    form.edit_field("trained")
    row = row_of(form, "trained")
    assert area.rect().contains(row.rect().translated(row.mapTo(area, row.rect().topLeft())))


def test_keys_open_and_fold_and_are_not_lost(form, qtbot):
    with qtbot.waitActive(form):
        form.activateWindow()
    button = head(form, "regularisation")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.keyClick(button, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is row_of(form, "l2")
    button.click()
    assert QApplication.focusWidget() is button


def test_no_column_moves_when_a_group_opens(form, qtbot):
    layers = row_of(form, "layers")
    before = layers.geometry(), layers.parentWidget().x(), form.minimumSizeHint().width()
    form.resize(270, 1400)
    open_groups(form)
    settled(form)
    assert (layers.geometry(), layers.parentWidget().x(), form.minimumSizeHint().width()) == before


@pytest.mark.parametrize(("factor", "scrolls"), [(1.0, False), (2.5, True)])
def test_folded_it_has_room_in_a_low_window_and_scrolls_where_letters_are_large(
    form, qtbot, factor, scrolls
):
    theme = replace(DARK, scale=TypeScale(factor))
    apply(QApplication.instance(), theme)
    try:
        form.set_theme(theme)
        form.resize(form.minimumSizeHint().width(), 560)  # of 720: menus, tools, title, status
        settled(form)
        assert (form._fields.verticalScrollBar().maximum() > 0) == scrolls
        assert form._fields.horizontalScrollBar().maximum() == 0
    finally:
        QApplication.instance().setStyleSheet("")


def test_what_has_been_turned_is_kept(form, qtbot):
    assert form.state() == {}
    head(form, "schedule").click()
    again = RecipeForm()
    qtbot.addWidget(again)
    again.restore(form.state())
    assert head(again, "schedule").isChecked()
    again.restore({"groups": {"schedule": "yes", "of somebody": True}})
    assert not head(again, "schedule").isChecked()
    again.restore({"groups": 3})


def test_data_with_parameters_open_by_themselves_until_they_are_folded(form):
    form.show_recipe(start_recipe("spiral"))
    assert row_of(form, "data_noise").isVisible()
    head(form, "data").click()
    assert not row_of(form, "data_noise").isVisible()
    form.show_recipe(start_recipe("moons"))
    assert not row_of(form, "data_noise").isVisible()


# -- what is changed ----------------------------------------------------------------------------


def test_a_folded_group_says_how_many_of_its_values_are_changed(form):
    assert said(form, "regularisation") == ""
    changed = replace(USUAL, l2=0.1, dropout=0.2, seed=7)
    form.follow(changed, begun=True, usual=USUAL)
    assert said(form, "regularisation") == "2 changed"
    assert said(form, "more") == "1 changed"
    assert said(form, "schedule") == ""
    button = head(form, "regularisation")
    assert "L2 λ, dropout" in button.toolTip()
    assert button.accessibleName() == "Regularisation, 2 changed"
    form.follow(replace(changed, momentum=0.5), begun=True, usual=USUAL)
    assert said(form, "optimiser") == "", "nobody reads the momentum"


def test_each_changed_value_is_marked_and_says_what_is_usual(form, qtbot):
    assert not marked(form, "learning_rate")
    write(qtbot, form, "learning_rate", "2")
    assert marked(form, "learning_rate")
    assert "starts with 0.4." in mark(form, "learning_rate").toolTip()
    write(qtbot, form, "learning_rate", "0,40")
    assert not marked(form, "learning_rate")
    form.follow(USUAL, begun=True)  # nobody knows what is usual
    write(qtbot, form, "learning_rate", "2")
    assert not marked(form, "learning_rate")


def test_a_mark_brings_one_usual_value_back_and_it_is_not_in_force_yet(form, qtbot):
    form.follow(replace(USUAL, learning_rate=2.0, batch_size=3), begun=True, usual=USUAL)
    with qtbot.assertNotEmitted(form.changed), qtbot.assertNotEmitted(form.chosen):
        qtbot.mouseClick(mark(form, "learning_rate"), Qt.MouseButton.LeftButton)
    assert form.recipe() == replace(USUAL, batch_size=3)
    with qtbot.waitSignal(form.changed) as caught:
        form.submit()
    assert caught.args[0] == [("learning_rate", 0.4)]


def test_a_head_brings_the_usual_values_of_its_group_back(form, qtbot):
    form.follow(replace(USUAL, l2=0.1, dropout=0.2, seed=7), begun=True, usual=USUAL)
    restore = form.findChild(QToolButton, "restore_group_regularisation")
    assert "Defaults" in restore.toolTip()
    qtbot.mouseClick(restore, Qt.MouseButton.LeftButton)
    assert form.recipe() == replace(USUAL, seed=7)
    assert said(form, "regularisation") == ""
    assert not restore.isVisible()


def test_parameters_of_data_are_changed_where_they_are_not_the_data_sets_own(form, qtbot):
    usual = start_recipe("spiral")
    form.show_recipe(usual)
    form.follow(usual, begun=True, usual=usual)
    assert said(form, "data") == ""
    write(qtbot, form, "data_noise", "off")
    qtbot.mouseClick(form.findChild(QToolButton, "switch_x1^2"), Qt.MouseButton.LeftButton)
    assert form.recipe().dataset == "spiral:noise=0,features=x1+x2+x1^2"
    assert said(form, "data") == "2 changed"
    qtbot.mouseClick(mark(form, "data_noise"), Qt.MouseButton.LeftButton)
    assert form.recipe().dataset == "spiral:features=x1+x2+x1^2"
    form.findChild(QToolButton, "restore_group_data").click()
    assert form.recipe() == usual


# -- what 0 means -------------------------------------------------------------------------------


ZEROES = {name: setting.zero for name, setting in settings().items() if setting.zero}


def test_nothing_is_written_as_what_it_means(form):
    form.follow(Recipe(optimiser="adamw", weight_decay=0.0), begun=True, usual=USUAL)
    assert {ZEROES[name] for name in ("train_size", "l2", "patience")} == {"all", "off", "never"}
    for name, word in ZEROES.items():
        assert row_of(form, name).text() == word


@pytest.mark.parametrize("name", ZEROES)
def test_the_word_is_read_as_0_is(form, name):
    field, word = row_of(form, name), ZEROES[name]
    for text in (word, word.upper(), f" {word} ", "0"):
        field.setText(text)
        assert getattr(form.recipe(), name) == 0
        assert type(getattr(form.recipe(), name)) is type(getattr(Recipe(), name))


def test_another_word_is_refused_in_a_sentence_that_says_which_is_none(form, qtbot):
    form.edit_field("patience")
    write(qtbot, form, "patience", "soon")
    with qtbot.waitSignal(form.refused) as caught:
        qtbot.keyClick(row_of(form, "patience"), Qt.Key.Key_Return)
    assert caught.args[0].endswith("Or write never.")


def test_a_click_on_the_word_lets_it_be_typed_over(form, qtbot):
    form.edit_field("l2")
    field = row_of(form, "l2")
    field.deselect()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field, "0.5")
    assert field.text() == "0.5"


def test_a_step_down_to_nothing_writes_the_word(form, qtbot):
    LiveSteps(form, lambda: None, None)
    form.edit_field("l2")
    write(qtbot, form, "l2", "1e-4")
    qtbot.keyClick(row_of(form, "l2"), Qt.Key.Key_Down)
    assert row_of(form, "l2").text() == "off"
    qtbot.keyClick(row_of(form, "l2"), Qt.Key.Key_Up)
    assert form.recipe().l2 == 1e-4
