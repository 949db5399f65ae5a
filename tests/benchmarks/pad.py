"""How long the drawing pad takes from a stroke to the bars.

Draws with the mouse on the pad of the real window, the default network beside it, and
prints the time from a move of the mouse to bars that are painted anew: alone, while the
network trains, and beside four digits. Also the time that "why?" and a photograph take. Run it
on a screen:

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/benchmarks/pad.py
"""

import argparse
import platform
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import ratios
from living import live
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.app import build, qt_application
from nnviz.engine import Recipe
from nnviz.messages.commands import Pause, Play
from nnviz.views.pad.view import PadView
from nnviz.views.palette import DARK
from nnviz.window.settings import Settings

LEFT = Qt.MouseButton.LeftButton


class Painted(QObject):
    """Notes when a widget was painted last."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when a painting is over: it is told before, so the clock is read after."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            watched.event(event)
            watched.installEventFilter(self)
            self.at = perf_counter()
            return True
        return super().eventFilter(watched, event)


def stroke(pad: PadView, painted: Painted, points: np.ndarray, pause: float) -> list[float]:
    """Draw a stroke; return the seconds from each move to painted bars."""
    side = pad.canvas.width()
    places = [QPoint(*np.rint(side * point).astype(int).tolist()) for point in points]
    QTest.mousePress(pad.canvas, LEFT, pos=places[0])
    took = []
    for place, before in zip(places[1:], places, strict=False):
        live(pause)
        if place == before:
            continue
        begin = perf_counter()
        QTest.mouseMove(pad.canvas, place)
        while painted.at < begin:
            live(0.0005)
        took.append(painted.at - begin)
    QTest.mouseRelease(pad.canvas, LEFT, pos=places[-1])
    return took


def report(what: str, seconds: list[float]) -> None:
    """Print two percentiles."""
    half, most = np.percentile(1000 * np.array(seconds), (50, 95))
    print(f"{what:28} p50 {half:5.1f} ms, p95 {most:5.1f} ms ({len(seconds)} times)")
    ratios.note_seconds(f"{what}, p50", half / 1000)
    ratios.note_seconds(f"{what}, p95", most / 1000)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=8)
    parser.add_argument("--size", default="1920x1080")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    qt_application()
    ratios.unit()  # before anything trains beside it
    turn = np.linspace(0, 2 * np.pi, 40)
    draw = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        app = build(Settings(Path(folder) / "bench.json"), DARK)
        window, pad = app.window, app.window.views["pad"]
        assert isinstance(pad, PadView)
        app.bridge.start()
        window.resize(width, height)
        window.restore_layout()
        window.show()
        window.start(Recipe())
        while window.snapshot is None:
            live(0.05)
        live(0.5)
        painted = Painted()
        pad.bars.installEventFilter(painted)
        print(f"{platform.machine()}, Python {platform.python_version()}, window {width}×{height}")
        for what, message in (("stroke to bars", None), ("the same while training", Play())):
            if message is not None:
                app.bridge.send(message)
                live(1)
            took: list[float] = []
            for _ in range(options.strokes):
                pad.canvas.clear()
                radius, squeeze = draw.uniform(0.2, 0.35), draw.uniform(0.4, 1)
                x, y = 0.5 + radius * squeeze * np.sin(turn), 0.5 - radius * np.cos(turn)
                took += stroke(pad, painted, np.stack([x, y], axis=1), 0.016)
            report(what, took)
        app.bridge.send(Pause())
        live(0.5)
        took = []
        for _ in range(options.strokes):
            ring = np.stack([np.sin(turn), -np.cos(turn)], axis=1)
            pad.set_strokes(
                [0.5 + 0.08 * (ring + np.array((x, y))) for x in (-4, -1.5) for y in (-3, 1)]
            )
            took += stroke(pad, painted, 0.5 + 0.08 * (ring + np.array((2, -3))), 0.016)
            assert len(pad.picture.frames) == 5
        report("the same, four digits there", took)
        asked = []
        for output in list(range(10)) * 5:
            begin = perf_counter()
            pad.ask_why(output)
            pad.repaint()
            asked.append(perf_counter() - begin)
        report("why, with its map", asked)
        rows, columns = np.mgrid[:240, :240] / 240
        paper = 0.8 - 0.3 * columns + draw.normal(0, 0.02, (240, 240))
        paper[(np.abs(columns - 0.5) < 0.03) & (np.abs(rows - 0.5) < 0.3)] = 0.15
        seen = []
        for _ in range(20):
            begin = perf_counter()
            pad.show_picture(paper.astype(np.float32))
            pad.repaint()
            seen.append(perf_counter() - begin)
        report("a photograph of 240×240", seen)
        window.close()


if __name__ == "__main__":
    main()
