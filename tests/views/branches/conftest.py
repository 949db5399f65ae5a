"""A run with two branches that were left behind."""

from dataclasses import replace

import pytest

from nnviz.engine.run.snapshot import BranchLook
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.evaluation import Evaluation

CALENDAR = EpochLayout.of(6000, 10)
LEFT = {600: 0.2, 1200: 0.15, 1800: 0.12, 2400: 0.1}


def evaluations(costs):
    return tuple(
        Evaluation(step, step / 600, 0.1, cost, 0.9, 1 - cost) for step, cost in costs.items()
    )


def look(snapshot, number, name, words, start, reached, leaves, costs, *, current=False, **more):
    return BranchLook(
        number, name, None, words, start, reached, leaves, more.get("apart", ""), current,
        snapshot.curve, evaluations(costs), CALENDAR, more.get("against", ""),
    )  # fmt: skip


@pytest.fixture
def moment(make_snapshot):
    snapshot = make_snapshot(steps=2)
    looks = (
        look(snapshot, 0, "original", "", 0, 2400, 1200, LEFT,
             apart="nothing changed", against="η 3 → 0.5"),
        look(snapshot, 4, "η = 1", "η 3 → 1", 600, 780, 600, {600: 0.2},
             apart="η 3 → 1", against="η 3 → 0.5"),
        look(snapshot, 7, "η = 0.5", "η 3 → 0.5", 1200, 1900, 1900,
             {600: 0.2, 1200: 0.15, 1800: 0.08, 1900: 0.07}, current=True),
    )  # fmt: skip
    return replace(snapshot, epoch_layout=CALENDAR, branches=looks, step=1900, reached=1900)
