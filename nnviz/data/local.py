"""The user's own data, told apart by what lies there: a table, arrays, pictures or IDX files."""

from collections.abc import Sequence
from pathlib import Path

from nnviz.data.dataset import DataError, Dataset
from nnviz.data.description import STANDARD
from nnviz.data.disk import reading, special, there
from nnviz.data.folder_layout import folders_below, holds_loose_pictures, holds_pictures
from nnviz.data.generator import Progress
from nnviz.data.idx import PickledError, read_head
from nnviz.data.idx_folder import holds_idx, read_folder
from nnviz.data.naming import TABLES
from nnviz.data.picture_kinds import is_picture

ENDINGS = TABLES
ARCHIVE = ".npz"
"""How the name of an archive of arrays ends."""

_MOST_FOLDERS = 300  # that are looked into for data


def read_path(
    path: str | Path,
    seed: int = 0,
    progress: Progress | None = None,
    target: Sequence[str] = (),
    scale: str = STANDARD,
) -> Dataset:
    """Read whatever data set a path leads to, with the options that `load_dataset` has.

    It is a table (.csv, .tsv, .tab, .txt), an archive of arrays (.npz), a folder of pictures by
    class, a folder of MNIST-style IDX files or one of these files.

    Raises:
        DataError: it is none of these, or is damaged.
    """
    path = Path(path)
    if not there(path):
        raise DataError(f"{path} does not exist: check the path.")
    if special(path):
        raise DataError(f"{path} is no ordinary file: give a table, or a folder.")
    if not path.is_dir():
        if path.suffix.casefold() in ENDINGS:
            from nnviz.data.tables import load_table

            return load_table(path, seed, progress, target, scale)
        _no_table(path, target, scale)
        if path.suffix.casefold() == ARCHIVE:
            from nnviz.data.array_archive import load_archive

            return load_archive(path, seed)
        if is_idx(path):
            return read_folder(path.parent, seed=seed)
        if is_picture(path):
            raise DataError(
                f"{path} is one picture, not a data set: put the pictures of each class into a "
                "folder called after it, and give the folder that holds these."
            )
        from nnviz.data.unsupported_formats import unsupported_format

        with reading(path):
            known = unsupported_format(path)
        raise DataError(
            known
            or f"{path} is no data by its name: give a table ({', '.join(ENDINGS)}), an archive of "
            f"arrays ({ARCHIVE}), or a folder of IDX files or of pictures."
        )
    _no_table(path, target, scale)
    if holds_pictures(path):
        from nnviz.data.folders import load_pictures

        return load_pictures(path, seed, progress)
    if not holds_idx(path):
        raise DataError(
            f"{path} holds neither IDX files (train-images-idx3-ubyte.gz and so on) nor pictures "
            f"in a folder a class: {_remedy(path)}."
        )
    return read_folder(path, seed=seed)


def _remedy(folder: Path) -> str:
    """Return what to do where a folder holds no data itself."""
    looked, level = 0, folders_below(folder)
    while level and looked < _MOST_FOLDERS:
        looked += len(level)
        for place in level:
            if holds_pictures(place) or holds_idx(place):
                return f"choose {place}"
        level = [below for place in level for below in folders_below(place)]
    try:
        loose = holds_loose_pictures(folder)
        tables = sorted(
            path for path in folder.iterdir() if path.suffix.casefold() in (*ENDINGS, ARCHIVE)
        )
    except OSError:
        loose, tables = False, []
    if tables:
        return f"choose a file in it, such as {tables[0]}"
    if loose:
        return "its pictures lie loose, so put those of each class into a folder called after it"
    return "choose the folder right above them"


def data_at(path: Path) -> Path | None:
    """Return the data set that a file or a folder stands for, told without reading it whole.

    Returns:
        The path itself, or the folder of an IDX file; None where there is no data set.

    Raises:
        DataError: it is a pickle, which people take for one.
    """
    if path.is_dir() or path.suffix.casefold() in ENDINGS:
        return path
    if path.suffix.casefold() == ARCHIVE:
        from nnviz.data.array_archive import holds_images

        return path if holds_images(path) else None
    return path.parent if is_idx(path) else None


def is_idx(path: Path) -> bool:
    """Tell whether a file is an IDX file, by its content.

    Raises:
        DataError: it is a pickle, which people take for one.
    """
    try:
        read_head(path)
    except PickledError:
        raise
    except DataError:
        return False
    return True


def _no_table(path: Path, target: Sequence[str], scale: str) -> None:
    if target or scale != STANDARD:
        what = "a folder, so its files say" if path.is_dir() else "no table, so it says itself"
        raise DataError(
            f"{path} is {what} what is predicted: a target and a scaling can be chosen for a table "
            "only."
        )
