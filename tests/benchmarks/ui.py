"""What the window costs the training, and how evenly it shows it.

Trains the default recipe on the embedded digits, turn and turn about without a
window and with the whole window visible, and prints minibatches per second of
both, their ratio, and the intervals between frames. Run it on a screen:

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/benchmarks/ui.py
"""

import argparse
import gc
import platform
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import ratios
from living import live

from nnviz.app import build, qt_application
from nnviz.data import load_dataset
from nnviz.engine import Recipe, Trainer
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.commands import Pause, Play
from nnviz.views.palette import DARK
from nnviz.window.settings import Settings


def headless(trainer: Trainer, seconds: float) -> float:
    """Minibatches a second of a bare loop that evaluates after each epoch, as the worker does."""
    trainer.reset()
    begin = perf_counter()
    while perf_counter() - begin < seconds:
        for _ in range(50):
            trainer.step()
            if trainer.steps % trainer.minibatches_per_epoch == 0:
                trainer.evaluate()
    return trainer.steps / (perf_counter() - begin)


class Watched:
    """The window, with a note of when each frame was done and which step it showed."""

    def __init__(self, size: tuple[int, int], folder: Path) -> None:
        qt_application()
        self.app = build(Settings(folder / "bench.json"), DARK)
        self.frames: list[tuple[float, int]] = []
        window = self.app.window
        self.app.bridge.on(Snapshot, lambda s: self.frames.append((perf_counter(), s.step)))
        self.app.bridge.start()
        window.resize(*size)
        window.restore_layout()
        window.show()
        window.start(Recipe())
        while window.snapshot is None:
            live(0.05)
        live(3.0)  # what comes late is there
        gc.collect()
        gc.freeze()  # as `nnviz` does once its window is there

    def measure(self, seconds: float) -> tuple[float, np.ndarray]:
        """Minibatches a second and the intervals between frames in ms, while playing."""
        send = self.app.bridge.send
        self.app.window.start(Recipe())  # a new run: going back to step 0 would only replay it
        live(0.5)
        send(Play())
        live(0.7)  # the first frames build what later ones reuse
        self.frames.clear()
        live(seconds)
        frames = list(self.frames)
        send(Pause())
        live(0.3)
        (begin, first), (end, last) = frames[0], frames[-1]
        times = np.array([time for time, _ in frames])
        return (last - first) / (end - begin), 1000 * np.diff(times)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--size", default="1920x1080")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    trainer = Trainer(Recipe(), load_dataset("digits"))
    bare, shown, intervals = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        watched = Watched((width, height), Path(folder))
        for _ in range(options.repeats):
            bare.append(headless(trainer, options.seconds))
            rate, gaps = watched.measure(options.seconds)
            shown.append(rate)
            intervals.append(gaps)
        watched.app.window.close()
    gaps = np.concatenate(intervals)
    kept = [a / b for a, b in zip(shown, bare, strict=True)]
    print(f"{platform.machine()}, Python {platform.python_version()}, window {width}×{height}")
    print(f"headless        {median(bare):10,.0f} minibatches/s")
    print(f"window visible  {median(shown):10,.0f} minibatches/s")
    each = " ".join(f"{ratio:.2f}" for ratio in kept)
    print(f"share           {median(kept):10.2f}  (aim ≥ 0.85; each repeat {each})")
    p50, p99 = np.percentile(gaps, (50, 99))
    print(f"frame interval  p50 {p50:.1f} ms, p99 {p99:.1f} ms  (aim ≤ 17/33 ms)")
    ratios.note("share of training speed kept", median(kept))
    ratios.note("frame interval, p99 over 33 ms", p99 / 33, lower=True)


if __name__ == "__main__":
    main()
