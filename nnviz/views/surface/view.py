"""The cost surface of the net as it is now, in 3-D, as a contour map, or a slice of it.

The view asks for surfaces and hears the answers; between two
answers the ball moves over the last surface. Where there is no OpenGL the
contour map stands alone and the view says so.
"""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from nnviz.engine.changes import THETA
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.surface.landscape import Kind, Landscape, PlaneRequest
from nnviz.messages.commands import MakeEdit
from nnviz.messages.events import Surveying
from nnviz.messages.ports import Ports
from nnviz.views.palette import DARK, Theme
from nnviz.views.surface.path_3d import lay_path
from nnviz.views.surface.plane_choice import SurfaceChoice
from nnviz.views.surface.requests import Asking
from nnviz.views.surface.step import alone_since, step_of
from nnviz.views.surface.text import (
    CLICKS,
    axis_names,
    curve_reading,
    header_texts,
    reading_of,
    switch_labels,
    why_texts,
)
from nnviz.views.surface3d.shape import Relief, SteadyRange, make_relief
from nnviz.views.view import ViewSpec

Array = NDArray[np.floating[Any]]

COMPUTING = "computing the surface…"
NO_RUN = "The cost around two weights appears here once there is a run."
CALLED_OFF = "Called off: a step, or another pair of weights, computes it anew."
DIVERGED = "The cost is not a finite number here: the net has diverged."
TURNING = "Drag to turn, wheel to zoom, double click to go back"
MOVING = "Click to set both weights to the place under the pointer (undo takes it back)"
SLIDING = "Click to set the weight to the value under the pointer (undo takes it back)"


