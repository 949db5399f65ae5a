"""A folder of IDX files as a data set, whatever the files are called.

MNIST's own names are looked for first. Where there are none, what a file holds says
whether it is images or labels, its name whether they are for training or for testing,
and where that says nothing the larger pair is trained on.
"""

import re
from pathlib import Path

from nnviz.data.class_names import find_names
from nnviz.data.dataset import DataError, Dataset
from nnviz.data.description import PictureRule
from nnviz.data.disk import reading, special
from nnviz.data.idx import read_head, read_idx
from nnviz.data.labelled_images import Part, labelled_images
from nnviz.dataclass import dataclass

_SUFFIXES = ("-idx{}-ubyte", ".idx{}-ubyte", "-idx{}-ubyte.gz", ".idx{}-ubyte.gz")
_PARTS = (("train-images", 3), ("train-labels", 1), ("t10k-images", 3), ("t10k-labels", 1))
_TEST = re.compile(r"test|t10k|t1k|val(?!ue)", re.IGNORECASE)
_MOST_FILES = 200  # that are looked into


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    shape: tuple[int, ...]

    @property
    def images(self) -> bool:
        return len(self.shape) == 3

    @property
    def stem(self) -> str:
        """What its name says apart from what it holds: images and labels share it."""
        name = re.sub(
            r"images?|labels?|idx\d?|ubyte|int\d+|\.gz$|(?<![a-z])[xy](?![a-z])",
            "",
            self.path.name.casefold(),
        )
        return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def holds_idx(folder: Path) -> bool:
    """Tell whether a folder has IDX files of images, by their names or their content."""
    try:
        return any(path.is_file() for path in folder.glob("*ubyte*")) or any(
            file.images for file in _look(folder)
        )
    except OSError:
        return False


def find_files(folder: str | Path) -> dict[str, Path]:
    """Find the files of an MNIST-style folder.

    Returns:
        Paths under the keys train-images, train-labels, t10k-images, t10k-labels; the last two
        are missing where the folder has one pair alone.

    Raises:
        DataError: the folder or one of its files is missing, or it holds several data sets.
    """
    folder = Path(folder)
    if not folder.exists():
        raise DataError(
            f"{folder} does not exist: give the folder that holds MNIST's four IDX files."
        )
    if not folder.is_dir():
        raise DataError(f"{folder} is a file: give the folder that holds MNIST's four IDX files.")
    usual = {part: _usual(folder, part, dimensions) for part, dimensions in _PARTS}
    trained, tested = ([usual[part] for part, _ in pair] for pair in (_PARTS[:2], _PARTS[2:]))
    if not any(tested) and all(trained) is any(trained):  # none, or the training pair alone
        with reading(folder):
            found = _by_content(folder, _look(folder))
        if found:
            return found
    for part, dimensions in _PARTS:
        if usual[part] is None:
            names = [part + suffix.format(dimensions) for suffix in _SUFFIXES]
            raise DataError(
                f"{folder} has no {names[2]} (nor {names[0]}, nor {names[1]}): "
                f"put MNIST's four IDX files there."
            )
    return {part: path for part, path in usual.items() if path is not None}


def read_folder(
    folder: str | Path,
    name: str = "",
    class_names: tuple[str, ...] = (),
    pictures: PictureRule | None = None,
    seed: int = 0,
) -> Dataset:
    """Read a folder of MNIST-style IDX files: to train on, and to test with or not.

    It is called by its own name where there is no other. Where no class names say what the
    labels from 0 on stand for, a file of names beside the data is asked; pictures and seed are
    as `labelled_images` takes them.

    Returns:
        Grey values 0..1 as rows of rows·columns float32, one output for each class.

    Raises:
        DataError: a file is missing or bad, or the files do not belong together.
    """
    folder = Path(folder)
    files = find_files(folder)
    train = _read_pair(files["train-images"], files["train-labels"])
    test = None
    if "t10k-images" in files:
        test = _read_pair(files["t10k-images"], files["t10k-labels"])
    notes: tuple[str, ...] = ()
    names = dict(enumerate(class_names))
    if not class_names:
        both = [part.labels for part in (train, test) if part is not None]
        names, notes = find_names(folder, both, files["train-labels"].name)
    return labelled_images(
        train,
        test,
        name=name or folder.resolve().name,
        source=str(folder.resolve()),
        notes=notes,
        names=names,
        pictures=pictures,
        seed=seed,
    )


def _read_pair(images: Path, labels: Path) -> Part:
    return Part(read_idx(images), read_idx(labels), str(images), str(labels))


def _usual(folder: Path, part: str, dimensions: int) -> Path | None:
    names = [part + suffix.format(dimensions) for suffix in _SUFFIXES]
    return next((folder / name for name in names if (folder / name).is_file()), None)


def _look(folder: Path) -> list[_File]:
    """Return the IDX files of a folder; what is none is passed over."""
    found = []
    for path in sorted(folder.iterdir())[:_MOST_FILES]:
        if path.name.startswith(".") or special(path) or not path.is_file():
            continue
        try:
            _, shape = read_head(path)
        except DataError:
            continue
        if len(shape) in (1, 3):
            found.append(_File(path, shape))
    return found


def _by_content(folder: Path, files: list[_File]) -> dict[str, Path]:
    """Tell by content, names and sizes which file is which; none where there are no images.

    Images without labels are refused, and several data sets.
    """
    images = [file for file in files if file.images]
    labels = [file for file in files if not file.images]
    if not images:
        return {}
    pairs = [(image, _labels_of(image, labels, images)) for image in images]
    tests = [pair for pair in pairs if _TEST.search(pair[0].path.name)]
    trains = [pair for pair in pairs if pair not in tests]
    if len(pairs) == 2 and len(trains) != 1:  # their names do not tell: the larger is trained on
        pairs.sort(key=lambda pair: -pair[0].shape[0])
        trains, tests = pairs[:1], pairs[1:]
    if len(trains) != 1 or len(tests) > 1:
        names = ", ".join(pair[0].path.name for pair in pairs[:4])
        raise DataError(
            f"{folder} holds several data sets ({names}{', …' if len(pairs) > 4 else ''}): put the "
            "images and labels of one into a folder of its own."
        )
    found = {"train-images": trains[0][0].path, "train-labels": trains[0][1].path}
    if tests:
        found |= {"t10k-images": tests[0][0].path, "t10k-labels": tests[0][1].path}
    return found


def _labels_of(image: _File, labels: list[_File], images: list[_File]) -> _File:
    """Choose the labels of some images: of the same name, or alone in their number; or refuse."""
    alike = [file for file in labels if file.stem == image.stem]
    if len(alike) == 1:
        return alike[0]
    fitting = [file for file in labels if file.shape[0] == image.shape[0]]
    if len(fitting) == 1:
        return fitting[0]
    if len(images) == len(labels) == 1:
        return labels[0]
    raise DataError(
        f"{image.path} has no labels beside it ({image.shape[0]} of them, in a file of a name like "
        "its own): put them there."
    )
