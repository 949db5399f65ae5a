"""How good the network is beside the plane: the costs of training and test set so far."""

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.measure.measured import cost_text, short_text
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.views.plane import text

MOST = 300
"""Points of a curve: more than there are pixels for."""


@dataclass(frozen=True, slots=True, eq=False)
class Losses:
    """Costs over whole sets.

    Attributes:
        epochs: when they were measured, (n,).
        train, test: the costs then, (n,).
        wordings: what is said of the last of them, of training and test, the fullest first.
        captions: what the curves are, over which axes, the fullest first; all say when the last
            costs were measured, where that is not now.
    """

    epochs: Array
    train: Array
    test: Array
    wordings: tuple[tuple[str, str], ...]
    captions: tuple[str, ...]


def losses(snapshot: Snapshot) -> Losses | None:
    """Return the costs up to a moment, the last one always; None before the first."""
    found, measured = snapshot.evaluations, snapshot.measured
    if measured is None:
        return None
    kept = found[:: -max(1, -(-len(found) // MOST))][::-1]
    figures, targets = measured.figures, snapshot.description.targets
    sets = (text.TRAIN, figures.train), (text.TEST, figures.test)
    costs = [(name, cost_text(score.cost)) for name, score in sets]
    scores = [short_text(score, targets) for _, score in sets]
    train, test = (text.loss(*one, score) for one, score in zip(costs, scores, strict=True))
    short_train, short_test = (text.loss(*one, "") for one in costs)
    epochs = snapshot.epoch_layout.epochs([one.step for one in kept])
    return Losses(
        epochs,
        np.array([one.train_cost for one in kept]),
        np.array([one.test_cost for one in kept]),
        ((train, test), (short_train, short_test)),
        text.of_curves(float(epochs[-1]) if len(epochs) else 0.0, measured.as_of),
    )
