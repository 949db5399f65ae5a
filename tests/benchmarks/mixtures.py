"""What MNIST alone, nnviz's digits alone, and mixtures of both teach a net to read.

Each net takes equally many minibatches of varied pictures. All read the same examples: a part of
MNIST's training digits and of nnviz's, held back from all of them, and the digits of strangers
(tests/data/strangers.py, another generator). MNIST's test digits are not looked at.

    python tests/benchmarks/mixtures.py [--steps 50000] [--hidden 30] [--held 10000]
"""

import argparse
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from dataclasses import replace

import numpy as np
import ratios

from nnviz.data import Dataset, load_dataset
from nnviz.data.dataset import as_given
from nnviz.data.digits_cache import load_digits
from nnviz.data.greys import Greys
from nnviz.data.mixture import mixed
from nnviz.engine import Network, Recipe, Trainer, start_recipe
from nnviz.engine.training.augment import varied
from tests.benchmarks.held_out_forms import NEW
from tests.data.strangers import strangers
from tests.mnist import MNIST

SHARES = (None, 0.3, 0.1)
"""Parts of the mixtures that are nnviz's digits; None: all examples of both."""


def held_back(dataset: Dataset, count: int) -> Dataset:
    """Return a data set whose last training examples are its test examples."""
    codes = dataset.train_inputs
    assert isinstance(codes, Greys)
    return replace(
        dataset,
        x_train=as_given(Greys(codes.codes[:-count])),
        y_train=dataset.y_train[:-count],
        x_test=codes[-count:],
        y_test=dataset.y_train[-count:],
    )


def trained(dataset: Dataset, recipe: Recipe, steps: int) -> Network:
    """Return a net that has learnt so many minibatches."""
    trainer = Trainer(replace(recipe, dataset=dataset.name), dataset)
    for _ in range(steps):
        trainer.step()
    return trainer.network


def read(network: Network, x: np.ndarray) -> np.ndarray:
    """Return the digit that each row of grey values is read as."""
    digits: np.ndarray = network.predict(x.astype(np.float32)).argmax(axis=1)
    return digits


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=50_000)
    parser.add_argument("--hidden", type=int, default=30)
    parser.add_argument("--held", type=int, default=10_000)
    asked = parser.parse_args()
    parts = [
        held_back(part, asked.held) for part in (load_dataset("mnist", folder=MNIST), load_digits())
    ]
    exam = mixed(parts)
    others = strangers(300)
    new, theirs = np.isin(others.ways, NEW), others.images.reshape(len(others.images), -1)
    recipe = replace(varied(start_recipe("digits")), layers=(784, asked.hidden, 10))
    training = {"mnist": parts[0]}
    for share in SHARES:
        name = "mnist+digits" if share is None else f"mnist+digits:share={share}"
        training[name] = mixed(parts, () if share is None else (share,))
    training["digits"] = parts[1]
    print(f"784-{asked.hidden}-10, {asked.steps} minibatches of varied pictures; share read right")
    columns = (*(f"{name} held" for name in exam.parts.names), "strangers", "their new forms")
    print(f"{'trained on':26}" + "".join(f"{column:>17}" for column in columns))
    for name, dataset in training.items():
        network = trained(dataset, recipe, asked.steps)
        known = exam.parts.accuracies(read(network, exam.x_test) == exam.test_labels)
        right = read(network, theirs) == others.labels
        found = (*known, right.mean(), right[new].mean())
        print(f"{name:26}" + "".join(f"{share:17.3f}" for share in found), flush=True)
        for column, share in zip(columns, found, strict=True):
            ratios.note_share_right(f"{name}: {column}", float(share))


if __name__ == "__main__":
    main()
