"""A folder of pictures as a data set: one folder a class, its name the class's name.

Without a test folder a fifth of each class is held back, but no copy of what is trained on.
All pictures go one way, chosen by looking at some of them: those of 28×28 pixels stay
as they are, ink on plain ground is prepared as drawings are, anything else is only
scaled.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import DataError, Dataset, as_given, one_hot
from nnviz.data.description import INK, SCALED, DataDescription, PictureRule
from nnviz.data.disk import reading
from nnviz.data.folder_layout import Found, find_pictures
from nnviz.data.generator import Progress
from nnviz.data.greys import Greys
from nnviz.data.handwriting import SIDE
from nnviz.data.idx import grey
from nnviz.data.orientation import with_orientation
from nnviz.data.overlap import apart, held_back
from nnviz.data.picture_inputs import example_stages, ground, rule_of
from nnviz.data.pictures import read_picture
from nnviz.numbers import count

MOST = 200_000
"""Most pictures of a folder."""

_SAMPLE = 200  # pictures that decide which way all of them go
_MOSTLY = 0.8  # part of the sample that must be ink on plain ground


def load_pictures(folder: str | Path, seed: int = 0, progress: Progress | None = None) -> Dataset:
    """Read a folder of pictures by class.

    It holds a folder a class, or `train` and perhaps `test` with these; where there is no test
    folder the seed says which pictures are held back.

    Returns:
        Grey values 0..1 in rows of 784 float32, light ink on dark ground; one output a class, in
        the order of numbers (also written out: zero to nine), then of the alphabet.

    Raises:
        DataError: a picture is damaged, or there are too few, too many or the wrong ones.
    """
    folder = Path(folder)
    with reading(folder):
        layout = find_pictures(folder)
    names = tuple(layout.train)
    paths, labels = _listed(layout.train, names)
    test_paths, test_labels = _listed(layout.test, names)
    total = len(paths) + len(test_paths)
    if total > MOST:
        raise DataError(
            f"{folder} has {total} pictures, more than nnviz takes ({MOST}): remove some."
        )
    rule, words = _rule(paths)
    images = _read(paths + test_paths, rule, progress)
    labels = np.concatenate([labels, test_labels])
    rows, left_out = np.arange(total), list(layout.left_out)
    if rule.way == INK and (blank := ~images.any(axis=(1, 2))).any():
        rows = np.flatnonzero(~blank)
        left_out.append(f"{count(int(blank.sum()), 'picture')} in which nothing stands out")
    learnt = set(labels[rows[rows < len(paths)]].tolist())
    if len(rows) and len(learnt) < len(names):
        lost = paths[next(place for place, kind in enumerate(labels) if kind not in learnt)].parent
        raise DataError(
            f"{lost} has only pictures in which nothing stands out: give others or remove the "
            "folder."
        )
    train, test, held = _split(images, labels, rows, len(paths) if layout.test else 0, seed)
    if not len(train) or not len(test):
        raise DataError(f"{folder} has only pictures in which nothing stands out: give others.")
    said = f"{count(len(rows), 'picture')}, {words}; {held or f'its own {layout.tested} folder'}"
    dataset = Dataset(
        name=folder.resolve().name,
        x_train=as_given(Greys(images[train].reshape(len(train), -1))),
        y_train=one_hot(labels[train], len(names)),
        x_test=grey(images[test]),
        y_test=one_hot(labels[test], len(names)),
        class_names=names,
        image_shape=(SIDE, SIDE),
        source=f"{folder.resolve()}: {said}",
        pictures=rule,
        notes=(f"left out: {', '.join(left_out)}",) if left_out else (),
    )
    return with_orientation(dataset)


def _split(
    images: NDArray[np.uint8], labels: NDArray[np.intp], rows: NDArray[np.intp], own: int, seed: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], str]:
    """Choose what is trained on and what is tested with, of the rows that are used.

    `own` is how many pictures come before those of a test folder; 0 where there is none.

    Returns:
        Row numbers of both parts, and how they came about; no words for a test folder.
    """
    if own:
        return rows[rows < own], rows[rows >= own], ""
    train, test = (rows[part] for part in apart(images[rows], labels[rows], seed))
    return train, test, held_back(train, test)


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
