"""Turning knobs: what follows from a hand that turns one, in edits or an input of its own.

All of one turn is one edit, which undo takes back at once. While training runs the edit is made
where the knob is let go of, or each moment on the way would begin a branch.
"""

from typing import cast

from PySide6.QtCore import QObject, QPoint, QPointF, QTimer, Signal
from PySide6.QtWidgets import QToolTip, QWidget

from nnviz.engine.changes import THETA
from nnviz.messages.commands import MakeEdit
from nnviz.views.network.gestures import Gestures
from nnviz.views.network.knobs import Knob, knob_of, knob_of_selection, words
from nnviz.views.network.on_screen import OnScreen

PAUSE_MS = 33
"""Least time between two values of one turn."""
SETTLED_MS = 800
"""How long a wheel or a key rests before the next turn of it is another edit."""


class Turning(QObject):
    """Turns one knob at a time.

    Signals:
        edit_wanted(object): the command that changes a weight or a bias.
        input_wanted(int, float): this input is to have this value.
    """

    edit_wanted = Signal(object)
    input_wanted = Signal(int, float)

    def __init__(self, view: QWidget, on_screen: OnScreen) -> None:
        """Turn knobs in a view."""
        super().__init__(view)
        self._ground, self._on_screen = on_screen.drawing, on_screen
        self._knob: Knob | None = None
        self._by, self._value = 0.0, 0.0
        self._sent: float | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._send)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self.end)

    @property
    def _view(self) -> QWidget:
        # Only Qt knows it: a reference of our own would keep it alive when Qt has let it go.
        return cast(QWidget, self.parent())

    def follow(self, hands: Gestures) -> None:
        """Do what hands wish."""
        hands.turned.connect(self.turn)
        hands.let_go.connect(self.end)
        hands.nudged.connect(self.nudge)
        hands.switched.connect(self.flip)

    def knob_at(self, where: QPointF) -> Knob | None:
        """Return the knob at a place: a weight's, a bias's or an input's; None for none."""
        moment = self._on_screen.moment()
        if moment is None or self._ground.on_legend(where):
            return None
        found = self._ground.hit(where)
        return knob_of(moment, found, on_rim=self._ground.on_rim(where, found))

    def turn(self, knob: Knob, by: float, at: QPoint) -> None:
        """Turn a knob by so many steps from where it stood, and write its value at a place."""
        if self._knob is not knob:
            self.end()
            self._knob, self._sent = knob, None
        self._by, self._value = by, knob.turned(by)
        moment = self._on_screen.moment()
        if moment is not None:
            QToolTip.showText(at, words(moment, knob, self._value), self._view)
        if not self._pause.isActive():
            self._send()
            self._pause.start()

    def nudge(self, knob: Knob | None, steps: float, at: QPoint) -> None:
        """Turn a knob, or that of what is selected, further: by steps of the wheel or a key."""
        moment, held = self._on_screen.moment(), self._knob
        if knob is None and moment is not None:
            knob = knob_of_selection(moment, self._on_screen.selection())
        if knob is None:
            return
        if held is not None and (held.kind, held.index) == (knob.kind, knob.index):
            knob, steps = held, self._by + steps
        self.turn(knob, steps, at)
        self._settled.start()

    def flip(self, knob: Knob) -> None:
        """Let a switch have its other value."""
        self.end()
        if knob.switch is not None:
            self.input_wanted.emit(knob.index, knob.switch)

    def end(self) -> None:
        """Let go of the knob, which stays where it was turned to."""
        self._pause.stop()
        self._settled.stop()
        self._send(last=True)
        self._knob = None

    def _send(self, *, last: bool = False) -> None:
        knob, moment = self._knob, self._on_screen.moment()
        if knob is None or moment is None:
            return
        if self._value == (knob.value if self._sent is None else self._sent):
            return
        if knob.kind == "input":
            self.input_wanted.emit(knob.index, self._value)
        elif moment.playing and not last:
            return
        else:
            merged = self._sent is not None
            self.edit_wanted.emit(MakeEdit(THETA, (self._value,), (knob.index,), merged))
        self._sent = self._value
