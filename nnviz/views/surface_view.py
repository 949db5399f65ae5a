"""The cost surface C(w1, w2) of the net as it is now, in 3-D and as a contour map.

The view asks for surfaces with a signal and is handed the answers; between two
answers the ball and the path move over the last surface. Where there is no
OpenGL the contour map stands alone and the view says so.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from nnviz.engine.landscape import Landscape
from nnviz.engine.plane import parameter_name
from nnviz.engine.snapshot import Snapshot
from nnviz.views import gl_probe
from nnviz.views.palette import DARK, Theme
from nnviz.views.relief_contour import ContourMap
from nnviz.views.relief_numbers import cost_text, decimal
from nnviz.views.relief_shape import Relief, SteadyRange, make_relief
from nnviz.views.surface_asking import Asking, Pair
from nnviz.views.surface_chooser import Chooser
from nnviz.views.view import View, ViewSpec

Array = NDArray[np.floating[Any]]

NO_GL = "No OpenGL here: the contour view shows the same surface."
COMPUTING = "computing the surface…"
DIVERGED = "The cost is not a finite number here: the net has diverged."
MODES = ("3-D", "both", "2-D")
BOTH_FROM = 290
"""Width in pixels from which 3-D and contour stand side by side at first."""


class SurfaceView(View):
    """Two drawings of one surface, the line that says what it is, and its two parameters.

    Signals:
        plane_wanted(object): a PlaneRequest; the answer goes to `show_landscape`.
        watch_requested(int, int): record the path of these two entries of theta from now on.
    """

    plane_wanted = Signal(object)
    watch_requested = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._snapshot: Snapshot | None = None
        self._told = ""
        self._pair: Pair | None = None
        self._picked: Pair | None = None
        self._asking = Asking()
        self._steady = SteadyRange()
        self._relief: Relief | None = None
        self._mode: str | None = None
        self.scene: Any = None
        shared = gl_probe.shared_gl()
        if shared is not None:
            from nnviz.views.relief_scene import ReliefScene

            self.scene = ReliefScene(shared, self)
        self.contour = ContourMap(self)
        self.header = QLabel(self)
        self.message = QLabel(COMPUTING, self)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.note = QLabel(NO_GL, self)
        self.note.setWordWrap(True)
        self.note.setVisible(self.scene is None)
        self.choosers = (QPushButton(self), QPushButton(self))
        for axis, button in enumerate(self.choosers):
            button.setToolTip(f"Choose the parameter along w{'₁₂'[axis]}")
            button.clicked.connect(self._choose_first if axis == 0 else self._choose_second)
        self.chooser = Chooser(self)
        self.chooser.chosen.connect(self._chosen)
        self._choosing = 0
        self.modes = {name: QPushButton(name, self) for name in MODES}
        for name, button in self.modes.items():
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setVisible(self.scene is not None)
            button.setProperty("mode", name)
            button.clicked.connect(self._mode_clicked)
        self._answer: Landscape | None = None
        self.set_theme(DARK)
        self._tell()

    def sizeHint(self) -> QSize:
        """Return the size at which it stands in the right column."""
        return QSize(460, 250)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which one drawing can be read."""
        return QSize(260, 170)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Move the ball and the path; ask for a new surface if this moment needs one."""
        known = self._snapshot
        new_run = known is None or known.run != snapshot.run
        if new_run or self._picked == snapshot.watched:
            self._picked = None
        self._snapshot = snapshot
        pair = self._picked or snapshot.watched
        if pair != self._pair or new_run:
            self._pair = pair
            self._steady.forget()
            self._set_relief(None)
        self._draw_answer()
        self._ask()
        self._move(snapshot)

    @Slot(object)
    def show_landscape(self, landscape: Landscape) -> None:
        """Draw an answer, unless it has become stale.

        While training runs it waits for this view's next turn, so that surface and path are
        drawn once and not one after the other.
        """
        if not self._asking.accept(landscape):
            return
        self._answer = landscape
        if self._snapshot is not None and not self._snapshot.playing:
            self._draw_answer()
            self._move(self._snapshot)
            self._ask()

    def _draw_answer(self) -> None:
        if self._answer is not None and self._answer is self._asking.shown:
            answer = self._answer
            self._set_relief(make_relief(answer.w1, answer.w2, answer.cost, self._steady))
        self._answer = None

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

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.setPalette(palette)
        self.contour.set_theme(theme)
        if self.scene is not None:
            self.scene.set_theme(theme)
        style = (
            f"QPushButton {{ background: {theme.raised}; color: {theme.text}; border: 1px solid "
            f"{theme.line}; border-radius: 4px; padding: 0px 6px; min-height: 0px; }}"
            f"QPushButton:hover, QPushButton:focus {{ border-color: {theme.dim}; }}"
            f"QPushButton:checked {{ background: {theme.text}; color: {theme.panel}; }}"
        )
        for button in (*self.choosers, *self.modes.values()):
            button.setStyleSheet(style)
        for label in (self.header, self.message, self.note):
            label.setStyleSheet(f"QLabel {{ color: {theme.dim}; }}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the parts for the new size."""
        super().resizeEvent(event)
        self._tell()
        self._arrange()

    def mode(self) -> str:
        """Return which drawings are seen: "3-D", "both" or "2-D"."""
        if self.scene is None:
            return "2-D"
        return self._mode or ("both" if self.width() >= BOTH_FROM else "3-D")

    def set_mode(self, mode: str) -> None:
        """Show "3-D", "both" or "2-D"."""
        self._mode = mode
        self._arrange()

    def _mode_clicked(self) -> None:
        self.set_mode(str(self.sender().property("mode")))

    def _ask(self) -> None:
        if self._snapshot is None or self._pair is None:
            return
        request = self._asking.next(self._snapshot, self._pair)
        if request is not None:
            self.plane_wanted.emit(request)

    def _set_relief(self, relief: Relief | None) -> None:
        self._relief = relief
        names = self._names()
        self.contour.show_relief(relief, names)
        if self.scene is not None:
            self.scene.show_relief(relief, names)
        self._tell()
        self._arrange()

    def _names(self) -> tuple[str, str]:
        if self._snapshot is None or self._pair is None:
            return "", ""
        first, second = (parameter_name(self._snapshot.recipe, index) for index in self._pair)
        return first, second

    def _move(self, snapshot: Snapshot) -> None:
        """Put path and ball where this moment has them."""
        if self._relief is None or self._pair is None:
            return
        here = snapshot.theta[list(self._pair)].astype(np.float64)
        path: NDArray[np.floating[Any]] = np.empty((0, 2))
        now = None
        if np.isfinite(here).all():
            now = self._relief.unit(here[np.newaxis])[0]
            if snapshot.watched == self._pair:
                path = self._relief.path(np.concatenate((snapshot.path, here[np.newaxis])))
        self.contour.show_path(path, now)
        self._show_step(snapshot)
        if self.scene is not None:
            self.scene.show_path(path, now)

    def _step(self, snapshot: Snapshot) -> tuple[str, Array, bool] | None:
        """Return what the phase just done says of the two parameters, if anything.

        That is words, the way (2,) of the step in their own units, and whether it is done.
        """
        minibatch, phase = snapshot.minibatch, snapshot.phase
        if minibatch is None or phase is None or self._pair is None:
            return None
        pair = list(self._pair)
        if phase.kind == "average":
            slope = minibatch.gradient[pair]
            return f"∂C/∂w = ({_exact(slope)})", -slope, False
        if phase.kind == "update":
            nudge = minibatch.nudge[pair]
            return f"moved by ({_exact(nudge)})", nudge, True
        return None

    def _show_step(self, snapshot: Snapshot) -> None:
        step, way, done = self._step(snapshot), None, False
        if step is not None and self._relief is not None:
            ends = self._relief.unit(np.stack((np.zeros(2), step[1].astype(np.float64))))
            way, done = ends[1] - ends[0], step[2]
        self.contour.show_arrow(way, done=done)
        words = step[0] if step is not None else ""
        if words != self._told:
            self._told = words
            self._tell()

    def _tell(self) -> None:
        """Write the line above and the names on the buttons."""
        for button in self.choosers:
            button.setEnabled(self._pair is not None)
        shown = self._asking.shown
        self.message.setText(COMPUTING if shown is None else DIVERGED)
        if shown is None or self._snapshot is None:
            self.header.setText("")
            return
        request = shown.request
        what = "images" if self._snapshot.image_shape else "examples"
        here = ", ".join(
            decimal(float(request.theta[index])) for index in (request.first, request.second)
        )
        value = f"C = {cost_text(shown.present)}"
        metrics = QFontMetricsF(self.header.font())
        step = self._step(self._snapshot)
        for text in (
            *(
                (f"{value} at ({here}) · {step[0]}", f"{value} · {step[0]}", step[0])
                if step
                else ()
            ),
            f"{value} at ({here}) · {shown.examples:,} test {what}",
            f"{value} at ({here}) · n = {shown.examples:,}",
            f"{value} at ({here})",
            value,
        ):
            self.header.setText(text)
            if metrics.horizontalAdvance(text) <= self.width() - 20:
                break

    def _arrange(self) -> None:
        """Place header, drawings, note and buttons."""
        width, height = self.width(), self.height()
        margin, line = 8, self.fontMetrics().height()
        self.header.setGeometry(margin + 2, 0, width - 2 * margin, line + 4)
        top, button = line + 5, line + 4
        foot = height - 6 - button
        modes = [mode.sizeHint().width() for mode in self.modes.values()]
        room = width - 2 * margin - (sum(modes) + 6 if self.scene is not None else 0)
        for prefix in (True, False):
            for axis, (chooser, name) in enumerate(zip(self.choosers, self._names(), strict=True)):
                chooser.setText(f"w{'₁₂'[axis]}: {name} ▾" if prefix else f"{name} ▾")
            names = [chooser.sizeHint().width() for chooser in self.choosers]
            if sum(names) + 6 <= room:
                break
        x = margin
        for chooser, wide in zip(self.choosers, names, strict=True):
            chooser.setGeometry(x, foot, min(wide, (width - 2 * margin - 6) // 2), button)
            x += chooser.width() + 6
        left = width - margin - sum(modes)
        seen = self.scene is not None and x <= left
        for mode, wide in zip(self.modes.values(), modes, strict=True):
            mode.setGeometry(left, foot, wide, button)
            mode.setVisible(seen)
            left += wide
        body = QRect(margin, top, width - 2 * margin, foot - top - 4)
        if self.scene is None:
            tall = self.note.heightForWidth(body.width())
            self.note.setGeometry(body.left(), body.bottom() - tall, body.width(), tall)
            body.setHeight(body.height() - tall - 2)
        shown = self.mode()
        self.modes[shown].setChecked(True)
        drawn = self._relief is not None
        self.message.setVisible(not drawn)
        self.message.setGeometry(body)
        self.contour.setVisible(drawn and shown != "3-D")
        if self.scene is not None:
            self.scene.setVisible(drawn and shown != "2-D")
        if shown == "both":
            wide, tall = body.width(), body.height()
            if tall > wide:
                upper = QRect(body.left(), body.top(), wide, tall // 2)
                self.scene.setGeometry(upper)
                self.contour.setGeometry(upper.translated(0, upper.height()))
            else:
                split = wide - min(int(0.46 * wide), int(1.15 * tall))
                self.scene.setGeometry(body.left(), body.top(), split, tall)
                self.contour.setGeometry(body.left() + split, body.top(), wide - split, tall)
        else:
            self.contour.setGeometry(body)
            if self.scene is not None:
                self.scene.setGeometry(body)

    def _choose_first(self) -> None:
        self._choose(0)

    def _choose_second(self) -> None:
        self._choose(1)

    def _choose(self, axis: int) -> None:
        if self._snapshot is None or self._pair is None:
            return
        self._choosing = axis
        button = self.choosers[axis]
        size = self.chooser.sizeHint()
        at = button.mapToGlobal(QPoint(0, -size.height() - 2))
        self.chooser.edit(self._snapshot.recipe, self._pair[axis], at)

    @Slot(int)
    def _chosen(self, index: int) -> None:
        if self._pair is None:
            return
        first, second = self._pair
        other = second if self._choosing == 0 else first
        if index == other:
            # The one on the other axis: the two change places.
            self.pick(second, first)
        elif self._choosing == 0:
            self.pick(index, second)
        else:
            self.pick(first, index)


def _exact(pair: Array) -> str:
    """Write two small numbers with two digits that count, signs included."""
    return ", ".join(f"{float(value):+.2g}".replace("-", "−") for value in pair)


SPEC = ViewSpec("surface", "C(w₁, w₂) of this net, now", "right", SurfaceView, rate=5.0)
