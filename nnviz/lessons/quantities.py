"""Quantities: what an expression can name of the net, with the engine's own number for each.

An index counts as the syllabus does: layer 0 is the input; neurons, inputs and outputs are
counted from 0, as in x[0] or w[1][0,2], the weight into neuron 0 of layer 1 from input 2.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.network import layer_views
from nnviz.engine.selection import Selection
from nnviz.lessons.observed import Observed
from nnviz.lessons.values import ExpressionError, Row

Index = Literal["input", "output", "layer", "deep", "neuron", "source"]
"""What an index counts: inputs, outputs, layers with the input or after it, neurons of the layer
that stands before it, neurons of the layer before that one."""
At = Sequence[int]


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """Something of the net that has an index.

    Attributes:
        indices: what each of its indices counts, in order.
        least: how many must be given; with fewer than all it is a row of numbers.
        sentence: what it is, for the author's help.
        read: returns it.
        thing: returns what is selected where it is named as a thing; None where it is none.
    """

    indices: tuple[Index, ...]
    least: int
    sentence: str
    read: Callable[[Observed, At], float | Row]
    thing: Callable[[Observed, At], Selection] | None = None


def check_indices(layers: Sequence[int], counted: Sequence[Index], at: At) -> None:
    """Refuse indices that a net of these layers does not have.

    Raises:
        ExpressionError: it has none such.
    """
    for place, index in enumerate(at):
        what = counted[place]
        least = 1 if what == "deep" else 0
        many = {
            "input": lambda: layers[0],
            "output": lambda: layers[-1],
            "layer": lambda: len(layers),
            "deep": lambda: len(layers),
            "neuron": lambda: layers[at[0]],
            "source": lambda: layers[at[0] - 1],
        }[what]()
        if not least <= index < many:
            name = {"deep": "layer", "source": "neuron"}.get(what, what)
            before = f" in layer {at[0]}" if what == "neuron" else ""
            before = f" in layer {at[0] - 1}" if what == "source" else before
            raise ExpressionError(
                f"the net {'-'.join(map(str, layers))} has no {name} {index}{before}: count from "
                f"{least} to {many - 1}."
            )


# -- what is read ----------------------------------------------------------------------------------


def _at(row: NDArray[np.floating], at: At) -> float | Row:
    values = np.asarray(row, np.float64)
    return float(values[at[0]]) if at else values


def _activation(seen: Observed, at: At) -> float | Row:
    return _at(seen.focus.x if at[0] == 0 else seen.focus.a[at[0] - 1], at[1:])


class _Parameters:
    """The reader of a vector laid out like theta: of weights (0) or biases (1)."""

    def __init__(self, of: Callable[[Observed], NDArray[np.floating]], which: int) -> None:
        self._of, self._which = of, which

    def __call__(self, seen: Observed, at: At) -> float | Row:
        part = layer_views(seen.layers, self._of(seen))[self._which][at[0] - 1]
        found = np.asarray(part.T[tuple(at[1:])], np.float64)
        return float(found) if found.ndim == 0 else found.ravel()


def _theta(seen: Observed) -> NDArray[np.floating]:
    return seen.snapshot.theta


def _slopes(seen: Observed) -> NDArray[np.floating]:
    return seen.slopes


def _slopes_of_one(seen: Observed) -> NDArray[np.floating]:
    return seen.slopes_of_one


def _nudges(seen: Observed) -> NDArray[np.floating]:
    entries = np.arange(seen.snapshot.recipe.parameters)
    return seen.moment.nudges(entries, seen.slopes)


def _weight(seen: Observed, at: At) -> Selection:
    return Selection.of_weight(seen.snapshot.recipe, at[0], at[2], at[1])


def _bias(seen: Observed, at: At) -> Selection:
    return Selection.of_weight(seen.snapshot.recipe, at[0], None, at[1])


def _neuron(_seen: Observed, at: At) -> Selection:
    return Selection("neuron", at[0], at[1])


def _input(_seen: Observed, at: At) -> Selection:
    return Selection("neuron", 0, at[0])


def _output(seen: Observed, at: At) -> Selection:
    return Selection("neuron", len(seen.layers) - 1, at[0])


_W: tuple[Index, ...] = ("deep", "neuron", "source")
_B: tuple[Index, ...] = ("deep", "neuron")

QUANTITIES: Mapping[str, Quantity] = {
    "x": Quantity(
        ("input",), 0, "an input of the example shown", lambda s, at: _at(s.focus.x, at), _input
    ),
    "y": Quantity(("output",), 0, "what is desired of an output", lambda s, at: _at(s.focus.y, at)),
    "ŷ": Quantity(("output",), 0, "an output", lambda s, at: _at(s.focus.a[-1], at), _output),
    "z": Quantity(
        _B, 1, "the weighted sum of a neuron", lambda s, at: _at(s.focus.z[at[0] - 1], at[1:])
    ),
    "a": Quantity(("layer", "neuron"), 1, "the activation of a neuron", _activation, _neuron),
    "δ": Quantity(
        _B, 1, "the error of a neuron, ∂C₀/∂z", lambda s, at: _at(s.focus.delta[at[0] - 1], at[1:])
    ),
    "w": Quantity(
        _W, 1, "a weight: layer, then target and source", _Parameters(_theta, 0), _weight
    ),
    "b": Quantity(_B, 1, "the bias of a neuron", _Parameters(_theta, 1), _bias),
    "dw": Quantity(
        _W, 1, "the slope of the cost along a weight, as Why? averages it", _Parameters(_slopes, 0)
    ),
    "db": Quantity(_B, 1, "the slope of the cost along a bias, likewise", _Parameters(_slopes, 1)),
    "dw0": Quantity(
        _W, 1, "the slope along a weight, of this example alone", _Parameters(_slopes_of_one, 0)
    ),
    "db0": Quantity(
        _B, 1, "the slope along a bias, of this example alone", _Parameters(_slopes_of_one, 1)
    ),
    "nudge_w": Quantity(_W, 1, "what a step adds to a weight", _Parameters(_nudges, 0)),
    "nudge_b": Quantity(_B, 1, "what a step adds to a bias", _Parameters(_nudges, 1)),
}
"""What has an index, by name."""
ALSO: Mapping[str, str] = {"inputs": "x", "yhat": "ŷ", "delta": "δ", "η": "eta", "C0": "cost"}
"""Other ways to write a name."""
