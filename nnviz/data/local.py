"""The user's own data, told apart by what lies there: a table, pictures or IDX files."""

from collections.abc import Sequence
from pathlib import Path

from nnviz.data.dataset import DataError, Dataset
from nnviz.data.disk import special
from nnviz.data.folder_layout import holds_pictures
from nnviz.data.folders import load_pictures
from nnviz.data.generator import Progress
from nnviz.data.idx import read_folder
from nnviz.data.table_columns import STANDARD
from nnviz.data.tables import ENDINGS, load_table


def read_path(
    path: str | Path,
    seed: int = 0,
    progress: Progress | None = None,
    target: Sequence[str] = (),
    scale: str = STANDARD,
) -> Dataset:
    """Read whatever data set a path leads to.

    Args:
        path: a table (.csv, .tsv, .tab, .txt), a folder of pictures by class, or a folder of
            MNIST-style IDX files.
        seed: which examples are held back for testing where the data do not say so.
        progress: told the part done and a word; may raise to cancel.
        target: the columns of a table that are to be predicted; none lets nnviz choose.
        scale: how a table's columns are scaled, one of `SCALES`.

    Raises:
        DataError: it is none of these, or is damaged.
    """
    path = Path(path)
    if not path.exists():
        raise DataError(f"{path} does not exist: check the path.")
    if special(path):
        raise DataError(f"{path} is no ordinary file: give a table, or a folder.")
    if not path.is_dir():
        if path.suffix.casefold() in ENDINGS:
            return load_table(path, seed, progress, target, scale)
        raise DataError(
            f"{path} is not a table by its name ({', '.join(ENDINGS)}): rename it if it is one, or "
            "give a folder of IDX files or of pictures."
        )
    if target or scale != STANDARD:
        raise DataError(
            f"{path} is a folder, so its files say what is predicted: a target and a scaling can "
            "be chosen for a table only."
        )
    if holds_pictures(path):
        return load_pictures(path, seed, progress)
    if not any(path.glob("*ubyte*")):
        raise DataError(
            f"{path} holds neither IDX files (train-images-idx3-ubyte.gz and so on) nor pictures "
            "in a folder a class: choose the folder right above them."
        )
    return read_folder(path)
