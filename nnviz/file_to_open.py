"""The file to open: what a name behind `nnviz` on the command line stands for."""

from pathlib import Path

from nnviz.errors import NnvizError


def file_to_open(file: Path) -> Path:
    """Return a file that is there, whole; of IDX files the folder of their data set.

    Raises:
        NnvizError: there is no such file, or it is none that nnviz knows.
    """
    from nnviz.data.disk import there

    if not there(file):
        raise NnvizError(
            f"'{file}' is neither a command nor a file: see nnviz --help, or check the name."
        )
    if file.is_dir():
        return file.resolve()
    from nnviz.data.local import ENDINGS
    from nnviz.data.naming import EXAMPLE_ENDING

    if file.suffix.casefold() in (".nnviz", ".npz", ".zip", EXAMPLE_ENDING, *ENDINGS):
        return file.resolve()
    from nnviz.files.models import is_model
    from nnviz.files.sessions import is_session

    if is_model(file) or is_session(file):  # whatever name they were given
        return file.resolve()
    from nnviz.data.picture_kinds import is_picture

    if is_picture(file):
        return file.resolve()
    from nnviz.data.idx import read_head

    read_head(file)  # says in a sentence what is wrong with it
    return file.resolve().parent
