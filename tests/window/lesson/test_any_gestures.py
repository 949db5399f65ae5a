"""Whatever hands do in a lesson: nobody is locked in, nothing unlocked, one's own run is safe."""

import random

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QWidget

from nnviz.engine.changes import THETA
from nnviz.engine.selection import Selection
from nnviz.messages import commands
from nnviz.messages.window_commands import EditParameter, OpenPanel, Select
from nnviz.window.lesson.permitted import permitted
from tests.waiting import events_done

SCENES = "first", "click", "guess", "see", "number", "point"
KEYS = [
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Space", "Right", "Left", "Home", "End")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("G", "H", "D", "L", "1", "2", "3", "Plus")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Return", "Tab", "Up", "Down", "Backspace")),
]
HELD = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
SENT = (
    commands.Play(),
    commands.Pause(),
    commands.StepMinibatch(),
    commands.StepEpoch(),
    commands.StepPhase(),
    commands.StepPhase(back=True),
    commands.StepBack(),
    commands.GoTo(None),
    commands.GoTo(0),
    commands.Undo(),
    commands.Redo(),
    commands.MakeEdit("learning_rate", 0.25),
    commands.MakeEdit("batch_size", 2),
    commands.MakeEdit(THETA, (9.0,), (0,)),
    commands.TakeBranch(0),
    commands.FocusOn(1),
    commands.Verify(),
    EditParameter(1),
    OpenPanel("evaluation"),
    Select(Selection("neuron", 1, 1)),
    Select(Selection("neuron", 2, 0)),
    Select(None),
)


class Hands:
    """Does anything, and notes what passes the gate against what the scene allows."""

    def __init__(self, at, seed):
        self.at, self.draw = at, random.Random(seed)
        self.passed = []
        gate = at.window.gate
        self.judge = gate.judge

        def judge(command):
            allow, recipe = at.script.scene.allow, at.window.snapshot.recipe
            found = self.judge(command)
            if found is not None:
                self.passed.append((command, allow, recipe))
            return found

        gate.judge = judge

    def do(self):
        kind = self.draw.choice(("key", "key", "send", "send", "click", "action", "other"))
        getattr(self, kind)()
        events_done()
        for box in self.at.window.findChildren(QMessageBox):
            box.close()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()

    def key(self):
        self.at.key(self.draw.choice(KEYS), self.draw.choice(HELD))

    def send(self):
        self.at.window.gate.send(self.draw.choice(SENT))

    def click(self):
        """Click anywhere among the panels."""
        window = self.at.window
        where = QPoint(
            self.draw.randrange(300, window.width()), self.draw.randrange(90, window.height())
        )
        target = window.childAt(where)
        if target is None or isinstance(target, QMenu) or _is_dialog_button(target):
            return
        local = QPointF(target.mapFrom(window, where))
        for kind, buttons in (
            (QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton),
            (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
        ):
            there = target.mapToGlobal(local)
            left, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(target, QMouseEvent(kind, local, there, left, buttons, held))

    def action(self):
        ids = ("play", "step", "back", "epoch", "first", "last", "restart", "undo", "redo")
        self.at.window.actions_by_id[self.draw.choice(ids)].trigger()

    def other(self):
        self.draw.choice(
            (
                self.at.player.playback.hint,
                lambda: self.at.window.choose_data("and"),
                self.at.window.form.start,
                lambda: self.at.player.playback.answer(self.draw.choice((0, 1, 2.0, None))),
            )
        )()


def _is_dialog_button(widget: QWidget) -> bool:
    """Tell whether a click would open a dialog of the desktop's, which waits."""
    return widget.window() is not widget and widget.objectName() in ("open", "save")


@pytest.mark.parametrize("scene", SCENES)
def test_random_gestures(at, qtbot, scene):
    window, own = at.window, at.window.snapshot
    recipe, selection = window.requests.recipe, window.selection
    at.open()
    at.go_to(scene)
    hands = Hands(at, SCENES.index(scene))
    for _ in range(60):
        hands.do()
        assert at.scene == scene
        assert window.snapshot.demonstration
    for command, allow, at_that in hands.passed:
        assert permitted(command, allow, at_that) is not None, (command, allow)
    # Nobody is locked in: an answer, and On at most twice, lead on.
    if at.shown.asked is not None and at.shown.asked.answer is None:
        if at.shown.asked.kind == "point":
            window.gate.send(Select(Selection("output", 2, 0)))
            at.player.playback.answer(None)
        else:
            at.player.playback.answer(0)
    at.player.playback.on()
    if at.scene == scene and not at.script.finished:
        at.player.playback.on()
    assert at.script.finished or at.scene != scene
    at.player.leave()
    qtbot.waitUntil(lambda: window.snapshot.run == own.run, timeout=60_000)
    assert window.snapshot.step == own.step
    assert np.array_equal(window.snapshot.theta, own.theta)
    assert window.requests.recipe == recipe
    assert window.selection == selection
