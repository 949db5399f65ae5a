"""What the plane view says."""

from collections.abc import Sequence
from math import isfinite

from nnviz.data.description import Column
from nnviz.data.drawn_points import MOST
from nnviz.engine.notation import activation_symbol, number_of
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.names import neuron_name, output_name
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.run.units import input_column, input_label
from nnviz.numbers import MINUS, fewer, integer, subscript, write
from nnviz.views.plane.answer import HALF, Kind
from nnviz.views.plane.state import INPUTS, OUTPUT, layer_of
from nnviz.wording import Sign, said

EMPTY = (
    "Here is the plane of data with one or two inputs. "
    "Choose such data from the Data menu: circles, spiral, sine, XOR …"
)
TRAIN, TEST = "train", "test"
TRAIN_TIP = "Training examples: filled"
TEST_TIP = "Test examples, which are never trained on: hollow. A click chooses the nearest one"
STEPS, STEPS_TIP = "steps", "Colours in ten steps instead of smoothly"
SHARES = "shares"
SHARES_TIP = "Each hidden neuron's share w·a of the curve; with the bias they add up to z"
CHOOSER, CHOOSER_TIP = "what is mapped", "Whose answer is shown at every point"
SELECTED = "selected: {}"
ANSWER = "the network's answer"
MAP, CURVES = "what the network answers over the plane", "what the network answers over the line"
GLYPHS = "■●▲◆"
"""The marks of classes, in order, round and round."""
DRAW = "draw"
TOOLS = (GLYPHS[0], GLYPHS[1], "✕", "✥")
DRAW_TIP = (
    "Draw points of your own, which are trained on besides: click or drag to put them, drag one "
    "to move it; Ctrl+Z takes the last gesture back"
)
ERASE_TIP = "Erase points of your own: click them or drag over them"
MOVE_TIP = "Move a point, your own or one of the data's: drag it; Ctrl+Z takes it back"
FULL = f"{integer(MOST)} points of your own stand here, and no more can: erase some to put others"
FULL_MOVED = f"{integer(MOST)} points were moved, and no more can be: Ctrl+Z takes moves back"


def tool_tip(name: str) -> str:
    """Say what a tool puts."""
    return f"Put points of the class {name}: click or drag. Drag a point of your own to move it"


def example(number: int, class_name: str) -> str:
    """Name a test example on the plane, and its class where it has one."""
    name = f"test example {integer(number_of(number))}"
    return f"{name}, class {class_name}" if class_name else name


def coordinates(values: Sequence[float], names: Sequence[str]) -> str:
    """Write where something is: "x₁ 1.2, x₂ −0.4"."""
    pairs = zip(names, values, strict=True)
    return ", ".join(f"{name} {write(value, 3)}" for name, value in pairs)


def title(snapshot: Snapshot, layer: int, neuron: int) -> str:
    """Say whose answer is shown."""
    if layer == OUTPUT:
        return ANSWER if snapshot.recipe.layers[-1] > 1 else "the output"
    return name(snapshot, layer, neuron)


def name(snapshot: Snapshot, layer: int, neuron: int) -> str:
    """Name a neuron that can be shown, inputs too."""
    return neuron_name(snapshot, layer_of(layer), neuron)


def class_names(snapshot: Snapshot, kind: Kind) -> tuple[str, ...]:
    """Return what the classes are called; empty for numbers."""
    if kind is Kind.NUMBER:
        return ()
    names = snapshot.description.class_names
    return names if kind is Kind.CLASSES or len(names) == 2 else ("0", "1")


def of_curves(epochs: float, as_of: str) -> tuple[str, ...]:
    """Say what the curves of costs are, over which axes, the fullest wording first."""
    over = f"cost over {write(epochs, 3)} epoch{'' if epochs == 1 else 's'}"
    return (f"{over}, {as_of}", as_of) if as_of else (over,)


def coordinate(place: int) -> str:
    """Return the symbol of a coordinate: x₁, x₂."""
    return f"x{subscript(number_of(place))}"


