"""A folder of pictures as a data set: one folder a class, its name the class's name.

The classes lie in the folder itself or in `train` and `test` below it; without a
test folder a fifth of each class is held back, but no copy of what is trained on.
All pictures go one way, chosen by looking at some of them: those of 28×28 pixels stay
as they are, ink on plain ground is prepared as drawings are, anything else is only
scaled.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import DataError, Dataset, one_hot
from nnviz.data.description import INK, SCALED, DataDescription, PictureRule
from nnviz.data.generator import Progress
from nnviz.data.handwriting import SIDE
from nnviz.data.idx import grey
from nnviz.data.overlap import apart
from nnviz.data.picture_inputs import example_stages, ground, rule_of
from nnviz.data.pictures import ENDINGS, read_picture

MOST = 200_000
"""Most pictures of a folder."""

MOST_CLASSES = 100

_SAMPLE = 200  # pictures that decide which way all of them go
_MOSTLY = 0.8  # part of the sample that must be ink on plain ground
_TRAIN, _TEST = {"train", "training"}, {"test", "testing"}
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

Found = dict[str, list[Path]]
"""The pictures of every class."""


def holds_pictures(folder: Path) -> bool:
    """Tell whether a folder has pictures in folders by class."""
    try:
        train = _below(folder, _TRAIN)
        return any(_pictures(place) for place in _folders(train or folder))
    except OSError:
        return False


def load_pictures(folder: str | Path, seed: int = 0, progress: Progress | None = None) -> Dataset:
    """Read a folder of pictures by class.

    Args:
        folder: holds a folder a class, or `train` and perhaps `test` with these.
        seed: which pictures are held back where there is no test folder.
        progress: told the part done and a word; may raise to cancel.

    Returns:
        Grey values 0..1 in rows of 784 float32, light ink on dark ground; one output a class, in
        the order of numbers (also written out: zero to nine), then of the alphabet.

    Raises:
        DataError: a picture is damaged, or there are too few, too many or the wrong ones.
    """
    folder = Path(folder)
    try:
        train, test = _find(folder)
    except OSError as problem:
        raise DataError(f"{folder} cannot be read: {problem.strerror or problem}.") from problem
    names = tuple(train)
    paths, labels = _listed(train, names)
    rule, words = _rule(paths)
    count = len(paths)
    test_paths, test_labels = _listed(test, names)
    if count + len(test_paths) > MOST:
        raise DataError(
            f"{folder} has {count + len(test_paths)} pictures, more than nnviz takes ({MOST}): "
            "remove some."
        )
    images = _read(paths + test_paths, rule, progress)
    if test:
        x_train, x_test, y_test = images[:count], images[count:], test_labels
        y_train, held = labels, "its own test folder"
    else:
        rows, kept = apart(images, labels, seed)
        x_train, x_test, y_train, y_test = images[rows], images[kept], labels[rows], labels[kept]
        held = f"{len(kept)} held back for testing"
    return Dataset(
        name=folder.resolve().name,
        x_train=grey(x_train),
        y_train=one_hot(y_train, len(names)),
        x_test=grey(x_test),
        y_test=one_hot(y_test, len(names)),
        class_names=names,
        image_shape=(SIDE, SIDE),
        source=f"{folder.resolve()}: {len(images)} pictures, {words}; {held}",
        pictures=rule,
    )


def _find(folder: Path) -> tuple[Found, Found]:
    """Return the pictures to train on and, where there is a test folder, to test with."""
    if not folder.is_dir():
        raise DataError(f"{folder} is not a folder: give one that holds a folder a class.")
    train = _below(folder, _TRAIN)
    if train is None:
        return _classes(folder), {}
    known, below = _classes(train), _below(folder, _TEST)
    if below is None:
        return known, {}
    test = _by_class(below)
    for name in test:
        if name not in known:
            raise DataError(
                f"{below / name} is a class that {train} does not have: give both the same classes."
            )
    return known, test


def _classes(folder: Path) -> Found:
    found = _by_class(folder)
    if not 2 <= len(found) <= MOST_CLASSES:
        raise DataError(
            f"{folder} has {len(found)} folders of pictures: give it one for each class, from 2 to "
            f"{MOST_CLASSES}."
        )
    return found


def _by_class(folder: Path) -> Found:
    found = {place.name: _pictures(place) for place in _folders(folder)}
    for name, pictures in found.items():
        if not pictures:
            raise DataError(
                f"{folder / name} has no pictures (PNG or JPEG): add some or remove the folder."
            )
    return {name: found[name] for name in sorted(found, key=_rank)}


def _rank(name: str) -> tuple[float, str, str]:
    word = name.casefold()
    if word.isascii() and word.isdigit() and len(word) < 10:
        return int(word), word, name
    return (_WORDS.index(word) if word in _WORDS else float("inf")), word, name


def _below(folder: Path, names: set[str]) -> Path | None:
    """Return the folder of one of these names below another if it holds folders itself."""
    for place in _folders(folder):
        if place.name.casefold() in names and _folders(place):
            return place
    return None


def _folders(folder: Path) -> list[Path]:
    # Names that begin so are the system's: .git, __MACOSX.
    return sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith((".", "__")))


def _pictures(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.casefold() in ENDINGS and not path.name.startswith(".") and path.is_file()
    )


def _listed(found: Found, names: tuple[str, ...]) -> tuple[list[Path], NDArray[np.intp]]:
    """Return all paths class by class, and the class of each."""
    paths = [path for name in names for path in found.get(name, [])]
    counts = [len(found.get(name, [])) for name in names]
    return paths, np.repeat(np.arange(len(names)), counts)


def _rule(paths: list[Path]) -> tuple[PictureRule, str]:
    """Choose how every picture becomes an input, and say it."""
    sample = [read_picture(path) for path in paths[:: -(-len(paths) // _SAMPLE)]]
    judged = [ground(picture) for picture in sample]
    ready = all(picture.shape == (SIDE, SIDE) for picture in sample)
    if not ready and np.mean([plain for _, plain in judged]) >= _MOSTLY:
        return PictureRule(INK), "ink on plain ground, prepared as drawings are"
    turn = bool(np.mean([middle > 0.5 for middle, _ in judged]) > 0.5)
    turned = ", dark and light exchanged" if turn else ""
    if not ready:
        rule = PictureRule(SCALED, turn, fill=0.0, plain=False)
        return rule, f"scaled to {SIDE} × {SIDE}{turned}"
    seen = np.stack([1 - picture if turn else picture for picture in sample])
    return rule_of(seen, turn=turn), f"as they are{turned}"


def _read(paths: list[Path], rule: PictureRule, progress: Progress | None) -> NDArray[np.uint8]:
    description = DataDescription(image_shape=(SIDE, SIDE), pictures=rule)
    images = np.empty((len(paths), SIDE, SIDE), dtype=np.uint8)
    for place, path in enumerate(paths):
        if progress and place % 50 == 0:
            progress(place / len(paths), "reading pictures")
        images[place] = np.rint(example_stages(read_picture(path), description).image * 255)
    return images
