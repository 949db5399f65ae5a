"""What the plane view shows of one moment: a map or curves, the examples, and how good it is."""

import numpy as np

from nnviz.data.description import Column
from nnviz.dataclass import dataclass
from nnviz.engine.measure.plane_map import PlaneMap
from nnviz.engine.network import Network
from nnviz.engine.run.snapshot import OWN, Array, Snapshot
from nnviz.numbers import style
from nnviz.views.plane import text
from nnviz.views.plane.answer import Kind, kind_of
from nnviz.views.plane.curve_picture import CurvePicture, curves_of, line_of
from nnviz.views.plane.drawing import HandMade, hand_made_of
from nnviz.views.plane.examples import Points, example_of, examples_of
from nnviz.views.plane.map_picture import MapPicture, map_of, side_for
from nnviz.views.plane.state import INPUTS, OUTPUT, PlaneState, is_neuron
from nnviz.views.plane.unit import equation
from nnviz.views.shared.plane import plane_of


@dataclass(frozen=True, slots=True, eq=False)
class PlanePicture:
    """What is shown of one moment.

    Attributes:
        moment: what all this depends on.
        field: the map or the curves; None where the inputs are no points of a plane or a line.
        mapped: the buffers that it was worked out in, for the next moment.
        chosen: layer and neuron that are shown, as `PlaneState` has them.
        title: what is shown, in words.
        kind: what is asked of the network.
        class_names: of the classes; empty for numbers.
        names: of both axes.
        columns: how the numbers along the axes follow from coordinates; None where they are these.
        train, test: examples; None where nobody has them.
        example: where the example in focus lies; None where nobody knows.
        equation: of a single unit, in numbers; "" for none.
        done: what hands have done to the points; None where nothing can be.
        hint: what to do where nothing can be learned yet; "" elsewhere.
    """

    moment: tuple[object, ...]
    field: MapPicture | CurvePicture | None = None
    mapped: tuple[object, PlaneMap] | None = None
    chosen: tuple[int, int] = (OUTPUT, 0)
    title: str = ""
    kind: Kind = Kind.NUMBER
    class_names: tuple[str, ...] = ()
    names: tuple[str, str] = ("", "")
    columns: tuple[Column | None, Column | None] = (None, None)
    train: Points | None = None
    test: Points | None = None
    example: tuple[float, float] | None = None
    equation: str = ""
    done: HandMade | None = None
    hint: str = ""


def picture(
    snapshot: Snapshot, state: PlaneState, before: PlanePicture | None = None
) -> PlanePicture:
    """Return what is to be shown of a moment.

    Where nothing has changed, the picture before is returned itself; its buffers are used again.
    """
    moment = _moment(snapshot, state)
    if before is not None and all(map(_same, before.moment, moment)):
        return before
    if not snapshot.planar:
        return PlanePicture(moment)
    layer, neuron = chosen_of(snapshot, state)
    mapped = _mapped(snapshot, layer, before)
    mapped[1].update(snapshot.theta_used)
    kind, output = kind_of(snapshot), neuron if layer == len(snapshot.recipe.layers) - 1 else 0
    of_line = snapshot.coordinates == 1
    field: MapPicture | CurvePicture
    if of_line:
        field = curves_of(snapshot, mapped[1], kind, layer, neuron)
    else:
        field = map_of(snapshot, mapped[1], kind, layer, neuron)
    kept = (
        before is not None
        and _same_data(before.moment, moment)
        and (before.kind, before.chosen) == (kind, (layer, neuron))
    )
    train, test = (before.train, before.test) if before and kept else (None, None)
    if not kept:
        train, test = examples_of(snapshot, kind, output, of_line=of_line)
    return PlanePicture(
        moment,
        field,
        mapped,
        (layer, neuron),
        text.title(snapshot, layer, neuron),
        kind,
        text.class_names(snapshot, kind),
        *_axes(snapshot, kind, layer, neuron, of_line=of_line),
        train,
        test,
        example_of(snapshot, output, of_line=of_line),
        equation(snapshot, layer, neuron),
        before.done if before and kept else hand_made_of(snapshot.recipe.dataset),
        snapshot.missing,
    )


