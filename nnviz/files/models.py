"""Model files: a network's recipe and parameters.

A model is a NumPy .npz archive with two entries: `recipe.json`'s bytes and the
vector theta. Sizes are checked before anything is read, nothing is unpickled,
and writing replaces the old file only once the new one is complete.
"""

import json
import os
import tempfile
import zipfile
from pathlib import Path
from typing import BinaryIO

import numpy as np

from nnviz.data.disk import SpecialFileError, special
from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe
from nnviz.errors import NnvizError
from nnviz.files.atomic import replace_file, unwritten
from nnviz.numbers import integer

FORMAT = 1
_LARGEST_RECIPE = 1 << 20


class ModelError(NnvizError):
    """A model file cannot be read or written; the message says why."""


def check_writable(path: Path) -> None:
    """Find out before long work whether `save_model` could write here.

    Raises:
        ModelError: the folder is missing or cannot be written, or the name is a folder's, a
            pipe's or a device's.
    """
    if path.is_dir():
        raise ModelError(f"{path} is a folder: give the name of a file.")
    try:
        if special(path):
            raise SpecialFileError(path)
        # Where the name is a link, the file is written where that points to.
        with tempfile.TemporaryFile(dir=Path(os.path.realpath(path)).parent):
            pass
    except OSError as error:
        raise ModelError(unwritten("The network", path, error)) from error


def save_model(path: Path, network: Network) -> None:
    """Write a network's recipe and parameters.

    Args:
        path: where to; an existing file is replaced at the very end.
        network: left alone.

    Raises:
        ModelError: the folder is missing or read-only, or the disk is full.
    """
    recipe = json.dumps({"format": FORMAT, "recipe": network.recipe.to_dict()})

    def write(file: BinaryIO) -> None:
        np.savez(file, recipe=np.frombuffer(recipe.encode(), np.uint8), theta=network.theta)

    try:
        replace_file(path, write)
    except OSError as error:
        raise ModelError(unwritten("The network", path, error)) from error


def load_model(path: Path) -> Network:
    """Read a network that `save_model` wrote.

    Raises:
        ModelError: the file is missing, broken, of a newer version or no model at all.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        if sizes.get("recipe.npy", _LARGEST_RECIPE + 1) > _LARGEST_RECIPE:
            raise ModelError(f"{path} is not a network saved by nnviz: its recipe is missing.")
        with np.load(path, allow_pickle=False) as entries:
            content = json.loads(entries["recipe"].tobytes())
            if content["format"] > FORMAT:
                raise ModelError(
                    f"{path} was saved by a newer version of nnviz: update nnviz to open it."
                )
            recipe = Recipe.from_dict(content["recipe"])
            # An honest theta is its numbers and a header of 128 bytes; a bomb is more.
            expected = recipe.parameters * np.dtype(recipe.dtype).itemsize
            if not expected < sizes.get("theta.npy", 0) <= expected + 4096:
                raise ModelError(
                    f"{path} is broken: it does not hold the {integer(recipe.parameters)} "
                    "parameters its recipe needs; save the network again."
                )
            theta = entries["theta"]
        if theta.dtype != np.dtype(recipe.dtype) or theta.shape != (recipe.parameters,):
            raise ModelError(f"{path} is broken: its parameters are not those its recipe needs.")
        return Network(recipe, theta.copy())
    except FileNotFoundError:
        raise ModelError(f"There is no file {path}: check the name.") from None
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror or error}.") from error
    except ModelError:
        raise
    except NnvizError as error:
        raise ModelError(f"{path} holds an impossible recipe: {error}") from error
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError) as error:
        raise ModelError(
            f"{path} is not a network saved by nnviz, or it is broken: choose another file."
        ) from error
