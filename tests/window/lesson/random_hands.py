"""Hands that do anything in a lesson, and what must not come of it."""

import random
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from nnviz.engine.changes import THETA
from nnviz.engine.selection import Selection
from nnviz.messages import commands
from nnviz.messages.window_commands import EditParameter, OpenPanel, Select
from nnviz.views.view import View
from nnviz.window.lesson.permitted import permitted
from tests.waiting import events_done

KEYS = [
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Space", "Right", "Left", "Home", "End")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("G", "H", "D", "L", "N", "X", "E", "F2")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("1", "2", "3", "Plus", "Minus", "Escape")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Return", "Up", "Down", "Backspace")),
]
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
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
    Select(Selection("neuron", 1, 0)),
    Select(None),
)
ACTIONS = (
    *("play", "step", "back", "epoch", "first", "last", "restart", "undo", "redo", "enlarge"),
    *("restore_layout", "faster", "slower", "granularity", "look_through", "browse", "learn_hand"),
)
TRAINS = {"step", "back", "play", "goto", "undo", "recipe", "teach", "points", "table", "shape"}
FREED_BY = {
    "theta": {"weights", "biases", *TRAINS},
    "step": TRAINS,
    "phase": {"weights", "biases", "eta", "inputs", "examples", *TRAINS},
    "rate": {"eta", "recipe", "undo", "back", "goto"},
    "layers": {"shape", "recipe", "undo", "table"},
    "selection": {"select", "why", *TRAINS},
    "own": {"inputs", "draw", "examples"},
    "example": {"examples", *TRAINS},
    "pace": {"pace"},
    "granularity": {"pace"},
    "panels": {"panels"},
    "enlarged": {"panels"},
    "edges": {"edges", "fields", "shape"},
    "activation": {"activation"},
    "surface": {"surface"},
    "race": {"race"},
    "plane": {"points"},
    "cost": set(),
    "evaluation": {"evaluate"},
    "data": {"examples"},
}
"""Which gestures may change what is on screen, of which one has to be allowed."""
CHOSEN = {
    "edges": ("network", ("edges", "fixed", "numbers", "all_edges", "fields", "maps", "focused")),
    "activation": ("activation", ("shown", "second")),
    "surface": ("surface", ("kind", "mode", "log", "points", "sample", "seed")),
    "race": ("race", ("surface", "racers", "rates", "start", "mode")),
    "plane": ("plane", ("train", "test", "steps", "shares")),
    "cost": ("cost", ("log", "hidden", "shown")),
    "evaluation": ("evaluation", ("page",)),
    "data": ("data", ("part",)),
}
"""What is chosen in views: the view, and what of its state only hands change."""


@dataclass
class Passed:
    """A command that passed, and what the scene allowed then."""

    command: object
    allow: frozenset
    recipe: object
    at: str


