"""How long a hand waits for an answer, and what a moment of playing costs each view.

Prints the median of each and what is wanted of it on a machine that does nothing else. Tests
do not ask for these times, because a busy machine is slow and not wrong. Run it on a screen:

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/benchmarks/responses.py
"""

import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from statistics import median
from time import perf_counter

import numpy as np
import ratios
from living import live, opened

from nnviz.app import App
from nnviz.data import load_dataset
from nnviz.data.generator import forms
from nnviz.data.handwriting import prepare_strokes
from nnviz.engine import Network, Recipe
from nnviz.engine.explain.line import explain_line
from nnviz.engine.measure.ranking import rank
from nnviz.engine.selection import Selection
from nnviz.messages.commands import Pause, Play
from nnviz.views.examples.view import ExamplesView
from nnviz.views.pad.view import PadView
from nnviz.views.view import View

SEVEN = np.array([(0.25, 0.25), (0.75, 0.25), (0.45, 0.8)])
ROUNDS = 20


def measure(what: str, wanted: float, do: Callable[[int], object]) -> None:
    """Print how long something takes, in milliseconds, and how long it may take."""
    times = []
    for number in range(ROUNDS):
        begun = perf_counter()
        do(number)
        times.append(1000 * (perf_counter() - begun))
    took = median(times)
    ratios.note_seconds(what, took / 1000)
    print(f"{what:<58} {took:7.2f} ms, wanted {wanted:g} {'' if took < wanted else '  SLOW'}")


def engine() -> None:
    """What needs no window."""
    form = forms()[8][0]
    strokes = [form.curve @ form.control]
    measure("strokes to a 28×28 picture", 3, lambda _: prepare_strokes(strokes))
    network = Network(Recipe(layers=(784, 30, 10)))
    data = load_dataset("digits")
    x, y = data.x_test[:100], data.y_test[:100]
    measure("the line of one weight's cost", 100, lambda _: explain_line(network, x, y, 23_600))


@contextmanager
def some_steps_on() -> Iterator[App]:
    """The whole window on the default recipe, some steps on."""
    with opened() as app:
        live(6)
        app.bridge.send(Play())
        live(2)
        app.bridge.send(Pause())
        live(3)
        yield app
        app.bridge.send(Play())
        live(1)
        begun = perf_counter()
        app.window.close()
        app.bridge.stop()
        took = perf_counter() - begun
        print(f"closing in the middle of training: {took:.2f} s, wanted 1")
        ratios.note_seconds("closing in the middle of training", took)


def views(app: App) -> None:
    """What each view takes for one more moment of a run that plays, painting included."""
    window, moment = app.window, app.window.snapshot
    assert moment is not None
    moments = [
        replace(moment, playing=True, step=moment.step + n, theta=moment.theta * (1 + n / 1000))
        for n in (0, 1)
    ]
    limits = {"minibatch": 10.0}

    def show(view: View, number: int) -> None:
        view.show_snapshot(moments[number % 2])
        view.grab()

    window.select(Selection.of_weight(moment.recipe, 1, 300, 4))
    for name, view in window.views.items():
        measure(f"{name}: a moment of playing", limits.get(name, 33), lambda n, v=view: show(v, n))


def hands(app: App) -> None:
    """What hands wait for."""
    pad, examples = app.window.views["pad"], app.window.views["examples"]
    assert isinstance(pad, PadView)
    assert isinstance(examples, ExamplesView)

    def stroke(number: int) -> None:
        pad.set_strokes([SEVEN + number / 500, SEVEN[:, ::-1]])
        pad.bars.grab()

    measure("pad: from a stroke to bars", 20, stroke)
    moment = app.window.snapshot
    assert moment is not None
    found = rank(moment.network(), load_dataset("digits"), None, False, 200, run=moment.run,
                 step=moment.step)  # fmt: skip
    examples.show_ranking(found)
    measure("examples: two hundred thumbnails", 20, lambda _: examples.gallery.viewport().grab())


def main() -> None:
    """Run it."""
    print(platform.platform(), platform.python_version(), f"NumPy {np.__version__}")
    engine()
    with some_steps_on() as app:
        hands(app)
        views(app)


if __name__ == "__main__":
    main()
