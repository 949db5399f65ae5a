"""Which plane the surface view shows and how closely: everything that can be chosen.

A plane is chosen with the buttons below, from a list of parameters, or by
clicking a weight in another view, which is then offered as an axis.
"""

from dataclasses import replace

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QWidget

from nnviz.engine.recipe import ALL
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind
from nnviz.messages.commands import MakeEdit, TrackParameters
from nnviz.messages.ports import Ports
from nnviz.views.surface.frame import SurfaceFrame
from nnviz.views.surface.parameter_chooser import Chooser
from nnviz.views.surface.requests import Chosen, Pair, put, trained
from nnviz.views.surface.text import offered_name


class SurfaceChoice(SurfaceFrame):
    """The parts of the surface view with what they choose; `SurfaceView` draws it.

    Signals:
        watch_requested(int, int): record the path of these two entries of theta from now on.
    """

    watch_requested = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._chosen = Chosen()
        self._pair: Pair | None = None
        self._picked: Pair | None = None
        self._offered: Selection | None = None
        self._choosing = 0
        self.chooser = Chooser(self)
        self.chooser.chosen.connect(self._chose)
        self.offer.only_wanted.connect(self._only)
        self.offer.taken.connect(self._take)
        self.bar.kind_wanted.connect(self.set_kind)
        self.bar.again_wanted.connect(self.again)
        self.bar.axis_clicked.connect(self._choose)
        self.bar.closeness_wanted.connect(self.set_closeness)

    def join(self, ports: Ports) -> None:
        """Have the path of the two parameters recorded."""
        super().join(ports)
        self.watch_requested.connect(
            lambda first, second: ports.send(TrackParameters(first, second))
        )

    def refresh(self) -> None:
        """Say and place everything anew, since something else is chosen."""
        raise NotImplementedError

    @Slot(int, int)
    def pick(self, first: int, second: int) -> None:
        """Show the surface over two other entries of theta; equal or unknown ones are ignored."""
        snapshot = self._snapshot
        if snapshot is None or first == second or (first, second) == self._pair:
            return
        if not all(0 <= index < snapshot.recipe.parameters for index in (first, second)):
            return
        self._picked = first, second
        self.watch_requested.emit(first, second)
        self.show_snapshot(snapshot)

    @Slot(object)
    def set_kind(self, kind: Kind) -> None:
        """Show another plane through the net."""
        self._change(replace(self._chosen, kind=kind))
        self._say_offer()

    @Slot()
    def again(self) -> None:
        """Show two other random directions."""
        self._change(replace(self._chosen, seed=self._chosen.seed + 1))

    @Slot(int, int)
    def set_closeness(self, points: int, sample: int) -> None:
        """Compute so many grid points a side at rest, over so many test examples."""
        self._change(replace(self._chosen, points=points, sample=sample))

    def select(self, selection: Selection | None) -> None:
        """Offer a weight or bias that was clicked in whichever view."""
        picked = selection is not None and selection.kind == "parameter"
        self._offered = selection if picked else None
        self._say_offer()

    def _say_offer(self) -> None:
        name, axes = offered_name(self._snapshot, self._chosen, self._offered)
        self.offer.offer(name, axes)
        self.refresh()

    def _change(self, chosen: Chosen) -> None:
        if chosen == self._chosen:
            return
        self._chosen = chosen
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)
        self.refresh()

    @Slot(bool)
    def _only(self, on: bool) -> None:
        value = ",".join(map(str, trained(self._chosen))) if on else ALL
        self.edit_requested.emit(MakeEdit("trained", value or ALL))

    @Slot(int)
    def _take(self, axis: int) -> None:
        offered, self._offered = self._offered, None
        if offered is not None:
            self._put(axis, offered.parameter)
        self._say_offer()

    @Slot(int)
    def _choose(self, axis: int) -> None:
        if self._snapshot is None or self._pair is None:
            return
        self._choosing = axis
        button = self.choosers[axis]
        size = self.chooser.sizeHint()
        at = button.mapToGlobal(QPoint(0, -size.height() - 2))
        self.chooser.edit(self._snapshot.recipe, self._pair[axis], at)

    @Slot(int)
    def _chose(self, index: int) -> None:
        self._put(self._choosing, index)

    def _put(self, axis: int, index: int) -> None:
        """Put an entry of theta on an axis; one that is on the other changes places with it."""
        if self._pair is None:
            return
        self.pick(*put(self._pair, axis, index))
