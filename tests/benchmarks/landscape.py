"""How fast cost surfaces are computed, against one full forward pass per grid point.

All in one process with one BLAS thread. The plain loop runs over evenly spread
points of the same grid, in turns with the surface; its time is scaled to all
points, and its costs are compared with the surface's. The tables show medians.
Then the same live: surfaces asked for again and again, as the window does,
while the worker trains, and how much of its speed training keeps. As in the
window slow answers bring a smaller sample; the table tells how small. Turns with
and without surfaces alternate, and the processor time of all threads is told
beside the clock, so that a busy machine shows.

    python tests/benchmarks/landscape.py [--mnist FOLDER] [--repeats 5] [--points 61]
"""

import argparse
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median
from time import perf_counter, process_time, sleep

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402 - after the threads are set
import ratios  # noqa: E402

from nnviz.data import load_dataset  # noqa: E402
from nnviz.data.dataset import Dataset  # noqa: E402
from nnviz.engine import Network, Recipe  # noqa: E402
from nnviz.engine.activations import ACTIVATIONS  # noqa: E402
from nnviz.engine.costs import COSTS  # noqa: E402
from nnviz.engine.ops import Array, run  # noqa: E402
from nnviz.engine.parameters import Parameter, index_of  # noqa: E402
from nnviz.engine.run.history import TrailPoint  # noqa: E402
from nnviz.engine.surface.landscape import Kind, Landscape, PlaneRequest, survey  # noqa: E402
from nnviz.engine.surface.memory import Memory  # noqa: E402
from nnviz.messages.commands import Pause, Play, Start  # noqa: E402
from nnviz.runtime.autosave_thread import AutosaveThread  # noqa: E402
from nnviz.runtime.landscape_thread import LandscapeThread  # noqa: E402
from nnviz.runtime.mailbox import Mailbox  # noqa: E402
from nnviz.runtime.worker import Worker  # noqa: E402
from nnviz.views.surface.requests import Requests  # noqa: E402
from nnviz.views.surface.state import SurfaceState  # noqa: E402
from tests.planes import theta_at  # noqa: E402

NETS = ((784, 30, 10), (784, 100, 10), (2, 4, 3, 1))
AIMS = {
    "first layer, two neurons": 40,
    "first layer, one neuron": 40,
    "last layer, two outputs": 150,
    "last layer, one output": 150,
    "random directions": 1.5,
    "principal components": 1.5,
}
"""Times faster than the plain loop at least, for 784-30-10 at 61×61."""
SPREAD = 241
"""Points of the grid at which the plain loop is run, at most; odd, to hit every column."""
DISPLAY = 0.015
"""Seconds between two looks of the window into the mailbox."""
TURN = 1 / 6
"""Seconds between two turns of the surface view while training."""


def plain_cost(network: Network, x: Array, y: Array) -> float:
    """One forward pass as anybody would write it, without any preparation."""
    a = x
    recipe = network.recipe
    for w, b, name in zip(network.weights, network.biases, recipe.activations, strict=True):
        z = a @ w
        z += b
        a = np.empty_like(z)
        ACTIVATIONS[name].function(z, a)
    terms = np.empty_like(a)
    run(COSTS[recipe.cost].plan_terms(a, y, terms, z))
    return float(terms.sum(dtype=np.float64)) / len(terms)


def planes(recipe: Recipe) -> Iterator[tuple[str, tuple[Parameter, Parameter], Kind]]:
    """Yield each plane's name, two parameters and kind."""
    last, inputs = len(recipe.layers) - 1, recipe.layers[0]
    k, kk = inputs // 3, inputs // 2
    one, other = Parameter(1, k, 1), Parameter(1, kk, 2)
    yield "first layer, two neurons", (one, other), Kind.PARAMETERS
    yield "first layer, one neuron", (one, replace(other, target=1)), Kind.PARAMETERS
    yield "first and last layer", (one, Parameter(last, 2, 0)), Kind.PARAMETERS
    if recipe.layers[-1] > 1:
        pair = Parameter(last, 1, 0), Parameter(last, 2, 1)
        yield "last layer, two outputs", pair, Kind.PARAMETERS
    yield "last layer, one output", (Parameter(last, 1, 0), Parameter(last, 2, 0)), Kind.PARAMETERS
    yield "random directions", (one, other), Kind.RANDOM
    yield "principal components", (one, other), Kind.PRINCIPAL


