"""Moments of the well-known 2-2-2 net, for the table of its parameters."""

from collections.abc import Callable

import pytest

from nnviz.engine.run.history import CostHistory
from nnviz.engine.run.snapshot import Sample, Snapshot
from nnviz.engine.training.trainer import Trainer
from nnviz.lessons import load_example
from tests.snapshots import snapshot_of
from tests.views.phasing import at_phase


def moment_of_example(id: str, **known: object) -> Snapshot:
    """Return the first moment of a textbook example."""
    example = load_example(id)
    trainer = Trainer(example.recipe, example.dataset)
    trainer.network.theta[:] = example.theta
    data = example.dataset
    known.setdefault("sample", Sample(data.x_test, data.y_test))
    return snapshot_of(trainer, CostHistory(), **known)


@pytest.fixture
def back() -> Snapshot:
    """The 2-2-2 net before its first step."""
    return moment_of_example("backprop-222")


@pytest.fixture
def back_at() -> Callable[[str], Snapshot]:
    """Give a function that returns the 2-2-2 net after a phase of its first step."""

    def at(name: str) -> Snapshot:
        example = load_example("backprop-222")
        trainer = Trainer(example.recipe, example.dataset)
        trainer.network.theta[:] = example.theta
        moment = moment_of_example("backprop-222")
        return at_phase(moment, trainer.preview(), name, 0)

    return at
