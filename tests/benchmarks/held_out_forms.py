"""How well a net reads forms of digits that it was never trained on.

Nets learn from the third generation of nnviz's digits, from the fourth, and from the fourth
without some of its forms. Each reads the forms that were held back, the digits of strangers
(tests/data/strangers.py, another generator), and a part of MNIST's training digits where there
are any; its test digits are not looked at.

    python tests/benchmarks/held_out_forms.py [--digits 20000] [--epochs 4] [--hidden 30] [--each]
"""

import argparse
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import ratios

from nnviz.data import DataError, load_dataset
from nnviz.data.dataset import Dataset, as_given, one_hot
from nnviz.data.digit_forms import chosen_forms
from nnviz.data.digit_writer import write_digits
from nnviz.data.generator import generate
from nnviz.data.greys import Greys
from nnviz.engine import Network, Trainer, start_recipe
from tests.data.strangers import strangers
from tests.mnist import MNIST

HELD = (
    "0 crossed", "1 flag and long foot", "2 like a Z", "3 flat above", "4 lightning",
    "5 bar apart", "6 tiny loop", "7 low bar", "8 narrow", "9 a 3 with closed head",
)  # fmt: skip
"""One form of each digit, whose nearest kin stays in what is trained on."""
KIN = (
    *HELD, "1 foot without lifting", "4 lightning with a spike", "7 bar", "7 bar and serif",
    "7 bar on a round stem", "8 S and stroke", "9 like a g", "9 hooked over", "9 curled",
)  # fmt: skip
"""The same with their kin: nothing like them is left."""
NEW = ("one_flag_foot", "one_foot_back", "three_weak", "four_bolt", "four_bolt_cut", "four_spike",
       "four_short", "five_bar", "six_tiny", "seven_bar", "seven_low_bar", "seven_serif_bar",
       "eight_narrow", "nine_g", "nine_three", "nine_hooked")  # fmt: skip
"""Strangers' ways that the third generation misses."""

Pictures = tuple[np.ndarray, np.ndarray]


def trained(pictures: Pictures, epochs: int, hidden: int) -> Network:
    """Return a net that has learnt with the window's start recipe."""
    images, labels = pictures
    few = images[:100].reshape(100, -1) / np.float32(255), one_hot(labels[:100], 10)
    x_train = as_given(Greys(images.reshape(len(images), -1)))
    names = tuple(map(str, range(10)))
    dataset = Dataset("digits", x_train, one_hot(labels, 10), *few, names, (28, 28))
    trainer = Trainer(replace(start_recipe("digits"), layers=(784, hidden, 10)), dataset)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer.network


def right(network: Network, pictures: Pictures) -> np.ndarray:
    """Return which pictures are read right."""
    images, labels = pictures
    rows = images.reshape(len(images), -1).astype(np.float32)
    read = network.predict(rows / 255 if images.dtype == np.uint8 else rows)
    found: np.ndarray = read.argmax(axis=1) == labels
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digits", type=int, default=20_000)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--hidden", type=int, default=30)
    parser.add_argument("--each", action="store_true", help="tell every way of the strangers")
    asked = parser.parse_args()
    rng = np.random.default_rng
    held = write_digits(3000, rng(1), among=chosen_forms(HELD))
    kin = write_digits(3000, rng(2), among=chosen_forms(KIN))
    everybody = strangers(300)
    theirs = everybody.images, everybody.labels
    new = np.isin(everybody.ways, NEW)
    mnist = []
    try:
        scanned = load_dataset("mnist", folder=MNIST)
        mnist = [(scanned.x_train[:10_000], scanned.train_labels[:10_000])]
    except DataError:
        print("no MNIST")
    training = {
        "third generation": generate(asked.digits, rng(0)),
        "fourth": write_digits(asked.digits, rng(0)),
        "fourth without the held": write_digits(
            asked.digits, rng(0), among=chosen_forms(without=HELD)
        ),
        "fourth without their kin": write_digits(
            asked.digits, rng(0), among=chosen_forms(without=KIN)
        ),
    }
    print(f"784-{asked.hidden}-10, {asked.digits} digits, {asked.epochs} epochs; share read right")
    print(f"{'trained on':26}held forms  with kin  strangers  of them: plain    new  MNIST train")
    ways = {}
    for name, pictures in training.items():
        network = trained(pictures, asked.epochs, asked.hidden)
        answers = right(network, theirs)
        parts = [right(network, part).mean() for part in (held, kin)]
        parts += [answers.mean(), answers[~new].mean(), answers[new].mean()]
        ratios.note_share_right(f"{name}: held forms", parts[0])
        ratios.note_share_right(f"{name}: strangers", parts[2])
        parts += [right(network, part).mean() for part in mnist]
        print(f"{name:26}" + "".join(f"{part:10.3f}" for part in parts))
        ways[name] = dict(by_way(everybody.ways, answers))
    if asked.each:
        for way in sorted(ways["fourth"]):
            print(f"{way:20}" + "".join(f"{found[way]:8.2f}" for found in ways.values()))


def by_way(ways: list[str], answers: np.ndarray) -> Iterator[tuple[str, float]]:
    """Yield each way of writing with the share read right."""
    for way in set(ways):
        yield way, float(answers[np.array(ways) == way].mean())


if __name__ == "__main__":
    main()
