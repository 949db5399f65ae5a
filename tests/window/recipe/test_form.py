"""The recipe form: what is typed becomes a recipe, or one sentence."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QToolButton

from nnviz.engine.changes import CHANGEABLE
from nnviz.engine.recipe import Recipe, settings
from nnviz.engine.run.start import start_recipe
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.window.fitting_letters import FittingLetters
from nnviz.window.recipe import RecipeForm
from nnviz.window.theme import apply
from tests.sampled import sampled
from tests.waiting import settled
from tests.window.geometry import cut_off
from tests.window.recipe.groups import open_groups


@pytest.fixture
def form(qtbot):
    form = RecipeForm()
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        show_all_of(form)
    return form


@pytest.fixture(scope="module")
def form_of_module(qapp):
    """A form for all tests that only bring a recipe into it."""
    form = RecipeForm()
    show_all_of(form)
    yield form
    form.close()
    form.deleteLater()


def show_all_of(form):
    form.resize(240, 700)
    form.show()
    open_groups(form)


def line(form, name):
    return form.findChild(QLineEdit, name)


def button(form, text):
    return next(b for b in form.findChildren(QPushButton) if b.text() == text)


def test_there_is_a_row_for_every_field_that_is_typed_but_the_data_set(form):
    for name, setting in settings().items():
        editor = form.findChild(QComboBox if setting.choices else QLineEdit, name)
        assert (editor is None) == (name == "dataset" or not setting.typed)


def test_typing_and_enter_start_a_run(form, qtbot):
    editor = line(form, "layers")
    editor.selectAll()
    qtbot.keyClicks(editor, "784-100-10")
    with qtbot.waitSignal(form.chosen) as caught:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert caught.args[0] == replace(Recipe(), layers=(784, 100, 10))


@pytest.mark.parametrize(("typed", "rate"), [("0,5", 0.5), ("1/4", 0.25), ("2,5e-3", 0.0025)])
def test_one_number_is_typed_as_people_write_it(form, qtbot, typed, rate):
    editor = line(form, "learning_rate")
    editor.selectAll()
    qtbot.keyClicks(editor, typed)
    with qtbot.waitSignal(form.chosen) as caught:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert caught.args[0] == replace(Recipe(), learning_rate=rate)


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


def type_into(qtbot, editor, text):
    qtbot.mouseClick(editor, Qt.MouseButton.LeftButton)
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def offered(form):
    """The texts of the buttons that can be seen, the primary one marked with a star."""
    return {
        f"*{b.text()}" if b.objectName() == "Primary" else b.text()
        for b in form.findChildren(QPushButton)
        if b.isVisible()
    }


@pytest.fixture
def begun(form):
    """A form whose run has gone beyond step 0."""
    form.follow(Recipe(), begun=True)
    return form


def test_what_may_change_on_the_way_is_a_change_from_here(begun, qtbot):
    assert offered(begun) == {"Start new run"}
    type_into(qtbot, line(begun, "learning_rate"), "2")
    type_into(qtbot, line(begun, "batch_size"), "20")
    assert offered(begun) == {"*Change from here", "Start new run", "Revert"}
    with qtbot.assertNotEmitted(begun.chosen), qtbot.waitSignal(begun.changed) as caught:
        qtbot.keyClick(line(begun, "batch_size"), Qt.Key.Key_Return)
    assert caught.args[0] == [("learning_rate", 2.0), ("batch_size", 20)]
    with qtbot.waitSignal(begun.changed) as caught:
        qtbot.mouseClick(button(begun, "Change from here"), Qt.MouseButton.LeftButton)
    assert len(caught.args[0]) == 2
    with qtbot.waitSignal(begun.chosen) as caught:
        qtbot.mouseClick(button(begun, "Start new run"), Qt.MouseButton.LeftButton)
    assert caught.args[0] == replace(Recipe(), learning_rate=2.0, batch_size=20)


ROWS = [name for name, setting in settings().items() if name != "dataset" and setting.typed]


@pytest.mark.parametrize("name", sampled(ROWS, every=3))
def test_every_row_is_a_change_or_a_new_run_as_the_engine_says(begun, qtbot, name):
    recipe = Recipe(schedule="step_decay", optimiser="adamw")
    begun.follow(recipe, begun=True)
    editor = begun.findChild(QComboBox, name)
    if editor is not None:
        editor.setCurrentIndex((editor.currentIndex() + 1) % editor.count())
    else:
        editor = line(begun, name)
        editor.setText("784,9,10" if name == "layers" else "0.25")
        editor.textEdited.emit(editor.text())
    expected = "*Change from here" if name in CHANGEABLE else "*Start new run"
    assert expected in offered(begun)
    assert ("Change from here" in str(offered(begun))) == (name in CHANGEABLE)


def test_a_row_that_cannot_change_makes_it_a_new_run(begun, qtbot):
    type_into(qtbot, line(begun, "learning_rate"), "2")
    type_into(qtbot, line(begun, "seed"), "7")
    assert offered(begun) == {"*Start new run", "Revert"}
    with qtbot.assertNotEmitted(begun.changed), qtbot.waitSignal(begun.chosen):
        qtbot.keyClick(line(begun, "learning_rate"), Qt.Key.Key_Return)


def test_before_the_first_step_there_is_nothing_to_change_from(form, qtbot):
    type_into(qtbot, line(form, "learning_rate"), "2")
    assert offered(form) == {"*Start new run", "Revert"}
    with qtbot.assertNotEmitted(form.changed), qtbot.waitSignal(form.chosen):
        qtbot.keyClick(line(form, "learning_rate"), Qt.Key.Key_Return)
    form.follow(Recipe(), begun=True)  # the run goes on while it is being typed
    assert offered(form) == {"*Change from here", "Start new run", "Revert"}
    assert line(form, "learning_rate").text() == "2"


def test_enter_with_nothing_new_throws_no_run_away(begun, qtbot):
    with qtbot.assertNotEmitted(begun.chosen), qtbot.waitSignal(begun.changed) as caught:
        qtbot.keyClick(line(begun, "seed"), Qt.Key.Key_Return)
    assert caught.args[0] == []


def test_an_impossible_change_is_refused(begun, qtbot):
    type_into(qtbot, line(begun, "learning_rate"), "fast")
    assert "*Change from here" in offered(begun)
    with qtbot.assertNotEmitted(begun.changed), qtbot.waitSignal(begun.refused) as caught:
        qtbot.keyClick(line(begun, "learning_rate"), Qt.Key.Key_Return)
    assert "must be a number" in caught.args[0]


def test_the_form_follows_the_run_but_keeps_what_is_being_typed(begun, qtbot):
    type_into(qtbot, line(begun, "l2"), "0.5")
    begun.follow(replace(Recipe(), learning_rate=2.0), begun=True)  # as by redo
    assert line(begun, "learning_rate").text() == "2"
    assert line(begun, "l2").text() == "0.5"
    begun.follow(Recipe(), begun=True)  # as by undo
    assert line(begun, "learning_rate").text() == "1"
    begun.follow(replace(Recipe(), l2=0.125), begun=True)  # the row's own value changed
    assert line(begun, "l2").text() == "0.125"
    assert offered(begun) == {"Start new run"}
    begun.follow(replace(Recipe(), schedule="cosine"), begun=True)
    assert begun.findChild(QComboBox, "schedule").currentData() == "cosine"
    assert line(begun, "schedule_epochs").isVisible()


def hint(form):
    return form.findChild(QLabel, "enter_hint").text()


def test_every_row_says_what_enter_will_do_and_enter_does_that(begun, qtbot):
    assert hint(begun) == ""
    assert "this run goes on" in line(begun, "train_size").toolTip()
    assert "a new run begins" in line(begun, "layers").toolTip()
    assert "Ctrl+Z brings this one back" in line(begun, "layers").toolTip()
    type_into(qtbot, line(begun, "train_size"), "500")
    assert hint(begun) == "Enter: this run goes on with it from here."
    with qtbot.waitSignal(begun.changed), qtbot.assertNotEmitted(begun.chosen):
        qtbot.keyClick(line(begun, "train_size"), Qt.Key.Key_Return)
    type_into(qtbot, line(begun, "layers"), "784,5,10")
    assert hint(begun).startswith("Enter: a new run begins with it")
    assert "a new run begins" in line(begun, "train_size").toolTip(), "it goes with the layers now"
    with qtbot.waitSignal(begun.chosen), qtbot.assertNotEmitted(begun.changed):
        qtbot.keyClick(line(begun, "train_size"), Qt.Key.Key_Return)


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("run_is_begun", [True, False])
def test_enter_with_nothing_new_records_nothing(form_of_module, qtbot, name, run_is_begun):
    form = form_of_module
    odd = replace(Recipe(), learning_rate=0.1 + 0.2, l2=1e-7 / 3, input_noise=1 / 3)
    form.follow(odd, begun=run_is_begun)
    editor = line(form, name)
    if editor is None or not editor.isVisible():
        return
    with qtbot.assertNotEmitted(form.chosen), qtbot.waitSignal(form.changed) as caught:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert caught.args[0] == []


def test_defaults_fills_in_the_usual_values_and_nothing_is_in_force_yet(form, qtbot):
    defaults = form.findChild(QToolButton, "defaults")
    usual = start_recipe("xor")
    left = replace(usual, layers=(2, 1), learning_rate=0.01, train_size=3)
    form.follow(left, begun=True, usual=usual)
    with qtbot.assertNotEmitted(form.chosen), qtbot.assertNotEmitted(form.changed):
        qtbot.mouseClick(defaults, Qt.MouseButton.LeftButton)
    assert form.recipe() == usual
    assert not defaults.isEnabled()
    with qtbot.waitSignal(form.chosen) as caught:
        qtbot.keyClick(line(form, "layers"), Qt.Key.Key_Return)
    assert caught.args[0] == usual


def test_parameters_of_this_net_do_not_keep_another_from_being_started(begun, qtbot):
    begun.follow(replace(Recipe(), trained="23627"), begun=True)
    type_into(qtbot, line(begun, "layers"), "784,2,10")
    with qtbot.assertNotEmitted(begun.refused), qtbot.waitSignal(begun.chosen) as caught:
        qtbot.keyClick(line(begun, "layers"), Qt.Key.Key_Return)
    assert caught.args[0] == replace(Recipe(), layers=(784, 2, 10))


def test_a_switch_of_this_run_is_not_one_of_the_next(begun, qtbot):
    begun.follow(replace(Recipe(), trained="1,2"), begun=True)
    with qtbot.waitSignal(begun.chosen) as caught:
        qtbot.mouseClick(button(begun, "Start new run"), Qt.MouseButton.LeftButton)
    assert caught.args[0] == Recipe()


@pytest.mark.parametrize(
    "layers", sampled([(784, 10), (784, 128, 64, 10), (784, 100, 50, 10), (100, 100, 10)], every=3)
)
@pytest.mark.parametrize("factor", sampled([1.0, 1.5, 2.5], every=2))
def test_all_of_a_rows_text_can_be_read(form, qtbot, layers, factor):
    scale = TypeScale(factor)
    theme = replace(DARK, scale=scale)
    least, usual = scale.px(Step.CAPTION), scale.px(Step.BODY)
    apply(QApplication.instance(), theme)
    try:
        form.set_theme(theme)
        form.resize(scale.space(240), 700)
        qtbot.waitUntil(lambda: form.width() == scale.space(240))
        form.follow(replace(Recipe(), layers=layers), begun=False)
        field = form.findChild(QLineEdit, "layers")
        letters = field.findChild(FittingLetters)
        assert letters.whole
        assert least <= field.fontInfo().pixelSize() <= usual
        form.follow(replace(Recipe(), layers=(2, 1)), begun=False)
        assert field.fontInfo().pixelSize() == usual
        field.setText("1" * 60)
        assert not letters.whole
        assert field.fontInfo().pixelSize() == least
    finally:
        QApplication.instance().setStyleSheet("")


@pytest.mark.parametrize("factor", sampled([1.0, 1.5, 2.5], every=2))
def test_every_choice_is_seen_whole_or_ends_with_an_ellipsis_and_is_in_the_tip(form, qtbot, factor):
    scale = TypeScale(factor)
    apply(QApplication.instance(), replace(DARK, scale=scale))
    try:
        form.set_theme(replace(DARK, scale=scale))
        form.resize(scale.space(240), 700)
        qtbot.waitUntil(lambda: form.width() == scale.space(240))
        recipe = replace(Recipe(), cost="cross_entropy", schedule="cosine")
        form.follow(recipe, begun=False)
        assert cut_off(form) == []
        assert form.findChild(QComboBox, "cost").findChild(FittingLetters).whole
        for field in form.findChildren(QComboBox):
            for choice in range(field.count()):
                field.setCurrentIndex(choice)
                assert field.currentText() in field.toolTip()
                assert field.fontInfo().pixelSize() >= scale.px(Step.CAPTION)
                settled(form)
                assert cut_off(form) == []
    finally:
        QApplication.instance().setStyleSheet("")


# -- one field, asked for from elsewhere ---------------------------------------------------------


def test_a_field_takes_the_keys_and_is_typed_over(form, qtbot):
    with qtbot.waitActive(form):
        form.activateWindow()
    form.edit_field("learning_rate")
    assert QApplication.focusWidget() is line(form, "learning_rate")
    qtbot.keyClicks(QApplication.focusWidget(), "0.25")
    assert line(form, "learning_rate").text() == "0.25"


def test_one_field_is_set_beside_what_is_typed_in_others(form, qtbot):
    form.follow(Recipe(), begun=True)
    qtbot.keyClicks(line(form, "batch_size"), "7")
    with qtbot.waitSignal(form.changed) as caught:
        form.set_field("learning_rate", 0.25)
    assert caught.args[0] == [("learning_rate", 0.25)]
    assert line(form, "batch_size").text() == "710"
    assert form.goes_on_with("learning_rate")


def test_a_field_that_cannot_change_in_a_run_begins_another(form, qtbot):
    form.follow(Recipe(trained="3,5"), begun=True)
    with qtbot.waitSignal(form.chosen) as caught:
        form.set_field("layers", (784, 20, 10))
    assert caught.args[0] == Recipe(layers=(784, 20, 10))
    with qtbot.waitSignal(form.refused) as caught:
        form.set_field("layers", (784,))
    assert "layer" in caught.args[0]


def test_fields_tell_whether_the_recipe_uses_them(form):
    used = form.fields()
    assert used["learning_rate"]
    assert not used["momentum"]
