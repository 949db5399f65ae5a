"""Places: opens the panel where a concept stands on the screen, and marks it there."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.messages.ports import Ports
from nnviz.messages.window_commands import OpenPanel, Select
from nnviz.views.palette import Theme
from nnviz.window.panel_window import PanelWindow
from nnviz.window.words.spots import spots
from nnviz.wording import Concept, choice, concepts, mentions

SHOWN = 5_000
"""Milliseconds that a mark stays."""
_LOOKS = 40
"""How often it is looked whether the panel has come, every 50 ms."""


class Places(QObject):
    """Shows where concepts stand."""

    def __init__(
        self, window: PanelWindow, snapshot: Callable[[], Snapshot | None], ports: Ports
    ) -> None:
        """Begin with nothing marked; panels are opened and numbers selected through the ports."""
        super().__init__(window)
        self._window, self._snapshot, self._ports = window, snapshot, ports
        self.mark: Mark | None = None
        self._looking = QTimer(self, interval=50)
        self._looking.timeout.connect(self._look)
        self._looks = 0
        self._wanted: tuple[Concept, Theme] | None = None

    def show(self, concept: str, theme: Theme) -> None:
        """Open the panel of a concept, select what shows it, and mark where it is written."""
        wanted = concepts()[concept]
        self._wanted, self._looks = (wanted, theme), 0
        self._forget()
        self._ports.send(OpenPanel(wanted.panel))
        snapshot = self._snapshot()
        if snapshot is not None and (picked := _picked(wanted.select, snapshot)) is not None:
            self._ports.send(Select(picked))
        self._looking.start()

    def _look(self) -> None:
        self._looks += 1
        if not self._window.settled() and self._looks < _LOOKS:
            return
        self._looking.stop()
        if self._wanted is None:
            return
        concept, theme = self._wanted
        panel, names = self._window.panel(concept.panel), mentions(concept, choice())
        if panel is not None and panel.isVisible():
            self.mark = Mark(panel, spots(panel, names), theme)
            self.mark.destroyed.connect(self._forget_destroyed)
            QTimer.singleShot(SHOWN, self.mark, self.mark.deleteLater)

    def _forget_destroyed(self) -> None:
        self.mark = None

    def _forget(self) -> None:
        if self.mark is not None:
            self.mark.deleteLater()
            self.mark = None


def _picked(what: str, snapshot: Snapshot) -> Selection | None:
    """Return what is selected to show a concept, or None for nothing."""
    recipe, last = snapshot.recipe, len(snapshot.recipe.layers) - 1
    if what == "neuron":
        return Selection("neuron", 1, 0)
    if what == "output":
        found = snapshot.focus.a[-1]
        known = bool(np.isfinite(found).all())
        return Selection("output", last, int(np.argmax(found)) if known else 0)
    if what in ("weight", "bias"):
        return Selection.of_weight(recipe, last, 0 if what == "weight" else None, 0)
    return None


class Mark(QWidget):
    """Frames over a panel: around it, and around each spot."""

    def __init__(self, panel: QWidget, spots: Sequence[QRect], theme: Theme) -> None:
        super().__init__(panel)
        self.spots = list(spots)
        self._colour, self._line = QColor(theme.now), theme.scale.line(2.0)
        self._gap = theme.scale.space(3)
        self.setObjectName("glossary_mark")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setGeometry(panel.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frames."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour, self._line))
        half, gap = self._line / 2, self._gap
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 5, 5)
        for spot in self.spots:
            painter.drawRoundedRect(QRectF(spot).adjusted(-gap, -gap, gap, gap), gap, gap)
