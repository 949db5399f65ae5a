"""The recipe form: what is typed becomes a recipe, or one sentence."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from nnviz.engine.recipe import Recipe, settings
from nnviz.window.recipe_form import RecipeForm


@pytest.fixture
def form(qtbot):
    form = RecipeForm()
    qtbot.addWidget(form)
    form.resize(240, 700)
    form.show()
    qtbot.waitExposed(form)
    return form


def line(form, name):
    return form.findChild(QLineEdit, name)


def button(form, text):
    return next(b for b in form.findChildren(QPushButton) if b.text() == text)


def test_there_is_a_row_for_every_field_but_the_data_set(form):
    for name, setting in settings().items():
        editor = form.findChild(QComboBox if setting.choices else QLineEdit, name)
        assert (editor is None) == (name == "dataset")


def test_typing_and_enter_start_a_run(form, qtbot):
    editor = line(form, "layers")
    editor.selectAll()
    qtbot.keyClicks(editor, "784-100-10")
    with qtbot.waitSignal(form.chosen) as caught:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert caught.args[0] == replace(Recipe(), layers=(784, 100, 10))


def test_choosing_and_the_button_start_a_run(form, qtbot):
    combo = form.findChild(QComboBox, "cost")
    combo.setFocus()
    qtbot.keyClicks(combo, "cross")
    with qtbot.waitSignal(form.chosen) as caught:
        qtbot.mouseClick(button(form, "Start new run"), Qt.MouseButton.LeftButton)
    assert caught.args[0].cost == "cross_entropy"


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("layers", "784,0,10", "0 neurons"),
        ("layers", "784", "at least an input"),
        ("layers", "abc", "whole numbers"),
        ("learning_rate", "nan", "finite"),
        ("learning_rate", "-1", "above 0"),
        ("learning_rate", "", "must be a number"),
        ("batch_size", "2.5", "whole number"),
    ],
)
def test_the_impossible_is_refused_and_nothing_changes(form, qtbot, name, typed, says):
    editor = line(form, name)
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(editor, typed)
    with qtbot.assertNotEmitted(form.chosen), qtbot.waitSignal(form.refused) as caught:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert says in caught.args[0]
    assert editor.text() == typed


def test_revert_brings_the_running_recipe_back(form, qtbot):
    revert = button(form, "Revert")
    assert not revert.isVisible()
    qtbot.keyClicks(line(form, "seed"), "7")
    assert revert.isVisible()
    qtbot.mouseClick(revert, Qt.MouseButton.LeftButton)
    assert line(form, "seed").text() == "0"
    assert not revert.isVisible()


def test_an_optimisers_own_rows_come_and_go_with_it(form):
    assert not line(form, "momentum").isVisibleTo(form)
    form.show_recipe(Recipe(optimiser="momentum"))
    assert line(form, "momentum").isVisibleTo(form)
    assert not line(form, "beta1").isVisibleTo(form)


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(),
        Recipe(learning_rate=0.123456789, l2=1e-7, seed=123456789),
        Recipe(layers=(784, 20, 20, 10), activation=("relu", "tanh"), optimiser="adamw"),
    ],
)
def test_what_is_shown_reads_back_as_the_very_same_recipe(form, recipe):
    form.show_recipe(recipe)
    assert form.recipe() == recipe


def test_no_row_is_cut_off(form):
    for editor in (*form.findChildren(QComboBox), *form.findChildren(QLineEdit)):
        if editor.isVisibleTo(form) and editor.objectName():
            right = editor.mapTo(form, editor.rect().topRight()).x()
            assert right <= form.width(), editor.objectName()
