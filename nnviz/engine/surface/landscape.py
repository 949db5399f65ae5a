"""The cost surface: the live net's cost over a plane through its parameters.

A view asks with a `PlaneRequest` and is handed a `Landscape`; `survey` turns
the one into the other. The request's kind says which plane:

- PARAMETERS: `first` and `second` are two entries of theta; w1 and w2 are their
  values.
- RANDOM: two random directions decided by `seed`, normalised neuron by neuron;
  w1 and w2 are α and β of θ + α·d₁ + β·d₂, so the present is at (0, 0).
- PRINCIPAL: the same with the two principal components of the trail up to the
  present; `axes.explained` holds the share of each.
- LINE: only `first`: a slice C(w). `line` holds it with slope, tangent and the
  step; w2 is empty and cost has one column.

All kinds go through the present, `request.theta`, and are averaged over the
same fixed sample. Every point of the way in the request's trail has its nearest
one in the plane; without a trail the answer's path is the present alone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from nnviz.dataclass import dataclass
from nnviz.engine.batched.pair import Plane
from nnviz.engine.batched.sheet import Sheet
from nnviz.engine.explain.line import CostLine, explain_line
from nnviz.engine.network import Network
from nnviz.engine.ops import Array, frozen, same_bits
from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.history import TrailPoint
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.surface.directions import Axes, parameter_axes, principal_axes, random_axes
from nnviz.engine.surface.memory import Memory
from nnviz.engine.surface.path import Extent, PlanePath, fitting, lay_path, way_to


class Kind(StrEnum):
    """What a plane is spanned by."""

    PARAMETERS = "parameters"
    RANDOM = "random"
    PRINCIPAL = "principal"
    LINE = "line"


@dataclass(frozen=True, slots=True, eq=False)
class PlaneRequest:
    """Which surface is wanted.

    Attributes:
        generation: counts requests; a view waits for the answer to its last one.
        run: the run the parameters come from, as in `Snapshot.run`.
        recipe: of that run.
        step: minibatches done at theta.
        theta: all parameters at that moment, read-only, (parameters,).
        first, second: indices into theta of w1 and w2, for the kinds that have them.
        half_width: the grid reaches this far either side of the present along both axes.
        points: grid points along each side.
        sample: how many test examples the cost is averaged over.
        kind: what spans the plane.
        seed: decides random directions.
        trail: parameters on the way to theta, as `Snapshot.trail` has them.
        extent: which part of the plane instead of `half_width`.
        fit: True to cover the path; `half_width` is then the least, and `extent` is kept for
            as long as it fits.
        axes: the directions of an earlier answer, to be used again as they are.
        nudge: what the next step adds to the parameter of a LINE; −η·∂C/∂w without one.
    """

    generation: int
    run: int
    recipe: Recipe
    step: int
    theta: Array
    first: int
    second: int
    half_width: float
    points: int
    sample: int
    kind: Kind = Kind.PARAMETERS
    seed: int = 0
    trail: tuple[TrailPoint, ...] = ()
    extent: Extent | None = None
    fit: bool = False
    axes: Axes | None = None
    nudge: float | None = None

    def is_of(self, moment: Snapshot) -> bool:
        """Tell whether it goes through the network as it is at a moment, with the data it has."""
        return (
            (self.run, self.step) == (moment.run, moment.step)
            and self.recipe.dataset == moment.recipe.dataset
            and same_bits(self.theta, moment.theta)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """A computed surface.

    Attributes:
        request: what was asked.
        w1: values along the first axis, (points,).
        w2: values along the second, (points,); empty for a LINE.
        cost: cost[i, j] = C(w1[i], w2[j]), (points, points) float64; (points, 1) for a LINE.
        present: C at theta itself over the same sample.
        examples: how many examples the costs are averaged over.
        axes: the directions.
        extent: offsets from the present that the grid covers.
        path: the way to the present, seen from the plane.
        line: slope, tangent and step of a LINE.
    """

    request: PlaneRequest
    w1: Array
    w2: Array
    cost: Array
    present: float
    examples: int
    axes: Axes
    extent: Extent
    path: PlanePath
    line: CostLine | None = None

    def locate(self, theta: Array) -> tuple[NDArray[np.float64], float]:
        """Place parameters: coordinates in the units of w1 and w2, and the distance."""
        axes = self.axes
        with np.errstate(all="ignore"):
            at, distance = axes.nearest((theta - self.request.theta)[np.newaxis])
        return at[0] + _origin(axes, self.request.theta), float(distance[0])

    def place(self, theta: Array) -> NDArray[np.float64]:
        """Return the coordinates of parameters as `locate` does, (axes,), without the distance.

        Along two parameters that takes no more time for millions of them.
        """
        axes, origin = self.axes, self.request.theta
        with np.errstate(all="ignore"):
            if axes.indices:
                chosen = list(axes.indices)
                at = (theta[chosen] - origin[chosen]).astype(np.float64)
            else:
                at = axes.coordinates((theta - origin)[np.newaxis])[0]
        return np.asarray(at + _origin(axes, origin))


def survey(
    request: PlaneRequest,
    x: Array,
    y: Array,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _fraction: None,
    memory: Memory | None = None,
) -> Landscape | None:
    """Compute the mean cost on a grid in a plane through the present parameters.

    Args:
        request: which plane, how far and how fine; its theta is left alone.
        x: inputs of the examples, (n, inputs), n ≥ 1; of more than `request.sample` that
            many are taken, evenly spread.
        y: their desired outputs, (n, outputs).
        cancelled: asked every few milliseconds; True ends the work.
        progress: told about as often how much is done, 0..1.
        memory: what earlier surveys of the same examples found out; only used by one thread.

    Returns:
        The surface, its costs equal to `Network.cost` at the same parameters; None when
        cancelled.

    Raises:
        IndexError: theta has no such entry.
    """
    memory = memory if memory is not None else Memory()
    x, y = memory.sampled(request.recipe, x, y, request.sample)
    way = way_to(request.theta, request.step, request.trail)
    with np.errstate(all="ignore"):
        costs = memory.costs_of(request.recipe, way, request.trail, (x, y), cancelled)
        if costs is None:
            return None
        axes = _axes_of(request, way, memory)
        path = lay_path(axes, way, memory.parts_of(request.theta, way), costs)
        extent = request.extent or _around(request.half_width, axes.count)
        if request.fit:
            extent = fitting(path.at, request.half_width, request.extent)
        at = frozen(path.at + _origin(axes, request.theta))
        w1, w2 = (_values(request, axes, extent, axis) for axis in range(2))
        present, path = float(path.cost[-1]), replace(path, at=at)
        none = np.zeros((0, 0))
        surface = Landscape(request, w1, w2, none, present, len(x), axes, extent, path)
        if request.kind == Kind.LINE:
            return _line(surface, x, y)
        cost = _grid(surface, x, y, cancelled, progress)
    return None if cost is None else replace(surface, cost=frozen(cost))


def _axes_of(request: PlaneRequest, way: Sequence[TrailPoint], memory: Memory) -> Axes:
    if request.axes is not None:
        return request.axes
    match request.kind:
        case Kind.PARAMETERS:
            return parameter_axes(request.recipe, (request.first, request.second))
        case Kind.LINE:
            return parameter_axes(request.recipe, (request.first,))
        case Kind.RANDOM:
            return random_axes(request.recipe, request.theta, request.seed)
        case Kind.PRINCIPAL:
            offsets = memory.offsets_of(request.theta, way)
            axes = principal_axes(offsets[:-1], memory.axes.get(request.run))
            memory.axes = {request.run: axes}
            return axes


def _around(half_width: float, axes: int) -> Extent:
    return Extent((-half_width,) * axes, (half_width,) * axes)


def _origin(axes: Axes, theta: Array) -> NDArray[np.float64]:
    """Return the present's coordinates: its values where axes are parameters, else zeros."""
    if axes.indices:
        return theta[list(axes.indices)].astype(np.float64)
    return np.zeros(axes.count)