class SurfaceView(SurfaceChoice):
    """The drawings of one surface and the lines that say what it is.

    Signals:
        plane_wanted(object): a `PlaneRequest`; `show_landscape` takes the answer.
        plane_cancelled(): the surface asked for last is not wanted any more.
    """

    plane_wanted = Signal(object)
    plane_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._of: tuple[object, ...] = ()
        self._asking = Asking()
        self._steady = SteadyRange()
        self._log = False
        self._relief: Relief | None = None
        self._answer: Landscape | None = None
        self._missed = False
        self._under: Array | None = None
        self._value: float | None = None
        self.curve.setToolTip(SLIDING)
        self.curve.hovered.connect(self._hover_value)
        self.curve.chosen.connect(self._choose_value)
        for drawing in self.drawings():
            drawing.hovered.connect(self._hover)
            drawing.chosen.connect(self._choose_place)
        self.offer.cancelled.connect(self.cancel)
        self.bar.mode_wanted.connect(self.set_mode)
        self.bar.log_wanted.connect(self.set_log)
        self.bar.back_wanted.connect(self._go_back)
        self.set_theme(DARK)
        self._say_gestures()
        self._tell()

    def join(self, ports: Ports) -> None:
        """Ask for surfaces and hear them."""
        super().join(ports)
        asker = object()
        self.plane_wanted.connect(lambda request: ports.ask(request, asker))
        self.plane_cancelled.connect(lambda: ports.call_off(PlaneRequest, asker))
        ports.on(Landscape, self.show_landscape)
        ports.on(Surveying, self.show_progress)

    # -- what is shown ----------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours, those of ball and path too."""
        super().set_theme(theme)
        if self._snapshot is not None:
            self._move(self._snapshot)

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
            self._show_fraction(None)
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
        drawn once and not one after the other; unless it has come too late for the turn that
        it was meant for.
        """
        if not self._asking.accept(landscape):
            return
        self._answer = landscape
        self._show_fraction(None)
        if self._snapshot is not None and not self._snapshot.playing:
            self._draw_answer()
            if self.scene is not None:
                self.scene.look_inside()
            self._move(self._snapshot)
            self._ask()
        elif self._snapshot is not None and self._missed:
            self._draw_answer()
            self._move(self._snapshot)
            self._ask()

    def show_progress(self, told: Surveying) -> None:
        """Tell how much of the surface of a request is done."""
        known = self._asking.awaits(told.generation) and told.fraction < 1
        self._show_fraction(told.fraction if known else None)
        self._tell()
        self._arrange()

    def _show_fraction(self, fraction: float | None) -> None:
        self.offer.show_progress(fraction)
        self.busy.emit(fraction is not None)

    @Slot()
    def cancel(self) -> None:
        """Do not wait for the surface that is being computed."""
        if self._asking.give_up():
            self.plane_cancelled.emit()
        self._show_fraction(None)
        self._tell()

    def settled(self) -> bool:
        """Tell whether a surface is shown and none is waited for: at rest it is the fine one."""
        return self._asking.settled

    def call_off(self) -> None:
        """Do not wait for the surface that is being computed."""
        self.cancel()

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
        self._missed = request is None and self._asking.waits()
        if request is not None:
            self.plane_wanted.emit(request)
        if self._asking.shown is None:
            self._tell()

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
        since = alone_since(snapshot, self._chosen)
        kept = (shown.path.steps >= since) & (shown.path.steps <= snapshot.step)
        course = lay_path(relief, shown.path.at[kept], shown.path.cost[kept], now)
        self.contour.show_path(course.flat, now)
        if self.scene is not None:
            self.scene.show_course(course, now)
        self._show_step(snapshot, now)

    def _show_step(self, snapshot: Snapshot, now: Array | None) -> None:
        """Draw the step of the phase just done, or else which way the cost falls fastest."""
        step, way, done = step_of(snapshot, self._chosen), None, False
        relief = self._relief
        if relief is not None and now is not None:
            moved = step.way.astype(np.float64) if step else -relief.slope_at(np.clip(now, 0, 1))
            ends = relief.unit(np.stack((np.zeros(2), moved)))
            way, done = ends[1] - ends[0], bool(step and step.done)
            if not np.isfinite(way).all():
                way = None
        for drawing in self.drawings():
            drawing.show_arrow(way, done=done)
        self.contour.label_arrow("" if step else "−∇C")
        words = step.words if step is not None else ""
        if words != self._told:
            self._told = words
            self._tell()

    def _nothing(self) -> str:
        """Say why there is no surface."""
        if self._snapshot is None or self._pair is None:
            return NO_RUN
        return COMPUTING if self._asking.waits() else CALLED_OFF

    def _tell(self) -> None:
        """Write the line above."""
        shown = self._asking.shown
        self.message.setText(self._nothing() if shown is None else DIVERGED)
        if shown is None or self._snapshot is None:
            self.header.setText("")
            return
        reading = self._reading()
        self.offer.show_hint(CLICKS.get(self._chosen.kind, ()) if reading else ())
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
        labels, on = switch_labels(snapshot, chosen, few=self.flat())
        self.offer.show_why(why_texts(snapshot, chosen, self._asking.shown), labels, only=on)

    def refresh(self) -> None:
        """Say and place everything anew."""
        self._say_gestures()
        self._explain()
        self._tell()
        self._arrange()

    @Slot(bool)
    def set_log(self, log: bool) -> None:
        """Draw heights even in the logarithm of the cost, or in the cost."""
        self._log = log
        self._steady.forget()
        if self._asking.shown is not None:
            self._draw(self._asking.shown)
        if self._snapshot is not None:
            self._move(self._snapshot)

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
        if self._relief is not None and self._under is not None:
            return reading_of(self._relief, self._under)
        if self._value is not None and self._chosen.kind is Kind.LINE:
            return curve_reading(self._value, self.curve.cost_at(self._value))
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
        self.edit_requested.emit(MakeEdit(THETA, (first, second), self._chosen.pair))

    @Slot(object)
    def _choose_value(self, value: float) -> None:
        self.edit_requested.emit(MakeEdit(THETA, (value,), self._chosen.pair[:1]))

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


SPEC = ViewSpec("surface", "C(w₁, w₂) of this net, now", "right", SurfaceView, rate=7.0)
