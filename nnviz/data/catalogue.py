"""The one table of data sets: command line, forms and lessons all ask here.

Adding a data set is adding one row; a folder of IDX files needs none.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nnviz import paths
from nnviz.data.dataset import DataError, Dataset
from nnviz.data.digits_cache import load_digits
from nnviz.data.generator import Progress
from nnviz.data.idx import find_files, read_folder
from nnviz.data.toys import load_toy

Loader = Callable[[Path | None, int, Progress | None], Dataset]


@dataclass(frozen=True, slots=True)
class Source:
    """One row of the table.

    Attributes:
        name: what `load_dataset` and the command line call it.
        title: what people call it.
        sentence: what it is good for.
        load: makes the data set from (folder, seed, progress).
        needs_files: true where it must be fetched or given as a folder first.
    """

    name: str
    title: str
    sentence: str
    load: Loader
    needs_files: bool = False


@dataclass(frozen=True, slots=True)
class Available:
    """A row of `nnviz data list`: `where` is a folder or how the data set is made."""

    name: str
    title: str
    where: str
    present: bool


def _digits(_folder: Path | None, seed: int, progress: Progress | None) -> Dataset:
    return load_digits(seed=seed, progress=progress)


def _mnist(folder: Path | None, _seed: int, _progress: Progress | None) -> Dataset:
    folder = folder or _home("mnist")
    if not folder.exists():
        raise DataError(
            f"MNIST is not in {folder}: give the folder that holds its four IDX files "
            f"(train-images-idx3-ubyte.gz and so on)."
        )
    return read_folder(folder, "mnist")


def _toy(name: str, _folder: Path | None, _seed: int, _progress: Progress | None) -> Dataset:
    return load_toy(name)


DATASETS: dict[str, Source] = {
    source.name: source
    for source in (
        Source(
            "digits",
            "nnviz digits",
            "Handwritten digits that nnviz writes itself: nothing to download.",
            _digits,
        ),
        Source(
            "mnist",
            "MNIST",
            "60,000 scanned handwritten digits to train on and 10,000 to test with.",
            _mnist,
            needs_files=True,
        ),
        Source("and", "AND", "1 where both inputs are 1.", partial(_toy, "and")),
        Source("or", "OR", "1 where at least one input is 1.", partial(_toy, "or")),
        Source("nand", "NAND", "0 only where both inputs are 1.", partial(_toy, "nand")),
        Source(
            "xor",
            "XOR",
            "1 where the inputs differ: no single perceptron can do it.",
            partial(_toy, "xor"),
        ),
        Source(
            "park",
            "Shall I go to the park?",
            "Raining, above 15 °C, in lockdown: eight rows, one decision.",
            partial(_toy, "park"),
        ),
    )
}


def load_dataset(
    name: str,
    folder: str | Path | None = None,
    *,
    progress: Progress | None = None,
    seed: int = 0,
) -> Dataset:
    """Load a data set.

    Args:
        name: a key of `DATASETS`, or the path of a folder with MNIST-style IDX files.
        folder: where the files of a data set are that needs some.
        progress: called with the part done (0..1) and a word; may raise to cancel.
        seed: which digits nnviz writes, for "digits".

    Returns:
        The data set, ready to train on.

    Raises:
        DataError: there is no such data set, or its files are missing or bad.
    """
    source = DATASETS.get(name)
    if source is not None:
        return source.load(Path(folder) if folder is not None else None, seed, progress)
    separators = {"/", os.sep}
    if separators & set(name) or Path(name).is_dir():
        return read_folder(name)
    raise DataError(
        f"There is no data set {name!r}: choose one of {', '.join(DATASETS)}, "
        f"or give a folder with IDX files."
    )


def available() -> list[Available]:
    """List the data sets with where they are and whether they can be loaded now."""
    rows = []
    for source in DATASETS.values():
        where, present = "built in", True
        if source.needs_files:
            where, present = str(_home(source.name)), _has_files(_home(source.name))
        rows.append(Available(source.name, source.title, where, present))
    return rows


def _home(name: str) -> Path:
    return paths.data_folder() / name


def _has_files(folder: Path) -> bool:
    try:
        find_files(folder)
    except DataError:
        return False
    return True
