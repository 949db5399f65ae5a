"""Whether big nets stay usable: how long each answer takes, and what is blocked meanwhile.

Opens the whole window for one net after the other, each in a process of its own, and prints for
each how long everything takes from the asking to the picture, how long the GUI thread was
blocked at the longest (a 5 ms heartbeat), and what the process takes, with the aims beside. Run
it on a screen:

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/benchmarks/big.py [784-500-300-10 ...]
"""

import argparse
import math
import os
import platform
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import ratios
from living import live
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton

from nnviz.app import App, build, qt_application
from nnviz.engine import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.files.autosaves import Autosaves
from nnviz.messages import commands
from nnviz.messages.events import Failure, Loading, Saved
from nnviz.views.palette import DARK
from nnviz.window.settings import Settings

NETS = "784-30-10", "784-500-300-10", "784-2000-2000-2000-2000-2000-10"
BEAT_MS = 5
PATIENCE = 60.0
"""Seconds after which a benchmark gives something up."""
FELT = 0.1
"""Seconds below which nobody feels a wait: of figures that are noted, the least."""
BLOCKED = 0.3
"""Seconds for which the GUI thread may be blocked."""
FIGURES = {
    "first picture": "from Start to the first picture",
    "play": "from Play to the first new step",
    "pause": "from Pause to the picture at rest",
    "close": "close: the process may end",
}
"""The figures that there are aims for, which stand at the end once more, and their rows."""
QUIET = 0.6
"""Seconds without a blocked heartbeat or a new moment after which all is at rest."""


