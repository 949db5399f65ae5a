"""How evenly each page of the projector shows training, and what the stage costs it.

Trains the default recipe on the embedded digits at full speed, with the stage over the window, and
prints for every page the intervals between frames, how often its views draw, and the minibatches a
second beside those of a loop without a window. Run it on a screen:

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/benchmarks/projector.py --size 1280x720
"""

import argparse
import gc
from statistics import median
from time import perf_counter

import numpy as np
import ratios
from living import live, opened
from PySide6.QtCore import QRect

from nnviz.app import App
from nnviz.data import load_dataset
from nnviz.engine import Recipe, Trainer
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.messages.commands import Pause, Play
from nnviz.views.view import View

LONGEST_MS = 33
"""Milliseconds between two frames that are aimed at, at the 99th percentile."""


def headless(seconds: float) -> float:
    """Minibatches a second of a bare loop."""
    trainer = Trainer(Recipe(), load_dataset("digits"))
    begin = perf_counter()
    while perf_counter() - begin < seconds:
        for _ in range(50):
            trainer.step()
    return trainer.steps / (perf_counter() - begin)


class Page:
    """Measures one page: its frames, its minibatches and how often its views draw."""

    def __init__(self, app: App, number: int) -> None:
        self._app, self._number = app, number
        self.frames: list[tuple[float, int]] = []
        self.draws = 0

    def note(self, snapshot: Snapshot) -> None:
        """Note a frame."""
        self.frames.append((perf_counter(), snapshot.step))

    def measure(self, seconds: float) -> tuple[np.ndarray, float, float]:
        """Return the intervals in ms, minibatches a second and the fewest draws a second."""
        app, projector = self._app, self._app.window.projector
        app.window.start(Recipe())
        projector.show_page(self._number)
        live(0.7)
        app.bridge.send(Play())
        live(1.0)  # the first frames build what later ones reuse
        drawn = dict.fromkeys(projector.stage.board.ids, 0)
        for id in drawn:
            count_draws(projector.stage.views[id], id, drawn)
        gc.collect()
        self.frames.clear()
        live(seconds)
        frames = list(self.frames)
        fewest = min(drawn.values()) / seconds
        for id in drawn:
            del projector.stage.views[id].show_snapshot
        app.bridge.send(Pause())
        live(0.3)
        (begin, first), (end, last) = frames[0], frames[-1]
        gaps = 1000 * np.diff([time for time, _ in frames])
        return gaps, (last - first) / (end - begin), fewest


def count_draws(view: View, id: str, drawn: dict[str, int]) -> None:
    """Count how often a view is handed a moment."""
    show = view.show_snapshot

    def counted(snapshot: Snapshot) -> None:
        drawn[id] += 1
        show(snapshot)

    view.show_snapshot = counted  # type: ignore[method-assign]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--pages", nargs="*", default=[])
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    bare = headless(options.seconds)
    worst, shares = 0.0, []
    print(f"stage {width}×{height}; headless {bare:,.0f} minibatches/s")
    with opened() as app:
        while app.window.snapshot is None:
            live(0.05)
        live(2.0)
        app.window.select(Selection("neuron", 1, 3))
        projector = app.window.projector
        projector.show_at(QRect(0, 0, width, height), covering=True, full=False)
        for number, page in enumerate(projector.pages):
            if options.pages and page.id not in options.pages:
                continue
            measured = Page(app, number)
            app.bridge.on(Snapshot, measured.note)
            gaps, rate, fewest = measured.measure(options.seconds)
            p50, p99 = np.percentile(gaps, (50, 99))
            worst = max(worst, float(p99))
            shares.append(rate / bare)
            print(
                f"{page.id:12} p50 {p50:5.1f} ms  p99 {p99:5.1f} ms  share {rate / bare:.2f}"
                f"  fewest draws {fewest:4.1f}/s"
            )
        app.window.close()
    print(f"worst p99 {worst:.1f} ms (aim ≤ {LONGEST_MS}); median share {median(shares):.2f}")
    ratios.note("frame interval of the worst page, p99 over 33 ms", worst / LONGEST_MS, lower=True)
    ratios.note("share of training speed kept on the stage", median(shares))


if __name__ == "__main__":
    main()
