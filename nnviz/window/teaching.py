"""Teaching: a drawing that somebody says what it is joins the run, and is kept for later ones.

The run learns it as a change that can be taken back; the drawing itself goes
into the user's own store, where it stays whatever becomes of the run. A disk
that takes no more drawings does not stop the lesson.
"""

import numpy as np
from PySide6.QtCore import QObject

from nnviz.data.dataset import DataError
from nnviz.data.drawings import DrawingStore
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.taught import Taught, unpack
from nnviz.messages.commands import Teach
from nnviz.messages.data_commands import KeepDrawing, ShowDrawings, TeachDrawing
from nnviz.messages.events import DrawingAdded, DrawingsLearned, Failure, Notice
from nnviz.messages.ports import Ports

PATIENCE = 1.0
"""Epochs after which a drawing should be read as what was taught."""
FLAT = 0.05
"""How near an activation must be to its lower end for its slope to be small."""


class Teaching(QObject):
    """Takes what is said to be a digit, wherever it was drawn."""

    def __init__(self, store: DrawingStore, ports: Ports, parent: QObject | None = None) -> None:
        """Begin with nothing taught; drawings are kept in the store."""
        super().__init__(parent)
        self._store, self._ports = store, ports
        self._taught: tuple[int, int] = (0, 0)
        self._pending: tuple[int, float, Taught] | None = None  # run, when to look, what
        ports.take(TeachDrawing, self.teach)
        ports.take(KeepDrawing, self.keep)
        ports.on(Snapshot, self.show_snapshot)

    def teach(self, wanted: TeachDrawing) -> None:
        """Let the run learn a drawing, and keep it."""
        self._ports.send(Teach(((wanted.label, np.asarray(wanted.image)),)))
        self._keep(wanted, " The run learns the drawing all the same.")

    def keep(self, wanted: KeepDrawing) -> None:
        """Keep a drawing that the run does not learn, or not yet."""
        self._keep(wanted, "")

    def _keep(self, wanted: KeepDrawing, consolation: str) -> None:
        try:
            self._store.add(wanted.label, wanted.image, wanted.strokes)
        except DataError as error:
            self._ports.publish(Failure(f"{error}{consolation}"))
            return
        self._ports.send(ShowDrawings())
        self._ports.publish(DrawingAdded())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Notice when the run has learned of other drawings."""
        known = unpack(snapshot.recipe.taught)
        self._look_after(snapshot)
        run, count = self._taught
        self._taught = snapshot.run, len(known)
        if run != snapshot.run or len(known) <= count:
            return
        self._ports.publish(DrawingsLearned(tuple(one.label for one in known[count:])))
        if len(known) > count + 1:
            return  # of a hand the pad itself says how it is learned
        label = known[-1].label
        self._pending = snapshot.run, snapshot.epoch + PATIENCE, known[-1]
        if not snapshot.playing:
            then = "" if snapshot.untrainable else ": press play (Space)"
            self._ports.publish(Notice(f"The {label} is among the training data now{then}."))

    def _look_after(self, snapshot: Snapshot) -> None:
        """Say once if the drawing taught last is still misread after an epoch, and why."""
        if self._pending is None or snapshot.run != self._pending[0]:
            return
        _, due, one = self._pending
        if one not in unpack(snapshot.recipe.taught):  # taken back
            self._pending = None
        elif snapshot.epoch >= due:
            self._pending = None
            outputs = snapshot.network().predict(one.image()[np.newaxis])[0]
            read = int(np.nan_to_num(outputs).argmax())
            if read != one.label:
                why = _why_misread(snapshot.recipe, float(outputs[one.label]))
                self._ports.publish(Notice(f"The {one.label} is still read as {read}{why}."))


def _why_misread(recipe: Recipe, activation: float) -> str:
    """Say what holds up an output that should be 1, where its own slope does; else nothing."""
    output = ACTIVATIONS[recipe.output_activation]
    cancelled = output.name in COSTS[recipe.cost].stable
    if cancelled or not (output.saturates and activation < output.low + FLAT):
        return ""
    return (
        f": the outputs are saturated, so their slope {output.sign}′(z) is nearly 0 and they "
        "hardly move; a run with the cross-entropy cost learns it"
    )
