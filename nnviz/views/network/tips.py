"""What the network view says of the number under the mouse, in the one notation."""

from collections.abc import Callable
from typing import SupportsFloat

from nnviz.engine.network import views
from nnviz.engine.notation import (
    activation_symbol,
    bias_symbol,
    error_symbol,
    parameter_symbol,
    sum_symbol,
)
from nnviz.engine.parameters import locate
from nnviz.engine.run.names import input_name, neuron_name
from nnviz.engine.run.snapshot import OWN, Snapshot
from nnviz.engine.run.units import in_file, input_column, scaling_in
from nnviz.engine.training.phases import Known, known_after
from nnviz.numbers import USUAL, digits, exact, fewer, fixed, write
from nnviz.views.network.hits import Hit
from nnviz.views.network.knobs import knob_of
from nnviz.wording import Sign, said

NumbersOfLayer = tuple[dict[str, tuple[str, str]], ...]
"""What is written beside the neurons drawn of a layer, z, b and δ by their letters: as long as the
reader wishes, and in few letters where there is less room."""
Writer = Callable[[SupportsFloat], str]
"""Writes a number: in brief beside the neurons, in full in a tip."""


def tip_of_hit(snapshot: Snapshot, found: Hit, *, at_tile: bool) -> str:
    """Return what is to be said of what lies at a place; at a tile inputs are pixels."""
    if found.kind == "edge":
        return f"{tip_of_weight(snapshot, found.parameter)}\nDrag it up or down to turn it"
    if found.kind == "rest":
        return "Click or turn the wheel for the other neurons of this layer"
    which = "test example" if snapshot.focus.place < 0 else "example of the minibatch"
    if found.kind in ("previous", "following"):
        return f"Click or turn the wheel for another {which}  [X, Shift+X]"
    tip = tip_of_neuron(snapshot, found.layer, found.neuron)
    if found.layer == 0 and at_tile:
        return f"{tip}\nTurn the wheel for another {which}"
    knob = knob_of(snapshot, found, on_rim=True)
    if knob is None:
        return tip
    if knob.switch is not None:
        return f"{tip}\nClick to switch it, for an input of your own"
    what = "Drag it" if knob.kind == "input" else "Drag the rim"
    return f"{tip}\n{what} up or down to turn {'it' if knob.kind == 'input' else 'the bias'}"


def tip_of_weight(snapshot: Snapshot, parameter: int) -> str:
    """Return, for example, "w²₇,₄ = 3.06"."""
    at = locate(snapshot.recipe, parameter)
    assert at.source is not None
    name = parameter_symbol(snapshot.recipe, at).text
    lines = [f"{name} = {exact(snapshot.theta_used[parameter])}"]
    if snapshot.minibatch is not None and snapshot.phase is not None:
        known = known_after(snapshot.recipe, snapshot.phase)
        if known.gradient:
            slope = float(snapshot.minibatch.gradient[parameter])
            lines.append(f"∂C/∂{name} = {write(slope)}, mean of the minibatch")
        if known.nudge:
            lines.append(f"nudge {write(float(snapshot.minibatch.nudge[parameter]))}, made")
        if snapshot.updated:
            lines.append(f"new: {name} = {exact(snapshot.theta[parameter])}")
    source = neuron_name(snapshot, at.layer - 1, at.source)
    target = neuron_name(snapshot, at.layer, at.target)
    lines.append(f"from {source} to {target}")
    return "\n".join(lines)


def value_of_parameter(snapshot: Snapshot, parameter: int) -> str:
    """Return, for example, "w²₇,₄ = 3.06" or "b²₇ = −1.12"."""
    symbol = parameter_symbol(snapshot.recipe, locate(snapshot.recipe, parameter))
    return f"{symbol.text} = {_brief(snapshot.theta_used[parameter])}"


