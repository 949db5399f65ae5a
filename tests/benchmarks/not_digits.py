"""How much of what is no digit is turned away, and what that costs in true digits.

The not-a-digit set (tests/not_digits.py: letters but O o D I l i j Z z S s g q b B, houses, dots
and other signs, noise) is another generator than the scrawls that nnviz learns the background
from, but its kinds are the same. So a second figure is of kinds that were left out of the scrawls:
what is to be expected of shapes that nobody thought of. MNIST's loss is one of training digits;
its test digits are not looked at.

    python tests/benchmarks/not_digits.py [--each 600] [--list] [--unseen]
"""

import argparse
import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from collections.abc import Callable
from dataclasses import replace
from time import process_time
from unittest.mock import patch

import numpy as np
import ratios

from nnviz.data import DataError, load_dataset
from nnviz.data import scrawls as learnt_from
from nnviz.data.dataset import Dataset
from nnviz.data.digits_cache import load_digits
from nnviz.data.picture_inputs import strokes_stages
from nnviz.data.separate_digits import separate_digits
from nnviz.engine.measure.familiar import Familiarity, learn
from tests.data.strangers import strangers
from tests.mnist import MNIST
from tests.not_digits import (
    HOUSES,
    KINDS,
    LETTERS,
    SHAPES,
    SIGNS,
    drawings,
    drawn_like,
    strokes_like,
)

BUILDINGS = ("house", "hut", "gable", "barn", "pentagon", "polygon", "box")
UNSEEN: dict[str, Callable[[str], bool]] = {
    "letters": lambda shape: len(shape) == 1,
    "houses": lambda shape: shape in BUILDINGS,
    "signs": lambda shape: len(shape) > 1 and shape not in BUILDINGS,
}
"""Which scrawls are like each kind."""


def rejected(known: Familiarity, x: np.ndarray) -> float:
    """Return the share of pictures that is turned away."""
    return float((~known.knows(x)).mean())


def taken_for_digits(
    known: Familiarity, dataset: Dataset, kind: str, each: int
) -> tuple[float, float]:
    """Draw strokes on a pad: the shares that are told apart as several, and taken for digits."""
    draw, shapes, described = np.random.default_rng(1), SHAPES[kind], dataset.description
    divided = taken = 0
    for number in range(each):
        strokes = [20 + stroke for stroke in strokes_like(shapes[number % len(shapes)], draw)]
        parts = separate_digits(strokes)
        rows = [
            strokes_stages([strokes[place] / 50 for place in part], described).image.ravel()
            for part in parts
        ]
        divided += len(parts) > 1
        taken += bool(known.knows(np.stack(rows)).all())
    return divided / each, taken / each


def tell(dataset: Dataset, each: int) -> Familiarity:
    """Print what a data set's familiarity turns away."""
    begun = process_time()
    known = learn(dataset)
    print(f"{dataset.name}: learnt in {process_time() - begun:.1f} s of CPU")
    for kind in KINDS:
        share = rejected(known, drawings(kind, each))
        ratios.note_share_right(f"{dataset.name}: {kind} turned away", share)
        print(f"  rejected of {kind:8} {share:.3f}")
    for kind in SHAPES:
        divided, taken = taken_for_digits(known, dataset, kind, each)
        print(f"  {kind:8} on the pad: told apart {divided:.3f}, all taken for digits {taken:.3f}")
    lost = {
        "its own digits held out": dataset.x_test,
        "strangers' digits": strangers(200).images.reshape(2000, -1),
    }
    for whose, rows in lost.items():
        share = rejected(known, rows)
        ratios.note_share_right(f"{dataset.name}: {whose} known", 1 - share)
        print(f"  lost of {whose} {share:.4f}")
    return known


def main() -> None:
    """Print the figures for nnviz's digits, and for MNIST where it is there."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--each", type=int, default=600, help="pictures of each kind")
    words.add_argument("--list", action="store_true", help="shape by shape")
    words.add_argument("--unseen", action="store_true", help="kinds left out of the scrawls")
    options = words.parse_args()
    digits = load_digits(train=8000, test=3000)
    known = tell(digits, options.each)
    if options.list:
        shapes = {**LETTERS, **{f"house {n}": form for n, form in enumerate(HOUSES)}, **SIGNS}
        for name, form in shapes.items():
            print(f"    {name:12} {rejected(known, drawn_like(form, options.each // 6)):.2f}")
    if options.unseen:
        for kind, like in UNSEEN.items():
            rest = {shape: forms for shape, forms in learnt_from.FORMS.items() if not like(shape)}
            with patch.object(learnt_from, "FORMS", rest):
                share = rejected(learn(digits), drawings(kind, options.each))
            print(f"  rejected of {kind} by one that learnt none of them: {share:.3f}")
    try:
        mnist = load_dataset("mnist", folder=str(MNIST))
    except DataError:
        return
    some, held = slice(0, 20_000), slice(20_000, 25_000)
    x, y = mnist.train_inputs[some], mnist.y_train[some]
    x_held, y_held = mnist.train_inputs[held], mnist.y_train[held]
    tell(replace(mnist, x_train=x, y_train=y, x_test=x_held, y_test=y_held), options.each)


if __name__ == "__main__":
    main()
