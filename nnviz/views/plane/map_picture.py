"""The map of the plane: a shade for every point, and where the answer changes."""

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.measure.plane_map import Plane, PlaneMap
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.views.plane.answer import HALF, Kind, Range, half_of, margins, range_of, winners
from nnviz.views.plane.state import INPUTS, OUTPUT
from nnviz.views.plane.unit import Normal, normal
from nnviz.views.shared.level_lines import level_lines
from nnviz.views.shared.plane import plane_of

SIDE = 100
"""Points along each side of a map."""
MOST_NUMBERS = 2_000_000
"""Most outputs computed for a map; those of larger networks are coarser."""
SHADES = 255
"""Shades of a map of one number; 0 is the lowest."""
FAR = 1e30
"""Sums beyond which it makes no difference how large they are."""
NO_LINES = np.zeros((0, 2, 2))


@dataclass(frozen=True, slots=True, eq=False)
class MapPicture:
    """A map of the plane.

    Attributes:
        plane: what is mapped.
        kind: what colours say.
        scale: the numbers that the shades reach from and to.
        codes: the shade of each point, (side, side), rows from the top; of several classes the
            class and its share, see `shade_of`.
        lines: pieces of where the answer changes, (pieces, 2 ends, 2): shares of the way to the
            right and upwards.
        normal: of a single unit.
    """

    plane: Plane
    kind: Kind
    scale: Range
    codes: NDArray[np.uint8]
    lines: Array
    normal: Normal | None


def side_for(layers: tuple[int, ...]) -> int:
    """Return the points along a side of a network's map."""
    return int(min(SIDE, max(8, np.sqrt(MOST_NUMBERS / max(1, sum(layers[1:]))))))


def shade_of(classes: int) -> int:
    """Return how many shades each of so many classes has; class c has those from c times that."""
    return max(1, (SHADES + 1) // max(classes, 1))


def map_of(snapshot: Snapshot, mapped: PlaneMap, kind: Kind, layer: int, neuron: int) -> MapPicture:
    """Return the map of the network's answer, or of one neuron, from what was worked out."""
    recipe, plane = snapshot.recipe, plane_of(snapshot)
    side, last = side_for(recipe.layers), len(recipe.layers) - 1
    if layer == OUTPUT and kind is Kind.CLASSES:
        a = mapped.a[-1]
        classes = a.shape[1]
        best, share = winners(a)
        shades = shade_of(classes)
        strength = np.clip((share - 1 / classes) / (1 - 1 / classes), 0, 1)
        codes = best * shades + np.round(strength * (shades - 1)).astype(np.intp)
        ahead = margins(a).T.reshape(classes, side, side)
        found = [_crossing(field, 0.0) for field in ahead] if classes > 2 else []
        lines = np.concatenate(found) if found else _crossing(ahead[0], 0.0)
        shown = codes.astype(np.uint8).reshape(side, side)
        return MapPicture(plane, kind, Range(0.0, 1.0), shown, lines, None)
    number = layer or last
    if layer == INPUTS:
        z = a = mapped.x[:, neuron]
    else:
        z, a = (part[number - 1][:, neuron] for part in (mapped.z, mapped.a))
    colours, scale = _scale(snapshot, kind, layer, neuron, a)
    codes = np.round(np.clip(scale.share(a), 0, 1) * (SHADES - 1)).astype(np.uint8)
    level = half_of(recipe.activations[-1]) if number == last and kind is not Kind.NUMBER else 0.0
    if colours is Kind.NUMBER:
        lines = NO_LINES
    elif level is None:
        lines = _crossing(a.reshape(side, side), HALF)
    else:
        lines = _crossing(z.reshape(side, side), level)
    line = None
    if number == 1 and level is not None and colours is not Kind.NUMBER:
        line = normal(snapshot, plane, neuron, level)
    return MapPicture(plane, colours, scale, codes.reshape(side, side), lines, line)


def _scale(snapshot: Snapshot, kind: Kind, layer: int, neuron: int, a: Array) -> tuple[Kind, Range]:
    """Return what the colours of one neuron's map say, and the numbers they reach from and to."""
    last = len(snapshot.recipe.layers) - 1
    if layer in (OUTPUT, last) and kind is Kind.NUMBER:
        return Kind.NUMBER, range_of(snapshot, neuron)
    if layer in (OUTPUT, last):
        return Kind.TWO, Range(0.0, 1.0)
    with np.errstate(all="ignore"):
        largest = max(1.0, float(np.abs(np.nan_to_num(a, posinf=0, neginf=0)).max()))
    if layer == INPUTS or ACTIVATIONS[snapshot.recipe.activations[layer - 1]].signed:
        return Kind.SIGNED, Range(-largest, largest)
    return Kind.PLAIN, Range(0.0, largest)


def _crossing(field: Array, level: float) -> Array:
    """Return where a field (side, side), rows from the top, crosses a level: pieces as shown."""
    side = len(field)
    field = np.clip(np.nan_to_num(field), -FAR, FAR)
    pieces, _ = level_lines(field, np.array([level], field.dtype))
    # Points of the field are the middles of pixels.
    place = (pieces * (side - 1) + 0.5) / side
    return np.stack((place[..., 1], 1 - place[..., 0]), axis=-1)
