"""Fields for the parameters of a data set: they come with it, and a change of them is one of it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from nnviz.engine.recipe import RecipeError
from nnviz.engine.run.start import start_recipe
from nnviz.window.recipe import RecipeForm

FIELDS = ["data_noise", "data_turns", "data_points", "data_test", "data_seed"]


@pytest.fixture
def form(qtbot):
    form = RecipeForm()
    qtbot.addWidget(form)
    form.resize(300, 900)
    form.show()
    return form


def fields(form):
    return [field.objectName() for field in form.findChildren(QLineEdit) if field.isVisible()]


def write(qtbot, form, name, text, *, enter=False):
    field = form.findChild(QLineEdit, name)
    field.selectAll()
    qtbot.keyClicks(field, text)
    if enter:
        qtbot.keyClick(field, Qt.Key.Key_Return)


def switch(qtbot, form, name):
    qtbot.mouseClick(form.findChild(QToolButton, f"switch_{name}"), Qt.MouseButton.LeftButton)


def test_fields_come_and_go_with_the_data(form, qtbot):
    assert not set(FIELDS) & set(fields(form))
    form.show_recipe(start_recipe("spiral:noise=0.3"))
    qtbot.waitUntil(lambda: set(FIELDS) <= set(fields(form)))
    assert form.findChild(QLineEdit, "data_noise").text() == "0.3"
    assert form.findChild(QLineEdit, "data_turns").text() == "2"
    assert form.findChild(QToolButton, "switch_x1^2").text() == "x₁²"
    assert "from 0.25 to 4" in form.findChild(QLineEdit, "data_turns").toolTip()
    form.show_recipe(start_recipe("plane:direction=-30"))
    assert form.findChild(QLineEdit, "data_direction").text() == "−30°"
    assert form.recipe() == start_recipe("plane:direction=-30")
    form.show_recipe(start_recipe("line"))
    assert form.findChild(QToolButton, "switch_x2") is None
    form.show_recipe(start_recipe("xor"))
    assert not any(name.startswith("data_") for name in fields(form))
    assert "noise" not in [label.text() for label in form.findChildren(QLabel)]


def test_what_fields_say_is_the_name_of_the_data(form, qtbot):
    form.show_recipe(start_recipe("spiral"))
    write(qtbot, form, "data_noise", "1/4")
    write(qtbot, form, "data_seed", "7")
    assert form.recipe() == start_recipe("spiral:noise=0.25,seed=7")
    write(qtbot, form, "data_noise", "0,1")
    write(qtbot, form, "data_seed", "0")
    assert form.recipe().dataset == "spiral"
    assert form._fields.differing(form._recipe) == []


@pytest.mark.parametrize("written", ["spiral:noise=0.10", "spiral:seed=1,noise=1/4"])
def test_a_name_written_otherwise_is_no_change(form, written):
    form.show_recipe(start_recipe(written))
    assert form.recipe().dataset == written
    assert form._fields.differing(form._recipe) == []


def test_enter_goes_on_with_other_data(form, qtbot):
    recipe = start_recipe("spiral")
    form.show_recipe(recipe)
    form.follow(recipe, begun=True)
    with qtbot.waitSignal(form.changed) as changed:
        write(qtbot, form, "data_noise", "0.4", enter=True)
    assert changed.args == [[("dataset", "spiral:noise=0.4")]]
    form.follow(replace(recipe, dataset="spiral:noise=0.4"), begun=True)
    assert form._fields.differing(form._recipe) == []


def test_inputs_are_switched_and_layers_follow_in_a_new_run(form, qtbot):
    recipe = replace(start_recipe("circles"), layers=(2, 5, 1))
    form.show_recipe(recipe)
    form.follow(recipe, begun=True)
    switch(qtbot, form, "x1^2")
    switch(qtbot, form, "sinx2")
    switch(qtbot, form, "x1")
    expected = replace(recipe, dataset="circles:features=x2+x1^2+sinx2", layers=(3, 5, 1))
    assert form.recipe() == expected
    with qtbot.waitSignal(form.chosen) as chosen:
        form.submit()
    assert chosen.args == [expected]


def test_one_input_stays_on(form, qtbot):
    form.show_recipe(start_recipe("circles"))
    for name in ("x1", "x2", "x2"):
        switch(qtbot, form, name)
    assert form.recipe().dataset == "circles:features=x2"
    assert form.recipe().layers == (1, 6, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [("9", "noise takes a number from 0 to 1, not '9'"), ("", "noise takes a number from 0 to 1")],
)
def test_what_is_no_value_is_refused_in_a_sentence(form, qtbot, text, said):
    form.show_recipe(start_recipe("spiral"))
    field = form.findChild(QLineEdit, "data_noise")
    field.clear()
    with qtbot.waitSignal(form.refused) as refused:
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said in refused.args[0]
    with pytest.raises(RecipeError):
        form.recipe()


def test_tab_goes_through_them_from_the_top(form, qtbot):
    form.show_recipe(start_recipe("spiral"))
    qtbot.waitUntil(lambda: form.findChild(QToolButton, "switch_sinx2").isVisible())
    stop = form.findChild(QLineEdit, "data_noise")
    found = []
    while len(found) < 13:
        found.append(stop.objectName())
        stop = stop.nextInFocusChain()
        while not (stop.focusPolicy() & Qt.FocusPolicy.TabFocus and stop.isVisible()):
            stop = stop.nextInFocusChain()
    switches = ["x1", "x2", "x1^2", "x2^2", "x1x2", "sinx1", "sinx2"]
    assert found == [*FIELDS, *(f"switch_{name}" for name in switches), "order"]
