"""How much the window's start recipe reads after 20, 60 and 180 seconds of training in the window.

Opens the real window as at a first start and plays at full speed. Tells the share read right of
nnviz's test digits, of the digits of strangers (tests/data/strangers.py, another generator) and of
a part of MNIST's training digits where there are any; MNIST's test digits are asked for alone.
Run it on a screen, on a machine that does nothing else:

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/benchmarks/start_recipe.py
        [--after 20 60 180] [--mnist-test]
"""

import argparse
from time import perf_counter

import numpy as np
import ratios
from living import live, opened

from nnviz.data import DataError, load_dataset
from nnviz.engine import Network, start_recipe
from nnviz.messages.commands import Pause, Play
from tests.data.strangers import strangers
from tests.mnist import MNIST

Pictures = tuple[np.ndarray, np.ndarray]


def asked_about(*, mnist_test: bool) -> dict[str, Pictures]:
    """Return the pictures that are read, with their digits, by the name of the column."""
    own, others = load_dataset("digits"), strangers(300)
    drawn = others.images.reshape(len(others.images), -1).astype(np.float32)
    asked = {"digits": (own.x_test, own.test_labels), "strangers": (drawn, others.labels)}
    try:
        scanned = load_dataset("mnist", folder=MNIST)
    except DataError:
        return asked
    asked["MNIST train"] = scanned.x_train[:10_000], scanned.train_labels[:10_000]
    if mnist_test:
        asked["MNIST test"] = scanned.x_test, scanned.test_labels
    return asked


def right(network: Network, pictures: Pictures) -> float:
    """Return the share that a network reads right."""
    x, labels = pictures
    return float((network.predict(x).argmax(axis=1) == labels).mean())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--after", type=float, nargs="+", default=[20.0, 60.0, 180.0])
    parser.add_argument("--mnist-test", action="store_true")
    options = parser.parse_args()
    asked = asked_about(mnist_test=options.mnist_test)
    recipe = start_recipe("digits")
    print(recipe)
    print("  seconds     step  epoch" + "".join(f"{name:>13}" for name in asked))
    with opened(recipe) as app:
        window = app.window
        while window.snapshot is None:
            live(0.05)
        app.bridge.send(Play())
        begin = perf_counter()
        for seconds in sorted(options.after):
            live(max(0.0, begin + seconds - perf_counter()))
            moment = window.snapshot
            app.bridge.send(Pause())
            paused = perf_counter()
            shares = {name: right(moment.network(), one) for name, one in asked.items()}
            for name, share in shares.items():
                ratios.note_share_right(f"{name} after {seconds:.0f} s", share)
            columns = "".join(f"{share:13.4f}" for share in shares.values())
            print(f"{seconds:9.0f} {moment.step:8} {moment.epoch:6.1f}{columns}", flush=True)
            app.bridge.send(Play())
            begin += perf_counter() - paused  # looking is no training
        window.close()


if __name__ == "__main__":
    main()
