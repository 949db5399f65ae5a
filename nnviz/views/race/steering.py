"""How the race is stepped and played, with buttons, a click in the table, and keys of its own."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from nnviz.engine.race.descent import Race, all_racers
from nnviz.engine.race.valleys import VALLEYS
from nnviz.views.race.frame import RaceFrame
from nnviz.views.race.state import FIRST, SHOWN

TICK = 80
"""Milliseconds between two pictures while it plays."""
STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
}
"""How far a key goes on."""
KEYS = {
    *STEPS,
    *(Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_Return, Qt.Key.Key_Enter),
}
"""Keys that move the race while the focus is here, though they move the run elsewhere."""


class RaceSteering(RaceFrame):
    """The parts of the race view with a race that is stepped through; `RaceView` draws it.

    Signals:
        over(str): the race has been shown to its end, and who is lowest there.
    """

    over = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.race = Race(VALLEYS[FIRST])
        self.race.go_to(SHOWN)
        self.selected = all_racers()[0]
        self._clock = QTimer(self)
        self._clock.setInterval(TICK)
        self._clock.timeout.connect(self._tick)
        self.table.selected.connect(self.select_racer)
        self.table.toggled.connect(self._toggle)
        self.controls.step_wanted.connect(self._step)
        self.controls.restart_wanted.connect(lambda: self.go_to(0))
        self.controls.play_wanted.connect(self.toggle_playing)

    def refresh(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError

    @Slot(str)
    def select_racer(self, name: str) -> None:
        """Let the slider set this racer's learning rate, and the drawing show it on top."""
        self.selected = name
        self.refresh()

    @Slot(str)
    def _toggle(self, name: str) -> None:
        racers = set(self.race.racers) ^ {name}
        self.race.choose(racers)
        self.refresh()

    @Slot(int)
    def _step(self, by: int) -> None:
        self._clock.stop()
        self._go(self.race.step + by)

    def go_to(self, step: int) -> None:
        """Show the race after so many steps, and stay there."""
        self._clock.stop()
        self._go(step)

    def _go(self, step: int) -> bool:
        """Show another step, and tell when that is the end; tell whether it is another one."""
        moved = self.race.go_to(step)
        self.refresh()
        if moved and self.race.step == self.race.steps:
            self.over.emit(self.race.winner())
        return moved

    @Slot()
    def toggle_playing(self) -> None:
        """Play from here, from the start if this is the end; or pause."""
        if not self.settled():
            return  # the race on screen is not the one that is going to be seen
        if self._clock.isActive():
            self._clock.stop()
        else:
            if self.race.step == self.race.steps:
                self.race.go_to(0)
            self._clock.start()
        self.refresh()

    # -- keys -------------------------------------------------------------------------------------

    def takes_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key is its own: here they move the race and not the run."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and Qt.Key(event.key()) in KEYS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play, step, go to either end, or select another racer."""
        if not self.takes_key(event):
            event.ignore()
            return
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self.toggle_playing()
        elif key in STEPS:
            self._step(STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if key == Qt.Key.Key_Home else self.race.steps)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle(self.selected)
        else:
            way = 1 if key == Qt.Key.Key_Down else -1
            every = all_racers()
            self.select_racer(every[(every.index(self.selected) + way) % len(every)])

    @Slot()
    def _tick(self) -> None:
        if not self._go(self.race.step + max(1, self.race.steps // 200)):
            self._clock.stop()
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause while nobody looks."""
        self._clock.stop()
        super().hideEvent(event)
