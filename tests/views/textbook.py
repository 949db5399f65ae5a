"""Moments of the textbook examples, the well-known 2-2-2 net phase by phase among them."""

from typing import Any

from nnviz.engine.run.history import CostHistory
from nnviz.engine.run.snapshot import Sample, Snapshot
from nnviz.engine.training.trainer import Trainer
from nnviz.lessons import load_example
from tests.snapshots import snapshot_of
from tests.views.phasing import at_phase

BACK = "backprop-222"
"""The id of the 2-2-2 net."""


def first_moment(id: str, **known: Any) -> Snapshot:
    """Return an example before its first step; `known` are fields that are to differ."""
    example = load_example(id)
    trainer = _trainer(id)
    data = example.dataset
    known.setdefault("sample", Sample(data.x_test, data.y_test))
    return snapshot_of(trainer, CostHistory(), **known)


def back_at(name: str) -> Snapshot:
    """Return the 2-2-2 net after a phase of its first step."""
    return at_phase(first_moment(BACK), _trainer(BACK).preview(), name, 0)


def _trainer(id: str) -> Trainer:
    example = load_example(id)
    trainer = Trainer(example.recipe, example.dataset)
    trainer.network.theta[:] = example.theta
    return trainer
