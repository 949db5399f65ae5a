"""Which selection a symbol stands for."""

from nnviz.engine.notation import index_of_number
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Partial, Symbol


def selection_of(recipe: Recipe, symbol: Symbol | Partial) -> Selection | None:
    """Return what a symbol picks; None where it stands for no single number.

    A derivative picks what it is a matter of: ∂C₀/∂ŷ the output's cost, ∂ŷ/∂z the neuron,
    ∂z/∂w the neuron that the weight weighs.
    """
    if isinstance(symbol, Partial):
        return _of_derivative(recipe, symbol)
    base, last = symbol.base, len(recipe.layers) - 1
    if base == "C":
        if symbol.subscript == "0":
            return Selection("cost", last)
        _, _, output = symbol.subscript.partition(",")
        return Selection("output", last, index_of_number(int(output))) if output.isdigit() else None
    numbers = symbol.subscript.split(",")
    if not all(number.isdigit() for number in numbers):
        return None
    if base == "w" and len(numbers) == 2:
        target, source = (index_of_number(int(number)) for number in numbers)
        return Selection.of_weight(recipe, int(symbol.superscript), source, target)
    neuron = index_of_number(int(numbers[0]))
    if base == "b":
        return Selection.of_weight(recipe, int(symbol.superscript), None, neuron)
    if base in ("z", "a", "δ"):
        return Selection("neuron", int(symbol.superscript), neuron)
    layers = {"x": Selection("neuron", 0, neuron), "ŷ": Selection("neuron", last, neuron)}
    return Selection("output", last, neuron) if base == "y" else layers.get(base)


def _of_derivative(recipe: Recipe, symbol: Partial) -> Selection | None:
    of, by = symbol.of.base, symbol.by.base
    if of == "C" and by == "ŷ" and symbol.by.subscript.isdigit():
        return Selection(
            "output", len(recipe.layers) - 1, index_of_number(int(symbol.by.subscript))
        )
    if of == "z" and by == "w":
        layer, source = int(symbol.by.superscript) - 1, symbol.by.subscript.split(",")[1]
        return Selection("neuron", layer, index_of_number(int(source)))
    if of == "z" and by == "b":
        return None
    picked = symbol.by if of == "C" else symbol.of
    return selection_of(recipe, picked)


def upper_first(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]
