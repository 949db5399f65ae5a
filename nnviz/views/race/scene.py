"""The race in 3-D: every racer's ball wears the mark that it has in the map and in the table."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtGui import QPainter, QPaintEvent

from nnviz.views.race.marks import paint_mark
from nnviz.views.surface3d import mesh
from nnviz.views.surface3d.scene import ReliefScene, Trace

MARK = 0.42
"""Radius of a mark, in heights of a letter."""


class RaceScene(ReliefScene):
    """The relief with the racers on it."""

    _racers: Sequence[str] = ()

    def show_racers(self, racers: Sequence[str], traces: Sequence[Trace]) -> None:
        """Show racers by their names, each with its trace."""
        self._racers = racers
        self.show_traces(traces)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scene, and the marks over it."""
        super().paintEvent(event)
        if self._relief is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = MARK * self.metrics().height()
        for name, trace in zip(self._racers, self._traces, strict=True):
            if trace.now is not None:
                here = np.clip(trace.now[np.newaxis], 0, 1)
                place = mesh.in_box(here, self._relief.height_at(here))[0]
                paint_mark(painter, self._project(place), radius, name, self._theme)
