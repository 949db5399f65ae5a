"""Records made by hand for tests of session files, and how to compare two to the last bit."""

import struct
from dataclasses import fields, is_dataclass, replace
from math import inf, nan

import numpy as np

from nnviz.data.description import Column, DataDescription, PictureRule
from nnviz.engine import Evaluation, Recipe
from nnviz.engine.changes import Edit
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.run.record import (
    BranchRecord,
    CostRecord,
    DataMark,
    Keyframe,
    RunRecord,
    Session,
)
from nnviz.engine.schedules import Pace
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.state import ScheduleEvent, State

DRAW = np.random.default_rng(0)
EDITS = (
    ScheduleEvent(20, "learning_rate", 3.0, 1.5, "the mean cost did not fall, so η was halved"),
    ScheduleEvent(30, "stopped", -0.0, 5e-324, '„quotes“, 日本, \N{SNOWMAN}, \\ and " and \x00'),
)
FOLDER = "/home/ada/näher/mnist \udcff"
"""A folder whose name is not text: it can still be saved."""


def noise(shape, dtype):
    """Numbers of every kind, so that a single lost bit shows."""
    bits = DRAW.integers(0, 256, int(np.prod(shape)) * np.dtype(dtype).itemsize, np.uint8)
    return bits.view(dtype).reshape(shape)


def keyframe(recipe, steps, changes, epoch_layout, **more):
    slots = OPTIMISERS[recipe.optimiser].slots
    state = State(
        steps=steps,
        recipe=recipe,
        epoch_layout=epoch_layout,
        theta=noise((recipe.parameters,), recipe.dtype),
        slots=noise((slots, recipe.parameters), recipe.dtype),
        pace=Pace(0.1 + 0.2, reason="because"),
        epoch_cost=1 / 3,
        best_validation=inf,
        waited=2,
        edits=EDITS[: steps // 20],
        finished="",
    )
    return Keyframe(replace(state, **more), changes)


def branch(number, parent, change, recipe, reached, changes, epoch_layout, **more):
    start = change.step if change else 0
    costs = CostRecord(start, 2, noise((3, 4), "float64"), noise((1,), "float64"))
    record = BranchRecord(
        number=number,
        parent=parent,
        name=f"branch № {number}",
        change=change,
        start=start,
        reached=reached,
        left_at=0,
        costs=costs,
        evaluations=(
            Evaluation(start, 0.1, 0.2, 0.3, 0.4, 0.5),
            Evaluation(start + 1, 1.1, inf, nan, -0.0, 1.0, -inf, 5e-324),
        ),
        keyframes=(
            keyframe(recipe, start, changes, epoch_layout),
            keyframe(recipe, start + 5, changes, epoch_layout),
        ),
        epoch_layout=epoch_layout,
    )
    return replace(record, **more)


def rich(optimiser="adam", dtype="float32", layers=(3, 4, 2)):
    """A session with branches of branches and a change of every kind of value."""
    first = Recipe(
        dataset="digits",
        layers=layers,
        activation=("tanh",) * (len(layers) - 2) or "sigmoid",
        optimiser=optimiser,
        dtype=dtype,
        learning_rate=3,
        seed=2**63 - 1,
    )
    epoch_layout = EpochLayout.of(100, 7)
    other = epoch_layout.changed(17, 100, 9)
    recipes = {
        0: first,
        1: replace(first, learning_rate=0.1),
        2: replace(first, learning_rate=0.1, batch_size=9),
        5: first,
        4: replace(first, dataset="nan"),
        6: replace(first, dataset=FOLDER),
    }
    changes = {
        1: Edit(10, "learning_rate", 0.1, 3),
        2: Edit(17, "batch_size", 9, 10),
        5: Edit(0, "theta", (nan, -0.0, 5e-324), (1.0, inf, 0.1), (0, 3, first.parameters - 1)),
        4: Edit(40, "dataset", "nan", "digits"),
        6: Edit(41, "dataset", FOLDER, "nan"),
    }
    branches = (
        branch(0, -1, None, first, 60, 0, epoch_layout),
        branch(1, 0, changes[1], recipes[1], 50, 1, epoch_layout, left_at=3),
        branch(2, 1, changes[2], recipes[2], 40, 2, other),
        branch(5, 0, changes[5], recipes[5], 50, 1, epoch_layout),
        branch(4, 5, changes[4], recipes[4], 50, 2, epoch_layout, evaluations=(), keyframes=()),
        branch(6, 4, changes[6], recipes[6], 50, 3, epoch_layout.changed(41, 1, 3)),
    )
    record = RunRecord(
        recipe=first,
        theta=noise((first.parameters,), dtype),
        branches=branches,
        current=2,
        now=keyframe(recipes[2], 33, 2, other, finished="It is over.", best_validation=nan),
        gradient=noise((first.parameters,), dtype),
        last_cost=nan,
        phases=3,
        redo=(5, 4),
        view={"panels": [1, 2.5, None, True, {"ε": "nan"}], "empty": {}},
    )
    described = DataDescription(
        class_names=("yes", "nö")[: layers[-1]],
        inputs=tuple(Column(f"x{k}", "cm", k / 3, 2.5) for k in range(layers[0])),
        targets=(Column("good?"),),
        target_reason="you chose it",
        target_choices=("good?", "x0"),
        pictures=PictureRule("scaled", True, 16.0),
    )
    marks = (
        DataMark("digits", "0" * 64, described, "digits of some generation"),
        DataMark("nan", "f" * 64),
        DataMark(FOLDER, "a" * 64),
    )
    return Session(record, marks)


def small():
    """The smallest session that has a change."""
    recipe = Recipe(layers=(1, 1), dataset="toy")
    epoch_layout = EpochLayout.of(4, 2)
    first = branch(0, -1, None, recipe, 12, 0, epoch_layout)
    change = Edit(2, "theta", (1.0,), (2.0,), (1,))
    second = branch(1, 0, change, recipe, 12, 1, epoch_layout, keyframes=())
    now = keyframe(recipe, 3, 1, epoch_layout)
    theta = noise((2,), "float32")
    record = RunRecord(recipe, theta, (first, second), 1, now, theta, 0.5, 0, (), {})
    return Session(record, (DataMark("toy", "1" * 64),))


def differences(a, b, place="session"):
    """Say where two values differ in kind or in any bit; a nan is a nan."""
    if type(a) is not type(b):
        return [f"{place}: {a!r} is not {b!r}"]
    if is_dataclass(a):
        names = [item.name for item in fields(a)]
        return [d for n in names for d in differences(getattr(a, n), getattr(b, n), f"{place}.{n}")]
    if isinstance(a, tuple | list):
        if len(a) != len(b):
            return [f"{place}: {len(a)} are not {len(b)}"]
        pairs = enumerate(zip(a, b, strict=True))
        return [d for i, (x, y) in pairs for d in differences(x, y, f"{place}[{i}]")]
    if isinstance(a, dict):
        if list(a) != list(b):
            return [f"{place}: {list(a)} are not {list(b)}"]
        return [d for key in a for d in differences(a[key], b[key], f"{place}[{key!r}]")]
    if isinstance(a, np.ndarray):
        same = (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())
    elif isinstance(a, float) and a == a:
        same = struct.pack("d", a) == struct.pack("d", b)
    else:
        same = a == b or (a != a and b != b)
    return [] if same else [f"{place}: {a!r} is not {b!r}"]
