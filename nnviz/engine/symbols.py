"""The notation of explanations: symbols, their values, and equations made of both.

An equation is a short row of pieces. Its formula holds text and symbols, its
numbers hold the same text with each symbol's value, so a view can set either in
proper type, or take the plain text from here. What symbols there are is in `notation`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeAlias, TypeVar

from nnviz.numbers import write

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789jkmnx", "₀₁₂₃₄₅₆₇₈₉ⱼₖₘₙₓ")

_POWERS = ("²", "³", "^")

LONGEST_SUM = 8
"""Terms a sum may have to be written in full."""
SHOWN_TERMS = 3
"""Terms written of a longer sum, the largest; the rest is counted."""


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
    """A symbol or derivative with its present value."""

    symbol: Symbol | Partial
    value: float

    @property
    def text(self) -> str:
        """For example "z²₇ = −20"."""
        return f"{self.symbol.text} = {write(self.value)}"


Name: TypeAlias = str | Symbol | Partial
Piece: TypeAlias = str | Quantity
Q = TypeVar("Q", Quantity, Quantity | Symbol)


@dataclass(frozen=True, slots=True)
class Equation:
    """How a quantity comes about.

    Attributes:
        result: the left side and its value.
        formula: the right side in text and symbols.
        numbers: the right side in text and values, parentheses included.
    """

    result: Quantity
    formula: tuple[Name, ...]
    numbers: tuple[Piece, ...]

    @property
    def right(self) -> str:
        """The right side in symbols."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.formula)

    @property
    def right_with_numbers(self) -> str:
        """The right side in numbers."""
        return _written(self.numbers)

    @property
    def text(self) -> str:
        """For example "z²₇ = Σₖ w²₇ₖ a¹ₖ + b²₇"."""
        return f"{self.result.symbol.text} = {self.right}"

    @property
    def text_with_numbers(self) -> str:
        """For example "z¹₀ = 3·1 + 1·0 + (−20)·1 + (−3) = −20"."""
        value = write(self.result.value)
        right = self.right_with_numbers
        return f"{self.result.symbol.text} = {right}" + (f" = {value}" if right != value else "")


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


def names_of(pieces: Sequence[Piece | Symbol | Partial]) -> tuple[Name, ...]:
    """Turn pieces into a formula: a quantity becomes its symbol."""
    return tuple(piece.symbol if isinstance(piece, Quantity) else piece for piece in pieces)


def numbers_of(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Turn pieces into numbers: a value that would be misread is put in parentheses.

    That is a negative one after a sign, and m×10ⁿ below a power.
    """
    done: list[Piece] = []
    for piece, after in zip_longest(pieces, pieces[1:]):
        if isinstance(piece, Quantity):
            written = write(piece.value)
            before = _written(done)[-1:]
            power = isinstance(after, str) and after.startswith(_POWERS)
            negative = written.startswith("−") and before not in ("", "(", "[", "|")
            if negative or (power and (written.startswith("−") or "×" in written)):
                done += ["(", piece, ")"]
                continue
        done.append(piece)
    return tuple(done)


def equation(result: Quantity, pieces: Sequence[Piece]) -> Equation:
    """Make an equation whose formula and numbers are the same pieces."""
    return Equation(result, names_of(pieces), numbers_of(pieces))


def product_of(factors: Sequence[Quantity], dot: str = " · ") -> tuple[Piece, ...]:
    """Write factors one after the other."""
    pieces: list[Piece] = []
    for factor in factors:
        pieces += [dot, factor] if pieces else [factor]
    return tuple(pieces)


def sum_of(terms: Sequence[Term], *more: Quantity) -> tuple[Piece, ...]:
    """Write a sum of products, the largest only where there are many; `more` is added last."""
    products: Sequence[float] | None = getattr(terms, "products", None)
    sizes = [term.product for term in terms] if products is None else list(products)
    pieces = list(_added(lambda index: _product(terms[index]), sizes))
    for quantity in more:
        pieces += [" + ", quantity]
    return tuple(pieces)


def added(parts: Sequence[Sequence[Piece]], sizes: Sequence[float]) -> tuple[Piece, ...]:
    """Write parts with + between them; of many only the largest, the rest is counted.

    Args:
        parts: at least one.
        sizes: the value of each.
    """
    return _added(parts.__getitem__, sizes)


def _product(term: Term) -> tuple[Piece, ...]:
    return product_of((term.first, term.second), "·")


def _added(part: Callable[[int], Sequence[Piece]], sizes: Sequence[float]) -> tuple[Piece, ...]:
    shown = list(range(len(sizes)))
    if len(sizes) > LONGEST_SUM:
        shown = sorted(shown, key=lambda index: -abs(sizes[index]))[:SHOWN_TERMS]
    pieces: list[Piece] = []
    for index in shown:
        pieces += [" + ", *part(index)] if pieces else part(index)
    if len(shown) < len(sizes):
        pieces.append(f" + … ({len(sizes) - len(shown)} smaller)")
    return tuple(pieces)


def substituted(text: str, by_name: Mapping[str, Q]) -> tuple[str | Q, ...]:
    """Put quantities in the place of names in a table's formula text.

    Args:
        text: for example "(a_j − y_j) / (a_j·(1 − a_j))".
        by_name: what stands for each name; longer names are looked for first, and a name
            inside a longer word is left alone.
    """
    longest = sorted(by_name, key=len, reverse=True)
    pattern = "|".join(rf"(?<![A-Za-z_]){re.escape(name)}(?![A-Za-z_(′])" for name in longest)
    return tuple(by_name.get(part, part) for part in re.split(f"({pattern})", text) if part)


def _written(pieces: Sequence[Piece]) -> str:
    return "".join(piece if isinstance(piece, str) else write(piece.value) for piece in pieces)
