"""The race: the six optimisers descend one surface, stepped forwards and backwards.

This is a little laboratory of its own, beside the run: a surface is chosen from
a table of formulas or cut through the network as it is now, a start by a click
or by typing, and for each racer a learning rate. What each run comes to is named.
Races on the network take a while: they are asked for with a signal, and the last
one stays on screen until the answer is there.
"""

from typing import Any

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHideEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from nnviz.engine.landscape import Kind, PlaneRequest
from nnviz.engine.race import RACERS, Race
from nnviz.engine.race_plane import RaceAnswer, RaceRequest
from nnviz.engine.snapshot import Snapshot
from nnviz.engine.valleys import VALLEYS, Point
from nnviz.views import gl_probe
from nnviz.views.palette import DARK, Theme
from nnviz.views.race_controls import RaceControls
from nnviz.views.race_curve import RaceCurve
from nnviz.views.race_map import RaceMap, relief_of
from nnviz.views.race_marks import colour_of, label_of, number, place
from nnviz.views.race_planes import PLANES, PlaneRaces
from nnviz.views.race_table import COLUMN, LEAST, TALL, RaceTable
from nnviz.views.relief_colours import grey
from nnviz.views.relief_shape import Relief
from nnviz.views.view import View, ViewSpec

FIRST = "long"
"""The surface shown at first."""
SHOWN = 12
"""The step shown at first, so that there is something to see."""
TICK = 80
"""Milliseconds between two pictures while it plays."""
MODES = ("2-D", "3-D")
LOW = 230
"""Height in pixels below which the controls have one row only."""


DIVERGED = "The cost is not a finite number here: the net has diverged; go back and try again."
NO_NET = "There is no network yet: start a run, then choose its plane again."


