"""What the tests of every view share: real snapshots of a really trained little net."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.dataset import Dataset, one_hot
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.history import CostHistory, Trail
from nnviz.engine.run.snapshot import Snapshot, focus_on
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.trainer import Trainer
from nnviz.views.surface3d import framebuffer as relief_buffer


@pytest.fixture(autouse=True)
def _smooth_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, the same scene has the same pixels."""
    monkeypatch.setattr(relief_buffer, "BUDGET", float("inf"))


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
    evaluations: list[Evaluation | None] = []
    cost = float("nan")
    for step in range(steps + 1):
        if step:
            cost = trainer.step()
            history.extend([cost])
        if step == trail.next_step:
            trail.record(step, trainer.network.theta)
        if step in (*evaluate_at, steps):
            evaluations.append(trainer.evaluate())
    if theta is not None:
        trainer.network.theta[...] = theta
    pair = watched or (0, 1)
    path = trail.path_to(steps, trainer.network.theta, pair)
    shown = trainer.network.theta.copy()
    for array in (shown, path):
        array.flags.writeable = False
    return Snapshot(
        run=run,
        recipe=recipe,
        step=trainer.steps,
        epoch=trainer.epoch,
        minibatches_per_epoch=trainer.minibatches_per_epoch,
        playing=playing,
        minibatches_per_second=12_000.0 if playing else 0.0,
        theta=shown,
        gradient=trainer.gradient,
        minibatch_cost=cost,
        focus=focus_on(trainer.network, example, dataset.x_test[example], dataset.y_test[example]),
        curve=history.curve(),
        evaluations=tuple(found for found in evaluations if found is not None),
        class_names=dataset.class_names,
        image_shape=dataset.image_shape,
        watched=pair,
        path=path,
        description=dataset.description,
    )


@pytest.fixture(name="make_snapshot")
def _make_snapshot() -> Callable[..., Snapshot]:
    """`make_snapshot`, for tests to ask for by name (test folders are no packages)."""
    return make_snapshot


@pytest.fixture(name="make_dataset")
def _make_dataset() -> Callable[..., Dataset]:
    """`make_dataset`, for tests to ask for by name."""
    return make_dataset


@pytest.fixture(name="with_theta")
def _with_theta() -> Callable[[Snapshot, np.ndarray], Snapshot]:
    """Give a function that shows other parameters in a snapshot, activations included."""

    def with_theta(snapshot: Snapshot, theta: np.ndarray) -> Snapshot:
        changed = np.array(theta, dtype=snapshot.recipe.dtype)
        moment = replace(snapshot, theta=changed)
        focus = snapshot.focus
        return replace(moment, focus=focus_on(moment.network(), focus.index, focus.x, focus.y))

    return with_theta
