"""A lesson of 45 minutes by keys alone; its stepping and turning parts by three keys of a remote.

`KEYS` says how many each task takes; letters of a name that is typed are keys, too.
"""

from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from nnviz.engine.taught import NONE
from tests.waiting import events_done, until
from tests.window import real_keys

pytestmark = real_keys.needed

NAMES = {" ": "space", ".": "period", "/": "slash", "-": "minus", "_": "underscore"}
"""How X calls keys that have other names than what they write."""
KEYS = {
    "one neuron: 1·3 + 2·4 + 1": 8,
    "an example goes forward, layer by layer": 4,
    "digits": 5,
    "on the stage: desired, actual, difference": 2,
    "the cost, and C as a surface": 1,
    "C with three learning rates": 7,  # before there were stage and palette 8, and a drag
    "a minibatch phase by phase, and back": 17,
    "train for a while": 3,
    "what is misread": 1,
    "what neurons look for": 1,
    "a digit is drawn, read, and taught": 38,
    "XOR from digits": 5,  # before that 10
    "overfitting: 50 training examples": 20,
    "the run is saved": 2,  # and the letters of the file's name
}
"""Keys by task, of any keyboard."""
REMOTE = {
    "before it begins": 1,  # F5
    "a minibatch phase by phase, and back": 16,
    "the class looks at the board meanwhile": 2,
    "three epochs, and one back": 4,
    "through all pages, and back": 18,
}
"""Keys by task, of the three that a presenter's remote has once the stage is on."""


class Teacher:
    """Presses keys in the real window, counts them by task, and waits for what they are to do.

    Attributes:
        counts: keys by task.
    """

    def __init__(self, window):
        self.window = window
        self.counts = {}
        self._now = "before it begins"

    @contextmanager
    def task(self, name):
        self._now = name
        self.counts[name] = 0
        yield

    def press(self, *keys):
        self.counts[self._now] = self.counts.get(self._now, 0) + len(keys)
        real_keys.press(*keys)

    def find(self, typed):
        """Do what the command palette finds for a few letters."""
        before = QApplication.activeWindow()
        self.press("ctrl+k")
        until(lambda: QApplication.activeWindow() not in (None, before))
        self.write(typed)
        self.press("Return")
        until(lambda: QApplication.activeWindow() is before)
        events_done()

    @property
    def moment(self):
        return self.window.snapshot

    @property
    def step(self):
        return self.moment.step

    def at_rest(self):
        until(lambda: not self.moment.playing)

    def steps_through(self, key):
        """Press a key until a minibatch has been gone through by phases; return how often."""
        for count in range(1, 30):
            before = self.moment.phase
            self.press(key)
            until(lambda before=before: self.moment.phase not in (None, before))
            if self.moment.phase.kind == "update":
                return count
        raise AssertionError("a minibatch has no end")

    def gap(self):
        """How much more accurate it is on training examples than on others."""
        measured = self.moment.measured
        if measured is None:
            return 0.0
        return measured.figures.train.accuracy - measured.figures.test.accuracy

    def write(self, text):
        """Type a text into what has the focus."""
        self.press(*(NAMES.get(letter, letter) for letter in text))

    def show_stage(self):
        self.press("F5")
        until(lambda: self.window.projector.has_keys)

    def leave_stage(self):
        """Press Escape until the desktop is there: what is open on the stage is left first."""
        left = []
        self.window.actions_by_id["leave"].triggered.connect(lambda _checked: left.append(True))
        while self.window.projector.on:
            left.clear()
            self.press("Escape")
            until(lambda: left)
        until(self.window.isActiveWindow)

    def turn_to(self, key, id):
        self.press(key)
        until(lambda: self.window.projector.page.id == id)


@pytest.fixture
def teacher(app):
    real_keys.put_pointer_aside()  # another test may have left it where something is drawn
    return Teacher(app.window)


