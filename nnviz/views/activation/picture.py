"""What the activation functions show of one moment: curves, a point with its slope, a layer."""

import math

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.activation_curve import Saturation, saturation
from nnviz.engine.activations import ACTIVATIONS, Activation
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.names import output_name
from nnviz.engine.run.snapshot import Snapshot, with_own
from nnviz.engine.selection import Selection
from nnviz.views.activation import text
from nnviz.views.activation.curves import Shown, beside, shown
from nnviz.views.activation.layer import LayerSums, layer_of, silent_examples
from nnviz.views.activation.state import ActivationState

REACH = 6.0
"""How far z reaches at least, either way."""
ROOM = 0.06
"""Share of the values' range kept free above and below them."""
MOST_BARS = 12
"""Most neurons that have a bar; of more the largest have."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One neuron of a layer that mixes them: its number, its name and its activation."""

    neuron: int
    name: str
    a: float


@dataclass(frozen=True, slots=True, eq=False)
class ActivationPicture:
    """What is shown of one moment.

    Attributes:
        first: the function.
        second: the one that is compared with it, or None.
        reach: z goes from minus this to this.
        heights, slopes: least and largest f and f′ that have room.
        faded: where the first is saturated, within reach.
        layer: the layer that is looked at, or None where there is no net.
        ticks: the sums of its neurons within reach, (n,); `neurons` says which, (n,).
        marks: what is said of them, the fullest wording first; empty where there are none.
        bars: its activations where they are mixed.
        live: whether the point is the selected neuron's own.
        said: what is said of the point, the fullest wording first.
        facts: what is said of the function, likewise.
        subject: what the range belongs to.
        own: the function of the layer that is looked at.
        snapshot: the moment.
    """

    first: Shown
    second: Shown | None
    reach: float
    heights: tuple[float, float]
    slopes: tuple[float, float]
    faded: tuple[tuple[float, float], ...]
    layer: LayerSums | None
    ticks: Array
    neurons: NDArray[np.intp]
    marks: tuple[str, ...]
    bars: tuple[Bar, ...]
    live: bool
    said: tuple[str, ...]
    facts: tuple[str, ...]
    subject: object
    own: Activation
    snapshot: Snapshot | None

    def tip(self, neuron: int) -> str:
        """Say which neuron a mark is."""
        if self.snapshot is None or self.layer is None:
            return ""
        return text.tick_tip(self.snapshot, self.layer, neuron)


def picture(
    snapshot: Snapshot | None,
    state: ActivationState,
    selection: Selection | None = None,
    drawing: Array | None = None,
    before: ActivationPicture | None = None,
) -> ActivationPicture:
    """Return what is to be shown; the range stays that of before while it has room for all."""
    if snapshot is not None:
        snapshot = with_own(snapshot, drawing)
    layer = None if snapshot is None else layer_of(snapshot, selection)
    own = ACTIVATIONS[Recipe().activations[0]] if layer is None else layer.activation
    entry = ACTIVATIONS.get(state.shown, own)
    second = ACTIVATIONS.get(state.second)
    live = state.z is None and layer is not None and layer.known and layer.neuron >= 0
    z = state.z
    if live and layer is not None:
        z = float(layer.z[layer.neuron])
    subject = None if snapshot is None or layer is None else (snapshot.run, layer.number)
    sums = np.zeros(0) if layer is None else layer.z
    reach = _reach(sums, z, before if before is not None and before.subject == subject else None)
    first = shown(entry, layer, z, reach, live=live)
    other = None if second is None else shown(second, layer, z, reach, live=live)
    drawn = [first] if other is None else [first, other]
    inside = np.flatnonzero(np.abs(sums) <= reach)
    found = saturation(entry, *beside(entry, layer))
    silent = (0, 0)
    if live and snapshot is not None and layer is not None and entry is layer.activation:
        dumb = bool(entry.undying) and not float(layer.a[layer.neuron])
        silent = silent_examples(snapshot, layer.number, layer.neuron) if dumb else silent
    return ActivationPicture(
        first,
        other,
        reach,
        _room([each.curve.a for each in drawn]),
        _room([each.curve.slope for each in drawn]),
        tuple(
            (max(low, -reach), min(high, reach))
            for low, high in found.intervals
            if low < reach and high > -reach
        ),
        layer,
        sums[inside].astype(np.float64),
        inside,
        _marks(layer, entry, found),
        _bars(snapshot, layer, entry, z),
        live,
        text.point(snapshot, layer, first, other, found, live=live, silent=silent),
        text.facts(entry, found, own=entry is own and layer is not None),
        subject,
        own,
        snapshot,
    )


def _reach(sums: Array, z: float | None, before: ActivationPicture | None) -> float:
    """Return how far z goes either way: a round number that has room for all that are finite."""
    sizes = np.abs(sums[np.isfinite(sums)].astype(np.float64))
    needed = max(float(sizes.max(initial=0.0)), abs(z) if z is not None else 0.0, REACH)
    if not math.isfinite(needed):
        needed = REACH
    if before is not None and needed <= before.reach <= 4 * needed:
        return before.reach
    if needed <= REACH:
        return REACH
    power = 10.0 ** math.floor(math.log10(needed))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= needed * 0.999999)


def _room(values: list[Array]) -> tuple[float, float]:
    """Return the least and the largest of some values, 0 among them, with room around them."""
    finite = np.concatenate([each[np.isfinite(each)] for each in values])
    low, high = min(float(finite.min(initial=0.0)), 0.0), float(finite.max(initial=0.0))
    if not high > low:
        high = low + 1.0
    room = ROOM * (high - low)
    return low - room, high + room


def _marks(layer: LayerSums | None, entry: Activation, found: Saturation) -> tuple[str, ...]:
    """Say how many neurons of a layer are saturated, if each has a curve of its own."""
    if layer is None or not layer.known:
        return ()
    lost = None if entry.output_only else int(found.holds(layer.z).sum())
    return text.marks(layer, lost)


def _bars(
    snapshot: Snapshot | None, layer: LayerSums | None, entry: Activation, z: float | None
) -> tuple[Bar, ...]:
    """Return the activations of a layer that mixes its neurons, with the selected one at z."""
    if snapshot is None or layer is None or not layer.known or entry is not layer.activation:
        return ()
    if not entry.output_only:
        return ()
    sums = layer.z.astype(np.float64)[np.newaxis].copy()
    a = layer.a.astype(np.float64)
    if z is not None:
        sums[0, max(layer.neuron, 0)] = z
        out = np.empty_like(sums)
        with np.errstate(all="ignore"):
            entry.function(sums, out)
        a = out[0]
    largest = np.sort(np.argsort(-a, kind="stable")[:MOST_BARS])
    if layer.neuron >= 0 and layer.neuron not in largest:
        largest = np.sort(np.append(largest[:-1], layer.neuron))
    return tuple(Bar(int(j), output_name(snapshot, int(j)), float(a[j])) for j in largest)
