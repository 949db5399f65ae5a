"""The cost surface of the net as it is now, in 3-D, as a contour map, or a slice of it.

The view asks for surfaces and hears the answers; between two answers the ball moves over the last
surface. What is shown is one `SurfacePicture`, made anew whenever the net, what is chosen, an
answer or the pointer changes. Where there is no OpenGL the contour map stands alone and says so.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from nnviz.engine.changes import THETA
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.surface.landscape import Kind, Landscape, PlaneRequest
from nnviz.messages.commands import MakeEdit
from nnviz.messages.events import Surveying
from nnviz.messages.ports import Ports
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.sentence import fullest
from nnviz.views.surface.picture import Answered, SurfacePicture, picture, relief_of
from nnviz.views.surface.plane_choice import SurfaceChoice
from nnviz.views.surface.requests import Requests
from nnviz.views.surface.text import MOVING, SLIDING, TURNING
from nnviz.views.surface3d.shape import Relief

LAG_MS = 40
"""Milliseconds by which the map follows the 3-D drawing while training plays: a frame later."""


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
        self.picture = SurfacePicture()
        self._requests = Requests()
        self._drawn: Landscape | None = None
        self._fraction: float | None = None
        self._missed = False
        self._ahead: tuple[tuple[object, ...], Relief | None] = (), None
        self._of: tuple[object, ...] = ()
        self._said: tuple[object, ...] = ()
        self._arranged: tuple[object, ...] = ()
        self.curve.setToolTip(SLIDING)
        self.curve.hovered.connect(self._hover_value)
        self.curve.chosen.connect(self._choose_value)
        for drawing in self.drawings():
            drawing.hovered.connect(self._hover)
            drawing.chosen.connect(self._choose_place)
        self.body.resized.connect(self.refresh)
        self.banner.cancelled.connect(self.call_off)
        self.set_theme(DARK)

    def join(self, ports: Ports) -> None:
        """Ask for surfaces and hear them."""
        super().join(ports)
        asker = object()
        self.plane_wanted.connect(lambda request: ports.ask(request, asker))
        self.plane_cancelled.connect(lambda: ports.call_off(PlaneRequest, asker))
        ports.on(Landscape, self.show_landscape)
        ports.on(Surveying, self.show_progress)

    # -- what comes in ----------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        super().set_theme(theme)
        self.refresh()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Move the ball and the path; ask for a new surface if this moment needs one."""
        self.adopt(snapshot)
        self._ask()
        of = snapshot.run, *self._state.plane()
        if of != self._of:
            self._of = of
            self._show_fraction(None)
        self._drawn = self._requests.shown
        self.refresh()

    @Slot(object)
    def show_landscape(self, landscape: Landscape) -> None:
        """Draw an answer, unless it has become stale.

        While training runs it waits for this view's next turn, so that surface and path are
        drawn once and not one after the other; unless it has come too late for the turn that
        it was meant for.
        """
        if not self._requests.accept(landscape):
            return
        told = self._fraction is not None
        self._show_fraction(None)
        resting = self._snapshot is not None and not self._snapshot.playing
        if resting or self._missed:
            self._drawn = landscape
            self._ask()
        elif not told and self.picture.lack is None:
            self._make_ahead(landscape)
            return
        self.refresh()
        if resting and self.scene is not None:
            self.scene.look_inside()

    def _make_ahead(self, landscape: Landscape) -> None:
        """Make ahead what is drawn at this view's next turn, so that no frame has all of it."""
        relief = relief_of(self._state, landscape, self.picture)
        if relief is not None:
            self._ahead = (landscape, self.picture.relief, self._state.log), relief
            if self.scene is not None:
                self.scene.prepare(relief)

    def show_progress(self, told: Surveying) -> None:
        """Tell how much of the surface of a request is done."""
        known = self._requests.awaits(told.generation) and told.fraction < 1
        self._show_fraction(told.fraction if known else None)
        self.refresh()

    def _show_fraction(self, fraction: float | None) -> None:
        self._fraction = fraction
        self.busy.emit(fraction is not None)

    @Slot()
    def call_off(self) -> None:
        """Do not wait for the surface that is being computed."""
        if self._requests.give_up():
            self.plane_cancelled.emit()
        self._show_fraction(None)
        self.refresh()

    def settled(self) -> bool:
        """Tell whether a surface is shown and none is waited for: at rest it is the fine one."""
        return self._requests.settled

    def _ask(self) -> None:
        assert self._snapshot is not None
        request = self._requests.next(self._snapshot, self._state)
        self._missed = request is None and self._requests.waits()
        if request is not None:
            self.plane_wanted.emit(request)

    # -- what is kept -----------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """Return what is chosen: plane, closeness, heights, drawing and camera."""
        if self.scene is not None:
            self._state = replace(self._state, viewpoint=self.scene.viewpoint)
        return super().state()

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Choose again what `state` returned."""
        super().restore(kept)
        if self.scene is not None:
            self.scene.look(self._state.viewpoint)

    # -- what is shown ----------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Make the picture of this moment and draw what is new in it."""
        before = self.picture
        playing = self._snapshot is not None and self._snapshot.playing
        self.contour.lag = LAG_MS if playing and self.mode() == "both" else 0
        made_for, relief = self._ahead
        ahead = relief if made_for == (self._drawn, before.relief, self._state.log) else None
        answered = Answered(self._drawn, self._requests.waits(), self._fraction, ahead)
        made = picture(self._snapshot, self._state, answered, self._hands, before)
        self.picture = made
        if made.relief is not before.relief or made.names != before.names:
            for drawing in self.drawings():
                drawing.show_relief(made.relief, made.names)
        if made.slice is not before.slice:
            self.curve.show_slice(made.slice)
        if made.motion is not before.motion and made.motion is not None:
            for drawing in self.drawings():
                drawing.show_motion(made.motion)
        for drawing in self.drawings():
            drawing.mark(self._hands.unit if made.relief is not None else None)
        known = self._snapshot is not None
        self.bar.show_choice(self._state, made.names, made.whole, self.mode(), enabled=known)
        self.banner.show_picture(made, alone=self.flat())
        self.message.setText(made.lack.value if made.lack is not None else "")
        self._arrange(made)
        texts, room = made.reading or made.header, self.header.width()
        said = texts, room, self._theme.scale
        if said != self._said:
            self._said = said
            self.header.setText(fullest(texts, self.header.font(), room))

    def _arrange(self, made: SurfacePicture) -> None:
        """Place the parts, and say what can be done in them, where a picture needs others."""
        needs = (
            *(self._state, self._theme, self.body.size(), self.mode(), made.names),
            *(made.lack, made.slice is None, made.fraction is None, made.offered, made.axes),
            *(bool(made.reading), made.header, made.why, made.switch, self.bar.least),
        )
        if needs == self._arranged:
            return  # several times a second while training
        self._arranged = needs
        moving = f"\n{MOVING}" if self._state.kind is Kind.PARAMETERS else ""
        self.contour.setToolTip(moving.strip())
        if self.scene is not None:
            self.scene.setToolTip(TURNING + moving)
        self.arrange(made)

    # -- the pointer ------------------------------------------------------------------------------

    @Slot(object)
    def _hover(self, unit: Array | None) -> None:
        """Write the height under the pointer, with a cross in both drawings."""
        self._hands = replace(self._hands, unit=unit if self.picture.relief is not None else None)
        self.refresh()

    @Slot(object)
    def _hover_value(self, value: float | None) -> None:
        self._hands = replace(self._hands, value=value)
        self.curve.mark(value)
        self.refresh()

    @Slot(object)
    def _choose_place(self, unit: Array) -> None:
        relief = self.picture.relief
        if relief is None or self._state.kind is not Kind.PARAMETERS:
            return
        first, second = relief.values(unit[np.newaxis])[0].tolist()
        self.wanted.emit(MakeEdit(THETA, (first, second), self._state.pair))

    @Slot(object)
    def _choose_value(self, value: float) -> None:
        self.wanted.emit(MakeEdit(THETA, (value,), self._state.pair[:1]))