# Each of its parts has a test of its own; that they make a whole lesson takes a while.
@pytest.mark.slow
def test_a_lesson_by_keys_alone(teacher, tmp_path):
    window, stage = teacher.window, teacher.window.projector
    with teacher.task("one neuron: 1·3 + 2·4 + 1"):
        teacher.find("neuron")
        until(lambda: "neuron" in teacher.moment.recipe.dataset)
    with teacher.task("an example goes forward, layer by layer"):
        teacher.press("l", "Right", "Right")
        until(lambda: teacher.moment.phase is not None)
        teacher.press("Escape")
        until(lambda: teacher.moment.phase is None)
    with teacher.task("digits"):
        teacher.find("nnv")
        until(lambda: teacher.moment.recipe.dataset == "digits")
    with teacher.task("on the stage: desired, actual, difference"):
        teacher.show_stage()
        teacher.turn_to("3", "example")
    with teacher.task("the cost, and C as a surface"):
        teacher.turn_to("4", "cost")
    with teacher.task("C with three learning rates"):
        for again in range(3):
            if again:
                teacher.press("Home")
                until(lambda: teacher.step == 0)
                rate = teacher.moment.recipe.learning_rate
                teacher.press("h")
                until(lambda rate=rate: teacher.moment.recipe.learning_rate == rate / 2)
            teacher.press("shift+Right")
            until(lambda: teacher.step > 0 and teacher.step == teacher.moment.reached)
            teacher.at_rest()
        assert len(teacher.moment.branches) == 3
    with teacher.task("a minibatch phase by phase, and back"):
        teacher.turn_to("1", "network")
        at = teacher.step
        assert window.stepping.granularity == "phase"  # since the example went forward by layers
        done = teacher.steps_through("Right")
        assert teacher.step == at + 1
        teacher.press(*["Left"] * done)
        until(lambda: teacher.step == at)
    with teacher.task("train for a while"):
        teacher.press("g", "space")
        until(lambda: teacher.moment.playing and teacher.moment.epoch > 3)
        teacher.press("space")
        teacher.at_rest()
    with teacher.task("what is misread"):
        teacher.turn_to("9", "misread")
    with teacher.task("what neurons look for"):
        teacher.turn_to("8", "fields")
    with teacher.task("a digit is drawn, read, and taught"):
        teacher.turn_to("7", "pad")
        pad = stage.stage.views["pad"]
        while not pad.canvas.hasFocus():
            teacher.press("Tab")
            events_done()
        teacher.press("space", *["Down"] * 20, "space")
        until(lambda: pad.picture.teachable)
        while not pad.tools.teach.hasFocus():
            teacher.press("Tab")
            events_done()
        teacher.press("Return")
        until(pad.popup.isVisible)
        teacher.press("1")
        until(lambda: teacher.moment.recipe.taught != NONE)
    with teacher.task("XOR from digits"):
        teacher.find("xor")
        until(lambda: teacher.moment.recipe.dataset == "xor")
    with teacher.task("overfitting: 50 training examples"):
        teacher.leave_stage()
        teacher.find("nnv")
        until(lambda: teacher.moment.recipe.dataset == "digits")
        teacher.find("train 50")
        until(lambda: teacher.moment.recipe.train_size == 50)
        teacher.press("space")
        until(lambda: teacher.gap() > 0.1)
        teacher.press("space")
        teacher.at_rest()
    with teacher.task("the run is saved"):
        teacher.press("ctrl+s")
        until(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
        # The dialog opens where the last one of the process was: in another test's folder.
        name = str(tmp_path / "lesson")
        teacher.write(name)
        teacher.press("Return")
        until(lambda: list(tmp_path.glob("lesson*.nnviz")))
    teacher.counts["the run is saved"] -= len(name)
    assert teacher.counts == KEYS


def test_its_stepping_and_turning_parts_by_a_remote(teacher):
    """PageDown, PageUp and B only, once the stage is on and it is said what the keys do."""
    window, stage = teacher.window, teacher.window.projector
    window.stepping.by_phase()
    teacher.show_stage()
    with teacher.task("a minibatch phase by phase, and back"):
        done = teacher.steps_through("Next")
        assert teacher.step == 1
        teacher.press(*["Prior"] * done)
        until(lambda: teacher.step == 0)
    with teacher.task("the class looks at the board meanwhile"):
        teacher.press("b")
        until(window.presenting.tools.blank.isVisible)
        teacher.press("b")
        until(lambda: not window.presenting.tools.blank.isVisible())
    window.stepping.by_epoch()
    with teacher.task("three epochs, and one back"):
        for epoch in (1, 2, 3):
            teacher.press("Next")
            until(lambda epoch=epoch: teacher.moment.epoch == epoch)
        teacher.press("Prior")
        until(lambda: teacher.moment.epoch == 2)
    window.actions_by_id["remote"].trigger()
    with teacher.task("through all pages, and back"):
        for page in stage.pages[1:]:
            teacher.press("Next")
            until(lambda page=page: stage.page == page)
        for page in stage.pages[-2::-1]:
            teacher.press("Prior")
            until(lambda page=page: stage.page == page)
    assert teacher.moment.epoch == 2
    assert teacher.counts == REMOTE
