"""A second look at data, for `nnviz data check`.

Reading the files already refuses whatever cannot be right; this report lets
people see that what was read is what they meant to have.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nnviz.data.dataset import DataError, Dataset
from nnviz.data.description import predicted
from nnviz.data.disk import reading, there
from nnviz.data.download import sha256
from nnviz.data.folder_layout import holds_pictures
from nnviz.data.idx import Numbers, read_idx
from nnviz.data.idx_folder import find_files
from nnviz.data.loading import load_dataset
from nnviz.data.naming import located, parts_of, referred, source_of
from nnviz.data.overlap import overlap
from nnviz.data.published import RELEASES
from nnviz.data.typed_table import is_typed
from nnviz.numbers import count, write

CANONICAL = {
    release.title: {file.sha256: file.part for file in release.files} for release in RELEASES
}
"""SHA-256 of the published .gz files of each data set."""


def check_folder(folder: str | Path, target: Sequence[str] = (), scale: str = "") -> list[str]:
    """Report on a folder of IDX files or of pictures by class, a table, a mixture, a built-in name.

    What names it, `target` and `scale` are as `load_dataset` takes them.

    Returns:
        For IDX files two lines each: what it holds, and whether it is a published file byte for
        byte. Otherwise what was read and how, and how many examples each class has. The last
        line says how many test examples are trained on too.

    Raises:
        DataError: the first thing that makes the data unusable.
    """
    reference = referred(located(str(folder), target, scale))
    if len(parts_of(reference.name)) > 1:
        return _report(load_dataset(str(reference)))
    source = source_of(reference.name)
    if is_typed(reference.name):
        return _report(load_dataset(reference.name))
    if source is not None and not source.needs_files:
        return _report(load_dataset(str(reference)))
    path = Path(reference.name)
    if not there(path):
        raise DataError(f"{path} does not exist: check the path.")
    dataset = load_dataset(str(reference))
    if path.is_file() or holds_pictures(path):
        return _report(dataset)
    lines = []
    for file in find_files(path).values():
        array = read_idx(file)
        lines.append(f"{file.name}: {_describe(array)}")
        lines.append(f"{file.name}: {_identify(file)}")
    return [*lines, *told_of(dataset), _overlap(dataset)]


def _report(dataset: Dataset) -> list[str]:
    lines = [
        dataset.source,
        f"{count(dataset.inputs, 'input')}, {count(dataset.outputs, 'output')}",
    ]
    lines += told_of(dataset)
    names = dataset.description.class_names
    for part, y in (("train", dataset.y_train), ("test", dataset.y_test)):
        if names:
            labels = y.argmax(axis=1) if dataset.class_names else (y[:, 0] > 0.5).astype(np.intp)
            pairs = zip(names, np.bincount(labels, minlength=len(names)), strict=True)
            lines.append(f"{part}: of each class {', '.join(f'{n}: {c}' for n, c in pairs)}")
        else:
            lines.append(f"{part}: {len(y)} examples")
    return [*lines, _overlap(dataset)]


def told_of(dataset: Dataset) -> list[str]:
    """Return what is worth knowing before training: what is predicted, and what was left out."""
    said = predicted(dataset.description)
    if said and dataset.target_choices:
        said += "; --target COLUMN chooses another"
    return [line for line in (said, *dataset.notes) if line]


def _overlap(dataset: Dataset) -> str:
    both, tests = overlap(dataset), len(dataset.x_test)
    if not both:
        return f"none of the {tests} test examples is trained on"
    return (
        f"{both} of the {tests} test examples {'is' if both == 1 else 'are'} among the training "
        "examples too, so the test flatters the network: keep each example in one part only"
    )


def _describe(array: Numbers) -> str:
    if array.ndim == 1:
        labels, counts = np.unique(array, return_counts=True)
        if array.dtype == np.uint8:  # those that are missing between others are told too
            labels, counts = np.arange(int(array.max()) + 1), np.bincount(array)
        pairs = zip(labels, counts, strict=True)
        classes = ", ".join(f"{write(label)}: {count}" for label, count in pairs)
        return f"{len(array)} labels, of each class {classes}"
    count, rows, columns = array.shape
    return (
        f"{count} images of {rows} × {columns}, values {write(array.min())} to {write(array.max())}"
    )


def _identify(path: Path) -> str:
    with reading(path):
        digest = sha256(path)
    for title, files in CANONICAL.items():
        if digest in files:
            part = files[digest]
            return f"SHA-256 {digest[:12]}… is {title}'s {part} as published"
    return f"SHA-256 {digest[:12]}… is no published .gz file that nnviz knows"
