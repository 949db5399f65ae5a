"""Augmentation in the real window: sliders, form and undo on the real threads."""

from PySide6.QtCore import Qt

from nnviz.engine.recipe import Recipe
from nnviz.engine.training.augment import USUAL
from nnviz.views.augment.strengths import UNITS
from tests.window.recipe.groups import field


def strengths(window):
    return {name: getattr(window.snapshot.recipe, name) for name in UNITS}


def test_strengths_are_shown_tried_changed_and_taken_back(qtbot, app):
    window = app.window
    view = window.views["augment"]
    assert not view.isVisible()
    window.choose_data("digits")
    qtbot.waitUntil(lambda: window.snapshot.recipe.dataset == "digits", timeout=60_000)
    assert strengths(window) == USUAL  # these digits are varied from the start
    window.start(Recipe())
    qtbot.waitUntil(lambda: not any(strengths(window).values()))
    window.dock("augment").toggleViewAction().trigger()
    qtbot.waitUntil(lambda: view.shown.pictures is not None)
    row = field(window.form, "shift")
    field(window.form, "shift").setText("")
    qtbot.keyClicks(row, "3")
    assert view.strengths.values["shift"] == 3.0
    assert not any(strengths(window).values())
    window.form.show_recipe(window.snapshot.recipe)
    assert view.strengths.values["shift"] == 0.0
    qtbot.mouseClick(view.usual, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: strengths(window) == USUAL)
    assert view.strengths.values == USUAL
    for _ in USUAL:  # each is a change of its own
        window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: not any(strengths(window).values()))
    qtbot.waitUntil(lambda: not any(view.strengths.values.values()))
