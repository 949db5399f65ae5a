"""The nets of a lesson: what each of its scenes begins with, as far as that is known without a run.

A check evaluates every expression of a scene on its net, so that an index or a name that the net
lacks is found without training anything.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset
from nnviz.data.loading import load_dataset
from nnviz.dataclass import dataclass
from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.history import CostHistory
from nnviz.engine.run.snapshot import Snapshot, focus_on
from nnviz.engine.run.start import start_recipe
from nnviz.engine.training.examples import check
from nnviz.lessons.examples import load_example
from nnviz.lessons.lesson import Changes, Start
from nnviz.lessons.observed import Observed
from nnviz.messages.ui_state import UiState

RecipeOfSession = Callable[[Path], Recipe]


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """A net with one example to show.

    Attributes:
        recipe: of its run.
        theta: its parameters.
        x, y: the example; zeros where it is none that a lesson names.
        dataset: what it is trained on; None where nobody has looked.
    """

    recipe: Recipe
    theta: NDArray[np.floating[Any]]
    x: NDArray[np.floating[Any]]
    y: NDArray[np.floating[Any]]
    dataset: Dataset | None = None

    def observed(self, memory: Mapping[str, Any], answer: Any = None) -> Observed:
        """Return it as expressions look at it, at step 0."""
        network = Network(self.recipe, self.theta)
        snapshot = Snapshot(
            run=0,
            recipe=self.recipe,
            step=0,
            epoch=0.0,
            minibatches_per_epoch=1,
            playing=False,
            minibatches_per_second=0.0,
            theta=network.theta,
            gradient=np.zeros_like(network.theta),
            minibatch_cost=float("nan"),
            focus=focus_on(network, 0, self.x, self.y),
            curve=CostHistory().curve(),
            evaluations=(),
            class_names=(),
            image_shape=None,
            watched=(0, 1),
        )
        return Observed(snapshot, UiState(), (), memory, answer)


def net_of(start: Start, of_session: RecipeOfSession | None = None) -> Net | None:
    """Return the net that a lesson starts with; None where it is in a session nobody can read.

    Raises:
        NnvizError: there is no such net, as its recipe is impossible or does not fit its data, or
            these are not there.
    """
    if start.example:
        return _of_example(start.example)
    if start.session is not None:
        return None if of_session is None else _of_recipe(of_session(start.session))
    return _of_fields(start.recipe)


def net_after(net: Net, changes: Changes) -> Net:
    """Return the net with which a scene goes on.

    Raises:
        NnvizError: there is no such net.
    """
    if changes.example:
        net = _of_example(changes.example)
    if not changes.recipe:
        return net
    if "dataset" in changes.recipe:  # other data: nothing of the net before suits them
        return _of_fields(changes.recipe)
    recipe = replace(net.recipe, **changes.recipe)
    if net.dataset is not None:
        check(recipe, net.dataset)
    same = (recipe.layers, recipe.dtype) == (net.recipe.layers, net.recipe.dtype)
    return replace(net, recipe=recipe) if same else _of_recipe(recipe, net.dataset)


def _of_fields(fields: Mapping[str, Any]) -> Net:
    """Return the net that a data set is started with, with these fields in place of its own."""
    dataset = load_dataset(fields["dataset"], later=True)
    recipe = replace(start_recipe(dataset), **fields)
    check(recipe, dataset)
    return _of_recipe(recipe, dataset)


def _of_example(id: str) -> Net:
    example = load_example(id)
    x, y = example.dataset.x_test[example.focus], example.dataset.y_test[example.focus]
    return Net(example.recipe, example.theta, x, y, example.dataset)


def _of_recipe(recipe: Recipe, dataset: Dataset | None = None) -> Net:
    network, layers = Network(recipe), recipe.layers
    zeros = np.zeros(layers[0] + layers[-1], network.theta.dtype)
    return Net(recipe, network.theta, zeros[: layers[0]], zeros[layers[0] :], dataset)
