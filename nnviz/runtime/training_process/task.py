"""The task of the training process in plain values: what to train on, and from which state on.

Texts and numbers go from process to process as JSON, examples in files of NumPy's own format.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.dataset import Dataset, Parts, as_given
from nnviz.data.description import Column
from nnviz.data.greys import Greys
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.engine.schedules import Pace
from nnviz.engine.training.epoch_layout import EpochLayout, Stretch
from nnviz.engine.training.state import EpochMistakes, State

_GREYS, _FLOATS, _DESIRED = "greys.npy", "inputs.npy", "desired.npy"
_TEST_INPUTS, _TEST_DESIRED, _TEST_PARTS = "test-inputs.npy", "test-desired.npy", "test-parts.npy"


def write_examples(dataset: Dataset, folder: Path) -> dict[str, Any]:
    """Write the examples of a data set into a folder; return what else there is to say of them.

    Raises:
        OSError: there is no room for them.
    """
    inputs = dataset.train_inputs
    if isinstance(inputs, Greys):
        np.save(folder / _GREYS, inputs.codes, allow_pickle=False)
    else:
        np.save(folder / _FLOATS, inputs, allow_pickle=False)
    np.save(folder / _DESIRED, dataset.y_train, allow_pickle=False)
    np.save(folder / _TEST_INPUTS, dataset.x_test, allow_pickle=False)
    np.save(folder / _TEST_DESIRED, dataset.y_test, allow_pickle=False)
    np.save(folder / _TEST_PARTS, dataset.parts.test, allow_pickle=False)
    return {
        "name": dataset.name,
        "class_names": dataset.class_names,
        "targets": [asdict(column) for column in dataset.targets],
        "parts": dataset.parts.names,
        "image_shape": dataset.image_shape,
        "dtype": str(inputs.dtype),
    }


def read_examples(values: Mapping[str, Any], folder: Path) -> Dataset:
    """Return the examples in a folder as a data set, with what is needed to measure a network."""

    def read(name: str) -> Any:
        return np.load(folder / name, mmap_mode="r", allow_pickle=False)

    greys, shape = (folder / _GREYS).exists(), values["image_shape"]
    x = Greys(read(_GREYS), values["dtype"]) if greys else read(_FLOATS)
    return Dataset(
        values["name"],
        as_given(x),
        read(_DESIRED),
        read(_TEST_INPUTS),
        read(_TEST_DESIRED),
        class_names=tuple(values["class_names"]),
        targets=tuple(Column(**column) for column in values["targets"]),
        parts=Parts(tuple(values["parts"]), test=read(_TEST_PARTS)),
        image_shape=None if shape is None else (int(shape[0]), int(shape[1])),
    )


def plain(state: State) -> dict[str, Any]:
    """Return a state as JSON can hold it, without its arrays and the history of its schedule."""
    return {
        "steps": state.steps,
        "recipe": state.recipe.to_dict(),
        "stretches": [asdict(stretch) for stretch in state.epoch_layout.stretches],
        "pace": asdict(state.pace),
        "epoch_cost": state.epoch_cost,
        "best_validation": state.best_validation,
        "waited": state.waited,
        "finished": state.finished,
        "mistakes": asdict(state.mistakes),
        "owed": state.owed,
    }


def state_of(values: Mapping[str, Any], theta: Array, slots: Array) -> State:
    """Undo `plain`, with the arrays."""
    return State(
        values["steps"],
        Recipe.from_dict(values["recipe"]),
        EpochLayout(tuple(Stretch(**stretch) for stretch in values["stretches"])),
        theta,
        slots,
        Pace(**values["pace"]),
        values["epoch_cost"],
        values["best_validation"],
        values["waited"],
        (),
        values["finished"],
        EpochMistakes(**values["mistakes"]),
        values["owed"],
    )
