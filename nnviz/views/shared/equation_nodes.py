"""From the engine's expressions to type: each becomes nodes, symbols and values those to click.

Σ takes its index below, a power is raised, a quotient becomes a fraction, function names stand
upright.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from nnviz import wording
from nnviz.dataclass import dataclass
from nnviz.engine.explain import expression as expressions
from nnviz.engine.explain.expression import Expression
from nnviz.engine.symbols import Partial, Quantity, Symbol
from nnviz.numbers import write
from nnviz.views.shared.typesetting import (
    Box,
    Fraction,
    Glyphs,
    Hatted,
    Link,
    Node,
    Row,
    Scripted,
    Sum,
    aside,
)

PLAIN, LARGE = 0.74, 0.86
"""Size of a fraction of letters and whole numbers alone, and of any other."""
_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "−0123456789")
_SPACED = {"=": 0.28, "+": 0.22, "−": 0.22, "≥": 0.28, ">": 0.28, "·": 0.08}
_STARTS = {"=", "+", "−"}
"""Signs before which a line may be broken."""
_HATTED = {"ŷ": "y", "â": "a"}
_LONG = 9
"""Nodes from which on a group in brackets may be broken."""


@dataclass(frozen=True, slots=True)
class Named:
    """A symbol, or a derivative: as a fraction where it is `tall`, else with a slash."""

    symbol: Symbol | Partial
    tall: bool = False

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size; symbols recur, so their boxes are kept."""
        return _named(shown_symbol(self.symbol), self.tall, size, role, least)


@lru_cache(maxsize=4096)
def _named(symbol: Symbol | Partial, tall: bool, size: float, role: str, least: int) -> Box:
    return _spelt(symbol, tall=tall).set(size, role, least)


def shown_symbol(symbol: Symbol | Partial) -> Symbol | Partial:
    """Return a symbol with the letters that are chosen for it."""
    return (
        _other(symbol)
        if isinstance(symbol, Symbol)
        else Partial(*map(_other, (symbol.of, symbol.by)))
    )


def _other(symbol: Symbol) -> Symbol:
    before = "Δ" if symbol.base.startswith("Δ") else ""
    base, above = wording.sign(symbol.base.removeprefix("Δ"))
    below = wording.index(symbol.subscript)
    return Symbol(before + base, symbol.superscript or above, below)


def _spelt(symbol: Symbol | Partial, *, tall: bool) -> Node:
    if isinstance(symbol, Partial):
        d = Glyphs("∂", "italic")
        over, under = (Row((d, _spelt(one, tall=False))) for one in (symbol.of, symbol.by))
        if tall:
            return Fraction(over, under, LARGE)
        return Row((over, Glyphs("/", before=0.02, after=0.04), under))
    if symbol.base in ("1", "Δ"):
        base: Node = Glyphs(symbol.base)
    elif symbol.base in _HATTED:
        base = Hatted(_HATTED[symbol.base])
    elif symbol.base.startswith("Δ"):
        base = Row((Glyphs("Δ"), Glyphs(symbol.base[1:], "italic")))
    else:
        base = Glyphs(symbol.base, "italic")
    above, below = (_script(text) for text in (symbol.superscript, symbol.subscript))
    return Scripted(base, above, below) if above or below else base


def _script(text: str) -> Node | None:
    nodes = tuple(
        Glyphs("".join(part), "italic" if letters else "roman")
        for letters, part in groupby(text, str.isalpha)
    )
    return Row(nodes) if nodes else None


def number_node(value: float, digits: int | None = None, *, bold: bool = False) -> Node:
    """Set a value, a power of ten raised."""
    style = "bold" if bold else "roman"
    mantissa, _, power = write(value, digits).partition("×10")
    if not power:
        return Glyphs(mantissa, style)
    raised = Scripted(Glyphs("10", style), Glyphs(power.translate(_PLAIN), style))
    return Row((Glyphs(mantissa + "×", style), raised))


def sign_role(value: float) -> str:
    """Return the colour of a value: by its sign, none for nothing."""
    return "plus" if value > 0 else "minus" if value < 0 else ""


def operator(sign: str) -> Glyphs:
    """Set a sign between two operands."""
    gap = _SPACED[sign]
    return Glyphs(sign, before=gap, after=gap, starts=sign in _STARTS)


@dataclass(frozen=True, slots=True)
class Reading:
    """How an expression is to be set: with derivatives as fractions where it is `tall`.

    Values have so many digits, or for None as many as the reader wishes. Where it is `flat` it is
    no higher than a line: with a slash for every fraction.
    """

    tall: bool = False
    digits: int | None = None
    flat: bool = False

    def formula(self, expression: Expression) -> tuple[Node, ...]:
        """Set an expression in symbols, one node an operand or sign."""
        return tuple(_Setter(self, values=False).nodes(expression))

    def numbers(self, expression: Expression) -> tuple[Node, ...]:
        """Set an expression in numbers, one node an operand or sign."""
        return tuple(_Setter(self, values=True).nodes(expression))

    def symbol(self, quantity: Quantity) -> Node:
        """Set a quantity's symbol, which can be clicked where it stands for something."""
        return _linked(quantity, Named(quantity.symbol, self.tall))

    def value(self, quantity: Quantity) -> Node:
        """Set a quantity's value, which can be clicked where it stands for something."""
        return _linked(quantity, number_node(quantity.value, self.digits))


