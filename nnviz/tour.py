"""The tour: the real window drives itself and writes a picture of all there is to see.

It uses the very buttons, messages and strokes that a person would, waits for
what they bring about on the worker thread, and photographs the window and every
view. Whatever goes wrong ends the tour with one sentence.
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from nnviz.app import App, build, qt_application
from nnviz.data.dataset import FloatArray
from nnviz.data.handwriting import rasterise
from nnviz.engine.augment import varied
from nnviz.engine.landscape import Kind
from nnviz.engine.phases import phases_of
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.engine.snapshot import Snapshot
from nnviz.errors import NnvizError
from nnviz.runtime.messages import Failure
from nnviz.views.augment_view import AugmentView
from nnviz.views.data_view import DataView
from nnviz.views.evaluation_past import EVERY
from nnviz.views.evaluation_view import EvaluationView
from nnviz.views.network_modes import MODES
from nnviz.views.network_view import NetworkView
from nnviz.views.pad_view import PadView
from nnviz.views.palette import THEMES
from nnviz.views.race_view import RaceView
from nnviz.views.surface_view import SurfaceView
from nnviz.window.settings import Settings

PATIENCE = 120.0
"""Seconds after which something that should have happened is given up."""

NETWORKS = (
    ((784, 30, 10), "digits"),
    ((784, 100, 10), "digits"),
    ((784, 128, 64, 10), "digits"),
    ((2, 4, 3, 1), "xor"),
)
"""Layers and data of the nets shown besides the one that the tour is about."""

RACES = ("neuron", "long", *(kind.value for kind in Kind))
"""Surfaces that the optimisers race on: formulas and planes through the net."""
FLOATING = (900, 620)
"""Width and height of the race's panel, which floats beside the window."""

SEVEN = (
    ((0.28, 0.27), (0.42, 0.24), (0.58, 0.25), (0.72, 0.24), (0.66, 0.38), (0.58, 0.52),
     (0.52, 0.66), (0.48, 0.80)),
)  # fmt: skip
"""A seven in one stroke, in shares of the pad's width and height."""


class TourError(NnvizError):
    """The tour could not show something; the message says what."""