class RaceView(View):
    """The laboratory: a drawing of the race, its table, and what it is steered with.

    Signals:
        race_wanted(object): a RaceRequest; the answer goes to `show_answer`.
        race_cancelled(): the race asked for last is not wanted any more.
    """

    race_wanted = Signal(object)
    race_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._theme = DARK
        self._mode = "2-D"
        self._relief: Relief | None = None
        self._planes = PlaneRaces()
        self._plane: PlaneRequest | None = None
        self._start: Point | None = None
        self._remark = ""
        self.race = Race(VALLEYS[FIRST])
        self.race.go_to(SHOWN)
        self.selected = RACERS[0]
        self.chooser = QComboBox(self)
        self.chooser.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for valley in VALLEYS.values():
            self.chooser.addItem(valley.label, valley.name)
            tip = f"{valley.formula}\n{valley.remark}"
            self.chooser.setItemData(self.chooser.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.chooser.insertSeparator(self.chooser.count())
        for kind, label in PLANES.items():
            self.chooser.addItem(label, kind)
        self.chooser.setCurrentIndex(self.chooser.findData(FIRST))
        self.chooser.currentIndexChanged.connect(self._surface_chosen)
        self.formula = QLabel(self)
        self.now = QPushButton("now", self)
        self.now.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.now.setToolTip("Cut the plane again, through the network as it is at this moment")
        self.now.clicked.connect(self.take_now)
        self.reading = QLabel(self)
        self.map = RaceMap(self)
        self.curve = RaceCurve(self)
        self.scene: Any = None
        shared = gl_probe.shared_gl()
        if shared is not None:
            from nnviz.views.relief_scene import ReliefScene

            self.scene = ReliefScene(shared, self, most=len(RACERS))
            self.scene.look_from(52.0)  # from higher up, over the walls of a narrow valley
        self.modes = {name: QPushButton(name, self) for name in MODES}
        for name, button in self.modes.items():
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setChecked(name == self._mode)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setProperty("mode", name)
            button.clicked.connect(self._mode_clicked)
        self.table = RaceTable(self)
        self.controls = RaceControls(self)
        self._clock = QTimer(self)
        self._clock.setInterval(TICK)
        self._clock.timeout.connect(self._tick)
        for drawing in (self.map, self.curve):
            drawing.start_picked.connect(self._start_picked)
        self.table.selected.connect(self.select_racer)
        self.table.toggled.connect(self._toggle)
        self.controls.step_wanted.connect(self._step)
        self.controls.restart_wanted.connect(self._restart)
        self.controls.play_wanted.connect(self.toggle_playing)
        self.controls.start_typed.connect(self._start_picked)
        self.controls.rate_wanted.connect(self._set_rate)
        self.set_theme(DARK)

    def sizeHint(self) -> QSize:
        """Return the size at which it stands in the right column."""
        return QSize(460, 320)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which it can be used; all is said from 340×300 on."""
        return QSize(300, 170)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Remember the network, for planes to be cut through; a race goes on where it is."""
        self._planes.snapshot = snapshot
        self.now.setEnabled(True)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours."""
        self._theme = theme
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.panel))
        self.setPalette(palette)
        for part in (self.map, self.curve, self.table, self.controls):
            part.set_theme(theme)
        if self.scene is not None:
            self.scene.set_theme(theme)
            self.scene.set_tint(grey(theme))
            self._relief = None
        self._style()
        self._show()

    def _style(self) -> None:
        """Colour the parts that are Qt's own; the arrow of the list follows the letters."""
        theme, unit = self._theme, self.unit()
        style = (
            f"QPushButton, QComboBox {{ background: {theme.raised}; color: {theme.text};"
            f" border: 1px solid {theme.line}; border-radius: 4px; padding: 0px 5px;"
            f" min-height: 0px; }}"
            f"QPushButton:hover, QComboBox:hover {{ border-color: {theme.dim}; }}"
            f"QPushButton:checked {{ background: {theme.text}; color: {theme.panel}; }}"
            f"QComboBox::drop-down {{ width: {1.4 * unit:.0f}px; }}"
            f"QComboBox::down-arrow {{ width: {0.7 * unit:.0f}px; height: {0.7 * unit:.0f}px; }}"
        )
        for button in (self.chooser, self.now, *self.modes.values()):
            button.setStyleSheet(style)
        self.formula.setStyleSheet(f"color: {theme.text};")
        self.reading.setStyleSheet(f"color: {theme.dim};")

    # -- what is done to the race ---------------------------------------------------------------

    def show_surface(self, name: str) -> None:
        """Race on another surface, from its own start with its own learning rates."""
        self.chooser.setCurrentIndex(self.chooser.findData(name))

    @Slot(int)
    def _surface_chosen(self, index: int) -> None:
        self.cancel()
        kind = self.kind()
        if kind is not None:
            self._ask(self._planes.take(kind))
            return
        self._plane = None
        self._put(Race(VALLEYS[self.chooser.itemData(index)], racers=self.race.racers))

    def kind(self) -> Kind | None:
        """Return which plane through the network is chosen; None for a formula."""
        chosen = self.chooser.currentData()  # Qt makes a plain text of the kind
        return Kind(chosen) if chosen in PLANES else None

    def _put(self, race: Race) -> None:
        """Show another race, at the step at which the last one stood."""
        race.go_to(self.race.step)
        if race.valley is not self.race.valley:
            self._relief = None
        self.race = race
        self._show()
        self._arrange()

    @Slot(object)
    def _start_picked(self, place: tuple[float, ...]) -> None:
        if len(place) == self.race.valley.weights:
            if self._plane is None:
                self.race.put_start(place)
            else:
                self._start = place
                self._ask(self._planes.again(self._plane, self.race, start=place))
        self._show()

    @Slot(str)
    def select_racer(self, name: str) -> None:
        """Let the slider set this racer's learning rate, and the drawing show it on top."""
        self.selected = name
        self._show()

    @Slot(str)
    def _toggle(self, name: str) -> None:
        racers = set(self.race.racers) ^ {name}
        self.race.choose(racers)
        self._show()

    @Slot(float)
    def _set_rate(self, rate: float) -> None:
        if rate > 0:  # what was typed was a rate
            if self._plane is None:
                self.race.set_rate(self.selected, rate)
            else:
                changed = self.selected, rate
                self._ask(
                    self._planes.again(self._plane, self.race, start=self._start, rate=changed)
                )
        self._show()

    # -- races on the network ---------------------------------------------------------------------

    @Slot()
    def take_now(self) -> None:
        """Race on the plane that is chosen through the network as it is now."""
        kind = self.kind()
        if kind is not None:
            self._ask(self._planes.take(kind))

    def _ask(self, request: RaceRequest | None) -> None:
        self._remark = NO_NET if request is None else ""
        if request is not None:
            self.race_wanted.emit(request)
            self.busy.emit(True)
        self._show()
        self._arrange()

    @Slot(object)
    def show_answer(self, answer: RaceAnswer) -> None:
        """Show a race that has been run, unless another is wanted by now."""
        if not self._planes.accept(answer):
            return
        self._start = None
        self.busy.emit(False)
        if answer.race is None:
            self._remark = DIVERGED
            self._show()
            return
        race = answer.race
        if race.valley is self.race.valley and race.start == self.race.start:
            # Another learning rate: the runs of the others are known.
            race.take(run for run in self.race.runs() if run.optimiser not in race.racers)
        race.choose(self.race.racers)
        self._plane = answer.request.plane
        self._put(race)

    def show_progress(self, generation: int, fraction: float) -> None:
        """Tell how much of a race is done, 0..1."""
        if self._planes.tell(generation, fraction):
            self._read()

    def cancel(self) -> None:
        """Wait for no race any more."""
        self._start, self._remark = None, ""
        if self._planes.give_up():
            self.race_cancelled.emit()
            self.busy.emit(False)

    def call_off(self) -> None:
        """Wait for no race any more, and show the last one."""
        self.cancel()
        self._show()

    @Slot(int)
    def _step(self, by: int) -> None:
        self._clock.stop()
        self.race.go(by)
        self._show()

    @Slot()
    def _restart(self) -> None:
        self._clock.stop()
        self.race.go_to(0)
        self._show()

    @Slot()
    def toggle_playing(self) -> None:
        """Play from here, from the start if this is the end; or pause."""
        if self._clock.isActive():
            self._clock.stop()
        else:
            if self.race.step == self.race.steps:
                self.race.go_to(0)
            self._clock.start()
        self._show()

    @Slot()
    def _tick(self) -> None:
        if not self.race.go(max(1, self.race.steps // 200)):
            self._clock.stop()
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause while nobody looks."""
        self._clock.stop()
        super().hideEvent(event)

    # -- drawing ----------------------------------------------------------------------------------

    def mode(self) -> str:
        """Return which drawing is seen: "1-D", "2-D" or "3-D"."""
        if self.race.valley.weights == 1:
            return "1-D"
        return self._mode if self.scene is not None else "2-D"

    def set_mode(self, mode: str) -> None:
        """Show surfaces of two weights in "2-D" or in "3-D"."""
        self._mode = mode
        self.modes[mode].setChecked(True)
        self._show()
        self._arrange()

    def _mode_clicked(self) -> None:
        self.set_mode(str(self.sender().property("mode")))

    def _show(self) -> None:
        """Bring everything up to date."""
        mode = self.mode()
        if mode == "1-D":
            self.curve.show_race(self.race, self.selected)
        else:
            self.map.show_race(self.race, self.selected, self._start)
        if mode == "3-D":
            self._show_scene()
        self.table.show_race(self.race, self.selected)
        self.controls.show_race(self.race, self.selected, playing=self._clock.isActive())
        self.formula.setToolTip(self.race.valley.remark)
        self.chooser.setToolTip(self.race.valley.remark)
        self._read()

    def _show_scene(self) -> None:
        from nnviz.views.relief_scene import Trace

        race, theme = self.race, self._theme
        if self._relief is None:
            valley = race.valley
            self._relief = relief_of(valley, np.array(valley.low), np.array(valley.high))
            self.scene.show_relief(self._relief, (valley.names[0], valley.names[-1]))
        if self._relief is None:
            return
        traces = []
        for run in race.runs():
            path = run.path[: race.step + 1]
            path = path[np.isfinite(path).all(axis=1)]
            colour = colour_of(run.optimiser, theme)
            now = self._relief.unit(path[-1:])[0] if len(path) == race.step + 1 else None
            on_it = self._relief.path(path)
            traces.append(Trace(on_it, now, colour, theme.panel, colour, theme.panel))
        self.scene.show_traces(traces)

    def reading_texts(self) -> tuple[str, ...]:
        """Return what there is to say of the selected racer now, in many words and in few."""
        race, label = self.race, label_of(self.selected)
        if self._remark:
            return (self._remark, self._remark.partition(":")[0])
        if self._planes.fraction is not None:
            done = f"{100 * self._planes.fraction:.0f} %"
            return (f"running all six on this plane… {done}", f"running… {done}", done)
        if self.selected not in race.racers:
            return (f"{label} is not in the race", label)
        run, step = race.descent(self.selected), race.step
        here = run.path[step].tolist()
        if not np.isfinite(run.path[step]).all():
            return (f"{label} has diverged: its weights are no numbers any more", "diverged")
        name = "at w =" if len(here) == 1 else "at"
        slope = run.slopes[step].tolist()
        slopes = ", ".join(number(value) for value in slope)
        if len(slope) > 1:
            slopes = f"({slopes})"
        where, sloping = f"{name} {place(here)}", f"slope {slopes}"
        texts = [f"{label} {where}: {sloping}", f"{where}: {sloping}", sloping]
        if not self.table.two_lines():
            # What has no room in the table is said here, of one racer at least.
            return tuple(f"{label} {words}" for words in self.table.outcomes(self.selected))
        if step < race.steps:
            nudge = ", ".join(number(w) for w in (run.path[step + 1] - run.path[step]).tolist())
            moved = f"next step ({nudge})" if len(slope) > 1 else f"next step {nudge}"
            texts.insert(0, f"{texts[0]}, {moved}")
        return tuple(texts)

    def _titles(self) -> tuple[str, ...]:
        """Return what there is to say of the surface, in many words and in few."""
        if self._plane is None:
            return (self.race.valley.formula,)
        step = f"step {self._plane.step:,}"
        return (f"{self.race.valley.formula}, {self.race.valley.label}", f"net at {step}", step)

    def _read(self) -> None:
        metrics = QFontMetrics(self.reading.font())
        texts = self.reading_texts()
        fitting = [text for text in texts if metrics.horizontalAdvance(text) < self.reading.width()]
        self.reading.setText(fitting[0] if fitting else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the parts for the new size."""
        super().resizeEvent(event)
        self._style()
        self._arrange()
        self._show()

    def unit(self) -> int:
        """Return the size of letters in pixels, which everything else follows."""
        return round(min(max(min(self.width() / 34, self.height() / 23), 11), 30))

    def _arrange(self) -> None:
        unit = self.unit()
        font = QFont(self.font())
        font.setPixelSize(unit)
        font.setFeature(QFont.Tag("tnum"), 1)
        for part in (
            *(self.chooser, self.formula, self.now, self.map, self.curve, self.table),
            *self.modes.values(),
        ):
            part.setFont(font)
        small = QFont(font)
        small.setPixelSize(max(round(0.9 * unit), 10))
        self.reading.setFont(small)
        self.controls.set_low(self.height() < LOW)
        self.controls.set_unit(unit)
        margin, gap, line = 4, max(unit // 3, 3), round(1.85 * unit) + 2
        width = self.width() - 2 * margin
        top = margin + line + gap
        foot = self.height() - margin - self.controls.height_for(width, unit)
        self.controls.setGeometry(margin, foot, width, self.height() - margin - foot)
        self.controls.arrange()
        self._arrange_head(QRect(margin, margin, width, line), gap)
        body = QRect(margin, top, width, foot - gap - top)
        tall = QFontMetrics(small).height()
        if body.height() > 1.6 * body.width():
            rows = min(round(TALL * unit), body.height() // 2)
            table = QRect(body.left(), body.bottom() + 1 - rows, width, rows)
            drawing = body.adjusted(0, 0, 0, -rows - gap)
        else:
            columns = max((0.46 * width / unit - LEAST) // COLUMN, 0)
            wide = round((LEAST + min(columns, 4) * COLUMN) * unit)
            table = QRect(body.right() + 1 - wide, top, wide, body.height())
            drawing = body.adjusted(0, 0, -wide - gap, 0)
        self.table.setGeometry(table)
        self.reading.setGeometry(drawing.left(), drawing.bottom() + 1 - tall, drawing.width(), tall)
        drawing.setHeight(drawing.height() - tall - 2)
        mode = self.mode()
        for part, seen in ((self.curve, "1-D"), (self.map, "2-D"), (self.scene, "3-D")):
            if part is not None:
                part.setGeometry(drawing)
                part.setVisible(mode == seen)
        self._read()

    def _arrange_head(self, box: QRect, gap: int) -> None:
        metrics = QFontMetrics(self.chooser.font())
        unit = self.unit()
        right = box.right() + 1
        for button in reversed(self.modes.values()):
            button.setVisible(self.scene is not None and self.race.valley.weights > 1)
            if not button.isHidden():
                wide = metrics.horizontalAdvance(button.text()) + unit
                right -= wide
                button.setGeometry(right, box.top(), wide, box.height())
        planes = self.kind() is not None
        self.now.setVisible(planes)
        if planes:
            wide = metrics.horizontalAdvance(self.now.text()) + unit
            right -= wide + gap
            self.now.setGeometry(right, box.top(), wide, box.height())
            right -= gap
        labels = [valley.label for valley in VALLEYS.values()]
        labels = list(PLANES.values()) if planes else labels
        longest = max(metrics.horizontalAdvance(label) for label in labels)
        chooser = min(longest + round(2.4 * unit), right - box.left() - gap)
        self.chooser.setGeometry(box.left(), box.top(), chooser, box.height())
        left = box.left() + chooser + 2 * gap
        room = right - gap - left
        self.formula.setGeometry(left, box.top(), max(room, 0), box.height())
        for words in self._titles():
            self.formula.setText(words)
            self.formula.setVisible(metrics.horizontalAdvance(words) <= room)
            if not self.formula.isHidden():
                break


SPEC = ViewSpec("race", "Descent on a formula", "right", RaceView, open=False)
