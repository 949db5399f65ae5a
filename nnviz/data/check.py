"""A second look at a folder of IDX files, for `nnviz data check`.

Reading the folder already refuses whatever cannot be right; this report lets
people see that what was read is what they meant to have.
"""

import hashlib
from pathlib import Path

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.idx import ByteArray, find_files, read_folder, read_idx

CANONICAL = {
    "MNIST": {
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609": "train-images",
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c": "train-labels",
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6": "t10k-images",
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6": "t10k-labels",
    },
    "Fashion-MNIST": {
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84": "train-images",
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845": "train-labels",
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073": "t10k-images",
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5": "t10k-labels",
    },
}
"""SHA-256 of the published .gz files of each data set."""

_PIECE = 1 << 20


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
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as problem:
        raise DataError(f"{path} cannot be read: {problem.strerror or problem}.") from problem
    for title, files in CANONICAL.items():
        if digest.hexdigest() in files:
            part = files[digest.hexdigest()]
            return f"SHA-256 {digest.hexdigest()[:12]}… is {title}'s {part} as published"
    return f"SHA-256 {digest.hexdigest()[:12]}… is no published .gz file that nnviz knows"