class Heart:
    """Beats on the GUI thread, and knows the longest time in which it could not."""

    def __init__(self) -> None:
        self._timer = QTimer(interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self.worst = 0.0
        self.late = perf_counter()
        self._last = perf_counter()

    def _beat(self) -> None:
        now = perf_counter()
        gap, self._last = now - self._last, now
        self.worst = max(self.worst, gap)
        if gap > 0.05:
            self.late = now

    def restart(self) -> None:
        """Forget what was."""
        self._last, self.worst = perf_counter(), 0.0


@dataclass(frozen=True)
class Came:
    """A moment whose picture stood in the window, and when; its parameters are let go of.

    Attributes:
        weight: the one in the middle of all parameters.
    """

    time: float
    layers: tuple[int, ...]
    step: int
    playing: bool
    phase: str
    weight: float

    @staticmethod
    def of(moment: Snapshot) -> "Came":
        """Note a moment that is on screen now."""
        weight = float(moment.theta[moment.recipe.parameters // 2])
        phase = moment.phase.kind if moment.phase else ""
        recipe = moment.recipe
        return Came(perf_counter(), recipe.layers, moment.step, moment.playing, phase, weight)


class Watched:
    """A window with a heartbeat and a note of all moments and messages."""

    def __init__(self, layers: tuple[int, ...], folder: Path) -> None:
        qt_application()
        autosaves = Autosaves(folder / "autosave")
        self.claim = autosaves.claim()
        self.app: App = build(Settings(folder / "bench.json"), DARK, self.claim, autosaves.runs)
        self.recipe = Recipe(layers=layers)
        self.came: list[Came] = []
        self.telling: list[tuple[float, Loading]] = []
        self.failures: list[Failure] = []
        self.waits: list[float] = []
        """Each wait as a share of its aim."""
        self.blocked = 0.0
        self.saved: list[float] = []
        self.took: dict[str, float] = {}
        bridge = self.app.bridge
        bridge.on(Snapshot, lambda moment: self.came.append(Came.of(moment)))
        bridge.on(Loading, lambda one: self.telling.append((perf_counter(), one)))
        bridge.on(Failure, self.failures.append)
        bridge.on(Saved, lambda _: self.saved.append(perf_counter()))
        bridge.start()
        self.app.window.resize(1920, 1080)
        self.app.window.show()
        live(1.0)
        self.heart = Heart()

    def until(self, reached: Callable[[], bool], patience: float = PATIENCE) -> float:
        """Let the window run until something is so; return the seconds, nan where it never is."""
        begun, loop = perf_counter(), QEventLoop()
        ticks = QTimer(interval=2)

        def look() -> None:
            if reached() or perf_counter() - begun > patience:
                loop.quit()

        ticks.timeout.connect(look)
        ticks.start()
        loop.exec()
        ticks.stop()
        took = perf_counter() - begun
        return took if reached() else float("nan")

    def settle(self, patience: float = 8.0) -> None:
        """Let the window run until nothing comes and nothing is blocked any more."""

        def still() -> bool:
            last = max(self.heart.late, self.came[-1].time if self.came else 0.0)
            return perf_counter() - last > QUIET and not self.busy

        self.until(still, patience)

    @property
    def busy(self) -> bool:
        """Whether something is told to be under way."""
        return bool(self.telling) and self.telling[-1][1].fraction < 1

    @property
    def last(self) -> Came:
        """The moment on screen."""
        return self.came[-1]

    def do(
        self, what: str, act: Callable[[], object], arrived: Callable[[Came], bool], aim: float
    ) -> None:
        """Print how long it takes from an act until a moment that shows it is on screen."""
        self.heart.restart()
        seen, told = len(self.came), len(self.telling)
        begun = perf_counter()
        act()
        self.until(lambda: any(arrived(one) for one in self.came[seen:]))
        times = [one.time for one in self.came[seen:] if arrived(one)]
        took = times[0] - begun if times else float("nan")
        said = {one.text for when, one in self.telling[told:] if one.text}
        self.row(what, took, aim, " ".join(sorted(said)))

    def row(self, what: str, took: float, aim: float, remark: str = "") -> None:
        """Print one figure with its aim and the longest time the GUI thread was blocked."""
        self.took[what] = took
        slow = "" if took <= aim else "  SLOW"
        self.waits.append(math.inf if math.isnan(took) else max(took, FELT) / aim)
        self.blocked = max(self.blocked, self.heart.worst)
        print(
            f"  {what:<44} {took:7.2f} s  aim {aim:<4g} blocked {1000 * self.heart.worst:5.0f} ms"
            f"{slow}  {remark}",
            flush=True,
        )


def megabytes() -> tuple[float, float]:
    """Return how much memory the process takes, now and at most."""
    status = Path("/proc/self/status").read_text()
    figures = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    now, peak = (int(figures[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, peak


def memory() -> str:
    """Say how much memory the process takes, now and at most."""
    now, peak = megabytes()
    return f"{now:.0f} MB, at most {peak:.0f} MB"


def measure(layers: tuple[int, ...]) -> None:
    """Print what takes how long for one net."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        watched = Watched(layers, folder)
        window, do = watched.app.window, watched.do
        parameters = watched.recipe.parameters
        net = "-".join(map(str, layers))
        print(f"{net}: {parameters:,} parameters, {memory()} before")
        do("from Start to the first picture", lambda: window.start(watched.recipe),
           lambda moment: moment.layers == layers, 3)  # fmt: skip
        watched.settle()
        watched.row("longest blocked until all is at rest", watched.heart.worst, BLOCKED)
        print(f"  memory at rest: {memory()}")
        _play(watched)
        _move(watched)
        _look(watched)
        _keep(watched, folder)
        _close(watched)
        print(f"  memory at the end: {memory()}")
        # Waits are shares of what they may be, whatever the machine: hands are the same everywhere.
        ratios.note(f"{net}: first picture, over its aim", watched.waits[0], lower=True)
        ratios.note(f"{net}: longest wait, over its aim", max(watched.waits), lower=True)
        blocked = max(watched.blocked, FELT) / BLOCKED
        ratios.note(f"{net}: longest blocked, over its aim", blocked, lower=True)
        ratios.note(f"{net}: most memory, MB", megabytes()[1], lower=True)
        for failure in watched.failures:
            print(f"  FAILURE {failure.sentence}")
        for figure, row in FIGURES.items():
            print(f"{figure} {watched.took[row]:.2f} s")


def _play(watched: Watched) -> None:
    """Playing and pausing."""
    send, do = watched.app.bridge.send, watched.do
    step = watched.last.step
    do("from Play to the first new step", lambda: send(commands.Play()),
       lambda moment: moment.step > step, 0.3)  # fmt: skip
    live(1.0)
    watched.heart.restart()
    begun, first = perf_counter(), len(watched.came)
    live(6.0)
    frames = watched.came[first:]
    took = perf_counter() - begun
    steps = frames[-1].step - frames[0].step if frames else 0
    print(f"  playing: {steps / took:.1f} minibatches/s, {len(frames) / took:.1f} pictures/s")
    watched.row("longest blocked while playing", watched.heart.worst, BLOCKED)
    do("from Pause to the picture at rest", lambda: send(commands.Pause()),
       lambda moment: not moment.playing, 0.3)  # fmt: skip
    watched.settle()
    print(f"  memory after playing: {memory()}")
    # Pausing in the middle of an evaluation, and playing on.
    step = watched.last.step
    do("from Play to the first new step, again", lambda: send(commands.Play()),
       lambda moment: moment.step > step, 0.3)  # fmt: skip
    do("from Pause to the picture at rest, again", lambda: send(commands.Pause()),
       lambda moment: not moment.playing, 0.3)  # fmt: skip
    watched.settle()


def _move(watched: Watched) -> None:
    """Moving along the run."""
    send, do = watched.app.bridge.send, watched.do
    step = watched.last.step

    def at(wanted: int) -> Callable[[Came], bool]:
        return lambda moment: moment.step == wanted

    do("step on", lambda: send(commands.StepMinibatch()), at(step + 1), 0.3)
    watched.settle()
    do("step back", lambda: send(commands.StepBack()), at(step), 0.5)
    watched.settle()
    do("to half-way", lambda: send(commands.GoTo(step // 2)), at(step // 2), 0.5)
    watched.settle()
    places = [round(step * part / 10) for part in range(3, 9)]

    def scrub() -> None:
        for place in places:
            send(commands.GoTo(place, rough=True))

    near = len(watched.came)
    do("scrub over six places", scrub, lambda _: len(watched.came) >= near + 1, 0.5)
    watched.settle()
    do("rewind", lambda: send(commands.GoTo(0)), at(0), 0.5)
    watched.settle()
    do("to the furthest", lambda: send(commands.GoTo(None)), at(step + 1), 0.5)
    watched.settle()
    index = watched.recipe.parameters // 2
    do("a weight edit", lambda: send(commands.MakeEdit("theta", (0.5,), (index,))),
       lambda moment: moment.weight == 0.5, 0.5)  # fmt: skip
    watched.settle()
    do("undo it", lambda: send(commands.Undo()), lambda moment: moment.weight != 0.5, 0.5)
    watched.settle()
    do("a phase", lambda: send(commands.StepPhase()), lambda m: bool(m.phase), 0.5)
    watched.settle()
    do("the next phase", lambda: send(commands.StepPhase()),
       lambda m: m.phase not in ("", "pick"), 0.5)  # fmt: skip
    watched.settle()
    do("out of the phases", lambda: send(commands.GoTo(None)), lambda m: not m.phase, 0.5)
    watched.settle()
    # An epoch that is called off: of a big net it lasts minutes.
    before = watched.last.step
    do("step one epoch, first new picture", lambda: send(commands.StepEpoch()),
       lambda moment: moment.step > before, 0.3)  # fmt: skip
    do("Pause in its midst", lambda: send(commands.Pause()), lambda m: not m.playing, 0.3)
    watched.settle()


def _look(watched: Watched) -> None:
    """Looking closer: what takes the GUI thread, and what is asked of other threads."""
    window = watched.app.window
    recipe = watched.recipe

    def choose(what: str, select: Callable[[], object]) -> None:
        watched.heart.restart()
        begun = perf_counter()
        select()
        live(0.02)
        took = perf_counter() - begun - 0.02
        watched.settle()
        watched.row(what, max(took, 0.0), 0.3)

    choose("choose a neuron", lambda: window.select(Selection("neuron", 1, 7)))
    choose("choose a weight", lambda: window.select(Selection.of_weight(recipe, 1, 300, 4)))
    deep = len(recipe.layers) - 2
    choose("choose a deep neuron", lambda: window.select(Selection("neuron", deep, 5)))
    for id in ("pad", "examples", "data", "augment", "evaluation", "race", "surface"):
        choose(f"open {id}", lambda id=id: window.open_panel(id))
    choose("edge modes: all edges", lambda: _edges(window))
    choose("close the panels", window.restore_layout)


def _edges(window: object) -> None:
    """Show all edges, where the view has a button for it."""
    view = window.views["network"]  # type: ignore[attr-defined]
    for button in view.findChildren(QAbstractButton):
        if "all" in button.text().casefold():
            button.click()
            return


def _keep(watched: Watched, folder: Path) -> None:
    """Saving, and autosaves."""
    send = watched.app.bridge.send
    path = folder / "run.nnviz"
    watched.heart.restart()
    begun = perf_counter()
    send(commands.SaveSession(path, {}))
    watched.until(lambda: bool(watched.saved))
    took = watched.saved[-1] - begun if watched.saved else float("nan")
    size = path.stat().st_size / 2**20 if path.exists() else 0
    watched.row("save a session", took, 1e9, f"{size:.0f} MB")
    watched.until(watched.claim.path.exists)
    size = watched.claim.path.stat().st_size / 2**20 if watched.claim.path.exists() else 0
    print(f"  autosave: {size:.0f} MB")


def _close(watched: Watched) -> None:
    """Closing in the middle of training."""
    send, window = watched.app.bridge.send, watched.app.window
    step = watched.last.step
    send(commands.Play())
    watched.until(lambda: watched.last.step > step + 3)
    live(0.5)
    reached = watched.last.step
    begun = perf_counter()
    gone: list[float] = []
    hide = window.hide
    window.hide = lambda: (hide(), gone.append(perf_counter() - begun))  # type: ignore[method-assign]
    window.close()
    watched.app.bridge.stop()
    took = perf_counter() - begun
    alive = [thread.name for thread in threading.enumerate() if thread.name.startswith("nnviz")]
    watched.heart.restart()
    watched.row("close: the window is gone", gone[0] if gone else float("nan"), 0.5)
    watched.row("close: all threads have ended", took, 2, " ".join(alive))
    from nnviz.files.sessions import load_session

    kept = load_session(watched.claim.path).record.now.state.steps
    watched.claim.release(keep=True)
    ended = perf_counter() - begun
    watched.row("close: the process may end", ended, 2, f"kept step {kept} of {reached} shown")


def main() -> None:
    """Measure the nets that are named, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nets", nargs="*", default=NETS)
    parser.add_argument("--here", action="store_true", help="in this process")
    options = parser.parse_args()
    if not options.here:
        print(platform.platform(), platform.python_version(), f"NumPy {np.__version__}", flush=True)
    for net in options.nets:
        if options.here:
            measure(tuple(map(int, net.split("-"))))
        else:
            subprocess.run([sys.executable, __file__, "--here", net], check=True, env=os.environ)


if __name__ == "__main__":
    main()
