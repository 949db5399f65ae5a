"""nnviz's own digits as a yardstick where a network comes without the data it was trained on.

They are written with draws of their own, so no network has learnt from them. What they look like
takes seconds to learn and is kept in the user's cache folder, as digits are.
"""

import contextlib
import zipfile
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nnviz import paths
from nnviz.data.digits_cache import NEWEST, load_digits
from nnviz.data.disk import replace_file, special
from nnviz.data.scrawls import FORMS
from nnviz.engine.measure import familiar
from nnviz.engine.measure.edges import FEATURES
from nnviz.engine.measure.familiar import Familiarity, learn
from nnviz.engine.network import Network
from nnviz.engine.ops import Array
from nnviz.engine.training.scores import classes_read

EXAMPLES = 2000
_SEED = 4_201_127  # nobody trains on the digits of this one


def own_digits() -> tuple[Familiarity, Array, NDArray[np.intp]]:
    """Return what nnviz's digits look like, and others of them: inputs and labels."""
    digits = load_digits(seed=_SEED, train=familiar.LEARNED + familiar.HELD_OUT, test=EXAMPLES)
    path = _path()
    found = _read(path)
    if found is None:
        found = learn(digits)
        _write(path, found)
    return found, digits.x_test, classes_read(digits.y_test)


def _path() -> Path:
    how = f"{FORMS}{familiar.RECIPE}{familiar.EPOCHS}{familiar.LOSS}"
    return paths.cache_folder() / f"familiar-{NEWEST}-{crc32(how.encode()):08x}.npz"


def _read(path: Path) -> Familiarity | None:
    try:
        if special(path):
            return None
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            mean, theta, (scale, limit) = kept["mean"], kept["theta"], kept["line"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None  # missing or damaged: it is learnt again
    size = familiar.RECIPE.parameters
    numbers = (mean, theta, np.array([scale, limit]))
    if mean.shape != (FEATURES,) or theta.shape != (size,) or not _finite(*numbers):
        return None
    return Familiarity(mean, float(scale), Network(familiar.RECIPE, theta), float(limit))


def _finite(*numbers: NDArray[np.floating]) -> bool:
    return all(np.isfinite(array).all() for array in numbers)


def _write(path: Path, found: Familiarity) -> None:
    line = np.array([found.scale, found.limit])
    arrays = {"mean": found.mean, "theta": found.network.theta, "line": line}
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, lambda file: np.savez(file, allow_pickle=False, **arrays))
