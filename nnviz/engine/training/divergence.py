"""Divergence: a minibatch whose cost or gradient is no finite number, refused in a sentence."""

from nnviz.errors import NnvizError
from nnviz.numbers import integer, write


class DivergedError(NnvizError):
    """Training has run away; the message says why and what to do."""


def diverged(what: str, eta: float, steps: int) -> DivergedError:
    """Return the refusal of a step whose cost or gradient is not finite, after so many steps."""
    return DivergedError(
        f"Training has diverged: the learning rate η = {write(eta)} overshoots ever "
        f"further, and at minibatch {integer(steps + 1)} the {what} has grown beyond all "
        "bounds; the last finite state is kept, so halve η and train again."
    )
