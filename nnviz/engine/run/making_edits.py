"""Making edits: what an edit finds in a training under way, and what it does to it."""

from collections.abc import Sequence

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.engine.changes import THETA, Edit, Value, check_changeable
from nnviz.engine.recipe import RecipeError
from nnviz.engine.training.trainer import Trainer
from nnviz.numbers import integer


def value_of(trainer: Trainer, name: str, indices: Sequence[int]) -> Value:
    """Return the present value of a field of `CHANGEABLE`, or of some entries of theta.

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
    """Make a change without recording it, as a replay does, in a trainer that stands at its step.

    The data set is that of the name to which it changes, if it does.

    Raises:
        RecipeError: it cannot be made.
    """
    trainer.end_epoch()
    if change.name == THETA:
        assert isinstance(change.value, tuple)
        values = np.array(change.value, trainer.network.theta.dtype)
        if len(values) != len(change.indices) or not np.isfinite(values).all():
            raise RecipeError("A parameter needs one finite number: type another.")
        trainer.network.theta[list(change.indices)] = values
    else:
        assert not isinstance(change.value, tuple)
        trainer.change(change.name, change.value, dataset)
