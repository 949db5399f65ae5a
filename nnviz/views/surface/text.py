"""What the surface view says: names of axes, the line above, and why the path leaves the surface.

Each text comes in several lengths, the longest first, for the view to take what fits.
"""

import math
from collections.abc import Sequence
from enum import Enum

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.explain.line import CostLine
from nnviz.engine.notation import parameter_name
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind, Landscape
from nnviz.numbers import count as count_of
from nnviz.numbers import fewer, fixed, integer, percent, write
from nnviz.views.shared.no_run import NO_RUN
from nnviz.views.surface.state import SurfaceState
from nnviz.views.surface3d.shape import Relief

KINDS = {
    Kind.PARAMETERS: ("two weights", "Cut through the cost along two weights or biases"),
    Kind.RANDOM: ("random directions", "Cut along two random directions through all weights"),
    Kind.PRINCIPAL: ("principal components", "Cut where the path so far went most (PCA)"),
    Kind.LINE: ("one weight C(w)", "Slice along one weight, with tangent and step"),
}
"""What each kind of plane is called, and what it is."""
SHORT = {
    Kind.PARAMETERS: "2 weights",
    Kind.RANDOM: "random",
    Kind.PRINCIPAL: "PCA",
    Kind.LINE: "1 weight",
}
"""The same where there is little room."""


class Lack(Enum):
    """Why there is nothing to be drawn, in a sentence."""

    RUN = NO_RUN[0]
    ANSWER = "computing the surface…"
    REQUEST = "Called off: a step, or another pair of weights, computes it anew."
    NUMBERS = "The cost is not a finite number here: the net has diverged."


NO_GL = "No OpenGL here: the contour view shows the same surface."
TURNING = "Drag to turn, wheel to zoom, double click to go back"
MOVING = "Click to set both weights to the place under the pointer (undo takes it back)"
SLIDING = "Click to set the weight to the value under the pointer (undo takes it back)"
ONLY_THESE = "Click to let all other weights rest: the path then lies on it. Undo takes it back."
ALL_AGAIN = "Click to let all weights train again. Undo takes it back."
TIPS = {
    "kind": "Which plane through the net's weights is drawn",
    "axis": "Choose the parameter along {axis}",
    "take": "Put the weight that was clicked along {axis}",
    "again": "Draw two other random directions",
    "mode": "Show {mode}",
    "more": "Plane, drawing, height, grid and sample",
    "stop": "Do not compute this fine surface",
}
"""What buttons do, said over them."""
BUTTONS = {"again": "↻ again", "more": "⋯", "stop": "× stop", "take": "as {axis}"}
"""What stands on buttons."""
MENU = {
    "plane": "Plane",
    "again": "Other random directions",
    "drawing": "Drawing",
    "back": "Look as at first",
    "log": "Logarithmic height",
    "grid": "Grid at rest",
    "sample": "Cost over",
}
"""What stands in the menu."""
CHOOSER = {
    "layer": "layer",
    "target": "to neuron",
    "source": "from neuron",
    "bias": "bias of that neuron",
}
"""What the fields of the small editor of a parameter are called."""
CHOOSER_TIPS = {
    "layer": "Between which two layers the parameter stands",
    "target": "The neuron that the weight leads to, or whose bias it is",
    "source": "The neuron that the weight comes from",
    "bias": "Take the bias of that neuron in place of a weight",
    "accept": "Draw the surface over this parameter",
}
"""What they do."""
FALLING = "−∇C"
"""What stands at the arrow that leads where the cost falls fastest."""
CLICKS = {
    Kind.PARAMETERS: (
        "click: both weights go to this place; undo takes it back",
        "click sets both weights here",
        "click: set here",
    ),
    Kind.LINE: (
        "click: the weight goes to this value; undo takes it back",
        "click sets the weight here",
        "click: set here",
    ),
}
"""What a click does where the pointer is, for the planes that stand for single weights."""


