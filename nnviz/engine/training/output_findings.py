"""Findings about outputs: what cost or targets do not go with, and what is stuck."""

from collections.abc import Iterator

import numpy as np

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.training import remedies
from nnviz.engine.training.findings import NEVER_RIGHT, SATURATED_SLOPE, Finding, Look
from nnviz.numbers import percent, write

STUCK = 0.8
"""Share of wrong answers with no slope left from which outputs are called stuck."""
NEAR = 0.1
"""How far an output must miss, with no slope left, to be stuck."""


def mismatched(look: Look) -> Iterator[Finding]:
    """Look for a cost that rewards outputs which do not compete for rising all."""
    recipe = look.recipe
    cost, output = COSTS[recipe.cost], ACTIVATIONS[recipe.output_activation]
    if not cost.competing or output.output_only:
        return
    idle = look.propagation.a[-1][look.y == 0]
    mean = float(idle.mean()) if idle.size else 0.0
    needs = "softmax" if recipe.layers[-1] > 1 else "several outputs with softmax"
    yield look.finding(
        "mismatched",
        f"{cost.label} needs {needs}: with {output.label} all outputs rise to 1, "
        f"because only those that should be 1 count (those that should be 0 are "
        f"{write(mean, 2)} on average)",
        remedies.outputs_that_compete(recipe),
    )


def unreachable(look: Look) -> Iterator[Finding]:
    """Look for desired outputs that the output activation cannot take."""
    entry = ACTIVATIONS[look.recipe.output_activation]
    low, high = float(look.y.min()), float(look.y.max())
    beyond = float(np.mean((look.y < entry.low) | (look.y > entry.high)))
    if not beyond:
        return
    yield look.finding(
        "unreachable",
        f"the desired outputs go from {write(low, 3)} to {write(high, 3)}, and "
        f"{entry.label} outputs never leave {entry.range}",
        remedies.outputs_that_reach(look.recipe),
    )


def stuck(look: Look) -> Iterator[Finding]:
    """Look for wrong answers whose outputs have no slope left to learn from."""
    if not look.failing >= NEVER_RIGHT:
        return
    reach = np.abs(look.propagation.delta[-1][look.wrong]).max(axis=1)
    missed = np.abs(look.propagation.a[-1] - look.y)[look.wrong].max(axis=1)
    # An error is small on outputs that have all but arrived as well, and means no harm there.
    share = float(((reach < SATURATED_SLOPE) & (missed > NEAR)).mean())
    if share < STUCK or not ACTIVATIONS[look.recipe.output_activation].saturates:
        return
    yield look.finding(
        "stuck",
        f"{look.failing_words()}, and for "
        f"{percent(share, 0)} of those every output is so saturated that its error is "
        f"below {write(SATURATED_SLOPE)}: the net is stuck",
        remedies.unstick(look.recipe, look.eta),
    )
