"""The watch: is training healthy, and if not, what is wrong and what helps?

A look at a fixed sample of training examples tells dead ReLUs, saturated
sigmoids, outputs that are stuck, gradients that vanish or explode on their way
back, and steps that are far too large or too small. Each finding is a sentence
with its measured numbers and a remedy.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.evaluation import right_answers
from nnviz.engine.network import Network, Passage, views
from nnviz.numbers import integer

Array = NDArray[np.floating[Any]]

SAMPLE = 200
"""Examples looked at: enough for shares to a few per cent, in about a millisecond."""
SATURATED_SLOPE = 0.01
"""Below this slope (a sigmoid's at |z| = 4.6) a neuron hardly learns any more."""
MANY = 0.5
"""Share of a layer from which saturated neurons are reported."""
DEAD = 0.25
"""Share of a layer from which dead ReLUs are reported."""
STUCK = 0.8
"""Share of wrong answers with no slope left from which outputs are called stuck."""
VANISHING, EXPLODING = 1e-3, 1e3
"""The first layer's error over the last one's, beyond which it is reported."""
GIANT, TINY = 0.5, 1e-5
"""A step's length over its layer's own (over all of theta's) beyond which it is reported."""
_FLAT = ("sigmoid", "tanh")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something unhealthy.

    Attributes:
        kind: dead, saturated, stuck, vanishing, exploding, giant_steps or tiny_steps.
        layer: the layer it is about, 1 for the first after the input; 0 for the whole net.
        value: the number that was measured.
        sentence: what is wrong, with numbers.
        remedy: what to do about it.
        grave: True where training hardly gets anywhere like this.
    """

    kind: str
    layer: int
    value: float
    sentence: str
    remedy: str
    grave: bool = True


def watch(network: Network, x: Array, y: Array, eta: float) -> tuple[Finding, ...]:
    """Examine a network on some training examples.

    Args:
        network: left alone.
        x: inputs, (n, inputs); n ≥ 1.
        y: desired outputs, (n, outputs).
        eta: the learning rate in force.
    """
    with np.errstate(all="ignore"):  # numbers may be huge: that is what is looked for
        return _examine(network, x, y, eta)


def _examine(network: Network, x: Array, y: Array, eta: float) -> tuple[Finding, ...]:
    passage = network.passage(x, y)
    gradient = network.gradient(x, y)
    wrong = ~right_answers(passage.a[-1], np.asarray(y))
    failing = float(wrong.mean())
    stuck = _outputs(passage, wrong)
    findings = [*stuck, *_neurons(network, passage, failing), *_errors(passage)]
    if not stuck:  # steps without a slope are tiny whatever η is
        findings += _steps(network, gradient, eta, failing)
    return tuple(findings)


def _neurons(network: Network, passage: Passage, failing: float) -> list[Finding]:
    """Look for hidden neurons that have nothing to learn from."""
    findings = []
    for layer, name in enumerate(network.recipe.activations[:-1]):
        a = passage.a[layer]
        if name == "relu":
            dead = int((a <= 0).all(axis=0).sum())
            if dead / a.shape[1] >= DEAD:
                findings.append(
                    Finding(
                        "dead",
                        layer + 1,
                        dead / a.shape[1],
                        f"{dead} of the {a.shape[1]} ReLUs in layer {layer + 1} were silent for "
                        f"all {len(a)} examples of the sample, so no gradient reaches them",
                        "lower η and start again with He weights, or choose leaky ReLU",
                    )
                )
        elif name in _FLAT:
            share = float((ACTIVATIONS[name].slope(a) < SATURATED_SLOPE).mean())
            if share >= MANY:
                findings.append(
                    Finding(
                        "saturated",
                        layer + 1,
                        share,
                        f"{share:.0%} of the {name} activations in layer {layer + 1} are "
                        f"saturated, with a slope below {SATURATED_SLOPE:g}, so that layer "
                        f"learns slowly",
                        "choose start weights 1/√inputs, or lower η",
                        grave=failing >= 0.5,
                    )
                )
    return findings


def _outputs(passage: Passage, wrong: NDArray[np.bool_]) -> list[Finding]:
    """Look for wrong answers whose outputs have no slope left to learn from."""
    if not wrong.mean() >= 0.5:
        return []
    reach = np.abs(passage.delta[-1][wrong]).max(axis=1)
    stuck = float((reach < SATURATED_SLOPE).mean())
    if stuck < STUCK:
        return []
    return [
        Finding(
            "stuck",
            len(passage.a),
            stuck,
            f"{wrong.mean():.0%} of the answers are wrong, and for {stuck:.0%} of those every "
            f"output is so saturated that its error is below {SATURATED_SLOPE:g}: the net is stuck",
            "go back to the start with a much lower η, or choose the cross-entropy cost",
        )
    ]


def _errors(passage: Passage) -> list[Finding]:
    """Compare the size of the error in the first layer with that in the last."""
    sizes = [float(np.sqrt(np.mean(np.square(delta, dtype=np.float64)))) for delta in passage.delta]
    if len(sizes) < 2 or not sizes[-1] > 0:
        return []
    ratio = sizes[0] / sizes[-1]
    if VANISHING <= ratio <= EXPLODING:
        return []
    kind, verb = ("vanishing", "shrinks") if ratio < VANISHING else ("exploding", "grows")
    factor = 1 / max(ratio, 1e-300) if ratio < VANISHING else ratio
    return [
        Finding(
            kind,
            1,
            ratio,
            f"the error {verb} {integer(round(factor))}-fold on its way back from layer "
            f"{len(sizes)} ({sizes[-1]:.2g}) to layer 1 ({sizes[0]:.2g})",
            "choose start weights that fit the activation (Xavier or He), or fewer layers",
        )
    ]


def _steps(network: Network, gradient: Array, eta: float, failing: float) -> list[Finding]:
    """Compare a plain gradient step with what it changes."""
    if network.recipe.optimiser not in ("sgd", "momentum", "nesterov"):
        return []  # the others choose the length of a step themselves
    findings = []
    for layer, (w, g) in enumerate(
        zip(network.weights, views(network.recipe, gradient)[0], strict=True), start=1
    ):
        size = float(np.linalg.norm(w))
        share = eta * float(np.linalg.norm(g)) / size if size else 0.0
        if share > GIANT:
            findings.append(
                Finding(
                    "giant_steps",
                    layer,
                    share,
                    f"one step at η = {eta:g} changes the weights of layer {layer} by {share:.0%} "
                    f"of their size, so it jumps over every valley",
                    "halve η until the cost falls",
                )
            )
    size = float(np.linalg.norm(network.theta))
    share = eta * float(np.linalg.norm(gradient)) / size if size else 0.0
    if share < TINY and failing >= 0.5:
        findings.append(
            Finding(
                "tiny_steps",
                0,
                share,
                f"{failing:.0%} of the answers are wrong, yet one step at η = {eta:g} changes the "
                f"parameters by only {share:.1g} of their size: at this pace it takes for ever",
                "raise η tenfold",
            )
        )
    return findings
