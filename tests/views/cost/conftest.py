"""Moments with costs, and branches that were left behind, for the tests of the cost view."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.engine.run.history import CostHistory
from nnviz.engine.run.snapshot import BranchLook
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.trainer import Evaluation
from nnviz.views.cost.view import CostView
from nnviz.views.palette import DARK


@pytest.fixture
def show(show):
    """Show a moment in a cost view."""

    def show_cost(snapshot, size=(460, 260), theme=DARK):
        return show(CostView, snapshot, size, theme)

    return show_cost


@pytest.fixture
def trained(make_snapshot):
    """A moment with a curve that falls from 1 to 0.03 and a test cost well above it."""
    snapshot = make_snapshot(steps=60)
    history = CostHistory()
    history.extend(np.geomspace(1.0, 0.03, 60).tolist())
    per_epoch = snapshot.minibatches_per_epoch
    evaluations = tuple(
        Evaluation(step, step / per_epoch, 0.2, 0.5, 0.9, 0.876) for step in range(0, 61, per_epoch)
    )
    epoch_layout = EpochLayout.of(10 * per_epoch, 10)
    return replace(
        snapshot,
        curve=history.curve(),
        evaluations=evaluations,
        epoch_layout=epoch_layout,
        reached=60,
    )


@pytest.fixture
def validated(trained):
    """The same moment with examples held back, whose cost is lowest in the middle."""
    costs = [0.9, 0.3, 0.35, 0.4]
    found = tuple(
        replace(one, validation_cost=cost, validation_accuracy=0.8125)
        for one, cost in zip(trained.evaluations, costs, strict=True)
    )
    recipe = replace(trained.recipe, validation_size=50, patience=5)
    return replace(trained, recipe=recipe, evaluations=found, best_validation=0.3, waited=2)


def look(trained, number, costs, leaves, *, name="η = 0.5", current=False, batch=10):
    """A branch that goes on with these costs after `leaves` steps."""
    history = CostHistory(leaves)
    history.extend(list(costs))
    curve = trained.curve.until(leaves).joined(history.curve())
    epoch_layout = trained.epoch_layout.changed(leaves, 200, batch)
    reached = leaves + len(costs)
    return BranchLook(
        number,
        name,
        None,
        "",
        leaves,
        reached,
        leaves,
        "as before",
        current,
        curve,
        (),
        epoch_layout,
    )


def haunted(trained, *looks):
    current = look(trained, 99, [], 60, name="original", current=True)
    return replace(trained, branches=(*looks, current))
