"""The views: one package each, all handed the same frozen snapshots."""

from nnviz.views import (
    activation,
    augment,
    branches,
    cost,
    data,
    evaluation,
    examples,
    inspector,
    matrices,
    minibatch,
    network,
    pad,
    parameters,
    plane,
    race,
    runs,
    surface,
    table,
    timeline,
)
from nnviz.views.view import ViewSpec

VIEWS: list[ViewSpec] = [
    network.SPEC,
    minibatch.SPEC,
    examples.SPEC,
    branches.SPEC,
    runs.SPEC,
    cost.SPEC,
    surface.SPEC,
    race.SPEC,
    activation.SPEC,
    pad.SPEC,
    plane.SPEC,
    evaluation.SPEC,
    data.SPEC,
    table.SPEC,
    augment.SPEC,
    inspector.SPEC,
    parameters.SPEC,
    matrices.SPEC,
    timeline.SPEC,
]
"""Every view, in the order of the view menu."""
