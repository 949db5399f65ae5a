"""Findings about hidden neurons: alike, dead, saturated, or reached by errors that fade or grow."""

from collections.abc import Iterator

import numpy as np

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.ops import Array
from nnviz.engine.training import remedies
from nnviz.engine.training.findings import NEVER_RIGHT, SATURATED_SLOPE, Finding, Look, times
from nnviz.numbers import integer, percent, write

MANY = 0.5
"""Share of a layer from which saturated neurons are reported."""
MOST = 0.75
"""Share of a layer from which saturated neurons hold up the whole net."""
DEAD = 0.25
"""Share of a layer from which dead ReLUs are reported."""
ROUNDING = 1e3
"""How many units of rounding weights may differ by that are the same but for it."""
VANISHING, EXPLODING = 1e-3, 1e3
"""The first layer's error over the last one's, beyond which it is reported."""


def alike(look: Look) -> Iterator[Finding]:
    """Look for a hidden layer whose neurons are all the same, and so stay the same."""
    network = look.network
    for layer, (w, b) in enumerate(
        zip(network.weights[:-1], network.biases[:-1], strict=True), start=1
    ):
        below = network.weights[layer]
        parts = (*((part, part[..., :1]) for part in (w, b)), (below, below[:1]))
        if len(b) > 1 and all(_same(part, first) for part, first in parts):
            but = "" if all((part == first).all() for part, first in parts) else " but rounding"
            yield look.finding(
                "alike",
                f"all {integer(len(b))} neurons of layer {layer} are the same{but}, and "
                f"get the same change{but} in every step, so they stay the same for long",
                remedies.weights_that_differ(look.recipe),
            )
            return


def idle(look: Look) -> Iterator[Finding]:
    """Look for hidden neurons that have nothing to learn from."""
    for layer, name in enumerate(look.recipe.activations[:-1], start=1):
        a = look.propagation.a[layer - 1]
        neurons = a.shape[1]
        entry = ACTIVATIONS[name]
        if entry.undying:
            dead = int((a <= 0).all(axis=0).sum())
            if dead / neurons >= look.limit("dead", DEAD):
                yield look.finding(
                    "dead",
                    f"{integer(dead)} of the {integer(neurons)} {entry.label}s in layer "
                    f"{layer} were silent for all {len(a)} examples of the sample, so no "
                    "gradient reaches them",
                    remedies.revive(look.recipe, look.eta, dead / neurons),
                    grave=look.failing >= NEVER_RIGHT,
                )
        elif entry.saturates_both_ways:
            share = float((entry.slope(a) < SATURATED_SLOPE).mean())
            if share >= MANY:
                yield look.finding(
                    "saturated",
                    f"{percent(share, 0)} of the {name} activations in layer {layer} are "
                    f"saturated, with a slope below {write(SATURATED_SLOPE)}, so that "
                    "layer learns slowly",
                    remedies.unsaturate(look.recipe, look.eta),
                    grave=look.failing >= NEVER_RIGHT and share >= MOST,
                )


def errors(look: Look) -> Iterator[Finding]:
    """Compare the size of the error in the first layer with that in the last."""
    sizes = [
        float(np.sqrt(np.mean(np.square(delta, dtype=np.float64))))
        for delta in look.propagation.delta
    ]
    if len(sizes) < 2 or not 0 < sizes[-1] < np.inf:
        return
    recipe, last, ratio = look.recipe, len(sizes), sizes[0] / sizes[-1]
    silent = sum(size == 0 for size in sizes)
    if not silent and VANISHING <= ratio <= EXPLODING:
        return
    if not silent and not ratio < VANISHING:
        by = f"{times(ratio)} on its way back" if ratio < np.inf else "beyond all bounds"
        yield look.finding(
            "exploding",
            f"the error grows {by} from layer {last} ({write(sizes[-1], 2)}) to layer 1 "
            f"({write(sizes[0], 2)})",
            remedies.hold_back(recipe, look.eta),
        )
        return
    remedy = remedies.carry_further(recipe, look.eta)
    if silent:
        layers = "layer 1" if silent == 1 else f"layers 1 to {silent}"
        sentence = (
            f"no error reaches {layers} at all: of the error of layer {last} "
            f"({write(sizes[-1], 2)}) nothing is left there, so nothing is learned there"
        )
        if ACTIVATIONS[recipe.activations[silent - 1]].undying:
            remedy = remedies.revive(recipe, look.eta, 1.0)
    else:
        sentence = (
            f"the error shrinks {times(1 / ratio)} on its way back from layer {last} "
            f"({write(sizes[-1], 2)}) to layer 1 ({write(sizes[0], 2)})"
        )
    yield look.finding("vanishing", sentence, remedy, grave=look.failing >= NEVER_RIGHT)


def _same(part: Array, first: Array) -> bool:
    """Tell whether numbers are equal but for rounding."""
    far = ROUNDING * np.finfo(part.dtype).eps * np.abs(first)
    return bool((np.abs(part - first) <= far).all())
