"""A moment in the middle of a run, and the timeline that shows it."""

from dataclasses import replace

import pytest

from nnviz.engine.changes import Edit
from nnviz.engine.run.snapshot import BranchLook
from nnviz.engine.training.epoch_layout import EpochLayout

ETA = Edit(10, "learning_rate", 1.0, 3.0)


@pytest.fixture
def moment(make_snapshot):
    return replace(
        make_snapshot(steps=20),
        step=30,
        reached=50,
        minibatches_per_epoch=20,
        epoch_layout=EpochLayout.of(200, 10),
    )


def branch(moment, number, name, leaves, reached, *, current=False):
    return BranchLook(
        number, name, None, "", leaves, reached, leaves, "as before", current,
        moment.curve, (), moment.epoch_layout,
    )  # fmt: skip
