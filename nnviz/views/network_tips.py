"""What the network view says of the number under the mouse, in the field's notation.

w^l_jk leads from neuron k of layer l − 1 to neuron j of layer l, the inputs
being layer 0. Neurons are counted from 0, so that output 7 stands for the digit 7;
only inputs that are no picture are named as in the field, by their column or x₁, x₂.
"""

from nnviz.engine.explain_symbols import Symbol
from nnviz.engine.known import known_after
from nnviz.engine.network import views
from nnviz.engine.plane import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.snapshot import OWN, Snapshot
from nnviz.numbers import fixed, write

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def weight_indices(recipe: Recipe, parameter: int) -> tuple[int, int, int]:
    """Return (l, j, k) of the weight at an index into theta."""
    start = parameter
    for layer, (inputs, outputs) in enumerate(
        zip(recipe.layers, recipe.layers[1:], strict=False), 1
    ):
        if start < inputs * outputs:
            k, j = divmod(start, outputs)
            return layer, j, k
        start -= inputs * outputs
    raise IndexError(f"theta[{parameter}] is no weight")


def tip_of_weight(snapshot: Snapshot, parameter: int) -> str:
    """Return, for example, "w²₇,₄ = 3.06"."""
    layer, j, k = weight_indices(snapshot.recipe, parameter)
    name = f"w{_superscript(layer)}{_subscript(j)},{_subscript(k)}"
    source = input_name(snapshot, k) if layer == 1 else f"neuron {k} of layer {layer - 1}"
    lines = [f"{name} = {write(float(snapshot.theta[parameter]))}"]
    if snapshot.minibatch is not None and snapshot.phase is not None:
        known = known_after(snapshot.recipe, snapshot.phase)
        if known.gradient:
            slope = float(snapshot.minibatch.gradient[parameter])
            lines.append(f"∂C/∂{name} = {write(slope)}, mean of the minibatch")
        if known.nudge:
            lines.append(f"nudge {write(float(snapshot.minibatch.nudge[parameter]))}, made")
    lines.append(f"from {source} to neuron {j} of layer {layer}")
    return "\n".join(lines)


def value_of_parameter(snapshot: Snapshot, parameter: int) -> str:
    """Return, for example, "w²₇,₄ = 3.06" or "b²₇ = −1.12"."""
    at = locate(snapshot.recipe, parameter)
    indices = str(at.target) if at.source is None else f"{at.target},{at.source}"
    symbol = Symbol("b" if at.source is None else "w", str(at.layer + 1), indices)
    return f"{symbol.text} = {write(float(snapshot.theta[parameter]))}"


def tip_of_neuron(snapshot: Snapshot, layer: int, neuron: int) -> str:
    """Return what is known of a neuron: a, z, b and δ, or the value of an input."""
    return "\n".join(numbers_of_neuron(snapshot, layer, neuron))


def numbers_of_neuron(snapshot: Snapshot, layer: int, j: int) -> list[str]:
    """Return a neuron's numbers, one a line: only those that are known by the phase."""
    if layer == 0:
        return [f"{input_name(snapshot, j)} = {write(float(snapshot.focus.x[j]))}"]
    _, biases = views(snapshot.recipe, snapshot.theta)
    known = None if snapshot.phase is None else known_after(snapshot.recipe, snapshot.phase)
    parts = [("b", biases[layer - 1][j])]
    if known is None or layer <= known.activations:
        z, a = snapshot.focus.z[layer - 1][j], snapshot.focus.a[layer - 1][j]
        parts = [("a", a), ("z", z), *parts]
    if (known is None or layer >= known.errors) and snapshot.focus.index != OWN:
        parts.append(("δ", snapshot.focus.delta[layer - 1][j]))
    index = f"{_superscript(layer)}{_subscript(j)}"
    return [f"{symbol}{index} = {write(float(value))}" for symbol, value in parts]


def input_name(snapshot: Snapshot, k: int) -> str:
    """Return what input neuron k stands for: a column, a pixel, or x₁, x₂ and so on."""
    if k < len(snapshot.feature_names):
        return snapshot.feature_names[k]
    if snapshot.image_shape is None:
        return f"x{_subscript(k + 1)}"
    row, column = divmod(k, snapshot.image_shape[1])
    return f"pixel {k} (row {row}, column {column})"


def short(value: float) -> str:
    """Write a number in about as few letters whatever it is, so that it holds still."""
    return fixed(value, 2) if abs(value) < 100 else write(value, 3)


def small(value: float) -> str:
    """Write a number that is often far below 1, in about as few letters."""
    return write(value, 1) if 0 < abs(value) < 0.0005 else write(round(value, 3), 2)


def _superscript(number: int) -> str:
    return str(number).translate(SUPERSCRIPTS)


def _subscript(number: int) -> str:
    return str(number).translate(SUBSCRIPTS)
