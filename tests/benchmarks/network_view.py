"""What the network view costs: a frame, all edges at once, and how both grow with the layer.

Shows trained-like nets moment after moment, as while training plays, and times one
frame: bringing the view up to a moment whose every number is another, and painting
it. Then asks for all edges and watches how long the event loop is ever blocked and
when the full picture is there. For comparison the same edges are painted as one
QGraphicsLineItem each. Run it on a screen:

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/benchmarks/network_view.py
"""

import argparse
import platform
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, sleep, thread_time

import numpy as np
import ratios
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsScene, QGraphicsView

from nnviz.app import qt_application
from nnviz.data import load_dataset
from nnviz.engine import Recipe, Trainer
from nnviz.engine.run.history import CostHistory
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.epoch_layout import ONE_STEP_EPOCHS
from nnviz.views.network.edges import Edges, ends
from nnviz.views.network.layout import Layout
from nnviz.views.network.view import NetworkView
from nnviz.views.palette import DARK, Diverging

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.snapshots import snapshot_of

Clock = Callable[[], float]


def moments(hidden: int, count: int, steps: int = 40) -> list[Snapshot]:
    """Train 784-hidden-10 and return moments of the way, as if it played."""
    dataset = load_dataset("digits")
    trainer = Trainer(Recipe(layers=(784, hidden, 10)), dataset)
    found = []
    for number in range(count):
        for _ in range(steps):
            trainer.step()
        found.append(
            snapshot_of(
                trainer,
                CostHistory(),
                example=number % len(dataset.x_test),
                playing=True,
                minibatches_per_second=10_000.0,
                minibatch_cost=0.1,
                epoch_layout=ONE_STEP_EPOCHS,
            )
        )
    return found


def live(until: Callable[[], bool], most: float = 20.0) -> tuple[float, float]:
    """Let the window run until something is so; return the longest it stood still, in ms.

    A timer that is due every millisecond is late by as long as anything blocks the loop.

    Returns:
        By the clock, and by the processor time of this thread, which other programs on a
        busy machine do not lengthen.
    """
    loop, ticks, begin = QEventLoop(), [(perf_counter(), thread_time())], perf_counter()
    timer = QTimer()

    def tick() -> None:
        ticks.append((perf_counter(), thread_time()))
        if until() or ticks[-1][0] - begin > most:
            loop.quit()

    timer.timeout.connect(tick)
    timer.start(1)
    loop.exec()
    clock, own = 1000 * np.diff(ticks, axis=0).max(axis=0, initial=0.0)
    return float(clock), float(own)


class Shown:
    """A view on the screen."""

    def __init__(self, size: tuple[int, int], first: Snapshot) -> None:
        self.view = NetworkView()
        self.view.resize(*size)
        self.view.set_theme(DARK)
        self.view.show_snapshot(first)
        self.view.show()
        canvas = self.view.findChild(QGraphicsView)
        assert canvas is not None
        self.viewport = canvas.viewport()
        # Only what is on the screen is painted.
        live(self.view.windowHandle().isExposed)

    def frame(self, moment: Snapshot, clock: Clock = perf_counter) -> tuple[float, float]:
        """Show a moment and paint it: ms of the update and of both together."""
        begin = clock()
        self.view.show_snapshot(moment)
        updated = clock()
        self.viewport.repaint()
        return 1000 * (updated - begin), 1000 * (clock() - begin)

    def close(self) -> None:
        self.view.close()
        self.view.deleteLater()


def frames(shown: Shown, found: list[Snapshot], clock: Clock = perf_counter) -> tuple[float, float]:
    """Median ms of an update and of a frame over moments, the first of which only warm up."""
    times = [shown.frame(moment, clock) for moment in found][3:]
    return median(update for update, _ in times), median(whole for _, whole in times)


def one_item_an_edge(size: tuple[int, int], place: Layout, edges: Edges, repeats: int) -> float:
    """Median ms to set and paint every edge as an antialiased QGraphicsLineItem of its own."""
    scene = QGraphicsScene(0, 0, *size)
    view = QGraphicsView(scene)
    view.resize(*size)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
    corners = np.stack(ends(place, edges), axis=1).tolist()
    items = [QGraphicsLineItem(*corner) for corner in corners]
    for item in items:
        scene.addItem(item)
    view.show()
    live(view.windowHandle().isExposed)
    times = []
    for number in range(repeats + 2):
        begin = perf_counter()
        colours = Diverging(DARK).colours(np.roll(edges.weight, number), 3.0).tolist()
        for item, colour in zip(items, colours, strict=True):
            item.setPen(QPen(QColor(*colour), 1.5))
        view.viewport().repaint()
        times.append(1000 * (perf_counter() - begin))
    view.close()
    return median(times[2:])


