"""Model files: a network's recipe, its parameters and what its data mean.

A model is a NumPy .npz archive with two entries: `recipe`, the bytes of a JSON text that
holds the recipe and the description of the data it was trained on, and the vector `theta`.
Sizes are checked before anything is read, nothing is unpickled, and writing replaces the
old file only once the new one is complete.
"""

import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from nnviz.data.description import DataDescription, goes_with
from nnviz.data.disk import SpecialFileError, replace_file, special
from nnviz.data.zipped_arrays import BrokenError, entries_of
from nnviz.dataclass import dataclass
from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe
from nnviz.errors import NnvizError
from nnviz.files.archives import (
    LARGEST_JSON,
    holds,
    load,
    opened,
    read_array,
    read_json,
    write_array,
)
from nnviz.files.descriptions import from_plain, to_plain
from nnviz.files.saving import unwritten
from nnviz.numbers import integer

FORMAT = 3
"""The format that is written; what older readers cannot make sense of needs a new number.

Format 1 did not say what the data mean. In format 2 columns came to have decimals, which its first
readers take for damage.
"""

_RECIPE, _THETA = "recipe.npy", "theta.npy"
_HEADER = 4096  # most bytes before the numbers of an entry


class ModelError(NnvizError):
    """A model file cannot be read or written; the message says why."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """What a model file holds.

    Attributes:
        network: the network; its recipe names the data it was trained on.
        description: what the numbers of these data mean; None where nobody has said, as in files
            of earlier versions.
    """

    network: Network
    description: DataDescription | None = None


def is_model(path: Path) -> bool:
    """Tell whether a file is a saved network, whole or not, by what lies in it."""
    return holds(path, _RECIPE)


def check_writable(path: Path) -> None:
    """Find out before long work whether `save_model` could write here.

    Raises:
        ModelError: the folder is missing or cannot be written, or the name is a folder's, a
            pipe's or a device's.
    """
    try:
        if path.is_dir():
            raise ModelError(f"{path} is a folder: give the name of a file.")
        if special(path):
            raise SpecialFileError(path)
        # Where the name is a link, the file is written where that points to.
        with tempfile.TemporaryFile(dir=Path(os.path.realpath(path)).parent):
            pass
    except OSError as error:
        raise ModelError(unwritten("The network", path, error)) from error


def save_model(path: Path, network: Network, description: DataDescription | None = None) -> None:
    """Write a network and what its data mean; an existing file is replaced at the very end.

    Raises:
        ModelError: the folder is missing or read-only, the disk is full, or training has left
            the network without numbers to save.
    """
    content = {
        "format": FORMAT,
        "recipe": network.recipe.to_dict(),
        "description": None if description is None else to_plain(description),
    }
    text = json.dumps(content, allow_nan=False).encode("ascii")
    if len(text) > LARGEST_JSON:
        raise ModelError(
            f"The network could not be saved as {path}: the names of its data are too long to be "
            "opened again; give the columns shorter names."
        )
    if not np.isfinite(network.theta).all():
        raise ModelError(
            f"The network could not be saved as {path}: some of its weights are not numbers any "
            "more; go back to a step before that and save it there."
        )

    def write(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w") as archive:
            write_array(archive, _RECIPE, np.frombuffer(text, np.uint8))
            write_array(archive, _THETA, network.theta)

    try:
        replace_file(path, write)
    except OSError as error:
        raise ModelError(unwritten("The network", path, error)) from error


def load_model(path: Path) -> Model:
    """Read what `save_model` wrote, in this version of nnviz or an earlier one.

    Raises:
        ModelError: the file is missing, broken, of a newer version or no model at all.
    """
    return load(path, "network", ModelError, partial(_read, path))


def _read(path: Path, file: BinaryIO) -> Model:
    none = ModelError(
        f"{path} is not a network saved by nnviz, or it is incomplete: choose another file."
    )
    with opened(file, none) as archive:
        entries = entries_of(archive, file)
        if _RECIPE not in entries:
            raise ModelError(
                f"{path} is not a network saved by nnviz, its recipe is missing: choose another "
                "file."
            )
        content = _content(path, archive, entries[_RECIPE])
        for name in entries.keys() - {_RECIPE, _THETA}:
            raise BrokenError(f"its entry {name[:80]!r} does not belong there")
        recipe = Recipe.from_dict(content["recipe"])
        plain = content["description"] if content["format"] > 1 else None
        description = None if plain is None else from_plain(plain)
        if description and not goes_with(description, recipe.layers[0], recipe.layers[-1]):
            raise BrokenError("the description of its data does not go with its layers")
        if _THETA not in entries:
            raise BrokenError(
                f"it does not hold the {integer(recipe.parameters)} parameters it needs"
            )
        theta = read_array(archive, entries[_THETA], recipe.dtype, (recipe.parameters,))
    if not np.isfinite(theta).all():
        raise BrokenError("some of its parameters are not numbers")
    return Model(Network(recipe, theta), description)


def _content(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Mapping[str, Any]:
    """Read the plain values."""
    if entry.file_size > LARGEST_JSON + _HEADER:
        raise BrokenError("its recipe is too large")
    content = read_json(read_array(archive, entry, "uint8", (None,)).tobytes(), "recipe")
    if not isinstance(content, dict):
        raise BrokenError("its recipe is none")
    version = content.get("format")
    if type(version) is not int or version < 1:
        raise BrokenError("its recipe is of no format")
    if version > FORMAT:
        raise ModelError(f"{path} was saved by a newer version of nnviz: update nnviz to open it.")
    return content