def _linked(quantity: Quantity, node: Node) -> Node:
    return node if quantity.picks is None else Link(node, quantity.picks)


@dataclass(frozen=True, slots=True)
class Fenced:
    """A group in brackets; a quotient or a power takes the brackets away."""

    opening: str
    inside: Row
    closing: str

    @property
    def whole(self) -> Row:
        """The group with its brackets."""
        return Row((Glyphs(self.opening), self.inside, Glyphs(self.closing)))

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size."""
        return self.whole.set(size, role, least)


@dataclass(frozen=True, slots=True)
class _Setter:
    """Turns an expression into nodes, in symbols or in numbers."""

    reading: Reading
    values: bool

    def nodes(self, expression: Expression) -> list[Node]:
        """Return one node an operand or sign."""
        match expression:
            case expressions.Row(parts):
                return self._row(parts)
            case expressions.Group(inside, "|", _):
                return [Glyphs("|"), *self.nodes(inside), Glyphs("|")]
            case expressions.Call(function, argument, apart):
                gap = [_SPACE] if apart else []
                return [*self.nodes(function), *gap, *self._argument(argument)]
        return [self._operand(expression)]

    def _row(self, parts: Sequence[Expression]) -> list[Node]:
        nodes: list[Node] = []
        for before, part in zip((None, *parts), parts, strict=False):
            adds = before == expressions.PLUS and nodes
            negative = _bracketed(part) if adds else None
            if negative is not None and negative.value < 0:
                # A sum takes away what is negative.
                less = Quantity(negative.symbol, -negative.value, negative.picks)
                nodes[-1:] = [operator("−"), self.reading.value(less)]
            elif isinstance(part, expressions.Operator):
                unary = not nodes and part.sign == "−"
                nodes.append(Glyphs(part.sign) if unary else operator(part.sign))
            else:
                nodes += self.nodes(part)
        return nodes

    def _operand(self, expression: Expression) -> Node:
        match expression:
            case Quantity():
                return (self.reading.value if self.values else self.reading.symbol)(expression)
            case Symbol() | Partial():
                return Named(expression, self.reading.tall)
            case expressions.Function(name):
                return Glyphs(name, "italic" if "α" <= name <= "ω" else "roman")
            case expressions.Summation(index):
                return Sum(index)
            case expressions.Rest(count):
                return aside(f"… ({count} more)")
            case expressions.Word(text):
                return aside(text)
            case expressions.Mark(text) if expression == expressions.GAP:
                return _SPACE
            case expressions.Number(text) | expressions.Mark(text):
                return Glyphs(text)
            case expressions.Fraction(over, under, _) if self.reading.flat:
                slash = Glyphs("/", before=0.06, after=0.06)
                return Row((self._single(over), slash, self._single(under)))
            case expressions.Fraction(over, under, plain):
                scale = PLAIN if plain else LARGE
                return Fraction(self._bare(over), self._bare(under), scale)
            case expressions.Power(base, exponent):
                return Scripted(self._single(base), self._bare(exponent))
            case expressions.Group():
                alone = _bracketed(expression)
                if self.values and alone is not None and not alone.value < 0:
                    return self.reading.value(alone)  # m×10ⁿ needs no brackets in type
                return self._fenced(expression)
        return self._single(expression)

    def _argument(self, expression: Expression) -> list[Node]:
        if isinstance(expression, expressions.Group):
            return [self._fenced(expression)]
        return self.nodes(expression)

    def _fenced(self, group: expressions.Group) -> Fenced:
        return Fenced(group.opening, Row(tuple(self.nodes(group.inside))), group.closing)

    def _single(self, expression: Expression) -> Node:
        nodes = self.nodes(expression)
        return nodes[0] if len(nodes) == 1 else Row(tuple(nodes))

    def _bare(self, expression: Expression) -> Node:
        node = self._single(expression)
        return node.inside if isinstance(node, Fenced) else node


def _bracketed(expression: Expression) -> Quantity | None:
    """Return the quantity that stands alone in brackets; None for anything else."""
    match expression:
        case expressions.Group(expressions.Row((Quantity() as alone,)), "(", _):
            return alone
    return None


_SPACE = Glyphs("", before=0.2)


def segments(nodes: Sequence[Node], first: Node | None = None) -> tuple[Node, ...]:
    """Group nodes, after a first one, so that a line may be broken before = and signs of a sum."""
    groups: list[list[Node]] = [[first] if first is not None else []]
    for node in nodes:
        if isinstance(node, Fenced) and len(node.inside.nodes) >= _LONG:
            inner = segments(node.inside.nodes, Glyphs(node.opening))
            groups[-1].append(inner[0])
            groups += [[part] for part in inner[1:]]
            groups[-1].append(Glyphs(node.closing))
            continue
        if isinstance(node, Glyphs) and node.starts:
            groups.append([])
        groups[-1].append(node)
    return tuple(Row(tuple(group)) for group in groups if group)
