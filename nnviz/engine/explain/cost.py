"""Where the cost of one example comes from: each output's part of it."""

from numpy import finfo
from numpy.typing import ArrayLike

from nnviz.dataclass import dataclass
from nnviz.engine.costs import COSTS, Cost
from nnviz.engine.explain.expression import (
    Equation,
    Expression,
    Summation,
    added,
    equation,
    replaced,
    row,
)
from nnviz.engine.explain.formula import read
from nnviz.engine.explain.forward import Forward, check_neuron
from nnviz.engine.network import Network
from nnviz.engine.notation import COST_OF_ONE, cost_part_symbol
from nnviz.engine.selection import Selection
from nnviz.engine.symbols import Quantity, Symbol


@dataclass(frozen=True, slots=True)
class OutputPart:
    """One output's part of the cost of one example.

    Attributes:
        output: which output.
        desired, actual: y_j and ŷ_j.
        difference: ŷ_j − y_j.
        sum: z_j, which some costs are written in.
        term: what it adds to the cost of the example.
        equation: the term written out.
        note: a sentence where the numbers alone would mislead, else empty.
    """

    output: int
    desired: Quantity
    actual: Quantity
    difference: float
    sum: Quantity
    term: Quantity
    equation: Equation
    note: str


@dataclass(frozen=True, slots=True)
class CostParts:
    """The cost of one example, output by output.

    Attributes:
        parts: one for each output, in their order or the largest term first.
        cost: C₀, the sum of the parts' terms.
        equation: C₀ as that sum.
    """

    parts: tuple[OutputPart, ...]
    cost: Quantity
    equation: Equation


def explain_cost(
    network: Network, x: ArrayLike, y: ArrayLike, *, by_size: bool = False
) -> CostParts:
    """Take the cost of one example apart, output by output."""
    look = Forward(network, x, y)
    parts = [_part(look, output) for output in range(look.recipe.layers[-1])]
    largest = sorted(parts, key=lambda part: -abs(part.term.value))
    cost = Quantity(COST_OF_ONE, look.propagation.cost, Selection("cost", look.last))
    numbers = added([part.term for part in parts], [part.term.value for part in parts])
    total = equation(cost, row(Summation("j"), cost_part_symbol("j")), numbers)
    return CostParts(tuple(largest if by_size else parts), cost, total)


def explain_output(network: Network, x: ArrayLike, y: ArrayLike, output: int) -> OutputPart:
    """Explain one output's part of the cost of one example."""
    check_neuron(network.recipe, len(network.recipe.layers) - 1, output)
    return _part(Forward(network, x, y), output)


def term_text(cost: Cost, outputs: int) -> str:
    """Return what one of so many outputs adds to one example's cost, as text."""
    return cost.part.replace("1/m·", f"1/{outputs}·" if outputs > 1 else "")


def _part(look: Forward, output: int) -> OutputPart:
    actual, desired = look.a(look.last, output), look.desired(output)
    z = look.z(look.last, output)
    picks = Selection("output", look.last, output)
    term = Quantity(cost_part_symbol(output), float(look.propagation.terms[0, output]), picks)
    text = term_text(COSTS[look.recipe.cost], look.recipe.layers[-1])
    names: dict[Expression, Expression] = {
        Symbol("a", "", "j"): actual,
        Symbol("y", "", "j"): desired,
        Symbol("z", "", "j"): z,
    }
    written = replaced(read(text), names)
    least = float(finfo(look.recipe.dtype).eps)
    note, mistake = "", actual.value != desired.value
    if COSTS[look.recipe.cost].counts_mistakes and mistake and not term.value:
        note = "It lies on the line, where z = 0, so the cost is 0 although it is a mistake."
    elif look.smooth and look.cancelled and not least < actual.value < 1 - least:
        note = (
            "This output is saturated, so its cost is worked out from z, where no logarithm of 0 "
            "appears."
        )
    difference = actual.value - desired.value
    return OutputPart(output, desired, actual, difference, z, term, equation(term, written), note)