def trail_of(recipe: Recipe, theta: Array, points: int = 60) -> tuple[TrailPoint, ...]:
    """A way to theta: a straight one with some wandering."""
    draw = np.random.default_rng(0)
    start = draw.normal(size=theta.shape)
    side = draw.normal(size=theta.shape)
    return tuple(
        TrailPoint(step, (theta + 0.1 * (t * start + t * (1 - t) * side)).astype(recipe.dtype))
        for step, t in enumerate(np.linspace(1, 0, points, endpoint=False))
    )


def compared(
    request: PlaneRequest, x: Array, y: Array, repeats: int
) -> tuple[float, float, float, float]:
    """Return seconds of the surface and of the plain loop, the ratio, and the worst difference."""
    memory = (
        Memory()
    )  # as the landscape thread has it: costs along the way are known after the first
    first = survey(request, x, y, memory=memory)
    assert first is not None
    chosen = np.unique(np.linspace(0, first.cost.size - 1, SPREAD).round().astype(int))
    places = [divmod(int(at), len(first.w2)) for at in chosen]
    ours, loops, ratios = [], [], []
    worst = 0.0
    for _ in range(repeats):
        begin = perf_counter()
        surface = survey(request, x, y, memory=memory)
        ours.append(perf_counter() - begin)
        assert surface is not None
        worst = max(worst, difference(surface, places, x, y, loops))
        loops[-1] *= surface.cost.size / len(places)
        ratios.append(loops[-1] / ours[-1])
    return median(ours), median(loops), median(ratios), worst


def difference(
    surface: Landscape, places: list[tuple[int, int]], x: Array, y: Array, times: list[float]
) -> float:
    """Run the plain loop over some points, note its time, return the worst relative difference."""
    networks = []
    for i, j in places:
        theta = theta_at(surface, float(surface.w1[i]), float(surface.w2[j]))
        networks.append(Network(surface.request.recipe, theta))
    begin = perf_counter()
    costs = [plain_cost(network, x, y) for network in networks]
    times.append(perf_counter() - begin)
    mine = [surface.cost[place] for place in places]
    return max(abs(a - b) / b for a, b in zip(mine, costs, strict=True))


def table(dataset: Dataset, repeats: int, points: int, sample: int = 1000) -> None:
    """Print every plane of every net."""
    print(f"{points}×{points} points, {sample} examples\n")
    print(f"{'net':<12}{'plane':<27}{'ms':>8}{'plain loop s':>14}{'times faster':>14}"
          f"{'worst difference':>18}")  # fmt: skip
    draw = np.random.default_rng(0)
    for layers in NETS:
        recipe = Recipe(layers=layers)
        x, y = dataset.x_test[:sample], dataset.y_test[:sample]
        if layers[0] == 2:
            x = draw.normal(size=(sample, 2)).astype(np.float32)
            y = (x[:, :1] * x[:, 1:] > 0).astype(np.float32)
        theta = Network(recipe).theta
        trail = trail_of(recipe, theta)
        for name, pair, kind in planes(recipe):
            indices = (index_of(recipe, place) for place in pair)
            request = PlaneRequest(
                0, 0, recipe, 99, theta, *indices, 1.0, points, sample, kind, trail=trail
            )
            seconds, loop, ratio, worst = compared(request, x, y, repeats)
            aim = ""
            if layers == NETS[0] and name in AIMS:
                aim = f" (≥ {AIMS[name]})"
                ratios.note(f"{name}: times as fast as the plain loop", ratio)
            print(f"{'-'.join(map(str, layers)):<12}{name:<27}{seconds * 1e3:>8.1f}{loop:>14.2f}"
                  f"{ratio:>14.1f}{worst:>18.1e}{aim}")  # fmt: skip


