"""How well nets read hands that nothing was ever chosen by, and what the way over strokes costs.

Hands of the sealed generator (tests/data/motor_hands.py) draw on the pad: small, middling and
large. They are read by what the window's start recipe learns from the third generation of nnviz's
digits and from the newest, and by the same recipe on MNIST's training digits alone and with them.
The last columns are MNIST's training digits, first as they are, then traced and drawn again on the
pad (tests/tracing.py): were the preparation of strokes at fault, the second would be worse. MNIST's
test digits are not looked at.

    python tests/benchmarks/sealed_hands.py [--epochs 13] [--hands 300] [--traced 2000]
        [--hidden 100] [--each]

--each tells every way of writing: who has looked has broken the seal and needs another generator.
"""

import argparse
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from dataclasses import replace

import numpy as np
import ratios

from nnviz.data import DataError, Dataset, load_dataset
from nnviz.data.digits_cache import GENERATIONS, load_digits
from nnviz.data.mixture import mixed
from nnviz.engine import Network, start_recipe
from tests.benchmarks.held_out_forms import by_way, right
from tests.benchmarks.mixtures import trained
from tests.data.motor_hands import motor_hands
from tests.data.seen import seen_on_pad
from tests.mnist import MNIST
from tests.tracing import placed, trace

SIZES = {"small": (0.0, 0.25), "middling": (0.25, 0.5), "large": (0.5, 1.0)}
"""Parts of the pad's side from which to which drawings are called so."""
PAD = 280
"""Side of the pad on which traced digits are drawn, in pixels."""


def data_sets() -> dict[str, list[Dataset]]:
    """Return what is learnt from, by name: data sets to be mixed."""
    newest = load_digits()
    found = {"third generation": [load_digits(generation=min(GENERATIONS))], "newest": [newest]}
    try:
        scanned = load_dataset("mnist", folder=MNIST)
    except DataError:
        print("no MNIST")
        return found
    return found | {"mnist": [scanned], "mnist+digits": [scanned, newest]}


def traced(scanned: Dataset, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the last training digits of MNIST: as they are, drawn again, and which they are."""
    pictures = scanned.x_train[-count:].reshape(-1, 28, 28)
    draw = np.random.default_rng(0)
    again = [seen_on_pad(placed(trace(one), draw, PAD)) for one in pictures]
    return pictures, np.array(again), scanned.train_labels[-count:]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=13, help="of 60,000 examples each")
    parser.add_argument("--hands", type=int, default=300)
    parser.add_argument("--traced", type=int, default=2000)
    parser.add_argument("--hidden", type=int, default=100)
    parser.add_argument("--each", action="store_true", help="tell every way of writing")
    asked = parser.parse_args()
    drawn = list(motor_hands(asked.hands))
    images = np.array([seen_on_pad(one.strokes) for one in drawn])
    labels = np.array([one.digit for one in drawn])
    sizes, ways = np.array([one.size for one in drawn]), [one.way for one in drawn]
    recipe = start_recipe("digits")
    recipe = replace(recipe, layers=(784, asked.hidden, 10))
    training = data_sets()
    scanned = training["mnist"][0] if "mnist" in training else None
    again = None if scanned is None else traced(scanned, asked.traced)
    print(f"784-{asked.hidden}-10, {asked.epochs} × 6000 minibatches of varied pictures")
    print(f"{'trained on':20}{'sealed':>10}" + "".join(f"{size:>10}" for size in SIZES), end="")
    print("" if again is None else f"{'MNIST':>10}{'traced':>10}")
    each: dict[str, dict[str, float]] = {}
    for name, parts in training.items():
        dataset = parts[0] if len(parts) == 1 else mixed(parts)
        network: Network = trained(dataset, recipe, 6000 * asked.epochs)
        answers = right(network, (images, labels))
        found = [answers.mean()]
        found += [answers[(low <= sizes) & (sizes < high)].mean() for low, high in SIZES.values()]
        ratios.note_share_right(f"{name}: sealed hands", float(found[0]))
        if again is not None:
            found += [right(network, (pictures, again[2])).mean() for pictures in again[:2]]
        print(f"{name:20}" + "".join(f"{share:10.3f}" for share in found), flush=True)
        each[name] = dict(by_way(ways, answers))
    for way in sorted(each[name]) if asked.each else ():
        print(f"{way:20}" + "".join(f"{shares[way]:8.2f}" for shares in each.values()))


if __name__ == "__main__":
    main()
