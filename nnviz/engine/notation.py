"""The notation: what every layer, neuron, parameter, example and cost is called, everywhere.

The symbols are those of resources/symbols.toml. Whatever has an index is counted
from 1, as the field does in x₁, x₂ …: inputs, neurons of a layer, outputs, examples.
Only layers begin with 0, the input, so that W¹ leads into layer 1. Names of classes
are names: the output of the digit 7 is ŷ₈ “7”. Arrays count from 0, as NumPy's do;
here is the only place that turns one into the other.
"""

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache

from nnviz.data.features import FEATURES
from nnviz.data.naming import referred
from nnviz.data.options import INPUTS
from nnviz.engine.parameter_names import NONE, unpack
from nnviz.engine.parameters import Parameter, index_of, locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.symbols import Symbol
from nnviz.numbers import integer
from nnviz.paths import resource

COST = Symbol("C")
"""The cost averaged over examples."""
COST_OF_ONE = Symbol("C", "", "0")
"""The cost of one example; 0 is no index, for there is no example 0."""
_FIRST = 1


@cache
def symbols() -> tuple[tuple[str, str, str], ...]:
    """Return the table of symbols: each one's sign, an example and what it means."""
    rows = tomllib.loads(resource("symbols.toml").read_text("utf-8"))["symbol"]
    return tuple((row["sign"], row["example"], row["meaning"]) for row in rows)


def number_of(index: int) -> int:
    """Return the number on screen of what stands at an index of an array."""
    return index + _FIRST


def index_of_number(number: int) -> int:
    """Return the index in an array of what has this number on screen."""
    return number - _FIRST


@lru_cache(maxsize=16)
def _features(dataset: str) -> tuple[str, ...]:
    """Return the signs of the features that are inputs, in their order; none where not told."""
    names = referred(dataset).values(INPUTS) if INPUTS in dataset else ()
    chosen = names[0].split("+") if names else []
    return tuple(one.symbol for one in FEATURES.values() if one.name in chosen)


def _subscript(index: int | str) -> str:
    return index if isinstance(index, str) else str(number_of(index))


# -- symbols: indices are those of arrays, letters stand as they are ----------------------------


def weight_symbol(recipe: Recipe, layer: int, target: int | str, source: int | str) -> Symbol:
    """w^l_jk, from neuron k of layer l − 1 to neuron j of layer l, or its own name."""
    if isinstance(target, int) and isinstance(source, int):
        own = _own_name(recipe, Parameter(layer, source, target))
        if own is not None:
            return own
    target, source = _subscript(target), _subscript(source)
    comma = "," if source.isdigit() and target.isdigit() else ""
    return Symbol("w", str(layer), f"{target}{comma}{source}")


def bias_symbol(recipe: Recipe, layer: int, target: int | str) -> Symbol:
    """b^l_j, or its own name."""
    if isinstance(target, int):
        own = _own_name(recipe, Parameter(layer, None, target))
        if own is not None:
            return own
    return Symbol("b", str(layer), _subscript(target))


def sum_symbol(layer: int, neuron: int | str) -> Symbol:
    """z^l_j."""
    return Symbol("z", str(layer), _subscript(neuron))


def error_symbol(layer: int, neuron: int | str) -> Symbol:
    """δ^l_j."""
    return Symbol("δ", str(layer), _subscript(neuron))


def activation_symbol(recipe: Recipe, layer: int, neuron: int | str) -> Symbol:
    """x_j of an input, or the feature of a point that it is; ŷ_j of an output, else a^l_j."""
    if layer == 0:
        features = _features(recipe.dataset) if isinstance(neuron, int) else ()
        if features:
            return Symbol(features[int(neuron)])
        return Symbol("x", "", _subscript(neuron))
    if layer == len(recipe.layers) - 1:
        return Symbol("ŷ", "", _subscript(neuron))
    return Symbol("a", str(layer), _subscript(neuron))


def desired_symbol(output: int | str) -> Symbol:
    """y_j."""
    return Symbol("y", "", _subscript(output))


def cost_part_symbol(output: int | str) -> Symbol:
    """C₀,ⱼ, what one output adds to the cost of one example."""
    return Symbol("C", "", f"0,{_subscript(output)}")


def parameter_symbol(recipe: Recipe, place: Parameter) -> Symbol:
    """w^l_jk or b^l_j of a place in the network, or the name that it has of its own."""
    if place.source is None:
        return bias_symbol(recipe, place.layer, place.target)
    return weight_symbol(recipe, place.layer, place.target, place.source)


def _own_name(recipe: Recipe, place: Parameter) -> Symbol | None:
    if recipe.parameter_names == NONE:
        return None
    parts = unpack(recipe.parameter_names).parts(recipe.layers, index_of(recipe, place))
    return None if parts is None else Symbol(parts[0], "", parts[1])


def parameter_name(recipe: Recipe, index: int, inputs: Sequence[str] = ()) -> str:
    """Name one entry of theta: "w²₈,₅" from neuron 5 to 8 of layer 2, "b²₈", or "w₅" of a book.

    Behind a weight on an input stands its name, "w¹₁,₂ age", where inputs have names.
    """
    place = locate(recipe, index)
    symbol, source = parameter_symbol(recipe, place).text, source_name(place, inputs)
    return f"{symbol} {source}" if source else symbol


def source_name(place: Parameter, inputs: Sequence[str]) -> str:
    """Return what the input is called that a weight is on; empty for any other parameter."""
    on_input = place.layer == 1 and place.source is not None and place.source < len(inputs)
    return inputs[place.source] if on_input and place.source is not None else ""


def telling_inputs(recipe: Recipe, names: Sequence[str]) -> tuple[str, ...]:
    """Return names of inputs where they say more than those of their weights, else nothing."""
    alike = (activation_symbol(recipe, 0, k).text == name for k, name in enumerate(names))
    return () if recipe.parameter_names != NONE or all(alike) else tuple(names)


def numbered(what: str, index: int, name: str = "") -> str:
    """Write a number from 1 and the name that goes with it, if any: "output 8 “7”", "neuron 3"."""
    number = integer(number_of(index))
    return f"{what} {number}" if name in ("", number) else f"{what} {number} “{name}”"


def example_name(index: int, *, picture: bool, part: str = "") -> str:
    """Name an example by its place in its data set: "test image 13", "image 13"."""
    what = "image" if picture else "example"
    return f"{part} {what} {integer(number_of(index))}".lstrip()
