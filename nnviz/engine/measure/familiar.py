"""Familiarity: whether a picture has the shape of a digit at all.

A network has an output for each digit and none for anything else: it calls a house an 8. So a
small network of its own looks at the edges of a picture and tells the ten digits from a
background that nnviz makes up. It knows the data, not the network that is judged; where it
draws the line is chosen on training examples that it did not learn from.
"""

import threading
from collections.abc import Callable
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from nnviz.data.dataset import Dataset, one_hot
from nnviz.data.description import INK, DataDescription
from nnviz.data.handwriting import SIDE
from nnviz.data.idx import CLASSES, DIGITS
from nnviz.dataclass import dataclass
from nnviz.engine.measure.background import background
from nnviz.engine.measure.edges import FEATURES, edges_of
from nnviz.engine.network import Network
from nnviz.engine.ops import Array, frozen
from nnviz.engine.recipe import Recipe
from nnviz.engine.training.scores import classes_read
from nnviz.engine.training.trainer import Trainer

LOSS = 0.015
"""Share of true digits that are turned away."""
LEAST = 400
"""Digits below which nobody can say what they are like."""
LEARNED, HELD_OUT = 6000, 2000
"""Most digits that it learns from, and that the line is chosen on."""
EPOCHS = 6
RECIPE = Recipe(
    layers=(FEATURES, 64, CLASSES + 1),
    activation="relu",
    output_activation="softmax",
    cost="categorical_cross_entropy",
    optimiser="adam",
    learning_rate=0.002,
    batch_size=100,
    initialiser="he",
)
_SEED = 20_261_129


@dataclass(frozen=True, slots=True, eq=False)
class Familiarity:
    """What a data set's digits look like.

    Attributes:
        mean: the edges of the mean digit, (features,) float32.
        scale: what edges are divided by after the mean is taken away.
        network: has an output for each digit and a last one for the background.
        limit: the strangeness beyond which a picture is no digit.
    """

    mean: NDArray[np.float32]
    scale: float
    network: Network
    limit: float

    def strangeness(self, x: Array) -> NDArray[np.float64]:
        """Return of pictures x, (n, 784), the log odds that they are background, (n,)."""
        inputs = (edges_of(x) - self.mean) / np.float32(self.scale)
        p = self.network.predict(inputs).astype(np.float64) + 1e-12
        return np.asarray(np.log(p[:, -1]) - np.log(p[:, :-1].sum(axis=1)))

    def knows(self, x: Array) -> NDArray[np.bool_]:
        """Tell of pictures x, (n, 784), whether they have the shape of a digit, (n,)."""
        return np.asarray(self.strangeness(x) <= self.limit)


def holds_digits(description: DataDescription) -> bool:
    """Tell whether examples are digits as the pad prepares them."""
    rule = description.pictures
    ink = rule is not None and rule.way == INK
    return ink and (description.class_names, description.image_shape) == (DIGITS, (SIDE, SIDE))


def familiarity(
    dataset: Dataset, between: Callable[[], object] = lambda: None
) -> Familiarity | None:
    """Return what a data set's digits look like, worked out once, which takes seconds.

    None where its examples are anything else, or too few. Any thread may ask. `between` is called
    now and then on the way: what it raises ends the work, and nothing is kept of it.
    """
    if not holds_digits(dataset.description) or len(dataset.train_inputs) < LEAST:
        return None
    with _lock:
        if dataset not in _learnt:
            _learnt[dataset] = learn(dataset, between)
        return _learnt[dataset]


def known_in_test_set(dataset: Dataset) -> NDArray[np.bool_]:
    """Tell which test examples have a digit's shape, (m,) read-only, worked out once.

    All do where `familiarity` says nothing.
    """
    found = familiarity(dataset)
    with _lock:
        if dataset not in _known:
            x = dataset.x_test
            _known[dataset] = frozen(np.ones(len(x), bool) if found is None else found.knows(x))
        return _known[dataset]


_learnt: WeakKeyDictionary[Dataset, Familiarity] = WeakKeyDictionary()
_known: WeakKeyDictionary[Dataset, NDArray[np.bool_]] = WeakKeyDictionary()
_lock = threading.Lock()


def learn(dataset: Dataset, between: Callable[[], object] = lambda: None) -> Familiarity:
    """Learn what digits look like, from some of the training examples; see `familiarity`."""
    count = len(dataset.train_inputs)
    held_out = min(HELD_OUT, count // 4)
    rows = np.random.default_rng(_SEED).permutation(count)[: LEARNED + held_out]
    x, labels = dataset.train_inputs[rows], classes_read(dataset.y_train[rows])
    learned, labels = x[held_out:], labels[held_out:]
    between()
    other = background(learned, labels)
    between()
    edges = edges_of(np.concatenate((learned, other)))
    mean = frozen(edges[: len(learned)].mean(axis=0))
    scale = float(edges[: len(learned)].std()) or 1.0
    places = np.concatenate((labels, np.full(len(other), CLASSES)))
    network = _trained((edges - mean) / np.float32(scale), one_hot(places, CLASSES + 1), between)
    found = Familiarity(mean, scale, network, np.inf)
    limit = float(np.quantile(found.strangeness(x[:held_out]), 1 - LOSS))
    return Familiarity(mean, scale, network, limit)


def _trained(
    x: NDArray[np.float32], y: NDArray[np.float32], between: Callable[[], object]
) -> Network:
    trainer = Trainer(RECIPE, Dataset("edges", x, y, x[:1], y[:1], (*DIGITS, "background")))
    for _ in range(EPOCHS):
        between()
        for _ in range(-(-len(x) // RECIPE.batch_size)):
            trainer.step()
    return trainer.network
