"""What a network's outputs mean: the name of a class, or numbers in the unit of the file.

Of digits there is besides how much a reading deserves trust.
"""

from collections.abc import Sequence
from math import isfinite
from typing import Any

import numpy as np

from nnviz.data.description import DataDescription
from nnviz.dataclass import dataclass
from nnviz.engine.measure.answer import UNDECIDED, UNKNOWN_DIGIT, answer, class_name, how_sure
from nnviz.engine.measure.trust import Trust
from nnviz.engine.network import Network
from nnviz.engine.ops import Array
from nnviz.numbers import percent, write

UNREAD = "?"
"""Stands in a number for a digit that is not decided, or none."""


@dataclass(frozen=True, slots=True)
class Said:
    """What outputs mean.

    Attributes:
        read: the name of the class, or the number in the unit of the file, by column where there
            are several; None where it is none.
        decided: False where the outputs are those of classes and none stands out.
        words: the same for people.
    """

    read: Any
    decided: bool
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """What is read in one row of inputs.

    Attributes:
        said: what the outputs mean.
        outputs: the network's own, (outputs,).
        trust: how likely the reading is right, 0..1, and 0 for what is no digit; None where
            nobody can say.
    """

    said: Said
    outputs: Array
    trust: float | None

    @property
    def words(self) -> str:
        """What is read, and how much that deserves trust, for people."""
        words = self.said.words
        if self.trust is None:
            return words
        if not self.trust:
            return f"{UNKNOWN_DIGIT}   (read as {words})"
        return f"{words}   trust {percent(self.trust)}"

    def fields(self) -> dict[str, Any]:
        """Return the same as a line of JSON tells it."""
        finite = [float(a) if isfinite(a) else None for a in self.outputs]
        told = {"read": self.said.read, "decided": self.said.decided, "outputs": finite}
        if self.trust is not None:
            told |= {"known": self.trust > 0, "trust": self.trust}
        return told


def predictions(
    network: Network, x: Array, description: DataDescription, trust: Trust | None
) -> list[Prediction]:
    """Let a network read rows of inputs, (n, inputs)."""
    outputs, activation = network.predict(x), network.recipe.output_activation
    trusts = [None] * len(x) if trust is None else trust.of(x, outputs).tolist()
    return [
        Prediction(said_of(row, description, activation), row, trusted)
        for row, trusted in zip(outputs, trusts, strict=True)
    ]


def number(digits: Sequence[Prediction]) -> str:
    """Return the number that several digits make up."""
    return "".join(
        str(one.said.read) if one.said.decided and one.trust != 0 else UNREAD for one in digits
    )


def said_of(outputs: Array, description: DataDescription, activation: str) -> Said:
    """Say what the outputs for one example, (outputs,), mean after this activation."""
    targets, names = description.targets, description.class_names
    if not np.isfinite(outputs).all():
        return Said(None, decided=False, words="nothing, because not every output is a number")
    if not names and len(targets) == len(outputs):
        values = [column.to_file(float(a)) for column, a in zip(targets, outputs, strict=True)]
        words = ", ".join(
            f"{column.bare_name} {write(value)} {column.unit}".rstrip()
            for column, value in zip(targets, values, strict=True)
        )
        by_name = {column.name: value for column, value in zip(targets, values, strict=True)}
        return Said(values[0] if len(values) == 1 else by_name, decided=True, words=words)
    found = answer(outputs)
    words = f"{found.name(names)}   {how_sure(found, activation)}"
    if not found.decided:
        words = f"{UNDECIDED}, {found.why_undecided(names)}   {how_sure(found, activation)}"
    return Said(class_name(found.best, names), found.decided, words)
