"""Symbols and quantities: what explanations name, and the values they have at a moment.

What is made of them is in `explain.expression`; what symbols there are is in `notation`.
"""

from collections.abc import Sequence
from dataclasses import field

from nnviz.dataclass import dataclass
from nnviz.engine.selection import Selection
from nnviz.numbers import write

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789jkmnx", "₀₁₂₃₄₅₆₇₈₉ⱼₖₘₙₓ")


@dataclass(frozen=True, slots=True)
class Symbol:
    """One name of the field.

    Attributes:
        base: the letter: w, b, z, a, x, y, ŷ, δ, C, η.
        superscript: the layer, or empty.
        subscript: which one: "7", "7,4", "7k"; or empty.
    """

    base: str
    superscript: str = ""
    subscript: str = ""

    @property
    def text(self) -> str:
        """The symbol in one line, for example "w²₇,₄"."""
        return (
            self.base
            + self.superscript.translate(_SUPERSCRIPTS)
            + self.subscript.translate(_SUBSCRIPTS)
        )


@dataclass(frozen=True, slots=True)
class Partial:
    """The partial derivative of one symbol with respect to another."""

    of: Symbol
    by: Symbol

    @property
    def text(self) -> str:
        """The derivative in one line, for example "∂C₀/∂z²₇"."""
        return f"∂{self.of.text}/∂{self.by.text}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A symbol or derivative with its present value.

    Attributes:
        symbol: its name.
        value: what it is now.
        picks: what a click on it selects; None where it stands for no single number.
    """

    symbol: Symbol | Partial
    value: float
    picks: Selection | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """For example "z²₇ = −20"."""
        return f"{self.symbol.text} = {write(self.value)}"


@dataclass(frozen=True, slots=True)
class Term:
    """One product of a sum.

    Attributes:
        neuron: which neuron of the neighbouring layer, or which output, it belongs to.
        first, second: the factors.
        product: their product.
    """

    neuron: int
    first: Quantity
    second: Quantity
    product: float


def largest_first(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Sort terms by the size of their products; equal ones stay in their order."""
    return tuple(sorted(terms, key=lambda term: -abs(term.product)))
