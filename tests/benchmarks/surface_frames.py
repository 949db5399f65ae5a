"""How long a frame of the 3-D cost surface takes, against an empty scene of the same size.

Draws the surface of a briefly trained net at 61×61, with the path, its drop
lines, the arrow and the contour lines, again and again in panels of three sizes.
Run it on a screen:

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/benchmarks/surface_frames.py
"""

import argparse
import platform
from time import perf_counter, process_time

import numpy as np
import ratios
from PySide6.QtTest import QTest

from nnviz.app import qt_application
from nnviz.data import load_dataset
from nnviz.engine import Recipe, Timeline
from nnviz.engine.surface.landscape import PlaneRequest, survey
from nnviz.runtime.run import Run
from nnviz.views.surface.view import SurfaceView

SIZES = (320, 240), (480, 400), (900, 600)
"""Of the scene alone: in the docks of a window of 1280×720 and of 1920×1080, and floating."""
RENDERER = 0x1F01
"""OpenGL's number for its own name."""
AIM = 15.0
"""Milliseconds a frame at most."""


def frames(scene: object, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw so many frames anew; milliseconds each took by the clock and of the processor."""
    wall, work = [], []
    for _ in range(count):
        scene._place_path()  # type: ignore[attr-defined]
        begin, busy = perf_counter(), process_time()
        scene.repaint()  # type: ignore[attr-defined]
        wall.append(1000 * (perf_counter() - begin))
        work.append(1000 * (process_time() - busy))
    return np.array(wall), np.array(work)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=60)
    options = parser.parse_args()
    application = qt_application()
    dataset = load_dataset("digits")
    run = Run(1, Timeline(Recipe(), dataset), {})
    for _ in range(2):
        run.train(lambda: True)
    view = SurfaceView()
    wanted: list[PlaneRequest] = []
    view.plane_wanted.connect(wanted.append)
    view.show()
    view.show_snapshot(run.snapshot(playing=False, minibatches_per_second=0.0))
    while wanted:
        view.show_landscape(survey(wanted.pop(), dataset.x_test, dataset.y_test))
    scene = view.scene
    if scene is None:
        raise SystemExit("There is no OpenGL here: run it on a screen.")
    points = view._requests.shown.request.points
    scene._gl.begin()
    renderer = scene._gl.renderer.gl.glGetString(RENDERER)
    scene._gl.end()
    print(
        f"{platform.machine()}, {renderer}, {points}×{points} points, {options.frames} frames each"
    )
    print(
        f"{'scene':<12}{'p50 ms':>8}{'p95 ms':>8}{'cpu ms':>8}{'empty p50':>11}{'smooth p50':>12}"
    )
    for width, height in SIZES:
        scene.setParent(None)
        scene.resize(width, height)
        scene.show()
        QTest.qWaitForWindowExposed(scene)
        application.processEvents()
        moving, work = frames(scene, options.frames)
        shown = [item for item in scene.shapes if item.visible()]
        relief, scene._relief = scene._relief, None
        for item in shown:
            item.setVisible(False)
        empty, _ = frames(scene, options.frames)
        scene._relief = relief
        for item in shown:
            item.setVisible(True)
        smooth = []
        for _ in range(9):
            scene._buffer._rest()
            smooth.append(frames(scene, 1)[0][0])
        over = np.median(moving) / np.median(empty)
        ratios.note(f"{width}×{height}: frame over an empty one", over, lower=True)
        ratios.note_seconds(f"{width}×{height}: frame", np.median(moving) / 1000)
        median, tail = np.percentile(moving, (50, 95))
        print(f"{f'{width}×{height}':<12}{median:>8.1f}{tail:>8.1f}{np.median(work):>8.1f}"
              f"{np.median(empty):>11.1f}{np.median(smooth):>12.1f}  (≤ {AIM:.0f})")  # fmt: skip
    scene.hide()


if __name__ == "__main__":
    main()
