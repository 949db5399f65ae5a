"""The race: the six optimisers descend one surface, stepped forwards and backwards.

This is a little laboratory of its own, beside the run: a surface is chosen from
a table of formulas or cut through the network as it is now, a start by a click
or by typing, and for each racer a learning rate. What each run comes to is named.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from nnviz.engine.race.descent import Race
from nnviz.engine.race.valleys import VALLEYS, Point
from nnviz.views.palette import Theme
from nnviz.views.race.map import relief_of
from nnviz.views.race.marks import colour_of
from nnviz.views.race.net_races import NetRaces
from nnviz.views.race.picture import RacePicture, picture
from nnviz.views.race.state import FIRST, MODES, RaceState, read
from nnviz.views.shared.sentence import fullest
from nnviz.views.surface3d.shape import Relief
from nnviz.views.surface3d.viewpoint import Viewpoint


class RaceView(NetRaces):
    """The laboratory: a drawing of the race, its table, and what it is steered with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = MODES[0]
        self._relief: Relief | None = None
        self.picture: RacePicture | None = None
        self.chooser.setCurrentIndex(self.chooser.findData(FIRST))
        self.chooser.currentIndexChanged.connect(self._surface_chosen)
        for name, button in self.modes.items():
            button.clicked.connect(lambda _=False, name=name: self.set_mode(name))
        self.modes[self._mode].setChecked(True)
        for drawing in (self.map, self.curve):
            drawing.chosen.connect(self._start_picked)
        self.controls.start_typed.connect(self._start_picked)
        self.controls.rate_wanted.connect(self._set_rate)
        self.body.resized.connect(self.refresh)
        self.set_theme(self._theme)

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
            self.take_on(state)
        elif there and self._plane is not None:
            self.take_on(state)
            self._again()
        else:
            if there:
                self.take_now()
            self._restored = state
        self.refresh()

    # -- what is done to the race ---------------------------------------------------------------

    def show_surface(self, name: str) -> None:
        """Race on another formula or `Kind` of plane, from its own start with its own rates."""
        self.chooser.setCurrentIndex(self.chooser.findData(name))

    @Slot(int)
    def _surface_chosen(self, _index: int) -> None:
        self._give_up()
        self._plane = self._lack = self._restored = None
        if self.kind() is not None:
            self.take_now()
        else:
            name = str(self.chooser.currentData())
            self.put(Race(VALLEYS[name], racers=self.race.racers))

    def put(self, race: Race) -> None:
        """Show another race, at the step at which the last one stood."""
        race.go_to(self.race.step)
        if race.valley is not self.race.valley:
            self._relief = None
        self.race = race
        self.refresh()

    @Slot(object)
    def _start_picked(self, place: Point) -> None:
        if len(place) == self.race.valley.weights:
            self._start(place)
            self._again()
        self.refresh()

    @Slot(float)
    def _set_rate(self, rate: float) -> None:
        if rate > 0:  # what was typed was a rate
            self._rate(self.selected, rate)
            self._again()
        self.refresh()

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
        mode, net, playing = self.mode(), self.on_net(), self._clock.isActive()
        made = picture(self.race, self.selected, net, playing=playing, before=self.picture)
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
        texts = made.reading if self.table.two_lines() else made.outcome
        room = self.reading.width() - 1
        self.reading.setText(fullest((*texts, ""), self.reading.font(), room))

    def _show_scene(self, made: RacePicture) -> None:
        from nnviz.views.surface3d.scene import Trace

        valley, theme = made.valley, self._theme
        if self._relief is None:
            self._relief = relief_of(valley, np.array(valley.low), np.array(valley.high))
            self.scene.COSTS = valley.grid is not None
            self.scene.show_relief(self._relief, (valley.names[0], valley.names[-1]))
        if self._relief is None:
            return
        names, traces = [], []
        for racer in made.racers:
            if racer.racing:
                colour, here = colour_of(racer.name, theme), racer.here()
                path = racer.path[np.isfinite(racer.path).all(axis=1)]
                now = self._relief.unit(here[np.newaxis])[0] if here is not None else None
                on_it = self._relief.path(path)
                names.append(racer.name)
                traces.append(Trace(on_it, now, colour, theme.panel, colour, theme.panel))
        self.scene.show_racers(names, traces)
