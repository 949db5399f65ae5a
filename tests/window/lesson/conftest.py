"""The whole program with a lesson of a few scenes, one of each kind, on a small net."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from nnviz.lessons import load_lesson

LESSON = """
id = "little"
title = "A little lesson"
aim = "You can go through a lesson."
minutes = 3
needs = []
tags = ["test"]

[start]
recipe = { dataset = "xor", layers = [2, 3, 1], seed = 3, learning_rate = 2.0 }
[start.look]
granularity = "phase"
selection = "neuron(1, 0)"

[[scene]]
id = "first"
kind = "watch"
text = "A net at step {step}, with {layers[1]} hidden neurons."
mark = ["neuron(1, 1)", "panel(inspector)", "command(step)"]

[[scene]]
id = "click"
kind = "do"
text = "Click the second hidden neuron."
allow = ["select"]
done = "selection == neuron(1, 1)"
hints = ["Look at the second column.", "It is the second from the top.", "Click neuron 2."]

[[scene]]
id = "guess"
kind = "predict"
text = "Ten minibatches more."
set = { recipe = { learning_rate = 1.0 } }
allow = ["step", "play"]
remember = { before = "test_cost" }
[scene.question]
ask = "Does the cost fall?"
choices = [
  { text = "Yes", right = "test_cost < before", feedback = "It fell." },
  { text = "No", right = "test_cost >= before", feedback = "It did not." },
]

[[scene]]
id = "see"
kind = "observe"
text = "Now at step {step}."
play = { until = "step >= 10", at = 200 }

[[scene]]
id = "number"
kind = "transfer"
text = "One more."
[scene.question]
ask = "How many hidden neurons?"
answer = "layers[1]"
feedback = [{ text = "There are {layers[1]}." }]
right_feedback = "Yes, {layers[1]}."

[[scene]]
id = "point"
kind = "transfer"
text = "The last one."
[scene.question]
ask = "Where does the answer come out?"
point = "output"
answer = "output(0)"
feedback = [{ text = "It comes out at the right." }]
right_feedback = "There."
"""


LAPTOP = 1280, 720


class Class:
    """Somebody at a lesson in the whole program."""

    def __init__(self, qtbot, app, path):
        self.qtbot, self.app, self.window, self.path = qtbot, app, app.window, path

    @property
    def player(self):
        return self.window.course.player

    @property
    def script(self):
        return self.player.script

    @property
    def scene(self):
        return self.script.scene.id

    @property
    def shown(self):
        return self.player.playback.shown

    def open(self, text=LESSON):
        self.path.write_text(text, encoding="utf-8")
        self.window.files.open_path(self.path)
        self.ready()
        return self.player

    def ready(self, timeout=60_000):
        self.qtbot.waitUntil(lambda: self.player.script.arrived, timeout=timeout)

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def on(self):
        before = self.scene
        self.key(Qt.Key.Key_PageDown)
        self.qtbot.waitUntil(lambda: self.script.finished or self.scene != before, timeout=60_000)
        if not self.script.finished:
            self.ready()

    def go_to(self, id):
        """Pass over scenes as somebody does who wants to be there."""
        while self.scene != id:
            if self.shown.asked is not None and self.shown.asked.answer is None:
                self.player.playback.answer(0)
            if not self.script.can_go_on:
                self.player.playback.on()
            self.on()

    def escape(self):
        """Press Escape until it asks whether to leave; what is open in a view is left first."""
        found = []
        for _ in range(4):
            self.key(Qt.Key.Key_Escape)
            found = self.window.findChildren(QMessageBox, "leave_lesson")
            if found:
                break
        return found[0]

    def click(self, button):
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture(scope="module")
def size_of_app(request):
    """As a laptop has it, where fewer panels are drawn, or as a module's `SIZE` says.

    Where much is chosen on the surface, that has to be there before: what it shows of its own
    accord cannot be told from what a lesson left in it.
    """
    return getattr(request.module, "SIZE", LAPTOP)


@pytest.fixture
def at(qtbot, app_at_rest, tmp_path):
    """Somebody at the little lesson, who trained four minibatches before."""
    return _trained(qtbot, app_at_rest, tmp_path)


@pytest.fixture
def at_alone(qtbot, app, tmp_path):
    """`at`, in a window that no other test has."""
    return _trained(qtbot, app, tmp_path)


def _trained(qtbot, app, tmp_path):
    window = app.window
    for _ in range(4):
        window.stepping.forward()
    qtbot.waitUntil(lambda: window.snapshot.step == 4, timeout=60_000)
    return Class(qtbot, app, tmp_path / "little.toml")


@pytest.fixture
def lesson(tmp_path):
    path = tmp_path / "little.toml"
    path.write_text(LESSON, encoding="utf-8")
    return load_lesson(path)