def _values(request: PlaneRequest, axes: Axes, extent: Extent, axis: int) -> Array:
    """Return the grid's values along an axis, (points,)."""
    if axis >= axes.count:
        return frozen(np.zeros(0, request.recipe.dtype))
    offsets = np.linspace(extent.low[axis], extent.high[axis], request.points)
    values = _origin(axes, request.theta)[axis] + offsets
    return frozen(values.astype(request.recipe.dtype))


def _grid(
    surface: Landscape,
    x: Array,
    y: Array,
    cancelled: Callable[[], bool],
    progress: Callable[[float], None],
) -> Array | None:
    """Compute the costs over the grid, (points, points) float64; None when cancelled."""
    request, axes = surface.request, surface.axes
    values = surface.w1, surface.w2
    total = np.zeros((len(values[0]), len(values[1])))
    parts: Iterable[tuple[int, slice, NDArray[np.float64]]]
    swapped = False
    if axes.indices:
        places = [locate(request.recipe, index) for index in axes.indices]
        # The outer loop runs over the parameter that stands first in the network.
        swapped = places[0].layer > places[1].layer
        outer, inner = sorted(zip(places, values, strict=True), key=lambda one: one[0].layer)
        plane = Plane(request.recipe, request.theta, outer, inner)
        count, whole = plane.parts(len(x)), slice(None)
        parts = ((row, whole, sums) for row, sums in plane.costs(x, y))
    else:
        sheet = Sheet(request.recipe, request.theta, axes.vectors, *values)
        count, parts = sheet.parts(len(x)), sheet.costs(x, y)
    costs = total.T if swapped else total
    for done, (row, columns, sums) in enumerate(parts):
        if cancelled():
            return None
        progress(done / count)
        costs[row, columns] += sums
    return total / len(x)


def _line(surface: Landscape, x: Array, y: Array) -> Landscape:
    request, extent = surface.request, surface.extent
    line = explain_line(
        Network(request.recipe, request.theta),
        x,
        y,
        request.first,
        half_width=max(-extent.low[0], extent.high[0]),
        points=request.points,
        nudge=request.nudge,
    )
    return replace(surface, w1=line.values, cost=line.costs[:, np.newaxis], line=line)
