"""The cost surface of the net as it is now, in 3-D, as a contour map, or a slice of it.

The view asks for surfaces with a signal and is handed the answers; between two
answers the ball moves over the last surface. Where there is no OpenGL the
contour map stands alone and the view says so.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnviz.engine.changes import THETA
from nnviz.engine.landscape import Kind, Landscape
from nnviz.engine.plane import parameter_name
from nnviz.engine.recipe import ALL
from nnviz.engine.selection import Selection
from nnviz.engine.snapshot import Snapshot
from nnviz.views.palette import DARK
from nnviz.views.relief_numbers import cost_text, decimal
from nnviz.views.relief_shape import Relief, SteadyRange, make_relief
from nnviz.views.surface_asking import Asking, Chosen, Pair
from nnviz.views.surface_chooser import Chooser
from nnviz.views.surface_frame import SurfaceFrame
from nnviz.views.surface_trace import lay_course
from nnviz.views.surface_words import axis_names, exact, header_texts, trained, why_texts
from nnviz.views.view import ViewSpec

Array = NDArray[np.floating[Any]]

COMPUTING = "computing the surface…"
DIVERGED = "The cost is not a finite number here: the net has diverged."
TURNING = "Drag to turn, wheel to zoom, double click to go back"
MOVING = "Shift+click sets both weights to the place under the pointer (undo takes it back)"
SLIDING = "Shift+click sets the weight to the value under the pointer (undo takes it back)"


class SurfaceView(SurfaceFrame):
    """The drawings of one surface, the lines that say what it is, and what it is chosen with.

    Signals:
        plane_wanted(object): a PlaneRequest; the answer goes to `show_landscape`.
        plane_cancelled(): the surface asked for last is not wanted any more.
        watch_requested(int, int): record the path of these two entries of theta from now on.
    """

    plane_wanted = Signal(object)
    plane_cancelled = Signal()
    watch_requested = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._told = ""
        self._chosen = Chosen()
        self._pair: Pair | None = None
        self._picked: Pair | None = None
        self._offered: Selection | None = None
        self._of: tuple[object, ...] = ()
        self._asking = Asking()
        self._steady = SteadyRange()
        self._log = False
        self._relief: Relief | None = None
        self._answer: Landscape | None = None
        self._choosing = 0
        self._under: Array | None = None
        self._value: float | None = None
        self.curve.setToolTip(SLIDING)
        self.curve.hovered.connect(self._hover_value)
        self.curve.chosen.connect(self._choose_value)
        for drawing in self.drawings():
            drawing.hovered.connect(self._hover)
            drawing.chosen.connect(self._choose_place)
        self.offer.only_wanted.connect(self._only)
        self.offer.taken.connect(self._take)
        self.offer.cancelled.connect(self.cancel)
        self.bar.kind_wanted.connect(self.set_kind)
        self.bar.again_wanted.connect(self.again)
        self.bar.axis_clicked.connect(self._choose)
        self.bar.mode_wanted.connect(self.set_mode)
        self.bar.closeness_wanted.connect(self.set_closeness)
        self.bar.log_wanted.connect(self.set_log)
        self.bar.back_wanted.connect(self._go_back)
        self.chooser = Chooser(self)
        self.chooser.chosen.connect(self._chose)
        self.message.setText(COMPUTING)
        self.set_theme(DARK)
        self._say_gestures()
        self._tell()

    # -- what is shown ----------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Move the ball and the path; ask for a new surface if this moment needs one."""
        known = self._snapshot
        new_run = known is None or known.run != snapshot.run
        if new_run or self._picked == snapshot.watched:
            self._picked = None
        self._snapshot = snapshot
        self._pair = self._picked or snapshot.watched
        self._chosen = replace(self._chosen, pair=self._pair)
        of = snapshot.run, *self._chosen.plane()
        if of != self._of:
            self._of = of
            self._steady.forget()
            self.offer.show_progress(None)
            self._set_relief(None)
        self._draw_answer()
        self._ask()
        self._move(snapshot)
        if known is None or known.recipe is not snapshot.recipe:
            self._explain()

    @Slot(object)
    def show_landscape(self, landscape: Landscape) -> None:
        """Draw an answer, unless it has become stale.

        While training runs it waits for this view's next turn, so that surface and path are
        drawn once and not one after the other.
        """
        if not self._asking.accept(landscape):
            return
        self._answer = landscape
        self.offer.show_progress(None)
        if self._snapshot is not None and not self._snapshot.playing:
            self._draw_answer()
            if self.scene is not None:
                self.scene.look_inside()
            self._move(self._snapshot)
            self._ask()

    def show_progress(self, generation: int, fraction: float) -> None:
        """Tell how much of the surface of a request is done, 0..1."""
        known = self._asking.awaits(generation) and fraction < 1
        self.offer.show_progress(fraction if known else None)
        self._tell()
        self._arrange()

    @Slot()
    def cancel(self) -> None:
        """Do not wait for the surface that is being computed."""
        if self._asking.give_up():
            self.plane_cancelled.emit()
        self.offer.show_progress(None)

    def _draw_answer(self) -> None:
        if self._answer is not None and self._answer is self._asking.shown:
            self._draw(self._answer)
        self._answer = None

    def _draw(self, shown: Landscape) -> None:
        if shown.request.kind is Kind.LINE:
            self._set_relief(None)
        else:
            made = make_relief(shown.w1, shown.w2, shown.cost, self._steady, log=self._log)
            self._set_relief(made)

    def _set_relief(self, relief: Relief | None) -> None:
        self._relief = relief
        names = self._names()
        for drawing in self.drawings():
            drawing.show_relief(relief, names)
        if relief is None:
            self._hover(None)
        shown = self._asking.shown if self._answer is None else self._answer
        line = shown.line if shown is not None else None
        path = shown.path if shown is not None else None
        self.curve.show_line(line, path, names[0], log=self._log)
        self._explain()
        self._tell()
        self._arrange()

    def _ask(self) -> None:
        if self._snapshot is None or self._pair is None:
            return
        request = self._asking.next(self._snapshot, self._chosen)
        if request is not None:
            self.plane_wanted.emit(request)

    def _names(self) -> tuple[str, str]:
        if self._snapshot is None or self._pair is None:
            return "", ""
        return axis_names(self._snapshot, self._chosen, self._asking.shown)

    def _move(self, snapshot: Snapshot) -> None:
        """Put path, ball and arrow where this moment has them."""
        relief, shown = self._relief, self._asking.shown
        if relief is None or shown is None or shown.path is None:
            return
        here, _ = shown.locate(snapshot.theta)
        now = relief.unit(here[np.newaxis])[0] if np.isfinite(here).all() else None
        since = _alone_since(snapshot, self._chosen)
        kept = (shown.path.steps >= since) & (shown.path.steps <= snapshot.step)
        course = lay_course(relief, shown.path.at[kept], shown.path.cost[kept], now)
        self.contour.show_path(course.flat, now)
        if self.scene is not None:
            self.scene.show_course(course, now)
        self._show_step(snapshot, now)

    def _step(self, snapshot: Snapshot) -> tuple[str, Array, bool] | None:
        """Return what the phase just done says of the two parameters, if anything.

        That is words, the way (2,) of the step in their own units, and whether it is done.
        """
        minibatch, phase = snapshot.minibatch, snapshot.phase
        if minibatch is None or phase is None or self._chosen.kind is not Kind.PARAMETERS:
            return None
        pair = list(self._chosen.pair)
        if phase.kind == "average":
            slope = minibatch.gradient[pair]
            return f"∂C/∂w = ({exact(*slope)})", -slope, False
        if phase.kind == "update":
            nudge = minibatch.nudge[pair]
            return f"moved by ({exact(*nudge)})", nudge, True
        return None

    def _show_step(self, snapshot: Snapshot, now: Array | None) -> None:
        """Draw the step of the phase just done, or else which way the cost falls fastest."""
        step, way, done = self._step(snapshot), None, False
        relief = self._relief
        if relief is not None and now is not None:
            moved = step[1].astype(np.float64) if step else -relief.slope_at(np.clip(now, 0, 1))
            ends = relief.unit(np.stack((np.zeros(2), moved)))
            way, done = ends[1] - ends[0], bool(step and step[2])
            if not np.isfinite(way).all():
                way = None
        for drawing in self.drawings():
            drawing.show_arrow(way, done=done)
        self.contour.label_arrow("" if step else "−∇C")
        words = step[0] if step is not None else ""
        if words != self._told:
            self._told = words
            self._tell()

    def _tell(self) -> None:
        """Write the line above."""
        shown = self._asking.shown
        self.message.setText(COMPUTING if shown is None else DIVERGED)
        if shown is None or self._snapshot is None:
            self.header.setText("")
            return
        reading = self._reading()
        if reading:
            self.header.setText(reading)
            return
        metrics = QFontMetricsF(self.header.font())
        room = self.width() - 20 - (self.offer.least() + 4 if self.flat() else 0)
        for text in header_texts(self._snapshot, shown, self._told):
            self.header.setText(text)
            if metrics.horizontalAdvance(text) <= room:
                break

    def _explain(self) -> None:
        """Say why the path is where it is, with the switch; bring the buttons up to date."""
        snapshot, chosen = self._snapshot, self._chosen
        enabled = snapshot is not None
        self.bar.show_choice(chosen, self._names(), self.mode(), log=self._log, enabled=enabled)
        if snapshot is None:
            return
        own, only = trained(chosen), snapshot.recipe.only
        labels = ("", "")
        if own:
            many = "only these two train" if len(own) == 2 else "only this one trains"
            few = many if only == own else f"all {snapshot.recipe.parameters:,} train"
            labels = (few, few) if self.flat() else (many, many.removesuffix(" train"))
        elif only:
            labels = (f"only {len(only):,} train", f"only {len(only):,} train")
        on = bool(only) and (not own or only == own)
        self.offer.show_why(why_texts(snapshot, chosen, self._asking.shown), labels, only=on)

    # -- what is chosen ---------------------------------------------------------------------------

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
        self._say_gestures()
        self._say_offer()

    @Slot()
    def again(self) -> None:
        """Show two other random directions."""
        self._change(replace(self._chosen, seed=self._chosen.seed + 1))

    @Slot(int, int)
    def set_closeness(self, points: int, sample: int) -> None:
        """Compute so many grid points a side at rest, over so many test examples."""
        self._change(replace(self._chosen, points=points, sample=sample))

    @Slot(bool)
    def set_log(self, log: bool) -> None:
        """Draw heights even in the logarithm of the cost, or in the cost."""
        self._log = log
        self._steady.forget()
        if self._asking.shown is not None:
            self._draw(self._asking.shown)
        if self._snapshot is not None:
            self._move(self._snapshot)

    def select(self, selection: Selection | None) -> None:
        """Offer a weight or bias that was clicked in whichever view."""
        picked = selection is not None and selection.kind == "parameter"
        self._offered = selection if picked else None
        self._say_offer()

    def _say_offer(self) -> None:
        snapshot, axes = self._snapshot, len(trained(self._chosen))
        name = ""
        if (
            snapshot is not None
            and self._offered is not None
            and self._offered.fits(snapshot.recipe)
        ):
            index = self._offered.parameter
            if index not in self._chosen.pair[:axes] and axes:
                name = parameter_name(snapshot.recipe, index)
        self.offer.offer(name, axes)
        self._tell()
        self._arrange()

    def _change(self, chosen: Chosen) -> None:
        if chosen == self._chosen:
            return
        self._chosen = chosen
        if self._snapshot is not None:
            self.show_snapshot(self._snapshot)
        self._explain()
        self._arrange()

    @Slot(bool)
    def _only(self, on: bool) -> None:
        value = ",".join(map(str, trained(self._chosen))) if on else ALL
        self.edit_requested.emit("trained", value or ALL, (), False)

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
        first, second = self._pair
        if index == (first, second)[1 - axis]:
            self.pick(second, first)
        else:
            self.pick(*((index, second) if axis == 0 else (first, index)))

    # -- the pointer ------------------------------------------------------------------------------

    @Slot(object)
    def _hover(self, unit: Array | None) -> None:
        """Write the height under the pointer, with a cross in both drawings."""
        self._under = unit if self._relief is not None else None
        for drawing in self.drawings():
            drawing.mark(self._under)
        self._make_room()
        self._tell()

    @Slot(object)
    def _hover_value(self, value: float | None) -> None:
        self._value = value
        self.curve.mark(value)
        self._make_room()
        self._tell()

    def _reading(self) -> str:
        """Return the height under the pointer in words; nothing where it is elsewhere."""
        relief, unit = self._relief, self._under
        if relief is not None and unit is not None:
            values = ", ".join(decimal(value) for value in relief.values(unit[np.newaxis])[0])
            return f"C({values}) = {cost_text(float(relief.cost_at(unit[np.newaxis])[0]))}"
        if self._value is not None and self._chosen.kind is Kind.LINE:
            return f"C({decimal(self._value)}) = {cost_text(self.curve.cost_at(self._value))}"
        return ""

    def _make_room(self) -> None:
        """Let a height that is read have the whole line where there is only one."""
        if self.flat():
            self._arrange()

    @Slot(object)
    def _choose_place(self, unit: Array) -> None:
        if self._relief is None or self._chosen.kind is not Kind.PARAMETERS:
            return
        first, second = self._relief.values(unit[np.newaxis])[0].tolist()
        self.edit_requested.emit(THETA, (first, second), self._chosen.pair, False)

    @Slot(object)
    def _choose_value(self, value: float) -> None:
        self.edit_requested.emit(THETA, (value,), self._chosen.pair[:1], False)

    def _say_gestures(self) -> None:
        moving = f"\n{MOVING}" if self._chosen.kind is Kind.PARAMETERS else ""
        self.contour.setToolTip(moving.strip())
        if self.scene is not None:
            self.scene.setToolTip(TURNING + moving)

    # -- how it looks -----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the parts for the new size."""
        super().resizeEvent(event)
        self._explain()
        self._tell()
        self._arrange()

    @Slot(str)
    def set_mode(self, mode: str) -> None:
        """Show "3-D", "both" or "2-D"."""
        self._mode = mode
        self._explain()
        self._arrange()

    @Slot()
    def _go_back(self) -> None:
        if self.scene is not None:
            self.scene.go_back()

    def _arrange(self) -> None:
        """Place the parts."""
        shown, slice_ = self._asking.shown, self._chosen.kind is Kind.LINE
        sliced = slice_ and shown is not None and shown.line is not None
        drawn = self._relief is not None or sliced
        self.arrange(drawn=drawn, slice_=slice_, reading=bool(self._reading()))


def _alone_since(snapshot: Snapshot, chosen: Chosen) -> int:
    """Return since when only the plane's own parameters train; 0 where others do."""
    own = trained(chosen)
    if not own or snapshot.recipe.only != own:
        return 0
    steps = [
        change.step
        for change in snapshot.changes
        if change.name == "trained" and change.step <= snapshot.step
    ]
    return steps[-1] if steps else 0


SPEC = ViewSpec("surface", "C(w₁, w₂) of this net, now", "right", SurfaceView, rate=6.0)
