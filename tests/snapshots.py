"""Snapshots for tests: a little data set, a net really trained on it, and the moment it is at."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnviz.data.dataset import Dataset, one_hot
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.history import CostHistory, Trail
from nnviz.engine.run.snapshot import Snapshot, focus_on, focus_on_own
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.trainer import Trainer


def make_dataset(inputs: int = 784, outputs: int = 10, examples: int = 200) -> Dataset:
    """Make a small data set that can be learned: noisy copies of one pattern a class."""
    draw = np.random.default_rng(1)
    classes = max(outputs, 2)
    patterns = draw.random((classes, inputs)) < 0.3
    labels = np.arange(examples) % classes
    noise = 0.3 * draw.random((examples, inputs))
    x = np.clip(0.7 * patterns[labels] + noise, 0, 1).astype(np.float32)
    y = one_hot(labels, classes) if outputs > 1 else labels[:, np.newaxis].astype(np.float32)
    side = int(np.sqrt(inputs))
    picture = inputs >= 16 and side * side == inputs
    return Dataset(
        name="tiny",
        x_train=x,
        y_train=y,
        x_test=x[:50].copy(),
        y_test=y[:50].copy(),
        class_names=tuple(str(n) for n in range(outputs)) if outputs > 1 else (),
        image_shape=(side, side) if picture else None,
    )


def snapshot_of(
    trainer: Trainer, history: CostHistory, *, example: int = 0, **known: Any
) -> Snapshot:
    """Return the moment that a trainer is at: the one place in which tests build a `Snapshot`.

    Args:
        trainer: the net, its data and how far it is.
        history: the cost of each minibatch so far.
        example: which test example is focused.
        known: fields of the snapshot that are to differ.
    """
    dataset, network = trainer.dataset, trainer.network
    costs = history.curve()
    fields: dict[str, Any] = {
        "run": 0,
        "recipe": trainer.recipe,
        "step": trainer.steps,
        "epoch": trainer.epoch,
        "minibatches_per_epoch": trainer.minibatches_per_epoch,
        "playing": False,
        "minibatches_per_second": 0.0,
        "theta": network.theta.copy(),
        "gradient": trainer.gradient.copy(),
        "minibatch_cost": float("nan"),
        "focus": (
            focus_on(network, example, dataset.x_test[example], dataset.y_test[example])
            if len(dataset.x_test)
            else focus_on_own(network, np.zeros(dataset.inputs))
        ),
        "curve": costs,
        "evaluations": (),
        "class_names": dataset.class_names,
        "image_shape": dataset.image_shape,
        "watched": (0, 1),
        "description": dataset.description,
        "missing": dataset.missing,
    }
    snapshot = Snapshot(**{**fields, **known})
    snapshot.theta.flags.writeable = False
    return snapshot


def make_snapshot(
    recipe: Recipe | None = None,
    dataset: Dataset | None = None,
    steps: int = 20,
    *,
    example: int = 0,
    theta: np.ndarray | None = None,
    watched: tuple[int, int] | None = None,
    playing: bool = False,
    run: int = 0,
    evaluate_at: Sequence[int] = (0,),
) -> Snapshot:
    """Train for some minibatches and return the moment after the last.

    Args:
        recipe: what to train; 784-30-10 when left out.
        dataset: examples; a little set that fits the recipe when left out.
        steps: minibatches to train.
        example: which test example is focused.
        theta: parameters to show instead of the trained ones.
        watched: the two watched parameters; the first two when left out.
        playing: what the snapshot says of it.
        run: number of the run.
        evaluate_at: steps at which whole sets are evaluated, as well as after the last.
    """
    recipe = recipe or Recipe(dataset="tiny")
    dataset = dataset or make_dataset(recipe.layers[0], recipe.layers[-1])
    trainer = Trainer(recipe, dataset)
    history, trail = CostHistory(), Trail(recipe.parameters, recipe.dtype)
    evaluations: list[Evaluation] = []
    cost = float("nan")
    for step in range(1 if dataset.missing else steps + 1):
        if step:
            cost = trainer.step()
            history.extend([cost])
        if step == trail.next_step:
            trail.record(step, trainer.network.theta)
        if step in (*evaluate_at, steps) and (found := trainer.evaluate()) is not None:
            evaluations.append(found)
    gradient = trainer.gradient.copy()
    if theta is not None:
        trainer.network.theta[...] = theta
    return snapshot_of(
        trainer,
        history,
        example=example,
        run=run,
        playing=playing,
        minibatches_per_second=12_000.0 if playing else 0.0,
        gradient=gradient,
        minibatch_cost=cost,
        evaluations=tuple(evaluations),
        watched=watched or (0, 1),
    )
