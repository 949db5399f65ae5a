"""The data set "digits" in its generations, made once and kept in the user's cache folder.

Making it takes seconds, reading it back milliseconds. Who cannot wait gets digits that are
made when they are first read. The cache is only ever a
convenience: one that is missing or damaged is made again, and where none can be
written the digits simply stay in memory.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnviz import paths
from nnviz.data.dataset import Dataset, as_given, one_hot
from nnviz.data.description import PictureRule
from nnviz.data.digit_writer import DigitWriter, write_digits
from nnviz.data.disk import replace_file, special
from nnviz.data.generator import Progress, generate
from nnviz.data.greys import Greys
from nnviz.data.handwriting import SIDE
from nnviz.data.idx import CLASSES, grey

Writer = Callable[
    [int, np.random.Generator, Progress | None], tuple[NDArray[np.uint8], NDArray[np.uint8]]
]
"""Called with how many digits, where all variety comes from, and whom to tell of progress."""

TRAIN = 60_000
TEST = 5_000

GENERATIONS: dict[int, Writer] = {3: generate, 4: write_digits}
"""What makes the digits of each generation.

A new one is added whenever the same seed would give other digits; the older stay for the sessions
that were trained on them.
"""
NEWEST = max(GENERATIONS)
_PORTABLE = "portable"
"""An entry of caches whose digits are the same on every processor; earlier ones are made again."""
WRITERS = {4: DigitWriter}
"""What makes the digits of a generation when they are first read, where it can."""


_TOLD = "digits of generation {}, seed {}, {} to train on and {} to test with"
"""What digits are made from."""
_OTHER_BYTES = {
    "eba48f0989e9cdd882ac5ac5c2405c17d39b6c09f840523dbc3249afba76d8ad": 3,
    "19f492062f7e7264bedfb18e52eb2b0f0e6a3c08f03983d2b244901c8bd9598e": 4,
}
"""Fingerprints that digits had on processors with AVX-512 before they were the same everywhere.

Of the fourth generation 46 pixels of 50 million were another grey, by one of 255.
"""


class _Digits(NamedTuple):
    """Images (n, 28, 28) and labels (n,), all uint8: the arrays in the cache."""

    train_images: NDArray[np.uint8]
    train_labels: NDArray[np.uint8]
    test_images: NDArray[np.uint8]
    test_labels: NDArray[np.uint8]


def load_digits(
    *,
    seed: int = 0,
    train: int = TRAIN,
    test: int = TEST,
    generation: int = NEWEST,
    progress: Progress | None = None,
    later: bool = False,
) -> Dataset:
    """Return nnviz's own handwritten digits, from the cache where possible.

    Args:
        seed: which digits; the same seed gives the same bytes.
        train: number of training examples.
        test: number of test examples, written by the same hand with other draws.
        generation: of `GENERATIONS`; an older one is a data set with a name of its own.
        progress: told about the making; may raise to cancel, which leaves no cache behind.
        later: training digits that are not in the cache are made when they are first read, and
            kept there when all are made; progress is not told of them.

    Returns:
        Grey values 0..1 in rows of 784 float32, ten outputs.
    """
    path = paths.cache_folder() / f"digits-{generation}-{seed}-{train}-{test}.npz"
    digits, writer = _read(path, train, test), None
    if digits is None and later and generation in WRITERS:
        digits, writer = _begin(path, generation, seed, train, test)
    elif digits is None:
        digits = _make(generation, seed, train, test, progress)
        _write(path, digits, generation)
    return Dataset(
        name="digits" if generation == NEWEST else f"digits-{generation}",
        x_train=as_given(Greys(digits.train_images.reshape(train, -1), maker=writer)),
        y_train=one_hot(digits.train_labels, CLASSES),
        x_test=grey(digits.test_images),
        y_test=one_hot(digits.test_labels, CLASSES),
        class_names=tuple(str(digit) for digit in range(CLASSES)),
        image_shape=(SIDE, SIDE),
        source=f"written by nnviz, seed {seed}",
        pictures=PictureRule(),
        made=_TOLD.format(generation, seed, train, test),
    )


def made_from(fingerprint: str) -> str:
    """Return what the digits of a fingerprint were made from, where they had other bytes then."""
    generation = _OTHER_BYTES.get(fingerprint)
    return "" if generation is None else _TOLD.format(generation, 0, TRAIN, TEST)


def _make(generation: int, seed: int, train: int, test: int, progress: Progress | None) -> _Digits:
    # Two independent streams: the number of training digits does not change the test digits.
    streams = np.random.SeedSequence(seed).spawn(2)
    made: list[NDArray[np.uint8]] = []
    before = 0.0
    for stream, count in zip(streams, (train, test), strict=True):
        share = count / (train + test)

        def told(part: float, word: str, before: float = before, share: float = share) -> None:
            if progress:
                progress(before + share * part, word)

        made += GENERATIONS[generation](count, np.random.default_rng(stream), told)
        before += share
    return _Digits(*made)


def _begin(
    path: Path, generation: int, seed: int, train: int, test: int
) -> tuple[_Digits, DigitWriter]:
    """Return digits of which those to train on are blank yet, and what writes them."""
    streams = map(np.random.default_rng, np.random.SeedSequence(seed).spawn(2))
    writer = WRITERS[generation](
        train, next(streams), finished=lambda: _write(path, digits, generation)
    )
    digits = _Digits(
        writer.images, writer.labels, *GENERATIONS[generation](test, next(streams), None)
    )
    return digits, writer


def _read(path: Path, train: int, test: int) -> _Digits | None:
    try:
        if special(path):
            return None
        # Opened here, because np.load forgets to close what it cannot read.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            if _PORTABLE not in kept:
                return None
            digits = _Digits(*(kept[name] for name in _Digits._fields))
    except Exception:  # a damaged archive fails in many ways: it is made again
        return None
    shapes = [(train, SIDE, SIDE), (train,), (test, SIDE, SIDE), (test,)]
    if [array.shape for array in digits] != shapes or any(a.dtype != np.uint8 for a in digits):
        return None
    if max(digits.train_labels.max(initial=0), digits.test_labels.max(initial=0)) >= CLASSES:
        return None
    return digits


def _write(path: Path, digits: _Digits, generation: int) -> None:
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, lambda file: _save(file, digits))
        _drop_older(path.parent, generation)


def _save(file: BinaryIO, digits: _Digits) -> None:
    np.savez(file, allow_pickle=False, **digits._asdict(), **{_PORTABLE: np.array(True)})


def _drop_older(folder: Path, generation: int) -> None:
    """Remove what earlier generations left: hardly anybody reads it again, and each takes 50 MB."""
    for path in folder.glob("digits-*-*-*-*.npz"):
        other = path.name.split("-")[1]
        if other.isdecimal() and int(other) < generation:
            path.unlink(missing_ok=True)
