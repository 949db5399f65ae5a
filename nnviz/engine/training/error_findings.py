"""Findings about errors on their way back: those that fade, and those that grow."""

import numpy as np

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.training import remedies
from nnviz.engine.training.findings import NEVER_RIGHT, Finding, Look, times
from nnviz.numbers import write

VANISHING, EXPLODING = 1e-3, 1e3
"""The first layer's error over the last one's, beyond which it is reported."""


def errors(look: Look) -> list[Finding]:
    """Compare the size of the error in the first layer with that in the last."""
    sizes = [
        float(np.sqrt(np.mean(np.square(delta, dtype=np.float64)))) for delta in look.passage.delta
    ]
    if len(sizes) < 2 or not 0 < sizes[-1] < np.inf:
        return []
    silent = sum(size == 0 for size in sizes)
    ratio = sizes[0] / sizes[-1]
    if not silent and VANISHING <= ratio <= EXPLODING:
        return []
    if silent or ratio < VANISHING:
        return [_fading(look, sizes, silent, ratio)]
    grows = f"grows {times(ratio)} on its way back" if ratio < np.inf else "grows beyond all bounds"
    return [
        look.finding(
            "exploding",
            1,
            ratio,
            f"the error {grows} from layer {len(sizes)} ({write(sizes[-1], 2)}) to layer 1 "
            f"({write(sizes[0], 2)})",
            remedies.hold_back(look.recipe, look.eta),
        )
    ]


def _fading(look: Look, sizes: list[float], silent: int, ratio: float) -> Finding:
    recipe, last = look.recipe, len(sizes)
    if not silent:
        return look.finding(
            "vanishing",
            1,
            ratio,
            f"the error shrinks {times(1 / ratio)} on its way back from layer {last} "
            f"({write(sizes[-1], 2)}) to layer 1 ({write(sizes[0], 2)})",
            remedies.carry_further(recipe, look.eta),
            grave=look.failing >= NEVER_RIGHT,
        )
    layers = "layer 1" if silent == 1 else f"layers 1 to {silent}"
    dead = ACTIVATIONS[recipe.activations[silent - 1]].undying
    return look.finding(
        "vanishing",
        1,
        0.0,
        f"no error reaches {layers} at all: of the error of layer {last} "
        f"({write(sizes[-1], 2)}) nothing is left there, so nothing is learned there",
        remedies.revive(recipe, look.eta, 1.0)
        if dead
        else remedies.carry_further(recipe, look.eta),
        grave=look.failing >= NEVER_RIGHT,
    )
