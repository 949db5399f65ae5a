"""Teaching: a drawing that somebody says what it is joins the run, and is kept for later ones.

The run learns it as a change that can be taken back; the drawing itself goes
into the user's own store, where it stays whatever becomes of the run. A disk
that takes no more drawings does not stop the lesson.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QObject, Signal

from nnviz.data.dataset import DataError
from nnviz.data.drawings import DrawingStore, Kept
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.taught import Taught, unpack
from nnviz.messages import commands
from nnviz.messages.commands import RunCommand
from nnviz.messages.events import Failure, Notice

PATIENCE = 1.0
"""Epochs after which a drawing should be read as what was taught."""
FLAT = 0.05
"""Activations of a sigmoid below which its slope is small."""
SHOWN = 24
"""Most earlier drawings that the pad shows."""


class Teaching(QObject):
    """Takes what the pad says is a digit.

    Signals:
        added(): another drawing is in the store.
        kept(object): drawings in the store, the newest first, at most `SHOWN`: label, picture
            and strokes of each.
        learned(int): the run has this digit's drawing among its training data now.
        failed(object): a `Failure` to tell.
        told(object): a `Notice` to tell in passing.
    """

    added = Signal()
    kept = Signal(object)
    learned = Signal(int)
    failed = Signal(object)
    told = Signal(object)

    def __init__(
        self, store: DrawingStore, send: Callable[[RunCommand], None], parent: QObject | None = None
    ) -> None:
        """Begin with nothing taught.

        Args:
            store: where drawings are kept.
            send: passes a message on to the worker.
            parent: owns it.
        """
        super().__init__(parent)
        self._store, self._send = store, send
        self._taught: tuple[int, int] = (0, 0)
        self._pending: tuple[int, float, Taught] | None = None  # run, when to look, what

    def teach(self, label: int, image: ArrayLike, strokes: Sequence[ArrayLike]) -> None:
        """Let the run learn a drawing, and keep it.

        Args:
            label: the digit it is said to be.
            image: (28, 28) of 0..1, as a network sees it.
            strokes: what was drawn; none where it came from a picture.
        """
        self._send(commands.Teach(label, image))  # type: ignore[arg-type]
        try:
            self._store.add(label, image, strokes)
        except DataError as error:
            self.failed.emit(Failure(f"{error} The run learns the drawing all the same."))
            return
        self.added.emit()

    def show_kept(self, kept: Kept) -> None:
        """Tell which drawings there are now."""
        newest = kept.drawings[: -SHOWN - 1 : -1]
        self.kept.emit([(one.label, one.image, one.strokes) for one in newest])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Notice when the run has learned of another drawing."""
        known = unpack(snapshot.recipe.taught)
        self._look_after(snapshot)
        run, count = self._taught
        self._taught = snapshot.run, len(known)
        if run != snapshot.run or len(known) <= count:
            return
        label = known[-1].label
        self._pending = snapshot.run, snapshot.epoch + PATIENCE, known[-1]
        self.learned.emit(label)
        if not snapshot.playing:
            self.told.emit(
                Notice(f"The {label} is among the training data now: press play (Space).")
            )

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
                flat = "the outputs are saturated, so their slope σ′(z) is nearly 0 and they hardly"
                why = f": {flat} move; a run with the cross-entropy cost learns it"
                saturated = snapshot.recipe.cost == "quadratic" and outputs[one.label] < FLAT
                text = f"The {one.label} is still read as {read}{why if saturated else ''}."
                self.told.emit(Notice(text))
