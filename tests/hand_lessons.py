"""Lessons for measuring: writers who keep their ways, and the start net that is taught a hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.data.dataset import Dataset
from nnviz.engine import Network, Trainer, start_recipe
from nnviz.engine.taught import NONE, drawing, with_drawings
from nnviz.engine.training.state import State
from tests.data.strangers import stranger

EACH = 3
CROWD = 60


@dataclass(frozen=True)
class Writer:
    """A stranger's digits: (30, 784) that are taught and others, with their labels."""

    taught: np.ndarray
    taught_labels: np.ndarray
    others: np.ndarray
    labels: np.ndarray

    @classmethod
    def number(cls, seed: int, others: int = 30) -> "Writer":
        """Meet a writer who writes three of each digit, and so many others of each."""
        drawn = stranger(EACH + others, seed)
        x = drawn.images.reshape(len(drawn.images), -1).astype(np.float32)
        cut = 10 * EACH
        return cls(x[:cut], drawn.labels[:cut], x[cut:], drawn.labels[cut:])

    def read_by(self, network: Network) -> float:
        """Return the share of what was not taught that is read right."""
        return right(network, self.others, self.labels)

    def as_text(self) -> str:
        """Return the hand as a recipe holds it."""
        pairs = zip(self.taught_labels.tolist(), self.taught, strict=True)
        return with_drawings(NONE, [drawing(label, image) for label, image in pairs])


def right(network: Network, x: np.ndarray, labels: np.ndarray) -> float:
    """Return the share read right."""
    return float((network.predict(x).argmax(axis=1) == labels).mean())


def trained(dataset: Dataset, steps: int) -> Trainer:
    """Return the start net after so many minibatches."""
    trainer = Trainer(start_recipe("digits"), dataset)
    train_to(trainer, steps)
    return trainer


def train_to(trainer: Trainer, step: int) -> None:
    """Train on."""
    while trainer.steps < step:  # an epoch's end ends a call
        trainer.train(lambda: trainer.steps < step, [])


def half_awkward(network: Network, count: int) -> list[Writer]:
    """Return writers of a crowd: those that are read worst, and every so manieth of the rest."""
    crowd = [Writer.number(seed) for seed in range(max(CROWD, 2 * count))]
    order = np.argsort([writer.read_by(network) for writer in crowd])
    worst = count // 2
    rest = order[worst :: (len(order) - worst) // (count - worst)][: count - worst]
    return [crowd[place] for place in (*order[:worst], *rest)]


def lesson(
    trainer: Trainer, start: State, writer: Writer | None, marks: Sequence[int]
) -> Iterator[Network]:
    """Yield the net at each mark after a lesson, without one for None."""
    trainer.restore(start)
    if writer is not None:
        trainer.change("taught", writer.as_text())
    for mark in marks:
        train_to(trainer, start.steps + mark)
        yield trainer.network