def tip_of_neuron(snapshot: Snapshot, layer: int, neuron: int) -> str:
    """Return what is known of a neuron: a, z, b and δ, or the value of an input."""
    return "\n".join(numbers_of_neuron(snapshot, layer, neuron, exact))


def numbers_of_neuron(
    snapshot: Snapshot, layer: int, j: int, written: Writer | None = None
) -> list[str]:
    """Return a neuron's numbers, one a line: only those that are known by the phase."""
    written = written or _brief
    if layer == 0:
        return _input(snapshot, j, written)
    _, biases = views(snapshot.recipe, snapshot.theta_used)
    known = None if snapshot.phase is None else known_after(snapshot.recipe, snapshot.phase)
    parts = [(bias_symbol(snapshot.recipe, layer, j), biases[layer - 1][j])]
    if known is None or layer <= known.activations:
        z, a = snapshot.focus.z[layer - 1][j], snapshot.focus.a[layer - 1][j]
        own = activation_symbol(snapshot.recipe, layer, j)
        parts = [(own, a), (sum_symbol(layer, j), z), *parts]
    if (known is None or layer >= known.errors) and snapshot.focus.index != OWN:
        parts.append((error_symbol(layer, j), snapshot.focus.delta[layer - 1][j]))
    lines = [f"{symbol.text} = {written(value)}" for symbol, value in parts]
    if snapshot.updated:
        new = views(snapshot.recipe, snapshot.theta)[1][layer - 1][j]
        lines.append(f"new: {bias_symbol(snapshot.recipe, layer, j).text} = {written(new)}")
    return lines


def _input(snapshot: Snapshot, k: int, written: Writer) -> list[str]:
    """Return an input's value: the file's beside the name of its column, and what it becomes."""
    column, value = input_column(snapshot.description, k), snapshot.focus.x[k]
    if column is None or not column.scaled:
        unit = f" {column.unit}".rstrip() if column is not None else ""
        return [f"{input_name(snapshot, k)} = {written(value)}{unit}"]
    symbol = activation_symbol(snapshot.recipe, 0, k)
    lines = [f"{column.bare_name} = {in_file(column, float(value))}"]
    return [*lines, scaling_in(column, symbol, float(value))] if written is exact else lines


def _brief(value: SupportsFloat) -> str:
    return write(float(value), fewer())


def more_wished() -> bool:
    """Tell whether the reader wishes more digits than usual: numbers need not hold still then."""
    return digits() > USUAL


def short(value: float) -> str:
    """Write a number in about as few letters whatever it is, so that it holds still."""
    return fixed(value, 2) if abs(value) < 100 else write(value, 3)


def small(value: float) -> str:
    """Write a number that is often far below 1, in about as few letters."""
    return write(value, 1) if 0 < abs(value) < 0.0005 else write(value, 2, decimals=3)


def numbers_beside(
    snapshot: Snapshot, layer: int, drawn: slice, known: Known | None
) -> NumbersOfLayer:
    """Return the numbers of the neurons drawn of a layer, by their letters.

    A dash stands for what is not known yet in the phase that the moment has, if any.
    """
    _, biases = views(snapshot.recipe, snapshot.theta_used)
    focus = snapshot.focus
    parts = (focus.z[layer - 1][drawn], focus.delta[layer - 1][drawn], biases[layer - 1][drawn])
    has_z = known is None or layer <= known.activations
    has_error = (known is None or layer >= known.errors) and focus.index != OWN
    sign = said(Sign("z"))
    return tuple(
        {
            "z": _both(sign, z, short) if has_z else (f"{sign} –",) * 2,
            "b": _both("b", bias, short),
            "δ": _both("δ", delta, small) if has_error else ("δ –",) * 2,
        }
        for z, delta, bias in zip(*(part.tolist() for part in parts), strict=True)
    )


def _both(letter: str, value: float, briefly: Callable[[float], str]) -> tuple[str, str]:
    brief = f"{letter} {briefly(value)}"
    return f"{letter} {write(value)}" if more_wished() else brief, brief
