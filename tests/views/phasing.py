"""Moments in the middle of a minibatch, for tests of what views show of its phases."""

from dataclasses import replace

import numpy as np

from nnviz.engine.run.snapshot import Snapshot, focus_in
from nnviz.engine.training.phases import Minibatch, phases_of


def minibatch_of(snapshot: Snapshot, x: np.ndarray, y: np.ndarray, first: int = 5120) -> Minibatch:
    """Compute the next minibatch of a moment from examples; its update is plain descent."""
    network, eta = snapshot.network(), snapshot.recipe.learning_rate
    propagation, gradient = network.propagation(x, y), network.gradient(x, y)
    layers = tuple(propagation.z), tuple(propagation.a), tuple(propagation.delta)
    rows = first + np.arange(len(x))
    nudge = -eta * gradient
    return Minibatch(
        snapshot.step,
        rows,
        x,
        y,
        *layers,
        propagation.terms,
        propagation.cost,
        eta,
        gradient,
        nudge,
    )


def at_phase(snapshot: Snapshot, minibatch: Minibatch, name: str, place: int = 2) -> Snapshot:
    """Return the moment after a phase, by its name, with one example in focus."""
    phase = next(each for each in phases_of(snapshot.recipe) if each.name == name)
    focus = focus_in(minibatch, place)
    moment = replace(snapshot, minibatch=minibatch, phase=phase, focus=focus)
    if name != "update":
        return moment
    return replace(moment, theta=snapshot.theta + minibatch.nudge, step=minibatch.step + 1)


def names_of(snapshot: Snapshot) -> list[str]:
    """Return the names of all phases."""
    return [phase.name for phase in phases_of(snapshot.recipe)]
