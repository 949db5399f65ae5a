"""Knobs of the network view: what a hand turns there, and which number that makes.

An edge is the knob of its weight, a neuron's rim that of its bias, and where there is no picture
an input neuron that of its value, in an input of the user's own. Numbers come in round steps: a
hundred of them, or as many pixels, change a number by about as much as numbers like it are large.
"""

from math import floor, log10
from typing import Literal

import numpy as np

from nnviz.data.features import FeatureInputs
from nnviz.dataclass import dataclass
from nnviz.engine.network import views
from nnviz.engine.notation import activation_symbol, parameter_symbol
from nnviz.engine.parameters import Parameter, index_of, locate
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.run.units import file_value, in_file, input_column, input_label
from nnviz.engine.selection import Selection
from nnviz.numbers import write
from nnviz.views.network.hits import Hit

RIM = 0.55
"""Share of a neuron's radius from which on its rim is taken hold of."""
PARTS = 100
"""Steps in which a number changes by about its size."""
FINE = 0.1
"""What a step is multiplied by for a fine change."""
BEYOND = 0.5
"""How far an input may go beyond the data's values, as a share of their range."""


@dataclass(frozen=True, slots=True)
class Knob:
    """A number that a hand can turn.

    Attributes:
        kind: "weight", "bias" or "input".
        index: of theta, or of the input.
        value: where it stands, as the network sees it.
        step: what a pixel changes it by.
        low, high: how far it goes.
        switch: the other of an input's two values where it has but two, 0 and 1; else None.
    """

    kind: Literal["weight", "bias", "input"]
    index: int
    value: float
    step: float
    low: float = -np.inf
    high: float = np.inf
    switch: float | None = None

    def turned(self, steps: float) -> float:
        """Return the value after so many steps, fine ones as parts of them, on a round number."""
        finest = FINE * self.step
        moved = self.value + steps * self.step
        # A step that is whole in fine steps rounds to a short number: 0.3, not 0.30000000000000004.
        places = max(0, -floor(log10(finest) + 1e-9))
        rounded = round(round(moved / finest) * finest, places)
        return float(min(max(rounded, self.low), self.high))


def knob_of(snapshot: Snapshot, found: Hit | None, *, on_rim: bool) -> Knob | None:
    """Return the knob of what lies at a place; None where nothing can be turned.

    While an example is taken apart phase by phase its inputs stand still.
    """
    if found is None:
        return None
    if found.kind == "edge":
        return parameter_knob(snapshot, found.parameter)
    if found.kind != "neuron":
        return None
    if found.layer == 0:
        return input_knob(snapshot, found.neuron)
    if not on_rim:
        return None
    place = Parameter(found.layer, None, found.neuron)
    return parameter_knob(snapshot, index_of(snapshot.recipe, place))


def knob_of_selection(snapshot: Snapshot, selection: Selection | None) -> Knob | None:
    """Return the knob of what is selected: a weight, a neuron's bias or an input."""
    if selection is None or not selection.fits(snapshot.recipe) or selection.kind == "cost":
        return None
    if selection.kind == "parameter":
        return parameter_knob(snapshot, selection.parameter)
    return knob_of(snapshot, Hit("neuron", selection.layer, selection.neuron), on_rim=True)


def parameter_knob(snapshot: Snapshot, index: int) -> Knob | None:
    """Return the knob of an entry of theta; None where it is no finite number."""
    place = locate(snapshot.recipe, index)
    value = float(snapshot.theta[index])
    alike = views(snapshot.recipe, snapshot.theta)[0][place.layer - 1]
    if not np.isfinite(value):
        return None
    usual = float(np.sqrt(np.mean(np.square(alike, dtype=np.float64)))) if alike.size else 0.0
    size = max(abs(value), usual if np.isfinite(usual) else 0.0) or 1.0
    return Knob("bias" if place.source is None else "weight", index, value, _step(size))


def input_knob(snapshot: Snapshot, k: int) -> Knob | None:
    """Return the knob of an input; None where it is a pixel, stands still or follows others."""
    if snapshot.image_shape is not None or snapshot.minibatch is not None:
        return None
    features = snapshot.description.features
    if features is not None and features.follows(k):
        return None  # x₁² is what x₁ makes it
    value = float(snapshot.focus.x[k])
    seen = np.append(_values(snapshot, k), value)
    low, high = float(seen.min()), float(seen.max())
    column, span = input_column(snapshot.description, k), (high - low) or abs(value) or 1.0
    switch = None
    if len(kinds := np.unique(_values(snapshot, k))) == 2:
        in_words = kinds if column is None else [file_value(column, float(v)) for v in kinds]
        if sorted(map(float, in_words)) == [0.0, 1.0]:
            nearer = int(np.abs(kinds - value).argmin())
            switch = float(kinds[1 - nearer])
    room = BEYOND * span
    return Knob("input", k, value, _step(span), low - room, high + room, switch)


def _values(snapshot: Snapshot, k: int) -> Array:
    """Return the values of an input among the data's examples, (n,); of none where none are had."""
    sample = snapshot.sample
    parts = () if sample is None else (sample.x, sample.x_train)
    columns = [np.asarray(x[:, k], np.float64) for x in parts if x is not None and len(x)]
    return np.concatenate([*columns, np.zeros(0)])


def _step(size: float) -> float:
    """Return a power of ten, about a hundredth of a size."""
    return float(10.0 ** floor(log10(size) + 0.5) / PARTS)


def words(snapshot: Snapshot, knob: Knob, value: float) -> str:
    """Write what a knob stands at: "w¹₂,₁ = 0.35", "height = 1.2 m"."""
    if knob.kind != "input":
        symbol = parameter_symbol(snapshot.recipe, locate(snapshot.recipe, knob.index))
        return f"{symbol.text} = {write(value)}"
    column = input_column(snapshot.description, knob.index)
    if column is None:
        return f"{activation_symbol(snapshot.recipe, 0, knob.index).text} = {write(value)}"
    return f"{input_label(snapshot, knob.index)} = {in_file(column, value)}"


def with_input(inputs: Array, k: int, value: float, features: FeatureInputs | None = None) -> Array:
    """Return inputs, (inputs,), with another value of one, and of the features that follow it."""
    if features is not None:
        x = features.with_value(inputs, k, value)
    else:
        x = np.array(inputs, np.float64)
        x[k] = value
    x.flags.writeable = False
    return x
