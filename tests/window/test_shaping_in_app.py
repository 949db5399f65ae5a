"""The shape of the net by hand, in the whole program: a run begins, and undo takes it back."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.engine.network import views
from nnviz.engine.selection import Selection


def test_a_neuron_more_begins_a_run_with_the_weights_and_undo_brings_the_old_one_back(app, qtbot):
    window = app.window
    view = window.views["network"]
    window.actions_by_id["epoch"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.step > 0 and not window.snapshot.playing)
    before = window.snapshot
    bar = view.controls.shape
    slot = next(slot for slot in bar.slots if (slot.gap, slot.layer) == (False, 1))
    QTest.mouseMove(view, QPoint(20, view.height() - 3))
    QTest.mouseMove(bar, QPoint(round(slot.x), round(bar.height() / 2)))
    qtbot.waitUntil(lambda: bar.slot == slot)
    QTest.mouseClick(bar.buttons["more"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.snapshot.run > before.run)
    after, size = window.snapshot, before.recipe.layers[1]
    assert after.recipe.layers[1] == size + 1
    old, new = (views(each.recipe, each.theta)[0][0] for each in (before, after))
    assert np.array_equal(new[:, :size], old)
    window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(lambda: window.snapshot.recipe == before.recipe)
    assert window.snapshot.step == before.step
    assert window.snapshot.theta.tobytes() == before.theta.tobytes()


def test_the_name_of_a_layer_leads_to_the_activation_functions(app, qtbot):
    window = app.window
    bar = window.views["network"].controls.shape
    bar.point_at(bar.slots[1].x)
    bar.explorer_wanted.emit()
    qtbot.waitUntil(lambda: window.views.in_sight("activation"))
    shown = window.views["activation"]
    qtbot.waitUntil(lambda: shown.shown is not None and shown.shown.live)
    assert shown.shown.layer.number == 1
    assert shown._selection == Selection("neuron", 1, 0)