def chosen_of(snapshot: Snapshot, state: PlaneState) -> tuple[int, int]:
    """Return layer and neuron that are shown: those chosen, or the output where there are none.

    Of several number outputs one has to be shown: the first, unless another is chosen.
    """
    layers, layer, neuron = snapshot.recipe.layers, state.layer, state.neuron
    if is_neuron(layers, layer, neuron):
        return layer, neuron
    if layers[-1] > 1 and kind_of(snapshot) is Kind.NUMBER:
        return len(layers) - 1, 0
    return OUTPUT, 0


# -- parts ---------------------------------------------------------------------------------------


def _moment(snapshot: Snapshot, state: PlaneState) -> tuple[object, ...]:
    focus = snapshot.focus
    return (
        *(snapshot.recipe, snapshot.sample, snapshot.description, state, style()),
        *(snapshot.run, snapshot.step, snapshot.phase, focus.index, focus.place, snapshot.theta),
        focus.x if focus.index == OWN else None,
    )


def _same(before: object, now: object) -> bool:
    if isinstance(before, np.ndarray) and isinstance(now, np.ndarray):
        return before is now or np.array_equal(before, now, equal_nan=True)
    return before is now or before == now


def _same_data(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    """Tell whether two moments show the same examples in the same way."""
    (_, sample, description, *_), (_, other, another, *_) = before, now
    return sample is other and description == another


def _mapped(snapshot: Snapshot, layer: int, before: PlanePicture | None) -> tuple[object, PlaneMap]:
    """Return the buffers for this network and plane, those before where they fit."""
    recipe, last = snapshot.recipe, len(snapshot.recipe.layers) - 1
    key = (
        layer or last,
        *(recipe.layers, recipe.activations, recipe.cost, snapshot.description.features),
        *(snapshot.coordinates, snapshot.sample),
    )
    if before is not None and before.mapped is not None and before.mapped[0] == key:
        return before.mapped
    if snapshot.coordinates == 1:
        points = line_of(snapshot)[:, np.newaxis]
    else:
        points = plane_of(snapshot).grid(side_for(recipe.layers))
    # Of a curve the layer before the output has its shares.
    keep = {layer or last, last - 1} if snapshot.coordinates == 1 else {layer or last}
    return key, PlaneMap(recipe, snapshot.description.features_of(points), keep)


def _axes(
    snapshot: Snapshot, kind: Kind, layer: int, neuron: int, *, of_line: bool
) -> tuple[tuple[str, str], tuple[Column | None, Column | None]]:
    """Return the names of both axes, and the columns that their numbers are of."""
    given, targets = snapshot.description.given, snapshot.description.targets
    columns = [*given, None, None][:2]
    names = [text.axis(place, column) for place, column in enumerate(columns)]
    if not of_line:
        return (names[0], names[1]), (columns[0], columns[1])
    if layer not in (OUTPUT, len(snapshot.recipe.layers) - 1):
        return (names[0], text.name(snapshot, layer, neuron)), (columns[0], None)
    target = targets[neuron] if kind is Kind.NUMBER and neuron < len(targets) else None
    return (names[0], text.desired(target)), (columns[0], target)


def reading(snapshot: Snapshot, shown: PlanePicture, point: tuple[float, ...]) -> Array:
    """Return what the network, or the neuron shown, answers at a point, (answers,)."""
    x = snapshot.description.features_of(np.array([point], np.float32))
    layer, neuron = shown.chosen
    nothing = np.zeros((1, snapshot.recipe.layers[-1]))
    propagation = Network(snapshot.recipe, snapshot.theta_used).propagation(x, nothing)
    if layer == INPUTS:
        return np.asarray(x[0, neuron : neuron + 1])
    if layer == OUTPUT:
        return np.asarray(propagation.a[-1][0])
    return np.asarray(propagation.a[layer - 1][0, neuron : neuron + 1])
