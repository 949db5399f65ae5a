"""How long the map of the plane takes, against one `predict` of the same points.

All in one process with one BLAS thread, in turns, medians of many. The map is the view's whole
picture of a moment, from the network to shades, line and words; beside it stand its parts, and what
painting it takes with all points on it. The aim is 4 ms for 100 × 100 points of 2-8-8-1.

    python tests/benchmarks/plane.py [--repeats 60]
"""

import argparse
import gc
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import perf_counter

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402 - after the threads are set
import ratios  # noqa: E402
from living import live, opened  # noqa: E402

from nnviz.app import qt_application  # noqa: E402
from nnviz.data import load_dataset  # noqa: E402
from nnviz.engine import Recipe  # noqa: E402
from nnviz.engine.measure.plane_map import PlaneMap  # noqa: E402
from nnviz.engine.run.snapshot import Sample, Snapshot  # noqa: E402
from nnviz.engine.run.start import start_recipe  # noqa: E402
from nnviz.views.plane.map_picture import SIDE  # noqa: E402
from nnviz.views.plane.picture import picture  # noqa: E402
from nnviz.views.plane.state import PlaneState  # noqa: E402
from nnviz.views.plane.view import PlaneView  # noqa: E402
from nnviz.views.shared.level_lines import level_lines  # noqa: E402
from nnviz.views.shared.plane import plane_of  # noqa: E402
from tests.snapshots import make_snapshot  # noqa: E402

NETS = ((2, 8, 8, 1), (2, 16, 16, 1), (2, 64, 64, 1))
AIM = 4.0
"""Milliseconds of the map of the first net at most."""
SIZE = (614, 511)
"""Width and height of the view in a window of 1920 × 1080."""


def moment(layers: tuple[int, ...]) -> Snapshot:
    """Return a moment of a net that learns circles."""
    data = load_dataset("circles")
    recipe: Recipe = replace(start_recipe(data), layers=layers)
    sample = Sample(
        data.x_test, data.y_test, data.x_train, data.test_points, data.train_points, data.y_train
    )
    return replace(make_snapshot(recipe, data, 100), sample=sample)


def in_turns(repeats: int, **works: Callable[[], object]) -> dict[str, float]:
    """Return the median seconds of each of some works, done in turns."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(repeats):
        for name, work in works.items():
            begin = perf_counter()
            work()
            times[name].append(perf_counter() - begin)
    return {name: median(some) for name, some in times.items()}


def measure(layers: tuple[int, ...], repeats: int) -> dict[str, float]:
    """Return the seconds that a net's map takes, its parts, painting it, and `predict`."""
    snapshot, state = moment(layers), PlaneState()
    network, points = snapshot.network(), plane_of(snapshot).grid(SIDE).astype(np.float32)
    mapped, shown, step = PlaneMap(snapshot.recipe, points), picture(snapshot, state), 0
    view = PlaneView()
    view.resize(*SIZE)
    view.show_snapshot(snapshot)
    view.show()
    view.grab()

    def whole() -> None:
        nonlocal shown, step
        step += 1
        shown = picture(replace(snapshot, step=step), state, shown)

    def painted() -> None:
        nonlocal step
        step += 1
        view.show_snapshot(replace(snapshot, step=step))
        view.map.grab()

    field = network.predict(points).reshape(SIDE, SIDE)
    found = in_turns(
        repeats,
        predict=lambda: network.predict(points),
        network=lambda: mapped.update(snapshot.theta),
        line=lambda: level_lines(field, np.array([0.5])),
        map=whole,
        painted=painted,
    )
    view.close()
    return found


def frames(seconds: float) -> None:
    """Learn circles in the window, at both paces, and tell how evenly that is shown."""
    with opened() as app:
        window, done = app.window, list[float]()
        drawn: list[float] = []
        app.bridge.on(Snapshot, lambda _snapshot: done.append(perf_counter()))
        while window.snapshot is None:
            live(0.1)
        live(3.0)  # what comes late is there
        window.data_choice.menu.chosen.emit("circles")
        live(3.0)
        view = window.views["plane"]
        show = view.show_snapshot

        def shown(snapshot: Snapshot) -> None:
            drawn.append(perf_counter())
            show(snapshot)

        view.show_snapshot = shown  # type: ignore[method-assign]
        gc.collect()
        gc.freeze()
        for name, position in (("at first", None), ("full speed", window.toolbar.slider.maximum())):
            if position is not None:
                window.toolbar.slider.setValue(position)
                live(1.0)
            done.clear()
            drawn.clear()
            live(seconds)
            gaps = 1000 * np.diff(done)
            late, often = float(np.percentile(gaps, 99)), len(drawn) / seconds
            print(
                f"{name}: frames {median(gaps):.1f} ms apart, 99 in 100 within {late:.1f} ms; "
                f"the plane {often:.1f} times a second; {window.snapshot.recipe.dataset}, "
                f"{window.snapshot.minibatches_per_second:.0f} minibatches a second"
            )
            ratios.note(f"{name}: 99 in 100 frames within, ms", late, lower=True)
            ratios.note(f"{name}: the plane a second", often)
        window.close()


def main(arguments: list[str] | None = None) -> int:
    """Print a table and note the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=8.0)
    asked = parser.parse_args(arguments)
    repeats = asked.repeats
    application = qt_application()
    parts = ("predict", "network", "line", "map", "painted")
    print(f"{SIDE} × {SIDE} points, ms".ljust(24) + "".join(f"{part:>9}" for part in parts))
    for layers in NETS:
        found = measure(layers, repeats)
        name, ratio = "-".join(map(str, layers)), found["map"] / found["predict"]
        print(name.ljust(24) + "".join(f"{1e3 * found[part]:9.2f}" for part in parts))
        print(f"  map against predict: {ratio:.2f}")
        ratios.note(f"{name}: map against predict", ratio, lower=True)
        ratios.note_seconds(f"{name}: map and painting", found["painted"])
        if layers == NETS[0]:
            said = "reached" if 1e3 * found["map"] <= AIM else "MISSED"
            print(f"  the aim of {AIM} ms is {said}")
    application.processEvents()
    frames(asked.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
