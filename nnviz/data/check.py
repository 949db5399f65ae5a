"""A second look at a folder of IDX files, for `nnviz data check`.

Reading the folder already refuses whatever cannot be right; this report lets
people see that what was read is what they meant to have.
"""

from pathlib import Path

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.download import sha256
from nnviz.data.idx import ByteArray, find_files, read_folder, read_idx
from nnviz.data.published import RELEASES

CANONICAL = {
    release.title: {file.sha256: file.part for file in release.files} for release in RELEASES
}
"""SHA-256 of the published .gz files of each data set."""


def check_folder(folder: str | Path) -> list[str]:
    """Report on a folder with four MNIST-style IDX files.

    Returns:
        Two lines a file: what it holds, and whether it is a published file byte for byte.

    Raises:
        DataError: the first thing that makes the folder unusable.
    """
    read_folder(folder)
    lines = []
    for path in find_files(folder).values():
        array = read_idx(path)
        lines.append(f"{path.name}: {_describe(array)}")
        lines.append(f"{path.name}: {_identify(path)}")
    return lines


def _describe(array: ByteArray) -> str:
    if array.ndim == 1:
        counts = np.bincount(array)
        classes = ", ".join(f"{label}: {count}" for label, count in enumerate(counts))
        return f"{len(array)} labels, of each class {classes}"
    count, rows, columns = array.shape
    return f"{count} images of {rows} × {columns}, values {array.min()} to {array.max()}"


def _identify(path: Path) -> str:
    try:
        digest = sha256(path)
    except OSError as problem:
        raise DataError(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    for title, files in CANONICAL.items():
        if digest in files:
            part = files[digest]
            return f"SHA-256 {digest[:12]}… is {title}'s {part} as published"
    return f"SHA-256 {digest[:12]}… is no published .gz file that nnviz knows"
