"""The race: the six optimisers descend one surface, stepped forwards and backwards.

This is a little laboratory of its own, beside the run: a surface is chosen from
a table of formulas or cut through the network as it is now, a start by a click
or by typing, and for each racer a learning rate. What each run comes to is named.
Races on the network take a moment: they are asked for, and the last one stays on screen
until the answer is there.
"""

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnviz.engine.race.descent import Race, all_racers
from nnviz.engine.race.plane_race import RaceAnswer, RaceRequest
from nnviz.engine.race.valleys import VALLEYS
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind, PlaneRequest
from nnviz.messages.events import Racing
from nnviz.messages.ports import Ports
from nnviz.numbers import percent
from nnviz.views.palette import Theme
from nnviz.views.race.frame import RaceFrame
from nnviz.views.race.map import relief_of
from nnviz.views.race.marks import colour_of, label_of
from nnviz.views.race.planes import PLANES, PlaneRaces, joined, moment_texts, undone
from nnviz.views.race.text import reading_texts
from nnviz.views.surface3d.shape import Relief
from nnviz.views.view import ViewSpec

FIRST = "long"
"""The surface shown at first."""
SHOWN = 12
"""The step shown at first, so that there is something to see."""
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
DIVERGED = (
    "The net has diverged: its cost is not a finite number. Go back to an earlier step or start "
    "again with a lower η, then press “now”."
)
NO_NET = "There is no network yet: start a run, then press “now”."
CALLED_OFF = "Called off: press “now” to race on this plane."


