"""Moments of little nets that learn points of the plane and of a line."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Sample, Snapshot
from nnviz.engine.run.start import start_recipe
from tests.snapshots import make_snapshot


def sample_of(data: Dataset) -> Sample:
    """The examples of a data set as the worker hands them out."""
    trained = data.x_train if data.train_points is None else data.train_points
    return Sample(
        data.x_test, data.y_test, data.x_train, data.test_points, trained, data.y_train
    )  # fmt: skip


@cache
def trained(name: str, steps: int = 20, theta: tuple[float, ...] = (), **chosen: Any) -> Snapshot:
    """The moment after some steps on a data set, as it starts there but for what is chosen."""
    data = load_dataset(name)
    recipe = replace(start_recipe(data), dataset=name, **chosen)
    known = {} if not theta else {"theta": np.array(theta, recipe.dtype)}
    moment = make_snapshot(recipe, data, steps, **known)
    return replace(moment, sample=sample_of(data))


@cache
def three_classes(steps: int = 60) -> Snapshot:
    """Three clouds of points, one a class."""
    draw = np.random.default_rng(0)
    labels = np.arange(90) % 3
    centres = np.array([[-2.0, -1.0], [2.0, -1.0], [0.0, 2.0]])
    x = (centres[labels] + 0.5 * draw.standard_normal((90, 2))).astype(np.float32)
    y = np.eye(3, dtype=np.float32)[labels]
    data = Dataset("clouds3", x[:60], y[:60], x[60:], y[60:], class_names=("a", "b", "c"))
    recipe = Recipe(
        dataset="clouds3", layers=(2, 6, 3), activation="tanh", output_activation="softmax",
        cost="categorical_cross_entropy", optimiser="adam", learning_rate=0.05,
    )  # fmt: skip
    return replace(make_snapshot(recipe, data, steps), sample=sample_of(data))


@pytest.fixture(name="trained")
def _trained() -> Callable[..., Snapshot]:
    return trained


@pytest.fixture(name="three_classes")
def _three_classes() -> Callable[..., Snapshot]:
    return three_classes
