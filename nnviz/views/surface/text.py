"""What the surface view says: names of axes, the line above, and why the path leaves the surface.

Each text comes in several lengths, the longest first, for the view to take what fits.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.notation import parameter_name
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.engine.surface.landscape import Kind, Landscape
from nnviz.numbers import count as count_of
from nnviz.numbers import fewer, fixed, integer, percent, write
from nnviz.views.surface.requests import Chosen, trained
from nnviz.views.surface3d.shape import Relief

Array = NDArray[np.floating[Any]]

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


def axis_names(snapshot: Snapshot, chosen: Chosen, shown: Landscape | None) -> tuple[str, str]:
    """Return what stands along w1 and w2."""
    match chosen.kind:
        case Kind.PARAMETERS:
            first, second = (parameter_name(snapshot.recipe, index) for index in chosen.pair)
            return first, second
        case Kind.LINE:
            return parameter_name(snapshot.recipe, chosen.pair[0]), ""
        case Kind.RANDOM:
            return "α", "β"
        case Kind.PRINCIPAL:
            shares = shown.axes.explained if shown is not None and shown.axes is not None else ()
            if len(shares) != 2 or not any(shares):
                return "PC 1", "PC 2"
            return f"PC 1 · {percent(shares[0], 0)}", f"PC 2 · {percent(shares[1], 0)}"


def header_texts(snapshot: Snapshot, shown: Landscape, step: str) -> Sequence[str]:
    """Return what to say of the present.

    Args:
        snapshot: of the run.
        shown: the surface on screen.
        step: what the phase just done does to w1 and w2, or nothing.
    """
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


def why_texts(snapshot: Snapshot, chosen: Chosen, shown: Landscape | None) -> Sequence[str]:
    """Return why the path leaves the surface or lies on it, and by how much."""
    recipe, kind = snapshot.recipe, chosen.kind
    only = recipe.only
    if kind in (Kind.PARAMETERS, Kind.LINE):
        own = trained(chosen)
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
    if shown is None or shown.path is None:
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
    if kind is Kind.PRINCIPAL and shown.axes is not None:
        share = percent(min(sum(shown.axes.explained), 1.0), 0)
        texts.insert(0, f"{share} of the way is in this plane, the path leaves it by up to {far}")
    return texts


def switch_labels(snapshot: Snapshot, chosen: Chosen, *, few: bool) -> tuple[tuple[str, str], bool]:
    """Return what the switch says that lets only the plane's own parameters train.

    Args:
        snapshot: of the run.
        chosen: the plane.
        few: whether there is room for few words only.

    Returns:
        Its label in many words and in fewer, empty for no switch; and whether it is on.
    """
    own, only = trained(chosen), snapshot.recipe.only
    labels = ("", "")
    if own:
        many = "only these two train" if len(own) == 2 else "only this one trains"
        less = many if only == own else f"all {integer(snapshot.recipe.parameters)} train"
        labels = (less, less) if few else (many, many.removesuffix(" train"))
    elif only:
        labels = (f"only {integer(len(only))} train", f"only {integer(len(only))} train")
    return labels, bool(only) and (not own or only == own)


def offered_name(
    snapshot: Snapshot | None, chosen: Chosen, picked: Selection | None
) -> tuple[str, int]:
    """Return the name of a parameter that was clicked and could be an axis, and of how many.

    The name is empty where it is on an axis already, or none is spanned by a parameter.
    """
    own = trained(chosen)
    if snapshot is None or picked is None or not own or not picked.fits(snapshot.recipe):
        return "", len(own)
    name = parameter_name(snapshot.recipe, picked.parameter)
    return ("" if picked.parameter in own else name), len(own)


def reading_of(relief: Relief, unit: Array) -> str:
    """Write the cost at a place of the surface in unit coordinates, (2,)."""
    values = ", ".join(fixed(value, fewer(2)) for value in relief.values(unit[np.newaxis])[0])
    return f"C({values}) = {write(float(relief.cost_at(unit[np.newaxis])[0]))}"


def curve_reading(value: float, cost: float) -> str:
    """Write the cost at a value of the one weight."""
    return f"C({fixed(value, fewer(2))}) = {write(cost)}"