class Hands:
    """Does anything in a lesson, and notes what came of it."""

    def __init__(self, window, seed):
        self.window, self.draw = window, random.Random(seed)
        self.passed, self.done = [], []
        self._closing = QTimer(window, interval=20)
        self._closing.timeout.connect(self.close_popups)
        gate = window.gate
        self._judge = gate.judge
        gate.judge = self._note

    def _note(self, command):
        allow, recipe = frozenset(self.script.scene.allow), self.window.snapshot.recipe
        at = self.player.screen.closed.at
        found = self._judge(command)
        if found is not None:
            self.passed.append(Passed(command, allow, recipe, at))
        return found

    @property
    def player(self):
        return self.window.course.player

    @property
    def script(self):
        return self.player.script

    def close_popups(self):
        """Close what has opened, as it is: menus of views take a key first."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        if popup is not None:
            if any(isinstance(at, View) for at in around(popup)):
                QTest.keyClick(popup, Qt.Key.Key_Down)
                QTest.keyClick(popup, Qt.Key.Key_Return)
            if (popup := QApplication.activePopupWidget()) is not None:
                popup.close()
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox):
                box.close()
        if modal is not None and not isinstance(modal, QMessageBox):
            modal.close()

    def do(self):
        """Do one thing, and tell what may have changed by it that must not have."""
        allow, before = self.allow(), self.seen()
        kind = self.draw.choice(
            ("key", "key", "send", "click", "click", "twice", "drag", "wheel", "action", "other")
        )
        self._closing.start()
        self.done.append(kind)
        getattr(self, kind)()
        events_done()
        self.close_popups()
        self._closing.stop()
        self.window.activateWindow()
        allow |= self.allow()
        after = self.seen()
        itself = {"theta", "step", "phase", "selection", "rate", "example"}
        free = itself if self.script.scene.play is not None else set()
        for name in before:
            if name not in free and not same(before[name], after[name]):
                assert FREED_BY[name] & allow, (name, before[name], after[name], self.done[-3:])

    def allow(self):
        return set(self.script.scene.allow)

    def seen(self):
        at, window = self.window.snapshot, self.window
        ui = window.ui_state()
        views = {
            name: {key: ui.views.get(view, {}).get(key) for key in keys}
            for name, (view, keys) in CHOSEN.items()
        }
        return {
            "theta": at.theta,
            "step": at.step,
            "phase": at.phase,
            "rate": at.recipe.learning_rate,
            "layers": at.recipe.layers,
            "selection": window.selection,
            "own": self.player.playback._happenings.own_input,
            "example": at.focus.index if at.minibatch is None else None,
            "pace": ui.speed,
            "granularity": ui.granularity,
            "panels": set(ui.open_panels),
            "enlarged": window._enlarged.id,
            **views,
        }

    # -- what hands can do ------------------------------------------------------------------------

    def place(self):
        """Return a widget beside the lesson, and a place in it."""
        window = self.window
        where = QPoint(
            self.draw.randrange(310, window.width()), self.draw.randrange(40, window.height())
        )
        target = window.childAt(where)
        if target is None or not target.isEnabled() or _opens_dialog(target):
            return None, QPoint()
        return target, target.mapFrom(window, where)

    def key(self):
        held = self.draw.choice((NONE, NONE, NONE, SHIFT, CONTROL))
        key = self.draw.choice(KEYS)
        if held != CONTROL or key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left):
            QTest.keyClick(QApplication.focusWidget() or self.window, key, held)

    def send(self):
        self.window.gate.send(self.draw.choice(SENT))

    def click(self):
        target, at = self.place()
        if target is not None:
            button = self.draw.choice((LEFT, LEFT, RIGHT))
            QTest.mouseClick(target, button, self.draw.choice((NONE, NONE, SHIFT)), at)

    def twice(self):
        target, at = self.place()
        if target is not None:
            QTest.mouseDClick(target, LEFT, NONE, at)

    def drag(self):
        target, at = self.place()
        if target is None:
            return
        QTest.mousePress(target, LEFT, NONE, at)
        for _ in range(3):
            at += QPoint(self.draw.randrange(-40, 41), self.draw.randrange(-40, 41))
            QTest.mouseMove(target, at)
        QTest.mouseRelease(target, LEFT, NONE, at)

    def wheel(self):
        target, at = self.place()
        if target is None:
            return
        by, held = self.draw.choice((-120, 120)), self.draw.choice((NONE, SHIFT))
        there = QPointF(at)
        no = Qt.MouseButton.NoButton
        phase = Qt.ScrollPhase.NoScrollPhase
        QApplication.sendEvent(
            target,
            QWheelEvent(
                there, target.mapToGlobal(there), QPoint(), QPoint(0, by), no, held, phase, False
            ),
        )

    def action(self):
        self.window.actions_by_id[self.draw.choice(ACTIONS)].trigger()

    def other(self):
        palette = self.window.command_palette
        self.draw.choice(
            (
                self.player.playback.hint,
                lambda: self.window.requests.choose_data("and"),
                self.window.form.start,
                palette.open,
                lambda: self.window.open_panel("evaluation") if "panels" in self.allow() else None,
            )
        )()


def around(widget):
    while widget is not None:
        yield widget
        widget = widget.parentWidget()


def same(one, other):
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=True)
    return one == other


def _opens_dialog(widget: QWidget) -> bool:
    """Tell whether a click may open a dialog of the desktop, another lesson or window."""
    names = {"lesson", "data", "help", "target", "more"}
    if any(at.objectName() in names for at in around(widget)):
        return True
    return isinstance(widget, QPushButton) and widget.text().endswith("…")


def check_passed(hands):
    """Nothing passed that was not allowed."""
    for one in hands.passed:
        assert permitted(one.command, one.allow, one.recipe, one.at) is not None, one


def answer_of(script):
    """Return any answer to the question of a scene."""
    question = script.scene.question
    match question.kind:
        case "choice":
            return 0
        case "number":
            return 1.0
        case "line":
            return ((0.0, 0.0), (1.0, 1.0))
    layers = script._seen.snapshot.recipe.layers
    things = {
        "neuron": Selection("neuron", 1, 0),
        "output": Selection("output", len(layers) - 1, 0),
        "edge": Selection("parameter", 1, 0, 0),
    }
    return things.get(question.point, 0.0)
