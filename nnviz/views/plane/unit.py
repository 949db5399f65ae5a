"""A single unit over the plane: where its sum is 0, the normal of that line, and its equation."""

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.measure.plane_map import Plane
from nnviz.engine.network import views
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.views.plane import text
from nnviz.views.plane.answer import Kind, half_of, kind_of
from nnviz.views.plane.state import OUTPUT

SHORT, LONG = 0.08, 0.3
"""How long a normal is drawn at least and at most, as shares of the plane's side."""


@dataclass(frozen=True, slots=True)
class Normal:
    """The line on which a single unit's sum is 0, w·x + b = 0, and its normal w.

    Attributes:
        foot: the point of the line next to the middle of the plane.
        tip: where the normal ends that is drawn from there: w itself, as far as it has room.
    """

    foot: tuple[float, float]
    tip: tuple[float, float]


def _unit(snapshot: Snapshot, neuron: int) -> tuple[Array, float]:
    """Return weights and bias of a neuron of the first layer."""
    weights, biases = views(snapshot.recipe, snapshot.theta_used)
    return weights[0][:, neuron].astype(np.float64), float(biases[0][neuron])


def _is_point(snapshot: Snapshot) -> bool:
    """Tell whether the inputs are the coordinates themselves, and nothing else."""
    features = snapshot.description.features
    return features is None or features.names == ("x1", "x2")[: features.coordinates]


def normal(snapshot: Snapshot, plane: Plane, neuron: int, level: float) -> Normal | None:
    """Return the line and the normal of a neuron of the first layer; None where there is none."""
    if not _is_point(snapshot):
        return None
    w, b = _unit(snapshot, neuron)
    length = float(np.hypot(*w))
    if not (np.isfinite(length) and length > 0 and np.isfinite(b)):
        return None
    middle = np.array([plane.left + plane.right, plane.bottom + plane.top]) / 2
    foot = middle - w * ((w @ middle + b - level) / length**2)
    span = min(plane.right - plane.left, plane.top - plane.bottom)
    tip = foot + w / length * np.clip(length, SHORT * span, LONG * span)
    (x, y), (to_x, to_y) = foot.tolist(), tip.tolist()
    return Normal((x, y), (to_x, to_y))


def equation(snapshot: Snapshot, layer: int, neuron: int) -> str:
    """Return a first neuron's sum in numbers, where that is what is shown; "" for others."""
    last = len(snapshot.recipe.layers) - 1
    if (layer or last) != 1 or (layer == OUTPUT and snapshot.recipe.layers[-1] > 1):
        return ""
    w, b = _unit(snapshot, neuron)
    number = kind_of(snapshot) is Kind.NUMBER and last == 1
    level = half_of(snapshot.recipe.activations[0]) if last == 1 and not number else 0.0
    if level is None:
        return ""
    return text.equation(snapshot, w.tolist(), b, None if number else level)