class Tour:
    """Drives one window and photographs it.

    Attributes:
        written: the pictures so far.
    """

    def __init__(self, app: App, out: Path) -> None:
        self._app = app
        self._out = out
        self._failure: Failure | None = None
        self._recipe = Recipe()
        self.written: list[Path] = []
        app.bridge.failure.connect(self._failed)

    def _failed(self, failure: Failure) -> None:
        self._failure = failure

    def _snapshot(self) -> Snapshot | None:
        return self._app.window.snapshot

    def wait(self, what: str, happened: Callable[[], bool]) -> None:
        """Let the window live until something has happened.

        Raises:
            TourError: it did not happen in time, or the worker failed.
        """
        clock = QElapsedTimer()
        clock.start()
        while not happened():
            self._live(20)
            if self._failure is not None:
                raise TourError(self._failure.sentence)
            if clock.elapsed() > 1000 * PATIENCE:
                raise TourError(f"The tour waited {PATIENCE:.0f} s in vain for {what}.")

    def _live(self, milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def press(self, command: str) -> None:
        """Do what a button, a menu entry or a key does."""
        self._app.window.actions_by_id[command].trigger()

    def picture(self, name: str, widget: QWidget) -> None:
        """Write a picture of a widget.

        Raises:
            TourError: the picture cannot be written.
        """
        path = self._out / f"{name}.png"
        self._app.window.show_everywhere()
        if not widget.grab().save(str(path)):
            raise TourError(f"The picture {path} could not be written: choose another folder.")
        self.written.append(path)

    def begin(self, recipe: Recipe, fit: bool) -> None:
        """Start a run and wait for its first moment."""
        window = self._app.window
        if fit:
            window.choose_data(recipe.dataset)
        else:
            window.start(recipe)
        self.wait("the first moment of the run", lambda: self._snapshot() is not None)
        self._recipe = self._at().recipe
        self._say(f"started {'-'.join(map(str, window.form.recipe().layers))} on {recipe.dataset}")

    def show(self, prefix: str, epochs: float) -> None:
        """Go round once: train, step, phases, branches, pad; pictures begin with `prefix`."""
        window = self._app.window
        run = self._at().run
        window.start(self._recipe)
        self.wait("a new run", lambda: self._at().run > run)
        self._live(300)
        self.picture(f"{prefix}-1-start", window)
        self.show_planes(prefix, "before")
        begin = perf_counter()
        self.press("play")
        self.wait("training", lambda: self._at().epoch >= epochs)
        self._say(
            f"trained {self._at().step:,} minibatches in {perf_counter() - begin:.1f} s, "
            f"test accuracy {self._at().evaluations[-1].test_accuracy:.1%}"
        )
        self.picture(f"{prefix}-2-training", window)
        for id, view in window.views.items():
            self.picture(f"{prefix}-2-training-{id}", view)
        self.press("play")
        self.wait("the pause", lambda: not self._at().playing)
        step = self._at().step
        self.press("step")
        self.wait("a single step", lambda: self._at().step == step + 1)
        self.press("back")
        self.wait("a step back", lambda: self._at().step == step)
        self.press("step")
        self.wait("the same step again", lambda: self._at().step == step + 1)
        self._live(1500)  # the surface is refined once training rests
        self._say(f"paused, stepped to minibatch {step + 1:,}, back, and there again")
        self.picture(f"{prefix}-3-stepped", window)
        self.picture(f"{prefix}-3-stepped-surface", window.views["surface"])
        self.press("epoch_back")
        self.wait("the beginning of the epoch", lambda: self._at().step <= step)
        self._live(1500)
        self._say(f"rewound to minibatch {self._at().step:,}")
        self.picture(f"{prefix}-4-rewound", window)
        self.press("last")
        self.wait("the last step", lambda: self._at().step == step + 1)
        self.show_phases(prefix)
        self.show_branches(prefix)
        self.show_planes(prefix, "after")
        self.show_evaluation(prefix)
        self.show_augmentation(prefix)
        pad = window.views["pad"]
        assert isinstance(pad, PadView)
        pad.set_strokes([np.array(stroke) for stroke in SEVEN])
        self._live(200)
        self._say("drew a seven on the pad")
        self.picture(f"{prefix}-7-drawn", window)
        self.picture(f"{prefix}-7-drawn-pad", pad)
        self.show_pad(prefix, pad)
        pad.set_strokes([])
        self.show_race(prefix)

    def show_pad(self, prefix: str, pad: PadView) -> None:
        """Ask why of the drawing on the pad, rub some of it out, and bring a photograph."""
        pad.ask_why(7)
        self.picture(f"{prefix}-7-why", self._app.window)
        self.picture(f"{prefix}-7-why-pad", pad)
        pad.canvas.rub_out((0.5, 0.45), (0.7, 0.5))
        self._live(60)
        self.picture(f"{prefix}-7-erased-pad", pad)
        pad.canvas.undo()
        pad.show_picture(_photograph())
        self._live(60)
        self.picture(f"{prefix}-7-photograph-pad", pad)
        pad.tools.teach.click()
        self._live(60)
        self.picture(f"{prefix}-7-teaching", pad.popup)
        pad.popup.hide()
        self._say("asked why it is a seven, rubbed some of it out and showed a photograph")

    def show_phases(self, prefix: str) -> None:
        """Step one minibatch phase by phase, with a picture of each, and all the way back."""
        window = self._app.window
        self.press("granularity_phase")
        step, phases = self._at().step, phases_of(self._at().recipe)
        for number, phase in enumerate(phases):
            self.press("step")
            self.wait(f"the phase {phase.name}", lambda phase=phase: self._at().phase == phase)  # type: ignore[misc]
            self._live(300)
            name = f"{prefix}-5-phase-{number + 1}-{phase.name.replace(' ', '-')}"
            self.picture(name, window)
        for phase in reversed(phases[:-1]):
            self.press("back")
            self.wait(f"{phase.name} again", lambda phase=phase: self._at().phase == phase)  # type: ignore[misc]
        self.press("granularity_minibatch")
        self.press("back")
        self.wait("the start of the minibatch", lambda: self._at().minibatch is None)
        self._say(f"stepped minibatch {step + 1:,} through its {len(phases)} phases and back")

    def show_branches(self, prefix: str) -> None:
        """Go back, change the learning rate, train as far again, and compare the two runs."""
        window = self._app.window
        reached = self._at().reached
        self.press("epoch_back")
        self.wait("the beginning of the epoch", lambda: self._at().step < reached)
        row = window.form.findChild(QLineEdit, "learning_rate")
        assert row is not None
        row.setText(f"{self._at().recipe.learning_rate / 6:g}")
        window.form.submit()
        self.wait("the change", lambda: bool(self._at().undo))
        self._say(f"changed {self._at().undo} at minibatch {self._at().step:,}")
        self.press("play")
        self.wait("training", lambda: self._at().step > reached)
        self.press("play")
        self.wait("the pause", lambda: not self._at().playing)
        self._live(1500)
        window.dock("branches").raise_()
        self._live(300)
        self.picture(f"{prefix}-6-branches", window)
        for id in ("branches", "cost", "timeline"):
            self.picture(f"{prefix}-6-branches-{id}", window.views[id])
        undo = self._at().undo
        self.press("undo")
        self.wait("the change taken back", lambda: self._at().redo == undo)
        self.press("redo")
        self.wait("the change again", lambda: self._at().undo == undo)
        self._say("compared the two, took the change back and made it again")
        window.dock("minibatch").raise_()

    def show_planes(self, prefix: str, when: str) -> None:
        """Show the cost over every kind of plane through the net, in both drawings.

        Args:
            prefix: pictures begin with it.
            when: "before" training or "after" it.
        """
        view = self._app.window.views["surface"]
        assert isinstance(view, SurfaceView)
        before = view.mode()
        for kind in Kind:
            view.set_kind(kind)
            self._live(1500)
            for mode in ("3-D", "2-D"):
                view.set_mode(mode)
                self._live(100)
                self.picture(f"{prefix}-9-plane-{kind.value}-{mode}-{when}", view)
        view.set_kind(Kind.PARAMETERS)
        view.set_mode(before)
        self._say(f"showed the cost over {len(Kind)} kinds of planes, {when} training")

    def show_evaluation(self, prefix: str) -> None:
        """Report after every epoch, look at each part, at a cell's examples, and back in time."""
        window = self._app.window
        view = window.views["evaluation"]
        assert isinstance(view, EvaluationView)
        dock = window.dock("evaluation")
        dock.toggleViewAction().trigger()
        view.past.every.click()
        for _ in range(2):
            self.press("epoch")
            step = self._at().step
            self.wait("an epoch", lambda step=step: self._at().step > step)  # type: ignore[misc]
            self.wait("its end", lambda: not self._at().playing)
        self.wait("its report", lambda: view.report is not None and len(view.past.reports) > 1)
        self._live(500)
        self.picture(f"{prefix}-10-evaluation-window", window)
        for name, page in view.pages.items():
            if page.isVisible():
                page.click()
                self._live(60)
            self.picture(f"{prefix}-10-evaluation-{name.replace(' ', '-')}", view)
        worst = view.matrix.worst()
        if worst is not None:
            view.pages["mistakes"].click()
            view.matrix.mark(worst)
            view.matrix.chosen.emit(worst)
            self.wait("the examples of a cell", lambda: view.gallery.count > 0)
            self._live(100)
            self.picture(f"{prefix}-10-evaluation-cell", view)
            view.back.click()
        view.past.back.click()
        self._live(100)
        self.picture(f"{prefix}-10-evaluation-earlier", view)
        assert view.report is not None
        self._say(
            f"reported on the test set after two epochs, and went back to the report of step "
            f"{view.report.step:,}"
        )
        view.past.on.click()
        for _ in range(len(EVERY) - 1):  # round to "at rest" again
            view.past.every.click()
        dock.toggleViewAction().trigger()

    def show_augmentation(self, prefix: str) -> None:
        """Show a dozen variants of a training picture, as it is and with the usual strengths."""
        window = self._app.window
        view = window.views["augment"]
        assert isinstance(view, AugmentView)
        dock = window.dock("augment")
        dock.toggleViewAction().trigger()
        self._live(300)
        if view.pictures is not None:
            view.none.click()
            self.wait("no strengths", lambda: self._at().recipe.elastic == 0)
            self._live(300)
            self.picture(f"{prefix}-11-augmentation-none", view)
            view.usual.click()
            self.wait("the strengths", lambda: self._at().recipe.elastic > 0)
            self._live(300)
            self.picture(f"{prefix}-11-augmentation", view)
            self.picture(f"{prefix}-11-augmentation-window", window)
        self._say("showed a dozen variants of a training picture")
        dock.toggleViewAction().trigger()

    def show_networks(self, prefix: str) -> None:
        """Show nets of other shapes while they train, one neuron alone, and every kind of edge."""
        window = self._app.window
        view = window.views["network"]
        assert isinstance(view, NetworkView)
        for layers, data in NETWORKS:
            name = "-".join(map(str, layers))
            run = self._at().run
            window.start(Recipe(dataset=data, layers=layers))
            self.wait(f"the net {name}", lambda run=run: self._at().run > run)  # type: ignore[misc]
            self.press("play")
            self.wait("training", lambda: self._at().step >= 300)
            self.picture(f"{prefix}-8-network-{name}-training", view)
            self.press("play")
            self.wait("the pause", lambda: not self._at().playing)
            for mode in MODES:
                if mode == "selected":
                    window.select(Selection("neuron", 1, layers[1] // 2))
                view.set_mode(mode)
                self._live(60)
                self.picture(f"{prefix}-8-network-{name}-{mode}", view)
            view.set_mode(next(iter(MODES)))
            view.focus_at(None)
            self._live(800)  # signals on their way have arrived by then
            self.picture(f"{prefix}-8-network-{name}-focused", view)
            self.picture(f"{prefix}-8-network-{name}-window", window)
            view.focus_at(None)
            window.select(None)
            self._say(f"showed {name} on {data}, one neuron and {len(MODES)} kinds of edges")

    def show_race(self, prefix: str) -> None:
        """Race the optimisers on a formula and on planes through the net, in both drawings."""
        window = self._app.window
        view, dock = window.views["race"], window.dock("race")
        assert isinstance(view, RaceView)
        dock.show()
        dock.setFloating(True)
        dock.resize(*FLOATING)
        for surface in RACES:
            view.show_surface(surface)
            self.wait(f"the race on {surface}", lambda: not view.waiting())
            view.go_to(20)
            for mode in ("3-D", "2-D") if view.mode() != "1-D" else ("1-D",):
                if mode != "1-D":
                    view.set_mode(mode)
                self._live(100)
                self.picture(f"{prefix}-10-race-{surface}-{mode}", view)
        dock.setFloating(False)
        dock.hide()
        self._say(f"raced the optimisers on {len(RACES)} surfaces")

    def show_data(self, prefix: str) -> None:
        """Look through the data set: its classes, one of them opened, and own drawings."""
        window = self._app.window
        view = window.views["data"]
        assert isinstance(view, DataView)
        self.press("browse")
        self.wait("the data set looked through", lambda: view.book is not None)
        self._live(300)
        self.picture(f"{prefix}-10-data-classes", view)
        self.picture(f"{prefix}-10-data-window", window)
        view.test.click()
        view.open_class(0)
        self._live(100)
        self.picture(f"{prefix}-10-data-class", view)
        view.show_classes()
        view.mine.click()
        self._live(500)
        self.picture(f"{prefix}-10-data-drawings", view)
        view.train.click()
        window.dock("data").close()
        self._say("looked through the data set by class, and through own drawings")

    def _at(self) -> Snapshot:
        snapshot = self._snapshot()
        if snapshot is None:
            raise TourError("The run was never shown.")
        return snapshot

    def _say(self, what: str) -> None:
        print(what, flush=True)


def _photograph() -> FloatArray:
    """Return a seven on paper that lies half in the shade, grey, (240, 240)."""
    ink = rasterise([240 * np.array(stroke) for stroke in SEVEN], 240, 12)
    down, across = np.mgrid[:240, :240] / 240
    light = 0.8 - 0.15 * down - 0.3 / (1 + np.exp(-30 * (across + down - 1.1)))
    grain = np.random.default_rng(0).normal(0, 0.015, ink.shape)
    return np.asarray(np.clip(light * (1 - 0.8 * ink) + grain, 0, 1), dtype=np.float32)


def tour(out: Path, data: str, sizes: Sequence[tuple[int, int]], themes: Sequence[str]) -> int:
    """Take the tour.

    Args:
        out: folder for the pictures, made if need be.
        data: name or folder of the data set.
        sizes: window sizes (width, height) in pixels to go round with.
        themes: names of the themes to go round with.

    Returns:
        0 when everything was shown.

    Raises:
        NnvizError: something could not be shown; the message says what.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TourError(f"The folder {out} cannot be made: {error.strerror}.") from error
    qt_application()
    with tempfile.TemporaryDirectory() as folder:  # the user's own settings are left alone
        app = build(Settings(Path(folder) / "tour.ini"), THEMES[themes[0]])
        guide = Tour(app, out)
        app.bridge.start()
        try:
            app.window.show()
            guide.begin(varied(Recipe(dataset=data)), fit=data != Recipe().dataset)
            for theme in themes:
                app.window.set_theme(THEMES[theme])
                for width, height in sizes:
                    app.window.resize(width, height)
                    app.window.restore_layout()
                    guide.show(f"{theme}-{width}x{height}", epochs=1.5)
                    guide.show_data(f"{theme}-{width}x{height}")
                    guide.show_networks(f"{theme}-{width}x{height}")
        finally:
            app.window.close()
    print(f"wrote {len(guide.written)} pictures to {out.resolve()}")
    return 0
