"""Functions: what an expression can do with numbers, and ask of the screen and of the hands."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from math import isfinite, nan
from typing import Any

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.activation_curve import curve
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.explain.line import slopes_of_examples
from nnviz.engine.measure.report import SURE, Report
from nnviz.engine.network import Network
from nnviz.engine.notation import (
    COST_OF_ONE,
    activation_symbol,
    cost_part_symbol,
    parameter_name,
)
from nnviz.engine.parameters import locate
from nnviz.engine.selection import Selection
from nnviz.lessons.gestures import STEPS
from nnviz.lessons.observed import Observed
from nnviz.lessons.values import ExpressionError, Kind, Value


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something that is called.

    Attributes:
        takes: the kinds of its arguments.
        kind: what it returns; None for what it is given first: of a row a row.
        sentence: what it is, for the author's help.
        call: does it.
        words: where its arguments can only be certain words, these, else empty.
        reports: whether it is read from a report on the test examples, which may still be made.
    """

    takes: tuple[Kind, ...]
    kind: Kind | None
    sentence: str
    call: Callable[..., Value]
    words: tuple[str, ...] = ()
    reports: bool = False

    def check_word(self, word: str) -> None:
        """Refuse a word that is none of those it knows.

        Raises:
            ExpressionError: it is none.
        """
        first, _, layer = word.partition(" ")
        layered = first in _LAYERED and first in self.words and layer.isdigit()
        if self.words and word not in self.words and not layered:
            raise ExpressionError(
                f"'{word}' is unknown here: choose one of {', '.join(self.words)}."
            )


_LAYERED = ("forward", "backward")
"""Steps after which the number of a layer may stand."""


def _of_row(function: Callable[[Any], Any]) -> Callable[..., Value]:
    def call(_seen: Observed, values: Any) -> Value:
        if not np.size(values):
            return nan
        return float(function(np.asarray(values, np.float64)))

    return call


def _each(function: Callable[[Any], Any]) -> Callable[..., Value]:
    def call(_seen: Observed, values: Any) -> Value:
        found = function(np.asarray(values, np.float64))
        return float(found) if np.ndim(values) == 0 else found

    return call


def _when(_seen: Observed, condition: Value, so: Value, otherwise: Value) -> Value:
    return so if condition else otherwise


def _near(_seen: Observed, one: Any, other: Any, tolerance: Any) -> Value:
    if np.ndim(one) and np.ndim(other) and np.shape(one) != np.shape(other):
        return False
    return bool(np.all(np.abs(np.subtract(one, other)) <= tolerance))


def _index(value: Any) -> int:
    number = float(value)
    if not isfinite(number) or number != int(number):
        raise ExpressionError(f"an index must be a whole number, not {number}.")
    return int(number)


def _neuron(seen: Observed, layer: Any, neuron: Any) -> Value:
    return _there(seen, Selection("neuron", _index(layer), _index(neuron)))


def _output(seen: Observed, output: Any) -> Value:
    return _there(seen, Selection("output", len(seen.layers) - 1, _index(output)))


def _there(seen: Observed, thing: Selection) -> Selection:
    if not thing.fits(seen.snapshot.recipe):
        layers = "-".join(map(str, seen.layers))
        raise ExpressionError(
            f"the net {layers} has no neuron {thing.neuron} in layer {thing.layer}: layers count "
            "from 0, the input, and neurons from 0."
        )
    return thing


def _stepped(seen: Observed, what: Any) -> Value:
    done = (one.detail for one in seen.did if one.kind == "step")
    return any(detail == what or detail.split(" ")[0] == what for detail in done)


def _edited(seen: Observed) -> set[int]:
    edits = (one for one in seen.did if one.kind == "edit" and one.detail == "theta")
    return {index for one in edits for index in one.indices}


def _changed(seen: Observed, thing: Any) -> Value:
    return thing is not None and thing.kind == "parameter" and thing.parameter in _edited(seen)