class RaceView(RaceFrame):
    """The laboratory: a drawing of the race, its table, and what it is steered with.

    Signals:
        race_wanted(object): a `RaceRequest`; `show_answer` takes the answer.
        race_cancelled(): the race asked for last is not wanted any more.
    """

    race_wanted = Signal(object)
    race_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = "2-D"
        self._relief: Relief | None = None
        self._planes = PlaneRaces()
        self._plane: PlaneRequest | None = None
        self._pictures = False
        self._problem = ""
        self.race = Race(VALLEYS[FIRST])
        self.race.go_to(SHOWN)
        self.selected = all_racers()[0]
        self.chooser.setCurrentIndex(self.chooser.findData(FIRST))
        self.chooser.currentIndexChanged.connect(self._surface_chosen)
        self.now.clicked.connect(self.take_now)
        for button in self.modes.values():
            button.clicked.connect(self._mode_clicked)
        self.modes[self._mode].setChecked(True)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK)
        self._clock.timeout.connect(self._tick)
        for drawing in (self.map, self.curve):
            drawing.start_picked.connect(self._start_picked)
        self.table.selected.connect(self.select_racer)
        self.table.toggled.connect(self._toggle)
        self.controls.step_wanted.connect(self._step)
        self.controls.restart_wanted.connect(self._restart)
        self.controls.play_wanted.connect(self.toggle_playing)
        self.controls.start_typed.connect(self._start_picked)
        self.controls.rate_wanted.connect(self._set_rate)
        self.set_theme(self._theme)

    def join(self, ports: Ports) -> None:
        """Ask for races and hear them."""
        super().join(ports)
        asker = object()
        self.race_wanted.connect(lambda request: ports.ask(request, asker))
        self.race_cancelled.connect(lambda: ports.call_off(RaceRequest, asker))
        ports.on(RaceAnswer, self.show_answer)
        ports.on(Racing, self.show_progress)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Remember the network, for planes to be cut through; a race goes on where it is."""
        self._planes.snapshot = snapshot
        if self._planes.vain():
            self.take_now()
        elif self.kind() is not None:
            self._offer_now()

    def select(self, selection: Selection | None) -> None:
        """Let a weight or bias that was clicked in whichever view be the one to slice along."""
        if selection is not None and selection.kind == "parameter":
            self._planes.selected = selection.parameter

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        super().set_theme(theme)
        self._relief = None
        self._show()

    # -- what is done to the race ---------------------------------------------------------------

    def show_surface(self, name: str) -> None:
        """Race on another surface, from its own start with its own learning rates.

        Args:
            name: of a formula, or a `Kind` of plane through the network.
        """
        self.chooser.setCurrentIndex(self.chooser.findData(name))

    @Slot(int)
    def _surface_chosen(self, _index: int) -> None:
        self._give_up()
        self._plane, self._problem = None, ""
        if self.kind() is not None:
            self.take_now()
        else:
            name = str(self.chooser.currentData())
            self._put(Race(VALLEYS[name], racers=self.race.racers))

    def kind(self) -> Kind | None:
        """Return which plane through the network is chosen; None for a formula."""
        chosen = self.chooser.currentData()  # Qt makes a plain text of the kind
        return Kind(chosen) if chosen in PLANES else None

    def _put(self, race: Race) -> None:
        """Show another race, at the step at which the last one stood."""
        race.go_to(self.race.step)
        if race.valley is not self.race.valley:
            self._relief = None
        self.race = race
        self._show()

    @Slot(object)
    def _start_picked(self, place: tuple[float, ...]) -> None:
        if len(place) == self.race.valley.weights:
            if self._plane is None:
                self.race.put_start(place)
            else:
                self.race.start = tuple(float(w) for w in place)
                self._again()
        self._show()

    @Slot(str)
    def select_racer(self, name: str) -> None:
        """Let the slider set this racer's learning rate, and the drawing show it on top."""
        self.selected = name
        self._show()

    @Slot(str)
    def _toggle(self, name: str) -> None:
        racers = set(self.race.racers) ^ {name}
        self.race.choose(racers)
        self._show()

    @Slot(float)
    def _set_rate(self, rate: float) -> None:
        if rate > 0:  # what was typed was a rate
            if self._plane is None:
                self.race.set_rate(self.selected, rate)
            else:
                self.race.rates[self.selected] = rate
                self._again()
        self._show()

    # -- races on the network ---------------------------------------------------------------------

    @Slot()
    def take_now(self) -> None:
        """Race on the plane that is chosen through the network as it is now."""
        kind = self.kind()
        if kind is None:
            return
        self._give_up()
        request = self._planes.take(kind)
        self._problem = NO_NET if request is None else ""
        self._ask(request)
        self._show()

    def _again(self) -> None:
        """Ask for what the race on this plane lacks, if there is anything and none is awaited."""
        if self._plane is not None:
            self._ask(self._planes.again(self._plane, self.race))

    def _ask(self, request: RaceRequest | None) -> None:
        if request is not None:
            self.race_wanted.emit(request)
            self.busy.emit(True)

    @Slot(object)
    def show_answer(self, answer: RaceAnswer) -> None:
        """Show a race that has been run, unless another is wanted by now."""
        if not self._planes.accept(answer):
            return
        self.busy.emit(False)
        race, plane = answer.race, answer.request.plane
        if race is None:
            self._plane, self._problem = None, DIVERGED
            self._show()
            return
        if plane is self._plane:
            race = joined(race, self.race)
        else:
            race.choose(self.race.racers)
        self._plane = plane
        snapshot = self._planes.snapshot
        self._pictures = snapshot is not None and bool(snapshot.image_shape)
        self._put(race)
        self._again()  # for what was changed while it was run

    def waiting(self) -> bool:
        """Tell whether a race has been asked for and is not there yet."""
        return self._planes.fraction is not None

    def show_progress(self, told: Racing) -> None:
        """Tell how much of a race is done."""
        if self._planes.tell(told.generation, told.fraction):
            self._show()

    def _give_up(self) -> bool:
        """Wait for no race any more; tell whether one was awaited."""
        if not self._planes.give_up():
            return False
        self.race_cancelled.emit()
        self.busy.emit(False)
        if self._plane is not None:
            undone(self.race)
        return True

    def call_off(self) -> None:
        """Wait for no race any more, and show the last one."""
        if self._give_up() and self._plane is None:
            self._problem = CALLED_OFF
        self._show()

    def _offer_now(self) -> None:
        """Let the button be pressed where that would change anything."""
        self.now.setEnabled(self._plane is None or not self._planes.is_now(self._plane))

    # -- steps ------------------------------------------------------------------------------------

    @Slot(int)
    def _step(self, by: int) -> None:
        self._clock.stop()
        self.race.go(by)
        self._show()

    @Slot()
    def _restart(self) -> None:
        self.go_to(0)

    def go_to(self, step: int) -> None:
        """Show the race after so many steps, and stay there."""
        self._clock.stop()
        self.race.go_to(step)
        self._show()

    @Slot()
    def toggle_playing(self) -> None:
        """Play from here, from the start if this is the end; or pause."""
        if self._clock.isActive():
            self._clock.stop()
        else:
            if self.race.step == self.race.steps:
                self.race.go_to(0)
            self._clock.start()
        self._show()

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
        if not self.race.go(max(1, self.race.steps // 200)):
            self._clock.stop()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause while nobody looks."""
        self._clock.stop()
        super().hideEvent(event)

    # -- drawing ----------------------------------------------------------------------------------

    def mode(self) -> str:
        """Return which drawing is seen: "1-D", "2-D" or "3-D"."""
        if self.race.valley.weights == 1:
            return "1-D"
        return self._mode if self.scene is not None else "2-D"

    def set_mode(self, mode: str) -> None:
        """Show surfaces of two weights in "2-D" or in "3-D"."""
        self._mode = mode
        self.modes[mode].setChecked(True)
        self._show()

    def _mode_clicked(self) -> None:
        self.set_mode(str(self.sender().property("mode")))

    def _show(self) -> None:
        """Bring everything up to date."""
        mode, plane = self.mode(), self.kind() is not None
        valley = self.race.valley
        titles: tuple[str, ...] = (valley.formula,)
        if plane:
            self._offer_now()
            titles = ("",)
        if self._plane is not None:
            titles = moment_texts(self.race, self._plane, self._pictures)
        self.derivatives.setText("" if plane else valley.slopes)
        self.message.setText(self._in_the_way())
        if mode == "1-D":
            self.curve.show_race(self.race, self.selected)
        else:
            self.map.show_race(self.race, self.selected)
        if mode == "3-D":
            self._show_scene()
        self.table.show_race(self.race, self.selected)
        self.controls.show_race(self.race, self.selected, playing=self._clock.isActive())
        tip = f"{valley.slopes}\n{valley.remark}" if valley.slopes else valley.remark
        self.formula.setToolTip(tip)
        self.chooser.setToolTip(tip)
        self.arrange(titles, mode, plane=plane)
        self._read()

    def _in_the_way(self) -> str:
        """Return why there is no race to be seen; nothing where there is one."""
        if self.kind() is None or self._plane is not None:
            return ""
        if not self.waiting():
            return self._problem
        return f"running all six on this plane… {percent(self._planes.fraction or 0, 0)}"

    def _show_scene(self) -> None:
        from nnviz.views.surface3d.scene import Trace

        race, theme = self.race, self._theme
        if self._relief is None:
            valley = race.valley
            self._relief = relief_of(valley, np.array(valley.low), np.array(valley.high))
            self.scene.COSTS = valley.grid is not None
            self.scene.show_relief(self._relief, (valley.names[0], valley.names[-1]))
        if self._relief is None:
            return
        traces = []
        for run in race.runs():
            path = run.path[: race.step + 1]
            path = path[np.isfinite(path).all(axis=1)]
            colour = colour_of(run.optimiser, theme)
            now = self._relief.unit(path[-1:])[0] if len(path) == race.step + 1 else None
            on_it = self._relief.path(path)
            traces.append(Trace(on_it, now, colour, theme.panel, colour, theme.panel))
        self.scene.show_traces(traces)

    def reading_texts(self) -> tuple[str, ...]:
        """Return what there is to say of the selected racer now, in many words and in few."""
        if self.waiting():
            done = percent(self._planes.fraction or 0, 0)
            return (f"running on this plane… {done}", f"running… {done}", done)
        outcomes = () if self.table.two_lines() else self.table.outcomes(self.selected)
        return reading_texts(self.race, self.selected, label_of(self.selected), outcomes)

    def _read(self) -> None:
        metrics = QFontMetrics(self.reading.font())
        texts = self.reading_texts()
        fitting = [text for text in texts if metrics.horizontalAdvance(text) < self.reading.width()]
        self.reading.setText(fitting[0] if fitting else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the parts for the new size."""
        super().resizeEvent(event)
        self.style_parts()
        self._show()


SPEC = ViewSpec("race", "Race of the optimisers", "right", RaceView, open=False)
