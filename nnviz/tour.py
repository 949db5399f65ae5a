"""The tour: the real window drives itself and writes a picture of all there is to see.

Stop by stop it trains, steps, rewinds, changes, compares, draws and races, with a
picture of the window and of every view at each. Whatever goes wrong ends the tour
with one sentence.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from PySide6.QtWidgets import QLineEdit

from nnviz.app import App, build, qt_application
from nnviz.data.dataset import FloatArray
from nnviz.data.handwriting import rasterise
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind
from nnviz.engine.training.augment import varied
from nnviz.engine.training.phases import phases_of
from nnviz.guide import Guide, TourError
from nnviz.numbers import integer, percent
from nnviz.shader_cache import spare_full_disk
from nnviz.views.augment import AugmentView
from nnviz.views.data import DataView
from nnviz.views.evaluation import EvaluationView
from nnviz.views.examples import ExamplesView
from nnviz.views.network import NetworkView
from nnviz.views.pad import PadView
from nnviz.views.palette import THEMES
from nnviz.views.race import RaceView
from nnviz.views.surface import SurfaceView
from nnviz.window.interrupts import closing_on_interrupt
from nnviz.window.settings import Settings

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


class Tour(Guide):
    """Goes round the window, from stop to stop."""

    def __init__(self, app: App, out: Path) -> None:
        super().__init__(app, out)
        self._recipe = Recipe()

    def begin(self, recipe: Recipe, fit: bool) -> None:
        """Start a run and wait for its first moment."""
        window = self.app.window
        if fit:
            window.choose_data(recipe.dataset)
        else:
            window.start(recipe)
        self.wait("the first moment of the run", lambda: self.app.window.snapshot is not None)
        self._recipe = self.at().recipe
        self.say(f"started {'-'.join(map(str, window.form.recipe().layers))} on {recipe.dataset}")

    def show(self, prefix: str, epochs: float) -> None:
        """Go round once: train, step, phases, branches, pad; pictures begin with `prefix`."""
        window = self.app.window
        run = self.at().run
        window.start(self._recipe)
        self.wait("a new run", lambda: self.at().run > run)
        self.live(300)
        self.picture(f"{prefix}-1-start", window)
        self.show_planes(prefix, "before")
        begin = perf_counter()
        self.press("play")
        self.wait("training", lambda: self.at().epoch >= epochs)
        self.say(
            f"trained {integer(self.at().step)} minibatches in {perf_counter() - begin:.1f} s, "
            f"test accuracy {percent(self.at().evaluations[-1].test_accuracy)}"
        )
        self.picture(f"{prefix}-2-training", window)
        for id, view in window.views.items():
            self.picture(f"{prefix}-2-training-{id}", view)
        self.press("play")
        self.wait("the pause", lambda: not self.at().playing)
        step = self.at().step
        self.press("step")
        self.wait("a single step", lambda: self.at().step == step + 1)
        self.press("back")
        self.wait("a step back", lambda: self.at().step == step)
        self.press("step")
        self.wait("the same step again", lambda: self.at().step == step + 1)
        self.settle()
        self.say(f"paused, stepped to minibatch {integer(step + 1)}, back, and there again")
        self.picture(f"{prefix}-3-stepped", window)
        self.picture(f"{prefix}-3-stepped-surface", window.views["surface"])
        self.press("epoch_back")
        self.wait("the beginning of the epoch", lambda: self.at().step <= step)
        self.settle()
        self.say(f"rewound to minibatch {integer(self.at().step)}")
        self.picture(f"{prefix}-4-rewound", window)
        self.press("last")
        self.wait("the last step", lambda: self.at().step == step + 1)
        self.show_phases(prefix)
        self.show_branches(prefix)
        self.show_planes(prefix, "after")
        self.show_evaluation(prefix)
        self.show_examples(prefix)
        self.show_augmentation(prefix)
        pad = window.views["pad"]
        assert isinstance(pad, PadView)
        pad.set_strokes([np.array(stroke) for stroke in SEVEN])
        self.live(200)
        self.say("drew a seven on the pad")
        self.picture(f"{prefix}-7-drawn", window)
        self.picture(f"{prefix}-7-drawn-pad", pad)
        self.show_pad(prefix, pad)
        pad.set_strokes([])
        self.show_race(prefix)

    def show_pad(self, prefix: str, pad: PadView) -> None:
        """Ask why of the drawing on the pad, rub some of it out, and bring a photograph."""
        pad.ask_why(7)
        self.picture(f"{prefix}-7-why", self.app.window)
        self.picture(f"{prefix}-7-why-pad", pad)
        pad.canvas.rub_out((0.5, 0.45), (0.7, 0.5))
        self.live(60)
        self.picture(f"{prefix}-7-erased-pad", pad)
        pad.canvas.undo()
        pad.show_picture(_photograph())
        self.live(60)
        self.picture(f"{prefix}-7-photograph-pad", pad)
        pad.tools.teach.click()
        self.live(60)
        self.picture(f"{prefix}-7-teaching", pad.popup)
        pad.popup.hide()
        self.say("asked why it is a seven, rubbed some of it out and showed a photograph")

    def settle(self) -> None:
        """Wait for the fine surface, which comes once training rests, and for smooth edges."""
        view = self.app.window.views["surface"]
        assert isinstance(view, SurfaceView)
        self.live(60)
        self.wait("the surface", view.settled)
        self.live(350)

    def show_phases(self, prefix: str) -> None:
        """Step one minibatch phase by phase, with a picture of each, and all the way back."""
        window = self.app.window
        self.press("granularity_phase")
        step, phases = self.at().step, phases_of(self.at().recipe)
        for number, phase in enumerate(phases):
            self.press("step")
            self.wait(f"the phase {phase.name}", lambda phase=phase: self.at().phase == phase)  # type: ignore[misc]
            self.live(300)
            name = f"{prefix}-5-phase-{number + 1}-{phase.name.replace(' ', '-')}"
            self.picture(name, window)
        for phase in reversed(phases[:-1]):
            self.press("back")
            self.wait(f"{phase.name} again", lambda phase=phase: self.at().phase == phase)  # type: ignore[misc]
        self.press("granularity_minibatch")
        self.press("back")
        self.wait("the start of the minibatch", lambda: self.at().minibatch is None)
        self.say(f"stepped minibatch {integer(step + 1)} through its {len(phases)} phases and back")

    def show_branches(self, prefix: str) -> None:
        """Go back, change the learning rate, train as far again, and compare the two runs."""
        window = self.app.window
        reached = self.at().reached
        self.press("epoch_back")
        self.wait("the beginning of the epoch", lambda: self.at().step < reached)
        row = window.form.findChild(QLineEdit, "learning_rate")
        assert row is not None
        row.setText(f"{self.at().recipe.learning_rate / 6:g}")
        window.form.submit()
        self.wait("the change", lambda: bool(self.at().undo))
        self.say(f"changed {self.at().undo} at minibatch {integer(self.at().step)}")
        self.press("play")
        self.wait("training", lambda: self.at().step > reached)
        self.press("play")
        self.wait("the pause", lambda: not self.at().playing)
        self.settle()
        window.dock("branches").raise_()
        self.live(300)
        self.picture(f"{prefix}-6-branches", window)
        for id in ("branches", "cost", "timeline"):
            self.picture(f"{prefix}-6-branches-{id}", window.views[id])
        undo = self.at().undo
        self.press("undo")
        self.wait("the change taken back", lambda: self.at().redo == undo)
        self.press("redo")
        self.wait("the change again", lambda: self.at().undo == undo)
        self.say("compared the two, took the change back and made it again")
        window.dock("minibatch").raise_()

    def show_planes(self, prefix: str, when: str) -> None:
        """Show the cost over every kind of plane through the net, in both drawings.

        Args:
            prefix: pictures begin with it.
            when: "before" training or "after" it.
        """
        view = self.app.window.views["surface"]
        assert isinstance(view, SurfaceView)
        before = view.mode()
        for kind in Kind:
            view.set_kind(kind)
            self.settle()
            for mode in ("3-D", "2-D"):
                view.set_mode(mode)
                self.live(100)
                self.picture(f"{prefix}-9-plane-{kind.value}-{mode}-{when}", view)
        view.set_kind(Kind.PARAMETERS)
        view.set_mode(before)
        self.say(f"showed the cost over {len(Kind)} kinds of planes, {when} training")

    def show_evaluation(self, prefix: str) -> None:
        """Report after every epoch, look at each part, at a cell's examples, and back in time."""
        window = self.app.window
        view = window.views["evaluation"]
        assert isinstance(view, EvaluationView)
        dock = window.dock("evaluation")
        dock.toggleViewAction().trigger()
        view.past.every.click()
        for _ in range(2):
            self.press("epoch")
            step = self.at().step
            self.wait("an epoch", lambda step=step: self.at().step > step)  # type: ignore[misc]
            self.wait("its end", lambda: not self.at().playing)
        self.wait("its report", lambda: view.report is not None and len(view.past.reports) > 1)
        self.live(500)
        self.picture(f"{prefix}-10-evaluation-window", window)
        for name, page in view.pages.items():
            if page.isVisible():
                page.click()
                self.live(60)
            self.picture(f"{prefix}-10-evaluation-{name.replace(' ', '-')}", view)
        worst = view.matrix.worst()
        if worst is not None:
            view.pages["mistakes"].click()
            view.matrix.mark(worst)
            view.matrix.chosen.emit(worst)
            self.wait("the examples of a cell", lambda: view.gallery.count > 0)
            self.live(100)
            self.picture(f"{prefix}-10-evaluation-cell", view)
            view.back.click()
        view.past.back.click()
        self.live(100)
        self.picture(f"{prefix}-10-evaluation-earlier", view)
        assert view.report is not None
        self.say(
            f"reported on the test set after two epochs, and went back to the report of step "
            f"{integer(view.report.step)}"
        )
        view.past.on.click()
        for _ in range(len(view.past.choices) - 1):  # round to "at rest" again
            view.past.every.click()
        dock.toggleViewAction().trigger()

    def show_examples(self, prefix: str) -> None:
        """Show the test examples that the net misreads, those first that it is surest about."""
        window = self.app.window
        view = window.views["examples"]
        assert isinstance(view, ExamplesView)
        window.dock("examples").raise_()
        view.misread.click()
        self.wait("the misread examples", lambda: view.gallery.tiles.count > 0)
        self.live(200)
        self.picture(f"{prefix}-10-examples-misread", view)
        self.picture(f"{prefix}-10-examples-window", window)
        view.misread.click()
        window.dock("minibatch").raise_()
        self.say("showed the test examples that are misread")

    def show_augmentation(self, prefix: str) -> None:
        """Show a dozen variants of a training picture, as it is and with the usual strengths."""
        window = self.app.window
        view = window.views["augment"]
        assert isinstance(view, AugmentView)
        dock = window.dock("augment")
        dock.toggleViewAction().trigger()
        self.live(300)
        if view.pictures is not None:
            view.none.click()
            self.wait("no strengths", lambda: self.at().recipe.elastic == 0)
            self.live(300)
            self.picture(f"{prefix}-11-augmentation-none", view)
            view.usual.click()
            self.wait("the strengths", lambda: self.at().recipe.elastic > 0)
            self.live(300)
            self.picture(f"{prefix}-11-augmentation", view)
            self.picture(f"{prefix}-11-augmentation-window", window)
        self.say("showed a dozen variants of a training picture")
        dock.toggleViewAction().trigger()

    def show_networks(self, prefix: str) -> None:
        """Show nets of other shapes while they train, one neuron alone, and every kind of edge."""
        window = self.app.window
        view = window.views["network"]
        assert isinstance(view, NetworkView)
        for layers, data in NETWORKS:
            name = "-".join(map(str, layers))
            run = self.at().run
            window.start(Recipe(dataset=data, layers=layers))
            self.wait(f"the net {name}", lambda run=run: self.at().run > run)  # type: ignore[misc]
            self.press("play")
            self.wait("training", lambda: self.at().step >= 300)
            self.picture(f"{prefix}-8-network-{name}-training", view)
            self.press("play")
            self.wait("the pause", lambda: not self.at().playing)
            for mode in view.modes:
                if mode == "selected":
                    window.select(Selection("neuron", 1, layers[1] // 2))
                view.set_mode(mode)
                self.live(60)
                self.picture(f"{prefix}-8-network-{name}-{mode}", view)
            view.set_mode(view.modes[0])
            view.focus_at(None)
            self.live(800)  # signals on their way have arrived by then
            self.picture(f"{prefix}-8-network-{name}-focused", view)
            self.picture(f"{prefix}-8-network-{name}-window", window)
            view.focus_at(None)
            window.select(None)
            self.say(f"showed {name} on {data}, one neuron and {len(view.modes)} kinds of edges")

    def show_race(self, prefix: str) -> None:
        """Race the optimisers on a formula and on planes through the net, in both drawings."""
        window = self.app.window
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
                self.live(100)
                self.picture(f"{prefix}-10-race-{surface}-{mode}", view)
        dock.setFloating(False)
        dock.hide()
        self.say(f"raced the optimisers on {len(RACES)} surfaces")

    def show_data(self, prefix: str) -> None:
        """Look through the data set: its classes, one of them opened, and own drawings."""
        window = self.app.window
        view = window.views["data"]
        assert isinstance(view, DataView)
        self.press("browse")
        self.wait("the data set looked through", lambda: view.book is not None)
        self.live(300)
        self.picture(f"{prefix}-10-data-classes", view)
        self.picture(f"{prefix}-10-data-window", window)
        view.test.click()
        view.open_class(0)
        self.live(100)
        self.picture(f"{prefix}-10-data-class", view)
        view.show_classes()
        view.mine.click()
        self.live(500)
        self.picture(f"{prefix}-10-data-drawings", view)
        view.train.click()
        window.dock("data").close()
        self.say("looked through the data set by class, and through own drawings")


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
        KeyboardInterrupt: it was called off in the terminal; the window is closed.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TourError(f"The folder {out} cannot be made: {error.strerror}.") from error
    if cacheless := spare_full_disk():
        print(cacheless, file=sys.stderr)
    qt_application()
    with tempfile.TemporaryDirectory() as folder:  # the user's own settings are left alone
        app = build(Settings(Path(folder) / "tour.json"), THEMES[themes[0]])
        guide = Tour(app, out)
        with closing_on_interrupt(guide.interrupt):
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
