"""What the window and the training thread say to each other.

Messages are frozen values. Those to the worker are obeyed between two
minibatches, in the order they were sent; those from the worker arrive on the
GUI thread through the bridge.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.recipe import Recipe


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Begin a new run of a recipe, paused at step 0; its data set is loaded if need be.

    Attributes:
        recipe: what to train and how.
        fit: True to make the first and the last layer as the data set needs them.
        theta: parameters to start from instead of the recipe's own, or None.
    """

    recipe: Recipe
    fit: bool = False
    theta: NDArray[np.floating[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Play:
    """Train on until told otherwise."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop after the current minibatch and show exactly where training stands."""


@dataclass(frozen=True, slots=True)
class StepMinibatch:
    """Train on one minibatch and show the result."""


@dataclass(frozen=True, slots=True)
class StepEpoch:
    """Train to the end of the current epoch, then pause."""


@dataclass(frozen=True, slots=True)
class StepBack:
    """Go back by one minibatch, or to the beginning of this epoch or of the one before.

    Attributes:
        epoch: True to go back to the beginning of an epoch.
    """

    epoch: bool = False


@dataclass(frozen=True, slots=True)
class GoTo:
    """Go to a step trained before; None is the furthest one."""

    step: int | None


@dataclass(frozen=True, slots=True)
class Reset:
    """Go back to the start weights of the same recipe."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Train at most so many minibatches a second; None for as fast as possible."""

    minibatches_per_second: float | None


@dataclass(frozen=True, slots=True)
class FocusOn:
    """Show the activations of this test example; the index wraps around."""

    index: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Record the path of these two parameters, indices into theta."""

    first: int
    second: int


Message = (
    Start
    | Play
    | Pause
    | StepMinibatch
    | StepEpoch
    | StepBack
    | GoTo
    | Reset
    | Pace
    | FocusOn
    | Watch
)


@dataclass(frozen=True, slots=True)
class Loading:
    """A data set is being read or made.

    Attributes:
        text: what is being done.
        fraction: how much of it is done, 0..1; 1 when it is over.
    """

    text: str
    fraction: float


@dataclass(frozen=True, slots=True)
class Failure:
    """Something went wrong; the last good state stands.

    Attributes:
        sentence: what is wrong and what to do.
        details: for a report to the authors; empty where the sentence says all.
    """

    sentence: str
    details: str = ""


Event = Loading | Failure
