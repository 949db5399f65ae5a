"""Expressions: the right sides of equations as small trees, of which text and type both follow.

A leaf is a symbol, a number or a quantity. A quantity stands for its symbol in a formula and for
its value in the same formula with numbers, and knows what a click on it selects. The formulas of
the tables of activations and costs are read into such trees by `formula`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.symbols import Partial, Quantity, Symbol, Term
from nnviz.numbers import write

LONGEST_SUM = 8
"""Terms a sum may have to be written in full."""
SHOWN_TERMS = 3
"""Terms written of a longer sum, the largest; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that belongs to the formula: 1, 0.01."""

    text: str


@dataclass(frozen=True, slots=True)
class Operator:
    """A sign before or between operands, in text with spaces around it or close to them."""

    sign: str
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign that is no operator: a comma, or a space between factors."""

    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word inside a formula: if, else."""

    text: str


@dataclass(frozen=True, slots=True)
class Function:
    """The name of a function: σ, ln, tanh."""

    name: str


@dataclass(frozen=True, slots=True)
class Summation:
    """Σ over an index; what is summed follows."""

    index: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Stands for so many terms that are not written out."""

    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """Parts one after the other."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Group:
    """A row in brackets or between bars."""

    inside: Row
    opening: str = "("
    closing: str = ")"


@dataclass(frozen=True, slots=True)
class Call:
    """A function and what it is of: a group or, `apart` from it, a single operand."""

    function: "Expression"
    argument: "Expression"
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Power:
    """A base and its exponent."""

    base: "Expression"
    exponent: "Expression"


@dataclass(frozen=True, slots=True)
class Fraction:
    """A quotient; a `plain` one is made of letters and whole numbers alone: 1/2n."""

    over: "Expression"
    under: "Expression"
    plain: bool = False


Expression: TypeAlias = (
    Symbol | Partial | Quantity | Number | Operator | Mark | Word | Function | Summation
    | Rest | Row | Group | Call | Power | Fraction
)  # fmt: skip
GAP = Mark(" ")
PLUS, DOT = Operator("+"), Operator("·")
CLOSE_DOT, MINUS = Operator("·", spaced=False), Operator("−", spaced=False)
SQUARED = Number("2")


def row(*parts: Expression) -> Row:
    """Put expressions one after the other; rows among them are opened."""
    flat: list[Expression] = []
    for part in parts:
        flat += part.parts if isinstance(part, Row) else (part,)
    return Row(tuple(flat))


def text_of(expression: Expression, *, values: bool = False) -> str:
    """Write an expression in one line, quantities by their symbols or by their values."""

    def text(each: Expression) -> str:
        return text_of(each, values=values)

    match expression:
        case Quantity(symbol, value):
            return write(value) if values else symbol.text
        case Symbol() | Partial() | Number() | Mark() | Word():
            return expression.text
        case Operator(sign, spaced):
            return f" {sign} " if spaced else sign
        case Function(name):
            return name
        case Summation(index):
            return f"{Symbol('Σ', '', index).text} "
        case Rest(count):
            return f"… ({count} smaller)"
        case Row(parts):
            return "".join(map(text, parts))
        case Group(inside, opening, closing):
            return opening + text(inside) + closing
        case Call(function, argument, apart):
            return text(function) + (" " if apart else "") + text(argument)
        case Power(base, exponent):
            return text(base) + ("²" if exponent == SQUARED else f"^{text(exponent)}")
        case Fraction(over, under, plain):
            return text(over) + ("/" if plain else " / ") + text(under)


def in_numbers(expression: Expression, before: str = "", *, raised: bool = False) -> Expression:
    """Put brackets around values that would be misread.

    That is a negative one after a sign, and m×10ⁿ below a power, where it is `raised`. Of what
    is written before it the last letter matters.
    """
    match expression:
        case Quantity(_, value):
            if not raised and not value < 0:
                return expression
            written = write(value)
            negative = written.startswith("−") and before not in ("", "(", "[", "|")
            misread = raised and (written.startswith("−") or "×" in written)
            return Group(Row((expression,))) if negative or misread else expression
        case Row(parts):
            done: list[Expression] = []
            for part in parts:
                if done and isinstance(part, Quantity | Row | Power | Fraction):
                    before = text_of(done[-1], values=True)[-1:]
                done.append(in_numbers(part, before))
            return Row(tuple(done))
        case Group(inside, opening, closing):
            return Group(row(in_numbers(inside, opening)), opening, closing)
        case Call(function, argument, apart):
            return Call(function, in_numbers(argument, " "), apart)
        case Power(base, exponent):
            return Power(in_numbers(base, before, raised=True), in_numbers(exponent, "^"))
        case Fraction(over, under, plain):
            return Fraction(in_numbers(over, before), in_numbers(under, " "), plain)
        case _:
            return expression


def replaced(expression: Expression, by: Mapping[Expression, Expression]) -> Expression:
    """Put other expressions in the place of some."""

    def again(each: Expression) -> Expression:
        return replaced(each, by)

    if expression in by:
        return by[expression]
    match expression:
        case Row(parts):
            return row(*map(again, parts))
        case Group(inside, opening, closing):
            return Group(row(again(inside)), opening, closing)
        case Call(function, argument, apart):
            return Call(function, again(argument), apart)
        case Power(base, exponent):
            return Power(again(base), again(exponent))
        case Fraction(over, under, plain):
            return Fraction(again(over), again(under), plain)
        case _:
            return expression


@dataclass(frozen=True, slots=True)
class Equation:
    """How a quantity comes about.

    Attributes:
        result: the left side and its value.
        formula: the right side, in which quantities stand for their symbols.
        numbers: the right side, in which they stand for their values, brackets included.
    """

    result: Quantity
    formula: Row
    numbers: Row

    @property
    def right(self) -> str:
        """The right side in symbols."""
        return text_of(self.formula)

    @property
    def right_with_numbers(self) -> str:
        """The right side in numbers."""
        return text_of(self.numbers, values=True)

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


def equation(result: Quantity, formula: Expression, numbers: Expression | None = None) -> Equation:
    """Make an equation; its numbers are those of its formula where there are no others."""
    of = formula if numbers is None else numbers
    return Equation(result, row(formula), row(in_numbers(row(of))))


def product_of(factors: Sequence[Quantity], dot: Operator = DOT) -> Row:
    """Write factors one after the other."""
    return _joined(factors, dot)


def sum_of(terms: Sequence[Term], *more: Quantity) -> Row:
    """Write a sum of products, the largest only where there are many; `more` is added last."""
    products: Sequence[float] | None = getattr(terms, "products", None)
    sizes = [term.product for term in terms] if products is None else list(products)

    def product(index: int) -> Row:
        return product_of((terms[index].first, terms[index].second), CLOSE_DOT)

    return _joined((_added(product, sizes), *more), PLUS)


def added(parts: Sequence[Expression], sizes: Sequence[float]) -> Row:
    """Write parts, at least one, with + between them; of many only those of the largest sizes."""
    return _added(parts.__getitem__, sizes)


def _added(part: Callable[[int], Expression], sizes: Sequence[float]) -> Row:
    shown = list(range(len(sizes)))
    if len(sizes) > LONGEST_SUM:
        shown = np.argsort(-np.abs(sizes), kind="stable")[:SHOWN_TERMS].tolist()
    parts = [part(index) for index in shown]
    if len(shown) < len(sizes):
        parts.append(Rest(len(sizes) - len(shown)))
    return _joined(parts, PLUS)


def _joined(parts: Sequence[Expression], sign: Operator) -> Row:
    joined: list[Expression] = []
    for part in parts:
        joined += [sign, part] if joined else [part]
    return row(*joined)