def all_edges(
    shown: Shown, found: list[Snapshot], repeats: int
) -> tuple[float, float, float, float]:
    """Ask for all edges: longest block of the loop and time to the picture, both in ms.

    Returns:
        Median of the longest blocks, of the processor time of the longest, the longest of
        all, and median of the times to the picture.
    """
    switch = shown.view.controls.switches["all_edges"]
    desk = shown.view.drawing.desk
    blocks, times = [], []
    for moment in found[:repeats]:
        switch.setChecked(False)
        shown.view.show_snapshot(replace(moment, playing=False))
        live(lambda: True)
        done: list[float] = []
        desk.finished.connect(lambda _, done=done: done.append(perf_counter()))
        begin = perf_counter()
        QTimer.singleShot(0, lambda: switch.setChecked(True))
        blocks.append(live(lambda done=done: bool(done)))
        desk.finished.disconnect()
        desk.finished.connect(shown.view.drawing.show_finished)
        times.append(1000 * (done[0] - begin) if done else float("nan"))
    switch.setChecked(False)
    clock, own = zip(*blocks, strict=True)
    return median(clock), median(own), max(clock), median(times)


def beside_training(shown: Shown, found: list[Snapshot]) -> tuple[float, float]:
    """Median ms of a frame with nothing else to do, and while another thread trains."""
    alone = frames(shown, found)[1]
    trainer, stop = Trainer(Recipe(), load_dataset("digits")), threading.Event()

    def train() -> None:
        while not stop.is_set():
            trainer.step()

    thread = threading.Thread(target=train, name="nnviz-bench")
    thread.start()
    sleep(0.2)
    beside = frames(shown, found)[1]
    stop.set()
    thread.join()
    return alone, beside


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=25)
    parser.add_argument("--size", default="850x530")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    size = width, height
    qt_application()
    print(f"{platform.machine()}, Python {platform.python_version()}, view {width}×{height}")
    begin, spent = perf_counter(), process_time()

    found = moments(100, options.repeats + 3)
    shown = Shown(size, found[0])
    update, frame = frames(shown, found)
    _, own = frames(shown, found, thread_time)
    edges, place = shown.view.edges, shown.view.place
    assert edges is not None
    assert place is not None
    print(f"784-100-10: frame {frame:.1f} ms, of which update {update:.1f} ms  (aim ≤ 16)")
    print(f"  processor time of the frame {own:.1f} ms")
    print(f"  {len(edges)} antialiased edges of {edges.total:,}")
    lines = one_item_an_edge(size, place, edges, min(options.repeats, 10))
    print(f"  the same edges, one QGraphicsLineItem each: {lines:.1f} ms")
    alone, beside = beside_training(shown, found)
    print(f"  frame with training beside it {beside:.1f} ms, without {alone:.1f} ms")
    usual, own, longest, full = all_edges(shown, found, min(options.repeats, 10))
    print(f"  all {edges.total:,} edges: full picture after {full:.0f} ms  (aim ≤ 500)")
    print(f"  meanwhile the loop is blocked for {usual:.0f} ms, at most {longest:.0f}  (aim ≤ 33)")
    print(f"  of which processor time {own:.0f} ms")
    ratios.note("a frame, times as fast as one item for each edge", lines / frame)
    ratios.note("a frame beside training over one without", beside / alone, lower=True)
    ratios.note_seconds("a frame", frame / 1000)
    ratios.note_seconds("all edges, full picture", full / 1000)
    ratios.note_seconds("all edges, the loop blocked", usual / 1000)
    shown.close()

    print("hidden   edges drawn        of   frame ms   all edges: blocked ms   picture ms")
    for hidden in (30, 100, 300, 1000):
        found = moments(hidden, min(options.repeats, 12) + 3, steps=5)
        shown = Shown(size, found[0])
        _, frame = frames(shown, found)
        assert shown.view.edges is not None
        drawn, total = len(shown.view.edges), shown.view.edges.total
        usual, _, _, full = all_edges(shown, found, 3)
        print(f"{hidden:6,} {drawn:13,} {total:9,} {frame:10.1f} {usual:23.0f} {full:12.0f}")
        shown.close()
    share = (process_time() - spent) / (perf_counter() - begin)
    print(f"processor time {share:.2f} of the time that went by")


if __name__ == "__main__":
    main()
