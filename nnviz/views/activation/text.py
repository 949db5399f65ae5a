"""What is said of activation functions, of the point on a curve and of a layer's neurons on it."""

from math import inf

from nnviz.dataclass import dataclass
from nnviz.engine.activation_curve import FADED, Saturation
from nnviz.engine.activations import Activation
from nnviz.engine.notation import activation_symbol, sum_symbol
from nnviz.engine.run.names import neuron_name
from nnviz.engine.run.snapshot import Snapshot
from nnviz.numbers import count, integer, percent, write
from nnviz.views.activation.curves import Point, Shown
from nnviz.views.activation.layer import LayerSums
from nnviz.wording import Sign

ENOUGH = 20
"""So many examples for which a neuron must be silent to be called dead."""
FIRST_NAME, FIRST_TIP = "Function", "Which function is drawn"
SECOND_NAME, SECOND_TIP = "Compared with", "A second function, drawn dashed"
NO_SECOND = "compare …"
FOLLOW = ("follow the neuron", "follow", "↺")
FOLLOW_TIP = "Let the point be the selected neuron again  [End]"
PLOT = "f and f′ over z"
PLOT_TIP = (
    "Drag along z: a, the slope and the tangent follow  [←, →; with Shift by 1; Home for 0]\n"
    "Marks at the bottom are the neurons of the layer: click one  [↑, ↓]"
)
VALUES, SLOPES, SUMS = "a = f(z)", "f′(z)", Sign("z")
"""What stands over the curves, and at the end of the axis."""


def layer_entry(layer: LayerSums | None, own: Activation) -> tuple[str, ...]:
    """Name the choice that follows the layer that is looked at, the fullest wording first."""
    return (own.label,) if layer is None else (f"layer {layer.number}: {own.label}", own.label)


def facts(entry: Activation, found: Saturation, *, own: bool) -> tuple[str, ...]:
    """Say which values a function has, and where it is saturated.

    Where it mixes neurons, the curve is of one of them: beside those of the layer where it is that
    layer's `own`.
    """
    values = f"Values in {entry.range}"
    if entry.output_only:
        others = "z of all others as it is" if own else "beside two others at z = 0"
        values = f"One neuron, {others}. {values}"
    if not found.greatest > 0:
        return f"{values}. Its slope is 0 everywhere.", f"{values}; slope 0."
    if not found.intervals:
        return f"{values}. It saturates nowhere.", f"{values}; never saturates."
    where = " and ".join(_interval(*each) for each in found.intervals)
    below = f"slope below {percent(FADED, 0)} of {write(found.greatest, 3)}"
    return (
        f"{values}. Saturated (shaded) for {where}: {below}.",
        f"{values}; saturated for {where}.",
        f"Saturated: {where}.",
        f"{values}.",
        "",
    )


def _interval(low: float, high: float) -> str:
    if low == -inf:
        return f"z < {write(high, 3)}"
    return f"z > {write(low, 3)}" if high == inf else f"{write(low, 3)} < z < {write(high, 3)}"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a slope means for a neuron.

    Attributes:
        share: how much it is of the greatest, where nothing is wrong.
        full, brief, word: what is wrong, in a sentence, in a few words and in one.
    """

    share: str
    full: str = ""
    brief: str = ""
    word: str = ""


def point(
    snapshot: Snapshot | None,
    layer: LayerSums | None,
    first: Shown,
    second: Shown | None,
    found: Saturation,
    *,
    live: bool,
    silent: tuple[int, int],
) -> tuple[str, ...]:
    """Say where the point is, and what that means for learning, the fullest wording first.

    Args:
        snapshot: the moment, if any.
        layer: the layer that is looked at, if any.
        first: the function that is drawn.
        second: the one that is compared with it, or None.
        found: where the first is saturated.
        live: whether the point is the layer's selected neuron.
        silent: for how many test examples that neuron gives nothing, of how many.
    """
    if first.point is None:
        return _no_point(layer)
    at, entry = first.point, first.activation
    z, a, name, whose = "z", "a", "", ""
    if live and snapshot is not None and layer is not None:
        recipe, own = snapshot.recipe, entry is layer.activation
        name = neuron_name(snapshot, layer.number, layer.neuron)
        z = sum_symbol(layer.number, layer.neuron).text
        whose = f"{name[:1].upper()}{name[1:]}: " if own else f"As {entry.word}, {name}: "
        a = activation_symbol(recipe, layer.number, layer.neuron).text if own else "a"
    how = condition(entry, at, found, silent)
    values = f"{a} = {write(at.a)}, slope f′(z) = {write(at.slope, 3)}"
    where, other = f"{z} = {write(at.z)} gives {values}", _other(second)
    short = f"a = {write(at.a, 3)}, f′ = {write(at.slope, 2)}"
    return (
        f"{whose}{where}{how.share}{other}. {how.full}".rstrip(),
        f"{where}{how.share}{other}. {how.full}".rstrip(),
        f"{where}{other}. {how.brief}".rstrip(),
        f"{where}. {how.brief}".rstrip(),
        f"{short}. {how.brief}".rstrip(),
        f"{short}. {how.word}".rstrip(),
    )


def _other(second: Shown | None) -> str:
    if second is None or second.point is None:
        return ""
    at = second.point
    return f"; {second.activation.word}: a = {write(at.a)}, slope {write(at.slope, 3)}"


def condition(
    entry: Activation, at: Point, found: Saturation, silent: tuple[int, int] = (0, 0)
) -> Condition:
    """Say how steep a point is, and whether it is dead, silent or saturated."""
    if not found.greatest > 0:
        return Condition("", "No error passes back through it.")
    if entry.undying and not at.slope:
        dumb, of_all = silent
        if of_all >= ENOUGH and dumb == of_all:
            many = count(of_all, "test example")
            full = f"Dead: it gives 0 for all {many} looked at, so no error reaches its weights."
            return Condition("", full, f"Dead: 0 for all {many}.", "Dead.")
        full = "Silent: f is flat here, so no error passes back through it"
        if of_all:
            full += f"; so it is for {integer(dumb)} of {count(of_all, 'test example')}"
        return Condition("", f"{full}.", "Silent here.", "Silent.")
    part = abs(at.slope) / found.greatest
    share = percent(part, 0 if part >= FADED else 2)
    if part < FADED:
        full = f"Saturated: its slope is {share} of its greatest, so its weights hardly learn."
        return Condition("", full, f"Saturated: {share} of the greatest.", "Saturated.")
    return Condition(f", {share} of its greatest")


def _no_point(layer: LayerSums | None) -> tuple[str, ...]:
    if layer is None:
        return "Drag along z, or use the arrow keys.", "Drag along z."
    if not layer.known:
        return f"This phase has not computed z of layer {layer.number} yet.", ""
    marks = f"The marks are the {count(len(layer.z), 'neuron')} of layer {layer.number}"
    return f"{marks}: click one, or drag along z.", "Click a mark, or drag along z."


def tick_tip(snapshot: Snapshot, layer: LayerSums, neuron: int) -> str:
    """Say which neuron a mark is, and its sum."""
    name = neuron_name(snapshot, layer.number, neuron)
    return f"{name}: z = {write(float(layer.z[neuron]))}"


def marks(layer: LayerSums, lost: int | None) -> tuple[str, ...]:
    """Say whose marks stand at the bottom, and how many are saturated if that can be told."""
    name = f"layer {layer.number}"
    if lost is None:
        return f"{name}: {count(len(layer.z), 'neuron')}", name
    some = f"{integer(lost)} of {integer(len(layer.z))} saturated"
    return f"{name}: {some}", some, name