def axis(place: int, column: Column | None) -> str:
    """Name an axis: "x₁", or "x₁ height (cm)"."""
    symbol = coordinate(place)
    if column is None or column.name in ("", symbol, f"x{number_of(place)}"):
        return symbol
    unit = f" ({column.unit})" if column.unit else ""
    return f"{symbol} {column.bare_name}{unit}"


def desired(target: Column | None) -> str:
    """Name the axis of what is desired and answered."""
    if target is None or target.name == "y":
        return Sign("y")
    unit = f" ({target.unit})" if target.unit else ""
    return f"{said(Sign('y'))} {target.bare_name}{unit}"


def equation(snapshot: Snapshot, w: Sequence[float], b: float, level: float | None) -> str:
    """Write w·x + b with its numbers, and what it is on the line; without one it is the answer."""
    features = snapshot.description.features
    names = [coordinate(place) for place in range(len(w))]
    if features is not None:
        names = list(features.symbols)
    parts = [_term(value, f"·{name}") for value, name in zip(w, names, strict=True)]
    said = " ".join((*parts, _term(b, ""))).removeprefix("+ ")
    if said.startswith(MINUS):
        said = MINUS + said[2:]  # a sign, not an operation
    if level is None:
        return f"z = {said}"
    return f"{said} = {'½' if level == HALF else write(level)}"


def _term(value: float, name: str) -> str:
    sign = MINUS if value < 0 else "+"
    return f"{sign} {write(abs(value), fewer())}{name}"


def loss(name: str, cost: str, score: str) -> str:
    """Say how good the network is on a set: "train 0.0312 · 98.1 %"."""
    return " · ".join(filter(None, (f"{name} {cost}", score)))


def neurons(recipe: Recipe) -> list[tuple[int, int]]:
    """Return layer and number of every neuron, inputs first, layer by layer."""
    layers = [(INPUTS, recipe.layers[0]), *enumerate(recipe.layers[1:], start=1)]
    return [(layer, j) for layer, size in layers for j in range(size)]


def at(snapshot: Snapshot, point: Sequence[float]) -> str:
    """Say where the pointer is, in the data's own numbers: "x₁ 1.2   x₂ −0.4"."""
    given = snapshot.description.given
    values = [
        given[place].to_file(value) if place < len(given) else value
        for place, value in enumerate(point)
    ]
    return "   ".join(f"{coordinate(place)} {write(v, 3)}" for place, v in enumerate(values))


def answers(
    snapshot: Snapshot,
    kind: Kind,
    names: Sequence[str],
    chosen: tuple[int, int],
    a: Sequence[float],
) -> str:
    """Say what is answered at the pointer, with every class."""
    layer, neuron = chosen
    recipe, last = snapshot.recipe, len(snapshot.recipe.layers) - 1
    if layer == INPUTS:
        column = input_column(snapshot.description, neuron)
        value = a[0] if column is None else column.to_file(a[0])
        unit = "" if column is None else column.unit
        return f"{input_label(snapshot, neuron)} {write(value, 3)} {unit}".rstrip()
    if layer not in (OUTPUT, last):
        return f"{activation_symbol(recipe, layer, neuron).text} {write(a[0], 3)}"
    if kind is Kind.TWO:
        won = f" {names[a[0] > HALF]}" if isfinite(a[0]) else ""
        return f"ŷ {write(a[0], 3)}{won}"
    if layer == OUTPUT and len(a) > 1:
        best = max(range(len(a)), key=lambda j: a[j])
        each = "   ".join(f"{output_name(snapshot, j)} {write(a[j], 3)}" for j in range(len(a)))
        return f"{output_name(snapshot, best)} wins:   {each}"
    target = snapshot.description.targets
    if kind is Kind.NUMBER and neuron < len(target):
        value = target[neuron].to_file(a[0])
        return f"ŷ {write(value, 3)} {target[neuron].unit}".rstrip()
    return f"ŷ {write(a[0], 3)}"


def shares_said(count: int) -> str:
    """Say what the thin lines are."""
    return f"thin: w·a of {integer(count)} hidden; with b they add up to\N{NO-BREAK SPACE}z"