def axis_mark(axis: int, axes: int = 2) -> str:
    """Return the sign of one of so many axes: w₁, w₂, or w for the only one."""
    return f"w{'₁₂'[axis]}" if axes == 2 else "w"


def alone(name: str) -> str:
    """Return what stands along the only axis: w, and which weight that is unless it is called w."""
    return name if name == axis_mark(0, 1) else f"{axis_mark(0, 1)} = {name}"


def sample_text(examples: int, all_of_them: int) -> str:
    """Return over how many examples the cost is averaged."""
    return f"{'all' if examples == all_of_them else integer(examples)} test examples"


def axis_names(
    snapshot: Snapshot, state: SurfaceState, shown: Landscape | None, inputs: Sequence[str] = ()
) -> tuple[str, str]:
    """Return what stands along w1 and w2; weights on inputs that have names are told with these."""
    recipe = snapshot.recipe
    match state.kind:
        case Kind.PARAMETERS:
            first, second = (parameter_name(recipe, index, inputs) for index in state.pair)
            return first, second
        case Kind.LINE:
            return parameter_name(recipe, state.pair[0], inputs), ""
        case Kind.RANDOM:
            return "α", "β"
        case Kind.PRINCIPAL:
            shares = shown.axes.explained if shown is not None else ()
            if len(shares) != 2 or not any(shares):
                return "PC 1", "PC 2"
            return f"PC 1 · {percent(shares[0], 0)}", f"PC 2 · {percent(shares[1], 0)}"


def header_texts(snapshot: Snapshot, shown: Landscape, step: str) -> Sequence[str]:
    """Return what to say of the present and of the step that the phase just done makes."""
    what = "image" if snapshot.image_shape else "example"
    known = math.isfinite(shown.present)
    value = f"C = {write(shown.present)}" if known else "C is not a finite number"
    request = shown.request
    many, few = count_of(shown.examples, f"test {what}"), f"n = {integer(shown.examples)}"
    if request.kind is Kind.LINE and shown.line is not None:
        slope = f"∂C/∂w = {exact(shown.line.slope)}"
        here = fixed(shown.line.present.w, fewer(2))
        return (
            f"{value} at w = {here} · {slope} · {many}",
            f"{value} · {slope} · {few}",
            f"{value} · {few}",
            f"{value} · {slope}",
            value,
        )
    where = value
    if request.kind is Kind.PARAMETERS:
        pair = (float(request.theta[index]) for index in (request.first, request.second))
        here = ", ".join(fixed(w, fewer(2)) for w in pair)
        where = f"{value} at ({here})"
    stepping = (f"{where} · {step}", f"{value} · {step}", step) if step else ()
    return (*stepping, f"{where} · {many}", f"{where} · {few}", f"{value} · {few}", value)


def exact(*values: float) -> str:
    """Write small numbers with two digits that count, signs included."""
    return ", ".join(write(float(value), fewer(2), sign=True) for value in values)


