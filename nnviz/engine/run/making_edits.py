"""Making edits: what an edit finds in a training under way, and what it does to it."""

from collections.abc import Sequence

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.engine.changes import THETA, Edit, Value, check_changeable
from nnviz.engine.recipe import RecipeError
from nnviz.engine.training.trainer import Trainer
from nnviz.numbers import integer


def value_of(trainer: Trainer, name: str, indices: Sequence[int]) -> Value:
    """Return the present value of what can be changed.

    Args:
        trainer: left alone.
        name: a recipe field of `CHANGEABLE`, or `THETA`.
        indices: which entries of theta, where name is `THETA`.

    Raises:
        RecipeError: there is no such thing to change.
    """
    if name == THETA:
        theta = trainer.network.theta
        if not indices or not all(0 <= index < theta.size for index in indices):
            raise RecipeError(
                f"This network has {integer(theta.size)} parameters, numbered from 0: there "
                f"is none of number {', '.join(map(str, indices)) or 'nothing'}."
            )
        return tuple(float(theta[index]) for index in indices)
    check_changeable(name)
    if name == "learning_rate":  # a schedule may have changed it since
        return trainer.eta
    value: Value = getattr(trainer.recipe, name)
    return value


def apply(trainer: Trainer, change: Edit, dataset: Dataset | None = None) -> None:
    """Make a change without recording it, as a replay does.

    Args:
        trainer: stands at the step of the change.
        change: the change.
        dataset: the data set of that name, where it is that which changes.

    Raises:
        RecipeError: it cannot be made.
    """
    if change.name == THETA:
        assert isinstance(change.value, tuple)
        values = np.array(change.value, trainer.network.theta.dtype)
        if len(values) != len(change.indices) or not np.isfinite(values).all():
            raise RecipeError("A parameter needs one finite number: type another.")
        trainer.network.theta[list(change.indices)] = values
    else:
        assert not isinstance(change.value, tuple)
        trainer.change(change.name, change.value, dataset)
