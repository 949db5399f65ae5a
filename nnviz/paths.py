"""Where files live: the program's own resources and the user's folders.

Resources stand beside the package in a checkout (and in an editable install)
and inside it when installed from a wheel; `resource` finds them in both. The
user's folders follow each platform's conventions.
"""

from functools import cache
from pathlib import Path

import platformdirs

_APP = "nnviz"


@cache
def resources() -> Path:
    """Return the folder of the program's own resources.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    for folder in (package / "resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("nnviz's resources folder is missing: install nnviz again.")


def resource(name: str) -> Path:
    """Return the path of one resource, named relative to the resources folder."""
    return resources() / name


def cache_folder() -> Path:
    """Return the user's folder for things that can be made again (not created here)."""
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def data_folder() -> Path:
    """Return the user's folder for data sets that were fetched (not created here)."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def state_folder() -> Path:
    """Return the user's folder for what outlives a crash (not created here)."""
    return Path(platformdirs.user_state_dir(_APP, appauthor=False))