class Stage:
    """A worker that trains and a landscape thread, looked after as the window does."""

    def __init__(self, recipe: Recipe, dataset: Dataset) -> None:
        self.mailbox = Mailbox()
        self.landscape_thread = LandscapeThread(self.mailbox)
        autosave_thread = AutosaveThread(lambda *_a, **_b: None, self.mailbox)
        self.autosave_thread = autosave_thread

        def load(_name: str, _progress: Callable[[float, str], None]) -> Dataset:
            return dataset

        self.worker = Worker(load, None, self.mailbox, self.landscape_thread, autosave_thread)  # type: ignore[arg-type]
        for part in (self.autosave_thread, self.worker, self.landscape_thread):
            part.start()
        self.worker.send(Start(recipe))
        self.requests = Requests()
        self.snapshot = None
        while self.snapshot is None:
            self.look()

    def look(self) -> bool:
        """Take what is there, as a display does; tell whether a wanted surface has come."""
        sleep(DISPLAY)
        came = False
        while (event := self.mailbox.take_event()) is not None:
            came |= isinstance(event, Landscape) and self.requests.accept(event)
        self.snapshot = self.mailbox.take_snapshot() or self.snapshot
        return came

    def train(self, seconds: float, chosen: SurfaceState | None) -> tuple[float, float, float]:
        """Train with a surface followed, or none.

        Returns:
            Minibatches a second, refreshes a second, and how many processors were kept busy.
        """
        answers, last = 0, 0.0
        begin, busy, step = perf_counter(), process_time(), self.snapshot.step
        while perf_counter() < begin + seconds:
            answers += self.look()
            if chosen is not None and perf_counter() - last >= TURN:
                last = perf_counter()
                request = self.requests.next(self.snapshot, chosen)
                if request is not None:
                    self.landscape_thread.ask(request)
        passed, work = perf_counter() - begin, process_time() - busy
        if self.requests.give_up():
            self.landscape_thread.cancel()
        return (self.snapshot.step - step) / passed, answers / passed, work / passed

    def stop(self) -> None:
        """End all threads."""
        self.worker.send(Pause())
        for part in (self.landscape_thread, self.worker, self.autosave_thread):
            part.stop()


def live(dataset: Dataset, repeats: int, seconds: float = 2.0) -> None:
    """Print refreshes a second and the share of training speed kept."""
    print(
        "\nlive, 31×31 while training: refreshes/s (≥ 5), share of training speed kept (≥ 0.80)\n"
    )
    print(f"{'net':<12}{'plane':<14}{'minibatches/s':>14}{'alone':>9}{'share':>7}"
          f"{'refreshes/s':>13}{'examples':>10}{'processors':>12}")  # fmt: skip
    for layers in NETS[:2]:
        stage = Stage(Recipe(layers=layers), dataset)
        stage.worker.send(Play())
        stage.train(1.0, None)
        for kind in (Kind.PARAMETERS, Kind.RANDOM, Kind.PRINCIPAL):
            chosen = SurfaceState(kind, stage.snapshot.watched)
            stage.train(seconds, chosen)  # by then the size of the sample is settled
            turns = []
            for _ in range(repeats):
                alone, _, _ = stage.train(seconds, None)
                turns.append((alone, *stage.train(seconds, chosen)))
            alone, speed, refreshes, busy = (median(part) for part in zip(*turns, strict=True))
            share = median(turn[1] / turn[0] for turn in turns)
            used = stage.requests.shown.examples
            print(f"{'-'.join(map(str, layers)):<12}{kind:<14}{speed:>14.0f}{alone:>9.0f}"
                  f"{share:>7.2f}{refreshes:>13.1f}{used:>10}{busy:>12.2f}",
                  flush=True)  # fmt: skip
            what = f"{'-'.join(map(str, layers))}, {kind}"
            ratios.note(f"{what}: share of training speed kept", share)
            ratios.note(f"{what}: refreshes a second", refreshes)
        stage.stop()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mnist", help="folder of the four files; else the embedded digits")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--points", type=int, default=61)
    parser.add_argument("--only", choices=("table", "live"))
    options = parser.parse_args()
    dataset = load_dataset("mnist", options.mnist) if options.mnist else load_dataset("digits")
    print(f"{platform.machine()}, Python {platform.python_version()}, NumPy {np.__version__}, "
          f"{dataset.name}, medians of {options.repeats} interleaved turns\n")  # fmt: skip
    if options.only != "live":
        table(dataset, options.repeats, options.points)
    if options.only != "table":
        live(dataset, options.repeats)


if __name__ == "__main__":
    main()
