"""Findings about hidden neurons: those that are alike, dead or saturated, and so do not learn."""

import numpy as np

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.ops import Array
from nnviz.engine.training import remedies
from nnviz.engine.training.findings import NEVER_RIGHT, SATURATED_SLOPE, Finding, Look
from nnviz.numbers import integer, percent, write

MANY = 0.5
"""Share of a layer from which saturated neurons are reported."""
MOST = 0.75
"""Share of a layer from which saturated neurons hold up the whole net."""
DEAD = 0.25
"""Share of a layer from which dead ReLUs are reported."""
ROUNDING = 1e3
"""How many units of rounding weights may differ by that are the same but for it."""


def alike(look: Look) -> list[Finding]:
    """Look for a hidden layer whose neurons are all the same, and so stay the same."""
    network = look.network
    for layer, (w, b) in enumerate(
        zip(network.weights[:-1], network.biases[:-1], strict=True), start=1
    ):
        below = network.weights[layer]
        parts = (*((part, part[..., :1]) for part in (w, b)), (below, below[:1]))
        if len(b) > 1 and all(_same(part, first) for part, first in parts):
            but = "" if all((part == first).all() for part, first in parts) else " but rounding"
            return [
                look.finding(
                    "alike",
                    layer,
                    1.0,
                    f"all {integer(len(b))} neurons of layer {layer} are the same{but}, and "
                    f"get the same change{but} in every step, so they stay the same for long",
                    remedies.weights_that_differ(look.recipe),
                )
            ]
    return []


def idle(look: Look) -> list[Finding]:
    """Look for hidden neurons that have nothing to learn from."""
    found = []
    for layer, name in enumerate(look.recipe.activations[:-1], start=1):
        a = look.passage.a[layer - 1]
        neurons = a.shape[1]
        entry = ACTIVATIONS[name]
        if entry.undying:
            dead = int((a <= 0).all(axis=0).sum())
            if dead / neurons >= look.limit("dead", DEAD):
                found.append(
                    look.finding(
                        "dead",
                        layer,
                        dead / neurons,
                        f"{integer(dead)} of the {integer(neurons)} {entry.label}s in layer "
                        f"{layer} were silent for all {len(a)} examples of the sample, so no "
                        "gradient reaches them",
                        remedies.revive(look.recipe, look.eta, dead / neurons),
                        grave=look.failing >= NEVER_RIGHT,
                    )
                )
        elif entry.saturates_both_ways:
            share = float((entry.slope(a) < SATURATED_SLOPE).mean())
            if share >= MANY:
                found.append(
                    look.finding(
                        "saturated",
                        layer,
                        share,
                        f"{percent(share, 0)} of the {name} activations in layer {layer} are "
                        f"saturated, with a slope below {write(SATURATED_SLOPE)}, so that "
                        "layer learns slowly",
                        remedies.unsaturate(look.recipe, look.eta),
                        grave=look.failing >= NEVER_RIGHT and share >= MOST,
                    )
                )
    return found


def _same(part: Array, first: Array) -> bool:
    """Tell whether numbers are equal but for rounding."""
    far = ROUNDING * np.finfo(part.dtype).eps * np.abs(first)
    return bool((np.abs(part - first) <= far).all())
