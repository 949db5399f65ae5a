"""Which plane the surface view shows and how closely: everything that can be chosen.

A plane is chosen with the buttons below, from a list of parameters, or by
clicking a weight in another view, which is then offered as an axis.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QWidget

from nnviz.engine.recipe import ALL
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.messages.commands import MakeEdit, TrackParameters
from nnviz.views.palette import Theme
from nnviz.views.surface.frame import SurfaceFrame
from nnviz.views.surface.parameter_chooser import Chooser
from nnviz.views.surface.picture import Hands
from nnviz.views.surface.state import Pair, SurfaceState, read


class SurfaceChoice(SurfaceFrame):
    """The parts of the surface view with what they choose; `SurfaceView` draws it."""

    _state: SurfaceState = SurfaceState()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hands = Hands()
        self._picked: Pair | None = None
        self._restored: Pair | None = None
        self._axis = 0
        self.chooser = Chooser(self)
        self.chooser.chosen.connect(self._chose)
        self.banner.only_wanted.connect(self._only)
        self.banner.taken.connect(self._take)
        self.bar.chosen.connect(self._change)
        self.bar.axis_clicked.connect(self._choose)
        if self.scene is not None:
            self.bar.back_wanted.connect(self.scene.go_back)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        super().set_theme(theme)
        self.chooser.set_theme(theme)

    def refresh(self) -> None:
        """Show everything as it is now, since something else is chosen."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        """Return what is chosen; before there is a run, no two weights are."""
        kept = self._state.kept()
        if self._snapshot is None:
            del kept["pair"]
        if self._restored is not None:
            kept["pair"] = list(self._restored)
        return kept

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose again what `state` returned; two weights wait for a net that has them."""
        found, pair = read(kept, self._state), self._state.pair
        self._restored = found.pair if "pair" in kept else None
        self._change(replace(found, pair=pair))

    def adopt(self, snapshot: Snapshot) -> None:
        """Take on another moment, and its two weights unless others have been picked."""
        known = self._snapshot
        new = known is None or known.run != snapshot.run
        if new or self._picked == snapshot.watched:
            self._picked = None
        self._snapshot = snapshot
        pair = self._picked or snapshot.watched
        self._state = replace(self._state, pair=pair)
        if self._restored is not None and self._fits(self._restored):
            self._picked, self._restored = self._restored, None
            self._state = replace(self._state, pair=self._picked)
            if self._picked != pair:
                self.wanted.emit(TrackParameters(*self._picked))

    def _fits(self, pair: Pair) -> bool:
        assert self._snapshot is not None
        known = self._snapshot.recipe.parameters
        return pair[0] != pair[1] and all(0 <= index < known for index in pair)

    @Slot(int, int)
    def pick(self, first: int, second: int) -> None:
        """Show the surface over two other entries of theta; equal or unknown ones are ignored."""
        snapshot, pair = self._snapshot, (first, second)
        if snapshot is None or pair == self._state.pair or not self._fits(pair):
            return
        self._picked, self._restored = pair, None
        self.wanted.emit(TrackParameters(first, second))
        self.show_snapshot(snapshot)

    def mode(self) -> str:
        """Return which drawings are seen: "3-D", "both" or "2-D"."""
        if self.scene is None:
            return "2-D"
        return self._state.mode or ("both" if self.wide() else "3-D")

    def select(self, selection: Selection | None) -> None:
        """Offer a weight or bias that was clicked in whichever view."""
        self._hands = replace(self._hands, clicked=selection)
        self.refresh()

    @Slot(object)
    def _change(self, state: SurfaceState) -> None:
        if state == self._state and self._restored is None:
            return
        self._state = state
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)
        else:
            self.refresh()

    @Slot(bool)
    def _only(self, on: bool) -> None:
        value = ",".join(map(str, self._state.own())) if on else ALL
        self.wanted.emit(MakeEdit("trained", value or ALL))

    @Slot(int)
    def _take(self, axis: int) -> None:
        clicked = self._hands.clicked
        self.select(None)
        if clicked is not None:
            self.pick(*self._state.put(axis, clicked.parameter))

    @Slot(int)
    def _choose(self, axis: int) -> None:
        if self._snapshot is None:
            return
        self._axis = axis
        button = self.choosers[axis]
        size = self.chooser.sizeHint()
        at = button.mapToGlobal(QPoint(0, -size.height() - self._theme.scale.space(2)))
        self.chooser.edit(self._snapshot.recipe, self._state.pair[axis], at)

    @Slot(int)
    def _chose(self, index: int) -> None:
        self.pick(*self._state.put(self._axis, index))
