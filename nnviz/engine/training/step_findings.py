"""Findings about steps: far too large or too small ones, and those that penalties take over."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from nnviz.engine.network import Network, views
from nnviz.engine.ops import Array
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.training import remedies
from nnviz.engine.training.findings import NEVER_RIGHT, Finding, Look, times
from nnviz.numbers import percent, write

LARGE = 1_000_000
"""Parameters from which no steps are looked ahead: each would take as long as the look."""
GIANT, TINY = 0.5, 1e-5
"""A step's length over its layer's own (over all of theta's) beyond which it is reported."""
AHEAD = 4
"""Plain steps looked ahead, to see whether they climb."""
CLIMB = 0.02
"""Share by which the sample's cost may climb in one of them."""
PULL, WEIGHT_SHARE = 0.5, 0.01
"""Strength of L1 and L2 over the cost's own, and their λ/n, from which they are reported."""


def penalised(look: Look) -> Iterator[Finding]:
    """Look for L1 and L2 so strong that weights are held at nothing."""
    recipe, weights = look.recipe, look.network.weights
    shares = {"l1": recipe.l1 / look.examples, "l2": recipe.l2 / look.examples}
    if not max(shares.values()) >= WEIGHT_SHARE or look.failing < NEVER_RIGHT:
        return
    slopes = views(recipe, look.gradient())[0]
    cost = np.sqrt(sum(float(np.square(slope, dtype=np.float64).sum()) for slope in slopes))
    pulls = [shares["l2"] * w + shares["l1"] * np.sign(w) for w in weights]
    pull = np.sqrt(sum(float(np.square(part, dtype=np.float64).sum()) for part in pulls))
    ratio = float(pull / cost) if cost else float(np.inf if pull else 0.0)
    if not ratio >= look.limit("penalised", PULL):
        return
    names = " and ".join(
        f"{name.upper()} with λ = {write(getattr(recipe, name), 3)}"
        for name, share in shares.items()
        if share >= WEIGHT_SHARE
    )
    often = times(ratio).removesuffix("-fold") if ratio < np.inf else "infinitely many"
    yield look.finding(
        "penalised",
        f"{look.failing_words()}, and {names} pulls the weights to 0 {often} times as "
        "strongly as the cost moves them",
        remedies.lighter_penalty(recipe, look.examples),
    )


def steps(look: Look) -> Iterator[Finding]:
    """Compare a plain gradient step with what it changes, and see where some of them lead."""
    network, eta = look.network, look.eta
    optimiser = OPTIMISERS[look.recipe.optimiser]
    if optimiser.even:
        trained = len(look.recipe.only) or look.recipe.parameters
        yield from _tiny(look, eta * float(np.sqrt(trained)))
    if optimiser.even or not optimiser.takes_nudge:
        return  # the others choose the length of a step themselves
    gradient = look.gradient()
    length = eta * float(np.linalg.norm(gradient))
    shares = [
        eta * float(np.linalg.norm(g)) / size if (size := float(np.linalg.norm(w))) else 0.0
        for w, g in zip(network.weights, views(look.recipe, gradient)[0], strict=True)
    ]
    worst = int(np.argmax(np.nan_to_num(shares, nan=np.inf)))
    share, limit = shares[worst], look.limit("giant_steps", GIANT)
    if not share <= limit:  # also where it is no number any more
        yield look.finding(
            "giant_steps",
            f"one step at η = {write(eta, 3)} changes the weights of layer {worst + 1} by "
            f"{_of_their_size(share)}, so it jumps over every valley",
            remedies.smaller_steps(eta, remedies.excess(share, GIANT)),
        )
        return
    costs = _ahead(look, gradient) if look.recipe.parameters <= LARGE else []
    climb = max((after / before - 1 for before, after in pairwise(costs) if before), default=0)
    if not climb <= look.limit("giant_steps", CLIMB):
        path = " → ".join(write(cost, 3) for cost in costs)
        yield look.finding(
            "giant_steps",
            f"steps at η = {write(eta, 3)} do not keep going down: from here the cost of "
            f"{len(look.x)} training examples would go {path}",
            remedies.smaller_steps(eta, 1.0),
        )
        return
    yield from _tiny(look, length)


def _ahead(look: Look, gradient: Array) -> list[float]:
    """Return the sample's cost now and after each of some plain steps on the sample."""
    ahead = Network(look.recipe, look.network.theta.copy())
    costs = [ahead.cost(look.x, look.y)]
    for _ in range(AHEAD):
        ahead.theta -= look.eta * gradient
        costs.append(ahead.cost(look.x, look.y))
        gradient = look.gradient(ahead)
    return costs


def _tiny(look: Look, length: float) -> Iterator[Finding]:
    """Compare the length of a step with that of theta."""
    size = float(np.linalg.norm(look.network.theta))
    if not size or not length / size < TINY or look.failing < NEVER_RIGHT:
        return
    share = length / size
    yield look.finding(
        "tiny_steps",
        f"{look.failing_words()}, yet one step at "
        f"η = {write(look.eta, 3)} changes the parameters by only {write(share, 1)} of "
        "their size: at this pace it takes for ever",
        remedies.larger_steps(look.eta),
    )


def _of_their_size(share: float) -> str:
    """Say how long a step is, in a few digits whatever it is."""
    if not np.isfinite(share):
        return "more than any number"
    said = f"{percent(share, 0)} of" if share < 10 else f"{write(share, 2)} times"
    return f"{said} their size"
