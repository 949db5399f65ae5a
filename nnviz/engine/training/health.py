"""Health: is training healthy, and if not, what is wrong and what helps?

A look at a fixed sample of training examples tells a cost that does not go with the
outputs, dead ReLUs, saturated sigmoids, outputs that are stuck, errors that fade or grow
on their way back, and steps that are far too large or too small. Each finding is a
sentence with its measured numbers, and a remedy that can be carried out.
"""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.network import Network
from nnviz.engine.ops import Array
from nnviz.engine.training.findings import Finding, Look
from nnviz.engine.training.lr_state import LearningRateState
from nnviz.engine.training.mistake_findings import Mistakes, no_faultless_epoch
from nnviz.engine.training.neuron_findings import alike, errors, idle
from nnviz.engine.training.output_findings import mismatched, stuck, unreachable
from nnviz.engine.training.state import FAULTLESS
from nnviz.engine.training.step_findings import penalised
from nnviz.engine.training.step_findings import steps as steps_taken
from nnviz.engine.training.training_data import TrainingData

SAMPLE = 200
"""Examples looked at: enough for shares to a few per cent, in about a millisecond."""
WORK, FEWEST = 5e7, 8
"""Examples times parameters that a look may take; and the fewest examples of any look."""
OF_THE_RECIPE = ("mismatched", "unreachable")
"""Kinds that training does not cure: they are grave from step 0 on."""


EARLY = 100
"""Minibatches, or one epoch's if these are fewer, in which every net is wrong as it has to be."""


def examine(
    network: Network,
    data: TrainingData,
    lr_state: LearningRateState,
    steps: int,
    before: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Look for what is unhealthy about a training, on a fixed sample; takes some milliseconds.

    Args:
        network: the one trained, left alone.
        data: what it is trained on.
        lr_state: its learning rate and its mistakes, from epoch to epoch.
        steps: minibatches done.
        before: kinds that were found at the last look.

    What training may still cure is not grave in the first minibatches.
    """
    x, y = data.examples.x_train[:SAMPLE], data.examples.y_train
    if not len(y):  # an empty plane
        return ()
    mistakes = _mistakes(data, lr_state, steps)
    eta = lr_state.pace.eta
    found = find_problems(network, x, y[:SAMPLE], eta, before, len(y), mistakes)
    if steps >= min(EARLY, data.epoch_layout.per_epoch):
        return found
    return tuple(
        finding if finding.kind in OF_THE_RECIPE else replace(finding, grave=False)
        for finding in found
    )


def _mistakes(data: TrainingData, lr_state: LearningRateState, steps: int) -> Mistakes | None:
    """Return how it has gone with mistakes; None where nobody counts, or none are left."""
    last = lr_state.last_mistakes
    if last <= 0 or any(event.name == FAULTLESS for event in lr_state.edits):
        return None
    return Mistakes(int(data.epoch_layout.epochs(steps)), last, data.separable)


def find_problems(
    network: Network,
    x: Array,
    y: Array,
    eta: float,
    before: Collection[str] = (),
    examples: int = 0,
    mistakes: Mistakes | None = None,
) -> tuple[Finding, ...]:
    """Examine a network on some training examples.

    Args:
        network: left alone.
        x: inputs, (n, inputs); n ≥ 1.
        y: desired outputs, (n, outputs).
        eta: the learning rate in force.
        before: kinds that were found at the last look; they go only once they are well below
            their limits, so that none comes and goes while nothing has changed.
        examples: how many there are to train on, over which L1 and L2 are spread; 0 for those
            of x.
        mistakes: how it has gone so far where no epoch was faultless yet; None for any other net.
    """
    examples = examples or len(x)
    rows = int(max(FEWEST, WORK // network.recipe.parameters))
    with np.errstate(all="ignore"):  # numbers may be huge: that is what is looked for
        look = Look(network, x[:rows], np.asarray(y)[:rows], eta, before, examples)
        return (*_found(look), *no_faultless_epoch(look, mistakes))


def _found(look: Look) -> list[Finding]:
    """Return all that is unhealthy, the causes before their effects."""
    if look.recipe.untrainable:  # what is only looked at has nothing to learn from
        return list(unreachable(look))
    recipe = [*mismatched(look), *unreachable(look)]
    same = list(alike(look))
    # With a cost or outputs that cannot work, no step helps that is taken on them.
    no_slope = [] if recipe else list(stuck(look))
    held = [] if recipe or same else list(penalised(look))
    found = [*recipe, *same, *held, *no_slope, *idle(look)]
    if not same:  # neurons that are alike have no slope of their own to begin with
        found += errors(look)
    # Steps without a slope are tiny whatever η is, and large on weights of nearly 0; of a single
    # layer of step units the length of weights, and so of steps, says nothing.
    smooth = ACTIVATIONS[look.recipe.output_activation].trainable
    if smooth and not (recipe or no_slope or same or held):
        found += steps_taken(look)
    return found