def _changed_any(seen: Observed, what: Any) -> Value:
    layers = seen.layers
    weights = sum(a * b for a, b in pairwise(layers))
    fields = {one.detail for one in seen.did if one.kind == "edit"}
    match what:
        case "weight":
            return any(index < weights for index in _edited(seen))
        case "bias":
            return any(index >= weights for index in _edited(seen))
        case "input":
            return "input" in fields
        case _:
            return bool(fields - {"input", "theta"})


def _plain(kept: Any) -> Value:
    """Return what a view keeps as a value: numbers are floats, whatever a file made them."""
    if isinstance(kept, int) and not isinstance(kept, bool):
        return float(kept)
    return kept if isinstance(kept, float | bool | str) else None


def _view(seen: Observed, view: Any, key: Any) -> Value:
    kept = seen.ui.views.get(view, {}).get(key)
    return tuple(kept) if isinstance(kept, list) else _plain(kept)


def _cost_if(seen: Observed, thing: Any, value: Any) -> Value:
    if thing is None or thing.kind != "parameter":
        raise ExpressionError("cost_if wants a weight or a bias first: cost_if(w[1][0,0], 2).")
    theta = np.array(seen.moment.network.theta)
    theta[thing.parameter] = value
    x, y, _ = seen.moment.rows
    return Network(seen.snapshot.recipe, theta).cost(x, y)


def name_of(seen: Observed, thing: Selection | None) -> str:
    """Return what something on screen is called: w¹₁,₂ or the example's own name, ŷ₁, C₀."""
    recipe = seen.snapshot.recipe
    if thing is None:
        raise ExpressionError("nothing has no name.")
    if thing.kind == "parameter":
        return parameter_name(recipe, thing.parameter)
    if thing.kind == "neuron":
        return activation_symbol(recipe, thing.layer, thing.neuron).text
    return COST_OF_ONE.text if thing.kind == "cost" else cost_part_symbol(thing.neuron).text


def _selected(seen: Observed, thing: Any) -> Value:
    return bool(seen.ui.selection == thing)


def _round(_seen: Observed, value: Any, decimals: Any) -> Value:
    found = np.round(value, min(max(_index(decimals), -300), 300))
    return float(found) if np.ndim(value) == 0 else found


def _activation(_seen: Observed, name: Any, z: Any) -> Value:
    return float(curve(ACTIVATIONS[name], [z]).a[0])


def _slope(_seen: Observed, name: Any, z: Any) -> Value:
    return float(curve(ACTIVATIONS[name], [z]).slope[0])


def _slopes(seen: Observed, thing: Any) -> Value:
    if thing is None or thing.kind != "parameter":
        raise ExpressionError("slopes wants a weight or a bias: slopes(w[1][0,0]).")
    x, y, _ = seen.moment.rows
    place = locate(seen.snapshot.recipe, thing.parameter)
    return np.asarray(slopes_of_examples(seen.moment.network, x, y, place), np.float64)


def report_of(seen: Observed) -> Report | None:
    """Return the report on how this very net reads test examples; None where none was made."""
    mark = seen.snapshot.mark
    reports = (one for one in reversed(seen.snapshot.reports) if one.mark == mark)
    return next((one for one in reports if one.classes), None)


def _class_right(seen: Observed, label: Any) -> Value:
    report, label = report_of(seen), _index(label)
    if report is None or not 0 <= label < report.classes:
        return nan
    return float(report.class_accuracy[label])


def _classes_right(seen: Observed) -> Value:
    report = report_of(seen)
    classes = seen.layers[-1]
    return np.full(classes, nan) if report is None else np.asarray(report.class_accuracy)


def _confused(seen: Observed, label: Any, read: Any) -> Value:
    report, at = report_of(seen), (_index(label), _index(read))
    if report is None or not all(0 <= one < report.classes for one in at):
        return nan
    return float(report.confusion[at])


def _sure_of_noise(seen: Observed, kind: Any) -> Value:
    report = report_of(seen)
    noise = None if report is None else report.noise
    if noise is None:
        return nan
    return float(noise.uniform if kind == "even" else noise.shuffled)