def why_texts(snapshot: Snapshot, state: SurfaceState, shown: Landscape | None) -> Sequence[str]:
    """Return why the path leaves the surface or lies on it, and by how much."""
    recipe, kind = snapshot.recipe, state.kind
    only = recipe.only
    if kind in (Kind.PARAMETERS, Kind.LINE):
        own = state.own()
        if only and set(only) <= set(own):
            if kind is Kind.LINE:
                return ("only this one trains: the path lies on the curve", "path on the curve")
            return ("only these two train: the path lies on the surface", "path on the surface")
        what = "curve" if kind is Kind.LINE else "surface"
        if only:
            others = len(set(only) - set(own))
            verb = "others train" if others > 1 else "other trains"
            return (
                f"{integer(others)} {verb}: the path leaves the {what}",
                f"{integer(others)} {verb}",
            )
        rest = recipe.parameters - len(own)
        said = f"the other {integer(rest)} weights move" if rest > 1 else "the other weight moves"
        if not rest:
            return (f"there are no other weights: the path lies on the {what}", "no other weights")
        return (
            f"{said} too, so the path leaves the {what}",
            f"{said} too: path off the {what}",
            f"{said} too",
            f"{count_of(rest, 'other moves', 'others move')} too",
        )
    moving = len(only) or recipe.parameters
    if shown is None:
        return ("",)
    away = shown.path.distance[np.isfinite(shown.path.distance)]
    most = float(away.max(initial=0.0))
    far = write(most, 2)
    if len(away) < 2 and kind is Kind.PRINCIPAL:
        return (
            "no path yet, so no components: a random plane stands in until the net has trained",
            "no path yet: a random plane until the net has trained",
            "no path: random plane",
        )
    if len(away) < 2:
        return ("no path yet: train a little",)
    movers = count_of(moving, "weight moves", "weights move")
    texts = [
        f"{movers}: the path runs up to {far} beside this plane",
        f"path up to {far} beside this plane",
        f"path up to {far} off it",
    ]
    if kind is Kind.PRINCIPAL:
        share = percent(min(sum(shown.axes.explained), 1.0), 0)
        texts.insert(0, f"{share} of the way is in this plane, the path leaves it by up to {far}")
    return texts


@dataclass(frozen=True, slots=True)
class Switch:
    """The switch that lets only the plane's own parameters train, with labels long and short.

    Alone it stands where nothing else tells who trains.
    """

    on: bool
    labels: tuple[str, str]
    alone: str


def switch_of(snapshot: Snapshot, state: SurfaceState) -> Switch | None:
    """Return the switch of a plane; None where there is nothing to switch."""
    own, only = state.own(), snapshot.recipe.only
    if own:
        few = "only these two" if len(own) == 2 else "only this one"
        many, on = f"{few} {'train' if len(own) == 2 else 'trains'}", only == own
        alone = many if on else f"all {integer(snapshot.recipe.parameters)} train"
        return Switch(on, (many, few), alone)
    if only:
        label = f"only {integer(len(only))} train"
        return Switch(True, (label, label), label)
    return None


def step_texts(line: CostLine) -> Sequence[str]:
    """Return tangent and next step of a slice in numbers; nothing where they are none."""
    nudge = line.landing.w - line.present.w
    if not np.isfinite([line.slope, nudge]).all():
        return ()
    step = f"step {exact(nudge)}"
    return f"tangent: slope {exact(line.slope)} · next {step}", f"next {step}", step


def offered_name(snapshot: Snapshot, state: SurfaceState, picked: Selection | None) -> str:
    """Return the name of a parameter that was clicked and could be an axis.

    It is empty where it is on an axis already, or none is spanned by a parameter.
    """
    own = state.own()
    if picked is None or picked.kind != "parameter" or not own or not picked.fits(snapshot.recipe):
        return ""
    if picked.parameter in own:
        return ""
    return parameter_name(snapshot.recipe, picked.parameter, snapshot.named_inputs)


def offer_texts(name: str) -> Sequence[str]:
    """Return what is said of a parameter that could be an axis."""
    return f"{name} was clicked: take it", name


def finer_text(fraction: float) -> str:
    """Return how much of a finer surface is done."""
    return f"finer surface: {percent(fraction, 0)}"


def readings(relief: Relief, unit: Array) -> Sequence[str]:
    """Write the cost at a place of the surface in unit coordinates, (2,)."""
    place, cost = relief.values(unit[np.newaxis])[0].tolist(), relief.cost_at(unit[np.newaxis])[0]
    return curve_readings(place, float(cost))


def curve_readings(place: Sequence[float], cost: float) -> Sequence[str]:
    """Write the cost at values of both weights, or of the one weight."""
    said, values = write(cost), ", ".join(fixed(value, fewer(2)) for value in place)
    return f"C({values}) = {said}", f"C = {said}"
