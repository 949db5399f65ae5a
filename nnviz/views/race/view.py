"""The race: the six optimisers descend one surface, stepped forwards and backwards.

This is a little laboratory of its own, beside the run: a surface is chosen from
a table of formulas or cut through the network as it is now, a start by a click
or by typing, and for each racer a learning rate. What each run comes to is named.
Races on the network take a moment: they are asked for, and the last one stays on screen
until the answer is there.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from nnviz.engine.race.descent import Race
from nnviz.engine.race.plane_race import RaceAnswer, RaceRequest
from nnviz.engine.race.valleys import VALLEYS
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind, PlaneRequest
from nnviz.messages.events import Racing
from nnviz.messages.ports import Ports
from nnviz.views.palette import Theme
from nnviz.views.race.map import relief_of
from nnviz.views.race.marks import colour_of
from nnviz.views.race.picture import OnNet, RacePicture, picture
from nnviz.views.race.planes import PlaneRaces, joined, undone
from nnviz.views.race.state import FIRST, MODES, RaceState, read
from nnviz.views.race.steering import RaceSteering
from nnviz.views.race.text import PLANES, Lack
from nnviz.views.surface3d.shape import Relief
from nnviz.views.surface3d.viewpoint import Viewpoint
from nnviz.views.view import ViewSpec


class RaceView(RaceSteering):
    """The laboratory: a drawing of the race, its table, and what it is steered with.

    Signals:
        race_wanted(object): a `RaceRequest`; `show_answer` takes the answer.
        race_cancelled(): the race asked for last is not wanted any more.

    Attributes:
        picture: what is shown.
    """

    race_wanted = Signal(object)
    race_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = MODES[0]
        self._relief: Relief | None = None
        self._planes = PlaneRaces()
        self._plane: PlaneRequest | None = None
        self._images = False
        self._lack: Lack | None = None
        self._restored: RaceState | None = None
        self.picture: RacePicture | None = None
        self.chooser.setCurrentIndex(self.chooser.findData(FIRST))
        self.chooser.currentIndexChanged.connect(self._surface_chosen)
        self.now.clicked.connect(self.take_now)
        for name, button in self.modes.items():
            button.clicked.connect(lambda _=False, name=name: self.set_mode(name))
        self.modes[self._mode].setChecked(True)
        for drawing in (self.map, self.curve):
            drawing.chosen.connect(self._start_picked)
        self.controls.start_typed.connect(self._start_picked)
        self.controls.rate_wanted.connect(self._set_rate)
        self.body.resized.connect(self.refresh)
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
        if self._planes.vain() or (self._restored is not None and self._lack is Lack.NET):
            self.take_now()
        elif self.kind() is not None:
            self._offer_now()

    def select(self, selection: Selection | None) -> None:
        """Let a weight or bias that was clicked in whichever view be the one to slice along."""
        if selection is not None and selection.kind == "parameter":
            self._planes.selected = selection.parameter

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        super().set_theme(theme)
        self._relief = None
        self.refresh()

    # -- what is kept ---------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return what is chosen: surface, racers, rates, start, step, drawing and camera."""
        if self._restored is not None:
            return self._restored.kept()
        return self._state().kept()

    def _state(self) -> RaceState:
        return RaceState(
            surface=str(self.chooser.currentData()),
            racers=self.race.racers,
            selected=self.selected,
            rates=dict(self.race.rates),
            start=self.race.start,
            step=self.race.step,
            mode=self._mode,
            viewpoint=self.scene.viewpoint if self.scene is not None else Viewpoint(),
        )

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose again what `state` returned; another plane is cut through the network as it is."""
        state = read(kept, self._restored or self._state())
        self._restored = None
        self._mode, self.selected = state.mode, state.selected
        self.modes[state.mode].setChecked(True)
        if self.scene is not None:
            self.scene.look(state.viewpoint)
        self.race.choose(state.racers)
        there = self.chooser.currentData() == state.surface
        self.show_surface(state.surface)
        if self.kind() is None:
            self._take(state)
        elif there and self._plane is not None:
            self._take(state)
            self._again()
        else:
            if there:
                self.take_now()
            self._restored = state
        self.refresh()

    def _take(self, state: RaceState) -> None:
        """Let the race that is shown have the start, the rates and the step that were kept."""
        for name, rate in state.rates.items():
            if self._plane is None:
                self.race.set_rate(name, rate)
            else:
                self.race.rates[name] = rate
        if len(state.start) == self.race.valley.weights:
            if self._plane is None:
                self.race.put_start(state.start)
            else:
                self.race.start = state.start
        self.race.go_to(state.step)

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
        self._plane = self._lack = self._restored = None
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
        self.refresh()

    @Slot(object)
    def _start_picked(self, place: tuple[float, ...]) -> None:
        if len(place) == self.race.valley.weights:
            if self._plane is None:
                self.race.put_start(place)
            else:
                self.race.start = tuple(float(w) for w in place)
                self._again()
        self.refresh()

    @Slot(float)
    def _set_rate(self, rate: float) -> None:
        if rate > 0:  # what was typed was a rate
            if self._plane is None:
                self.race.set_rate(self.selected, rate)
            else:
                self.race.rates[self.selected] = rate
                self._again()
        self.refresh()

    # -- races on the network ---------------------------------------------------------------------

    @Slot()
    def take_now(self) -> None:
        """Race on the plane that is chosen through the network as it is now."""
        kind = self.kind()
        if kind is None:
            return
        self._give_up()
        request = self._planes.take(kind)
        self._lack = Lack.NET if request is None else None
        self._ask(request)
        self.refresh()

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
            self._plane, self._lack = None, Lack.NUMBERS
            self.refresh()
            return
        if plane is self._plane:
            race = joined(race, self.race)
        else:
            race.choose(self.race.racers)
        self._plane = plane
        snapshot = self._planes.snapshot
        self._images = snapshot is not None and bool(snapshot.image_shape)
        self._put(race)
        if self._restored is not None:
            state, self._restored = self._restored, None
            self._take(state)
            self.refresh()
        self._again()  # for what was changed while it was run

    def settled(self) -> bool:
        """Tell whether what it asked for has come."""
        return self._planes.fraction is None

    def show_progress(self, told: Racing) -> None:
        """Tell how much of a race is done."""
        if self._planes.tell(told.generation, told.fraction):
            self.refresh()

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
            self._lack = Lack.REQUEST
        self.refresh()

    def _offer_now(self) -> None:
        """Let the button be pressed where that would change anything."""
        self.now.setEnabled(self._plane is None or not self._planes.is_now(self._plane))

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
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Make the picture of this moment and draw it."""
        mode, net = self.mode(), None
        if self.kind() is not None:
            self._offer_now()
            net = OnNet(self._plane, self._lack, self._planes.fraction, self._images)
        made = picture(
            self.race, self.selected, net, playing=self._clock.isActive(), before=self.picture
        )
        self.picture = made
        self.derivatives.setText(made.slopes)
        self.message.setText(made.message)
        if mode == "1-D":
            self.curve.show_race(made)
        else:
            self.map.show_race(made)
        if mode == "3-D":
            self._show_scene(made)
        self.table.show_race(made)
        self.controls.show_race(made)
        self.formula.setToolTip(made.tip)
        self.chooser.setToolTip(made.tip)
        self.arrange(made, mode)
        metrics, room = QFontMetrics(self.reading.font()), self.reading.width()
        texts = made.reading if self.table.two_lines() else made.outcome
        fitting = [text for text in texts if metrics.horizontalAdvance(text) < room]
        self.reading.setText(fitting[0] if fitting else "")

    def _show_scene(self, made: RacePicture) -> None:
        from nnviz.views.surface3d.scene import Trace

        valley, theme = made.valley, self._theme
        if self._relief is None:
            self._relief = relief_of(valley, np.array(valley.low), np.array(valley.high))
            self.scene.COSTS = valley.grid is not None
            self.scene.show_relief(self._relief, (valley.names[0], valley.names[-1]))
        if self._relief is None:
            return
        traces = []
        for racer in made.racers:
            if racer.racing:
                colour, here = colour_of(racer.name, theme), racer.here()
                path = racer.path[np.isfinite(racer.path).all(axis=1)]
                now = self._relief.unit(here[np.newaxis])[0] if here is not None else None
                on_it = self._relief.path(path)
                traces.append(Trace(on_it, now, colour, theme.panel, colour, theme.panel))
        self.scene.show_traces(traces)


SPEC = ViewSpec("race", "Race of the optimisers", "right", RaceView, open=False)