_CHANGED = ("weight", "bias", "input", "recipe")
_SINGLE = tuple(name for name, entry in ACTIVATIONS.items() if not entry.output_only)
FUNCTIONS: Mapping[str, Function] = {
    "sum": Function(("row",), "number", "the sum of a row", _of_row(np.sum)),
    "max": Function(("row",), "number", "the largest of a row", _of_row(np.max)),
    "min": Function(("row",), "number", "the smallest of a row", _of_row(np.min)),
    "argmax": Function(("row",), "number", "where in a row the largest stands", _of_row(np.argmax)),
    "argmin": Function(
        ("row",), "number", "where in a row the smallest stands", _of_row(np.argmin)
    ),
    "mean": Function(("row",), "number", "the mean of a row", _of_row(np.mean)),
    "count": Function(("row",), "number", "how many numbers a row has", _of_row(np.size)),
    "norm": Function(
        ("row",), "number", "the length of a row as a vector", _of_row(np.linalg.norm)
    ),
    "abs": Function(("numbers",), None, "without its sign", _each(np.abs)),
    "sqrt": Function(("numbers",), None, "the square root", _each(np.sqrt)),
    "exp": Function(("numbers",), None, "e to this power", _each(np.exp)),
    "log": Function(("numbers",), None, "the natural logarithm", _each(np.log)),
    "round": Function(("numbers", "number"), None, "rounded to so many decimals", _round),
    "when": Function(
        ("bool", "any", "any"), "any", "the second where the first holds, else the third", _when
    ),
    "near": Function(
        ("numbers", "numbers", "number"),
        "bool",
        "two numbers are no further apart than the third",
        _near,
    ),
    "neuron": Function(
        ("number", "number"), "thing", "the neuron of a layer; layer 0 is the input", _neuron
    ),
    "output": Function(("number",), "thing", "what an output adds to the cost", _output),
    "cost_if": Function(
        ("thing", "number"), "number", "the cost if a weight had another value", _cost_if
    ),
    "f": Function(
        ("text", "number"),
        "number",
        "an activation function at z, as f('relu', -5)",
        _activation,
        _SINGLE,
    ),
    "slope": Function(
        ("text", "number"), "number", "the slope of an activation function at z", _slope, _SINGLE
    ),
    "slopes": Function(
        ("thing",),
        "row",
        "the slope of the cost along a weight for each example of the minibatch",
        _slopes,
    ),
    "class_right": Function(
        ("number",),
        "number",
        "the share of test examples of a class that are read right",
        _class_right,
        reports=True,
    ),
    "classes_right": Function(
        (),
        "row",
        "the share of test examples that are read right, of each class",
        _classes_right,
        reports=True,
    ),
    "confused": Function(
        ("number", "number"),
        "number",
        "how many test examples of a class are read as another",
        _confused,
        reports=True,
    ),
    "sure_of_noise": Function(
        ("text",),
        "number",
        f"the share of pictures of noise that an output above {SURE} claims",
        _sure_of_noise,
        ("even", "shuffled"),
        reports=True,
    ),
    "name": Function(("thing",), "text", "what this is called: w¹₁,₂ or δ", name_of),
    "selected": Function(("thing",), "bool", "this is selected", _selected),
    "open": Function(
        ("text",),
        "bool",
        "this panel is open",
        lambda seen, id: id in (seen.ui.open_panels or ()),
    ),
    "front": Function(
        ("text",), "bool", "this panel stands in front", lambda seen, id: id in seen.ui.front
    ),
    "view": Function(("text", "text"), "any", "what a view keeps of itself under a name", _view),
    "stepped": Function(
        ("text",), "bool", "such a step was done since the scene began", _stepped, tuple(STEPS)
    ),
    "changed": Function(
        ("thing",), "bool", "this weight or bias was changed by hand since then", _changed
    ),
    "changed_any": Function(
        ("text",), "bool", "one of these was changed by hand since then", _changed_any, _CHANGED
    ),
}
"""What can be called, by name."""
