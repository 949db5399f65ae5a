"""The curves over a line: what is answered, and what each hidden neuron has of it."""

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.measure.plane_map import PlaneMap
from nnviz.engine.network import views
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.views.plane.answer import Kind, Range, range_of
from nnviz.views.plane.state import INPUTS, OUTPUT
from nnviz.views.shared.plane import points_of, with_margin

ALONG = 240
"""Points of a curve."""
MOST_SHARES = 64
"""Most hidden neurons whose shares of a curve are shown."""
ROOM = 0.25
"""How far a curve's axis reaches beyond what is desired, as a share of that."""


@dataclass(frozen=True, slots=True, eq=False)
class CurvePicture:
    """Curves over a line.

    Attributes:
        x: (points,).
        curves: each output, or the one neuron that is shown, (curves, points).
        shares: w_j·a_j of the hidden neurons j before the output, (neurons, points).
        y: the numbers along the axis upwards.
        half: whether ½ is marked: it parts two classes.
    """

    x: Array
    curves: Array
    shares: Array
    y: Range
    half: bool


def line_of(snapshot: Snapshot) -> Array:
    """Return where the points of curves stand, (points,)."""
    sample = snapshot.sample
    some = sample is not None and len(sample.x)
    points = points_of(sample) if sample is not None and some else np.array([[0.0], [1.0]])
    ((low, high),) = with_margin(points)
    return np.linspace(low, high, ALONG, dtype=np.float32)


def curves_of(
    snapshot: Snapshot, mapped: PlaneMap, kind: Kind, layer: int, neuron: int
) -> CurvePicture:
    """Return the curves of the network's answer, or of one neuron, from what was worked out."""
    recipe, last = snapshot.recipe, len(snapshot.recipe.layers) - 1
    number = layer or last
    curves = mapped.x.T if layer == INPUTS else mapped.a[number - 1].T
    if layer != OUTPUT:
        curves = curves[neuron : neuron + 1]
    shares = np.zeros((0, ALONG), np.float32)
    if number == last and last > 1 and recipe.layers[last - 1] <= MOST_SHARES:
        w = views(recipe, snapshot.theta_used)[0][-1][:, neuron]
        shares = (mapped.a[-2] * w.astype(np.float32)).T
    return CurvePicture(
        line_of(snapshot),
        np.array(curves),
        shares,
        _upwards(snapshot, kind, number, neuron, curves),
        kind is Kind.TWO and number == last,
    )


def _upwards(snapshot: Snapshot, kind: Kind, number: int, neuron: int, curves: Array) -> Range:
    """Return the numbers along the axis of curves: what is desired, or what a neuron can say."""
    if number == len(snapshot.recipe.layers) - 1:
        wanted = range_of(snapshot, neuron) if kind is Kind.NUMBER else Range(0.0, 1.0)
    else:
        signed = number == INPUTS or ACTIVATIONS[snapshot.recipe.activations[number - 1]].signed
        top = float(np.nan_to_num(np.abs(curves), posinf=0).max())
        wanted = Range(-max(1.0, top) if signed else 0.0, max(1.0, top))
    room = ROOM * (wanted.high - wanted.low)
    return Range(wanted.low - room, wanted.high + room)
